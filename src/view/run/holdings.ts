import type { Instant } from '../../base/time'
import { RESTS } from '../../hosts/mailProgram/habits'
import type { Fact, FactOf } from '../../world/fact'
import type { ScenarioHost } from '../../world/scenario'
import { type HostName, linkId } from '../../world/world'
import { kindOf, type NoticeKind } from './notice'
import { Table } from './table'

/** The mail that a host holds. */
export interface HostHoldings {
  /** Recipients of each message in its queue that are not settled yet, by queue id. */
  readonly queue: Table<ReadonlySet<string>>
  /** Messages in all mailboxes of a server. */
  readonly stored: number
  /** Messages that a device has a copy of: account and unique identifier, which together name one. */
  readonly copies: Table<true>
  /** Those of them that are notices, by the same keys; in a mailbox by user, mailbox and UID. */
  readonly notices: {
    readonly queue: Table<NoticeKind>
    readonly stored: Table<NoticeKind>
    readonly copies: Table<NoticeKind>
  }
}

/** The places of all mail, and the parts of the network that do not work. */
export interface Holdings {
  readonly hosts: Readonly<Record<HostName, HostHoldings>>
  /** Hosts without power. */
  readonly down: ReadonlySet<HostName>
  /** The mail programs that were let rest or woken. */
  readonly rests: ReadonlyMap<HostName, boolean>
  /** When each message that a host could not hand on is tried again, by host and message. */
  readonly tries: Table<Instant>
  /** Of each message that was written, the recipients that nothing has been settled for, and notices on their way back. */
  readonly underWay: Table<ReadonlySet<string>>
  /** The message that each notice returns. */
  readonly returns: Table<string>
  /** Every notice, those included that return nothing. */
  readonly notices: Table<NoticeKind>
  /** Pairs of hosts whose link is cut, by its id. */
  readonly cuts: ReadonlyMap<string, readonly [HostName, HostName]>
}

export const noHoldings: Holdings = {
  hosts: {},
  down: new Set(),
  rests: new Map(),
  tries: Table.empty(),
  underWay: Table.empty(),
  returns: Table.empty(),
  notices: Table.empty(),
  cuts: new Map(),
}

const NO_NOTICES: HostHoldings['notices'] = { queue: Table.empty(), stored: Table.empty(), copies: Table.empty() }
const NOTHING: HostHoldings = { queue: Table.empty(), stored: 0, copies: Table.empty(), notices: NO_NOTICES }

export const holdingsOf = ({ hosts }: Holdings, host: HostName): HostHoldings => hosts[host] ?? NOTHING

/** True of a mail program that checks for mail only when it is told so. */
export function isAtRest({ rests }: Holdings, { name, role, config }: ScenarioHost): boolean {
  return role === 'mailProgram' && (rests.get(name) ?? ('rests' in config && config.rests === true))
}

const copyKey = (account: string, uid: string): string => `${account} ${uid}`
const storedKey = ({ user, mailbox, uid }: FactOf<'messageDelivered'> | FactOf<'messageRemoved'>): string =>
  `${user} ${uid} ${mailbox}`

/** The holdings after one more fact; the same value if it does not change them. */
export const observeHolding = (seen: Holdings, fact: Fact): Holdings =>
  noticeMoved(moved(observeJourney(seen, fact), fact), fact)

/** The next instant at which a message is tried again, later than this one. */
export function nextTryIn({ tries }: Holdings, t: Instant): Instant | undefined {
  const next = Math.min(...[...tries].flatMap(([, at]) => (at > t ? [at] : [])))
  return next === Number.POSITIVE_INFINITY ? undefined : (next as Instant)
}

/** The message that was written last among those whose end is not known; a notice belongs to what it returns. */
export const underWayIn = ({ underWay }: Holdings): string | undefined =>
  [...underWay].map(([message]) => message).at(-1)

/** The notices of non-delivery that no device of their author has fetched yet. */
export const noticesIn = ({ returns, underWay }: Holdings): ReadonlySet<string> =>
  new Set([...returns].flatMap(([notice, message]) => (underWay.get(message)?.has(notice) ? [notice] : [])))

