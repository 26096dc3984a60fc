import { allFields, type Field, fieldNamed } from '../fields'
import { type Operator, type Place, type Token, tokensOf } from './tokens'

/**
 * A filter over listed events, in a small part of Wireshark's language.
 *
 *     filter  = and *( ( "or" / "||" ) and )
 *     and     = part *( ( "and" / "&&" ) part )
 *     part    = ( "not" / "!" ) part / "(" filter ")" / test
 *     test    = field [ operator value ]
 *
 * A field alone is fulfilled by every event that has it, `!=` by an event that has the field and no equal value of it.
 */
export type Filter =
  | { readonly type: 'and' | 'or'; readonly parts: readonly Filter[] }
  | { readonly type: 'not'; readonly part: Filter }
  | { readonly type: 'has'; readonly field: Field }
  | { readonly type: 'compare'; readonly field: Field; readonly operator: Operator; readonly value: string }

/** Why a filter cannot be read, as data, and the place of the fault. */
export type FilterFault = Place &
  (
    | { readonly is: 'tooLong'; readonly most: number }
    | { readonly is: 'tooDeep'; readonly most: number }
    | { readonly is: 'unknownField'; readonly name: string; readonly like?: string }
    | { readonly is: 'noField'; readonly found: string }
    | { readonly is: 'noValue'; readonly field: string; readonly operator: Operator }
    | { readonly is: 'noOperator'; readonly field: string; readonly found: string }
    | { readonly is: 'notNumber'; readonly field: string; readonly found: string }
    | { readonly is: 'noOrder'; readonly field: string; readonly operator: Operator }
    | { readonly is: 'notJoined'; readonly found: string }
    | { readonly is: 'unclosedQuote' | 'unclosedParenthesis' | 'strayParenthesis' }
    | { readonly is: 'stray'; readonly found: string }
  )

export type Parsed =
  | { readonly filter: Filter | undefined; readonly fault?: undefined }
  | { readonly fault: FilterFault; readonly filter?: undefined }

/** Characters in a filter. */
export const MOST_CHARACTERS = 1000
/** Parentheses and negations within one another. */
export const MOST_NESTED = 50

/** Reads a filter. An empty text is no filter: every event is shown. The time is linear in the length of the text. */
export function parseFilter(text: string): Parsed {
  if (text.length > MOST_CHARACTERS)
    return { fault: { is: 'tooLong', most: MOST_CHARACTERS, start: MOST_CHARACTERS, end: text.length } }
  const reader = new FilterReader(text, tokensOf(text))
  try {
    return { filter: reader.whole() }
  } catch (error) {
    if (error instanceof FilterError) return { fault: error.fault }
    throw error
  }
}

class FilterError extends Error {
  readonly fault: FilterFault
  constructor(fault: FilterFault) {
    super(`the filter cannot be read: ${fault.is}`)
    this.fault = fault
  }
}

class FilterReader {
  readonly #text: string
  readonly #tokens: readonly Token[]
  #at = 0
  #nested = 0

  constructor(text: string, tokens: readonly Token[]) {
    this.#text = text
    this.#tokens = tokens
  }

  whole(): Filter | undefined {
    if (this.#tokens.length === 0) return undefined
    const filter = this.#filter()
    const rest = this.#tokens[this.#at]
    if (rest?.type === ')') fail({ is: 'strayParenthesis', ...placeOf(rest) })
    if (rest) fail({ is: 'notJoined', found: this.#said(rest), ...placeOf(rest) })
    return filter
  }

  #filter(): Filter {
    return this.#joined('or', () => this.#joined('and', () => this.#part()))
  }

  #joined(type: 'and' | 'or', read: () => Filter): Filter {
    const first = read()
    const parts = [first]
    while (this.#tokens[this.#at]?.type === type) {
      this.#at++
      parts.push(read())
    }
    return parts.length === 1 ? first : { type, parts }
  }

  #part(): Filter {
    const token = this.#tokens[this.#at]
    if (token?.type === 'not') return this.#within(token, () => ({ type: 'not', part: this.#part() }))
    if (token?.type === '(') {
      return this.#within(token, () => {
        const inside = this.#filter()
        const end = this.#tokens[this.#at]
        if (end && end.type !== ')') fail({ is: 'notJoined', found: this.#said(end), ...placeOf(end) })
        if (!end) fail({ is: 'unclosedParenthesis', ...placeOf(token) })
        this.#at++
        return inside
      })
    }
    return this.#test(token)
  }

