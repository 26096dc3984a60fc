import type { Octets } from '../../base/octets'
import { parseAddress } from '../../mail/address'
import { letterText } from '../../messages/letter'

/** The fields as a person has filled them in so far. They survive a reload. */
export interface Draft {
  readonly to: string
  /** Readers of copies, who stand in the header. */
  readonly cc?: string
  /** Readers of blind copies, who stand on the envelope only. */
  readonly bcc?: string
  readonly subject: string
  readonly body: string
  readonly attachment?: { readonly name: string; readonly type: string; readonly octets: Octets }
}

/** The next letter after this one was sent: it has the same readers, but no text or attachment is sent twice by accident. */
export const nextAfter = ({ to, cc, bcc }: Draft): Draft => ({
  to,
  ...(cc !== undefined && { cc }),
  ...(bcc !== undefined && { bcc }),
  subject: '',
  body: '',
})

/** All readers of a draft, each once: the forward-paths of its envelope. */
export const readersOf = ({ to, cc = '', bcc = '' }: Draft): readonly string[] => recipientsOf([to, cc, bcc].join(','))

/** One sentence for each field that prevents sending. */
export type Complaints = Partial<Record<'to' | 'cc' | 'bcc' | 'subject' | 'body' | 'attachment', string>>

export const LARGEST_ATTACHMENT = 1_000_000
const MOST_RECIPIENTS = 20

/** The typed addresses in order, without duplicates. */
export function recipientsOf(to: string): readonly string[] {
  return [
    ...new Set(
      to
        .split(/[,;\n]/)
        .map((address) => address.trim().replace(/^.*<(.*)>$/, '$1'))
        .filter((address) => address !== ''),
    ),
  ]
}

/** RFC 5321 section 4.1.2: Mailbox = Local-part "@" Domain, in the dot-atom form that people type. */
const ATEXT = "[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+"
const MAILBOX = new RegExp(
  `^${ATEXT}(\\.${ATEXT})*@[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?(\\.[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?)*$`,
)

/**
 * The problems that prevent sending this draft. `refused` is the message about a file that was not accepted, which no draft
 * contains.
 */
export function complaintsOf(draft: Draft, refused?: string): Complaints {
  const complaints: Complaints = {}
  const count = readersOf(draft).length
  for (const field of ['to', 'cc', 'bcc'] as const) {
    const complaint = complaintAboutRecipients(recipientsOf(draft[field] ?? ''))
    if (complaint) complaints[field] = complaint
  }
  if (recipientsOf(draft.to).length === 0) complaints.to = letterText('noRecipient')
  else if (count > MOST_RECIPIENTS) complaints.to = letterText('tooManyRecipients', { most: MOST_RECIPIENTS, count })
  if (refused !== undefined) complaints.attachment = refused
  else if (draft.attachment && draft.attachment.octets.length > LARGEST_ATTACHMENT) {
    complaints.attachment = tooLarge(draft.attachment.name, draft.attachment.octets.length)
  }
  return complaints
}

function complaintAboutRecipients(recipients: readonly string[]): string | undefined {
  for (const address of recipients) {
    if (!address.includes('@')) return letterText('noAt', { address })
    if (/[^\x20-\x7e]/.test(address)) return letterText('notAscii', { address })
    if (address.length > 254) return letterText('tooLong', { start: address.slice(0, 20) })
    if (!MAILBOX.test(address)) return letterText(parseAddress(address) ? 'notPlain' : 'noAddress', { address })
  }
  return undefined
}

export function tooLarge(name: string, size: number): string {
  return letterText('tooLarge', { name, size: sizeInWords(size), most: sizeInWords(LARGEST_ATTACHMENT) })
}

/** `512 bytes`, `23 kB`, `1.4 MB` */
export function sizeInWords(size: number): string {
  if (size < 1000) return letterText('bytes', { count: size })
  if (size < 1_000_000) return letterText('kilobytes', { count: Math.round(size / 1000) })
  return letterText('megabytes', { count: Math.round(size / 100_000) / 10 })
}
