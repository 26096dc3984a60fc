import { end, type Scanner, sp } from '../grammar'
import { ok, untagged } from '../responses'
import { needsText, type SearchKey, searchProgram } from '../searchKeys'
import { matcherOf } from '../searchMatch'
import type { ServerContext } from '../serverContext'
import type { StoreAnswer } from '../storeQuestions'
import { letters, sequenceNumberOf } from '../view'
import { answered, command, type Outcome, SELECTED } from './command'

function scan(s: Scanner): SearchKey {
  sp(s)
  const key = searchProgram(s)
  end(s)
  return key
}

const question = (key: SearchKey, { selected }: ServerContext) =>
  ({
    type: 'fetchMessages',
    mailbox: selected?.mailbox ?? '',
    uids: selected?.uids ?? [],
    octets: needsText(key),
    markSeen: false,
  }) as const

const answer =
  (byUid: boolean) =>
  (key: SearchKey, { selected }: ServerContext, given: StoreAnswer | undefined): Outcome => {
    const known = selected?.uids ?? []
    const matches = matcherOf(key, known)
    if (!matches)
      return { status: 'BAD', text: `A number in the search is too high: the mailbox has ${letters(known.length)}` }
    const found = answered(given, 'messagesFetched').messages.filter(matches)
    const numbers = found.map(({ uid }) => (byUid ? uid : sequenceNumberOf(known, uid)))
    const gloss =
      numbers.length === 0
        ? 'None fits.'
        : `${letters(numbers.length)} ${numbers.length === 1 ? 'fits' : 'fit'}: ${numbers.slice(0, 10).join(', ')}.`
    return { ...ok('That is all'), untagged: [untagged('SEARCH', ['SEARCH', ...numbers].join(' '), gloss)] }
  }

export const search = command<SearchKey>({
  name: 'SEARCH',
  states: SELECTED,
  keepsNumbers: true,
  syntax: 'SEARCH [CHARSET charset] key ...',
  meaning: 'Gives the numbers of the letters that fit all the keys.',
  effect: 'Nothing changes.',
  rfc: 'RFC 9051 section 6.4.4',
  slip: 'OR takes exactly two keys: OR FROM alice FROM bob.',
  example: 'SEARCH UNSEEN',
  scan,
  gloss: () => 'Which letters fit this?',
  question,
  answer: answer(false),
})

export const uidSearch = command<SearchKey>({
  name: 'UID SEARCH',
  states: SELECTED,
  syntax: 'UID SEARCH [CHARSET charset] key ...',
  meaning: 'As SEARCH, but gives UIDs.',
  effect: 'Nothing changes.',
  rfc: 'RFC 9051 section 6.4.9',
  example: 'UID SEARCH ALL',
  scan,
  gloss: () => 'Which letters fit this? Tell me their UIDs.',
  question,
  answer: answer(true),
})
