import type { Instant } from '../../base/time'
import { eventsText } from '../../messages/events'
import type { Meaning } from '../../session/session'
import type { MessageId } from '../../world/fact'
import { hostsOf } from '../../world/intervention'
import { factOf } from '../../world/trace'
import type { ConnectionId, HostName } from '../../world/world'
import { glossOf } from '../gloss/gloss'
import { connectionIn } from '../run/connections'
import { isLine, type LineFact, protocolOn } from '../run/flight'
import { isHappening } from '../run/happenings'
import type { Names } from '../run/names'
import type { RunView } from '../run/runView'
import { lineOf } from '../run/shownAt'
import { dnsMessageIn, wireTextOf } from '../run/wire'
import { eventSentence } from '../stage/sentence'
import { isDoneByHand, isListed, type Listed, type ListedFact } from './listing'

/** The kinds of listed events: those of lines are the kinds of their meanings. */
export type RowKind = Meaning['kind'] | EventKind
export const EVENT_KINDS = [
  'connected',
  'failed',
  'tls',
  'discarded',
  'written',
  'queued',
  'relayed',
  'deferred',
  'delivered',
  'bounced',
  'fetched',
  'removed',
  'added',
  'flags',
  'lookup',
  'power',
  'zone',
  'change',
  'done',
] as const
export type EventKind = (typeof EVENT_KINDS)[number]
export const LINE_KINDS = [
  'greeting',
  'command',
  'reply',
  'response',
  'continuation',
  'mailData',
  'literal',
  'query',
  'line',
] as const satisfies readonly Meaning['kind'][]

/** How a row ended: `later` is a temporary refusal, `none` a row that has no outcome. */
export const OUTCOMES = ['good', 'later', 'refused', 'lost', 'none'] as const
export type Outcome = (typeof OUTCOMES)[number]

/** A listed event with what the list, a filter and a breakpoint ask about it. */
export interface Row {
  readonly fact: ListedFact
  readonly at: Instant
  readonly kind: RowKind
  readonly outcome: Outcome
  readonly protocol?: string
  readonly from?: HostName
  readonly to?: HostName
  readonly connection?: ConnectionId
  readonly port?: number
  readonly message?: MessageId
  /** The line as it was said. */
  readonly line?: LineFact
  /** The instant from which it is the line in focus; for other events, that of the fact. */
  readonly shownFrom: Instant
  /** The instant that shows it best. */
  readonly shownAt: Instant
}

/** The row of a listed event; undefined if its fact has been dropped. */
export function rowOf(view: RunView, { fact: order, message }: Listed): Row | undefined {
  const fact = factOf(view.timeline.trace, order)
  if (!fact || !isListed(fact)) return undefined
  const row = isLine(fact) ? lineRow(view, fact) : eventRow(view, fact)
  return message === undefined ? row : { ...row, message }
}

function lineRow(view: RunView, fact: LineFact): Row {
  const line = lineOf(view.history, fact.order)
  const { flight } = line ?? {}
  const connection = fact.type === 'sent' ? connectionIn(view.seen.connections, fact.connection) : undefined
  const isLost = flight !== undefined && !flight.arrived
  return {
    fact,
    at: fact.at,
    kind: fact.means.kind,
    outcome: isLost ? 'lost' : outcomeOf(fact.means),
    protocol: dnsMessageIn(fact) === undefined ? (flight?.protocol ?? 'TCP') : 'DNS',
    from: fact.host,
    ...(flight ? { to: flight.to } : {}),
    ...(connection ? { connection: connection.connection, port: connection.port } : {}),
    line: fact,
    shownFrom: line?.from ?? fact.at,
    shownAt: line?.at ?? fact.at,
  }
}

const ANSWERS: ReadonlySet<Meaning['kind']> = new Set<Meaning['kind']>(['reply', 'response', 'greeting'])

function outcomeOf({ kind, refused }: Meaning): Outcome {
  if (refused === 'later') return 'later'
  if (refused) return 'refused'
  return ANSWERS.has(kind) ? 'good' : 'none'
}

