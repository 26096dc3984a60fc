import { describe, expect, it } from 'vitest'
import {
  finishedLesson,
  lessonProgress,
  mergedProgress,
  NO_PROGRESS,
  openedStep,
  type Progress,
  predicted,
  predictionCame,
  readProgress,
  readProgressFile,
  solvedTask,
  tookHint,
} from './progress'
import { answered, daysUntilDue, dueItems, isOpen } from './review'

const DAY = 86_400_000
const NOW = Date.UTC(2026, 10, 30)

describe('progress', () => {
  it('survives JSON', () => {
    let progress = openedStep(NO_PROGRESS, 'l', 'one')
    progress = predicted(progress, 'l', 'one', '250', 'certain')
    progress = predictionCame(progress, 'l', 'one', false)
    progress = tookHint(progress, 'l', 'two', 'pointer')
    progress = finishedLesson(solvedTask(progress, 'l', 'two'), 'l')
    progress = answered(progress, { item: 'i', answer: ['x'], right: false, sure: 'fairly' }, NOW)
    progress = answered(progress, { item: 'j', answer: ['a', 'b'], right: true, insteadOf: 'i' }, NOW)
    expect(readProgress(JSON.parse(JSON.stringify(progress)))).toEqual({ progress })
  })

  it.each([
    [undefined],
    [null],
    ['text'],
    [{}],
    [{ ...NO_PROGRESS, version: '2' }],
    [{ ...NO_PROGRESS, lessons: { l: { step: 1 } } }],
    [{ ...NO_PROGRESS, quiz: { i: { answers: [] } } }],
    [
      {
        ...NO_PROGRESS,
        quiz: { i: { answers: Array.from({ length: 21 }, () => ({ at: 0, answer: [], right: true })) } },
      },
    ],
    [{ version: 1, lessons: {}, quiz: { i: { answer: 5 } } }],
  ])('refuses %j', (data) => expect(readProgress(data)).toMatchObject({ refused: 'damaged' }))

  it('refuses what a newer version has stored, and says that it is newer', () =>
    expect(readProgressFile('{"version":3,"lessons":{},"stars":5}')).toEqual({ refused: 'newer' }))

  it('refuses a file of fifty megabytes without parsing it', () =>
    expect(readProgressFile(`{"version":2,"x":"${'x'.repeat(50_000_000)}"}`)).toEqual({ refused: 'tooLong' }))

  it('refuses a file that was cut off', () =>
    expect(readProgressFile(JSON.stringify(NO_PROGRESS).slice(0, -5))).toMatchObject({ refused: 'notJson' }))

  it('keeps the first prediction', () => {
    const progress = predicted(predicted(NO_PROGRESS, 'l', 'one', '250'), 'l', 'one', '550')
    expect(lessonProgress(progress, 'l').predictions).toEqual({ one: '250' })
  })

  it('counts a hint with all hints before it, and none twice', () => {
    const progress = tookHint(tookHint(NO_PROGRESS, 'l', 'one', 'pointer'), 'l', 'one', 'nudge')
    expect(lessonProgress(progress, 'l').hints['one']).toEqual(['nudge', 'pointer'])
  })

  it('keeps how sure the first prediction was, and whether it came true', () => {
    let progress = predicted(NO_PROGRESS, 'l', 'one', '250', 'fairly')
    progress = predicted(progress, 'l', 'one', '550', 'certain')
    expect(lessonProgress(predictionCame(progress, 'l', 'one', true), 'l').bets).toEqual({
      one: { sure: 'fairly', right: true },
    })
  })

  it('of two windows holds the answers of both, each once', () => {
    const first = answered(NO_PROGRESS, { item: 'i', answer: ['x'], right: false }, NOW)
    const here = answered(first, { item: 'i', answer: ['y'], right: true }, NOW + 5)
    const there = answered(first, { item: 'i', answer: ['z'], right: false }, NOW + 9)
    const merged = mergedProgress(here, there)
    expect(merged.quiz['i']?.answers.map(({ answer }) => answer[0])).toEqual(['x', 'y', 'z'])
    expect(merged.quiz['i']?.memory).toEqual(there.quiz['i']?.memory)
  })
})

// Exported by version 1 after the first lesson and two answers, one of them missed.
const FIRST_VERSION = `{
  "version": 1,
  "lessons": {
    "the-journey/one-letter-three-steps": {
      "step": "look-back",
      "seen": ["ready", "handed-over", "whose-door", "look-back"],
      "predictions": { "ready": "mx-out.paper.example", "whose-door": "A" },
      "hints": { "make-it-fail": ["nudge", "pointer"] },
      "solved": ["make-it-fail"],
      "finished": true
    }
  },
  "quiz": {
    "journey-hand-over": { "answer": "push", "right": true, "missed": 0 },
    "journey-mx": { "answer": "pull", "right": false, "missed": 1, "round": 0, "dueAt": ${NOW + 2 * DAY} },
    "habit-stay": { "answer": "both", "right": true, "missed": 2, "round": 2, "dueAt": ${NOW + 12 * DAY} }
  }
}`

describe('progress of version 1', () => {
  const read = readProgressFile(FIRST_VERSION)
  const progress = (read as { progress: Progress }).progress

  it('is carried over: lessons as they were', () => {
    expect(progress.lessons).toEqual((JSON.parse(FIRST_VERSION) as Progress).lessons)
  })

  it('brings missed items back when it would have, and leaves alone what was known at once', () => {
    expect(isOpen(progress, 'journey-hand-over', NOW + 1000 * DAY)).toBe(false)
    expect(dueItems(progress, NOW + 2 * DAY - 1)).toEqual([])
    expect(dueItems(progress, NOW + 2 * DAY)).toEqual(['journey-mx'])
    expect(dueItems(progress, NOW + 12 * DAY)).toEqual(['journey-mx', 'habit-stay'])
    expect(progress.quiz['habit-stay']?.answers).toEqual([{ at: NOW, answer: ['both'], right: true }])
  })

  it('goes on from there', () => {
    const at = NOW + 12 * DAY
    const next = answered(progress, { item: 'habit-stay', answer: ['both'], right: true, sure: 'certain' }, at)
    expect(daysUntilDue(next, 'habit-stay', at)).toBeGreaterThan(12)
    expect(readProgress(JSON.parse(JSON.stringify(next)))).toEqual({ progress: next })
  })
})
