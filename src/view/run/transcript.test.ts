import { describe, expect, it } from 'vitest'
import { octets } from '../../base/octets'
import { instant } from '../../base/time'
import type { Meaning } from '../../session/session'
import type { Fact, FactBody } from '../../world/fact'
import { historyOf } from '../testing/historyOf'
import { seenOf } from '../testing/seenOf'
import { connectionsIn } from './connections'
import { awaitsData, transcriptOf } from './transcript'

const ends = { connection: 'c1', client: 'alice-laptop', server: 'mx-out', port: 587 }

function traceOf(...bodies: readonly (readonly [number, FactBody])[]): readonly Fact[] {
  return bodies.map(([at, body], order) => ({ at: instant(at), order, ...body }))
}

const said = (
  type: 'sent' | 'read',
  host: string,
  text: string,
  kind: 'line' | 'command' | 'reply',
  name: string,
  start = 0,
): FactBody => ({
  type,
  session: host === 'mx-out' ? 's2' : 's1',
  host,
  octets: octets(text),
  means: { kind, name },
  connection: 'c1',
  start,
  end: start + text.length,
})

const greeting = '220 mx-out ready\r\n'
const reply = '250-mx-out\r\n250 HELP\r\n'
const trace = traceOf(
  [0, { type: 'connectionOpening', protocol: 'text.client', ...ends }],
  [0, { type: 'sessionStarted', session: 's1', host: 'alice-laptop', protocol: 'text.client', connection: 'c1' }],
  [5, { type: 'sessionStarted', session: 's2', host: 'mx-out', protocol: 'smtp.server', connection: 'c1' }],
  [5, { type: 'connectionOpened', protocol: 'text.client', ...ends }],
  [6, said('sent', 'mx-out', greeting, 'reply', '220')],
  [11, said('read', 'alice-laptop', greeting, 'line', 'line')],
  [20, said('sent', 'alice-laptop', 'EHLO me\r\n', 'line', 'line')],
  [25, said('read', 'mx-out', 'EHLO me\r\n', 'command', 'EHLO')],
  [25, said('sent', 'mx-out', reply, 'reply', '250', greeting.length)],
  [40, { type: 'connectionClosed', ...ends }],
)

describe('connectionsIn', () => {
  it('lists a connection from its opening on, with its state at the moment', () => {
    expect(connectionsIn(seenOf(trace, -1).connections)).toEqual([])
    expect(connectionsIn(seenOf(trace, 1).connections)[0]).toMatchObject({
      state: 'opening',
      sessions: { client: 's1' },
    })
    expect(connectionsIn(seenOf(trace, 6).connections)[0]).toMatchObject({
      state: 'open',
      sessions: { client: 's1', server: 's2' },
    })
    expect(connectionsIn(seenOf(trace, 40).connections)[0]?.state).toBe('closed')
  })

  it('takes the protocol of a typed dialogue from the server', () => {
    const typed = (t: number) => connectionsIn(seenOf(trace, t).connections)[0]
    expect(typed(1)).toMatchObject({ protocol: 'TEXT', typed: true })
    expect(typed(5)).toMatchObject({ protocol: 'SMTP', typed: true })
  })

  it('says why a connection was not made', () => {
    const failed = traceOf(
      [0, { type: 'connectionOpening', protocol: 'smtp.client', ...ends }],
      [9, { type: 'connectionFailed', why: 'refused', host: ends.client, ...ends }],
    )
    expect(connectionsIn(seenOf(failed, 8).connections)[0]?.state).toBe('opening')
    expect(connectionsIn(seenOf(failed, 9).connections)[0]).toMatchObject({
      state: 'refused',
      typed: false,
      protocol: 'SMTP',
    })
  })
})

