import type { Reply } from '../grammar/reply'
import type { Answered, Scope } from './speech'
import type { SmtpClientContext, SmtpClientQuestion, SmtpLack, SmtpOutcome, SmtpTransferReport } from './types'

/** The client's reports to its host on a message, a login or the connection: parameters of the machine's actions. No targets. */

/** A reply of our own: no server was asked. */
export interface OwnReply extends Reply {
  readonly byUs: SmtpLack
}

/** Encryption is required and not available (RFC 8314 section 5.2): try again another time. */
export const NO_TLS: OwnReply = {
  byUs: 'encryption',
  code: 454,
  enhanced: '4.7.4',
  text: 'The server offers no encryption, and none is no choice',
}
export const NOT_TRUSTED: OwnReply = {
  byUs: 'trust',
  code: 454,
  enhanced: '4.7.0',
  text: 'The server let us in without knowing the password',
}
export const NO_UTF8: OwnReply = {
  byUs: 'utf8',
  code: 553,
  enhanced: '5.6.7',
  text: 'The server takes no addresses beyond ASCII',
}
export const NO_EIGHT_BIT: OwnReply = {
  byUs: 'eightBit',
  code: 554,
  enhanced: '5.6.3',
  text: 'The server takes no 8-bit messages',
}

/** "Too many recipients": with its enhanced code, or without any (RFC 5321 section 4.5.3.1.10). 552 is already 452 here. */
export const isTooMany = ({ code, enhanced }: Reply): boolean =>
  code === 452 && (enhanced === undefined || enhanced.endsWith('.5.3'))

/** A report with `outcome` for all recipients without their own reply. */
export function replyReport(
  context: SmtpClientContext,
  reply: Reply,
  outcome: SmtpOutcome,
  accepted: readonly string[] = [],
  left: readonly string[] = [],
): SmtpTransferReport {
  const { refused, extensions } = context
  const report = { accepted, refused, reply, outcome, dsn: extensions.DSN !== undefined }
  return left.length === 0 ? report : { ...report, left }
}

const unnamed = ({ letter: message, said }: SmtpClientContext): readonly string[] =>
  message?.envelope.forwardPaths.slice(said) ?? []

/** Recipients beyond the server's limit for this transaction. */
function leftOver(context: SmtpClientContext): readonly string[] {
  const { letter: message, said, refused } = context
  if (refused.length === 0 && said === message?.envelope.forwardPaths.length) return []
  const tooMany = refused.filter(({ reply }) => isTooMany(reply)).map(({ forwardPath }) => forwardPath)
  return [...tooMany, ...unnamed(context)]
}

const NO_ROOM: Reply = { code: 452, enhanced: '4.5.3', text: 'The server takes no more recipients at once' }

/** No named recipient is accepted: the reply to the last one decides. */
export function nobodyReport(context: SmtpClientContext): SmtpTransferReport {
  const left = unnamed(context)
  const reply = context.refused.at(-1)?.reply
  if (left.length > 0 || reply === undefined) return replyReport(context, NO_ROOM, 'deferred', [], left)
  const later = context.refused.some((refusal) => refusal.reply.code < 500)
  return replyReport(context, reply, later ? 'deferred' : 'refused')
}

/** `open`: the connection can carry another message. */
export const transferEnded =
  (outcome: 'accepted' | 'refused' | 'deferred', open: boolean) =>
  ({ context, event }: Answered): SmtpClientQuestion => ({
    type: 'transferEnded',
    report:
      outcome === 'accepted'
        ? replyReport(context, event.reply, outcome, context.accepted, leftOver(context))
        : replyReport(context, event.reply, outcome),
    open,
  })

/** The same for a reply of our own: the server was not asked. */
export const endedByUs =
  (outcome: 'refused' | 'deferred', { byUs, ...reply }: OwnReply, open: boolean) =>
  ({ context }: Scope): SmtpClientQuestion => ({
    type: 'transferEnded',
    report: { ...replyReport(context, reply, outcome), byUs },
    open,
  })

export const closedReport =
  (outcome: 'lost' | 'unreachable') =>
  ({ context, event }: Scope & { readonly event: { readonly why: string } }): SmtpClientQuestion => ({
    type: 'transferEnded',
    report: context.report ?? {
      accepted: [],
      refused: context.refused,
      outcome,
      why: event.why,
      dsn: context.extensions.DSN !== undefined,
    },
    open: false,
  })

/** The reason why the message is not sent: MAIL, every recipient, or DATA was refused. */
export function reasonOf(context: SmtpClientContext, reply: Reply, outcome: SmtpOutcome): SmtpTransferReport {
  if (context.report !== null) return context.report
  const isForNobody = context.accepted.length === 0 && context.refused.length > 0
  return isForNobody ? nobodyReport(context) : replyReport(context, reply, outcome)
}
