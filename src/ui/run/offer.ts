import type { HostName } from '../../world/world'
import { createStore, type Store } from '../keeping/createStore'

/** Lets other panels put a command into the dialogue editor that is shown. */
type Taker = (text: string) => void

const shown = createStore<Taker | undefined>(undefined)

export function takeOffers(take: Taker): () => void {
  shown.set(take)
  return () => {
    if (shown.get() === take) shown.set(undefined)
  }
}

export function offerCommand(text: string): void {
  shown.get()?.(text)
}

const offered = createStore<HostName | undefined>(undefined)

/** The machine at which a person wants to sit down and type, until it is taken. */
export const seat: Store<HostName | undefined> = offered

export const offerSeat = (machine: HostName): void => offered.set(machine)

export const takeSeat = (): void => offered.set(undefined)
