import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { fromText, type Octets, octets } from '../../base/octets'
import type { SmtpTransport } from '../../protocols/smtp'
import { type Arrival, hopsOf, stampReceived, stampReturnPath, timeStamp } from './traceFields'

// RFC 5321 section 4.4, with FWS, CFWS and date-time of RFC 5322; names after the rules.
const FWS = '(?:(?:[ \\t]*\\r\\n)?[ \\t]+)'
const CFWS = FWS
const ATOM = "[A-Za-z0-9!#$%&'*+\\-/=?^_`{|}~]+"
const SUB_DOMAIN = '[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?'
const DOMAIN = `${SUB_DOMAIN}(?:\\.${SUB_DOMAIN})*`
const ADDRESS_LITERAL = '\\[(?:\\d{1,3}(?:\\.\\d{1,3}){3}|IPv6:[0-9A-Fa-f:.]+|[A-Za-z0-9-]+:[!-Z^-~]+)\\]'
const TCP_INFO = `(?:${ADDRESS_LITERAL}|${DOMAIN}${FWS}${ADDRESS_LITERAL})`
const EXTENDED_DOMAIN = `(?:${DOMAIN}${FWS}\\(${TCP_INFO}\\)|${ADDRESS_LITERAL}${FWS}\\(${TCP_INFO}\\)|${DOMAIN})`
const PATH = `<(?:${ATOM}(?:\\.${ATOM})*|"[^"\\r\\n]*")@(?:${DOMAIN}|${ADDRESS_LITERAL})>`
const OPT_INFO = `(?:${CFWS}with${FWS}${ATOM})?(?:${CFWS}id${FWS}${ATOM})?(?:${CFWS}for${FWS}${PATH})?`
const DATE_TIME = '[A-Z][a-z]{2}, \\d{1,2} [A-Z][a-z]{2} \\d{4} \\d\\d:\\d\\d:\\d\\d [+-]\\d{4}'
const STAMP = new RegExp(
  `^from${FWS}${EXTENDED_DOMAIN}${CFWS}by${FWS}${EXTENDED_DOMAIN}${OPT_INFO}(?:${CFWS})?;${FWS}${DATE_TIME}$`,
  'i',
)

const arrival: Arrival = {
  helloName: 'client.example',
  peerName: 'client.example',
  peerAddress: '192.0.2.1',
  hostName: 'mail.example',
  protocol: 'ESMTPS',
  queueId: '2F1',
  forwardPaths: ['bob@mail.example'],
  unixMs: 1_795_253_400_000,
}

