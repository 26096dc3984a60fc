import {
  type Reply,
  replyText,
  type SmtpClientInput,
  type SmtpClientQuestion,
  type SmtpDsn,
  type SmtpEnvelope,
  type SmtpTransferReport,
} from '../../protocols/smtp'
import { SERVICES } from '../../session/service'
import type { SessionId } from '../../world/world'
import type { Purpose, Turn } from '../turn'
import { complete } from './config'
import type { DeliveryQuestion, Obstacle, TransferResult } from './deliveryMachine'
import { accept, changeRecipients } from './queue'
import { tellSuccess } from './reports'
import { tellDelivery } from './routing'
import type { MailServerState, QueueEntry } from './state'

/** One try at one address: an SMTP client session that carries a letter of the queue, and what comes of it. */

type ServerTurn = Turn<MailServerState>

export interface TransferPurpose extends Purpose {
  readonly kind: 'transfer'
  readonly delivery: SessionId
  readonly queueId: string
  readonly exchanger: string
  readonly forwardPaths: readonly string[]
}

export function startTransfer(
  turn: ServerTurn,
  delivery: SessionId,
  queueId: string,
  { address, exchanger, forwardPaths, session }: Extract<DeliveryQuestion, { type: 'transfer' }>,
): void {
  changeRecipients(turn, queueId, forwardPaths, ({ nextTry: _, ...recipient }) => recipient)
  if (session !== undefined && turn.host.sessions[session] !== undefined) {
    turn.answer(session, letterTo(turn.state.queue[queueId], forwardPaths))
    return
  }
  const { hostName, outgoingTls, outgoingPipelining, outgoingChunking } = complete(turn.state.config)
  const input: SmtpClientInput = {
    helloName: hostName,
    tls: outgoingTls,
    ...(outgoingPipelining ? { pipelining: true } : {}),
    ...(outgoingChunking ? { chunking: true } : {}),
  }
  const purpose: TransferPurpose = { kind: 'transfer', delivery, queueId, exchanger, forwardPaths }
  turn.do({ type: 'connect', address, port: SERVICES.relay.port, protocol: 'smtp.client', input, purpose })
}

/** What the session of a transfer asks. */
export function answerTransfer(
  turn: ServerTurn,
  session: SessionId,
  purpose: TransferPurpose,
  question: SmtpClientQuestion,
): void {
  const entry = turn.state.queue[purpose.queueId]
  if (question.type === 'nextLetter') {
    turn.answer(session, letterTo(entry, purpose.forwardPaths))
    return
  }
  const { report, open } = question
  // The session waits: the delivery comes back to it with the rest in this very instant.
  const goesOn = open && report.left !== undefined
  if (!goesOn) turn.answer(session, { type: 'noLetter' })
  transferred(turn, purpose, entry, report, goesOn ? { session } : {})
}

const letterTo = (entry: QueueEntry | undefined, forwardPaths: readonly string[]) =>
  entry
    ? ({ type: 'letter', envelope: envelopeOf(entry, forwardPaths), message: entry.message } as const)
    : ({ type: 'noLetter' } as const)

/** Those of a transfer that earlier transactions on its connection have not settled. */
function unsettled(entry: QueueEntry | undefined, forwardPaths: readonly string[]): readonly string[] {
  if (!entry) return forwardPaths
  const queued = new Set(entry.recipients.map(({ forwardPath }) => forwardPath))
  return forwardPaths.filter((forwardPath) => queued.has(forwardPath))
}

