import type { Octets } from '../../base/octets'
import type { Instant } from '../../base/time'
import { decodeWords } from '../../mail/encodedWords'
import { fieldBody } from '../../mail/headerFields'
import { messageId } from '../../mail/message'
import { receivedPath } from '../../mail/receivedPath'
import { findMailbox, findMessage, type MessageStore } from '../../mail/store'
import type { SmtpServerQuestion, SmtpTransport } from '../../protocols/smtp'
import type { FactOf, MessageId, NoticeEvent } from '../../world/fact'
import { factOf, type Trace } from '../../world/trace'
import type { ConnectionId, HostName, SessionId, World } from '../../world/world'

/** The envelope under which a host has a message (RFC 5321 section 2.3.1). */
export interface EnvelopePaths {
  /** Empty for the null reverse-path. */
  readonly reversePath: string
  readonly forwardPaths: readonly string[]
}

/** A host that has had the message: the mail program that wrote it, a queue, or a mailbox. */
export interface Stop {
  readonly kind: 'written' | 'queued' | 'delivered'
  readonly host: HostName
  /** The moment from which the host has it. */
  readonly at: Instant
  /** The order of the fact that says so. */
  readonly fact: number
  readonly envelope: EnvelopePaths
  /** The host that handed it over, by its own program or by hand. */
  readonly client?: HostName
  /** How it was handed over, as the trace field says it (RFC 3848). */
  readonly transport?: SmtpTransport
  /** The port at which it was handed over. */
  readonly port?: number
  /** The place, among the stops, of the host from which it came; undefined for the first. */
  readonly from?: number
  /** The message as the host was given it, if the run still has it. */
  readonly given?: Octets
  /** The message as it lies there, if it has been passed on, or after `withLying`. */
  readonly octets?: Octets
  readonly queueId?: string
  readonly box?: { readonly user: string; readonly mailbox: string; readonly uid: number }
}

/** The whole way of one message, in the order of its stops; several recipients make it a tree. */
export interface Journey {
  readonly id: MessageId
  /** Empty if the message has no subject. */
  readonly subject: string
  readonly stops: readonly Stop[]
  /** The devices that have fetched it, in their order. */
  readonly copies: readonly Copy[]
  /** For a notice that a server wrote itself: its event, and the recipients of the other message that it is about. */
  readonly notice?: { readonly event: NoticeEvent; readonly recipients: readonly string[] }
}

/** A copy of a message on a device. */
export interface Copy {
  readonly host: HostName
  readonly at: Instant
  /** The moment at which the device dropped it. */
  readonly until?: Instant
}

type Taking = Extract<SmtpServerQuestion, { readonly type: 'takeMessage' }>

type Draftable<T> = { -readonly [Key in keyof T]: T[Key] }
type Draft = Draftable<Stop>

const copyKey = ({ host, account, uid }: FactOf<'messageFetched' | 'copyDropped'>): string =>
  `${host} ${account} ${uid}`

/** The connections so far: who serves whom, by session. */
interface Calls {
  readonly opened: Map<ConnectionId, FactOf<'connectionOpening'>>
  readonly of: Map<SessionId, ConnectionId>
}

