import {
  type Reply,
  replyText,
  type SmtpClientAnswer,
  type SmtpClientInput,
  type SmtpClientQuestion,
  type SmtpDsn,
  type SmtpEnvelope,
  type SmtpTransferReport,
} from '../../protocols/smtp'
import { SERVICES } from '../../session/service'
import type { TransferReason } from '../../world/reason'
import type { SessionId } from '../../world/world'
import { said, silence } from '../transferReason'
import type { Turn } from '../turn'
import { complete } from './config'
import type { DeliveryQuestion, Obstacle, TransferResult } from './deliveryMachine'
import type { TransferPurpose } from './purpose'
import { accept, changeRecipients } from './queue'
import { tellSuccess } from './reports'
import { tellDelivery } from './routing'
import type { MailServerState, QueueEntry } from './state'

/** One try at one address: an SMTP client session that carries a queued message, and its result. */

type ServerTurn = Turn<MailServerState>

export function startTransfer(
  turn: ServerTurn,
  delivery: SessionId,
  queueId: string,
  { address, exchanger, forwardPaths, session }: Extract<DeliveryQuestion, { type: 'transfer' }>,
): void {
  changeRecipients(turn, queueId, forwardPaths, ({ nextTry: _, ...recipient }) => recipient)
  if (session !== undefined && turn.host.sessions[session] !== undefined) {
    turn.answer<SmtpClientAnswer>(session, messageTo(turn.state.queue[queueId], forwardPaths))
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

/** Answers the questions of a transfer's session. */
export function answerTransfer(
  turn: ServerTurn,
  session: SessionId,
  purpose: TransferPurpose,
  question: SmtpClientQuestion,
): void {
  const entry = turn.state.queue[purpose.queueId]
  if (question.type === 'nextMessage') {
    turn.answer<SmtpClientAnswer>(session, messageTo(entry, purpose.forwardPaths))
    return
  }
  const { report, open } = question
  // The session waits: the delivery returns to it with the rest at this same instant.
  const goesOn = open && report.left !== undefined
  if (!goesOn) turn.answer<SmtpClientAnswer>(session, { type: 'noMessage' })
  transferred(turn, purpose, entry, report, goesOn ? { session } : {})
}

const messageTo = (entry: QueueEntry | undefined, forwardPaths: readonly string[]) =>
  entry
    ? ({ type: 'letter', envelope: envelopeOf(entry, forwardPaths), message: entry.message } as const)
    : ({ type: 'noMessage' } as const)

/** Recipients of a transfer that earlier transactions on its connection have not settled. */
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

/** The data that the next hop needs to send the requested notices (RFC 3461 section 5.2.1). */
function dsnFor({ recipients, ...dsn }: SmtpDsn, forwardPaths: readonly string[]): SmtpDsn {
  if (!recipients) return dsn
  return {
    ...dsn,
    recipients: Object.fromEntries(Object.entries(recipients).filter(([path]) => forwardPaths.includes(path))),
  }
}

/** The result of a report for each recipient. */
export function resultOf(
  report: SmtpTransferReport,
  { exchanger, forwardPaths }: Pick<TransferPurpose, 'exchanger' | 'forwardPaths'>,
): TransferResult {
  const obstacle = (forwardPath: string, reply: Reply): Obstacle => ({
    forwardPath,
    reason: said(exchanger, reply, report.byUs),
    remote: report.byUs ? { name: exchanger } : { name: exchanger, reply: replyText(reply) },
  })
  const accepted = report.outcome === 'accepted' ? report.accepted : []
  const taken = new Set(accepted)
  const refused = new Map(report.refused.map(({ forwardPath, reply }) => [forwardPath, reply]))
  const left = new Set(report.left)
  const rejected: Obstacle[] = []
  const deferred: Obstacle[] = []
  for (const forwardPath of forwardPaths) {
    if (taken.has(forwardPath)) continue
    // Its own reply at RCPT; without one, the reply to the whole message.
    const own = refused.get(forwardPath)
    const reply = own ?? (report.outcome === 'refused' || report.outcome === 'deferred' ? report.reply : undefined)
    if (!own && left.has(forwardPath)) {
      const reason: TransferReason = { id: 'tooManyRecipients', server: exchanger, status: '4.5.3' }
      deferred.push({ forwardPath, reason, remote: { name: exchanger } })
    }
    // A greeting of 5yz: no mail service here, but another exchanger of the domain may have one (RFC 5321 section 5.1).
    else if (reply) (reply.code >= 500 && !report.atGreeting ? rejected : deferred).push(obstacle(forwardPath, reply))
    else deferred.push({ forwardPath, reason: silence(exchanger, report), remote: { name: exchanger } })
  }
  return { accepted, rejected, deferred, recipientLimitMet: left.size > 0 }
}
