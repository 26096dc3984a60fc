import { fromText, type Octets, octets } from '../../base/octets'
import { isIpv4, normalIpv6 } from './addresses'
import { charactersOf, type Entry, type Place, type Problem, type Word } from './masterTokens'
import { isAskable, labelsOf, nameFrom } from './names'
import { isRecordType, type Rdata, RECORD_TYPES } from './record'

/** One record of a master file, word by word (RFC 1035 section 5.1, RFC 2308 section 4). */

/** An error in an entry: thrown by its readers, caught by the loop over entries. */
export class Refusal extends Error {
  readonly problem: Problem
  constructor({ line, column, length }: Place, message: string) {
    super(message)
    this.problem = { line, column, length, message }
  }
}

/** The words of an entry, read one by one. A missing word is reported at the last word. */
export class Cursor {
  private readonly words: readonly Word[]
  private at = 0
  constructor({ words }: Entry) {
    this.words = words
  }
  get next(): Word | undefined {
    return this.words[this.at]
  }
  take(what: string): Word {
    const word = this.words[this.at]
    if (!word) throw new Refusal(this.words.at(-1) as Word, `The ${what} is missing: write it here.`)
    this.at += 1
    return word
  }
  /** Refuses words that are left over. */
  end(of: string): void {
    const word = this.next
    if (word) throw new Refusal(word, `"${word.text}" is one word too many for ${of}: remove it, or begin a new line.`)
  }
}

const CLASSES = ['IN', 'CH', 'HS', 'CS']
const NUMBER = /^\d{1,10}$/
/** BIND's form of a duration: `1h30m`. */
const TIME = /^(?:\d{1,10}[smhdw])+$|^\d{1,10}$/i
const UNITS: Readonly<Record<string, number>> = { s: 1, m: 60, h: 3600, d: 86_400, w: 604_800 }
const UINT32 = 4_294_967_295
/** RFC 2181 section 8. */
const TTL_LIMIT = 2_147_483_647

function secondsOf(word: Word, what: string, most: number): number {
  const parts = [...word.text.toLowerCase().matchAll(/(\d+)([smhdw]?)/g)]
  const seconds = parts.reduce((sum, [, count, unit]) => sum + Number(count) * (UNITS[unit ?? ''] ?? 1), 0)
  if (!TIME.test(word.text) || seconds > most) {
    throw new Refusal(
      word,
      `The ${what} "${word.text}" has to be seconds, at most ${most}, or a time such as 1h or 2d.`,
    )
  }
  return seconds
}

export const ttlOf = (word: Word): number => secondsOf(word, 'time to live', TTL_LIMIT)

function numberOf(word: Word, what: string, most: number): number {
  if (!NUMBER.test(word.text) || Number(word.text) > most) {
    throw new Refusal(word, `The ${what} "${word.text}" has to be a whole number from 0 to ${most}.`)
  }
  return Number(word.text)
}

/** A domain name: `@` is the origin, and a name without a dot at its end continues with the origin. */
export function nameOf(word: Word, what: string, origin: string): string {
  if (word.quoted) throw new Refusal(word, `The ${what} is a name: write it without quotation marks.`)
  if (word.text === '@') return origin
  if (word.text === '.') return '.'
  const characters = charactersOf(word.text)
  if (!characters) {
    throw new Refusal(
      word,
      `The ${what} "${word.text}" has a "\\" that stands for nothing: write \\. or \\\\, or three digits up to 255.`,
    )
  }
  const labels = ['']
  for (const { text, escaped } of characters) {
    if (text === '.' && !escaped) labels.push('')
    else labels[labels.length - 1] += text
  }
  const relative = labels.at(-1) !== ''
  const own = relative ? labels : labels.slice(0, -1)
  if (own.some((label) => label === '')) {
    throw new Refusal(word, `The ${what} "${word.text}" has a dot with nothing before it: remove it.`)
  }
  const name = nameFrom([...own, ...(relative ? labelsOf(origin) : [])])
  if (!isAskable(name)) {
    throw new Refusal(
      word,
      `The ${what} "${word.text}" cannot be a domain name: labels of 1 to 63 printable ASCII characters, 255 octets in all.`,
    )
  }
  return name
}