/** All messages of a run, in the order in which they were written. */
export function journeysIn(trace: Trace): readonly Journey[] {
  const found = new Map<MessageId, Draft[]>()
  const copies = new Map<MessageId, readonly Copy[]>()
  const copyOf = new Map<string, Draftable<Copy>>()
  const notices = new Map<MessageId, NonNullable<Journey['notice']>>()
  /** The recipients that each notice says a message failed for, and those for whom a message waited last. */
  const failed = new Map<MessageId, string[]>()
  const late = new Map<MessageId, readonly string[]>()
  const calls: Calls = { opened: new Map(), of: new Map() }
  /** The first name of a message that has no Message-ID: each server calls it by its own queue. */
  const firstNames = new Map<MessageId, MessageId>()
  const stopsOf = (name: MessageId): Draft[] => {
    const id = firstNames.get(name) ?? name
    const stops = found.get(id) ?? []
    found.set(id, stops)
    return stops
  }
  for (const fact of trace) {
    switch (fact.type) {
      case 'connectionOpening':
        calls.opened.set(fact.connection, fact)
        break
      case 'sessionStarted':
        if (fact.connection !== undefined) calls.of.set(fact.session, fact.connection)
        break
      case 'messageWritten':
        stopsOf(fact.letter).push(writtenStop(trace, fact))
        break
      case 'messageQueued': {
        const taken = takenBefore(trace, fact)
        const before = taken && nameInQueueBefore(taken.question.message)
        if (before !== undefined && !found.has(fact.letter))
          firstNames.set(fact.letter, firstNames.get(before) ?? before)
        stopsOf(fact.letter).push(queuedStop(fact, taken, stopsOf(fact.letter), calls))
        if (fact.notice) {
          const { about, event } = fact.notice
          const waiting = event === 'delayed' ? late.get(about) : undefined
          const recipients = waiting ?? stopsOf(about).at(-1)?.envelope.forwardPaths ?? []
          notices.set(fact.letter, { event, recipients })
        }
        break
      }
      case 'messageDeferred':
        late.set(fact.letter, fact.forwardPaths)
        break
      case 'messageBounced':
        if (fact.notice !== 'none') failed.set(fact.notice, [...(failed.get(fact.notice) ?? []), fact.forwardPath])
        break
      case 'messageFetched': {
        const copy: Draftable<Copy> = { host: fact.host, at: fact.at }
        const id = firstNames.get(fact.letter) ?? fact.letter
        copies.set(id, [...(copies.get(id) ?? []), copy])
        copyOf.set(copyKey(fact), copy)
        break
      }
      case 'copyDropped': {
        const copy = copyOf.get(copyKey(fact))
        if (copy) copy.until = fact.at
        break
      }
      case 'messageDelivered':
        deliver(stopsOf(fact.letter), fact)
        break
      default:
    }
  }
  return [...found].map(([id, stops]) => {
    const notice = notices.get(id)
    const recipients = failed.get(id) ?? notice?.recipients ?? []
    return {
      ...journeyOf(id, stops),
      copies: copies.get(id) ?? [],
      ...(notice && { notice: { ...notice, recipients } }),
    }
  })
}

function writtenStop(trace: Trace, fact: FactOf<'messageWritten'>): Draft {
  const { host, at, order, reversePath, forwardPaths, cause } = fact
  const before = cause === undefined ? undefined : factOf(trace, cause)
  const given =
    before?.type === 'intervened' && before.intervention.type === 'submitted' ? before.intervention.message : undefined
  return {
    kind: 'written',
    host,
    at,
    fact: order,
    envelope: { reversePath, forwardPaths },
    ...(given === undefined ? {} : { given }),
  }
}

interface Taken {
  readonly session: SessionId
  readonly question: Taking
}

/** The transaction by which the message came to the server; undefined for a notice that the server writes itself. */
function takenBefore(trace: Trace, { reversePath, forwardPaths, cause }: FactOf<'messageQueued'>): Taken | undefined {
  const asked = cause === undefined ? undefined : factOf(trace, cause)
  if (asked?.type !== 'questionAsked' || !isTaking(asked.question)) return undefined
  const { session, question } = asked
  const { envelope } = question
  // A notice follows from the same question, under an envelope of its own.
  if (envelope.reversePath !== reversePath || envelope.forwardPaths.join() !== forwardPaths.join()) return undefined
  return { session, question }
}

const isTaking = (question: { readonly type: string }): question is Taking => question.type === 'takeMessage'

/** The name of a message without Message-ID at the server before, as its trace field tells. */
function nameInQueueBefore(message: Octets): MessageId | undefined {
  if (messageId(message) !== undefined) return undefined
  const last = receivedPath(message).notes.at(-1)
  return last?.id === undefined || last.by === undefined ? undefined : `${last.id}@${last.by}`
}

function queuedStop(
  { host, at, order, reversePath, forwardPaths, queueId }: FactOf<'messageQueued'>,
  taken: Taken | undefined,
  stops: readonly Draft[],
  { opened, of }: Calls,
): Draft {
  const stop: Draft = { kind: 'queued', host, at, fact: order, envelope: { reversePath, forwardPaths }, queueId }
  if (!taken) return stop
  const call = opened.get(of.get(taken.session) ?? '')
  const from = call === undefined ? -1 : cameFrom(stops, call.client, forwardPaths, taken.question.message)
  return {
    ...stop,
    given: taken.question.message,
    transport: taken.question.protocol,
    ...(call === undefined ? {} : { client: call.client, port: call.port }),
    ...(from === -1 ? {} : { from }),
  }
}

