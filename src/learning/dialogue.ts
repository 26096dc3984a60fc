import { type GappedDialogue, HELP, type Help } from './lesson'

/** A line that a person has said, and how the server took it. */
export interface SaidLine {
  readonly text: string
  /** The code of the reply, if it was a refusal. */
  readonly refused?: string
  /** The server has answered it: within a letter no line is answered. */
  readonly answered?: boolean
}

/** How far a person has come in a dialogue. */
export interface Followed {
  /** The place of the next line of the dialogue; as many as it has lines when it is at its end. */
  readonly place: number
  /** For each line that was said the place that it fills; undefined for one that fills none: refused, or said besides. */
  readonly fills: readonly (number | undefined)[]
  /** Grades of help that have been added, since lines were refused twice in the same way. */
  readonly raised: number
}

/**
 * Words that bring no dialogue on: they mark and take back, or ask beside it. Where they stood for a line of the dialogue, the page would
 * say its last lines too early.
 */
const ASIDE = /^(?:[a-z]\d+ )?(DELE|RSET|NOOP|HELP|VRFY|CAPA|CAPABILITY|LANG|ID)\b/i

/** True if a line that was not refused is the next one of the dialogue, or fills the gap there. */
export function isNext({ line, gap }: GappedDialogue['lines'][number], text: string): boolean {
  if (!gap) return line === text
  const word = ASIDE.exec(text)?.[1]?.toUpperCase()
  return word === undefined || word === ASIDE.exec(line)?.[1]?.toUpperCase()
}

/** So many refusals of the same kind add a grade of help. */
const TWICE = 2

/**
 * Compares what was said with a dialogue. A line that is not refused fills a gap, for the world judges it and not the author's
 * line, unless it is said beside the matter; a given line is itself. Other lines stand between those of the dialogue. An earlier given
 * line that is said again, as MAIL after a letter that ended too soon, begins the dialogue anew there.
 */
export function follow({ lines }: Pick<GappedDialogue, 'lines'>, said: readonly SaidLine[]): Followed {
  let place = 0
  const fills: (number | undefined)[] = []
  const refusals = new Map<string, number>()
  for (const { text, refused, answered } of said) {
    const next = lines[place]
    const again = refused === undefined && answered === true ? placeAgain({ lines }, place, text) : undefined
    if (again !== undefined) {
      fills.push(again)
      place = again + 1
      continue
    }
    const isFilled = next !== undefined && refused === undefined && isNext(next, text)
    // A given line that is refused is over too: it is the world that has gone another way.
    const isGiven = next !== undefined && !next.gap && next.line === text
    fills.push(isFilled || isGiven ? place : undefined)
    if (isFilled || isGiven) place++
    if (refused !== undefined && !isGiven) refusals.set(refused, (refusals.get(refused) ?? 0) + 1)
  }
  const raised = [...refusals.values()].filter((count) => count >= TWICE).length
  return { place, fills, raised }
}

/** The place of an earlier given line that is said again, if it is not the one that is to be said next. */
export function placeAgain({ lines }: Pick<GappedDialogue, 'lines'>, place: number, text: string): number | undefined {
  const isText = (line: string): boolean => line.trim().toLowerCase() === text.trim().toLowerCase()
  const next = lines[place]
  if (next !== undefined && isText(next.line)) return undefined
  const again = lines.findLastIndex(({ line, gap }, at) => at < place && !gap && isText(line))
  return again < 0 ? undefined : again
}

/** The grade of help after some grades were added; a whole dialogue has no more to give. */
export const helpAfter = (chosen: Help, raised: number): Help =>
  HELP[Math.max(0, HELP.indexOf(chosen) - raised)] ?? chosen

/** The given lines from a place up to the next gap. */
export function givenFrom({ lines }: Pick<GappedDialogue, 'lines'>, place: number): readonly string[] {
  const gap = lines.findIndex((line, at) => at >= place && line.gap)
  return lines.slice(place, gap < 0 ? lines.length : gap).map(({ line }) => line)
}