/** Which messages are tried again, and which have come to their end: in a mailbox, or back with their author. */
function observeJourney(seen: Holdings, fact: Fact): Holdings {
  switch (fact.type) {
    case 'messageWritten':
      return { ...seen, underWay: seen.underWay.with(fact.letter, new Set(fact.forwardPaths)) }
    case 'messageDeferred':
      return { ...seen, tries: seen.tries.with(tryKey(fact), fact.nextTry) }
    case 'messageRelayed':
      return { ...seen, tries: seen.tries.without(tryKey(fact)) }
    case 'messageDelivered':
      return settledFor({ ...seen, tries: seen.tries.without(tryKey(fact)) }, fact.letter, fact.forwardPaths)
    case 'messageBounced': {
      const after = { ...seen, tries: seen.tries.without(tryKey(fact)) }
      if (fact.notice === 'none' || !seen.underWay.has(fact.letter))
        return settledFor(after, fact.letter, [fact.forwardPath])
      const left = new Set([...(seen.underWay.get(fact.letter) ?? []), fact.notice])
      left.delete(fact.forwardPath)
      return {
        ...after,
        underWay: seen.underWay.with(fact.letter, left),
        returns: seen.returns.with(fact.notice, fact.letter),
      }
    }
    case 'messageFetched': {
      const message = seen.returns.get(fact.letter)
      return message === undefined ? seen : settledFor(seen, message, [fact.letter])
    }
    case 'submissionFailed':
      return fact.nextTry === undefined
        ? { ...seen, tries: seen.tries.without(tryKey(fact)), underWay: seen.underWay.without(fact.letter) }
        : { ...seen, tries: seen.tries.with(tryKey(fact), fact.nextTry) }
    default:
      return seen
  }
}

const tryKey = ({ host, letter }: { readonly host: HostName; readonly letter: string }): string => `${host} ${letter}`

function settledFor(seen: Holdings, message: string, done: readonly string[]): Holdings {
  const before = seen.underWay.get(message)
  if (!before) return seen
  const left = without(before, done)
  return { ...seen, underWay: left.size > 0 ? seen.underWay.with(message, left) : seen.underWay.without(message) }
}

function moved(seen: Holdings, fact: Fact): Holdings {
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
      return restOrWake(cutOrMended(seen, fact), fact)
    default:
      return seen
  }
}

/** Where the notices are. */
function noticeMoved(before: Holdings, fact: Fact): Holdings {
  const seen =
    fact.type === 'messageQueued' && fact.notice
      ? { ...before, notices: before.notices.with(fact.letter, kindOf(fact.notice)) }
      : before
  // In most runs there is none.
  if (seen.notices.size === 0) return seen
  const kind = 'letter' in fact ? seen.notices.get(fact.letter) : undefined
  switch (fact.type) {
    case 'messageQueued':
      return kind ? changeNotices(seen, fact.host, 'queue', (all) => all.with(fact.queueId, kind)) : seen
    case 'messageRelayed':
    case 'messageBounced':
      return changeNotices(seen, fact.host, 'queue', (all) => all.without(fact.queueId))
    case 'messageDelivered': {
      const left = changeNotices(seen, fact.host, 'queue', (all) => all.without(fact.queueId))
      return kind ? changeNotices(left, fact.host, 'stored', (all) => all.with(storedKey(fact), kind)) : left
    }
    case 'messageRemoved':
      return changeNotices(seen, fact.host, 'stored', (all) => all.without(storedKey(fact)))
    case 'messageFetched': {
      const key = copyKey(fact.account, fact.uid)
      return kind ? changeNotices(seen, fact.host, 'copies', (all) => all.with(key, kind)) : seen
    }
    case 'copyDropped':
      return changeNotices(seen, fact.host, 'copies', (all) => all.without(copyKey(fact.account, fact.uid)))
    default:
      return seen
  }
}

function changeNotices(
  seen: Holdings,
  host: HostName,
  where: keyof HostHoldings['notices'],
  by: (before: Table<NoticeKind>) => Table<NoticeKind>,
): Holdings {
  const { notices } = holdingsOf(seen, host)
  const after = by(notices[where])
  return after === notices[where] ? seen : change(seen, host, () => ({ notices: { ...notices, [where]: after } }))
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

function restOrWake(seen: Holdings, { intervention }: FactOf<'intervened'>): Holdings {
  if (intervention.type !== 'policyChanged' || intervention.policy !== RESTS) return seen
  const { host, value } = intervention
  if (typeof value !== 'boolean' || seen.down.has(host)) return seen
  return { ...seen, rests: new Map([...seen.rests, [host, value]]) }
}

function cutOrMended(seen: Holdings, { intervention }: FactOf<'intervened'>): Holdings {
  if (intervention.type !== 'linkChanged' || intervention.up === undefined) return seen
  const cuts = new Map(seen.cuts)
  const id = linkId(...intervention.between)
  if (intervention.up) cuts.delete(id)
  else cuts.set(id, intervention.between)
  return { ...seen, cuts }
}