/**
 * The place of the stop at the client that handed the message over: the one whose name in the queue its trace field tells, else
 * the latest for one of these recipients; -1 if there is none.
 */
function cameFrom(stops: readonly Draft[], client: HostName, forwardPaths: readonly string[], given: Octets): number {
  const queueId = receivedPath(given).notes.at(-1)?.id
  const isHere = ({ host, kind, envelope }: Draft): boolean =>
    host === client && kind !== 'delivered' && envelope.forwardPaths.some((path) => forwardPaths.includes(path))
  const named = stops.findLastIndex((stop) => isHere(stop) && stop.queueId === queueId)
  return named === -1 ? stops.findLastIndex(isHere) : named
}

/** A message that a server puts into a mailbox: the stop at its queue becomes one at the mailbox, if it takes all recipients. */
function deliver(stops: Draft[], fact: FactOf<'messageDelivered'>): void {
  const { host, at, order, forwardPaths, queueId, user, mailbox, uid } = fact
  const place = stops.findLastIndex((stop) => stop.host === host && stop.queueId === queueId && stop.kind === 'queued')
  const queued = stops[place]
  const box = { user, mailbox, uid }
  if (!queued) {
    stops.push({
      kind: 'delivered',
      host,
      at,
      fact: order,
      envelope: { reversePath: '', forwardPaths },
      queueId,
      box,
    })
    return
  }
  const others = queued.envelope.forwardPaths.filter((path) => !forwardPaths.includes(path))
  const delivered: Draft = { ...queued, kind: 'delivered', at, fact: order, box }
  if (others.length === 0) stops[place] = { ...delivered, envelope: queued.envelope }
  else {
    stops[place] = { ...queued, envelope: { ...queued.envelope, forwardPaths: others } }
    stops.push({ ...delivered, envelope: { ...queued.envelope, forwardPaths } })
  }
}

function journeyOf(id: MessageId, drafts: readonly Draft[]): Pick<Journey, 'id' | 'subject' | 'stops'> {
  const stops = drafts.map((stop, place): Stop => {
    const next = drafts.find(({ from, given }) => from === place && given !== undefined)
    return next?.given === undefined || stop.kind === 'delivered' ? stop : { ...stop, octets: next.given }
  })
  const first = stops.find(({ given }) => given !== undefined)?.given
  return { id, subject: decodeWords((first && fieldBody(first, 'Subject')) ?? ''), stops }
}

/**
 * A journey with the octets of messages that have not been passed on, as they lie in a queue or a mailbox. `worldAt` gives the
 * world of a moment, or undefined if it is no longer kept.
 */
export function withLying(journey: Journey, worldAt: (t: Instant) => World | undefined): Journey {
  const { id, subject, stops } = journey
  const known = stops.map((stop): Stop => {
    const octets = stop.octets ?? lyingAt(worldAt(stop.at), stop, id)
    return octets === undefined ? stop : { ...stop, octets }
  })
  const any = known.find(({ octets }) => octets !== undefined)?.octets
  return { ...journey, stops: known, subject: subject || decodeWords((any && fieldBody(any, 'Subject')) ?? '') }
}

/** The parts of a host's state in which messages lie. */
interface Lying {
  readonly outbox?: readonly { readonly letter: MessageId; readonly message: Octets }[]
  readonly queue?: Readonly<Record<string, { readonly message: Octets }>>
  readonly store?: MessageStore
}

/** The message as it lies at a stop in this world; undefined if it is not there. */
function lyingAt(world: World | undefined, { kind, host, queueId, box }: Stop, id: MessageId): Octets | undefined {
  const state: Lying | undefined = world?.hosts[host]?.state
  if (kind === 'written') return state?.outbox?.findLast((outgoing) => outgoing.letter === id)?.message
  if (kind === 'queued') return state?.queue?.[queueId ?? '']?.message
  const mailbox = state?.store && box && findMailbox(state.store, box.user, box.mailbox)
  return mailbox && box && findMessage(mailbox, box.uid)?.octets
}

/** The places of a stop and of all stops before it on its way, the first one first. */
export function wayTo({ stops }: Journey, place: number): readonly number[] {
  const way: number[] = []
  for (let at: number | undefined = place; at !== undefined && stops[at] && !way.includes(at); at = stops[at]?.from)
    way.unshift(at)
  return way
}
