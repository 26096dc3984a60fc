import { storyText } from '../../messages/story'
import type { FactOf } from '../../world/fact'
import { glossOf } from '../gloss/gloss'
import type { LineFact } from './flight'
import type { Table } from './table'
import { dnsMessageIn, fitted, wireTextOf } from './wire'

/** A caption to be read: a line on the wire, and the sentence that explains it. */
export interface CaptionText {
  /** The kind of line: `SMTP command EHLO`. */
  readonly kind: string
  /** Empty if nothing explains it. */
  readonly gloss: string
  /** Words of the gloss. */
  readonly words: number
  /** Words on the wire, as far as a caption has space for them. */
  readonly tokens: number
}

/** Milliseconds to find the caption. */
const FINDING = 900
/** Milliseconds for a word of the gloss, and for a word on the wire, which is recognized rather than read. */
const A_WORD = 250
const A_TOKEN = 150
/** A caption has space for so many characters of a line on the wire. */
const SPACE = 76

const count = (text: string): number => text.split(/\s+/).filter((word) => word !== '').length

export function toldBy(fact: LineFact): CaptionText {
  const { kind, name, parsed } = fact.means
  const gloss = glossOf(fact.means) ?? ''
  return { kind: `${parsed?.protocol ?? ''} ${kind} ${name}`, gloss, words: count(gloss), tokens: tokensIn(fact) }
}

/** "… (8 lines)" */
const MORE_LINES = 3

/** The words of its first line, as far as they are shown. */
function tokensIn(fact: LineFact): number {
  if (dnsMessageIn(fact) !== undefined) return count(fitted(wireTextOf(fact), SPACE))
  // Most of a long message is not looked at.
  const [line = '', rest] = fact.octets.split('\r\n', 2)
  return count(line.slice(0, SPACE)) + (line.length > SPACE ? 1 : 0) + (rest ? MORE_LINES : 0)
}

/** The caption of an answer of several lines, of which one is told. */
export const toldOfSeveral = (told: CaptionText): CaptionText => ({ ...told, tokens: told.tokens + MORE_LINES })

/** The caption of a call: a host asks for a connection. */
export function toldByCall({ packet }: FactOf<'packetSent'>): CaptionText {
  const gloss = storyText('syn', { host: packet.to, port: packet.destination.port })
  return { kind: 'TCP call', gloss, words: count(gloss), tokens: 2 }
}

/** The words in which a failure tells when it is tried again. */
const TRIED_AGAIN = 5

/** The caption of a failure: a connection is not to be, or is broken. */
export function toldByFailure({ why }: FactOf<'connectionFailed'>): CaptionText {
  const gloss = storyText(`failed.${why}`)
  return { kind: `TCP failure ${why}`, gloss, words: count(gloss) + TRIED_AGAIN, tokens: 1 }
}

/** The kinds of line and the sentences that captions have said. */
export type Heard = Table<true>

export const heardAfter = (heard: Heard, { kind, gloss }: CaptionText): Heard =>
  heard.has(kind) && heard.has(gloss) ? heard : heard.with(kind, true).with(gloss, true)

/**
 * The time for which a caption is shown at speed 1, in milliseconds. A kind of line that is said for the first time gets twice as
 * long; a sentence that is said again gets half. No more than four words a second that were not read before are to be read.
 */
export function readingTime({ kind, gloss, words, tokens }: CaptionText, heard: Heard): number {
  const again = heard.has(gloss)
  const share = again ? 0.5 : heard.has(kind) ? 1 : 2
  return Math.max(share * (FINDING + words * A_WORD + tokens * A_TOKEN), ((again ? 0 : words) + tokens) * A_WORD)
}

/** Milliseconds for a line that a person has typed and need not read. */
export const TYPED = 900
