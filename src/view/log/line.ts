import { fieldBody } from '../../mail/headerFields'
import { messageIdsIn } from '../../mail/messageId'
import { replyText, type SmtpServerQuestion } from '../../protocols/smtp'
import type { Question } from '../../session/session'
import type { Fact, FactOf } from '../../world/fact'
import type { TransferReason } from '../../world/reason'
import { factOf } from '../../world/trace'
import type { HostName, SessionId } from '../../world/world'
import { connectionIn, type SeenConnection, sessionIn } from '../run/connections'
import { dnsReader } from '../run/dnsReader'
import type { RunView } from '../run/runView'
import { isReport, type LogEntry } from './log'

/**
 * The lines of logs in the manner of Postfix, Dovecot, BIND and msmtp, so that whoever has read one of theirs can read these.
 * They are the same in every language, as real ones are.
 */

/** A line of a log: the program that writes it, and its text. */
export interface LogLine {
  readonly program: string
  readonly text: string
}

const line = (program: string, text: string): LogLine => ({ program, text })

/** The line of an entry; undefined if its fact has been dropped. */
export function lineOf(view: RunView, entry: LogEntry): LogLine | undefined {
  const fact = factOf(view.timeline.trace, entry.fact)
  if (!fact) return undefined
  if (entry.kind === 'removed') return line('qmgr', `${entry.queueId}: removed`)
  switch (fact.type) {
    case 'intervened':
      return fact.intervention.type === 'policyChanged'
        ? line('master', `reload: ${fact.intervention.policy} = ${String(fact.intervention.value)}`)
        : line('master', 'terminating on signal 15')
    case 'hostStarted':
      return line('master', 'daemon started')
    case 'sessionStarted':
      return line('smtpd', `connect from ${clientOf(view, fact.session)}`)
    case 'sessionEnded':
      return entry.kind === 'disconnect'
        ? line('smtpd', `disconnect from ${clientOf(view, fact.session)}`)
        : line(protocolOf(view, fact.session), `Disconnected: rip=${clientOf(view, fact.session)}`)
    case 'tlsStarted':
      return tlsLine(view, fact)
    case 'connectionFailed':
      return entry.kind === 'lost'
        ? line('smtpd', `lost connection with ${named(view, fact.client)}: ${ERRORS[fact.why]}`)
        : line('smtp', `connect to ${named(view, fact.server)}:${fact.port}: ${ERRORS[fact.why]}`)
    case 'questionAsked':
      return submittedLine(view, fact)
    case 'questionAnswered':
      return loginLine(view, entry, fact)
    case 'sent':
      return entry.kind === 'reject' ? rejectLine(view, fact) : dnsLine(view, fact)
    case 'responded':
      return dnsLine(view, fact)
    case 'queried':
      return line('named', `resolver: query to ${fact.to}: ${questionText(fact)}`)
    case 'lookupEnded': {
      const cached = fact.fromCache ? ', from cache' : ''
      return line('named', `resolver: ${bare(fact.name)} IN ${fact.rrType}: ${fact.outcome}${cached}`)
    }
    case 'zoneChanged':
      return line('named', `zone ${bare(fact.apex)}/IN: loaded serial ${fact.serial}`)
    case 'zoneRefused':
      return line(
        'named',
        `zone ${bare(fact.apex)}/IN: not loaded due to errors: line ${fact.line}, column ${fact.column}`,
      )
    case 'messageWritten':
      return line('outbox', `from=<${fact.reversePath}>, ${toText(fact.forwardPaths)}: queued`)
    case 'submissionFailed':
      return line('outbox', `message-id=<${fact.letter}>: ${failureText(fact)}`)
    case 'messageFetched':
      return line(fact.by.toLowerCase(), `fetched for <${fact.account}>: uid=${fact.uid}, message-id=<${fact.letter}>`)
    case 'copyDropped':
      return line('imap', `dropped for <${fact.account}>: uid=${fact.uid}, gone at the server`)
    case 'messageQueued':
      return queuedLine(view, entry, fact)
    case 'messageRelayed':
      return statusLine(entry, 'smtp', relayOf(view, fact), '2.0.0', `sent (${replyTo(view, fact)})`)
    case 'messageDelivered':
      return statusLine(entry, 'local', 'local', '2.0.0', 'sent (delivered to mailbox)')
    case 'messageDeferred': {
      const { reason } = fact
      return statusLine(
        entry,
        'smtp',
        serverOf(view, reason),
        statusOf(reason, '4.0.0'),
        `deferred (${detail(reason)})`,
      )
    }
    case 'messageBounced':
      return bouncedLine(view, entry, fact)
    case 'messageRemoved':
      return line(`${fact.by.toLowerCase()}(${fact.user})`, `expunge: box=${fact.mailbox}, uid=${fact.uid}`)
    case 'messageAdded':
      return line(`imap(${fact.user})`, `save: box=${fact.mailbox}, uid=${fact.uid}`)
    case 'flagsChanged': {
      const flags = fact.flags.join(' ')
      return line(`imap(${fact.user})`, `flag_change: box=${fact.mailbox}, uid=${fact.uid}, flags=(${flags})`)
    }
    default:
      return undefined
  }
}

