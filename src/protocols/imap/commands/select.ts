import { end, type Scanner, sp } from '../grammar'
import { mailboxArgument } from '../mailboxNames'
import { ok, type Response, untagged, untaggedStatus } from '../responses'
import type { StoreAnswer } from '../storeQuestions'
import { existsResponse } from '../view'
import { answered, command, LOGGED_IN, type Outcome } from './command'

const name = (s: Scanner): string => {
  sp(s)
  const found = mailboxArgument(s)
  end(s)
  return found
}

export const select = command<string>({
  name: 'SELECT',
  states: LOGGED_IN,
  syntax: 'SELECT mailbox',
  meaning: 'Opens a mailbox for reading and changing.',
  effect: 'The mailbox is open, and its letters have numbers.',
  rfc: 'RFC 9051 section 6.3.2',
  slip: 'A failed SELECT also closes the mailbox that was open before.',
  example: 'SELECT INBOX',
  scan: name,
  gloss: (wanted) => `Anything new in ${wanted}?`,
  question: (wanted) => ({ type: 'selectMailbox', mailbox: wanted, readOnly: false }),
  answer: (_args, _context, answer) => opened(answer),
})

export const examine = command<string>({
  name: 'EXAMINE',
  states: LOGGED_IN,
  syntax: 'EXAMINE mailbox',
  meaning: 'Opens a mailbox for reading only.',
  effect: 'The mailbox is open; nothing in it can be changed.',
  rfc: 'RFC 9051 section 6.3.3',
  example: 'EXAMINE INBOX',
  scan: name,
  gloss: (wanted) => `Let me look into ${wanted} without touching anything.`,
  question: (wanted) => ({ type: 'selectMailbox', mailbox: wanted, readOnly: true }),
  answer: (_args, _context, answer) => opened(answer),
})

function opened(answer: StoreAnswer | undefined): Outcome {
  const { uids, flags, readOnly, uidValidity, uidNext, firstUnseen } = answered(answer, 'mailboxSelected')
  const permanent = readOnly ? '' : [...flags, '\\*'].join(' ')
  const told: Response[] = [
    untagged('FLAGS', `FLAGS (${flags.join(' ')})`, 'These marks are in use here.'),
    untaggedStatus(
      'OK',
      readOnly ? 'No marks can be changed' : 'These marks are kept',
      readOnly ? 'You may not change marks.' : 'These marks you may set, and new ones too.',
      `PERMANENTFLAGS (${permanent})`,
    ),
    existsResponse(uids.length),
    untagged('RECENT', '0 RECENT', 'This old count is no longer kept.'),
  ]
  if (firstUnseen > 0) {
    told.push(
      untaggedStatus(
        'OK',
        'First unread letter',
        `Letter ${firstUnseen} is the first unread one.`,
        `UNSEEN ${firstUnseen}`,
      ),
    )
  }
  told.push(
    untaggedStatus(
      'OK',
      'UIDs are valid',
      'While this number stays, each UID means the same letter.',
      `UIDVALIDITY ${uidValidity}`,
    ),
    untaggedStatus('OK', 'Next UID', `The next letter will get UID ${uidNext}.`, `UIDNEXT ${uidNext}`),
  )
  return {
    ...ok(readOnly ? 'Open for reading' : 'Open', 'The mailbox is open.', readOnly ? 'READ-ONLY' : 'READ-WRITE'),
    untagged: told,
  }
}
