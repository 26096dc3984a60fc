import { afterEach, expect, it, vi } from 'vitest'
import { Vector } from '../src/view/run/vector'
import type { Timeline } from '../src/world/timeline'
import { oneMoreLine, pictureOf, runOfFacts } from './bench/view'

/**
 * The work of a picture after one more line, counted and not timed: looks at facts of the trace, and at items of the lists in which
 * the past of the run is kept.
 */

afterEach(() => vi.restoreAllMocks())

/** The run with a trace that counts the looks at its facts. */
function watched(run: Timeline): { readonly run: Timeline; readonly looks: () => number } {
  let looks = 0
  const trace = new Proxy(run.trace, {
    get(facts, key, self) {
      if (typeof key === 'string' && /^\d+$/.test(key)) looks++
      return Reflect.get(facts, key, self) as unknown
    },
  })
  return { run: { ...run, trace }, looks: () => looks }
}

/** Looks that some more lines cost, each with a picture: the most of any line, as a few more are due where a snapshot is kept. */
function costOf(start: Timeline): { readonly facts: number; readonly items: number } {
  let run = start
  let [facts, items] = [0, 0]
  pictureOf(run)
  for (let line = 0; line < 30; line++) {
    run = oneMoreLine(run)
    const { run: seen, looks } = watched(run)
    const { get, from } = Vector.prototype
    let read = 0
    vi.spyOn(Vector.prototype, 'get').mockImplementation(function (this: Vector<unknown>, index) {
      read++
      return get.call(this, index)
    })
    vi.spyOn(Vector.prototype, 'from').mockImplementation(function* (this: Vector<unknown>, start, end) {
      for (const item of from.call(this, start, end)) {
        read++
        yield item
      }
    })
    pictureOf(seen)
    vi.restoreAllMocks()
    facts = Math.max(facts, looks())
    items = Math.max(items, read)
  }
  return { facts, items }
}

it('a line costs the view no more in a run of 10,000 facts than in one of 1,000', () => {
  const short = costOf(runOfFacts(1000))
  const long = costOf(runOfFacts(10_000))
  expect(short.facts).toBeGreaterThan(5)
  expect(short.items).toBeGreaterThan(50)
  // Searches begin at the end, where the present is, so they take no more looks in a longer list.
  expect(long.facts).toBeLessThanOrEqual(short.facts)
  expect(long.items).toBeLessThanOrEqual(short.items + 5)
})
