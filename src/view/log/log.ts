import type { Instant } from '../../base/time'
import type { SmtpClientQuestion } from '../../protocols/smtp'
import type { Answer, Question } from '../../session/session'
import type { Fact, FactOf } from '../../world/fact'
import type { HostName } from '../../world/world'
import { folding } from '../run/fold'
import { Table } from '../run/table'
import { Vector } from '../run/vector'

/**
 * The logs of the hosts: the facts that a server or program writes down, by host, in a list that grows with each fact. The text
 * of a line is made when it is in sight (`line.ts`).
 */

/** The kinds of lines, each written by one program. */
export type LineKind =
  // Postfix
  | 'started'
  | 'stopping'
  | 'reload'
  | 'connect'
  | 'tls'
  | 'authFailed'
  | 'reject'
  | 'client'
  | 'messageId'
  | 'active'
  | 'noConnection'
  | 'sent'
  | 'delivered'
  | 'deferred'
  | 'bounced'
  | 'notice'
  | 'removed'
  | 'lost'
  | 'disconnect'
  // Dovecot
  | 'login'
  | 'loginFailed'
  | 'logout'
  | 'expunged'
  | 'saved'
  | 'flags'
  // Mail programs
  | 'written'
  | 'submitted'
  | 'notSubmitted'
  | 'fetched'
  | 'dropped'
  // Name servers and resolvers
  | 'answered'
  | 'asks'
  | 'resolved'
  | 'zoneLoaded'
  | 'zoneRejected'

/** A line of a log: the kind, the fact that it tells, and the queue entry that it is about. */
export interface LogEntry {
  readonly kind: LineKind
  /** The order of its fact. */
  readonly fact: number
  readonly at: Instant
  readonly queueId?: string
  /** The recipient: each has a line of its own. */
  readonly recipient?: string
  /** Milliseconds since the message was queued. */
  readonly delay?: number
}

/** A message in a queue. */
interface QueuedMessage {
  readonly since: Instant
  /** The number of recipients that are not settled. */
  readonly left: number
}

export interface Logs {
  readonly facts: number
  readonly hosts: Readonly<Record<HostName, Vector<LogEntry>>>
  /** The protocols of servers' sessions and of their connections, while they last. */
  readonly served: Table<string>
  /** By host and queue entry. */
  readonly queued: Table<QueuedMessage>
  /** Hosts with a mail program that sends. */
  readonly authors: ReadonlySet<HostName>
  /** Hosts that resolve names for others. */
  readonly resolvers: ReadonlySet<HostName>
}

export const noLogs: Logs = {
  facts: 0,
  hosts: {},
  served: Table.empty(),
  queued: Table.empty(),
  authors: new Set(),
  resolvers: new Set(),
}

/** The logs of a run. A longer run, or a branch, only adds its new facts. */
export const logsOf = folding(noLogs, log)

const SERVERS: ReadonlySet<string> = new Set(['smtp.server', 'imap.server', 'pop3.server'])
const LOGGED_IN: ReadonlySet<Answer['type']> = new Set(['authenticated', 'loggedIn'])
const REFUSED: ReadonlySet<Answer['type']> = new Set(['authenticationFailed', 'loginFailed'])

/** The logs after one more fact. */
export function log(before: Logs, fact: Fact): Logs {
  const logs = { ...before, facts: fact.order + 1 }
  switch (fact.type) {
    case 'intervened': {
      const { intervention } = fact
      if (intervention.type === 'policyChanged') return write(logs, intervention.host, fact, 'reload')
      return intervention.type === 'leaveTaken' ? write(logs, intervention.host, fact, 'stopping') : logs
    }
    case 'hostStarted':
      return write(logs, fact.host, fact, 'started')
    case 'sessionStarted':
      return began(logs, fact)
    case 'sessionEnded':
      return ended(logs, fact)
    case 'tlsStarted':
      return logs.served.has(fact.session) ? write(logs, fact.host, fact, 'tls') : logs
    case 'connectionFailed':
      return failed(logs, fact)
    case 'connectionClosed':
      return logs.served.has(fact.connection) ? { ...logs, served: logs.served.without(fact.connection) } : logs
    case 'questionAsked':
      return isReport(fact.question) && logs.authors.has(fact.host) && fact.question.report.accepted.length > 0
        ? write(logs, fact.host, fact, 'submitted')
        : logs
    case 'questionAnswered':
      return answered(logs, fact)
    case 'sent':
      return said(logs, fact)
    case 'responded':
      return write(logs, fact.host, fact, 'answered')
    case 'queried':
      return logs.resolvers.has(fact.host) ? write(logs, fact.host, fact, 'asks') : logs
    case 'lookupEnded':
      return logs.resolvers.has(fact.host) ? write(logs, fact.host, fact, 'resolved') : logs
    case 'zoneChanged':
      return write(logs, fact.host, fact, 'zoneLoaded')
    case 'zoneRefused':
      return write(logs, fact.host, fact, 'zoneRejected')
    case 'messageWritten':
      return write({ ...logs, authors: new Set(logs.authors).add(fact.host) }, fact.host, fact, 'written')
    case 'submissionFailed':
      return write(logs, fact.host, fact, 'notSubmitted')
    case 'messageFetched':
      return write(logs, fact.host, fact, 'fetched')
    case 'copyDropped':
      return write(logs, fact.host, fact, 'dropped')
    case 'messageQueued':
      return queued(logs, fact)
    case 'messageRelayed':
      return settled(status(logs, fact, 'sent', fact.forwardPaths), fact, fact.forwardPaths.length)
    case 'messageDelivered':
      return settled(status(logs, fact, 'delivered', fact.forwardPaths), fact, fact.forwardPaths.length)
    case 'messageDeferred':
      return status(logs, fact, 'deferred', fact.forwardPaths)
    case 'messageBounced': {
      const bounced = status(logs, fact, 'bounced', [fact.forwardPath])
      const { queueId } = fact
      const told = fact.notice === 'none' ? bounced : write(bounced, fact.host, fact, 'notice', { queueId })
      return settled(told, fact, 1)
    }
    case 'messageRemoved':
      return write(logs, fact.host, fact, 'expunged')
    case 'messageAdded':
      return write(logs, fact.host, fact, 'saved')
    case 'flagsChanged':
      return write(logs, fact.host, fact, 'flags')
    default:
      return logs
  }
}