  #within(token: Token, read: () => Filter): Filter {
    this.#nested++
    if (this.#nested > MOST_NESTED) fail({ is: 'tooDeep', most: MOST_NESTED, ...placeOf(token) })
    this.#at++
    const filter = read()
    this.#nested--
    return filter
  }

  #test(token: Token | undefined): Filter {
    if (!token) return fail({ is: 'noField', found: '', ...this.#end() })
    if (token.type === 'unclosed') return fail({ is: 'unclosedQuote', ...placeOf(token) })
    if (token.type === 'stray') return fail({ is: 'stray', found: token.text, ...placeOf(token) })
    if (token.type !== 'word' || token.quoted)
      return fail({ is: 'noField', found: this.#said(token), ...placeOf(token) })
    const field = fieldNamed(token.text)
    if (!field) return fail(unknown(token))
    this.#at++
    const next = this.#tokens[this.#at]
    if (next?.type === 'word') fail({ is: 'noOperator', field: field.name, found: next.text, ...placeOf(next) })
    if (next?.type !== 'operator') return { type: 'has', field }
    this.#at++
    return this.#comparison(field, next.operator, next)
  }

  #comparison(field: Field, operator: Operator, sign: Token): Filter {
    const token = this.#tokens[this.#at]
    if (token?.type === 'unclosed') fail({ is: 'unclosedQuote', ...placeOf(token) })
    if (token?.type !== 'word')
      return fail({ is: 'noValue', field: field.name, operator, ...(token ? placeOf(token) : this.#end()) })
    if (isOrder(operator) && field.is === 'text') fail({ is: 'noOrder', field: field.name, operator, ...placeOf(sign) })
    const wantsNumber = isOrder(operator) || (field.is === 'number' && operator !== 'contains')
    if (wantsNumber && numberIn(token.text) === undefined)
      fail({ is: 'notNumber', field: field.name, found: token.text, ...placeOf(token) })
    this.#at++
    return { type: 'compare', field, operator, value: token.text }
  }

  #said({ start, end }: Token): string {
    return this.#text.slice(start, end)
  }

  #end(): Place {
    return { start: this.#text.length, end: this.#text.length }
  }
}

function fail(fault: FilterFault): never {
  throw new FilterError(fault)
}

const placeOf = ({ start, end }: Place): Place => ({ start, end })

export const isOrder = (operator: Operator): boolean => operator.startsWith('<') || operator.startsWith('>')

/** The number that a text is as a whole. */
export function numberIn(text: string): number | undefined {
  if (!/^-?\d+(?:\.\d+)?$/.test(text)) return undefined
  return Number(text)
}

function unknown({ text, start, end }: Token & { readonly text: string }): FilterFault {
  const like = closest(
    text.toLowerCase(),
    allFields().map(({ name }) => name),
  )
  return { is: 'unknownField', name: text, start, end, ...(like === undefined ? {} : { like }) }
}

/** The greatest number of changed characters at which a name is still like another one. */
const MOST_CHANGED = 3
/** The longest name that is compared with others. */
const LONGEST_NAME = 40

/** The name that needs the fewest changes, if it is like the wanted one at all. */
function closest(wanted: string, names: readonly string[]): string | undefined {
  if (wanted.length > LONGEST_NAME) return undefined
  let found: string | undefined
  let least = Math.min(MOST_CHANGED, Math.ceil(wanted.length / 2)) + 1
  for (const name of names) {
    const changes = changesBetween(wanted, name.toLowerCase())
    if (changes >= least) continue
    least = changes
    found = name
  }
  return found
}

/** Characters to add, drop or replace (Levenshtein's distance). */
function changesBetween(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, n) => n)
  for (let i = 1; i <= a.length; i++) {
    const next = [i]
    for (let j = 1; j <= b.length; j++) {
      const replaced = (row[j - 1] as number) + (a[i - 1] === b[j - 1] ? 0 : 1)
      next.push(Math.min(replaced, (row[j] as number) + 1, (next[j - 1] as number) + 1))
    }
    row = next
  }
  return row[b.length] as number
}
