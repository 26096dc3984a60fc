import * as dnsPacket from '@dnsquery/dns-packet'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { fromBytes, octets, toBytes } from '../../base/octets'
import { fieldsOf } from './fields'
import type { ResourceRecord } from './record'
import { type DnsMessage, decode, encode, encodeForUdp, formatError, queryFor, responseTo, UDP_LIMIT } from './wire'

const label = fc.stringMatching(/^[a-z0-9_]([a-z0-9-]{0,12}[a-z0-9])?$/)
const name = fc
  .array(label, { minLength: 0, maxLength: 4 })
  .map((labels) => (labels.length ? `${labels.join('.')}.` : '.'))
const uint16 = fc.integer({ min: 0, max: 65_535 })
const uint32 = fc.integer({ min: 0, max: 4_294_967_295 })
const text = fc
  .array(fc.integer({ min: 0, max: 255 }), { maxLength: 40 })
  .map((bytes) => fromBytes(Uint8Array.from(bytes)))
const owned = { name, ttl: fc.integer({ min: 0, max: 2_147_483_647 }) }
const record: fc.Arbitrary<ResourceRecord> = fc.oneof(
  fc.record({ ...owned, type: fc.constant('A' as const), address: fc.ipV4() }),
  fc.record({
    ...owned,
    type: fc.constant('AAAA' as const),
    address: fc.constantFrom('2001:db8::25', '::1', 'fe80::1:2'),
  }),
  fc.record({ ...owned, type: fc.constant('MX' as const), preference: uint16, exchange: name }),
  fc.record({ ...owned, type: fc.constant('NS' as const), nameServer: name }),
  fc.record({ ...owned, type: fc.constant('CNAME' as const), target: name }),
  fc.record({ ...owned, type: fc.constant('PTR' as const), target: name }),
  fc.record({ ...owned, type: fc.constant('TXT' as const), texts: fc.array(text, { minLength: 1, maxLength: 3 }) }),
  fc.record({
    ...owned,
    type: fc.constant('SOA' as const),
    mname: name,
    rname: name,
    serial: uint32,
    refresh: uint32,
    retry: uint32,
    expire: uint32,
    minimum: uint32,
  }),
)
const message: fc.Arbitrary<DnsMessage> = fc.record({
  id: uint16,
  response: fc.boolean(),
  opcode: fc.integer({ min: 0, max: 15 }),
  authoritative: fc.boolean(),
  truncated: fc.boolean(),
  recursionDesired: fc.boolean(),
  recursionAvailable: fc.boolean(),
  rcode: fc.constantFrom('NOERROR', 'FORMERR', 'SERVFAIL', 'NXDOMAIN', 'NOTIMP', 'REFUSED'),
  question: fc.array(
    fc.record({ name, type: fc.constantFrom('A', 'MX', 'ANY', 'UNKNOWN_65'), class: fc.constantFrom('IN', 'CH') }),
    { maxLength: 2 },
  ),
  answers: fc.array(record, { maxLength: 4 }),
  authorities: fc.array(record, { maxLength: 2 }),
  additionals: fc.array(record, { maxLength: 2 }),
})

/** The 65 octets of a real server's compressed answer to `MX? bird.example.` (RFC 1035 section 4.1.4). */
const COMPRESSED = fromBytes(
  Uint8Array.from(
    `2b1c 8180 0001 0001 0000 0001 04 62697264 07 6578616d706c65 00 000f 0001
     c00c 000f 0001 00000e10 0007 000a 02 6d78 c00c  c02c 0001 0001 00000e10 0004 cb007119`
      .replace(/\s/g, '')
      .match(/../g)
      ?.map((pair) => Number.parseInt(pair, 16)) ?? [],
  ),
)

