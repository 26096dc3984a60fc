import type { Octets } from '../../../base/octets'
import { oncePerContent } from '../../../mail/content'
import { fieldBody, headerFields } from '../../../mail/headerFields'
import { nstring } from '../grammar/grammar'
import { addressesOf, type EnvelopeAddress } from './envelopeAddresses'

/**
 * ENVELOPE: date, subject, from, sender, reply-to, to, cc, bcc, in-reply-to, message-id (RFC 9051 section 7.5.2). Missing or
 * empty Sender and Reply-To take the value of From.
 */
export function envelopeStructure(message: Octets): string {
  const fields = new Map<string, string>()
  for (const field of headerFields(message)) {
    const name = field.fieldName.toLowerCase()
    // Addresses of a repeated field are joined; of any other field the first counts.
    const before = fields.get(name)
    if (before === undefined) fields.set(name, field.fieldBody)
    else if (name === 'to' || name === 'cc' || name === 'bcc') fields.set(name, `${before}, ${field.fieldBody}`)
  }
  const text = (name: string): string => nstring(fields.get(name) as Octets | undefined)
  const addresses = (name: string): string => addressList(addressesOf(fields.get(name) ?? ''))
  const from = addresses('from')
  const orFrom = (list: string): string => (list === 'NIL' ? from : list)
  return `(${[
    text('date'),
    text('subject'),
    from,
    orFrom(addresses('sender')),
    orFrom(addresses('reply-to')),
    addresses('to'),
    addresses('cc'),
    addresses('bcc'),
    text('in-reply-to'),
    text('message-id'),
  ].join(' ')})`
}

/** The envelope structure of a stored message, computed once for each message. */
export const envelopeOf = oncePerContent(({ octets }: { readonly octets: Octets }) => envelopeStructure(octets))

/** The subject for a caption, shortened. */
export const subjectOf = oncePerContent(({ octets }: { readonly octets: Octets }) => {
  const subject = fieldBody(octets, 'Subject') ?? ''
  return subject.length > 40 ? `${subject.slice(0, 39)}...` : subject
})

function addressList(addresses: readonly EnvelopeAddress[]): string {
  if (addresses.length === 0) return 'NIL'
  const part = (text: string | undefined): string => nstring(text as Octets | undefined)
  return `(${addresses
    .map(({ name, route, mailbox, host }) => `(${part(name)} ${part(route)} ${part(mailbox)} ${part(host)})`)
    .join('')})`
}
