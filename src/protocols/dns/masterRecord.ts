import { fromText, type Octets, octets } from '../../base/octets'
import { isIpv4, normalIpv6 } from './addresses'
import { charactersOf, type Entry, type Place, type Problem, type Word } from './masterTokens'
import { isAskable, labelsOf, nameFrom } from './names'
import { isRecordType, type Rdata, RECORD_TYPES } from './record'
import type { ZoneFault, ZoneField } from './zoneFault'

/** One record of a master file, word by word (RFC 1035 section 5.1, RFC 2308 section 4). */

/** An error in an entry: thrown by its readers, caught by the loop over entries. */
export class Refusal extends Error {
  readonly problem: Problem
  constructor({ line, column, length }: Place, fault: ZoneFault) {
    super(fault.is)
    this.problem = { line, column, length, fault }
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
  take(what: ZoneField): Word {
    const word = this.words[this.at]
    if (!word) throw new Refusal(this.words.at(-1) as Word, { is: 'missing', what })
    this.at += 1
    return word
  }
  /** Refuses words that are left over. */
  end(of: string): void {
    const word = this.next
    if (word) throw new Refusal(word, { is: 'tooMany', word: word.text, of })
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

function secondsOf(word: Word, what: ZoneField, most: number): number {
  const parts = [...word.text.toLowerCase().matchAll(/(\d+)([smhdw]?)/g)]
  const seconds = parts.reduce((sum, [, count, unit]) => sum + Number(count) * (UNITS[unit ?? ''] ?? 1), 0)
  if (!TIME.test(word.text) || seconds > most) {
    throw new Refusal(word, { is: 'notTime', what, word: word.text, most })
  }
  return seconds
}

export const ttlOf = (word: Word): number => secondsOf(word, 'time to live', TTL_LIMIT)

function numberOf(word: Word, what: ZoneField, most: number): number {
  if (!NUMBER.test(word.text) || Number(word.text) > most) {
    throw new Refusal(word, { is: 'notNumber', what, word: word.text, most })
  }
  return Number(word.text)
}

/** A domain name: `@` is the origin, and a name without a dot at its end continues with the origin. */
export function nameOf(word: Word, what: ZoneField, origin: string): string {
  if (word.quoted) throw new Refusal(word, { is: 'quotedName', what })
  if (word.text === '@') return origin
  if (word.text === '.') return '.'
  const characters = charactersOf(word.text)
  if (!characters) {
    throw new Refusal(word, { is: 'nameEscape', what, word: word.text })
  }
  const labels = ['']
  for (const { text, escaped } of characters) {
    if (text === '.' && !escaped) labels.push('')
    else labels[labels.length - 1] += text
  }
  const relative = labels.at(-1) !== ''
  const own = relative ? labels : labels.slice(0, -1)
  if (own.some((label) => label === '')) {
    throw new Refusal(word, { is: 'emptyLabel', what, word: word.text })
  }
  const name = nameFrom([...own, ...(relative ? labelsOf(origin) : [])])
  if (!isAskable(name)) {
    throw new Refusal(word, { is: 'noDomainName', what, word: word.text })
  }
  return name
}

/** The name of a host. A common mistake is to write an address. */
function hostOf(word: Word, what: ZoneField, origin: string): string {
  if (isIpv4(word.text) || normalIpv6(word.text) !== undefined) {
    throw new Refusal(word, { is: 'hostIsAddress', what })
  }
  return nameOf(word, what, origin)
}

function textOf(word: Word): Octets {
  const characters = charactersOf(word.text)
  if (!characters) throw new Refusal(word, { is: 'textEscape' })
  // An escaped octet stays; typed text becomes UTF-8.
  const text = characters
    .map((one) => (one.escaped && one.text <= '\xff' ? octets(one.text) : fromText(one.text)))
    .join('')
  if (text.length > 255) throw new Refusal(word, { is: 'textTooLong' })
  return text as Octets
}

function addressOf(type: 'A' | 'AAAA', word: Word): string {
  const address = type === 'A' ? (isIpv4(word.text) ? word.text : undefined) : normalIpv6(word.text)
  if (address === undefined) {
    const [version, example] = type === 'A' ? ['4', '192.0.2.25'] : ['6', '2001:db8::25']
    throw new Refusal(word, { is: 'noAddress', word: word.text, version, example })
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
      const time = (what: ZoneField): number => secondsOf(words.take(what), what, TTL_LIMIT)
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
      if (upper !== 'IN') throw new Refusal(word, { is: 'otherClass', class: upper })
      classed = true
    } else if (/^\d/.test(word.text) && ttl === undefined) {
      ttl = ttlOf(word)
    } else if (isRecordType(upper)) {
      const rdata = rdataOf(upper, words, origin)
      words.end(upper)
      return { ttl, rdata }
    } else {
      throw new Refusal(word, { is: 'otherType', word: word.text, types: RECORD_TYPES.join(', ') })
    }
  }
}
