import { end, sp } from '../grammar/grammar'
import { ok } from '../grammar/responses'
import { mailboxArgument } from '../session/mailboxNames'
import { command, LOGGED_IN } from './command'

export const rename = command<{ readonly mailbox: string; readonly to: string }>({
  name: 'RENAME',
  states: LOGGED_IN,
  syntax: 'RENAME mailbox new-name',
  rfc: 'RFC 9051 section 6.3.6',
  example: 'RENAME Junk Spam',
  scan(s) {
    sp(s)
    const mailbox = mailboxArgument(s)
    sp(s)
    const to = mailboxArgument(s)
    end(s)
    return { mailbox, to }
  },
  parsed: ({ mailbox, to }) => ({ type: 'RENAME', mailbox, to }),
  question: ({ mailbox, to }) => ({ type: 'renameMailbox', mailbox, to }),
  answer: () => ok('Renamed'),
})
