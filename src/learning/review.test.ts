import { describe, expect, it } from 'vitest'
import { NO_PROGRESS, openedStep, type Progress, type Sure } from './progress'
import type { ItemEntry } from './question'
import { ahead, answered, daysUntilDue, dueItems, formFor, isOpen } from './review'

const DAY = 86_400_000
const NOW = Date.UTC(2026, 10, 30)

const give = (progress: Progress, item: string, right: boolean, sure?: Sure, now = NOW): Progress =>
  answered(progress, { item, answer: ['x'], right, sure }, now)
const days = (progress: Progress, item: string, now = NOW): number => daysUntilDue(progress, item, now) ?? 0

describe('an answered item', () => {
  it('comes back sooner after a miss, and later the surer a right answer was', () => {
    expect(isOpen(NO_PROGRESS, 'i', NOW)).toBe(true)
    const missed = give(NO_PROGRESS, 'i', false)
    expect(isOpen(missed, 'i', NOW)).toBe(false)
    const until = [
      missed,
      ...(['guessing', 'fairly', 'certain'] as const).map((sure) => give(NO_PROGRESS, 'i', true, sure)),
    ].map((progress) => days(progress, 'i'))
    expect(until).toEqual([...until].sort((a, b) => a - b))
    expect(new Set(until).size).toBe(4)
    expect(until[0]).toBe(1)
  })

  it('comes back after growing times as long as it is known, and soon again once it is missed', () => {
    let [progress, now] = [NO_PROGRESS, NOW]
    const waits: number[] = []
    for (let round = 0; round < 5; round++) {
      progress = give(progress, 'i', true, 'fairly', now)
      waits.push(days(progress, 'i', now))
      now += (waits.at(-1) ?? 0) * DAY
      expect(dueItems(progress, now)).toEqual(['i'])
      expect(dueItems(progress, now - DAY)).toEqual([])
    }
    expect(waits).toEqual([...waits].sort((a, b) => a - b))
    progress = give(progress, 'i', false, 'certain', now)
    expect(days(progress, 'i', now)).toBeLessThan((waits.at(-1) ?? 0) / 2)
  })

  it('never waits longer than a year', () => {
    let [progress, now] = [NO_PROGRESS, NOW]
    for (let round = 0; round < 12; round++) {
      progress = give(progress, 'i', true, 'certain', now)
      now += days(progress, 'i', now) * DAY
    }
    expect(days(give(progress, 'i', true, 'certain', now), 'i', now)).toBe(365)
  })

  it('keeps its last twenty answers, and a part of each', () => {
    let progress = NO_PROGRESS
    for (let at = 0; at < 30; at++) {
      progress = answered(progress, { item: 'i', answer: [`${at}${'x'.repeat(1_000_000)}`], right: true }, NOW + at)
    }
    expect(progress.quiz['i']?.answers).toHaveLength(20)
    expect(progress.quiz['i']?.answers[0]?.answer[0]?.slice(0, 3)).toBe('10x')
    expect(JSON.stringify(progress).length).toBeLessThan(100_000)
  })
})

describe('the review', () => {
  it('begins with what one was certain of and wrong about', () => {
    let progress = give(NO_PROGRESS, 'known', true, 'guessing')
    progress = give(progress, 'guess', false, 'guessing')
    progress = give(progress, 'certain', false, 'certain')
    progress = give(progress, 'fairly', false, 'fairly')
    expect(dueItems(progress, NOW + 30 * DAY)).toEqual(['certain', 'fairly', 'guess', 'known'])
  })

  it('counts what comes back on each of the next days, and what is late with today', () => {
    let progress = give(NO_PROGRESS, 'a', false)
    progress = give(progress, 'b', false)
    progress = give(progress, 'c', true, 'guessing')
    const wait = days(progress, 'c')
    const ends = Array.from({ length: 8 }, (_, day) => NOW + 2 * DAY + day * DAY)
    const counts = ahead(progress, ends)
    expect(counts[0]).toBe(wait <= 2 ? 3 : 2)
    expect(counts.reduce((sum, count) => sum + count, 0)).toBe(3)
  })
})

const entry = (id: string, facts: readonly string[], more: Partial<ItemEntry> = {}): ItemEntry => ({
  id,
  question: id,
  kind: 'single',
  lesson: 'l',
  facts,
  forms: [],
  text: [id],
  ...more,
})

describe('a missed item', () => {
  const begun = openedStep(NO_PROGRESS, 'l', 'one')
  const entries = [
    entry('row', ['C4'], { question: 'a' }),
    entry('a', ['C4']),
    entry('b', ['C4', 'C5']),
    entry('c', ['C4']),
    entry('d', ['C6']),
    entry('later', ['C4'], { lesson: 'not-begun' }),
  ]

  it('returns in another form of the same fact, the one seen least lately', () => {
    const missed = give(give(begun, 'a', false), 'b', true, 'fairly', NOW - DAY)
    expect(formFor(missed, 'a', entries)).toBe('c')
  })

  it('returns as itself if it was known, and if there is no other form', () => {
    expect(formFor(give(begun, 'a', true), 'a', entries)).toBe('a')
    expect(formFor(give(begun, 'd', false), 'd', entries)).toBe('d')
    expect(formFor(give(NO_PROGRESS, 'gone', false), 'gone', entries)).toBe('gone')
  })

  it('has forms by a common name too', () => {
    const named = [entry('x', ['Q1'], { forms: ['parts'] }), entry('y', ['J1'], { forms: ['parts'] })]
    expect(formFor(give(begun, 'x', false), 'x', named)).toBe('y')
  })

  it('is remembered by the form that was asked, and the form does not come back for itself', () => {
    const missed = give(begun, 'a', false, 'certain')
    const asked = answered(missed, { item: 'c', answer: ['y'], right: true, sure: 'fairly', insteadOf: 'a' }, NOW + DAY)
    expect(asked.quiz['a']?.answers.at(-1)).toEqual({ at: NOW + DAY, answer: ['y'], right: true, form: 'c' })
    expect(days(asked, 'a', NOW + DAY)).toBeGreaterThan(0)
    expect(dueItems(asked, NOW + DAY)).toEqual([])
    expect(asked.quiz['c']?.memory).toBeUndefined()
    expect(isOpen(asked, 'c', NOW + 1000 * DAY)).toBe(false)
  })

  it('returns in yet another form if that one was missed as well', () => {
    const missed = give(begun, 'a', false)
    const again = answered(missed, { item: 'b', answer: ['y'], right: false, insteadOf: 'a' }, NOW + DAY)
    expect(formFor(again, 'a', entries)).toBe('c')
  })
})
