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
      return { ...turn, answered: turn.replies.length > 0, ...(refusal && { refused: kindOf(refusal) }) }
    }),
  }
}

/** So many words of a refusal say of which kind it is. */
const KIND = 4

/** A refusal without its tag and without the addresses in it: those that are alike are of one kind. */
function kindOf({ octets, means: { name } }: TranscriptLine): string {
  const words = toText(octets).trim().split(' ')
  const from = words[0] === name ? 0 : words.indexOf(name)
  return words
    .slice(Math.max(0, from))
    .filter((word) => !/[<@>\d]/.test(word) || word === name)
    .slice(0, KIND)
    .join(' ')
}