describe('transcriptOf', () => {
  it('has the lines up to the instant, one for each line end', () => {
    expect(transcriptOf(historyOf(trace), 'c1', instant(5))).toEqual([])
    expect(transcriptOf(historyOf(trace), 'c1', instant(20)).map((line) => line.octets)).toEqual([
      '220 mx-out ready',
      'EHLO me',
    ])
    const all = transcriptOf(historyOf(trace), 'c1', instant(25))
    expect(all.map((line) => [line.speaker, line.octets, line.last])).toEqual([
      ['server', '220 mx-out ready', true],
      ['client', 'EHLO me', true],
      ['server', '250-mx-out', false],
      ['server', '250 HELP', true],
    ])
  })

  it('takes the meaning of a typed line from its reader, with the instant of the reading', () => {
    const line = transcriptOf(historyOf(trace), 'c1', instant(20))[1]
    expect(line).toMatchObject({ means: { kind: 'command', name: 'EHLO' }, readAt: 25 })
    expect(transcriptOf(historyOf(trace), 'c1', instant(25))[3]).not.toHaveProperty('readAt')
  })

  it('tells which lines an end throws away, since TLS has begun at one end only, and since when', () => {
    const discarded = (host: string, text: string, why: 'plaintext' | 'encrypted'): FactBody => ({
      type: 'octetsDiscarded',
      connection: 'c1',
      host,
      octets: octets(text),
      why,
    })
    const deaf = traceOf(
      [0, { type: 'connectionOpening', protocol: 'text.client', ...ends }],
      [0, { type: 'sessionStarted', session: 's1', host: 'alice-laptop', protocol: 'text.client', connection: 'c1' }],
      [5, { type: 'sessionStarted', session: 's2', host: 'mx-out', protocol: 'smtp.server', connection: 'c1' }],
      [5, { type: 'connectionOpened', protocol: 'text.client', ...ends }],
      [6, said('sent', 'mx-out', greeting, 'reply', '220')],
      [11, discarded('alice-laptop', greeting, 'encrypted')],
      [20, said('sent', 'alice-laptop', 'EHLO me\r\n', 'line', 'line')],
      [21, said('sent', 'alice-laptop', 'HELP\r\n', 'line', 'line', 'EHLO me\r\n'.length)],
      [25, discarded('mx-out', 'EHLO me\r\n', 'plaintext')],
    )
    const lines = transcriptOf(historyOf(deaf), 'c1', instant(40))
    expect(lines.map(({ octets, unread }) => [octets, unread])).toEqual([
      ['220 mx-out ready', { at: 11, why: 'encrypted' }],
      ['EHLO me', { at: 25, why: 'plaintext' }],
      ['HELP', undefined],
    ])
    expect(transcriptOf(historyOf(trace), 'c1', instant(40)).some((line) => 'unread' in line)).toBe(false)
  })

  it('is empty for a connection that does not exist', () => {
    expect(transcriptOf(historyOf(trace), 'c9', instant(25))).toEqual([])
  })
})

