import { end, expected, keyword, parenthesized, type Scanner, sp } from '../grammar/grammar'
import { type Outcome, ok, untagged } from '../grammar/responses'
import { charsetName, type SearchKey, searchKeys } from '../search/searchKeys'
import { SORT_KEYS, type SortCriterion, sorted } from '../search/sortOrder'
import type { ServerContext } from '../session/serverContext'
import type { StoreAnswer } from '../store/storeQuestions'
import { command, SELECTED } from './command'
import { enablesModSeq, found, foundData, latestChange, numbersOf, searchQuestion, tooMuch } from './found'

interface SortArguments {
  readonly criteria: readonly SortCriterion[]
  readonly charset: string
  readonly key: SearchKey
}

/** sort = "SORT" SP "(" sort-criterion *(SP sort-criterion) ")" SP charset 1*(SP search-key) (RFC 5256 section 5) */
function scan(s: Scanner): SortArguments {
  sp(s)
  const criteria = parenthesized(s, criterion)
  sp(s)
  const charset = charsetName(s)
  sp(s)
  const key = searchKeys(s, charset)
  end(s)
  return { criteria, charset, key }
}

/** sort-criterion = ["REVERSE" SP] sort-key */
function criterion(s: Scanner): SortCriterion {
  const what = `REVERSE or one of ${SORT_KEYS.join(' ')}`
  let start = s.at
  let name = keyword(s, what)
  const reverse = name === 'REVERSE'
  if (reverse) {
    sp(s)
    start = s.at
    name = keyword(s, what)
  }
  const key = SORT_KEYS.find((each) => each === name)
  if (key) return { key, reverse }
  s.at = start
  return expected(s, what)
}

const answer =
  (byUid: boolean) =>
  (args: SortArguments, context: ServerContext, given: StoreAnswer | undefined): Outcome => {
    const refused = tooMuch(args, given)
    if (refused) return refused
    const result = found(args, context, given)
    const numbers = numbersOf(sorted(result, args.criteria), context, byUid)
    const body = ['SORT', ...numbers, ...latestChange(args, result)].join(' ')
    return { ...ok('That is all'), untagged: [untagged(foundData('SORT', numbers), body)] }
  }

const spec = (byUid: boolean) => ({
  states: SELECTED,
  rfc: 'RFC 5256 section 3',
  scan,
  enables: enablesModSeq,
  question: searchQuestion(byUid),
  answer: answer(byUid),
})

export const sort = command<SortArguments>({
  name: 'SORT',
  keepsNumbers: true,
  syntax: 'SORT ([REVERSE] key ...) charset search-key ...',
  example: 'SORT (REVERSE DATE) UTF-8 ALL',
  parsed: ({ criteria }) => ({ type: 'SORT', criteria: keysOf(criteria) }),
  ...spec(false),
})

export const uidSort = command<SortArguments>({
  name: 'UID SORT',
  syntax: 'UID SORT ([REVERSE] key ...) charset search-key ...',
  example: 'UID SORT (SUBJECT) UTF-8 ALL',
  parsed: ({ criteria }) => ({ type: 'UID SORT', criteria: keysOf(criteria) }),
  ...spec(true),
})

const keysOf = (criteria: readonly SortCriterion[]): readonly string[] => criteria.map(({ key }) => key)
