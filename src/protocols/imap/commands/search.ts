import type { StoredMessage } from '../../../mail/store'
import { accept, astringOf, end, expect, expected, keyword, parenthesized, type Scanner, sp } from '../grammar/grammar'
import { type Outcome, ok, type Response, untagged } from '../grammar/responses'
import { type SearchProgram, searchProgram, usesModSeq } from '../search/searchKeys'
import { isRev2, type ServerContext } from '../session/serverContext'
import { uidSet } from '../session/view'
import type { StoreAnswer } from '../store/storeQuestions'
import { command, SELECTED } from './command'
import { enablesModSeq, found, foundData, highest, latestChange, numbersOf, searchQuestion, tooMuch } from './found'

const RETURN = ['MIN', 'MAX', 'ALL', 'COUNT', 'SAVE'] as const
type ReturnOption = (typeof RETURN)[number]

interface SearchArguments extends SearchProgram {
  /** RETURN options of RFC 4731 and RFC 5182; undefined for a plain SEARCH of RFC 3501. */
  readonly returns?: readonly ReturnOption[]
}

/** search = "SEARCH" [SP "RETURN" SP "(" [option ...] ")"] SP search-program */
function scan(s: Scanner): SearchArguments {
  sp(s)
  let returns: readonly ReturnOption[] | undefined
  if (accept(s, 'RETURN (')) {
    s.at--
    returns = parenthesized(s, option, true)
    // An empty list means ALL (RFC 4731 section 3.1).
    if (returns.length === 0) returns = ['ALL']
    expect(s, ' ', 'one space')
  }
  const program = searchProgram(s)
  end(s)
  return { ...program, ...(returns ? { returns } : {}) }
}

function option(s: Scanner): ReturnOption {
  const start = s.at
  const name = keyword(s, `one of ${RETURN.join(' ')}`)
  const known = RETURN.find((each) => each === name)
  if (known) return known
  s.at = start
  return expected(s, `one of ${RETURN.join(' ')}`)
}

const answer =
  (byUid: boolean) =>
  (args: SearchArguments, context: ServerContext, given: StoreAnswer | undefined): Outcome => {
    const refused = tooMuch(args, given)
    if (refused) return refused
    const result = found(args, context, given)
    const numbers = numbersOf(result, context, byUid)
    const { returns } = args
    if (!returns && !isRev2(context)) {
      const body = ['SEARCH', ...numbers, ...latestChange(args, result)].join(' ')
      return { ...ok('That is all'), untagged: [untagged(foundData('SEARCH', numbers), body)] }
    }
    const told = returns ?? ['ALL']
    if (told.every((each) => each === 'SAVE')) return { ...ok('Saved'), saved: true }
    return { ...ok('That is all'), untagged: [extended(args, told, result, numbers, context, byUid)] }
  }

/** esearch-response = "ESEARCH" [search-correlator] [SP "UID"] *(SP search-return-data) (RFC 4731) */
function extended(
  { key }: SearchArguments,
  returns: readonly ReturnOption[],
  result: readonly StoredMessage[],
  numbers: readonly number[],
  { command: asked }: ServerContext,
  byUid: boolean,
): Response {
  const words = ['ESEARCH', `(TAG ${quotedTag(asked?.tag ?? '')})`, ...(byUid ? ['UID'] : [])]
  if (returns.includes('MIN') && numbers.length > 0) words.push(`MIN ${numbers[0]}`)
  if (returns.includes('MAX') && numbers.length > 0) words.push(`MAX ${numbers.at(-1)}`)
  if (returns.includes('ALL') && numbers.length > 0) words.push(`ALL ${uidSet(numbers)}`)
  if (returns.includes('COUNT')) words.push(`COUNT ${numbers.length}`)
  const picked = chosen(returns, result)
  if (usesModSeq(key) && picked.length > 0) words.push(`MODSEQ ${highest(picked)}`)
  return untagged(foundData('ESEARCH', numbers), words.join(' '))
}

const quotedTag = (tag: string): string => {
  const text = astringOf(tag)
  return text.startsWith('"') ? text : `"${text}"`
}

/** With only MIN or MAX, only those messages count, for `$` as for MODSEQ (RFC 5182 section 2.4, RFC 7162 section 3.1.10). */
function chosen(returns: readonly ReturnOption[], result: readonly StoredMessage[]): readonly StoredMessage[] {
  const [first] = result
  const last = result.at(-1)
  if (!first || !last || returns.includes('ALL') || returns.includes('COUNT')) return result
  if (!returns.includes('MIN') && !returns.includes('MAX')) return result
  const ends = [...(returns.includes('MIN') ? [first] : []), ...(returns.includes('MAX') ? [last] : [])]
  return [...new Set(ends)]
}

/** A search that fails saves an empty result; a BAD one leaves the saved result unchanged (RFC 5182 section 2.1). */
function saves(
  args: SearchArguments,
  context: ServerContext,
  result: StoreAnswer | Outcome,
): readonly number[] | undefined {
  const { returns } = args
  if (!returns?.includes('SAVE')) return undefined
  if ('status' in result) return result.status === 'NO' ? [] : undefined
  if (result.type !== 'messagesFetched' || tooMuch(args, result)) return []
  return chosen(returns, found(args, context, result)).map(({ uid }) => uid)
}

/** RFC 6855 section 3 forbids the character set here. SORT and THREAD require one (RFC 5256 section 3). */
const question = (byUid: boolean) => (args: SearchArguments, context: ServerContext) =>
  args.charset !== undefined && context.enabled.includes('UTF8=ACCEPT')
    ? ({ status: 'BAD', text: 'After ENABLE UTF8=ACCEPT a search names no character set' } as const)
    : searchQuestion(byUid)(args, context)

const spec = (byUid: boolean) => ({
  states: SELECTED,
  scan,
  enables: enablesModSeq,
  saves,
  question: question(byUid),
  answer: answer(byUid),
})

export const search = command<SearchArguments>({
  name: 'SEARCH',
  keepsNumbers: true,
  syntax: 'SEARCH [RETURN (option ...)] [CHARSET charset] key ...',
  rfc: 'RFC 9051 section 6.4.4',
  example: 'SEARCH UNSEEN',
  parsed: () => ({ type: 'SEARCH' }),
  ...spec(false),
})

export const uidSearch = command<SearchArguments>({
  name: 'UID SEARCH',
  syntax: 'UID SEARCH [RETURN (option ...)] [CHARSET charset] key ...',
  rfc: 'RFC 9051 section 6.4.9',
  example: 'UID SEARCH ALL',
  parsed: () => ({ type: 'UID SEARCH' }),
  ...spec(true),
})