describe('data', () => {
  const begin: readonly (readonly [number, FactBody])[] = [
    [0, { type: 'connectionOpening', protocol: 'text.client', ...ends }],
    [0, { type: 'sessionStarted', session: 's1', host: 'alice-laptop', protocol: 'text.client', connection: 'c1' }],
    [5, { type: 'sessionStarted', session: 's2', host: 'mx-out', protocol: 'smtp.server', connection: 'c1' }],
  ]
  const spoken = (
    type: 'sent' | 'read',
    host: string,
    text: string,
    kind: Meaning['kind'],
    name: string,
    start: number,
  ): FactBody => ({ ...said(type, host, text, 'line', name, start), means: { kind, name } }) as FactBody
  const plain = (trace: readonly Fact[]) =>
    transcriptOf(historyOf(trace), 'c1', instant(99))
      .filter((line) => line.data)
      .map((line) => line.octets)
  const commands = (trace: readonly Fact[]) =>
    transcriptOf(historyOf(trace), 'c1', instant(99))
      .filter((line) => line.command)
      .map((line) => line.octets)

  const data: readonly (readonly [number, FactBody])[] = [
    ...begin,
    [10, spoken('sent', 'alice-laptop', 'DATA\r\n', 'line', 'DATA', 0)],
    [15, spoken('read', 'mx-out', 'DATA\r\n', 'command', 'DATA', 0)],
    [15, spoken('sent', 'mx-out', '354 go on\r\n', 'reply', '354', 0)],
    [20, spoken('sent', 'alice-laptop', 'Subject: hi\r\n', 'line', 'SUBJECT:', 6)],
    [21, spoken('sent', 'alice-laptop', 'the plum tree\r\n', 'line', 'THE', 19)],
  ]

  it('is every line of a letter, even before its end is typed', () => {
    expect(plain(traceOf(...data))).toEqual(['Subject: hi', 'the plum tree'])
    expect(commands(traceOf(...data))).toEqual(['DATA'])
    expect([14, 15, 21].map((t) => awaitsData(historyOf(traceOf(...data)), 'c1', instant(t)))).toEqual([
      false,
      true,
      true,
    ])
  })

  it('ends with the dot, whether or not it has been read', () => {
    const ended = [...data, [22, spoken('sent', 'alice-laptop', '.\r\nQUIT\r\n', 'line', '.', 34)] as const]
    expect(commands(traceOf(...ended))).toEqual(['DATA', 'QUIT'])
    expect(awaitsData(historyOf(traceOf(...ended)), 'c1', instant(22))).toBe(false)
    const message = 'Subject: hi\r\nthe plum tree\r\n.\r\n'
    const read = [...ended, [27, spoken('read', 'mx-out', message, 'mailData', 'mail data', 6)] as const]
    expect(commands(traceOf(...read))).toEqual(['DATA', 'QUIT'])
    expect(plain(traceOf(...read))).toEqual(['Subject: hi', 'the plum tree', '.'])
    const pieces = transcriptOf(historyOf(traceOf(...read)), 'c1', instant(27)).filter(({ piece }) => piece)
    expect(pieces.map((line) => String(line.octets))).toEqual(['Subject: hi', 'the plum tree', '.'])
  })

  it('is a typed literal up to its last octet', () => {
    const append = 'a1 APPEND INBOX {9}\r\n'
    const literal = [
      ...begin,
      [10, spoken('sent', 'alice-laptop', append, 'line', 'A1', 0)],
      [15, spoken('read', 'mx-out', append, 'command', 'APPEND', 0)],
      [15, spoken('sent', 'mx-out', '+ go on\r\n', 'continuation', '+', 0)],
      [20, spoken('sent', 'alice-laptop', 'A: b\r\n', 'line', 'A:', 21)],
    ] as const
    expect(plain(traceOf(...literal))).toEqual(['A: b'])
    expect(awaitsData(historyOf(traceOf(...literal)), 'c1', instant(20))).toBe(true)
    const whole = [
      ...literal,
      [21, spoken('sent', 'alice-laptop', 'abc\r\n', 'line', 'ABC', 27)],
      [26, spoken('read', 'mx-out', 'A: b\r\nabc', 'literal', '', 21)],
      [26, spoken('read', 'mx-out', '\r\n', 'command', 'APPEND', 30)],
    ] as const
    expect(plain(traceOf(...whole))).toEqual(['A: b', 'abc'])
    expect(commands(traceOf(...whole))).toEqual(['a1 APPEND INBOX {9}'])
  })

  it('is a literal in a response, but not the text around it', () => {
    const fetched = '* 1 FETCH (BODY[] {13}\r\nSubject: hi\r\n)\r\n'
    expect(plain(traceOf(...begin, [10, spoken('sent', 'mx-out', fetched, 'response', 'FETCH', 0)]))).toEqual([
      'Subject: hi',
    ])
  })

  it('is not the reply to a password prompt, which is no command either', () => {
    const asked = [
      ...begin,
      [10, spoken('sent', 'alice-laptop', 'AGJvYgB4\r\n', 'line', 'AGJVYGB4', 0)],
      [15, spoken('read', 'mx-out', 'AGJvYgB4\r\n', 'line', '', 0)],
    ] as const
    expect(plain(traceOf(...asked))).toEqual([])
    expect(commands(traceOf(...asked))).toEqual([])
  })
})