function transferred(
  turn: ServerTurn,
  purpose: TransferPurpose,
  entry: QueueEntry | undefined,
  report: SmtpTransferReport,
  waiting: { readonly session?: SessionId },
): void {
  const { queueId, exchanger, delivery } = purpose
  const forwardPaths = unsettled(entry, purpose.forwardPaths)
  const result = { ...resultOf(report, { exchanger, forwardPaths }), ...waiting }
  changeRecipients(turn, queueId, result.accepted, () => undefined)
  if (result.accepted.length > 0 && entry) {
    turn.note({
      type: 'messageRelayed',
      host: turn.host.name,
      letter: entry.letter,
      queueId,
      to: exchanger,
      forwardPaths: result.accepted,
    })
    if (!report.dsn) {
      const reply = report.reply ? { reply: replyText(report.reply) } : {}
      const notice = tellSuccess(turn, entry, 'relayed', result.accepted, { name: exchanger, ...reply })
      if (notice) accept(turn, notice)
    }
  }
  tellDelivery(turn, delivery, queueId, { type: 'transferred', result })
}

function envelopeOf(entry: QueueEntry, forwardPaths: readonly string[]): SmtpEnvelope {
  const { reversePath, body, smtpUtf8, dsn } = entry
  return {
    reversePath,
    forwardPaths,
    ...(body === undefined ? {} : { body }),
    ...(smtpUtf8 === undefined ? {} : { smtpUtf8 }),
    ...(dsn === undefined ? {} : { dsn: dsnFor(dsn, forwardPaths) }),
  }
}

/** What the next hop has to know to send the notices that were asked for (RFC 3461 section 5.2.1). */
function dsnFor({ recipients, ...dsn }: SmtpDsn, forwardPaths: readonly string[]): SmtpDsn {
  if (!recipients) return dsn
  return {
    ...dsn,
    recipients: Object.fromEntries(Object.entries(recipients).filter(([path]) => forwardPaths.includes(path))),
  }
}

const BROKE_OFF: Readonly<Record<string, string>> = {
  refused: 'nobody listens there',
  timedOut: 'no answer',
  reset: 'the connection was reset',
}

/** What a report means for each recipient. */
export function resultOf(
  report: SmtpTransferReport,
  { exchanger, forwardPaths }: Pick<TransferPurpose, 'exchanger' | 'forwardPaths'>,
): TransferResult {
  const said = (forwardPath: string, reply: Reply): Obstacle => {
    const words = replyText(reply)
    return report.byUs
      ? {
          forwardPath,
          why: `${reply.enhanced ?? ''} ${exchanger}: ${[reply.text].flat().join(' ')}`.trim(),
          remote: { name: exchanger },
        }
      : { forwardPath, why: `${exchanger} said: ${words}`, remote: { name: exchanger, reply: words } }
  }
  const accepted = report.outcome === 'accepted' ? report.accepted : []
  const taken = new Set(accepted)
  const refused = new Map(report.refused.map(({ forwardPath, reply }) => [forwardPath, reply]))
  const left = new Set(report.left)
  const rejected: Obstacle[] = []
  const deferred: Obstacle[] = []
  for (const forwardPath of forwardPaths) {
    if (taken.has(forwardPath)) continue
    // Its own reply at RCPT; without one, what was said of the whole letter.
    const own = refused.get(forwardPath)
    const reply = own ?? (report.outcome === 'refused' || report.outcome === 'deferred' ? report.reply : undefined)
    const why = left.has(forwardPath) ? `4.5.3 ${exchanger}: it takes no more recipients at once` : undefined
    if (!own && why !== undefined) deferred.push({ forwardPath, why, remote: { name: exchanger } })
    // Who greets with 5yz has no mail service; another exchanger of the domain may have one (RFC 5321 section 5.1).
    else if (reply) (reply.code >= 500 && !report.atGreeting ? rejected : deferred).push(said(forwardPath, reply))
    else deferred.push({ forwardPath, why: silence(exchanger, report), remote: { name: exchanger } })
  }
  return { accepted, rejected, deferred, tookItsFill: left.size > 0 }
}

function silence(exchanger: string, { outcome, why }: SmtpTransferReport): string {
  if (outcome === 'lost') return `4.4.2 ${exchanger}: the connection broke off`
  if (outcome === 'unreachable')
    return `4.4.1 ${exchanger}: could not be reached (${BROKE_OFF[why ?? ''] ?? why ?? 'no answer'})`
  return `4.4.0 ${exchanger}: ${why ?? 'it gave no usable answer'}`
}
