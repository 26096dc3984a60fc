import { expect, it } from 'vitest'
import { clockText } from '../../view/stage/clock'
import { timeInWords } from './useMoment'

it.each([
  [0, '00:00.000', '0.000'],
  [1301.7, '00:01.301', '1.301'],
  [12_000.999, '00:12.000', '12.000'],
  [59_999.6, '00:59.999', '59.999'],
  [61_301.5, '01:01.301', '01:01.301'],
  [3_599_999, '59:59.999', '59:59.999'],
  [3_600_000, '1:00:00', '1:00:00'],
  [30 * 86_400_000 + 3_723_400, '30 d 01:02:03', '30 d 01:02:03'],
])('%d ms is the same moment on the clock and in the transcript', (t, clock, words) => {
  expect(clockText(t)).toBe(clock)
  expect(timeInWords(t)).toBe(words)
})
