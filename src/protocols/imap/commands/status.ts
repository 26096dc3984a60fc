import { end, expected, keyword, parenthesized, type Scanner, sp, stringOf } from '../grammar'
import { encodeMailboxName, mailboxArgument } from '../mailboxNames'
import { ok, untagged } from '../responses'
import { letters } from '../view'
import { answered, command, LOGGED_IN } from './command'

const ITEMS = ['MESSAGES', 'RECENT', 'UIDNEXT', 'UIDVALIDITY', 'UNSEEN', 'DELETED', 'SIZE'] as const
type StatusItem = (typeof ITEMS)[number]

/** status-att of RFC 9051 section 9, and RECENT of RFC 3501. */
function statusAtt(s: Scanner): StatusItem {
  const start = s.at
  const found = keyword(s, `one of ${ITEMS.join(' ')}`)
  const item = ITEMS.find((each) => each === found)
  if (item) return item
  s.at = start
  return expected(s, `one of ${ITEMS.join(' ')}`)
}

interface StatusArguments {
  readonly mailbox: string
  readonly items: readonly StatusItem[]
}

export const status = command<StatusArguments>({
  name: 'STATUS',
  states: LOGGED_IN,
  syntax: 'STATUS mailbox (item ...)',
  meaning: 'Counts a mailbox without opening it.',
  effect: 'Nothing changes.',
  rfc: 'RFC 9051 section 6.3.11',
  slip: 'For the mailbox that is open, use NOOP.',
  example: 'STATUS INBOX (MESSAGES UNSEEN)',
  scan(s) {
    sp(s)
    const mailbox = mailboxArgument(s)
    sp(s)
    const items = parenthesized(s, statusAtt)
    end(s)
    return { mailbox, items }
  },
  gloss: ({ mailbox }) => `How many letters are in ${mailbox}?`,
  question: ({ mailbox }) => ({ type: 'mailboxStatus', mailbox }),
  answer: ({ items }, _context, answer) => {
    const found = answered(answer, 'statusFound')
    const values: Readonly<Record<StatusItem, number>> = {
      MESSAGES: found.messages,
      RECENT: 0,
      UIDNEXT: found.uidNext,
      UIDVALIDITY: found.uidValidity,
      UNSEEN: found.unseen,
      DELETED: found.deleted,
      SIZE: found.size,
    }
    const body = items.map((item) => `${item} ${values[item]}`).join(' ')
    const gloss = `${found.mailbox} has ${letters(found.messages)}, ${found.unseen} unread.`
    const name = stringOf(encodeMailboxName(found.mailbox))
    return { ...ok('That is all'), untagged: [untagged('STATUS', `STATUS ${name} (${body})`, gloss)] }
  },
})
