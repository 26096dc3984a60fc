import { describe, expect, it } from 'vitest'
import twoTowns from '../../../lessons/scenarios/two-towns.json'
import { octets } from '../../base/octets'
import { instant, minutes } from '../../base/time'
import { catalogue } from '../../hosts/catalogue'
import { bundledScenario } from '../../world/bundledScenario'
import type { Fact, FactBody } from '../../world/fact'
import { startTimeline } from '../../world/timeline'
import '../gloss/known'
import { seenOf } from '../testing/seenOf'
import { viewOf } from './runView'
import { answeredAt, nextTerminal, terminalIn, terminalNamed, terminalOn, terminalsIn } from './terminal'

const host = 'alice-laptop'
const ends = { connection: 'c1', client: host, server: 'mx.bird.example', port: 25 }

function traceOf(...bodies: readonly (readonly [number, FactBody])[]): readonly Fact[] {
  return bodies.map(([at, body], order) => ({ at: instant(at), order, ...body }))
}

const connected = (at: number, to = 'mx.bird.example'): FactBody => ({
  type: 'intervened',
  intervention: { at: instant(at), type: 'connected', host, terminal: 'terminal-1', to, port: 25 },
})
const said = (type: 'sent' | 'read', by: string, start: number): FactBody => ({
  type,
  session: 's',
  host: by,
  octets: octets('220 hi\r\n'),
  means: { kind: 'line', name: '220' },
  connection: 'c1',
  start,
  end: start + 8,
})
const lookup = (outcome: string, name = 'mx.bird.example.'): FactBody => ({
  type: 'lookupEnded',
  host,
  name,
  rrType: 'A',
  outcome,
  fromCache: false,
})

const trace = traceOf(
  [10, connected(10)],
  [12, lookup('answered')],
  [12, { type: 'connectionOpening', protocol: 'text.client', ...ends }],
  [20, { type: 'connectionOpened', protocol: 'text.client', ...ends }],
  [21, said('sent', 'mx.bird.example', 0)],
  [29, said('read', host, 0)],
  [31, said('read', host, 8)],
  [9_000, { type: 'connectionClosed', ...ends }],
)

describe('several text connections', () => {
  const asks = (on: string, terminal: string, to: string, port = 143): FactBody => ({
    type: 'intervened',
    intervention: { at: instant(1), type: 'connected', host: on, terminal, to, port },
  })
  const opening = (connection: string, client: string, server: string, port = 143): FactBody => ({
    type: 'connectionOpening',
    protocol: 'text.client',
    connection,
    client,
    server,
    port,
  })
  const connections = (facts: readonly Fact[], t: number) =>
    seenOf(facts, t).terminals.recent.map(({ id, connection }) => [id, connection])

  it('stand side by side, from one host and from several', () => {
    const facts = traceOf(
      [1, asks('bob-phone', 'a', 'store.bird.example')],
      [2, opening('c1', 'bob-phone', 'store.bird.example')],
      [3, asks('bob-laptop', 'b', 'store.bird.example', 110)],
      [4, opening('c2', 'bob-laptop', 'store.bird.example', 110)],
      [5, asks('bob-phone', 'c', 'store.bird.example')],
      [6, opening('c3', 'bob-phone', 'store.bird.example')],
    )
    expect(connections(facts, 6)).toEqual([
      ['a', 'c1'],
      ['b', 'c2'],
      ['c', 'c3'],
    ])
    expect(terminalsIn(seenOf(facts, 6)).map(({ host: at, phase }) => [at, phase])).toEqual([
      ['bob-phone', 'opening'],
      ['bob-laptop', 'opening'],
      ['bob-phone', 'opening'],
    ])
    expect(terminalOn(seenOf(facts, 6), 'c2')?.id).toBe('b')
  })

  it('get the connection that each asked for, although the second is found first', () => {
    const facts = traceOf(
      [1, asks(host, 'a', 'mx.bird.example', 25)],
      [1, asks(host, 'b', 'mx.paper.example', 25)],
      [2, opening('c1', host, 'mx.paper.example', 25)],
      [3, opening('c2', host, 'mx.bird.example', 25)],
    )
    expect(connections(facts, 3)).toEqual([
      ['a', 'c2'],
      ['b', 'c1'],
    ])
  })

  it('know which one was used last', () => {
    const typed: FactBody = {
      type: 'intervened',
      intervention: { at: instant(3), type: 'typed', host, terminal: 'a', octets: octets('NOOP\r\n') },
    }
    const facts = traceOf([1, asks(host, 'a', 'x', 25)], [2, asks(host, 'b', 'y', 25)], [3, typed])
    expect([0, 1, 2, 3].map((t) => seenOf(facts, t).terminals.last)).toEqual([undefined, 'a', 'b', 'a'])
  })
})