function write(
  logs: Logs,
  host: HostName,
  { order, at }: Fact,
  kind: LineKind,
  about: Pick<LogEntry, 'queueId' | 'recipient' | 'delay'> = {},
): Logs {
  const lines = logs.hosts[host] ?? Vector.empty<LogEntry>()
  return { ...logs, hosts: { ...logs.hosts, [host]: lines.push({ kind, fact: order, at, ...about }) } }
}

type QueueFact = Fact & { readonly host: HostName; readonly queueId: string }

const keyOf = ({ host, queueId }: QueueFact): string => `${host} ${queueId}`

/** A line for each recipient. */
function status(logs: Logs, fact: QueueFact, kind: LineKind, recipients: readonly string[]): Logs {
  const { queueId } = fact
  const delay = fact.at - (logs.queued.get(keyOf(fact))?.since ?? fact.at)
  return recipients.reduce((all, recipient) => write(all, fact.host, fact, kind, { queueId, recipient, delay }), logs)
}

function began(logs: Logs, fact: FactOf<'sessionStarted'>): Logs {
  const { session, host, protocol, connection } = fact
  if (protocol === 'dns.resolver' && !logs.resolvers.has(host))
    return { ...logs, resolvers: new Set(logs.resolvers).add(host) }
  if (!SERVERS.has(protocol) || connection === undefined) return logs
  const after = { ...logs, served: logs.served.with(session, protocol).with(connection, protocol) }
  return protocol === 'smtp.server' ? write(after, host, fact, 'connect') : after
}

function ended(logs: Logs, fact: FactOf<'sessionEnded'>): Logs {
  const served = logs.served.get(fact.session)
  if (!served) return logs
  const after = { ...logs, served: logs.served.without(fact.session) }
  return write(after, fact.host, fact, served === 'smtp.server' ? 'disconnect' : 'logout')
}

/** The end that called writes that there was no answer; a server writes that it lost its client. */
function failed(logs: Logs, fact: FactOf<'connectionFailed'>): Logs {
  if (fact.host === fact.client) return write(logs, fact.host, fact, 'noConnection')
  return logs.served.get(fact.connection) === 'smtp.server' ? write(logs, fact.host, fact, 'lost') : logs
}

function answered(logs: Logs, fact: FactOf<'questionAnswered'>): Logs {
  const { session, host, answer } = fact
  const served = logs.served.get(session)
  if (!served) return logs
  const isSmtp = served === 'smtp.server'
  if (REFUSED.has(answer.type)) return write(logs, host, fact, isSmtp ? 'authFailed' : 'loginFailed')
  // Postfix writes who has logged in when the message gets its queue name.
  return LOGGED_IN.has(answer.type) && !isSmtp ? write(logs, host, fact, 'login') : logs
}

function said(logs: Logs, fact: FactOf<'sent'>): Logs {
  const { means, host, session } = fact
  if (means.parsed?.protocol === 'DNS') return means.kind === 'response' ? write(logs, host, fact, 'answered') : logs
  const isRefusal = means.refused !== undefined && means.kind === 'reply'
  return isRefusal && logs.served.get(session) === 'smtp.server' ? write(logs, host, fact, 'reject') : logs
}

function queued(logs: Logs, fact: FactOf<'messageQueued'>): Logs {
  const { host, queueId, forwardPaths, notice } = fact
  const kinds: readonly LineKind[] = notice ? ['messageId', 'active'] : ['client', 'messageId', 'active']
  const after = kinds.reduce((all, kind) => write(all, host, fact, kind, { queueId }), logs)
  return { ...after, queued: after.queued.with(keyOf(fact), { since: fact.at, left: forwardPaths.length }) }
}

/** Some recipients are settled; after the last one the entry leaves the queue. */
function settled(logs: Logs, fact: QueueFact, count: number): Logs {
  const key = keyOf(fact)
  const { since, left } = logs.queued.get(key) ?? { since: fact.at, left: 0 }
  if (left > count) return { ...logs, queued: logs.queued.with(key, { since, left: left - count }) }
  const { queueId } = fact
  return write({ ...logs, queued: logs.queued.without(key) }, fact.host, fact, 'removed', { queueId })
}

/** True for an SMTP client's report on a transfer. */
export const isReport = (question: Question): question is Extract<SmtpClientQuestion, { type: 'transferEnded' }> =>
  question.type === 'transferEnded'
