import type { Fact, FactOf } from '../../world/fact'
import { type HostName, linkId } from '../../world/world'
import { Table } from './table'

/** The mail that a host holds. */
export interface HostHoldings {
  /** Recipients of each message in its queue that are not settled yet, by queue id. */
  readonly queue: Table<ReadonlySet<string>>
  /** Messages in all mailboxes of a server. */
  readonly stored: number
  /** Messages that a device has a copy of: account and unique identifier, which together name one. */
  readonly copies: Table<true>
}

/** The places of all mail, and the parts of the network that do not work. */
export interface Holdings {
  readonly hosts: Readonly<Record<HostName, HostHoldings>>
  /** Hosts without power. */
  readonly down: ReadonlySet<HostName>
  /** Pairs of hosts whose link is cut, by its id. */
  readonly cuts: ReadonlyMap<string, readonly [HostName, HostName]>
}

export const noHoldings: Holdings = { hosts: {}, down: new Set(), cuts: new Map() }

const NOTHING: HostHoldings = { queue: Table.empty(), stored: 0, copies: Table.empty() }

export const holdingsOf = ({ hosts }: Holdings, host: HostName): HostHoldings => hosts[host] ?? NOTHING

const copyKey = (account: string, uid: string): string => `${account} ${uid}`

/** The holdings after one more fact; the same value if it does not change them. */
export function observeHolding(seen: Holdings, fact: Fact): Holdings {
  switch (fact.type) {
    case 'messageQueued':
      return change(seen, fact.host, ({ queue }) => ({
        queue: queue.with(fact.queueId, new Set(fact.forwardPaths)),
      }))
    case 'messageRelayed':
      return change(seen, fact.host, ({ queue }) => ({ queue: settled(queue, fact.queueId, fact.forwardPaths) }))
    case 'messageBounced':
      return change(seen, fact.host, ({ queue }) => ({ queue: settled(queue, fact.queueId, [fact.forwardPath]) }))
    case 'messageDelivered':
      return change(seen, fact.host, ({ queue, stored }) => ({
        queue: settled(queue, fact.queueId, fact.forwardPaths),
        stored: stored + 1,
      }))
    case 'messageAdded':
      return change(seen, fact.host, ({ stored }) => ({ stored: stored + 1 }))
    case 'messageRemoved':
      return change(seen, fact.host, ({ stored }) => ({ stored: Math.max(0, stored - 1) }))
    case 'messageFetched':
      return change(seen, fact.host, ({ copies }) => ({
        copies: copies.with(copyKey(fact.account, fact.uid), true),
      }))
    case 'copyDropped':
      return change(seen, fact.host, ({ copies }) => ({ copies: copies.without(copyKey(fact.account, fact.uid)) }))
    case 'hostStopped':
      return { ...seen, down: new Set([...seen.down, fact.host]) }
    case 'hostStarted':
      return { ...seen, down: without(seen.down, [fact.host]) }
    case 'intervened':
      return cutOrMended(seen, fact)
    default:
      return seen
  }
}

function change(seen: Holdings, host: HostName, by: (before: HostHoldings) => Partial<HostHoldings>): Holdings {
  const before = holdingsOf(seen, host)
  return { ...seen, hosts: { ...seen.hosts, [host]: { ...before, ...by(before) } } }
}

/** Removes these recipients from the queue, and the message together with the last of them. */
function settled(
  queue: HostHoldings['queue'],
  queueId: string,
  forwardPaths: readonly string[],
): HostHoldings['queue'] {
  const waiting = queue.get(queueId)
  if (!waiting) return queue
  const left = without(waiting, forwardPaths)
  return left.size > 0 ? queue.with(queueId, left) : queue.without(queueId)
}

function without<T>(from: ReadonlySet<T>, gone: readonly T[]): ReadonlySet<T> {
  const left = new Set(from)
  for (const item of gone) left.delete(item)
  return left
}

function cutOrMended(seen: Holdings, { intervention }: FactOf<'intervened'>): Holdings {
  if (intervention.type !== 'linkChanged' || intervention.up === undefined) return seen
  const cuts = new Map(seen.cuts)
  const id = linkId(...intervention.between)
  if (intervention.up) cuts.delete(id)
  else cuts.set(id, intervention.between)
  return { ...seen, cuts }
}
