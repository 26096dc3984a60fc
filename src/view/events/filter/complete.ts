import { type Asked, allFields, type Field, fieldNamed } from '../fields'
import { OPERATORS, type Place, type Token, tokensOf } from './tokens'

/** A text that can stand at the caret. */
export interface Completion {
  readonly text: string
  readonly is: 'field' | 'operator' | 'value' | 'joint'
}

export interface Completions extends Place {
  /** The part of the filter from `start` to `end` is replaced by the chosen text. */
  readonly found: readonly Completion[]
}

/** The greatest number of completions that are offered. */
const MOST_OFFERED = 12
/** Rows that are looked through for values of a field. */
const MOST_LOOKED_AT = 2000

const JOINTS = ['and', 'or'] as const
const STARTS = ['not', '('] as const
/** Operators that a text has. */
const WITHOUT_ORDER = OPERATORS.filter((operator) => !/[<>]/.test(operator))

/**
 * The words that can stand at the caret.
 *
 * @param rows the rows whose values are offered.
 */
export function completionsAt(text: string, caret: number, rows: Iterable<Asked>): Completions {
  const tokens = tokensOf(text.slice(0, caret))
  const last = tokens.at(-1)
  // The word that touches the caret is still being written.
  const written = last?.end === caret && (last.type === 'word' || last.type === 'unclosed') ? last : undefined
  const before = written ? tokens.slice(0, -1) : tokens
  const typed = written?.text.toLowerCase() ?? ''
  const place = written ? { start: written.start, end: endOfWord(text, written) } : { start: caret, end: caret }
  const [previous, earlier] = [before.at(-1), before.at(-2)]
  const fits = (all: readonly Completion[]): Completions => ({
    ...place,
    found: ranked(all, typed).slice(0, MOST_OFFERED),
  })
  if (previous?.type === 'operator' && earlier?.type === 'word') {
    const field = fieldNamed(earlier.text)
    return fits((field ? valuesOf(field, rows) : []).map((value) => ({ text: quotedIfNeeded(value), is: 'value' })))
  }
  if (previous?.type === 'word' && earlier?.type !== 'operator') {
    const field = fieldNamed(previous.text)
    const operators = field?.is === 'text' ? WITHOUT_ORDER : OPERATORS
    return fits([
      ...operators.map((operator): Completion => ({ text: operator, is: 'operator' })),
      ...JOINTS.map((joint): Completion => ({ text: joint, is: 'joint' })),
    ])
  }
  if (previous?.type === 'word' || previous?.type === ')')
    return fits([...JOINTS, ...(isOpen(before) ? [')'] : [])].map((joint) => ({ text: joint, is: 'joint' })))
  return fits([
    ...allFields().map(({ name }): Completion => ({ text: name, is: 'field' })),
    ...STARTS.map((start): Completion => ({ text: start, is: 'joint' })),
  ])
}

/** The rest of a word after the caret belongs to it. */
const endOfWord = (text: string, { end }: Place): number =>
  end + (/^[^\s()"'=!<>&|]*/.exec(text.slice(end))?.[0].length ?? 0)

const isOpen = (tokens: readonly Token[]): boolean =>
  tokens.filter(({ type }) => type === '(').length > tokens.filter(({ type }) => type === ')').length

/** Those that begin with what is typed come first, then those that contain it. */
function ranked(all: readonly Completion[], typed: string): readonly Completion[] {
  const bare = (text: string): string => text.toLowerCase().replace(/^"/, '')
  const begins = all.filter(({ text }) => bare(text).startsWith(typed))
  const contains = all.filter(({ text }) => !bare(text).startsWith(typed) && bare(text).includes(typed))
  const found = [...begins, ...contains]
  return found.length === 1 && bare(found[0]?.text ?? '') === typed ? [] : found
}

/** The values of a field in a run, the most frequent first. */
function valuesOf(field: Field, rows: Iterable<Asked>): readonly string[] {
  if (field.values) return field.values
  const counts = new Map<string, number>()
  let looked = 0
  for (const asked of rows) {
    if (++looked > MOST_LOOKED_AT) break
    for (const value of field.valuesOf(asked)) {
      const text = String(value)
      if (text !== '') counts.set(text, (counts.get(text) ?? 0) + 1)
    }
  }
  return [...counts].sort(([, a], [, b]) => b - a).map(([text]) => text)
}

/** A value that is no single word stands in quotation marks. */
export const quotedIfNeeded = (value: string): string =>
  value === '' || /[\s()"'=!<>&|]|^(?:and|or|not|eq|ne|le|ge|lt|gt|contains)$/i.test(value)
    ? `"${value.replace(/["\\]/g, '\\$&')}"`
    : value
