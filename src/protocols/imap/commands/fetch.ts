import { subjectOf } from '../envelopeStructure'
import { type FetchItem, fetchItems, messageAttributes, needsOctets, setsSeen } from '../fetchItems'
import { end, type Scanner, type SequenceSet, sequenceSet, sequenceSetText, sp } from '../grammar'
import { ok, type Response, untagged } from '../responses'
import type { ServerContext } from '../serverContext'
import type { StoreAnswer } from '../storeQuestions'
import { flagInWords, sequenceNumberOf } from '../view'
import { answered, command, type Outcome, SELECTED } from './command'
import { missingAmong, namedMessages } from './messages'

interface FetchArguments {
  readonly set: SequenceSet
  readonly items: readonly FetchItem[]
}

function scan(s: Scanner): FetchArguments {
  sp(s)
  const set = sequenceSet(s)
  sp(s)
  const items = fetchItems(s)
  end(s)
  return { set, items }
}

const has = (items: readonly FetchItem[], kind: FetchItem['kind']): boolean => items.some((item) => item.kind === kind)

/** The items in words: what a caption says is wanted or given. */
function inWords(items: readonly FetchItem[]): string {
  const section = items.find((item) => item.kind === 'section')
  if (section?.kind === 'section') {
    if (section.section.text?.startsWith('HEADER')) return 'the header'
    return section.section.part.length > 0 ? 'one part' : 'the whole text'
  }
  if (has(items, 'ENVELOPE')) return 'who wrote, when and about what'
  if (has(items, 'BODYSTRUCTURE') || has(items, 'BODY')) return 'how it is built'
  if (has(items, 'FLAGS')) return 'the marks'
  return 'the data'
}

const question =
  (byUid: boolean) =>
  ({ set, items }: FetchArguments, { selected }: ServerContext) => {
    const named = namedMessages(set, selected?.uids ?? [], byUid)
    if (!selected || !Array.isArray(named)) return named as Outcome
    return {
      type: 'fetchMessages',
      mailbox: selected.mailbox,
      uids: named as readonly number[],
      octets: items.some(needsOctets),
      markSeen: !selected.readOnly && items.some(setsSeen),
    } as const
  }

const answer =
  (byUid: boolean) =>
  ({ set, items }: FetchArguments, { selected }: ServerContext, given: StoreAnswer | undefined) => {
    const { messages, madeSeen } = answered(given, 'messagesFetched')
    const known = selected?.uids ?? []
    const named: readonly FetchItem[] = byUid && !has(items, 'UID') ? [{ kind: 'UID' }, ...items] : items
    const seen = new Set(madeSeen)
    const told = messages.map((message): Response => {
      const at = sequenceNumberOf(known, message.uid)
      // Reading has set \Seen, which the client must hear of (RFC 9051 section 6.4.5).
      const tells: readonly FetchItem[] =
        seen.has(message.uid) && !has(named, 'FLAGS') ? [...named, { kind: 'FLAGS' }] : named
      return untagged('FETCH', `${at} FETCH ${messageAttributes(message, tells)}`, tellGloss(at, items, message))
    })
    return { ...(missingAmong(set, known, byUid, messages.length) ?? ok('That is all')), untagged: told }
  }

function tellGloss(
  at: number,
  items: readonly FetchItem[],
  { octets, flags }: { octets: string; flags: readonly string[] },
): string {
  const subject = octets === '' ? '' : subjectOf(octets as never)
  if (has(items, 'section') || has(items, 'ENVELOPE'))
    return `Letter ${at}${subject ? `, "${subject}"` : ''}: ${inWords(items)}.`
  if (has(items, 'FLAGS'))
    return flags.length === 0 ? `Letter ${at} has no marks.` : `Letter ${at} is ${flags.map(flagInWords).join(', ')}.`
  return `Letter ${at}: ${inWords(items)}.`
}

export const fetch = command<FetchArguments>({
  name: 'FETCH',
  states: SELECTED,
  keepsNumbers: true,
  syntax: 'FETCH numbers (item | (item ...) | ALL | FAST | FULL)',
  meaning: 'Gets data of letters: flags, envelope, structure, the whole text or parts of it.',
  effect: 'BODY[] without PEEK marks the letter as \\Seen.',
  rfc: 'RFC 9051 section 6.4.5',
  slip: 'BODY[] marks the letter as read; BODY.PEEK[] does not.',
  example: 'FETCH 1 (FLAGS ENVELOPE)',
  scan,
  gloss: ({ set, items }) => `Give me ${inWords(items)} of letter ${sequenceSetText(set)}.`,
  question: question(false),
  answer: answer(false),
})

export const uidFetch = command<FetchArguments>({
  name: 'UID FETCH',
  states: SELECTED,
  syntax: 'UID FETCH uid-set (item | (item ...) | ALL | FAST | FULL)',
  meaning: 'As FETCH, but names the letters by UID, which never changes.',
  effect: 'BODY[] without PEEK marks the letter as \\Seen.',
  rfc: 'RFC 9051 section 6.4.9',
  slip: '9:* always names the last letter, even if its UID is below 9.',
  example: 'UID FETCH 1:* (FLAGS)',
  scan,
  gloss: ({ set, items }) => {
    const open = /^([0-9]+):\*$/.exec(sequenceSetText(set))
    if (open)
      return open[1] === '1'
        ? `Give me ${inWords(items)} of every letter.`
        : `Is anything newer than letter ${Number(open[1]) - 1}?`
    return `Give me ${inWords(items)} of the letter with UID ${sequenceSetText(set)}.`
  },
  question: question(true),
  answer: answer(true),
})
