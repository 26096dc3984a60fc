import { describe, expect, it } from 'vitest'
import { octets } from '../base/octets'
import { instant } from '../base/time'
import type { Fact, FactBody } from '../world/fact'
import { connectionsAt, linesSaid, transcriptOf } from './transcript'

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

describe('connectionsAt', () => {
  it('lists a connection from its opening on, with its state at the moment', () => {
    expect(connectionsAt(trace, instant(-1))).toEqual([])
    expect(connectionsAt(trace, instant(1))[0]).toMatchObject({ state: 'opening', sessions: { client: 's1' } })
    expect(connectionsAt(trace, instant(6))[0]).toMatchObject({
      state: 'open',
      sessions: { client: 's1', server: 's2' },
    })
    expect(connectionsAt(trace, instant(40))[0]?.state).toBe('closed')
  })

  it('takes the protocol of a typed dialogue from the server', () => {
    expect(connectionsAt(trace, instant(1))[0]).toMatchObject({ protocol: 'SMTP', typed: true })
  })

  it('says why a connection did not come about', () => {
    const failed = traceOf(
      [0, { type: 'connectionOpening', protocol: 'smtp.client', ...ends }],
      [9, { type: 'connectionFailed', why: 'refused', ...ends }],
    )
    expect(connectionsAt(failed, instant(8))[0]?.state).toBe('opening')
    expect(connectionsAt(failed, instant(9))[0]).toMatchObject({ state: 'refused', typed: false, protocol: 'SMTP' })
  })
})

describe('transcriptOf', () => {
  it('gives the lines up to the instant, one for each line end', () => {
    expect(transcriptOf(trace, 'c1', instant(5))).toEqual([])
    expect(transcriptOf(trace, 'c1', instant(20)).map((line) => line.octets)).toEqual(['220 mx-out ready', 'EHLO me'])
    const all = transcriptOf(trace, 'c1', instant(25))
    expect(all.map((line) => [line.speaker, line.octets, line.last])).toEqual([
      ['server', '220 mx-out ready', true],
      ['client', 'EHLO me', true],
      ['server', '250-mx-out', false],
      ['server', '250 HELP', true],
    ])
    expect(linesSaid(trace, 'c1', instant(25))).toBe(4)
  })

  it('takes the meaning of a typed line from its reader, and knows when it was read', () => {
    const line = transcriptOf(trace, 'c1', instant(20))[1]
    expect(line).toMatchObject({ means: { kind: 'command', name: 'EHLO' }, readAt: 25 })
    expect(transcriptOf(trace, 'c1', instant(25))[3]).not.toHaveProperty('readAt')
  })

  it('knows nothing of a connection that is not there', () => {
    expect(transcriptOf(trace, 'c9', instant(25))).toEqual([])
  })
})