describe('Received (RFC 5321 section 4.4)', () => {
  test('tells the client, the server, the protocol, the queue name and the recipient', () => {
    expect(timeStamp(arrival)).toBe(
      'from client.example (client.example [192.0.2.1])\r\n\tby mail.example with ESMTPS id 2F1\r\n' +
        '\tfor <bob@mail.example>;\r\n\tSat, 21 Nov 2026 09:30:00 +0000',
    )
  })

  test.each<[string, Partial<Arrival>, string]>([
    ['an address literal at HELO', { helloName: '[192.0.2.1]' }, 'from [192.0.2.1] (client.example [192.0.2.1])\r\n'],
    ['IPv6', { peerAddress: '2001:db8::1', helloName: '[IPv6:2001:db8::1]' }, 'client.example [IPv6:2001:db8::1])\r\n'],
    [
      'a peer without a name',
      { peerName: '192.0.2.1', peerAddress: '192.0.2.1' },
      'from client.example ([192.0.2.1])\r\n',
    ],
    ['HELO with no domain', { helloName: 'my_pc (home)' }, 'from [192.0.2.1] (client.example [192.0.2.1])\r\n'],
    ['HELO with a bracket', { helloName: '[nonsense]' }, 'from [192.0.2.1] (client.example [192.0.2.1])\r\n'],
  ])('%s', (_, change, part) => {
    const stamp = timeStamp({ ...arrival, ...change })
    expect(stamp).toContain(part)
    expect(stamp).toMatch(STAMP)
  })

  test('does not tell one of several recipients of the others', () => {
    const stamp = timeStamp({ ...arrival, forwardPaths: ['bob@mail.example', 'eve@mail.example'] })
    expect(stamp).not.toMatch(/\sfor\s|bob|eve/)
    expect(stamp).toMatch(STAMP)
  })

  const label = fc.stringMatching(/^[a-z0-9]([a-z0-9-]{0,20}[a-z0-9])?$/)
  const domain = fc.array(label, { minLength: 1, maxLength: 5 }).map((labels) => labels.join('.'))
  const anyArrival: fc.Arbitrary<Arrival> = fc.record({
    helloName: fc.oneof(
      domain,
      fc.string(),
      fc.ipV4().map((ip) => `[${ip}]`),
      fc.ipV6().map((ip) => `[IPv6:${ip}]`),
    ),
    peerName: fc.oneof(domain, fc.ipV4()),
    peerAddress: fc.oneof(fc.ipV4(), fc.ipV6()),
    hostName: domain,
    protocol: fc.constantFrom<SmtpTransport>('SMTP', 'ESMTP', 'ESMTPSA', 'UTF8SMTPS'),
    queueId: fc.stringMatching(/^[0-9A-F]{1,8}$/),
    forwardPaths: fc.array(
      domain.map((name) => `bob@${name}`),
      { minLength: 1, maxLength: 2 },
    ),
    unixMs: fc.integer({ min: 0, max: 4_000_000_000_000 }),
  })

  test('fits the grammar whatever name the client gives', () => {
    fc.assert(
      fc.property(anyArrival, (any) => {
        expect(timeStamp(any)).toMatch(STAMP)
      }),
    )
  })

  test('has lines within 78 characters wherever a single name allows it', () => {
    fc.assert(
      fc.property(anyArrival, (any) => {
        for (const line of `Received: ${timeStamp(any)}`.split('\r\n')) {
          const words = line.trim().split(' ').length
          // Only indivisible parts are longer: a clause of one name, or the brackets with name and address.
          if (line.length > 78) expect(words, line).toBeLessThanOrEqual(3)
        }
      }),
    )
  })

  test('writes an address beyond ASCII in UTF-8', () => {
    expect(timeStamp({ ...arrival, forwardPaths: ['jürgen@mail.example'] })).toContain(
      fromText('for <jürgen@mail.example>'),
    )
  })
})

describe('at the top of a message', () => {
  const message = octets(
    'Received: from a by b; x\r\nReturn-Path: <old@x>\r\nSubject: one\r\n\r\nReturn-Path: in the text\r\n',
  )

  test('Received goes first, and nothing else changes', () => {
    const stamped = stampReceived(message, arrival)
    expect(stamped.endsWith(message)).toBe(true)
    expect(stamped.slice(0, -message.length)).toBe(`Received: ${timeStamp(arrival)}\r\n`)
  })

  test.each([
    ['begins with an empty line', '\r\nonly a body\r\n'],
    ['has a header', 'Subject: one\r\n\r\nText.\r\n'],
    ['is empty', ''],
  ])('a message that %s is not changed', (_, text) => {
    expect(stampReceived(octets(text), arrival)).toBe(`Received: ${timeStamp(arrival)}\r\n${text}`)
  })

  test('at final delivery there is one Return-Path, the true one', () => {
    const kept = stampReturnPath(message, 'ann@here.test')
    expect(kept).toBe(
      'Return-Path: <ann@here.test>\r\nReceived: from a by b; x\r\nSubject: one\r\n\r\nReturn-Path: in the text\r\n',
    )
  })

  test('folded and oddly written ones go too', () => {
    const odd = octets('RETURN-PATH :\r\n <old@x>\r\nSubject: one\r\nreturn-path: <b@x>\r\n\tmore\r\n\r\nText.\r\n')
    expect(stampReturnPath(odd, '')).toBe('Return-Path: <>\r\nSubject: one\r\n\r\nText.\r\n')
  })

  test('hops are counted in the header alone', () => {
    expect(hopsOf(message)).toBe(1)
    expect(hopsOf(octets('received: a\r\nRECEIVED : b\r\nX-Received: c\r\n\r\nReceived: d\r\n') as Octets)).toBe(2)
  })
})