describe('terminalIn', () => {
  it('follows a connection from the lookup to its end, and back', () => {
    const phases = [5, 10, 12, 20, 9_000, 12].map((t) => terminalIn(seenOf(trace, t), host)?.phase)
    expect(phases).toEqual([undefined, 'lookingUp', 'opening', 'open', 'ended', 'opening'])
    expect(terminalIn(seenOf(trace, 20), host)).toMatchObject({ id: 'terminal-1', to: 'mx.bird.example', port: 25 })
  })

  it('says in a sentence why there is no connection', () => {
    const unknown = traceOf([0, connected(0, 'mx.brid.example')], [5, lookup('nxdomain', 'mx.brid.example.')])
    expect(terminalIn(seenOf(unknown, 5), host)).toMatchObject({
      phase: 'ended',
      why: 'There is no such name as mx.brid.example (NXDOMAIN): check how it is spelled.',
    })
    const bare = traceOf([0, connected(0, 'bird.example')], [5, lookup('nodata', 'bird.example.')])
    expect(terminalIn(seenOf(bare, 5), host)?.why).toBe(
      'The name bird.example exists but has no address (NODATA): mail for it may go elsewhere, see its MX.',
    )
    const refused = traceOf(
      [0, connected(0)],
      [0, { type: 'connectionOpening', protocol: 'text.client', ...ends }],
      [9, { type: 'connectionFailed', why: 'refused', host, ...ends }],
    )
    expect(terminalIn(seenOf(refused, 9), host)?.why).toContain('nothing listens on port 25')
  })

  it('ignores a lookup or a connection of another program', () => {
    const busy = traceOf(
      [0, connected(0)],
      [1, lookup('nxdomain', 'elsewhere.example.')],
      [2, { type: 'connectionOpening', protocol: 'imap.client', ...ends, connection: 'c9' }],
    )
    expect(terminalIn(seenOf(busy, 3), host)?.phase).toBe('lookingUp')
  })

  it('is over after hanging up, even if there was no answer', () => {
    const given: FactBody = {
      type: 'intervened',
      intervention: { at: instant(30), type: 'hungUp', host, terminal: 'terminal-1' },
    }
    const silent = traceOf(
      [0, connected(0)],
      [1, { type: 'connectionOpening', protocol: 'text.client', ...ends }],
      [30, given],
    )
    expect(terminalIn(seenOf(silent, 29), host)?.phase).toBe('opening')
    expect(terminalIn(seenOf(silent, 30), host)).toMatchObject({ phase: 'ended', why: 'You hung up.' })
  })

  it('numbers the next terminal', () => {
    expect(nextTerminal(seenOf(trace, 5))).toBe('terminal-1')
    expect(nextTerminal(seenOf(trace, 50))).toBe('terminal-2')
  })
})

describe('answeredAt', () => {
  it('is the instant at which the last octet of the reply has arrived', () => {
    expect(answeredAt(trace, host, instant(10))).toBe(31)
  })
  it('is the instant at which the far end has read the line, if there is no reply', () => {
    const data = traceOf([0, said('sent', host, 0)], [8, said('read', 'mx.bird.example', 0)])
    expect(answeredAt(data, host, instant(0), 'c1')).toBe(8)
  })
  it('does not wait for octets that come much later', () => {
    const idle = traceOf([0, said('read', host, 0)], [9, said('read', host, 8)], [15_000, said('read', host, 16)])
    expect(answeredAt(idle, host, instant(0), 'c1')).toBe(9)
  })
  it('is now if nothing comes', () => {
    expect(answeredAt([], host, instant(7), 'c1')).toBe(7)
  })
})

it('a terminal says who has closed its connection, such as a POP3 server after ten silent minutes', () => {
  const world = bundledScenario(twoTowns)
  const at = (t: number) => instant(minutes(t))
  const run = startTimeline(world, catalogue, {
    interventions: [
      { type: 'connected', host, terminal: 't1', to: 'store.bird.example', port: 110, at: at(1) },
      { type: 'typed', host, terminal: 't1', octets: octets('CAPA\r\n'), at: at(2) },
      { type: 'waited', at: at(13) },
    ],
  })
  const terminal = (t: number) => terminalNamed(viewOf(run).at(at(t)), 't1')
  expect(terminal(11)).toMatchObject({ phase: 'open' })
  expect(terminal(13)).toMatchObject({ phase: 'ended', why: 'store.bird.example has closed the connection.' })
})