describe('encode and decode', () => {
  it('give back every message that can be written', () => {
    fc.assert(
      fc.property(message, (given) => {
        expect(decode(encode(given))).toEqual(given)
      }),
      { numRuns: 2000 },
    )
  })

  it('give the octets that the library gives', () => {
    const query = encode(queryFor(0x2b1c, 'bird.example', 'MX', true))
    expect(dnsPacket.decode(toBytes(query))).toMatchObject({
      id: 0x2b1c,
      type: 'query',
      flag_rd: true,
      questions: [{ name: 'bird.example', type: 'MX' }],
    })
    expect(query).toHaveLength(30)
  })

  it('read compressed names', () => {
    expect(decode(COMPRESSED)).toMatchObject({
      id: 0x2b1c,
      response: true,
      recursionAvailable: true,
      question: [{ name: 'bird.example.', type: 'MX' }],
      answers: [{ name: 'bird.example.', ttl: 3600, type: 'MX', preference: 10, exchange: 'mx.bird.example.' }],
      additionals: [{ name: 'mx.bird.example.', type: 'A', address: '203.0.113.25' }],
    })
  })

  it('pass over records of other types, such as the OPT of a client with EDNS', () => {
    const withOpt = dnsPacket.encode({
      type: 'query',
      id: 1,
      flags: dnsPacket.RECURSION_DESIRED,
      questions: [{ type: 'MX', name: 'bird.example' }],
      additionals: [
        { type: 'OPT', name: '.', udpPayloadSize: 1232, flags: 0, options: [] } as unknown as dnsPacket.Answer,
      ],
    })
    expect(decode(fromBytes(withOpt))).toEqual(queryFor(1, 'bird.example.', 'MX', true))
  })

  it.each([
    ['nothing', ''],
    ['half a header', 'abcdef'],
    ['a question that is not there', encode(queryFor(1, 'bird.example.', 'MX', true)).slice(0, -1)],
    ['something after the end', `${encode(queryFor(1, 'bird.example.', 'MX', true))}x`],
    ['a pointer to itself', '\0\x01\0\0\0\x01\0\0\0\0\0\0\xc0\x0c\0\x01\0\x01'],
    ['a pointer forward', '\0\x01\0\0\0\x01\0\0\0\0\0\0\xc0\x10\0\x01\0\x01\0\0'],
    ['a label of a kind that does not exist', '\0\x01\0\0\0\x01\0\0\0\0\0\0\x80a\0\0\x01\0\x01'],
    ['a name that is not ASCII', '\0\x01\0\0\0\x01\0\0\0\0\0\0\x02\xc3\xa9\0\0\x01\0\x01'],
    ['an address of three octets', `${COMPRESSED.slice(0, 60)}\x03${COMPRESSED.slice(61, 64)}`],
  ])('call %s malformed', (_, source) => {
    expect(decode(octets(source))).toBe('malformed')
  })

  it('never throw, and FORMERR can always be read', () => {
    const mutated = fc
      .tuple(message.map(encode), fc.array(fc.tuple(fc.nat(600), fc.nat(255)), { maxLength: 6 }))
      .map(([source, edits]) => {
        const bytes = toBytes(source)
        for (const [at, octet] of edits) if (at < bytes.length) bytes[at] = octet
        return fromBytes(bytes)
      })
    const noise = fc.uint8Array({ maxLength: 80 }).map(fromBytes)
    fc.assert(
      fc.property(fc.oneof(mutated, noise), (source) => {
        const read = decode(source)
        if (read !== 'malformed') expect(encode(read).length).toBeGreaterThanOrEqual(12)
        const error = formatError(source)
        if (error !== undefined) expect(decode(error)).toMatchObject({ rcode: 'FORMERR', response: true })
        fieldsOf(source)
      }),
      { numRuns: 5000 },
    )
  })
})

describe('a response for one datagram', () => {
  const query = queryFor(1, 'bird.example.', 'TXT', true)
  const long = (n: number): ResourceRecord => ({
    name: 'bird.example.',
    ttl: 60,
    type: 'TXT',
    texts: [octets(String(n).repeat(90))],
  })

  it('loses its additional records first, then all of them with TC set', () => {
    const some = { ...responseTo(query, 'NOERROR'), answers: [1, 2, 3].map(long), additionals: [4, 5].map(long) }
    expect(decode(encodeForUdp(some))).toMatchObject({ truncated: false, answers: some.answers, additionals: [] })
    const many = { ...some, answers: [1, 2, 3, 4, 5, 6].map(long) }
    expect(encodeForUdp(many).length).toBeLessThanOrEqual(UDP_LIMIT)
    expect(decode(encodeForUdp(many))).toMatchObject({ truncated: true, answers: [], question: query.question })
  })
})

describe('fieldsOf', () => {
  it('links the fields of a compressed answer with their octets', () => {
    const lines = fieldsOf(COMPRESSED).map(
      ({ group, name: field, value, start }) => `${group} ${field}: ${value} @${start}`,
    )
    expect(lines).toEqual([
      'header id: 0x2b1c @0',
      'header flags: response, RD, RA, NOERROR @2',
      'header counts: 1, 1, 0, 1 @4',
      'question name: bird.example. @12',
      'question type, class: MX, IN @26',
      'answer name: bird.example. @30',
      'answer type, class: MX, IN @32',
      'answer time to live: 3600 s @36',
      'answer length: 7 @40',
      'answer preference: 10 @42',
      'answer exchange: mx.bird.example. @44',
      'additional name: mx.bird.example. @49',
      'additional type, class: A, IN @51',
      'additional time to live: 3600 s @55',
      'additional length: 4 @59',
      'additional address: 203.0.113.25 @61',
    ])
  })

  it('covers every octet once, whatever the octets are', () => {
    fc.assert(
      fc.property(fc.oneof(message.map(encode), fc.uint8Array({ maxLength: 60 }).map(fromBytes)), (source) => {
        let at = 0
        for (const { start, end } of fieldsOf(source)) {
          expect(start).toBe(at)
          expect(end).toBeGreaterThan(start)
          at = end
        }
        expect(at).toBe(source.length)
      }),
      { numRuns: 1000 },
    )
  })

  it('says what decode says', () => {
    fc.assert(
      fc.property(message, (given) => {
        const fields = fieldsOf(encode(given))
        const owners = (group: string): string[] =>
          fields.filter((f) => f.group === group && f.name === 'name').map(({ value }) => value)
        expect(owners('question')).toEqual(given.question.map((q) => q.name))
        expect(owners('answer')).toEqual(given.answers.map((r) => r.name))
        expect(owners('authority')).toEqual(given.authorities.map((r) => r.name))
        expect(owners('additional')).toEqual(given.additionals.map((r) => r.name))
        const ttls = fields.filter((f) => f.name === 'time to live').map(({ value }) => value)
        expect(ttls).toEqual(
          [...given.answers, ...given.authorities, ...given.additionals].map(({ ttl }) => `${ttl} s`),
        )
      }),
    )
  })
})
