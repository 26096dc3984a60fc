import { type Octets, slice } from '../../base/octets'
import { dateTime } from '../../base/time'
import { headerSection } from '../../mail/message'

/** What a non-delivery notice is made from. */
export interface NoticeInput {
  readonly hostName: string
  readonly queueId: string
  readonly reversePath: string
  readonly refusals: readonly { readonly forwardPath: string; readonly why: string }[]
  readonly message: Octets
  readonly unixMs: number
}

/** The enhanced status code that a refusal begins with, or the general one (RFC 3463). */
function statusOf(why: string): string {
  return /\b([245]\.\d{1,3}\.\d{1,3})\b/.exec(why)?.[1] ?? '5.0.0'
}

/** Longest header section that a notice carries home. */
const MAX_RETURNED_HEADER = 16_384

/** A delivery status notification: multipart/report with a text for people and a table for programs (RFC 3464, RFC 6522). */
export function nonDeliveryNotice(input: NoticeInput): Octets {
  const { hostName, queueId, reversePath, refusals, message, unixMs } = input
  const boundary = `=_${queueId}/${hostName}`
  const lines = [
    `From: Mail Delivery System <MAILER-DAEMON@${hostName}>`,
    `To: <${reversePath}>`,
    'Subject: Undelivered Mail Returned to Sender',
    `Date: ${dateTime(unixMs)}`,
    `Message-ID: <${queueId}.notice@${hostName}>`,
    'Auto-Submitted: auto-replied',
    'MIME-Version: 1.0',
    'Content-Type: multipart/report; report-type=delivery-status;',
    `\tboundary="${boundary}"`,
    '',
    `--${boundary}`,
    'Content-Type: text/plain; charset=utf-8',
    '',
    `This is the mail system at ${hostName}.`,
    '',
    'Your message could not be delivered to one or more recipients.',
    'It is attached below, as far as its header.',
    '',
    ...refusals.flatMap(({ forwardPath, why }) => [`<${forwardPath}>:`, `    ${why}`, '']),
    `--${boundary}`,
    'Content-Type: message/delivery-status',
    '',
    `Reporting-MTA: dns; ${hostName}`,
    `X-Queue-ID: ${queueId}`,
    '',
    ...refusals.flatMap(({ forwardPath, why }) => [
      `Final-Recipient: rfc822; ${forwardPath}`,
      'Action: failed',
      `Status: ${statusOf(why)}`,
      `Diagnostic-Code: smtp; ${why}`,
      '',
    ]),
    `--${boundary}`,
    'Content-Type: text/rfc822-headers',
    '',
    slice(headerSection(message), 0, MAX_RETURNED_HEADER),
    `--${boundary}--`,
    '',
  ]
  return lines.join('\r\n') as Octets
}
