import type { ParsedReply, SmtpParsed } from '../../protocols/smtp/meaning'
import { serviceAt } from '../../session/service'
import type { Parsed } from '../../session/session'
import type { Fact, FactOf, FactType } from '../../world/fact'
import { type Connections, connectionIn } from './connections'
import { type EventFact, isEvent } from './happenings'
import type { Holdings } from './holdings'
import type { Seen } from './seen'
import { Table } from './table'
import { Vector } from './vector'

/**
 * A turn in the fate of a message: it is written, refused, handed on, put off, tried again. While no message is under way: any
 * other event that needs words, and the beginning and end of a dialogue in which a person types.
 */
export type Turn =
  | EventFact
  | FactOf<'messageWritten' | 'sent' | 'questionAsked' | 'connectionOpening' | 'connectionOpened' | 'connectionClosed'>

export interface Turns {
  readonly all: Vector<Turn>
  /** Sessions of a server, and mail programs by their hosts, that will try again to hand a message on. */
  readonly waiting: Table<true>
}

export const noTurns: Turns = { all: Vector.empty(), waiting: Table.empty() }

const FATES: ReadonlySet<FactType> = new Set<FactType>([
  'messageWritten',
  'messageQueued',
  'messageDeferred',
  'messageDelivered',
  'messageBounced',
  'messageFetched',
  'messageRemoved',
  'submissionFailed',
])
/** The questions with which a delivery begins a try. */
const BEGINS: ReadonlySet<string> = new Set(['askForExchangers', 'askForAddresses'])
/** The commands and moments at which a server decides about a message. */
const DECIDES: ReadonlySet<string> = new Set(['MAIL', 'RCPT', 'DATA', 'BDAT', 'mailData'])

/** The turns after one more fact; the same value if it is none. `seen` is the state after this fact. */
export function observeTurn(
  turns: Turns,
  fact: Fact,
  { connections, holdings }: Pick<Seen, 'connections' | 'holdings'>,
): Turns {
  const next = turnOf(turns, fact, connections, holdings)
  const all = next ? turns.all.push(next) : turns.all
  const waiting = waitingAfter(turns.waiting, fact)
  return next || waiting !== turns.waiting ? { all, waiting } : turns
}

function turnOf({ waiting }: Turns, fact: Fact, connections: Connections, { underWay }: Holdings): Turn | undefined {
  const free = underWay.size === 0
  switch (fact.type) {
    case 'messageWritten':
      return fact
    case 'sent':
      return isRefusal(fact, connections) ? fact : undefined
    case 'questionAsked':
      return BEGINS.has(fact.question.type) && waiting.has(fact.session) ? fact : undefined
    case 'connectionOpening':
      return isSubmission(fact) && waiting.has(fact.client) ? fact : undefined
    case 'connectionOpened':
    case 'connectionClosed':
      return free && connectionIn(connections, fact.connection)?.typed ? fact : undefined
    case 'connectionFailed':
      return free || serviceAt(fact.port)?.protocol === 'SMTP' ? fact : undefined
    case 'tlsStarted':
      return undefined
    default:
      return isEvent(fact) && (free || FATES.has(fact.type)) ? fact : undefined
  }
}

function waitingAfter(waiting: Turns['waiting'], fact: Fact): Turns['waiting'] {
  switch (fact.type) {
    case 'questionAsked':
      if (fact.question.type === 'defer') return waiting.with(fact.session, true)
      return BEGINS.has(fact.question.type) && waiting.has(fact.session) ? waiting.without(fact.session) : waiting
    case 'submissionFailed':
      return fact.nextTry === undefined ? waiting : waiting.with(fact.host, true)
    case 'connectionOpening':
      return isSubmission(fact) && waiting.has(fact.client) ? waiting.without(fact.client) : waiting
    default:
      return waiting
  }
}

const isSubmission = ({ port }: FactOf<'connectionOpening'>): boolean => {
  const service = serviceAt(port)
  return service?.protocol === 'SMTP' && service.clients === 'users'
}

/** A server refuses a message that a mail program or another server has for it. */
function isRefusal(fact: FactOf<'sent'>, connections: Connections): boolean {
  if (!fact.means.refused) return false
  const answers = replyIn(fact)?.answers
  return answers !== undefined && DECIDES.has(answers) && connectionIn(connections, fact.connection)?.typed === false
}

const isSmtp = (parsed: Parsed | undefined): parsed is SmtpParsed => parsed?.protocol === 'SMTP'

/** The reply of SMTP that a line is; undefined for any other line. */
export const replyIn = ({ means: { parsed } }: FactOf<'sent'>): ParsedReply | undefined =>
  isSmtp(parsed) && parsed.type === 'reply' ? parsed : undefined
