import * as dnsPacket from '@dnsquery/dns-packet'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { fromBytes, octets, slice, toBytes } from '../../base/octets'
import { fieldsOf } from './fields'
import { type DnsMessage, type Edns, OUR_EDNS, queryFor, responseTo, UDP_LIMIT, udpLimit } from './message'
import { nameFrom } from './names'
import type { ResourceRecord } from './record'
import { decode, encode, encodeWithin, formatError, framed, unframed } from './wire'

const label = fc.oneof(
  { weight: 9, arbitrary: fc.stringMatching(/^[a-z0-9_]([a-z0-9-]{0,12}[a-z0-9])?$/) },
  // Any printable octet, even dots and backslashes.
  { weight: 1, arbitrary: fc.stringMatching(/^[!-~]{1,12}$/) },
)
const name = fc.array(label, { minLength: 0, maxLength: 4 }).map(nameFrom)
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
const plainMessage: fc.Arbitrary<DnsMessage> = fc.record({
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
const edns: fc.Arbitrary<Edns> = fc.record({
  udpSize: uint16.filter((size) => size > 0),
  version: fc.nat(255),
  dnssecOk: fc.boolean(),
})
const message: fc.Arbitrary<DnsMessage> = fc.oneof(
  plainMessage,
  fc.tuple(plainMessage, edns).map(([plain, said]) => ({ ...plain, edns: said })),
  fc.tuple(plainMessage, edns).map(([plain, said]) => ({ ...plain, edns: said, rcode: 'BADVERS' })),
)

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

  it('give the same octets as the library', () => {
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

  it('read a dot within a label, which does not end it (RFC 1035 section 5.3)', () => {
    const octetsOf = encode(queryFor(1, 'Action\\.domains.ISI.EDU.', 'A', true))
    expect(octetsOf).toContain('\x0eAction.domains\x03ISI\x03EDU\0')
    expect(decode(octetsOf)).toMatchObject({ question: [{ name: 'Action\\.domains.ISI.EDU.' }] })
  })

  it('read the OPT record of a client with EDNS, and ignore its options', () => {
    // A query of dig: AD set, a cookie of eight octets.
    const cookie = '\0\x0a\0\x08abcdefgh'
    const opt = `\0\0\x29\x04\xd0\0\0\x80\0\0\x0c${cookie}`
    const plain = encode(queryFor(1, 'bird.example.', 'MX', true))
    const source = octets(`${plain.slice(0, 2)}\x01\x20${plain.slice(4, 10)}\0\x01${plain.slice(12)}${opt}`)
    const said = { udpSize: 1232, version: 0, dnssecOk: true }
    expect(decode(source)).toEqual(queryFor(1, 'bird.example.', 'MX', true, said))
  })

  it('write an OPT record of eleven octets (RFC 6891 section 6.1.2)', () => {
    const source = encode(queryFor(1, '.', 'NS', true, { udpSize: 1232, version: 0, dnssecOk: false }))
    expect(source.slice(-11)).toBe('\0\0\x29\x04\xd0\0\0\0\0\0\0')
  })

  it.each([
    ['twice', '\0\0\x29\x04\xd0\0\0\0\0\0\0\0\0\x29\x04\xd0\0\0\0\0\0\0', 2],
    ['with a name', '\x01a\0\0\x29\x04\xd0\0\0\0\0\0\0', 1],
    ['with half an option', '\0\0\x29\x04\xd0\0\0\0\0\0\x04\0\x0a\0\x08', 1],
  ])('call an OPT record %s malformed (RFC 6891 section 6.1.1)', (_, opt, count) => {
    const plain = encode(queryFor(1, 'bird.example.', 'MX', true))
    expect(decode(octets(`${plain.slice(0, 11)}${String.fromCharCode(count)}${plain.slice(12)}${opt}`))).toBe(
      'malformed',
    )
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

  it('never throw, and FORMERR is always readable', () => {
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
    expect(decode(encodeWithin(some, UDP_LIMIT))).toMatchObject({
      truncated: false,
      answers: some.answers,
      additionals: [],
    })
    const many = { ...some, answers: [1, 2, 3, 4, 5, 6].map(long) }
    expect(encodeWithin(many, UDP_LIMIT).length).toBeLessThanOrEqual(UDP_LIMIT)
    expect(decode(encodeWithin(many, UDP_LIMIT))).toMatchObject({
      truncated: true,
      answers: [],
      question: query.question,
    })
  })

  it('has TC set if a referral loses the addresses of its servers (RFC 9471)', () => {
    const servers = Array.from({ length: 8 }, (_, n) => `server-number-${n}.bird.example.`)
    const referral: DnsMessage = {
      ...responseTo(query, 'NOERROR'),
      authorities: servers.map((nameServer) => ({ name: 'bird.example.', ttl: 60, type: 'NS', nameServer })),
      additionals: servers.map((name) => ({ name, ttl: 60, type: 'A', address: '192.0.2.1' })),
    }
    const sent = decode(encodeWithin(referral, UDP_LIMIT))
    expect(sent).toMatchObject({ truncated: true, authorities: referral.authorities, additionals: [] })
  })

  it.each([
    ['no EDNS', undefined, 512],
    ['a small size', 100, 512],
    ['our size', 1232, 1232],
    ['a size between', 800, 800],
    ['a large size', 4096, 1232],
  ])('is bounded by what its asker takes and what we send: %s', (_, udpSize, limit) => {
    const said = udpSize === undefined ? undefined : { udpSize, version: 0, dnssecOk: false }
    expect(udpLimit(queryFor(1, 'a.', 'A', true, said))).toBe(limit)
  })

  it('keeps its OPT record when it is truncated (RFC 6891 section 7)', () => {
    const asked = queryFor(1, 'bird.example.', 'TXT', true, OUR_EDNS)
    const many = { ...responseTo(asked, 'NOERROR'), answers: Array.from({ length: 20 }, (_, n) => long(n)) }
    expect(decode(encodeWithin(many, udpLimit(asked)))).toMatchObject({ truncated: true, answers: [], edns: OUR_EDNS })
  })
})

describe('a stream of messages', () => {
  it('gives each of them back, however it is cut', () => {
    fc.assert(
      fc.property(fc.array(message.map(encode), { maxLength: 4 }), fc.nat(200), (messages, more) => {
        const stream = messages.map(framed).join('')
        const seen: string[] = []
        let rest = octets(stream + 'x'.repeat(Math.min(more, 1)))
        for (let next = unframed(rest); next; next = unframed(rest)) {
          seen.push(next.message)
          rest = slice(rest, next.length)
        }
        expect(seen).toEqual(messages)
        expect(rest.length).toBe(Math.min(more, 1))
        for (let cut = 0; cut < Math.min(stream.length, (messages[0]?.length ?? 0) + 2); cut++) {
          expect(unframed(octets(stream.slice(0, cut)))).toBeUndefined()
        }
      }),
      { numRuns: 200 },
    )
  })
})

const counted = (value: string, unit: string | undefined): string => (unit ? `${value} ${unit}` : value)

describe('fieldsOf', () => {
  it('links the fields of a compressed answer with their octets', () => {
    const lines = fieldsOf(COMPRESSED).map(
      ({ group, name: field, value, unit, start }) => `${group} ${field}: ${counted(value, unit)} @${start}`,
    )
    expect(lines).toEqual([
      'header id: 0x2b1c @0',
      'header flags: QR, RD, RA, NOERROR @2',
      'header counts: 1, 1, 0, 1 @4',
      'question name: bird.example. @12',
      'question type and class: MX, IN @26',
      'answer name: bird.example. @30',
      'answer type and class: MX, IN @32',
      'answer time to live: 3600 seconds @36',
      'answer length: 7 @40',
      'answer preference: 10 @42',
      'answer exchange: mx.bird.example. @44',
      'additional name: mx.bird.example. @49',
      'additional type and class: A, IN @51',
      'additional time to live: 3600 seconds @55',
      'additional length: 4 @59',
      'additional address: 203.0.113.25 @61',
    ])
  })

  it('names the parts of an OPT record by their meaning', () => {
    const source = encode({
      ...responseTo(queryFor(1, '.', 'NS', true, { udpSize: 512, version: 0, dnssecOk: true }), 'BADVERS'),
    })
    const lines = fieldsOf(source)
      .filter(({ group }) => group === 'additional')
      .map(({ name: field, value, unit }) => `${field}: ${counted(value, unit)}`)
    expect(lines).toEqual([
      'name: .',
      'type: OPT',
      'UDP payload size: 1232 octets',
      'extended RCODE: 1',
      'EDNS version: 0',
      'EDNS flags: DO',
      'length: 0',
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

  it('agrees with decode', () => {
    fc.assert(
      fc.property(message, (given) => {
        const fields = fieldsOf(encode(given))
        const owners = (group: string): string[] =>
          fields.filter((f) => f.group === group && f.name === 'name').map(({ value }) => value)
        expect(owners('question')).toEqual(given.question.map((q) => q.name))
        expect(owners('answer')).toEqual(given.answers.map((r) => r.name))
        expect(owners('authority')).toEqual(given.authorities.map((r) => r.name))
        expect(owners('additional')).toEqual([...given.additionals.map((r) => r.name), ...(given.edns ? ['.'] : [])])
        const ttls = fields.filter((f) => f.name === 'time to live').map(({ value }) => value)
        expect(ttls).toEqual([...given.answers, ...given.authorities, ...given.additionals].map(({ ttl }) => `${ttl}`))
      }),
    )
  })
})
