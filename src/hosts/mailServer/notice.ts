import { concat, fromText, type Octets, octets, slice } from '../../base/octets'
import { dateTime } from '../../base/time'
import { bodyStart, headerSection } from '../../mail/headerFields'
import { messageId } from '../../mail/message'
import type { SmtpDsn } from '../../protocols/smtp'
import type { Obstacle } from './deliveryMachine'
import { noticeWords } from './noticeWords'

/**
 * A delivery status notification: multipart/report with a text for people, a table for programs, and the returned message or
 * header (RFC 3461 section 6, RFC 3464, RFC 6522; RFC 6533 if an address is not ASCII).
 */

export type NoticeAction = 'failed' | 'delayed' | 'relayed' | 'delivered'

/** The report on one recipient; a success has no reason. */
export interface RecipientReport extends Omit<Obstacle, 'reason'> {
  readonly reason?: Obstacle['reason']
  /** Unix milliseconds. */
  readonly lastAttempt?: number
}

export interface NoticeInput {
  readonly hostName: string
  /** The notice's own queue name. */
  readonly queueId: string
  /** The reported message. */
  readonly of: {
    readonly queueId: string
    readonly reversePath: string
    readonly message: Octets
    readonly arrived: number
    readonly dsn?: SmtpDsn
  }
  readonly action: NoticeAction
  readonly reports: readonly RecipientReport[]
  readonly unixMs: number
  /** For a delay: Unix milliseconds at which delivery is given up. */
  readonly willRetryUntil?: number
}

export interface Notice {
  readonly message: Octets
  /** It has octets above 127: 8BITMIME. */
  readonly eightBit: boolean
  /** Its header section has octets above 127: SMTPUTF8. */
  readonly international: boolean
}

const ABOVE_ASCII = /[^\0-\x7f]/

/** The longest header section, and the longest message, that a notice returns. */
const MAX_RETURNED_HEADER = 16_384
const MAX_RETURNED_MESSAGE = 65_536

const SUBJECTS: Readonly<Record<NoticeAction, string>> = {
  failed: 'Undelivered Mail Returned to Sender',
  delayed: 'Delayed Mail (still being retried)',
  relayed: 'Successful Mail Delivery Report',
  delivered: 'Successful Mail Delivery Report',
}

/** The text of each kind before the list of recipients. */
const WORDS: Readonly<Record<NoticeAction, readonly string[]>> = {
  failed: ['Your message could not be delivered to one or more recipients.'],
  delayed: [
    'Your message could not be delivered yet to one or more recipients.',
    'You need not send it again: it stays in the queue and is tried again.',
  ],
  relayed: [
    'Your message went on to a server that sends no such reports itself.',
    'Unless you hear otherwise, it has arrived.',
  ],
  delivered: ['Your message was delivered to the mailbox.'],
}

/** The enhanced status code of what stood in the way, or the general one for its kind (RFC 3463, RFC 3461 section 6.3 g). */
function statusOf(action: NoticeAction, status: string | undefined): string {
  if (action === 'relayed') return '2.0.0'
  if (action === 'delivered') return '2.1.5'
  // A delay is never final, whatever the class of its reason.
  return action === 'delayed' ? (status ?? '4.0.0').replace(/^\d/, '4') : (status ?? '5.0.0')
}

/** `name: body`, folded at spaces within 78 characters if the words allow it (RFC 5322 section 2.2.3). */
function field(name: string, body: string): string {
  let out = `${name}:`
  let length = out.length
  for (const word of body.split(/\s+/)) {
    const breaks = length + 1 + word.length > 78 && length > name.length + 1
    out += breaks ? `\r\n ${word}` : ` ${word}`
    length = breaks ? 1 + word.length : length + 1 + word.length
  }
  return out
}

/** `address-type ";" address`: `utf-8` if ASCII is not enough (RFC 6533 section 3). */
const typed = (address: string): string => `${ABOVE_ASCII.test(address) ? 'utf-8' : 'rfc822'}; ${address}`

function recipientFields(input: NoticeInput, report: RecipientReport): readonly string[] {
  const { action, unixMs } = input
  const { forwardPath, reason, remote, lastAttempt = unixMs } = report
  const orcpt = input.of.dsn?.recipients?.[forwardPath]?.orcpt
  const ofProblem = action === 'failed' || action === 'delayed'
  return [
    ...(orcpt === undefined ? [] : [field('Original-Recipient', orcpt.replace(/^([^;]+);\s*/, '$1; '))]),
    field('Final-Recipient', typed(forwardPath)),
    `Action: ${action}`,
    `Status: ${statusOf(action, reason?.status)}`,
    ...(remote === undefined ? [] : [`Remote-MTA: dns; ${remote.name}`]),
    ...(remote?.reply === undefined ? [] : [field('Diagnostic-Code', `smtp; ${remote.reply}`)]),
    ...(ofProblem || remote ? [`Last-Attempt-Date: ${dateTime(lastAttempt)}`] : []),
    ...(input.willRetryUntil === undefined ? [] : [`Will-Retry-Until: ${dateTime(input.willRetryUntil)}`]),
    '',
  ]
}

