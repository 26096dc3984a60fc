import type { StoredMessage } from '../../../mail/store'
import { accept, end, expected, keyword, modSequence, parenthesized, type Scanner, sp } from '../grammar/grammar'
import { type Outcome, ok, type Response, untagged } from '../grammar/responses'
import { type SequenceSet, sequenceSet, sequenceSetText, uidsEver } from '../grammar/sequenceSet'
import { subjectOf } from '../items/envelopeStructure'
import { ANSWER_LIMIT, messageAttributes } from '../items/fetchAttributes'
import { type FetchItem, fetchItems, setsSeen } from '../items/fetchItems'
import type { FetchedKind, ParsedCommand, ParsedData } from '../meaning'
import { isRev2, recentOf, type ServerContext, tellsModSeq } from '../session/serverContext'
import { keptAmong, sequenceNumberOf, vanishedResponse } from '../session/view'
import type { StoreAnswer } from '../store/storeQuestions'
import { answered, command, SELECTED } from './command'
import { isNamed, missingAmong, NOT_OPEN, namedMessages, ofOpen, tellFlags } from './messages'

interface FetchArguments {
  readonly set: SequenceSet
  readonly items: readonly FetchItem[]
  /** Only messages that changed after this mod-sequence (RFC 7162 section 3.1.4.1). */
  readonly changedSince?: number
  /** Also reports which of them are gone (RFC 7162 section 3.2.6). */
  readonly vanished: boolean
}

function scan(s: Scanner): FetchArguments {
  sp(s)
  const set = sequenceSet(s)
  sp(s)
  const items = fetchItems(s)
  let changedSince: number | undefined
  let vanished = false
  if (accept(s, ' ')) {
    parenthesized(s, (inner) => {
      const start = inner.at
      const name = keyword(inner, 'CHANGEDSINCE or VANISHED')
      if (name === 'VANISHED') vanished = true
      else if (name === 'CHANGEDSINCE') {
        sp(inner)
        changedSince = modSequence(inner)
      } else {
        inner.at = start
        expected(inner, 'CHANGEDSINCE or VANISHED')
      }
    })
  }
  end(s)
  return { set, items, vanished, ...(changedSince === undefined ? {} : { changedSince }) }
}

const has = (items: readonly FetchItem[], kind: FetchItem['kind']): boolean => items.some((item) => item.kind === kind)

/** The kind of the most important item. */
function kindOf(items: readonly FetchItem[]): FetchedKind {
  const section = items.find((item) => item.kind === 'section')
  if (section?.kind === 'section') {
    const { text, part } = section.section
    if (text?.startsWith('HEADER')) return 'header'
    if (part.length > 0 || section.partial) return 'part'
    return text === 'TEXT' ? 'text' : 'message'
  }
  if (has(items, 'ENVELOPE')) return 'envelope'
  if (has(items, 'BODYSTRUCTURE') || has(items, 'BODY')) return 'structure'
  return has(items, 'FLAGS') ? 'flags' : 'other'
}

const question =
  (byUid: boolean) =>
  ({ set, items, changedSince, vanished }: FetchArguments, { selected, enabled }: ServerContext) => {
    if (!selected) return NOT_OPEN
    if (vanished && (!byUid || changedSince === undefined || !enabled.includes('QRESYNC')))
      return { status: 'BAD', text: 'VANISHED needs ENABLE QRESYNC, UID FETCH and CHANGEDSINCE' } as const
    const named = namedMessages(set, selected, byUid)
    if (!isNamed(named)) return named
    return {
      type: 'fetchMessages',
      ...ofOpen(selected),
      uids: named,
      ...(byUid ? {} : { kept: keptAmong(selected, named) }),
      markSeen: !selected.readOnly && items.some(setsSeen),
      ...(changedSince === undefined ? {} : { changedSince }),
      ...(vanished ? { vanished: uidsEver(set) } : {}),
    } as const
  }

const UNKNOWN_ENCODING: Outcome = {
  status: 'NO',
  code: 'UNKNOWN-CTE',
  text: 'A part has a transfer encoding that is not known here',
}

