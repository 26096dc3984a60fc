import { toText } from '../base/octets'
import { fromText } from '../base/octets'
import type { Meaning } from '../session/session'
import type { LineFact } from './flights'

/** What is said, in one line for the eye: the first line, and how many there are. */
export interface WireText {
  readonly text: string
  readonly lines: number
}

const readable = (text: string): string => text.replace(/[\0-\x08\x0b-\x1f\x7f]/g, '·')

export function wireTextOf(fact: LineFact): WireText {
  if (fact.type !== 'sent') return { text: dnsText(fact.means), lines: 1 }
  const lines = toText(fact.octets).replace(/\r\n$/, '').split('\r\n')
  return { text: readable(lines[0] ?? ''), lines: lines.length }
}

/** A DNS message is octets; what it says in words is its meaning's name, which the name server's code wrote from the message. */
const dnsText = (means: Meaning): string => toText(fromText(means.name))

/** The text cut to what fits, with the number of lines where there are more. */
export function fitted({ text, lines }: WireText, most: number): string {
  const tail = lines > 1 ? ` … (${lines} lines)` : ''
  const room = Math.max(most - tail.length, 8)
  return (text.length > room ? `${text.slice(0, room - 1)}…` : text) + tail
}
