import { describe, expect, it } from 'vitest'
import { calibrationOf, saidIn } from './calibration'
import { NO_PROGRESS, predicted, predictionCame, type Sure } from './progress'
import { answered } from './review'

const said = (sure: Sure, right: number, of: number) =>
  Array.from({ length: of }, (_, at) => ({ sure, right: at < right }))

describe('calibration', () => {
  it('says nothing without an answer', () =>
    expect(calibrationOf([])).toMatchObject({ count: 0, aim: undefined, farthest: undefined }))

  it('is well aimed if one is right as often as one said', () => {
    const found = calibrationOf([...said('guessing', 2, 6), ...said('fairly', 4, 6), ...said('certain', 19, 20)])
    expect(found.aim).toBe('wellAimed')
    expect(found.levels.map(({ right, count }) => `${right} of ${count}`)).toEqual(['2 of 6', '4 of 6', '19 of 20'])
  })

  it('is bold if one is surer than right, and modest the other way', () => {
    expect(calibrationOf(said('certain', 5, 10)).aim).toBe('bold')
    expect(calibrationOf(said('guessing', 9, 10)).aim).toBe('modest')
  })

  it('names the level that is farthest off, but not one with few answers', () => {
    const found = calibrationOf([...said('guessing', 3, 3), ...said('fairly', 5, 8), ...said('certain', 10, 17)])
    expect(found.levels.map(({ few }) => few)).toEqual([true, false, false])
    expect(found.farthest).toMatchObject({ sure: 'certain', right: 10, count: 17, aim: 'bold' })
  })

  it('counts answers and predictions that said how sure they were, each once', () => {
    let progress = answered(NO_PROGRESS, { item: 'i', answer: [], right: false, sure: 'certain' }, 0)
    progress = answered(progress, { item: 'j', answer: [], right: true, sure: 'fairly', insteadOf: 'i' }, 1)
    progress = answered(progress, { item: 'k', answer: [], right: true }, 2)
    progress = predictionCame(predicted(progress, 'l', 'one', '250', 'guessing'), 'l', 'one', true)
    progress = predicted(progress, 'l', 'two', '250', 'guessing')
    expect(calibrationOf(saidIn(progress)).levels.map(({ count }) => count)).toEqual([1, 1, 1])
  })
})
