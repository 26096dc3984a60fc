import type { Reply } from '../grammar/reply'
import { closesDown, givesUp, goesByChunks, leavesWithReport, nobodyTakesIt, reports } from './endings'
import { type Answered, nobodyReport, replyReport, say } from './transitions'
import type { SmtpClientContext, SmtpLetter, SmtpOutcome, SmtpTransferReport } from './types'

/**
 * MAIL, RCPT and DATA in one group (RFC 2920 section 3.1). All has been said by now; what is left is to hear a reply to each,
 * told apart by nothing but their order. A line that is no reply makes the count worthless, so the connection ends.
 */

const keeps = (outcome: 'refused' | 'deferred') =>
  ({
    target: '#hearingOfRecipient',
    actions: {
      type: 'keepReport',
      params: ({ context, event }: Answered) => replyReport(context, event.reply, outcome),
    },
  }) as const

const afterReply = (note: 'noteAccepted' | 'noteRefused') =>
  [
    { guard: 'awaitsMoreRecipients', target: '#hearingOfRecipient', reenter: true, actions: note },
    { guard: 'hasDataOut', target: '#hearingOfData', actions: note },
    { guard: 'senderIsRefused', target: '#ready', actions: reports },
    goesByChunks(note),
    nobodyTakesIt(note),
  ] as const

/** Why the letter is not sent: the sender was refused, or each recipient was, or DATA is. */
function reasonOf(context: SmtpClientContext, reply: Reply, outcome: SmtpOutcome): SmtpTransferReport {
  if (context.report !== null) return context.report
  const last = context.accepted.length === 0 ? context.refused.at(-1) : undefined
  return last === undefined ? replyReport(context, reply, outcome) : nobodyReport(context, last.reply)
}

const keepsReason = (outcome: 'refused' | 'deferred') =>
  ({
    type: 'keepReport',
    params: ({ context, event }: Answered) => reasonOf(context, event.reply, outcome),
  }) as const

/** DATA is refused. Without a sender there is no transaction to clear. */
const dataRefused = (outcome: 'refused' | 'deferred') =>
  [
    { guard: 'senderIsRefused', target: '#ready', actions: reports },
    { target: '#startingOver', actions: [keepsReason(outcome), say.rset] },
  ] as const

export const groupStates = {
  hearingOfSender: {
    meta: { title: 'hearing about the sender' },
    tags: 'reads:replyToMail',
    after: { mailTimeout: givesUp },
    on: {
      positiveCompletion: '#hearingOfRecipient',
      positiveIntermediate: closesDown,
      transientNegative: keeps('deferred'),
      permanentNegative: keeps('refused'),
      noReply: closesDown,
    },
  },
  hearingOfRecipient: {
    id: 'hearingOfRecipient',
    meta: { title: 'hearing about a recipient' },
    tags: 'reads:replyToRcpt',
    after: { recipientTimeout: givesUp },
    on: {
      positiveCompletion: afterReply('noteAccepted'),
      positiveIntermediate: closesDown,
      transientNegative: afterReply('noteRefused'),
      permanentNegative: afterReply('noteRefused'),
      noReply: closesDown,
    },
  },
  hearingOfData: {
    id: 'hearingOfData',
    meta: { title: 'hearing whether to send' },
    tags: 'reads:replyToData',
    after: { dataTimeout: givesUp },
    on: {
      positiveIntermediate: [
        { guard: 'hasNobody', target: '#sendingNothing', actions: [keepsReason('deferred'), 'sendNothing'] },
        {
          target: '#sendingTheLetter',
          actions: { type: 'sendLetter', params: ({ context }: Answered) => context.letter as SmtpLetter },
        },
      ],
      positiveCompletion: { target: '#startingOver', actions: [keepsReason('deferred'), say.rset] },
      transientNegative: dataRefused('deferred'),
      permanentNegative: dataRefused('refused'),
      noReply: closesDown,
    },
  },
  /** DATA was taken although there is nobody to send to: a lone dot, and whatever is said to it (RFC 2920 section 3.1). */
  sendingNothing: {
    id: 'sendingNothing',
    meta: { title: 'sending nothing' },
    tags: 'reads:replyToLetter',
    after: { endOfMailDataTimeout: givesUp },
    on: {
      positiveCompletion: { target: '#ready', actions: reports },
      positiveIntermediate: leavesWithReport(),
      transientNegative: { target: '#ready', actions: reports },
      permanentNegative: { target: '#ready', actions: reports },
      noReply: leavesWithReport(),
    },
  },
} as const
