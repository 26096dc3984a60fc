import type { Fact, FactOf } from '../../world/fact'
import type { ConnectionId, HostName } from '../../world/world'

/** A text connection that a person asked for. */
export interface SeenTerminal {
  /** The name that interventions give it. */
  readonly id: string
  /** The host at which the person types. */
  readonly host: HostName
  readonly to: string
  readonly port: number
  /** Its result: a connection, or the outcome of the lookup that found no address. */
  readonly connection?: ConnectionId
  readonly noAddress?: string
  readonly hungUp: boolean
}

/** Text connections of a run, up to an instant. */
export interface Terminals {
  /** Their number. */
  readonly asked: number
  /** The last ones, in the order in which they were asked for. */
  readonly recent: readonly SeenTerminal[]
  /** The one that a person used last. */
  readonly last?: string
}

export const noTerminals: Terminals = { asked: 0, recent: [] }

/** More than a person keeps in view; those of a served world have no end. */
const MOST = 40

/** The text connections after one more fact; the same value if it does not change them. */
export function observeTerminal(seen: Terminals, fact: Fact): Terminals {
  switch (fact.type) {
    case 'intervened':
      return intervened(seen, fact)
    case 'connectionOpening':
      return fact.protocol === 'text.client'
        ? settle(seen, awaiting(seen, fact), { connection: fact.connection })
        : seen
    case 'lookupEnded': {
      const asker = unsettled(seen, fact.host).find(({ to }) => sameName(fact.name, to))
      return fact.outcome === 'answered' ? seen : settle(seen, asker, { noAddress: fact.outcome })
    }
    default:
      return seen
  }
}

function intervened(seen: Terminals, { intervention }: FactOf<'intervened'>): Terminals {
  switch (intervention.type) {
    case 'connected': {
      const { host, terminal: id, to, port } = intervention
      const recent = [...seen.recent, { id, host, to, port, hungUp: false }].slice(-MOST)
      return { asked: seen.asked + 1, recent, last: id }
    }
    case 'typed':
      return seen.last === intervention.terminal ? seen : { ...seen, last: intervention.terminal }
    case 'hungUp': {
      const { terminal: last } = intervention
      const recent = seen.recent.map((each) => (each.id === last ? { ...each, hungUp: true } : each))
      return { ...seen, recent, last }
    }
    default:
      return seen
  }
}

const unsettled = ({ recent }: Terminals, at: HostName): readonly SeenTerminal[] =>
  recent.filter(({ host, connection, noAddress }) => host === at && connection === undefined && noAddress === undefined)

/** The terminal for which a connection opens: it asked for this server by name, or else was the first to ask for the port. */
function awaiting(seen: Terminals, { client, server, port }: FactOf<'connectionOpening'>): SeenTerminal | undefined {
  const found = unsettled(seen, client).filter((each) => each.port === port)
  return found.find(({ to }) => sameName(to, server)) ?? found[0]
}

/** The first result decides. */
function settle(
  seen: Terminals,
  terminal: SeenTerminal | undefined,
  by: Pick<SeenTerminal, 'connection' | 'noAddress'>,
): Terminals {
  if (!terminal) return seen
  return { ...seen, recent: seen.recent.map((each) => (each === terminal ? { ...each, ...by } : each)) }
}

const sameName = (a: string, b: string): boolean =>
  a.replace(/\.$/, '').toLowerCase() === b.replace(/\.$/, '').toLowerCase()