/** The name of a host. A common mistake is to write an address. */
function hostOf(word: Word, what: string, origin: string): string {
  if (isIpv4(word.text) || normalIpv6(word.text) !== undefined) {
    throw new Refusal(
      word,
      `The ${what} is the name of a host, not an address: name the host and give that name an A record.`,
    )
  }
  return nameOf(word, what, origin)
}

function textOf(word: Word): Octets {
  const characters = charactersOf(word.text)
  if (!characters)
    throw new Refusal(
      word,
      'The text has a "\\" that stands for nothing: write \\" or \\\\, or three digits up to 255.',
    )
  // An escaped octet stays; typed text becomes UTF-8.
  const text = characters
    .map((one) => (one.escaped && one.text <= '\xff' ? octets(one.text) : fromText(one.text)))
    .join('')
  if (text.length > 255) throw new Refusal(word, 'A text has at most 255 octets: split it into several quoted ones.')
  return text as Octets
}

function addressOf(type: 'A' | 'AAAA', word: Word): string {
  const address = type === 'A' ? (isIpv4(word.text) ? word.text : undefined) : normalIpv6(word.text)
  if (address === undefined) {
    const [version, example] = type === 'A' ? ['4', '192.0.2.25'] : ['6', '2001:db8::25']
    throw new Refusal(word, `"${word.text}" is no IPv${version} address: write one such as ${example}.`)
  }
  return address
}

/** The type's data, to the end of the entry (RFC 1035 section 3.3, RFC 3596 section 2.4). */
function rdataOf(type: Rdata['type'], words: Cursor, origin: string): Rdata {
  switch (type) {
    case 'A':
    case 'AAAA':
      return { type, address: addressOf(type, words.take('address')) }
    case 'MX': {
      const preference = numberOf(words.take('preference'), 'preference', 65_535)
      return { type, preference, exchange: hostOf(words.take('exchange'), 'exchange', origin) }
    }
    case 'NS':
      return { type, nameServer: hostOf(words.take('name server'), 'name server', origin) }
    case 'CNAME':
      return { type, target: hostOf(words.take('target'), 'target', origin) }
    case 'PTR':
      return { type, target: hostOf(words.take('target'), 'target', origin) }
    case 'TXT': {
      const texts = [textOf(words.take('text'))]
      while (words.next) texts.push(textOf(words.take('text')))
      return { type, texts }
    }
    case 'SOA': {
      const mname = hostOf(words.take('primary server'), 'primary server', origin)
      const rname = nameOf(words.take('responsible mailbox'), 'responsible mailbox', origin)
      const serial = numberOf(words.take('serial'), 'serial', UINT32)
      const time = (what: string): number => secondsOf(words.take(what), what, TTL_LIMIT)
      const [refresh, retry, expire] = [time('refresh'), time('retry'), time('expire')]
      return { type, mname, rname, serial, refresh, retry, expire, minimum: time('minimum') }
    }
  }
}

export interface RecordWords {
  readonly ttl: number | undefined
  readonly rdata: Rdata
}

/** The words after the owner: class and TTL in either order, both optional, then type and data. */
export function recordWords(words: Cursor, origin: string): RecordWords {
  let ttl: number | undefined
  let classed = false
  for (;;) {
    const word = words.take('type')
    const upper = word.text.toUpperCase()
    if (CLASSES.includes(upper) && !classed) {
      if (upper !== 'IN') throw new Refusal(word, `The class ${upper} is not served here: write IN, or leave it out.`)
      classed = true
    } else if (/^\d/.test(word.text) && ttl === undefined) {
      ttl = ttlOf(word)
    } else if (isRecordType(upper)) {
      const rdata = rdataOf(upper, words, origin)
      words.end(
        upper === 'MX' || upper === 'A' || upper === 'AAAA' || upper === 'NS' || upper === 'SOA'
          ? `an ${upper} record`
          : `a ${upper} record`,
      )
      return { ttl, rdata }
    } else {
      throw new Refusal(word, `The type "${word.text}" is none of ${RECORD_TYPES.join(', ')}: take one of them.`)
    }
  }
}