/** The words of the operating system for a connection that failed. */
const ERRORS = {
  refused: 'Connection refused',
  timedOut: 'Connection timed out',
  reset: 'Connection reset by peer',
} as const

const bare = (name: string): string => (name === '.' ? name : name.replace(/\.$/, ''))
const toText = (paths: readonly string[]): string => paths.map((path) => `to=<${path}>`).join(', ')

/** `mx-out[192.0.2.25]` */
function named({ timeline }: RunView, host: HostName): string {
  const { address } = timeline.scenario.hosts.find(({ name }) => name === host) ?? {}
  return address === undefined ? host : `${host}[${address}]`
}

function callOf({ seen }: RunView, session: SessionId): SeenConnection | undefined {
  const { connection } = sessionIn(seen.connections, session) ?? {}
  return connection === undefined ? undefined : connectionIn(seen.connections, connection)
}

function clientOf(view: RunView, session: SessionId): string {
  const call = callOf(view, session)
  return call ? named(view, call.client) : 'unknown'
}

/** `smtp`, `imap`, `pop3` */
const protocolOf = ({ seen }: RunView, session: SessionId): string =>
  sessionIn(seen.connections, session)?.protocol.replace(/\..*/, '') ?? 'unknown'

/** The fact from which a fact followed. */
const causeOf = ({ timeline }: RunView, { cause }: Fact): Fact | undefined =>
  cause === undefined ? undefined : factOf(timeline.trace, cause)

function tlsLine(view: RunView, { session }: FactOf<'tlsStarted'>): LogLine {
  const protocol = protocolOf(view, session)
  const client = clientOf(view, session)
  return protocol === 'smtp'
    ? line('smtpd', `Anonymous TLS connection established from ${client}`)
    : line(`${protocol}-login`, `TLS handshake finished: rip=${client}`)
}

function loginLine(view: RunView, { kind }: LogEntry, fact: FactOf<'questionAnswered'>): LogLine {
  const { session, answer } = fact
  const client = clientOf(view, session)
  if (kind === 'authFailed') return line('smtpd', `warning: ${client}: SASL authentication failed`)
  const program = `${protocolOf(view, session)}-login`
  if (kind === 'loginFailed') return line(program, `Aborted login (auth failed): rip=${client}`)
  const user = 'user' in answer ? String(answer.user) : ''
  const tls = callOf(view, session)?.encrypted ? ', TLS' : ''
  return line(program, `Login: user=<${user}>, rip=${client}${tls}`)
}

type Asked<T extends SmtpServerQuestion['type']> = Extract<SmtpServerQuestion, { readonly type: T }>
const isVerifying = (question: Question): question is Asked<'verifyRecipient'> => question.type === 'verifyRecipient'
const isTaking = (question: Question): question is Asked<'takeMessage'> => question.type === 'takeMessage'