const answer =
  (byUid: boolean) =>
  ({ set, items, changedSince }: FetchArguments, context: ServerContext, given: StoreAnswer | undefined): Outcome => {
    const { messages, madeSeen, present, vanished } = answered(given, 'messagesFetched')
    const known = context.selected?.uids ?? []
    const recent = recentOf(context)
    const wanted = complete(items, byUid, changedSince !== undefined)
    // Reading has set \Seen, which the client must learn (RFC 9051 section 6.4.5), and RFC 7162 requires all flags then.
    const withFlags: readonly FetchItem[] = [
      ...wanted,
      ...(has(wanted, 'FLAGS') ? [] : [{ kind: 'FLAGS' } as const]),
      ...(tellsModSeq(context) && !has(wanted, 'UID') ? [{ kind: 'UID' } as const] : []),
      ...(tellsModSeq(context) && !has(wanted, 'MODSEQ') ? [{ kind: 'MODSEQ' } as const] : []),
    ]
    const seen = new Set(madeSeen)
    const told: Response[] = vanished.length > 0 ? [vanishedResponse(vanished, true)] : []
    const tells = dataOf(items)
    let problem: Outcome | undefined
    let length = 0
    for (const message of messages) {
      const at = sequenceNumberOf(known, message.uid)
      const { text, unknownEncoding } = messageAttributes(
        message,
        seen.has(message.uid) ? withFlags : wanted,
        sequenceNumberOf(recent, message.uid) > 0,
        isRev2(context),
      )
      length += text.length
      if (length > ANSWER_LIMIT) return tooMuch(messages, seen, context)
      if (unknownEncoding) problem = UNKNOWN_ENCODING
      if (text !== '()') told.push(untagged(tells(at, message, seen.has(message.uid)), `${at} FETCH ${text}`))
    }
    const missing = missingAmong(set, context.selected, byUid, present)
    return { ...(missing ?? problem ?? ok('That is all')), untagged: told }
  }

/** The answer would be too large; the \Seen that reading has set is still reported. */
function tooMuch(messages: readonly StoredMessage[], seen: ReadonlySet<number>, context: ServerContext): Outcome {
  const tells = { uid: tellsModSeq(context), modSeq: tellsModSeq(context) }
  return {
    status: 'NO',
    code: 'LIMIT',
    text: `One answer has ${ANSWER_LIMIT} octets at most: ask for fewer letters at once`,
    untagged: messages.filter(({ uid }) => seen.has(uid)).map((each) => tellFlags(context, each, tells)),
  }
}

/** UID FETCH always reports the UID, CHANGEDSINCE the mod-sequence. */
function complete(items: readonly FetchItem[], byUid: boolean, modSeq: boolean): readonly FetchItem[] {
  const first: readonly FetchItem[] = byUid && !has(items, 'UID') ? [{ kind: 'UID' }] : []
  const last: readonly FetchItem[] = modSeq && !has(items, 'MODSEQ') ? [{ kind: 'MODSEQ' }] : []
  return first.length + last.length === 0 ? items : [...first, ...items, ...last]
}

/** The parsed data of a FETCH response with these items. */
function dataOf(
  items: readonly FetchItem[],
): (messageNumber: number, message: StoredMessage, madeSeen: boolean) => ParsedData {
  const kind = kindOf(items)
  const type = 'FETCH'
  if (has(items, 'section') || has(items, 'ENVELOPE'))
    return (messageNumber, message, madeSeen) => {
      const subject = subjectOf(message)
      const news = madeSeen && !has(items, 'FLAGS')
      return { type, messageNumber, kind, ...(subject !== '' && { subject }), ...(news && { madeSeen }) }
    }
  if (has(items, 'FLAGS')) return (messageNumber, { flags }) => ({ type, messageNumber, kind: 'flags', flags })
  return (messageNumber) => ({ type, messageNumber, kind })
}

const parsed =
  (type: 'FETCH' | 'UID FETCH') =>
  ({ set, items }: FetchArguments): ParsedCommand => ({ type, set: sequenceSetText(set), kind: kindOf(items) })

const spec = (byUid: boolean) => ({
  states: SELECTED,
  parsed: parsed(byUid ? 'UID FETCH' : 'FETCH'),
  scan,
  enables: ({ items, changedSince }: FetchArguments) =>
    changedSince !== undefined || has(items, 'MODSEQ') ? (['CONDSTORE'] as const) : [],
  question: question(byUid),
  answer: answer(byUid),
})

export const fetch = command<FetchArguments>({
  name: 'FETCH',
  keepsNumbers: true,
  syntax: 'FETCH numbers (item | (item ...) | ALL | FAST | FULL) [(CHANGEDSINCE modseq)]',
  rfc: 'RFC 9051 section 6.4.5',
  example: 'FETCH 1 (FLAGS ENVELOPE)',
  ...spec(false),
})

export const uidFetch = command<FetchArguments>({
  name: 'UID FETCH',
  syntax: 'UID FETCH uid-set (item | (item ...) | ALL | FAST | FULL) [(CHANGEDSINCE modseq [VANISHED])]',
  rfc: 'RFC 9051 section 6.4.9',
  example: 'UID FETCH 1:* (FLAGS)',
  ...spec(true),
})
