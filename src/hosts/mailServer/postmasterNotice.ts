import { concat, fromText, type Octets, octets } from '../../base/octets'
import { dateTime } from '../../base/time'
import type { Obstacle } from './deliveryMachine'
import { enclosureOf } from './notice'
import { noticeWords } from './noticeWords'

/**
 * The notice to a postmaster about a message that can neither be delivered nor returned: the reason, and the message itself
 * (RFC 5321 section 4.5.5). It is no delivery status notification: those are for senders, and this message has none (RFC 3461
 * section 5.2).
 */

export interface PostmasterNoticeInput {
  readonly hostName: string
  /** Its own queue name. */
  readonly queueId: string
  readonly postmaster: string
  /** The reported message. */
  readonly message: Octets
  readonly reports: readonly Obstacle[]
  readonly unixMs: number
}

const ABOVE_ASCII = /[^\0-\x7f]/

export function forwardedToPostmaster(input: PostmasterNoticeInput): {
  readonly message: Octets
  /** It has octets above 127: 8BITMIME. */
  readonly eightBit: boolean
} {
  const { hostName, queueId, postmaster, message, reports, unixMs } = input
  const boundary = `=_${queueId}/${hostName}`
  const { whole, types, content } = enclosureOf(message, true)
  const words = [
    `This is the mail system at ${hostName}.`,
    '',
    'A message without a sender, mostly a notice about another one, could not be delivered,',
    `and there is nobody to return it to. ${whole ? 'It' : 'Its header'} is attached below.`,
    '',
    ...reports.flatMap(({ forwardPath, reason }) => [`<${forwardPath}>:\r\n    ${noticeWords(reason)}`, '']),
  ]
  const eightBit = ABOVE_ASCII.test(words.join('')) || ABOVE_ASCII.test(content)
  const encoding = eightBit ? ['Content-Transfer-Encoding: 8bit'] : []
  const lines = [
    `From: Mail Delivery System <MAILER-DAEMON@${hostName}>`,
    `To: <${postmaster}>`,
    'Subject: Undeliverable mail without a sender',
    `Date: ${dateTime(unixMs)}`,
    `Message-ID: <${queueId}.notice@${hostName}>`,
    'Auto-Submitted: auto-generated',
    'MIME-Version: 1.0',
    'Content-Type: multipart/mixed;',
    `\tboundary="${boundary}"`,
    ...encoding,
    '',
    `--${boundary}`,
    'Content-Type: text/plain; charset=utf-8',
    ...encoding,
    '',
    ...words,
    `--${boundary}`,
  ]
  const notice = concat(
    fromText(lines.join('\r\n')),
    octets(`\r\n${types.join('\r\n')}\r\n\r\n`),
    content,
    octets(`\r\n--${boundary}--\r\n`),
  )
  return { message: notice, eightBit }
}
