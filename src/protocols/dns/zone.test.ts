import { describe, expect, it } from 'vitest'
import { meaningOf } from './gloss'
import { recordText } from './record'
import { queryFor } from './wire'
import { answerQuery } from './zone'
import { parseRecord, parseZone } from './zoneText'

const zones = [
  parseZone('example.', [
    'example. 86400 SOA ns.example. hostmaster.example. 1 7200 900 1209600 300',
    'example. 86400 NS ns.example.',
    'ns.example. 86400 A 198.51.100.2',
    'bird.example. 86400 NS ns.bird.example.',
    'ns.bird.example. 86400 A 198.51.100.4',
    'stone.example. 86400 NS ns.elsewhere.test.',
    'paper.example. 3600 MX 20 second.paper.example.',
    'paper.example. 3600 MX 10 first.paper.example.',
    'first.paper.example. 3600 A 192.0.2.25',
    'first.paper.example. 3600 AAAA 2001:db8::25',
    'www.example. 60 CNAME Paper.Example.',
    'away.example. 60 CNAME bird.example.',
    'out.example. 60 CNAME else.test.',
    'round.example. 60 CNAME dnuor.example.',
    'dnuor.example. 60 CNAME round.example.',
    'deep.below.example. 60 TXT "v=spf1 -all" "and \\"more\\""',
    'silent.example. 60 MX 0 .',
  ]),
]

/** `NXDOMAIN AA | answers | authorities | additionals` */
function said(name: string, type: string): string {
  const response = answerQuery(zones, queryFor(1, name, type, false))
  const lines = [response.answers, response.authorities, response.additionals].map((section) =>
    section.map(recordText).join('; '),
  )
  return [`${response.rcode}${response.authoritative ? ' AA' : ''}`, ...lines].join(' | ').replace(/[ |]+$/, '')
}

const SOA = 'example. 300 SOA ns.example. hostmaster.example. 1 7200 900 1209600 300'

describe('an authoritative name server', () => {
  it.each([
    [
      'paper.example.',
      'MX',
      'NOERROR AA | paper.example. 3600 MX 20 second.paper.example.; paper.example. 3600 MX 10 first.paper.example. |  | first.paper.example. 3600 A 192.0.2.25; first.paper.example. 3600 AAAA 2001:db8::25',
    ],
    ['FIRST.Paper.EXAMPLE.', 'A', 'NOERROR AA | first.paper.example. 3600 A 192.0.2.25'],
    [
      'bird.example.',
      'MX',
      'NOERROR |  | bird.example. 86400 NS ns.bird.example. | ns.bird.example. 86400 A 198.51.100.4',
    ],
    [
      'mx.bird.example.',
      'A',
      'NOERROR |  | bird.example. 86400 NS ns.bird.example. | ns.bird.example. 86400 A 198.51.100.4',
    ],
    ['stone.example.', 'MX', 'NOERROR |  | stone.example. 86400 NS ns.elsewhere.test.'],
    ['www.example.', 'AAAA', `NOERROR AA | www.example. 60 CNAME Paper.Example. | ${SOA}`],
    ['www.example.', 'CNAME', 'NOERROR AA | www.example. 60 CNAME Paper.Example.'],
    [
      'away.example.',
      'MX',
      'NOERROR AA | away.example. 60 CNAME bird.example. | bird.example. 86400 NS ns.bird.example. | ns.bird.example. 86400 A 198.51.100.4',
    ],
    ['out.example.', 'A', 'NOERROR AA | out.example. 60 CNAME else.test.'],
    ['paper.example.', 'A', `NOERROR AA |  | ${SOA}`],
    ['below.example.', 'TXT', `NOERROR AA |  | ${SOA}`],
    ['nobody.example.', 'MX', `NXDOMAIN AA |  | ${SOA}`],
    ['xpaper.example.', 'MX', `NXDOMAIN AA |  | ${SOA}`],
    ['bird.test.', 'MX', 'REFUSED'],
    ['.', 'NS', 'REFUSED'],
    ['paper.example.', 'ANY', 'NOTIMP'],
  ])('answers %s %s', (name, type, expected) => {
    expect(said(name, type)).toBe(expected)
  })

  it('ends a loop of aliases', () => {
    expect(answerQuery(zones, queryFor(1, 'round.example.', 'A', false)).answers.length).toBeLessThan(12)
  })

  it('refuses what is no plain question', () => {
    const query = queryFor(1, 'paper.example.', 'MX', false)
    expect(answerQuery(zones, { ...query, opcode: 2 }).rcode).toBe('NOTIMP')
    expect(answerQuery(zones, { ...query, question: [] }).rcode).toBe('FORMERR')
    expect(answerQuery(zones, { ...query, question: [...query.question, ...query.question] }).rcode).toBe('FORMERR')
    expect(
      answerQuery(zones, { ...query, question: [{ name: 'paper.example.', type: 'MX', class: 'CH' }] }).rcode,
    ).toBe('REFUSED')
  })

  it.each([
    [
      'paper.example.',
      'MX',
      'second.paper.example takes it, preference 20; first.paper.example takes it, preference 10.',
    ],
    ['silent.example.', 'MX', 'silent.example takes no mail at all.'],
    ['first.paper.example.', 'A', 'first.paper.example is at 192.0.2.25.'],
    ['bird.example.', 'MX', 'Ask the servers of bird.example.'],
    ['nobody.example.', 'MX', 'There is no nobody.example.'],
    ['first.paper.example.', 'MX', 'first.paper.example names nobody who takes its mail.'],
    ['paper.example.', 'A', 'paper.example has no A record.'],
    ['bird.test.', 'A', 'That is not for me to say.'],
    ['away.example.', 'MX', 'away.example is another name for bird.example.'],
  ])('says of %s %s in words', (name, type, gloss) => {
    expect(meaningOf(answerQuery(zones, queryFor(1, name, type, false))).gloss).toBe(gloss)
  })
})

