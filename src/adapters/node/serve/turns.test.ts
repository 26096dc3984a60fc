import { describe, expect, it } from 'vitest'
import type { Octets } from '../../../base/octets'
import { MAX_WAITING, Turns } from './turns'

/** Turns on a clock that only work moves: an octet costs this many milliseconds. */
function worked(costOf: (name: string) => number = () => 0.01) {
  let now = 0
  const done: { readonly name: string; readonly octets: string; readonly at: number }[] = []
  const hungry: string[] = []
  const taker = {
    type: (name: string, octets: Octets) => {
      now += octets.length * costOf(name)
      done.push({ name, octets, at: now })
    },
    hungry: (name: string) => void hungry.push(name),
  }
  const clock = () => now
  const turns = new Turns(taker, clock, clock)
  const said = (name: string): string => done.flatMap((each) => (each.name === name ? [each.octets] : [])).join('')
  const round = (): Promise<void> => new Promise((resolve) => setImmediate(resolve))
  return { turns, done, hungry, said, round, now: () => now }
}

const flood = (length: number): Octets => 'NOOP\r\n'.repeat(length / 6).slice(0, length) as Octets

describe('the input of programs', () => {
  it('is worked off at once if nothing else waits', () => {
    const { turns, said } = worked()
    expect(turns.add('one', 'EHLO a\r\n' as Octets)).toBe(true)
    expect(said('one')).toBe('EHLO a\r\n')
  })

  it('of one that says a line does not wait for all that a hundred others have sent ahead', async () => {
    const { turns, done, now, round } = worked()
    for (let n = 0; n < 100; n++) turns.add(`flood ${n}`, flood(60_000))
    for (let times = 0; times < 20; times++) {
      if (times > 0) await round()
      const asked = now()
      turns.add('patient', 'a NOOP\r\n' as Octets)
      const answers = () => done.filter(({ name }) => name === 'patient')
      while (answers().length === times) await round()
      expect((answers().at(-1)?.at ?? 0) - asked).toBeLessThan(50)
    }
    expect(done.filter(({ name }) => name === 'patient')).toHaveLength(20)
  })

  it('is in its order, whole and unchanged, whatever the slices are', async () => {
    const { turns, said, round } = worked()
    const texts = ['a', 'b', 'c'].map((name) => [name, flood(50_000).replaceAll('N', name)] as const)
    for (let at = 0; at < 50_000; at += 7000)
      for (const [name, text] of texts) turns.add(name, text.slice(at, at + 7000) as Octets)
    for (let rounds = 0; rounds < 500; rounds++) await round()
    for (const [name, text] of texts) expect(said(name)).toBe(text)
  })

  it('costs each as much as the others: one with expensive commands gets fewer of them', async () => {
    const { turns, said, round } = worked((name) => (name === 'dear' ? 0.05 : 0.01))
    turns.add('cheap', flood(60_000))
    turns.add('dear', flood(60_000))
    for (let rounds = 0; rounds < 40; rounds++) await round()
    const ratio = said('cheap').length / said('dear').length
    expect(said('dear').length).toBeGreaterThan(0)
    expect(ratio).toBeGreaterThan(3)
    expect(ratio).toBeLessThan(8)
  })

  it('does not save up time by being silent', async () => {
    const { turns, said, round } = worked()
    turns.add('silent', 'x' as Octets)
    turns.add('busy', flood(60_000))
    for (let rounds = 0; rounds < 30; rounds++) await round()
    const before = said('busy').length
    turns.add('silent', flood(60_000))
    for (let rounds = 0; rounds < 10; rounds++) await round()
    expect(said('busy').length).toBeGreaterThan(before)
  })

  it('is refused above a bound, and wanted again when half of it is worked off', async () => {
    const { turns, hungry, said, round } = worked()
    expect(turns.add('much', flood(MAX_WAITING))).toBe(true)
    expect(turns.add('much', flood(60_000))).toBe(false)
    expect(hungry).toEqual([])
    for (let rounds = 0; rounds < 500 && hungry.length === 0; rounds++) await round()
    expect(hungry).toEqual(['much'])
    expect(MAX_WAITING + 60_000 - said('much').length).toBeLessThan(MAX_WAITING / 2)
  })

  it('comes before what is to be done after it', async () => {
    const { turns, said, round } = worked()
    const order: string[] = []
    turns.add('one', flood(60_000))
    turns.after('one', () => order.push(`hung up after ${said('one').length}`))
    for (let rounds = 0; rounds < 500 && order.length === 0; rounds++) await round()
    expect(order).toEqual(['hung up after 60000'])
  })

  it('is dropped where TLS begins, and what is to be done after it is not', async () => {
    const { turns, said, hungry, round } = worked()
    const order: string[] = []
    turns.add('one', flood(MAX_WAITING))
    expect(turns.add('one', flood(60_000))).toBe(false)
    turns.after('one', () => order.push('secured'))
    const before = said('one').length
    turns.drop('one')
    for (let rounds = 0; rounds < 20; rounds++) await round()
    expect(said('one').length).toBe(before)
    expect(order).toEqual(['secured'])
    // The stream in plaintext is not read from again.
    expect(hungry).toEqual([])
  })

  it('is forgotten with a program', async () => {
    const { turns, said, round } = worked()
    turns.add('one', flood(60_000))
    const before = said('one').length
    turns.forget('one')
    for (let rounds = 0; rounds < 20; rounds++) await round()
    expect(said('one').length).toBe(before)
  })
})
