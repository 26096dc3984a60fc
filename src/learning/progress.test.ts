import { describe, expect, it } from 'vitest'
import {
  answeredItem,
  daysUntilDue,
  dueItems,
  finishedLesson,
  isOpen,
  lessonProgress,
  NO_PROGRESS,
  openedStep,
  predicted,
  readProgress,
  solvedTask,
  tookHint,
} from './progress'

const DAY = 86_400_000

describe('progress', () => {
  it('survives JSON', () => {
    let progress = openedStep(NO_PROGRESS, 'l', 'one')
    progress = predicted(progress, 'l', 'one', '250')
    progress = tookHint(progress, 'l', 'two', 'pointer')
    progress = finishedLesson(solvedTask(progress, 'l', 'two'), 'l')
    progress = answeredItem(answeredItem(progress, 'i', 'x', false, 5), 'j', 'y', true, 5)
    expect(readProgress(JSON.parse(JSON.stringify(progress)))).toEqual(progress)
  })

  it.each([
    [undefined],
    [null],
    ['text'],
    [{}],
    [{ ...NO_PROGRESS, version: 2 }],
    [{ ...NO_PROGRESS, lessons: { l: { step: 1 } } }],
  ])('refuses %j', (data) => expect(readProgress(data)).toBeUndefined())

  it('keeps the first prediction', () => {
    const progress = predicted(predicted(NO_PROGRESS, 'l', 'one', '250'), 'l', 'one', '550')
    expect(lessonProgress(progress, 'l').predictions).toEqual({ one: '250' })
  })

  it('counts a hint with all hints before it, and none twice', () => {
    const progress = tookHint(tookHint(NO_PROGRESS, 'l', 'one', 'pointer'), 'l', 'one', 'nudge')
    expect(lessonProgress(progress, 'l').hints['one']).toEqual(['nudge', 'pointer'])
  })
})

describe('a quiz item', () => {
  it('is open until it is answered, and never again if the first answer is right', () => {
    expect(isOpen(NO_PROGRESS, 'i', 0)).toBe(true)
    const known = answeredItem(NO_PROGRESS, 'i', 'x', true, 0)
    expect(isOpen(known, 'i', 1000 * DAY)).toBe(false)
  })

  it('returns two days after a miss, then after growing intervals, then no more', () => {
    let progress = answeredItem(NO_PROGRESS, 'i', 'x', false, 0)
    let now = 0
    for (const days of [2, 5, 12, 30]) {
      expect(daysUntilDue(progress, 'i', now)).toBe(days)
      expect(dueItems(progress, now + days * DAY - 1)).toEqual([])
      now += days * DAY
      expect(dueItems(progress, now)).toEqual(['i'])
      progress = answeredItem(progress, 'i', 'y', true, now)
    }
    expect(daysUntilDue(progress, 'i', now)).toBeUndefined()
    expect(isOpen(progress, 'i', now + 1000 * DAY)).toBe(false)
  })

  it('starts again after another miss', () => {
    const once = answeredItem(NO_PROGRESS, 'i', 'x', false, 0)
    const again = answeredItem(answeredItem(once, 'i', 'y', true, 2 * DAY), 'i', 'x', false, 7 * DAY)
    expect(again.quiz['i']).toMatchObject({ missed: 2, round: 0, dueAt: 9 * DAY })
  })
})
