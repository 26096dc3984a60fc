import { describe, expect, it } from 'vitest'
import { box, calls, datagrams, deliveredAt, facts, reasons, timelineOf } from './played'

/** The way of a letter in the shared runs: who is asked, which exchanger is called, and what a zone can do. */

/** The servers that Alice's server calls, in order. */
const called = (id: string): readonly string[] =>
  calls(id).flatMap((call) => /^mx-out\.paper\.example (.*):25$/.exec(call)?.[1] ?? [])

/** Milliseconds from the letter's place in the queue to its return. */
function bouncedAfter(id: string): number {
  const [queued] = facts(id, 'messageQueued')
  const [bounced] = facts(id, 'messageBounced')
  return (bounced?.at ?? Number.NaN) - (queued?.at ?? 0)
}

describe('the resolver', () => {
  it('remembers: the second letter needs four datagrams, the first twelve', () => {
    const count = (from: number, to: number): number =>
      datagrams('two-letters').filter(({ at }) => at >= from && at < to).length
    expect(count(0, 10_000)).toBe(12)
    expect(count(20_000, 30_000)).toBe(4)
    const hosts = new Set(datagrams('two-letters').flatMap(({ at, host }) => (at > 20_000 ? [host] : [])))
    expect([...hosts].sort()).toEqual(['mx-out.paper.example', 'resolver'])
  })

  it('remembers an answer as long as its TTL says, also when the zone is another meanwhile', () =>
    expect(called('old-answer-remembered')).toEqual(['mx.bird.example', 'mx.bird.example', 'store.bird.example']))

  it('remembers that a name is not there, for as long as the zone’s SOA says', () => {
    expect(facts('absence-remembered', 'messageBounced')).toHaveLength(2)
    expect(deliveredAt('absence-remembered')).toHaveLength(1)
    expect(deliveredAt('absence-remembered')[0]).toBeGreaterThan(320_000)
  })

  it('that is sent to the wrong name server makes the letter wait', () => {
    expect(reasons('wrong-glue', 'messageDeferred')).toEqual([
      expect.stringMatching(/4\.4\.3 .*bird\.example gave no usable answer/),
    ])
    expect(facts('wrong-glue', 'messageBounced')).toEqual([])
  })
})

describe('the exchanger with the lower number is called first', () => {
  it('even if it stands second', () => expect(called('lower-number-first')).toEqual(['store.bird.example']))

  it('and if it is dark, the other in the same try, a minute later', () => {
    expect(deliveredAt('second-exchanger')).toEqual([expect.closeTo(64_500, -3)])
    expect(facts('second-exchanger', 'messageDeferred')).toEqual([])
    expect(called('second-exchanger')).toEqual(['store.bird.example'])
  })

  it('and if it refuses, the other at once', () => {
    expect(facts('first-exchanger-refuses', 'connectionFailed')).toMatchObject([
      { server: 'bob-phone', why: 'refused' },
    ])
    expect(called('first-exchanger-refuses')).toEqual(['mx.bird.example'])
    expect(deliveredAt('first-exchanger-refuses')[0]).toBeLessThan(3000)
  })

  it('and of two equals now the one, now the other, one copy each', () => {
    expect(new Set(called('equal-exchangers'))).toEqual(new Set(['mx.bird.example', 'store.bird.example']))
    expect(box('equal-exchangers')).toHaveLength(10)
  })
})

describe('a domain', () => {
  it('without MX is called by its own address; without an address too, the letter comes back', () => {
    expect(called('no-mx')).toEqual(['mx.bird.example'])
    expect(deliveredAt('no-mx')).toHaveLength(1)
    expect(reasons('no-mx-no-address', 'messageBounced')).toEqual([
      expect.stringMatching(/5\.4\.4 bird\.example has no address/),
    ])
  })

  it('with a null MX takes no mail, though its machine is up and has an address', () => {
    expect(reasons('null-mx', 'messageBounced')).toEqual([expect.stringMatching(/5\.1\.10 .*null MX/)])
    expect(bouncedAfter('null-mx')).toBeLessThan(300)
    expect(called('null-mx')).toEqual([])
  })

  it.each([
    ['mx-without-address', '5.4.4 mx.bird.example has no address'],
    ['mx-is-an-address', '5.4.4 203.0.113.25 has no address'],
    ['mx-without-its-dot', '5.4.4 mx.bird.example.bird.example has no address'],
    ['mx-is-the-sender', '5.4.6 the best mail exchanger of bird.example is this server itself'],
  ])('with an MX that leads nowhere is told so in the notice: %s', (id, reason) =>
    expect(reasons(id, 'messageBounced')).toEqual([expect.stringContaining(reason)]),
  )

  it('with an alias for its MX gets its letter, though the standard forbids it', () =>
    expect(deliveredAt('mx-is-an-alias')).toHaveLength(1))

  it('with a slip in its new zone keeps the old one', () => {
    const [refused] = facts('zone-with-a-slip', 'zoneRefused')
    expect(JSON.stringify(refused)).toMatch(/"line":4/)
    expect(facts('zone-with-a-slip', 'zoneChanged')).toEqual([])
    expect(deliveredAt('zone-with-a-slip')).toHaveLength(1)
    expect(timelineOf('zone-with-a-slip').busy).toBe(false)
  })
})
