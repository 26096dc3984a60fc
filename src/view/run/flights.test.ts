import { describe, expect, it } from 'vitest'
import { octets } from '../../base/octets'
import { instant } from '../../base/time'
import type { Fact, FactBody } from '../../world/fact'
import { historyOf } from '../testing/historyOf'
import type { Flight } from './flight'

/** A run in which `a` speaks to `b`; each fact with its instant. */
function runOf(...bodies: readonly (readonly [number, FactBody])[]): readonly Fact[] {
  const ends = { connection: 'c1', client: 'a', server: 'b', port: 25 }
  const begin = [0, { type: 'connectionOpening', protocol: 'smtp.client', ...ends }] as const
  return [begin, ...bodies].map(([at, body], order) => ({ at: instant(at), order, ...body }))
}

/** Octets `start` to `end` of what `a` says. */
const said = (start: number, end: number): FactBody => ({
  type: 'sent',
  session: 's1',
  host: 'a',
  octets: octets('x'.repeat(end - start)),
  means: { kind: 'command', name: 'X' },
  connection: 'c1',
  start,
  end,
})

const segment = (id: number, start: number, end: number, arrivesAt: number): FactBody => ({
  type: 'packetSent',
  link: 'a--b',
  arrivesAt: instant(arrivesAt),
  packet: {
    kind: 'segment',
    id,
    from: 'a',
    to: 'b',
    source: { address: '192.0.2.1', port: 50_000 },
    destination: { address: '192.0.2.2', port: 25 },
    connection: 'c1',
    sequence: 0,
    acknowledgement: 0,
    flags: { ack: true },
    window: 1000,
    payload: octets('x'.repeat(end - start)),
    offset: start,
  },
})

const lost = (packet: number): FactBody => ({ type: 'packetLost', packet, link: 'a--b', why: 'loss' })

const linesOf = (trace: readonly Fact[]): readonly Flight[] =>
  [...historyOf(trace).flights.lines].map(({ flight }) => flight)
const arrivals = (trace: readonly Fact[]) => linesOf(trace).map(({ arrives, arrived }) => [arrives, arrived])

describe('a line', () => {
  it('arrives with the segment that carries its last octet', () => {
    const run = [
      [0, said(0, 25)],
      [0, segment(1, 0, 20, 5)],
      [0, segment(2, 20, 25, 7)],
    ] as const
    expect(arrivals(runOf(run[0]))).toEqual([[0, false]])
    expect(arrivals(runOf(run[0], run[1]))).toEqual([[0, false]])
    expect(arrivals(runOf(...run))).toEqual([[7, true]])
  })

  it('is lost with that segment, until the segment is sent again', () => {
    const run = [
      [0, said(0, 10)],
      [0, segment(1, 0, 10, 5)],
      [2, said(10, 20)],
      [2, segment(2, 10, 20, 7)],
      [3, lost(1)],
      [30, segment(3, 0, 10, 40)],
    ] as const
    expect(arrivals(runOf(...run.slice(0, 5)))).toEqual([
      [5, false],
      [7, true],
    ])
    expect(arrivals(runOf(...run))).toEqual([
      [40, true],
      [7, true],
    ])
  })

  it('arrives with the first of two segments that carry it', () => {
    const run = runOf([0, said(0, 10)], [0, segment(1, 0, 10, 50)], [10, segment(2, 0, 10, 20)])
    expect(arrivals(run)).toEqual([[20, true]])
  })

  it('is best shown half-way, and lines that leave together take turns', () => {
    const run = runOf([0, said(0, 10)], [0, said(10, 20)], [0, segment(1, 0, 20, 10)])
    const { lines } = historyOf(run).flights
    expect([...lines].map(({ from, at }) => [from, at])).toEqual([
      [0, 5],
      [5.05, 5.2],
    ])
  })

  it('that is lost at first is looked at when it is said, and does not keep later lines waiting', () => {
    const run = runOf(
      [0, said(0, 10)],
      [0, segment(1, 0, 10, 10)],
      [1, lost(1)],
      [200, said(10, 20)],
      [200, segment(2, 10, 20, 210)],
      [1000, segment(3, 0, 10, 1010)],
    )
    const { lines } = historyOf(run).flights
    expect([...lines].map(({ from, at, flight }) => [from, at, flight.arrives])).toEqual([
      [0, 5, 1010],
      [200, 205, 210],
    ])
  })
})
