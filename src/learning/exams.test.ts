import { describe, expect, it } from 'vitest'
import { calibrationOf, saidIn } from './calibration'
import type { ExamResult } from './exam'
import { answeredInExam, begunExam, endedExam, examsIn, examUnderWay, lastExam, leftInExam, sureInExam } from './exams'
import { mergedProgress, NO_PROGRESS, type Progress, readProgress } from './progress'

const RESULT: ExamResult = {
  points: 70,
  passed: true,
  parts: [
    { id: 'one', points: 10, of: 10, goals: [] },
    { id: 'two', points: 5, of: 15, goals: [] },
  ],
}
const taken = (seed: number, at: number): Progress => endedExam(begunExam(NO_PROGRESS, seed, at), RESULT, at + 1)

describe('the exams of a learner', () => {
  it('are begun, answered and handed in, and survive JSON', () => {
    let progress = begunExam(NO_PROGRESS, 7, 1)
    progress = answeredInExam(progress, 'word', 'acorn')
    progress = sureInExam(progress, 'one', 'certain')
    progress = leftInExam(leftInExam(progress, 'two'), 'two')
    expect(examUnderWay(progress)).toEqual({
      seed: 7,
      at: 1,
      answers: { word: 'acorn' },
      left: ['two'],
      sure: { one: 'certain' },
    })
    expect(lastExam(progress)).toBeUndefined()
    progress = endedExam(progress, RESULT, 9)
    expect(examUnderWay(progress)).toBeUndefined()
    expect(lastExam(progress)?.ended).toEqual({
      at: 9,
      points: 70,
      passed: true,
      parts: { one: { points: 10, of: 10 }, two: { points: 5, of: 15 } },
    })
    expect(readProgress(JSON.parse(JSON.stringify(progress)))).toEqual({ progress })
  })

  it('are one at a time, and nothing is changed after the end', () => {
    const under = begunExam(NO_PROGRESS, 7, 1)
    expect(begunExam(under, 8, 2)).toBe(under)
    const ended = endedExam(under, RESULT, 3)
    expect(answeredInExam(ended, 'word', 'late')).toBe(ended)
    expect(endedExam(ended, { ...RESULT, points: 100 }, 4)).toBe(ended)
    expect(examUnderWay(begunExam(ended, 8, 5))?.seed).toBe(8)
  })

  it('are bounded in number, and each answer in length', () => {
    let progress = NO_PROGRESS
    for (let at = 0; at < 30; at++) progress = endedExam(begunExam(progress, at, at), RESULT, at)
    expect(examsIn(progress)).toHaveLength(20)
    expect(lastExam(progress)?.seed).toBe(29)
    const long = answeredInExam(begunExam(progress, 1, 99), 'word', 'x'.repeat(1_000_000))
    expect(examUnderWay(long)?.answers['word']).toHaveLength(200)
  })

  it('of two records are all kept, each as it was handed in', () => {
    const under = begunExam(taken(1, 10), 2, 20)
    const merged = mergedProgress(endedExam(under, RESULT, 21), under)
    expect(examsIn(merged).map(({ seed, ended }) => [seed, ended?.points])).toEqual([
      [1, 70],
      [2, 70],
    ])
    expect(examsIn(mergedProgress(taken(1, 10), taken(3, 5))).map(({ seed }) => seed)).toEqual([3, 1])
    expect(mergedProgress(NO_PROGRESS, NO_PROGRESS)).toEqual(NO_PROGRESS)
  })

  it('say how sure the learner was: a part counts as right if it was reached whole', () => {
    let progress = begunExam(NO_PROGRESS, 7, 1)
    progress = sureInExam(sureInExam(progress, 'one', 'certain'), 'two', 'certain')
    expect(saidIn(progress)).toEqual([])
    const { levels } = calibrationOf(saidIn(endedExam(progress, RESULT, 9)))
    expect(levels.find(({ sure }) => sure === 'certain')).toMatchObject({ count: 2, right: 1 })
  })
})
