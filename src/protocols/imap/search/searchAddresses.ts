import { contains } from '../../../base/indexOf'
import type { Octets } from '../../../base/octets'
import { oncePerContent } from '../../../mail/content'
import { decodeWords, headerText } from '../../../mail/encodedWords'
import { containsInField, fieldsOf } from '../../../mail/searchText'
import { addressesOf, type EnvelopeAddress } from '../items/envelopeAddresses'

/**
 * A test for text in a field of addresses, in any case: in the form of the envelope structure (RFC 9051 section 6.4.4), without
 * comments and quotation marks, or as written. The text must be in lower case.
 */
export function inAddresses(fieldName: string, text: string): (message: Message) => boolean {
  const asWritten = containsInField(fieldName, text)
  const addresses = ADDRESSES[fieldName] ?? addressText(fieldName)
  return (message) => asWritten(message) || (text !== '' && contains(addresses(message), text))
}

interface Message {
  readonly octets: Octets
}

const addressText = (fieldName: string) =>
  oncePerContent(({ octets }: Message) =>
    inWords(fieldsOf(octets, fieldName).flatMap((field) => addressesOf(field))).toLowerCase(),
  )

const ADDRESSES: Readonly<Record<string, (message: Message) => string>> = {
  BCC: addressText('BCC'),
  CC: addressText('CC'),
  FROM: addressText('FROM'),
  TO: addressText('TO'),
}

/** `Ann Lee <ann@paper.example>, Friends: <bob@bird.example>;` */
function inWords(addresses: readonly EnvelopeAddress[]): string {
  let text = ''
  let separator = ''
  for (const { name = '', mailbox, host } of addresses) {
    if (mailbox === undefined) text += ';'
    else if (host === undefined) text += `${separator}${decodeWords(mailbox)}:`
    else {
      const at = host === '' ? '' : '@'
      text += `${separator}${name && `${decodeWords(name)} `}<${headerText(mailbox)}${at}${headerText(host)}>`
    }
    separator = mailbox !== undefined && host === undefined ? ' ' : ', '
  }
  return text
}