function eventRow(view: RunView, fact: Exclude<ListedFact, LineFact>): Row {
  const base = { fact, at: fact.at, shownFrom: fact.at, shownAt: fact.at }
  switch (fact.type) {
    case 'connectionOpened':
    case 'connectionFailed': {
      const { client, server, port, connection } = fact
      const seen = connectionIn(view.seen.connections, connection)
      const failed = fact.type === 'connectionFailed'
      return {
        ...base,
        kind: failed ? 'failed' : 'connected',
        outcome: failed ? 'refused' : 'good',
        ...(seen ? { protocol: protocolOn(seen) } : {}),
        from: client,
        to: server,
        port,
        connection,
      }
    }
    case 'tlsStarted':
      return { ...base, kind: 'tls', outcome: 'good', from: fact.host, connection: fact.connection }
    case 'octetsDiscarded':
      return { ...base, kind: 'discarded', outcome: 'refused', from: fact.host, connection: fact.connection }
    case 'messageRelayed':
      return { ...base, kind: 'relayed', outcome: 'good', from: fact.host, to: fact.to }
    case 'messageDeferred':
      return { ...base, kind: 'deferred', outcome: 'later', from: fact.host }
    case 'messageDelivered':
      return { ...base, kind: 'delivered', outcome: 'good', from: fact.host }
    case 'messageBounced':
      return { ...base, kind: 'bounced', outcome: 'refused', from: fact.host }
    case 'messageFetched':
      return { ...base, kind: 'fetched', outcome: 'good', from: fact.host, protocol: fact.by }
    case 'messageRemoved':
      return { ...base, kind: 'removed', outcome: 'none', from: fact.host, protocol: fact.by }
    case 'submissionFailed':
      return {
        ...base,
        kind: 'deferred',
        outcome: fact.nextTry === undefined ? 'refused' : 'later',
        from: fact.host,
      }
    case 'lookupEnded':
      return { ...base, kind: 'lookup', outcome: 'none', from: fact.host, protocol: 'DNS' }
    case 'changeRefused':
      return { ...base, kind: 'change', outcome: 'refused', from: fact.host }
    case 'zoneRefused':
      return { ...base, kind: 'zone', outcome: 'refused', from: fact.host }
    case 'intervened': {
      const { intervention } = fact
      const [from, to] = hostsOf(intervention)
      const kind = isDoneByHand(intervention.type) ? 'done' : 'change'
      return {
        ...base,
        kind,
        outcome: 'none',
        ...(from === undefined ? {} : { from }),
        ...(to === undefined ? {} : { to }),
      }
    }
    case 'messageWritten':
    case 'messageQueued':
    case 'messageAdded':
    case 'flagsChanged':
    case 'zoneChanged':
    case 'hostStopped':
    case 'hostStarted':
      return { ...base, kind: PLAIN[fact.type], outcome: 'none', from: fact.host }
  }
}

const PLAIN = {
  messageWritten: 'written',
  messageQueued: 'queued',
  messageAdded: 'added',
  flagsChanged: 'flags',
  zoneChanged: 'zone',
  hostStopped: 'power',
  hostStarted: 'power',
} as const satisfies Readonly<Record<string, EventKind>>

/** The text of a row: the line on the wire, and plain words. */
export interface RowWords {
  /** The line as it was said, or its first line. */
  readonly wire: string
  /** The number of lines; 0 for an event. */
  readonly lines: number
  readonly words: string
}

/** The words of a row in the list. */
export function wordsOf({ fact }: Row, view: RunView, names: Names): RowWords {
  if (isLine(fact)) {
    const { text, lines } = wireTextOf(fact)
    return { wire: text, lines, words: glossOf(fact.means) ?? '' }
  }
  return { wire: '', lines: 0, words: eventWords(fact, view, names) }
}

/** A listed event that is no line, in one sentence. */
export function eventWords(fact: Exclude<ListedFact, LineFact>, { history }: RunView, names: Names): string {
  if (isHappening(fact)) return eventSentence(fact, names, history)
  switch (fact.type) {
    case 'messageRelayed':
      return eventsText('said.relayed', { host: names.short(fact.host), to: names.short(fact.to) })
    case 'messageAdded':
      return eventsText('said.added', { host: names.short(fact.host), user: fact.user, mailbox: fact.mailbox })
    case 'flagsChanged':
      return eventsText('said.flags', {
        uid: fact.uid,
        user: fact.user,
        mailbox: fact.mailbox,
        flags: fact.flags.join(' '),
        count: fact.flags.length,
      })
    case 'lookupEnded':
      return eventsText('said.fromCache', { host: names.short(fact.host), name: fact.name, type: fact.rrType })
    case 'intervened': {
      const { intervention } = fact
      if (intervention.type === 'waited') return eventsText('said.waited')
      const host = names.title(intervention.host)
      switch (intervention.type) {
        case 'collected':
          return eventsText('said.collected', { host })
        case 'marked':
          return eventsText(`said.marked.${intervention.as}`, { host })
        case 'filed':
          return eventsText('said.filed', { host, mailbox: intervention.mailbox })
        case 'deleted':
          return eventsText('said.deleted', { host })
      }
    }
  }
}