describe('a record in the words of a zone file', () => {
  it.each([
    'bird.example. 3600 MX 10 mx.bird.example.',
    'mx.bird.example. 3600 A 203.0.113.25',
    'mx.bird.example. 3600 AAAA 2001:db8::25',
    'bird.example. 3600 TXT "v=spf1 mx -all" "two"',
    'bird.example. 3600 TXT "a \\"quoted\\" word"',
    'example. 0 SOA ns.example. hostmaster.example. 1 7200 900 1209600 300',
    '. 518400 NS a.root.example.',
  ])('is read and written the same: %s', (text) => {
    expect(recordText(parseRecord(text))).toBe(text)
  })

  it('may name its class', () => {
    expect(parseRecord('bird.example. 60 IN mx 5 a.')).toEqual({
      name: 'bird.example.',
      ttl: 60,
      type: 'MX',
      preference: 5,
      exchange: 'a.',
    })
  })

  it.each([
    ['', 'NAME SECONDS TYPE DATA'],
    ['bird.example.', 'NAME SECONDS TYPE DATA'],
    ['bird.example 3600 A 192.0.2.1', 'dot at its end'],
    ['bird.example. soon A 192.0.2.1', 'the time to live "soon"'],
    ['bird.example. 3600', 'the type is missing'],
    ['bird.example. 3600 SRV 1 2 3 a.', 'the type SRV is none of A, AAAA'],
    ['bird.example. 3600 A 192.0.2.256', '"192.0.2.256" is no IPv4 address'],
    ['bird.example. 3600 A 192.0.2', 'no IPv4 address'],
    ['bird.example. 3600 AAAA 192.0.2.1', 'no IPv6 address'],
    ['bird.example. 3600 A 192.0.2.1 192.0.2.2', 'one word too many'],
    ['bird.example. 3600 MX mx.bird.example.', 'the preference "mx.bird.example."'],
    ['bird.example. 3600 MX 70000 mx.bird.example.', 'below 65536'],
    ['bird.example. 3600 MX 10', 'the exchange is missing'],
    ['bird.example. 3600 TXT', 'the text is missing'],
    [`bird.example. 3600 TXT "${'x'.repeat(256)}"`, 'at most 255 octets'],
    ['*.bird.example. 3600 A 192.0.2.1', 'wildcard'],
    ['a..example. 3600 A 192.0.2.1', 'no domain name'],
  ])('is refused with its place and remedy: %s', (text, why) => {
    expect(() => parseRecord(text)).toThrow(why)
    expect(() => parseRecord(text)).toThrow(`"${text}"`)
  })

  it.each([
    ['bird.example', [], 'dot at its end'],
    ['a.', ['a. 1 NS b.'], 'exactly one SOA'],
    ['a.', ['a. 1 SOA b. c. 1 1 1 1 1'], 'NS record'],
    ['a.', ['a. 1 SOA b. c. 1 1 1 1 1', 'a. 1 NS b.', 'b. 1 A 192.0.2.1'], 'lies outside'],
    ['a.', ['a. 1 SOA b. c. 1 1 1 1 1', 'a. 1 NS b.', 'x.a. 1 CNAME b.', 'x.a. 1 A 192.0.2.1'], 'is an alias'],
  ])('makes no zone: %s %j', (apex, records, why) => {
    expect(() => parseZone(apex, records)).toThrow(why)
  })
})