/** A refusal. `NOQUEUE`: nothing has been accepted, so there is no queue name. */
function rejectLine(view: RunView, fact: FactOf<'sent'>): LogLine {
  const { octets, session, means } = fact
  const { parsed } = means
  const verb = parsed && 'answers' in parsed ? String(parsed.answers) : 'UNKNOWN'
  const reply = octets.trimEnd().replace(/\r\n/g, ' ')
  const answered = causeOf(view, fact)
  const asked = answered && causeOf(view, answered)
  const question = asked?.type === 'questionAsked' && isVerifying(asked.question) ? asked.question : undefined
  const envelope = question ? `; from=<${question.reversePath}>, to=<${question.forwardPath}>` : ''
  return line('smtpd', `NOQUEUE: reject: ${verb} from ${clientOf(view, session)}: ${reply}${envelope}`)
}

function queuedLine(view: RunView, { kind }: LogEntry, fact: FactOf<'messageQueued'>): LogLine {
  const { queueId, letter, reversePath, forwardPaths, notice } = fact
  const asked = notice ? undefined : causeOf(view, fact)
  const taking = asked?.type === 'questionAsked' && isTaking(asked.question) ? asked.question : undefined
  if (kind === 'client') {
    const client = asked?.type === 'questionAsked' ? clientOf(view, asked.session) : 'unknown'
    const hello = taking ? `, proto=${taking.protocol}, helo=<${taking.helloName}>` : ''
    const user = taking?.user === undefined ? '' : `, sasl_username=${taking.user}`
    return line('smtpd', `${queueId}: client=${client}${hello}${user}`)
  }
  if (kind === 'messageId') {
    const given = taking && messageIdsIn(fieldBody(taking.message, 'Message-ID') ?? '')[0]
    return line('cleanup', `${queueId}: message-id=<${given ?? letter}>`)
  }
  const size = taking ? `size=${taking.message.length}, ` : ''
  return line('qmgr', `${queueId}: from=<${reversePath}>, ${size}nrcpt=${forwardPaths.length} (queue active)`)
}

function statusLine(
  { queueId = '', recipient = '', delay = 0 }: LogEntry,
  program: string,
  relay: string,
  dsn: string,
  status: string,
): LogLine {
  const seconds = (delay / 1000).toFixed(2)
  const about = `to=<${recipient}>, relay=${relay}, delay=${seconds}, dsn=${dsn}`
  return line(program, `${queueId}: ${about}, status=${status}`)
}

function bouncedLine(view: RunView, entry: LogEntry, { queueId, reason, notice }: FactOf<'messageBounced'>): LogLine {
  if (entry.kind === 'notice')
    return line('bounce', `${queueId}: sender non-delivery notification: ${notice.replace(/\..*/, '')}`)
  const status = statusOf(reason, '5.0.0')
  return reason.id === 'gaveUp'
    ? statusLine(entry, 'qmgr', 'none', status, `expired, returned to sender (${detail(reason.last)})`)
    : statusLine(entry, 'smtp', serverOf(view, reason), status, `bounced (${detail(reason)})`)
}

const statusOf = (reason: TransferReason, otherwise: string): string => reason.status ?? otherwise

/** The server that took a message: its name in the DNS, its address, and its port. */
function relayOf(view: RunView, fact: FactOf<'messageRelayed'>): string {
  const asked = causeOf(view, fact)
  const call = asked?.type === 'questionAsked' ? callOf(view, asked.session) : undefined
  return call ? `${named(view, call.server)}:${call.port}` : fact.to
}

/** The server whose words decided; Postfix writes `none` if there was no connection. */
const serverOf = (view: RunView, reason: TransferReason): string =>
  reason.id === 'said' || reason.id === 'lacks' || reason.id === 'brokeOff' ? named(view, reason.server) : 'none'

function replyTo(view: RunView, fact: FactOf<'messageRelayed'>): string {
  const asked = causeOf(view, fact)
  const reply = asked?.type === 'questionAsked' && isReport(asked.question) ? asked.question.report.reply : undefined
  return reply ? replyText(reply) : '250'
}

