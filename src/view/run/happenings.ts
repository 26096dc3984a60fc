import { canonical } from '../../protocols/dns/names'
import { decode } from '../../protocols/dns/wire'
import type { Fact, FactOf, FactType } from '../../world/fact'
import type { InterventionBody } from '../../world/intervention'
import type { HostName } from '../../world/world'
import { Table } from './table'
import { Vector } from './vector'

/** Legs of the journey: a connection opens, the way is asked and told, the letter changes hands. */
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
/** What happens to a letter or a connection and needs words. */
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
/** What a person does to the world itself; what is done in it shows in what follows. */
const CHANGES: ReadonlySet<InterventionBody['type']> = new Set<InterventionBody['type']>([
  'policyChanged',
  'linkChanged',
  'leaveTaken',
])
/** Words of a host: said, heard, asked or answered. */
const SPOKEN: ReadonlySet<FactType> = new Set<FactType>(['sent', 'read', 'queried', 'responded'])

/** What happened in a run besides what was said and sent, each list in the order of its facts. */
export interface Happenings {
  readonly hops: Vector<Fact>
  readonly events: Vector<Fact>
  readonly opened: Vector<FactOf<'connectionOpened'>>
  /** What each host said, heard, asked or answered. */
  readonly words: Readonly<Record<HostName, Vector<Fact>>>
  /** The host that has the letter which POP3 removed with the fact of this order, since it had fetched it before. */
  readonly keepers: Vector<{ readonly removed: number; readonly host: HostName }>
  /** Letters by the place that they lie in: host, user, mailbox and UID. */
  readonly lying: Table<string>
  /** The host that fetched a letter first by POP3, by user and letter. */
  readonly collected: Table<HostName>
  /** When an answer first brought a record along in its additional section, by who was answered, type and name. */
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

/** What a fact adds to what happened. Gives back the same value where it adds nothing. */
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
  const letter = seen.lying.get(placeKey(fact))
  const host = letter === undefined ? undefined : seen.collected.get(`${fact.user} ${letter}`)
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
 * True where an earlier response to the asker brought the record that is asked for, in its additional section. That is no
 * answer to rely on (RFC 2181 section 5.4.1), so it is asked for all the same.
 *
 * @param asker the address that asks.
 */
export function cameAlong({ alongs }: Happenings, { octets, at }: FactOf<'queried'>, asker: string): boolean {
  const message = decode(octets)
  const question = message === 'malformed' ? undefined : message.question[0]
  return question !== undefined && (alongs.get(recordKey(asker, question.type, question.name)) ?? at) < at
}

/** The host that has a letter which POP3 removed, since it had fetched it before; undefined where nobody has. */
export function keeperOf({ keepers }: Happenings, removed: Fact): HostName | undefined {
  const keeper = keepers.get(keepers.countUpTo((each) => each.removed, removed.order) - 1)
  return keeper?.removed === removed.order ? keeper.host : undefined
}

/** The last of these that has happened by an instant. */
export const lastBy = <One extends Fact>(facts: Vector<One>, t: number): One | undefined =>
  facts.get(facts.countUpTo(({ at }) => at, t) - 1)
