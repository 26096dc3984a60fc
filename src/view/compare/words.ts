/** A stretch of a line, and whether the line beside it says something else there. */
export interface Stretch {
  readonly text: string
  readonly differs: boolean
}

/**
 * A line, cut where it begins and ends to differ from another: word by word if both have as many words, else all between what both
 * begin with and what both end with. Takes time by the length of both lines.
 */
export function stretchesOf(line: string, other: string): readonly Stretch[] {
  const [words, others] = [wordsOf(line), wordsOf(other)]
  if (words.length === others.length) return joined(words, (at) => words[at] !== others[at])
  const shorter = Math.min(words.length, others.length)
  let start = 0
  while (start < shorter && words[start] === others[start]) start++
  let end = 0
  while (end < shorter - start && words.at(-1 - end) === others.at(-1 - end)) end++
  return joined(words, (at) => at >= start && at < words.length - end)
}

/** Words, and the spaces between them. A keyword and its argument are two: `TO:<`, `bob@bird.example>`. */
const wordsOf = (line: string): readonly string[] => line.match(/\s+|[^\s:<]*[:<]+|[^\s:<]+/g) ?? []

function joined(words: readonly string[], differs: (at: number) => boolean): readonly Stretch[] {
  const stretches: { text: string; differs: boolean }[] = []
  for (const [at, text] of words.entries()) {
    const last = stretches.at(-1)
    if (last && last.differs === differs(at)) last.text += text
    else stretches.push({ text, differs: differs(at) })
  }
  return stretches
}