/** The words of Postfix for a reason, which stand in brackets after the status. */
function detail(reason: TransferReason): string {
  switch (reason.id) {
    case 'said':
      return `host ${reason.server} said: ${reason.reply}`
    case 'lacks':
      return `${LACKS[reason.what]}, but was not offered by host ${reason.server}`
    case 'tooManyRecipients':
      return `host ${reason.server} said: too many recipients`
    case 'brokeOff':
      return `lost connection with ${reason.server}`
    case 'unreachable':
      return `connect to ${reason.server}:25: ${ERRORS[reason.cause]}`
    case 'noUsableAnswer':
      return `protocol error from ${reason.server}`
    case 'noSuchDomain':
      return `Host or domain name not found. Name service error for name=${reason.name} type=MX: Host not found`
    case 'lookupFailed':
      return `Host or domain name not found. Name service error for name=${reason.name}: Host not found, try again`
    case 'noAddress':
      return `Name service error for name=${reason.name}: Host found but no data record of requested type`
    case 'takesNoMail':
      return `Domain ${reason.name} does not accept mail (nullMX)`
    case 'unknownLiteral':
      return `bad address syntax: ${reason.name}`
    case 'ownAddress':
    case 'ownExchanger':
      return `mail for ${reason.name} loops back to myself`
    case 'mailboxFull':
    case 'mailboxTooSmall':
      return `quota exceeded for <${reason.forwardPath}>`
    case 'gaveUp':
      return detail(reason.last)
  }
}

const LACKS = {
  encryption: 'TLS is required',
  trust: 'SASL authentication is required',
  utf8: 'SMTPUTF8 is required',
  eightBit: '8BITMIME is required',
} as const

/** A mail program's line on a submission, as msmtp writes it. */
function submittedLine(view: RunView, { question, session }: FactOf<'questionAsked'>): LogLine | undefined {
  if (!isReport(question)) return undefined
  const { accepted, reply } = question.report
  const call = callOf(view, session)
  const server = call ? `host=${call.server} port=${call.port} tls=${call.encrypted ? 'on' : 'off'} ` : ''
  const said = reply ? ` smtpmsg='${replyText(reply)}'` : ''
  return line('outbox', `${server}recipients=${accepted.join(',')}${said} exitcode=EX_OK`)
}

function failureText({ at, nextTry, reason }: FactOf<'submissionFailed'>): string {
  return nextTry === undefined
    ? `status=failed (${detail(reason)})`
    : `status=deferred, next try in ${Math.round((nextTry - at) / 1000)} s (${detail(reason)})`
}

/** A name server's line: the question as BIND writes it, and the counts of the answer's sections. */
function dnsLine(view: RunView, fact: FactOf<'responded'> | FactOf<'sent'>): LogLine {
  const client = fact.type === 'sent' ? clientOf(view, fact.session) : fact.to
  const octets = fact.type === 'sent' ? dnsReader().unframed(fact.octets)?.message : fact.octets
  const message = octets === undefined ? 'malformed' : dnsReader().decode(octets)
  if (message === 'malformed') return line('named', `client @${client}: FORMERR`)
  const { rcode, authoritative, truncated, answers, authorities, additionals } = message
  const flags = `${authoritative ? ' aa' : ''}${truncated ? ' tc' : ''}`
  const counts = `${answers.length}/${authorities.length}/${additionals.length}`
  return line(
    'named',
    `client @${client}: query: ${questionText(fact, message.question[0])}: ${rcode}${flags} ${counts}`,
  )
}

function questionText({ octets }: Pick<FactOf<'queried'>, 'octets'>, question = questionIn(octets)): string {
  return question ? `${bare(question.name)} IN ${question.type}` : '-'
}

function questionIn(octets: FactOf<'queried'>['octets']): { readonly name: string; readonly type: string } | undefined {
  const message = dnsReader().decode(octets)
  return message === 'malformed' ? undefined : message.question[0]
}