/** The whole message if it was requested and delivery failed, else its header section (RFC 3461 section 6.2). */
const returned = ({ action, of }: NoticeInput): Enclosure =>
  enclosureOf(of.message, action === 'failed' && of.dsn?.ret === 'FULL')

/** A message, or its header section, as a body part: its MIME fields and its octets. */
export interface Enclosure {
  readonly whole: boolean
  readonly types: readonly string[]
  readonly content: Octets
}

/** `wanted`: the whole message, unless it is too large. */
export function enclosureOf(message: Octets, wanted: boolean): Enclosure {
  const international = ABOVE_ASCII.test(message.slice(0, bodyStart(message)))
  const whole = wanted && message.length <= MAX_RETURNED_MESSAGE
  const header = headerSection(message)
  const end = header.length > MAX_RETURNED_HEADER ? header.lastIndexOf('\r\n', MAX_RETURNED_HEADER) + 2 : header.length
  const content = whole ? message : slice(header, 0, end)
  const type = whole
    ? `message/${international ? 'global' : 'rfc822'}`
    : international
      ? 'message/global-headers'
      : 'text/rfc822-headers'
  return {
    whole,
    types: [
      `Content-Type: ${type}`,
      ...(ABOVE_ASCII.test(content) ? ['Content-Transfer-Encoding: 8bit'] : []),
      'Content-Description: ' + (whole ? 'Undelivered message' : 'Message header'),
    ],
    content: content.endsWith('\r\n') ? content : concat(content, octets('\r\n')),
  }
}

export function noticeOf(input: NoticeInput): Notice {
  const { hostName, queueId, of, action, reports, unixMs } = input
  const boundary = `=_${queueId}/${hostName}`
  const { whole, types, content } = returned(input)
  const about = messageId(of.message)
  const words = [
    `This is the mail system at ${hostName}.`,
    '',
    ...WORDS[action],
    ...(action === 'failed' ? [`${whole ? 'It' : 'Its header'} is attached below.`] : []),
    ...(input.willRetryUntil === undefined ? [] : [`It is given up on ${dateTime(input.willRetryUntil)}.`]),
    '',
    ...reports.flatMap(({ forwardPath, reason }) => [
      `<${forwardPath}>${reason ? `:\r\n    ${noticeWords(reason)}` : ''}`,
      '',
    ]),
  ]
  const table = [
    ...(of.dsn?.envid === undefined ? [] : [field('Original-Envelope-Id', of.dsn.envid)]),
    `Reporting-MTA: dns; ${hostName}`,
    `X-Queue-ID: ${of.queueId}`,
    `Arrival-Date: ${dateTime(of.arrived)}`,
    '',
    ...reports.flatMap((report) => recipientFields(input, report)),
  ]
  const global = table.some((line) => ABOVE_ASCII.test(line))
  const eightBit = global || ABOVE_ASCII.test(words.join('')) || ABOVE_ASCII.test(content)
  const eightBits = eightBit ? ['Content-Transfer-Encoding: 8bit'] : []
  const head = [
    `From: Mail Delivery System <MAILER-DAEMON@${hostName}>`,
    `To: <${of.reversePath}>`,
    `Subject: ${SUBJECTS[action]}`,
    `Date: ${dateTime(unixMs)}`,
    `Message-ID: <${queueId}.notice@${hostName}>`,
    ...(about === undefined ? [] : [`In-Reply-To: <${about}>`]),
    'Auto-Submitted: auto-replied',
    'MIME-Version: 1.0',
    'Content-Type: multipart/report; report-type=delivery-status;',
    `\tboundary="${boundary}"`,
    ...eightBits,
    '',
  ]
  const lines = [
    ...head,
    `--${boundary}`,
    'Content-Type: text/plain; charset=utf-8',
    ...eightBits,
    '',
    ...words,
    `--${boundary}`,
    `Content-Type: message/${global ? 'global-delivery-status' : 'delivery-status'}`,
    ...(global ? eightBits : []),
    '',
    ...table,
    `--${boundary}`,
  ]
  const message = concat(
    fromText(lines.join('\r\n')),
    octets(`\r\n${types.join('\r\n')}\r\n\r\n`),
    content,
    octets(`\r\n--${boundary}--\r\n`),
  )
  return { message, eightBit, international: ABOVE_ASCII.test(head.join('')) }
}
