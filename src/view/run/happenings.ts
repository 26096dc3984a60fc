import type { Fact, FactOf, FactType } from '../../world/fact'
import type { Intervention, InterventionBody } from '../../world/intervention'
import type { HostName } from '../../world/world'
import { dnsReader } from './dnsReader'
import { Table } from './table'
import { Vector } from './vector'

/** Legs of the journey that are events too. */
const TURNS = [
  'connectionFailed',
  'messageQueued',
  'messageDeferred',
  'messageDelivered',
  'messageBounced',
  'messageFetched',
  'messageRemoved',
  'submissionFailed',
  'hostStopped',
  'hostStarted',
  'zoneChanged',
  'zoneRefused',
] as const satisfies readonly FactType[]
/** Legs of the journey: a connection opens, DNS is asked and answers, the letter is handed on. */
const HOPS = [...TURNS, 'connectionOpened', 'messageWritten'] as const satisfies readonly FactType[]
/** Events of a letter or a connection that need words. */
const EVENTS = [...TURNS, 'tlsStarted', 'octetsDiscarded', 'changeRefused'] as const satisfies readonly FactType[]
/** Interventions on the world itself. Those inside it are seen by the facts that follow. */
const CHANGES = [
  'policyChanged',
  'linkChanged',
  'leaveTaken',
  'cacheFlushed',
  'dismissed',
  'accountSet',
  'accountRemoved',
  'accountChanged',
  'domainSet',
  'domainRemoved',
] as const satisfies readonly InterventionBody['type'][]
/** Facts in which a host says, hears, asks or answers. */
const SPOKEN = ['sent', 'read', 'queried', 'responded'] as const satisfies readonly FactType[]

export type HopFact = FactOf<(typeof HOPS)[number]>
/** An intervention on the world itself. */
export type Change = Extract<Intervention, { readonly type: (typeof CHANGES)[number] }>
type Changed = FactOf<'intervened'> & { readonly intervention: Change }
export type EventFact = FactOf<(typeof EVENTS)[number]> | Changed
type Spoken = FactOf<(typeof SPOKEN)[number]>

/** Tells the values whose type is one of the listed from all others. */
function oneOf<Type extends string>(types: readonly Type[]) {
  const listed: ReadonlySet<string> = new Set(types)
  return <Value extends { readonly type: string }>(value: Value): value is Extract<Value, { readonly type: Type }> =>
    listed.has(value.type)
}
const isHop = oneOf(HOPS)
const isListed = oneOf(EVENTS)
const isChange = oneOf(CHANGES)
const isSpoken = oneOf(SPOKEN)
const isChanged = (fact: Fact): fact is Changed => fact.type === 'intervened' && isChange(fact.intervention)
/** True for an event of a message, a connection or the world that needs words. */
export const isEvent = (fact: Fact): fact is EventFact => isListed(fact) || isChanged(fact)
/** True for an event that `eventSentence` puts in words. */
export const isHappening = (fact: Fact): fact is HopFact | EventFact => isHop(fact) || isEvent(fact)

/** The events of a run other than lines and packets, each list in the order of its facts. */
export interface Happenings {
  readonly hops: Vector<HopFact>
  readonly events: Vector<EventFact>
  readonly opened: Vector<FactOf<'connectionOpened'>>
  /** A host gives a message up or puts it off: a step by line stops there, unless a failed call that is told then says so. */
  readonly stops: Vector<Stop>
  /** The facts in which each host says, hears, asks or answers. */
  readonly words: Readonly<Record<HostName, Vector<Spoken>>>
  /** The host that has the letter which POP3 removed with the fact of this order, since it had fetched it before. */
  readonly keepers: Vector<{ readonly removed: number; readonly host: HostName }>
  /** Letters by their place: host, user, mailbox and UID. */
  readonly lying: Table<string>
  /** The recipients to whom a message could not be delivered, and why, by the notice that tells its author. */
  readonly returned: Table<readonly FactOf<'messageBounced'>[]>
  /** The recipients for whom a message is late, by the warning that tells its author. */
  readonly warnings: Table<readonly string[]>
  /** The recipients of each message that was queued. */
  readonly recipients: Table<readonly string[]>
  /** The host that fetched a letter first by POP3, by user and letter. */
  readonly collected: Table<HostName>
  /** The first answer with a record in its additional section, by the address that was answered, type and name. */
  readonly alongs: Table<number>
}

export const nothingHappened: Happenings = {
  hops: Vector.empty(),
  events: Vector.empty(),
  opened: Vector.empty(),
  stops: Vector.empty(),
  words: {},
  keepers: Vector.empty(),
  lying: Table.empty(),
  returned: Table.empty(),
  warnings: Table.empty(),
  recipients: Table.empty(),
  collected: Table.empty(),
  alongs: Table.empty(),
}

