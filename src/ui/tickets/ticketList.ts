import type { Progress } from '../../learning/progress'
import type { TicketMeta } from '../../learning/ticket'
import { ticketProgress } from '../../learning/tickets'

const lists = import.meta.glob<readonly TicketMeta[]>('../../../lessons/tickets.yaml', {
  query: '?ticketList',
  import: 'default',
  eager: true,
})

/** All tickets in their order. The tickets themselves load when one is opened. */
export const TICKETS: readonly TicketMeta[] = Object.values(lists).flat()

export type TicketState = 'mended' | 'begun' | 'open'

export function stateOf(progress: Progress, id: string): TicketState {
  const ticket = ticketProgress(progress, id)
  return ticket === undefined ? 'open' : ticket.mended === undefined ? 'begun' : 'mended'
}

export const MARKS = { mended: 'done', begun: 'due', open: 'open' } as const satisfies Record<TicketState, string>
