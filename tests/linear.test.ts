import { describe, expect, it } from 'vitest'
import { indexOfText } from '../src/base/indexOf'
import { octets } from '../src/base/octets'
import { START } from '../src/base/time'
import { withoutComments } from '../src/mail/comments'
import { originationDate } from '../src/mail/dateField'
import { decodeWords } from '../src/mail/encodedWords'
import { mergeFlags } from '../src/mail/flags'
import {
  countFields,
  fieldBody,
  headerFields,
  headerSection,
  pickFields,
  withoutFields,
} from '../src/mail/headerFields'
import { messageIdsIn } from '../src/mail/messageId'
import { bodyPart, parameterized } from '../src/mail/mime'
import { receivedPath } from '../src/mail/receivedPath'
import { containsInField, containsText } from '../src/mail/searchText'
import { baseSubject } from '../src/mail/subject'
import { surrogate } from '../src/mail/surrogate'
import { decodeTransferEncoding } from '../src/mail/transferEncoding'
import { answerQuery, queryFor, readZone } from '../src/protocols/dns'
import { compareAddresses } from '../src/view/message/addresses'
import { layersTo } from '../src/view/message/layers'

/**
 * Input from a stranger is read in linear time: one text of eight times the length takes about as long as eight readings of the
 * short text, while quadratic reading takes eight times as long. Both sides of the ratio are the same amount of work in one run,
 * measured by turns in processor time, so the compiler, the garbage collector and other programs disturb both alike.
 */
const TIMES = 8
const MOST = 3
/** Microseconds below which a measurement is not significant. */
const AT_ONCE = 40_000

function microseconds(work: () => unknown): number {
  const before = process.cpuUsage()
  work()
  const { user, system } = process.cpuUsage(before)
  return user + system
}

function grows(input: (length: number) => string, read: (text: string) => unknown, length: number): number {
  const long = input(length * TIMES)
  const short = input(length)
  const several = (): void => {
    for (let count = 0; count < TIMES; count += 1) read(short)
  }
  several()
  const rounds = Array.from({ length: 3 }, () => [microseconds(() => read(long)), microseconds(several)] as const)
  const time = Math.min(...rounds.map(([once]) => once))
  return time < AT_ONCE ? 0 : time / Math.min(...rounds.map(([, eachTime]) => eachTime))
}

const repeated =
  (unit: string, before = '', after = '') =>
  (length: number): string =>
    before + unit.repeat(Math.ceil(length / unit.length)) + after

const inField = (name: string, unit: string, after = '\xe9') => repeated(unit, `${name}: \xe9`, `${after}\r\n\r\nx`)
const inHeader = (unit: string) => repeated(unit, '', '\r\n\r\nx')
const readParts = (text: string): unknown => bodyPart(octets(text))
const takeApart = (text: string): unknown => surrogate(octets(text))

