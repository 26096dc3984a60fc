import { type Octets, toText } from '../../base/octets'
import { storyText } from '../../messages/story'
import type { ResourceRecord } from '../../protocols/dns/record'
import { dnsReader } from './dnsReader'
import type { LineFact } from './flight'

/** A text in one line for display: its first line and the number of lines. */
export interface WireText {
  readonly text: string
  readonly lines: number
}

const readable = (text: string): string => text.replace(/[\0-\x08\x0b-\x1f\x7f]/g, '·')

/** The DNS message in these octets, if it is one: a datagram, or over TCP with its length before it (RFC 1035 section 4.2.2). */
export function dnsMessageIn(fact: LineFact): Octets | undefined {
  if (fact.type !== 'sent') return fact.octets
  if (fact.means.kind !== 'query' && fact.means.kind !== 'response') return undefined
  // Its length comes first and is small, while no line of text begins with a control character.
  if (fact.octets.charCodeAt(0) >= 0x20) return undefined
  const first = dnsReader().unframed(fact.octets)
  return first?.length === fact.octets.length ? first.message : undefined
}

export function wireTextOf(fact: LineFact): WireText {
  const message = dnsMessageIn(fact)
  if (message !== undefined) return { text: dnsText(message), lines: 1 }
  const lines = toText(fact.octets).replace(/\r\n$/, '').split('\r\n')
  return { text: readable(lines[0] ?? ''), lines: lines.length }
}

/** A DNS message as text: its question, or the records of its answer, in the form of a zone file. */
function dnsText(octets: Octets): string {
  const message = dnsReader().decode(octets)
  if (message === 'malformed') return 'malformed'
  const [question] = message.question
  const asked = question ? `${question.type}? ${question.name}` : ''
  if (!message.response) return asked
  if (message.rcode !== 'NOERROR') return `${message.rcode} ${question?.name ?? ''}`
  if (dnsReader().isReferral(message)) return ownText(message.authorities.filter(({ type }) => type === 'NS'))
  const { answers, additionals } = message
  if (answers.length === 0) return `no ${question?.type ?? 'records'} at ${question?.name ?? ''}`
  return [recordsText(answers), recordsText(additionals)].filter((text) => text !== '').join(', ')
}

const recordsText = (records: readonly ResourceRecord[]): string =>
  records
    .slice(0, 2)
    .map((record) => `${record.type} ${dnsReader().rdataText(record)}`)
    .join(', ')

/** In a delegation, the name is that of the zone whose servers are given. */
const ownText = (records: readonly ResourceRecord[]): string =>
  records
    .slice(0, 1)
    .map((record) => `${record.name} ${record.type} ${dnsReader().rdataText(record)}`)
    .join('')

/** The text shortened to fit, with the number of lines if there are more than one. */
export function fitted({ text, lines }: WireText, most: number): string {
  const more = lines > 1 ? ` (${storyText('lines', { count: lines })})` : ''
  const room = Math.max(most - more.length - (lines > 1 ? 2 : 0), 8)
  if (text.length <= room) return lines > 1 ? `${text} …${more}` : text
  return `${text.slice(0, room - 1).trimEnd()} …${more}`
}
