import type { Octets } from '../../base/octets'
import { parseAddress } from '../../mail/address'
import { letterText } from '../../messages/letter'

/** What a person has filled in so far: it survives a reload. */
export interface Draft {
  readonly to: string
  readonly subject: string
  readonly body: string
  readonly attachment?: { readonly name: string; readonly type: string; readonly octets: Octets }
}

/** What the next letter begins as when this one has left: nothing of it is sent twice unasked. */
export const nextAfter = ({ to }: Draft): Draft => ({ to, subject: '', body: '' })

/** One sentence for each field that stops the letter from leaving. */
export type Complaints = Partial<Record<'to' | 'subject' | 'body' | 'attachment', string>>

export const LARGEST_ATTACHMENT = 1_000_000
const MOST_RECIPIENTS = 20

/** The addresses that were typed, in order, each once. */
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

/** What stops this draft; `refused` is what was said of a file that could not be taken, and is in nobody's draft. */
export function complaintsOf(draft: Draft, refused?: string): Complaints {
  const complaints: Complaints = {}
  const to = complaintAboutRecipients(draft.to)
  if (to) complaints.to = to
  if (refused !== undefined) complaints.attachment = refused
  else if (draft.attachment && draft.attachment.octets.length > LARGEST_ATTACHMENT) {
    complaints.attachment = tooLarge(draft.attachment.name, draft.attachment.octets.length)
  }
  return complaints
}

function complaintAboutRecipients(to: string): string | undefined {
  const recipients = recipientsOf(to)
  if (recipients.length === 0) return letterText('noRecipient')
  if (recipients.length > MOST_RECIPIENTS)
    return letterText('tooManyRecipients', { most: MOST_RECIPIENTS, count: recipients.length })
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
