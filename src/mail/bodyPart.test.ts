import { describe, expect, it } from 'vitest'
import { octets } from '../base/octets'
import { pickFields } from './headerFields'
import { bodyPart, headerOf, parameterized, transferEncodingOf } from './mime'

describe('a field with parameters (RFC 2045 section 5.1)', () => {
  it.each([
    ['multipart/mixed; (c) boundary=x', 'multipart/mixed', ['boundary', 'x']],
    ['multipart/mixed; boundary (c) = x', 'multipart/mixed', ['boundary', 'x']],
    ['multipart/mixed (a; b); boundary=x', 'multipart/mixed', ['boundary', 'x']],
    ['text/plain (a (b; c=d) e); charset=utf-8', 'text/plain', ['charset', 'utf-8']],
    ['text/plain; (c) charset=utf-8', 'text/plain', ['charset', 'utf-8']],
    ['text/plain; charset (b) = utf-8', 'text/plain', ['charset', 'utf-8']],
    ['text/plain; charset=(c)utf-8', 'text/plain', ['charset', 'utf-8']],
    ['text/plain; charset=us-ascii (Plain text)', 'text/plain', ['charset', 'us-ascii']],
    ['text/plain; charset=us-ascii(Plain text)', 'text/plain', ['charset', 'us-ascii']],
    ['attachment; filename=(z)"a"', 'attachment', ['filename', 'a']],
    ['attachment; filename="a (1).txt" (the first)', 'attachment', ['filename', 'a (1).txt']],
    ['(inline (not)) attachment', 'attachment'],
  ] as const)('%j has comments', (field, value, ...parameters) => {
    expect(parameterized(field)).toEqual({ value, parameters })
  })

  it.each([
    ['text/plain; charset="utf-8', ['charset', 'utf-8']],
    ['text/plain; charset="utf-8 ', ['charset', 'utf-8']],
    ['text/plain; charset="utf-8; format=flowed', ['charset', 'utf-8'], ['format', 'flowed']],
    ['text/plain; name="my \\"letter\\".txt', ['name', 'my "letter".txt']],
    ['text/plain; name="', ['name', '']],
    ['text/plain; name="whole" ; charset="utf-8', ['name', 'whole'], ['charset', 'utf-8']],
  ] as const)('%j lacks a closing quotation mark', (field, ...parameters) => {
    expect(parameterized(field).parameters).toEqual(parameters)
  })

  it.each(['base64 (of course)', '(of (course)) base64', 'base64', 'base64(x)'])(
    'has the transfer encoding %j',
    (field) => {
      expect(transferEncodingOf(bodyPart(octets(`Content-Transfer-Encoding: ${field}\r\n\r\n`)))).toBe('base64')
    },
  )
})

describe('a multipart (RFC 2046 section 5.1.1)', () => {
  const multipart = (type: string, body: string) => bodyPart(octets(`Content-Type: ${type}\r\n\r\n${body}`))
  const bodies = (type: string, body: string) => multipart(type, body).parts.map((part) => part.body)
  const MIXED = 'multipart/mixed; boundary=x'

  it.each([
    ['--x\r\n\r\na\r\n--x\r\n', ['a', '']],
    ['--x\r\n\r\na\r\n--x', ['a', '']],
    ['--x\r\n\r\na\r\n--x--\r\n', ['a']],
    ['--x\r\n\r\na\r\n--x\r\n--x--\r\n', ['a', '']],
    ['--x\r\n', ['']],
    ['--x', ['']],
    ['--x\n\na\n--x\n', ['a', '']],
  ])('%j has the parts %j', (body, parts) => {
    expect(bodies(MIXED, body)).toEqual(parts)
  })

  it.each(['multipart/mixed; boundary="x', 'multipart/mixed; (c) boundary=x', 'multipart/mixed (a; b); boundary=x'])(
    'is recognized by the type %j',
    (type) => {
      expect(bodies(type, '--x\r\n\r\none\r\n--x\r\n\r\ntwo\r\n--x--\r\n')).toEqual(['one', 'two'])
    },
  )

  it.each([
    ['multipart/mixed', '--x\r\n\r\nHello.\r\n--x--\r\n'],
    ['multipart/mixed; boundary=""', '--\r\n\r\nHello.\r\n----\r\n'],
    ['multipart/mixed; boundary=y', '--x\r\n\r\nHello.\r\n--x--\r\n'],
    [MIXED, '--x--\r\n'],
    [MIXED, ''],
  ])('of the type %s without a part in %j is plain text', (type, body) => {
    expect(multipart(type, body)).toMatchObject({
      type: 'text',
      subtype: 'plain',
      parameters: [['charset', 'us-ascii']],
      parts: [],
      body,
    })
  })

  it('has at most 1000 parts, closed or not', () => {
    const parts = (count: number) => Array.from({ length: count }, (_, at) => `--x\r\n\r\n${at}\r\n`).join('')
    const expected = Array.from({ length: 1000 }, (_, at) => `${at}`)
    expect(bodies(MIXED, `${parts(1000)}--x--\r\n`)).toEqual(expected)
    expect(bodies(MIXED, `${parts(1002)}--x--\r\n`)).toEqual(expected)
    expect(bodies(MIXED, parts(1001))).toEqual(expected)
  })
})

describe('some fields of a header (RFC 9051 section 6.4.5.1)', () => {
  it.each([
    ['Subject: x\r\n\r\nbody\r\n', 'Subject: x\r\n\r\n', '\r\n'],
    ['Subject: x\r\n\r\n', 'Subject: x\r\n\r\n', '\r\n'],
    ['Subject: x\r\n', 'Subject: x\r\n', ''],
    ['Subject: x', 'Subject: x', ''],
    ['Subject: x\n\nbody\n', 'Subject: x\n\n', '\n'],
    ['Subject: x\r\n\nbody\n', 'Subject: x\r\n\n', '\n'],
    ['\r\nSubject: x\r\n', '\r\n', '\r\n'],
    ['', '', ''],
  ])('of %j have the empty line of the message, where it has one', (message, subject, others) => {
    const header = headerOf(octets(message))
    expect(pickFields(header, ['subject'], false)).toBe(subject)
    expect(pickFields(header, ['From'], true)).toBe(subject)
    expect(pickFields(header, ['Subject'], true)).toBe(others)
    expect(pickFields(header, ['From'], false)).toBe(others)
  })

  it('return the whole header if no name is excluded', () => {
    const header = octets('Received: a\r\n\tb\r\nX-Y : z\r\nFrom: c\r\n d\r\n\r\n')
    expect(pickFields(header, ['To'], true)).toBe(header)
    expect(pickFields(header, ['from', 'RECEIVED'], true)).toBe('X-Y : z\r\n\r\n')
    expect(pickFields(header, ['x-y'], false)).toBe('X-Y : z\r\n\r\n')
  })
})
