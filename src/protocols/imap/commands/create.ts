import { accept, atEnd, end, expect, expected, keyword, peek, type Scanner, sp } from '../grammar/grammar'
import { type Outcome, ok } from '../grammar/responses'
import { mailboxArgument } from '../session/mailboxNames'
import { command, LOGGED_IN } from './command'

/** The special uses of RFC 6154 section 2 for mailboxes here, without those that collect messages by their flags. */
const USES = ['\\Archive', '\\Drafts', '\\Junk', '\\Sent', '\\Trash']

interface CreateArguments {
  readonly mailbox: string
  readonly uses: readonly string[]
}

/** create-param: "USE" SP "(" [use-attr *(SP use-attr)] ")" (RFC 6154 section 6). */
function uses(s: Scanner): readonly string[] {
  expect(s, '(USE (', 'USE and its attributes in parentheses')
  const found: string[] = []
  while (!accept(s, ')')) {
    if (found.length > 0) sp(s)
    expect(s, '\\', 'an attribute such as \\Drafts')
    const name = `\\${keyword(s, 'an attribute such as \\Drafts')}`
    found.push(USES.find((each) => each.toUpperCase() === name) ?? name)
  }
  expect(s, ')')
  return found
}

const NO_USE: Outcome = { status: 'NO', code: 'USEATTR', text: `A mailbox can have one use of ${USES.join(' ')}` }

export const create = command<CreateArguments>({
  name: 'CREATE',
  states: LOGGED_IN,
  syntax: 'CREATE mailbox [(USE (\\attribute))]',
  rfc: 'RFC 9051 section 6.3.4',
  example: 'CREATE Letters',
  scan(s) {
    sp(s)
    const mailbox = mailboxArgument(s)
    if (atEnd(s)) return { mailbox, uses: [] }
    sp(s)
    if (peek(s) !== '(') expected(s, 'the end of the line')
    const found = uses(s)
    end(s)
    return { mailbox, uses: found }
  },
  parsed: ({ mailbox }) => ({ type: 'CREATE', mailbox }),
  question({ mailbox, uses: [use, ...more] }) {
    if (use === undefined) return { type: 'createMailbox', mailbox }
    return more.length > 0 || !USES.includes(use) ? NO_USE : { type: 'createMailbox', mailbox, specialUse: use }
  },
  answer: () => ok('Made'),
})
