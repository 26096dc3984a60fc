import { end, expected, keyword, type Scanner, sp } from '../grammar/grammar'
import { type Outcome, ok, untagged } from '../grammar/responses'
import { charsetName, type SearchKey, searchKeys } from '../search/searchKeys'
import { byReferences } from '../search/threadReferences'
import { byOrderedSubject, type Thread, threadText } from '../search/threads'
import type { ServerContext } from '../session/serverContext'
import type { StoreAnswer } from '../store/storeQuestions'
import { command, SELECTED } from './command'
import { enablesModSeq, found, numbersOf, searchQuestion, tooMuch } from './found'

const ALGORITHMS = { ORDEREDSUBJECT: byOrderedSubject, REFERENCES: byReferences } as const
type Algorithm = keyof typeof ALGORITHMS

interface ThreadArguments {
  readonly algorithm: Algorithm
  readonly charset: string
  readonly key: SearchKey
}

/** thread = "THREAD" SP thread-alg SP charset 1*(SP search-key) (RFC 5256 section 5) */
function scan(s: Scanner): ThreadArguments {
  sp(s)
  const start = s.at
  const name = keyword(s, 'ORDEREDSUBJECT or REFERENCES')
  if (!Object.hasOwn(ALGORITHMS, name)) {
    s.at = start
    expected(s, 'ORDEREDSUBJECT or REFERENCES')
  }
  sp(s)
  const charset = charsetName(s)
  sp(s)
  const key = searchKeys(s, charset)
  end(s)
  return { algorithm: name as Algorithm, charset, key }
}

const answer =
  (byUid: boolean) =>
  (args: ThreadArguments, context: ServerContext, given: StoreAnswer | undefined): Outcome => {
    const refused = tooMuch(args, given)
    if (refused) return refused
    const result = found(args, context, given)
    const threads: readonly Thread[] = ALGORITHMS[args.algorithm](result)
    const numbers = new Map(numbersOf(result, context, byUid).map((number, at) => [result[at]?.uid ?? 0, number]))
    const text = threads.map((thread) => threadText(thread, (uid) => numbers.get(uid) ?? 0)).join('')
    const data = { type: 'THREAD', messages: result.length, threads: threads.length } as const
    return { ...ok('That is all'), untagged: [untagged(data, text === '' ? 'THREAD' : `THREAD ${text}`)] }
  }

const spec = (byUid: boolean) => ({
  states: SELECTED,
  rfc: 'RFC 5256 section 3',
  scan,
  enables: enablesModSeq,
  question: searchQuestion(byUid),
  answer: answer(byUid),
  parsed: () => ({ type: byUid ? 'UID THREAD' : 'THREAD' }) as const,
})

export const thread = command<ThreadArguments>({
  name: 'THREAD',
  keepsNumbers: true,
  syntax: 'THREAD (REFERENCES | ORDEREDSUBJECT) charset search-key ...',
  example: 'THREAD REFERENCES UTF-8 ALL',
  ...spec(false),
})

export const uidThread = command<ThreadArguments>({
  name: 'UID THREAD',
  syntax: 'UID THREAD (REFERENCES | ORDEREDSUBJECT) charset search-key ...',
  example: 'UID THREAD ORDEREDSUBJECT UTF-8 ALL',
  ...spec(true),
})
