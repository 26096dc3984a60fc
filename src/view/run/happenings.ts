import { canonical } from '../../protocols/dns/names'
import { decode } from '../../protocols/dns/wire'
import type { Fact, FactOf, FactType } from '../../world/fact'
import type { InterventionBody } from '../../world/intervention'
import type { HostName } from '../../world/world'
import { Table } from './table'
import { Vector } from './vector'

/** Legs of the journey: a connection opens, DNS is asked and answers, the letter is handed on. */
const HOPS: ReadonlySet<FactType> = new Set<FactType>([
  'connectionOpened',
  'connectionFailed',
  'messageWritten',
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
])
/** Events of a letter or a connection that need words. */
const EVENTS: ReadonlySet<FactType> = new Set<FactType>([
  'connectionFailed',
  'messageQueued',
  'messageDeferred',
  'messageDelivered',
  'messageBounced',
  'messageFetched',
  'messageRemoved',
  'submissionFailed',
  'tlsStarted',
  'octetsDiscarded',
  'hostStopped',
  'hostStarted',
  'zoneChanged',
  'zoneRefused',
  'changeRefused',
])
/** Interventions on the world itself. Those inside it are seen by the facts that follow. */
const CHANGES: ReadonlySet<InterventionBody['type']> = new Set<InterventionBody['type']>([
  'policyChanged',
  'linkChanged',
  'leaveTaken',
])
/** Facts in which a host says, hears, asks or answers. */
const SPOKEN: ReadonlySet<FactType> = new Set<FactType>(['sent', 'read', 'queried', 'responded'])

/** The events of a run other than lines and packets, each list in the order of its facts. */
export interface Happenings {
  readonly hops: Vector<Fact>
  readonly events: Vector<Fact>
  readonly opened: Vector<FactOf<'connectionOpened'>>
  /** The facts in which each host says, hears, asks or answers. */
  readonly words: Readonly<Record<HostName, Vector<Fact>>>
  /** The host that has the letter which POP3 removed with the fact of this order, since it had fetched it before. */
  readonly keepers: Vector<{ readonly removed: number; readonly host: HostName }>
  /** Letters by their place: host, user, mailbox and UID. */
  readonly lying: Table<string>
  /** The host that fetched a letter first by POP3, by user and letter. */
  readonly collected: Table<HostName>
  /** The first answer with a record in its additional section, by the address that was answered, type and name. */
  readonly alongs: Table<number>
}

export const nothingHappened: Happenings = {
  hops: Vector.empty(),
  events: Vector.empty(),
  opened: Vector.empty(),
  words: {},
  keepers: Vector.empty(),
  lying: Table.empty(),
  collected: Table.empty(),
  alongs: Table.empty(),
}

/** The happenings after one more fact; the same value if it adds none. */
export function observeHappening(seen: Happenings, fact: Fact): Happenings {
  const { type } = fact
  if (SPOKEN.has(type)) return spoken(seen, fact)
  const event = EVENTS.has(type) || (type === 'intervened' && CHANGES.has(fact.intervention.type))
  if (!event && !HOPS.has(type)) return seen
  const { hops, events } = seen
  const after = { ...seen, hops: HOPS.has(type) ? hops.push(fact) : hops, events: event ? events.push(fact) : events }
  switch (type) {
    case 'connectionOpened':
      return { ...after, opened: after.opened.push(fact) }
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

const placeKey = ({ host, user, mailbox, uid }: FactOf<'messageDelivered'> | FactOf<'messageRemoved'>): string =>
  `${host} ${user} ${uid} ${mailbox}`

function removed(seen: Happenings, fact: FactOf<'messageRemoved'>): Happenings {
  const message = seen.lying.get(placeKey(fact))
  const host = message === undefined ? undefined : seen.collected.get(`${fact.user} ${message}`)
  return fact.by !== 'POP3' || host === undefined
    ? seen
    : { ...seen, keepers: seen.keepers.push({ removed: fact.order, host }) }
}

function spoken(seen: Happenings, fact: Fact): Happenings {
  if (!('host' in fact)) return seen
  const before = seen.words[fact.host] ?? Vector.empty<Fact>()
  const after = { ...seen, words: { ...seen.words, [fact.host]: before.push(fact) } }
  return fact.type === 'responded' ? { ...after, alongs: broughtAlong(seen.alongs, fact) } : after
}

const recordKey = (asker: string, type: string, name: string): string => `${asker} ${type} ${canonical(name)}`

function broughtAlong(alongs: Happenings['alongs'], { to, octets, at }: FactOf<'responded'>): Happenings['alongs'] {
  const response = decode(octets)
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
  const message = decode(octets)
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