describe('the time to parse untrusted input is linear in its length', () => {
  it('a parser that looks for the end from each opening bracket would be noticed', () => {
    const readFromEach = (text: string): number => {
      let closed = 0
      for (let at = text.indexOf('['); at >= 0; at = text.indexOf('[', at + 1)) if (text.includes(']', at)) closed += 1
      return closed
    }
    expect(grows(repeated('['), readFromEach, 16_000)).toBeGreaterThan(MOST)
  })

  it.each([
    ['opening quotation marks that nothing closes', inField('To', '"\\', '')],
    ['opening parentheses', inField('To', '(')],
    ['opening brackets', inField('To', '<')],
    ['brackets and quotation marks', inField('To', '<"\\"')],
    ['names after names', inField('To', '\xe9 ')],
    ['separators', inField('To', ',')],
    ['parameters that do not end', inField('Content-Type', ';a="\\')],
    ['blanks before no value', inField('Content-Type', ';     ')],
    ['identifiers', inField('Message-ID', '<(')],
    ['text', inField('Subject', '\xe9 ')],
    ['fields', inHeader('To: \xe9\r\n')],
    ['lines that are no fields', inHeader('\xe9\r\n')],
  ])('a header made ASCII, of %s', (_, input) => {
    expect(grows(input, takeApart, 8_000)).toBeLessThan(MOST)
  })

  it.each([
    ['lines without a colon', 'a\r\n'],
    ['names without an end', 'a'],
    ['blanks before no colon', 'a      \r\n'],
    ['folds', 'a:\r\n \r\n'],
    ['empty names', ':\r\n'],
    ['returns without a line feed', 'a\r'],
    ['one field that is folded for ever', ' \r\n'],
  ])('a header section of %s', (_, unit) => {
    const readAll = (text: string): unknown => {
      const message = octets(text)
      return [
        headerFields(message),
        fieldBody(message, 'Subject'),
        countFields(message, 'a'),
        withoutFields(message, ['a']),
        pickFields(message, ['a'], true),
        headerSection(message),
      ]
    }
    expect(grows(repeated(unit), readAll, 50_000)).toBeLessThan(MOST)
  })

  it.each([
    ['comments that nothing closes', 'from a ('],
    ['comments in comments', '(('],
    ['words', 'a '],
    ['clauses', 'from by via with id for '],
    ['brackets', '[['],
    ['colons and digits', '1:'],
    ['labels', 'a.'],
    ['names of HELO', '(helo='],
    ['times', ';12:34 '],
    ['semicolons', ';'],
    ['backslashes', '(\\'],
  ])('a Received field of %s', (_, unit) => {
    const read = (text: string): unknown => receivedPath(octets(text))
    // Below the length at which a field is not taken apart any more.
    expect(grows(repeated(unit, 'Received: from x ', '\r\n\r\n'), read, 8_000)).toBeLessThan(MOST)
  })

  it.each([
    ['Received fields', 'Received: from a by b; 1 Jan 2026 00:00\r\n'],
    ['Received fields of nothing', 'Received:\r\n'],
    ['Date fields', 'Date: 1 Jan 2026 00:00\r\n'],
    ['readers', 'To: a@b, c@d\r\n'],
  ])('the path of a header of %s, and its addresses', (_, unit) => {
    const read = (text: string): unknown => [
      receivedPath(octets(text)),
      compareAddresses({ reversePath: 'a@b', forwardPaths: ['c@d'] }, octets(text)),
    ]
    expect(grows(repeated(unit), read, 50_000)).toBeLessThan(MOST)
  })

  it.each([
    ['all fields stay', (field: string) => field],
    ['no field stays', (field: string) => `x${field}`],
    ['every field is another', (field: string) => `${field}b: a`],
  ])('the additions of a server to a header in which %s', (_, changed) => {
    const read = (given: string): unknown => {
      const lying = octets(`Received: x\r\n${given.replace(/a: b/g, changed)}`)
      const envelope = { reversePath: '', forwardPaths: [] }
      const stop = {
        kind: 'queued',
        host: 'h',
        at: START,
        fact: 0,
        envelope,
        given: octets(given),
        octets: lying,
      } as const
      return layersTo({ id: '', subject: '', copies: [], stops: [stop] }, 0)
    }
    expect(grows(repeated('a: b\r\n'), read, 10_000)).toBeLessThan(MOST)
  })

  it.each([
    ['blobs', repeated('[a]')],
    ['blobs and blanks before a word', repeated('[a] ', '', 'x')],
    ['blobs that are not closed', repeated('[a')],
    ['replies', repeated('re: ')],
    ['replies with blobs', repeated('re [a] : [b] ')],
    ['a reply whose blob is not closed', repeated('re [')],
    ['trailers', repeated('(fwd)', 'x')],
    ['what is forwarded, inside out', (length: number) => '[fwd:'.repeat(length / 6) + ']'.repeat(length / 6)],
    ['blanks', repeated(' ', 'x', 'x')],
  ])('a subject of %s', (_, input) => {
    expect(grows(input, baseSubject, 8_000)).toBeLessThan(MOST)
  })

  it.each([
    ['identifiers that are not closed', repeated('<a@'), messageIdsIn],
    ['quotation marks in identifiers', repeated('<"\\"'), messageIdsIn],
    ['literals in identifiers', repeated('<a@[\\]'), messageIdsIn],
    ['comments in identifiers', repeated('<('), messageIdsIn],
    ['identifiers', repeated('<a@b>'), messageIdsIn],
    ['comments', repeated('('), withoutComments],
    ['comments and quotation marks', repeated('()"\\'), withoutComments],
    ['digits of a date', repeated('1 '), originationDate],
    ['days of a date', repeated('1 jan'), originationDate],
    ['a month of a date', repeated('a', '1 '), originationDate],
    ['encoded words', repeated('=?a?Q?b?= '), decodeWords],
    ['beginnings of encoded words', repeated('=?'), decodeWords],
    ['encoded words that do not end', repeated('=?a?Q?'), decodeWords],
    ['blanks after an encoded word', repeated('?= '), decodeWords],
    ['parameters', repeated(';a="\\'), parameterized],
    ['blanks in parameters', repeated('; a '), parameterized],
    ['parts of a message', repeated('--b\r\n', 'Content-Type: multipart/mixed; boundary=b\r\n\r\n'), readParts],
    ['boundaries that are none', repeated('\r\n--bb', 'Content-Type: multipart/mixed; boundary=b\r\n\r\n'), readParts],
    [
      'a boundary as long as the body, all of one letter but for one in the middle',
      (length: number) => {
        const [half, line] = ['a'.repeat(length / 8), 'a'.repeat(length / 2)]
        return `Content-Type: multipart/mixed; boundary=${half}b${half}\r\n\r\n${line}\r\n--${line}`
      },
      readParts,
    ],
    ['base64', repeated('A=A\r\n'), (text: string) => decodeTransferEncoding(octets(text), 'base64')],
    [
      'quoted-printable',
      repeated('= \t \r\n='),
      (text: string) => decodeTransferEncoding(octets(text), 'quoted-printable'),
    ],
  ] satisfies readonly (readonly [string, (length: number) => string, (text: string) => unknown])[])(
    '%s',
    (_, input, read) => {
      expect(grows(input, read, 16_000)).toBeLessThan(MOST)
    },
  )
})

