import { toText } from '../../../base/octets'
import type { SaidLine } from '../../../learning/dialogue'
import type { TranscriptLine } from '../../../view/run/transcript'

/** A line that a person has said, with the replies that followed it. */
export interface Turn extends SaidLine {
  readonly key: string
  readonly replies: readonly TranscriptLine[]
}

export interface Turns {
  /** The lines of the server before anything was said to it. */
  readonly greeting: readonly TranscriptLine[]
  readonly turns: readonly Turn[]
}

/** A dialogue by the lines of its person. */
export function turnsOf(lines: readonly TranscriptLine[]): Turns {
  const greeting: TranscriptLine[] = []
  const turns: { key: string; text: string; replies: TranscriptLine[] }[] = []
  for (const line of lines) {
    if (line.speaker === 'client')
      turns.push({ key: `${line.fact}-${line.part}`, text: toText(line.octets), replies: [] })
    else (turns.at(-1)?.replies ?? greeting).push(line)
  }
  return {
    greeting,
    turns: turns.map((turn) => {
      const refusal = turn.replies.find(({ means }) => means.refused)
      return { ...turn, ...(refusal && { refused: refusal.means.name }) }
    }),
  }
}
