import { type StoredMessage, SYSTEM_FLAGS } from '../../../mail/store'
import {
  accept,
  end,
  expected,
  keyword,
  modSequence,
  nzNumber,
  parenthesized,
  peek,
  type Scanner,
  sp,
} from '../grammar/grammar'
import { type Outcome, ok, type Response, untaggedStatus } from '../grammar/responses'
import { knownSet } from '../grammar/sequenceSet'
import { mailboxArgument, mailboxText } from '../session/mailboxNames'
import { isRev2, type ServerContext } from '../session/serverContext'
import { highestModSeq } from '../session/statusResponses'
import {
  existsResponse,
  flagsInUse,
  flagsResponse,
  recentResponse,
  sequenceNumberOf,
  vanishedResponse,
} from '../session/view'
import type { KnownBefore, StoreAnswer } from '../store/storeQuestions'
import { answered, command, type ImapCommand, LOGGED_IN } from './command'
import { attributesOf, listLine } from './list'

interface SelectArguments {
  readonly mailbox: string
  readonly condstore: boolean
  readonly since?: KnownBefore
}

/** select-params of RFC 4466, with CONDSTORE and QRESYNC of RFC 7162 section 7. */
function scan(s: Scanner): SelectArguments {
  sp(s)
  const mailbox = mailboxArgument(s)
  let condstore = false
  let since: KnownBefore | undefined
  if (accept(s, ' ')) {
    parenthesized(s, (inner) => {
      const start = inner.at
      const name = keyword(inner, 'CONDSTORE or QRESYNC')
      if (name === 'CONDSTORE') condstore = true
      else if (name === 'QRESYNC') {
        sp(inner)
        since = knownBefore(inner)
      } else {
        inner.at = start
        expected(inner, 'CONDSTORE or QRESYNC')
      }
    })
  }
  end(s)
  return { mailbox, condstore, ...(since ? { since } : {}) }
}

/** "(" uidvalidity SP mod-sequence-value [SP known-uids] [SP seq-match-data] ")" */
function knownBefore(s: Scanner): KnownBefore {
  if (!accept(s, '(')) expected(s, 'the UIDVALIDITY and mod-sequence in parentheses')
  const uidValidity = nzNumber(s, 'a UIDVALIDITY')
  sp(s)
  const modSeq = modSequence(s)
  let uids: KnownBefore['uids']
  let matches: KnownBefore['matches']
  if (accept(s, ' ') && peek(s) !== '(') {
    uids = knownSet(s)
    if (peek(s) === ' ') sp(s)
  }
  if (accept(s, '(')) {
    const numbers = one(knownSet(s))
    sp(s)
    const named = one(knownSet(s))
    if (!accept(s, ')')) expected(s, 'a closing parenthesis')
    if (numbers.length !== named.length) expected(s, 'as many UIDs as message numbers')
    matches = numbers.map((number, at) => [number, named[at] as number])
  }
  if (!accept(s, ')')) expected(s, 'a closing parenthesis')
  return { uidValidity, modSeq, ...(uids ? { uids } : {}), ...(matches ? { matches } : {}) }
}

const MAX_MATCHES = 100_000

/** The numbers of a set one by one. */
function one(spans: readonly (readonly [number, number])[]): readonly number[] {
  const found: number[] = []
  for (const [first, last] of spans) for (let n = first; n <= last && found.length < MAX_MATCHES; n++) found.push(n)
  return found
}

const spec = (
  readOnly: boolean,
): Omit<
  ImapCommand<SelectArguments>,
  'name' | 'syntax' | 'meaning' | 'effect' | 'rfc' | 'slip' | 'example' | 'parsed'
> => ({
  states: LOGGED_IN,
  scan,
  enables: ({ condstore }) => (condstore ? ['CONDSTORE'] : []),
  question: ({ mailbox, since }, { enabled }) =>
    since && !enabled.includes('QRESYNC')
      ? { status: 'BAD', text: 'QRESYNC needs ENABLE QRESYNC first' }
      : { type: 'selectMailbox', mailbox, readOnly, ...(since ? { since } : {}) },
  answer: ({ mailbox }, context, answer) => opened(mailbox, context, answer),
})

export const select = command<SelectArguments>({
  name: 'SELECT',
  syntax: 'SELECT mailbox [(CONDSTORE)]',
  rfc: 'RFC 9051 section 6.3.2',
  example: 'SELECT INBOX',
  parsed: ({ mailbox, since }) => ({ type: 'SELECT', mailbox, ...(since && { since: true }) }),
  ...spec(false),
})

export const examine = command<SelectArguments>({
  name: 'EXAMINE',
  syntax: 'EXAMINE mailbox [(CONDSTORE)]',
  rfc: 'RFC 9051 section 6.3.3',
  example: 'EXAMINE INBOX',
  parsed: ({ mailbox }) => ({ type: 'EXAMINE', mailbox }),
  ...spec(true),
})

function opened(asked: string, context: ServerContext, answer: StoreAnswer | undefined): Outcome {
  const found = answered(answer, 'mailboxSelected')
  const { uids, keywords, readOnly, uidValidity, uidNext, firstUnseen } = found
  const recent = isRev2(context) ? [] : found.recent
  const told: Response[] = [...flagsInUse([...SYSTEM_FLAGS, ...keywords], readOnly), existsResponse(uids.length)]
  if (isRev2(context)) {
    // The requested name if its spelling differs (RFC 9051 section 6.3.9.7): `inbox`.
    const oldName = asked === found.mailbox ? '' : ` ("OLDNAME" (${mailboxText(asked, context)}))`
    told.push(listLine('LIST', attributesOf(found.listed, false), found.mailbox, context, oldName))
  } else told.push(...ofRev1(recent.length, firstUnseen))
  told.push(
    untaggedStatus('OK', 'UIDs are valid', `UIDVALIDITY ${uidValidity}`),
    untaggedStatus('OK', 'Next UID', `UIDNEXT ${uidNext}`),
    highestModSeq(found.highestModSeq),
    ...missed(uids, recent, found.since),
  )
  return {
    ...ok(readOnly ? 'Open for reading' : 'Open', readOnly ? 'READ-ONLY' : 'READ-WRITE'),
    untagged: told,
  }
}

/** IMAP4rev2 has dropped RECENT, and UNSEEN as a response code (RFC 9051 appendix E). */
const ofRev1 = (recent: number, firstUnseen: number): readonly Response[] => [
  recentResponse(recent),
  ...(firstUnseen > 0 ? [untaggedStatus('OK', 'First unread letter', `UNSEEN ${firstUnseen}`)] : []),
]

/** The changes while the client was away: removals first, then flags (RFC 7162 section 3.2.5.1). */
function missed(
  uids: readonly number[],
  recent: readonly number[],
  since:
    | { readonly vanished: readonly (readonly [number, number])[]; readonly changed: readonly StoredMessage[] }
    | undefined,
): readonly Response[] {
  if (!since) return []
  const gone = since.vanished.length > 0 ? [vanishedResponse(since.vanished, true)] : []
  return [
    ...gone,
    ...since.changed.map((message) => {
      const tells = { uid: true, modSeq: true, recent: sequenceNumberOf(recent, message.uid) > 0 }
      return flagsResponse(sequenceNumberOf(uids, message.uid), message, tells)
    }),
  ]
}
