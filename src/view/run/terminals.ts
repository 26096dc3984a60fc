import type { Fact, FactOf } from '../../world/fact'
import type { ConnectionId, HostName } from '../../world/world'

/** A text connection that a person asked for. */
export interface SeenTerminal {
  /** The name that interventions give it. */
  readonly id: string
  readonly to: string
  readonly port: number
  /** The number of earlier ones. */
  readonly order: number
  /** Its result: a connection, or the outcome of the lookup that found no address. */
  readonly connection?: ConnectionId
  readonly noAddress?: string
  readonly hungUp: boolean
}

/** Text connections of a run, up to an instant. */
export interface Terminals {
  /** Their number. */
  readonly asked: number
  /** The last one of each host. */
  readonly latest: Readonly<Record<HostName, SeenTerminal>>
}

export const noTerminals: Terminals = { asked: 0, latest: {} }

/** The text connections after one more fact; the same value if it does not change them. */
export function observeTerminal(seen: Terminals, fact: Fact): Terminals {
  switch (fact.type) {
    case 'intervened':
      return intervened(seen, fact)
    case 'connectionOpening':
      return fact.protocol === 'text.client' ? settle(seen, fact.client, { connection: fact.connection }) : seen
    case 'lookupEnded':
      return fact.outcome !== 'answered' && sameName(fact.name, seen.latest[fact.host]?.to ?? '')
        ? settle(seen, fact.host, { noAddress: fact.outcome })
        : seen
    default:
      return seen
  }
}

function intervened(seen: Terminals, { intervention }: FactOf<'intervened'>): Terminals {
  if (intervention.type === 'connected') {
    const { host, terminal: id, to, port } = intervention
    return {
      asked: seen.asked + 1,
      latest: { ...seen.latest, [host]: { id, to, port, order: seen.asked, hungUp: false } },
    }
  }
  const latest = 'host' in intervention ? seen.latest[intervention.host] : undefined
  if (intervention.type !== 'hungUp' || latest?.id !== intervention.terminal) return seen
  return { ...seen, latest: { ...seen.latest, [intervention.host]: { ...latest, hungUp: true } } }
}

/** The first result decides. */
function settle(seen: Terminals, host: HostName, by: Pick<SeenTerminal, 'connection' | 'noAddress'>): Terminals {
  const latest = seen.latest[host]
  if (!latest || latest.connection !== undefined || latest.noAddress !== undefined) return seen
  return { ...seen, latest: { ...seen.latest, [host]: { ...latest, ...by } } }
}

const sameName = (a: string, b: string): boolean =>
  a.replace(/\.$/, '').toLowerCase() === b.replace(/\.$/, '').toLowerCase()