/** A long text that nearly stands at each place of the text in which it is looked for. */
const nearly = (length: number): string => `${'a'.repeat(length / 8)}b${'a'.repeat(length / 8)}`

it('the time to merge flags is linear in their number', () => {
  const many = (length: number): string => Array.from({ length }, (_, n) => `k${n}`).join(' ')
  for (const operation of ['add', 'replace', 'remove'] as const)
    expect(grows(many, (text) => mergeFlags(text.split(' '), operation, text.split(' ')), 8_000)).toBeLessThan(MOST)
})

describe('the time to look for a text is linear in both lengths', () => {
  it('the engine’s own search would be noticed', () => {
    const read = (text: string): unknown => text.includes(nearly(text.length))
    expect(grows(repeated('a'), read, 8_000)).toBeGreaterThan(MOST)
  })

  it.each([
    ['a text', (text: string) => indexOfText(text, nearly(text.length))],
    [
      'a message',
      (text: string) => containsText(nearly(text.length), 'text')({ octets: octets(`a: b\r\n\r\n${text}`) }),
    ],
    ['a body', (text: string) => containsText(nearly(text.length), 'body')({ octets: octets(`a: b\r\n\r\n${text}`) })],
    ['a field', (text: string) => containsInField('a', nearly(text.length))({ octets: octets(`a: ${text}\r\n\r\n`) })],
    ['a header', (text: string) => containsInField(nearly(text.length), '')({ octets: octets(`${text}: b\r\n\r\n`) })],
  ])('in %s', (_, read) => {
    expect(grows(repeated('a'), read, 32_000)).toBeLessThan(MOST)
  })
})

describe('the time to parse a zone is linear in its length', () => {
  const head = '@ SOA ns hostmaster 1 7200 900 1209600 300\n@ NS ns\nns A 192.0.2.1\n'
  const records = (count: number, line: (n: number) => string): string =>
    `$TTL 60\n${head}${Array.from({ length: count }, (_, n) => line(n)).join('\n')}\n`
  const read = (text: string): unknown => readZone('z.example.', text)

  it.each([
    ['records of one name', (n: number) => `a TXT "${n}"`],
    ['exchangers that one name has nothing for', (n: number) => (n % 2 ? `t TXT "${n}"` : `@ MX ${n} t`)],
    ['null exchangers', () => '@ MX 0 .'],
    ['aliases, each of the next', (n: number) => `c${n} CNAME c${n + 1}`],
    ['aliases of one name', (n: number) => `a CNAME b${n}`],
    ['delegations', (n: number) => `d${n} NS ns.d${n}`],
  ])('%s', (_, line) => {
    expect(grows((count) => records(count, line), read, 700)).toBeLessThan(MOST)
  })

  it('an answer that names many hosts', () => {
    const zoneOf = (count: number): string => records(count, (n) => `@ MX ${n} m${n}\nm${n} A 192.0.2.1`)
    const ask = (text: string): unknown => {
      const reading = readZone('z.example.', text)
      if (!('zone' in reading)) throw new Error('the zone is not read')
      return answerQuery([reading.zone], queryFor(1, 'z.example.', 'MX', false))
    }
    expect(grows(zoneOf, ask, 500)).toBeLessThan(MOST)
  })
})
