import { expect, it } from 'vitest'
import { octets } from '../../../base/octets'
import { instant } from '../../../base/time'
import type { Intervention } from '../../../world/intervention'
import { MAX_RECORDED } from './limits'
import { Recording } from './recording'

const typed = (text: string): Intervention => ({
  at: instant(1),
  type: 'typed',
  host: 'gateway',
  terminal: 't1',
  octets: octets(text),
})

it('keeps what was done, in order', () => {
  const recording = new Recording()
  recording.add(typed('EHLO me\r\n'))
  recording.add(typed('QUIT\r\n'))
  expect(recording.whole).toEqual([typed('EHLO me\r\n'), typed('QUIT\r\n')])
})

it('keeps nothing once it is too much: half a run is no run', () => {
  const recording = new Recording()
  const piece = typed('x'.repeat(1_048_576))
  for (let size = 0; size < MAX_RECORDED; size += 1_048_576) recording.add(piece)
  expect(recording.whole).toBeUndefined()
  recording.add(typed('QUIT\r\n'))
  expect(recording.whole).toBeUndefined()
})
