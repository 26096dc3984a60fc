import type { Blank, FillQuestion, RecallKey, RecallQuestion } from './question'

/** Words of a learner, compared with those of an author. The time is linear in the learner's text. */

/** The longest answer that is looked at in a blank, and the longest list. */
const MOST_IN_A_BLANK = 200
const MOST_IN_A_LIST = 50_000

/** Case, spaces, quotation marks and a closing stop do not count. */
function squeezed(text: string): string {
  const bare = text.slice(0, MOST_IN_A_BLANK).normalize('NFKC').toLowerCase().replace(/\s/g, '')
  const inner = bare.replace(/^["'“”‘’`]/, '').replace(/["'“”‘’`]$/, '')
  return inner.length > 1 ? inner.replace(/[.,;]$/, '') : inner
}

/** True if a text is one of these, however it is spelt. */
export const isOneOf = (text: string, words: readonly string[]): boolean => {
  const said = squeezed(text)
  return said !== '' && words.some((each) => squeezed(each) === said)
}

/** By blank: is it right? Blanks whose words may change places share out what they accept. */
export function gradeBlanks({ blanks, anyOrder }: FillQuestion, given: readonly string[]): readonly boolean[] {
  const right = blanks.map((blank, at) => isOneOf(given[at] ?? '', blank.accept))
  for (const group of anyOrder) {
    const left = new Set(group.map((nth) => nth - 1))
    for (const nth of group) {
      const said = given[nth - 1] ?? ''
      const match = [...left].find((at) => isOneOf(said, (blanks[at] as Blank).accept))
      right[nth - 1] = match !== undefined
      if (match !== undefined) left.delete(match)
    }
  }
  return right
}

export interface Recognized {
  /** By key: was it said? */
  readonly keys: readonly boolean[]
  readonly bonus: readonly boolean[]
  readonly slips: readonly boolean[]
  readonly right: boolean
}

/** The items of a list that a text names, in any order and between any other words. */
export function recognize({ keys, bonus, slips, enough }: RecallQuestion, text: string): Recognized {
  const said = sayingsIn(text.slice(0, MOST_IN_A_LIST), longest([...keys, ...bonus, ...slips]))
  const has = ({ says }: Pick<RecallKey, 'says'>): boolean =>
    says.some((each) => said.has(wordsOf(each).join('')) || said.has(`${wordsOf(each).join('')}s`))
  const found = keys.map(has)
  return {
    keys: found,
    bonus: bonus.map(has),
    slips: slips.map(has),
    right: found.filter(Boolean).length >= enough,
  }
}

/** Letters and digits alone: `POP-3`, `pop 3` and `POP3` are the same. */
const wordsOf = (text: string): readonly string[] =>
  text
    .normalize('NFKC')
    .toLowerCase()
    .match(/[\p{L}\p{N}]+/gu) ?? []

const longest = (items: readonly Pick<RecallKey, 'says'>[]): number =>
  Math.max(1, ...items.flatMap(({ says }) => says.map((each) => wordsOf(each).length))) + 1

/** Every sequence of up to `most` words of a text, without the spaces. */
function sayingsIn(text: string, most: number): ReadonlySet<string> {
  const words = wordsOf(text)
  const sayings = new Set<string>()
  for (let from = 0; from < words.length; from++) {
    let saying = ''
    for (let length = 0; length < most && from + length < words.length; length++) {
      saying += words[from + length] as string
      // A word of a megabyte is no synonym.
      if (saying.length > MOST_IN_A_BLANK) break
      sayings.add(saying)
    }
  }
  return sayings
}

/** `41,479`, `41 479 octets` and `about 41479` are the same number; undefined if there is none. */
export function numberIn(text: string): number | undefined {
  const short = text.slice(0, MOST_IN_A_BLANK)
  const found = /-?\d[\d ,'’\u00a0\u202f]*(?:\.\d+)?/.exec(short)?.[0]
  return found === undefined ? undefined : Number(found.replace(/[ ,'’\u00a0\u202f]/g, ''))
}