/** The happenings after one more fact; the same value if it adds none. */
export function observeHappening(seen: Happenings, fact: Fact): Happenings {
  if (isSpoken(fact)) return spoken(seen, fact)
  const hop = isHop(fact)
  const event = isEvent(fact)
  if (!hop && !event) return seen
  const { hops, events } = seen
  const after = {
    ...seen,
    hops: hop ? hops.push(fact) : hops,
    events: event ? events.push(fact) : events,
  }
  if (isStop(fact)) return stopped(after, fact)
  switch (fact.type) {
    case 'connectionOpened':
      return { ...after, opened: after.opened.push(fact) }
    case 'messageQueued':
      return queued(after, fact)
    case 'messageDelivered':
      return { ...after, lying: after.lying.with(placeKey(fact), fact.letter) }
    case 'messageFetched': {
      const key = `${fact.account} ${fact.letter}`
      return fact.by === 'POP3' && !after.collected.has(key)
        ? { ...after, collected: after.collected.with(key, fact.host) }
        : after
    }
    case 'messageRemoved':
      return removed(after, fact)
    default:
      return after
  }
}

function queued(seen: Happenings, { letter, forwardPaths, notice }: FactOf<'messageQueued'>): Happenings {
  if (notice?.event !== 'delayed') return { ...seen, recipients: seen.recipients.with(letter, forwardPaths) }
  return { ...seen, warnings: seen.warnings.with(letter, seen.recipients.get(notice.about) ?? []) }
}

type Stop = FactOf<'messageBounced' | 'messageDeferred' | 'submissionFailed'>
const isStop = oneOf(['messageBounced', 'messageDeferred', 'submissionFailed'])

function stopped(seen: Happenings, fact: Stop): Happenings {
  const after = fact.reason.id === 'unreachable' ? seen : { ...seen, stops: seen.stops.push(fact) }
  if (fact.type !== 'messageBounced' || fact.notice === 'none') return after
  return { ...after, returned: after.returned.with(fact.notice, [...(after.returned.get(fact.notice) ?? []), fact]) }
}

const placeKey = ({ host, user, mailbox, uid }: FactOf<'messageDelivered'> | FactOf<'messageRemoved'>): string =>
  `${host} ${user} ${uid} ${mailbox}`

function removed(seen: Happenings, fact: FactOf<'messageRemoved'>): Happenings {
  const message = seen.lying.get(placeKey(fact))
  const host = message === undefined ? undefined : seen.collected.get(`${fact.user} ${message}`)
  return fact.by !== 'POP3' || host === undefined
    ? seen
    : { ...seen, keepers: seen.keepers.push({ removed: fact.order, host }) }
}

function spoken(seen: Happenings, fact: Spoken): Happenings {
  const before = seen.words[fact.host] ?? Vector.empty<Spoken>()
  const after = { ...seen, words: { ...seen.words, [fact.host]: before.push(fact) } }
  return fact.type === 'responded' ? { ...after, alongs: broughtAlong(seen.alongs, fact) } : after
}

const recordKey = (asker: string, type: string, name: string): string =>
  `${asker} ${type} ${dnsReader().canonical(name)}`

function broughtAlong(alongs: Happenings['alongs'], { to, octets, at }: FactOf<'responded'>): Happenings['alongs'] {
  const response = dnsReader().decode(octets)
  if (response === 'malformed' || response.answers.length === 0) return alongs
  return response.additionals.reduce((all, { type, name }) => {
    const key = recordKey(to, type, name)
    return all.has(key) ? all : all.with(key, at)
  }, alongs)
}

/**
 * True if an earlier response to the asker had the wanted record in its additional section. That is not a reliable answer (RFC
 * 2181 section 5.4.1), so the record is queried nevertheless.
 *
 * @param asker the address that asks.
 */
export function cameAlong({ alongs }: Happenings, { octets, at }: FactOf<'queried'>, asker: string): boolean {
  const message = dnsReader().decode(octets)
  const question = message === 'malformed' ? undefined : message.question[0]
  return question !== undefined && (alongs.get(recordKey(asker, question.type, question.name)) ?? at) < at
}

/** The host that has a letter which POP3 removed, since it had fetched it before; undefined if no host has. */
export function keeperOf({ keepers }: Happenings, removed: Fact): HostName | undefined {
  const keeper = keepers.get(keepers.countUpTo((each) => each.removed, removed.order) - 1)
  return keeper?.removed === removed.order ? keeper.host : undefined
}

/** The last of these facts at or before an instant. */
export const lastBy = <One extends Fact>(facts: Vector<One>, t: number): One | undefined =>
  facts.get(facts.countUpTo(({ at }) => at, t) - 1)
