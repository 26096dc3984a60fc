import { describe, expect, it } from 'vitest'
import { octets } from '../../base/octets'
import { instant } from '../../base/time'
import type { TranscriptLine } from '../../view/run/transcript'
import { lastAnswer } from './lastAnswer'

type Said = Pick<TranscriptLine, 'fact' | 'at' | 'speaker' | 'octets'>

const line = (fact: number, at: number, speaker: TranscriptLine['speaker'], text: string): Said => ({
  fact,
  at: instant(at),
  speaker,
  octets: octets(text),
})

describe('the last answer', () => {
  const fetched = [
    line(1, 5, 'server', '* OK ready'),
    line(2, 10, 'client', 'a1 FETCH 1 BODY[TEXT]'),
    line(3, 20, 'server', '* 1 FETCH (BODY[TEXT] {6}'),
    line(3, 20, 'server', 'walnut'),
    line(3, 20, 'server', ')'),
    line(4, 20, 'server', 'a1 OK done'),
  ]

  it('has what the server says at one instant, not its last line alone', () => {
    expect(lastAnswer(fetched)).toBe('* 1 FETCH (BODY[TEXT] {6}, walnut, ), a1 OK done')
  })

  it('is at most four lines, and nothing while the client has the last word', () => {
    expect(lastAnswer([line(0, 20, 'server', '* 1 EXISTS'), ...fetched])).toBe(lastAnswer(fetched))
    expect(lastAnswer(fetched.slice(0, 2))).toBe('')
  })
})
