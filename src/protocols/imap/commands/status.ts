import { end, sp } from '../grammar/grammar'
import { ok } from '../grammar/responses'
import { mailboxArgument } from '../session/mailboxNames'
import { type StatusItem, statusItems, statusResponse } from '../session/statusResponses'
import { answered, command, LOGGED_IN } from './command'

interface StatusArguments {
  readonly mailbox: string
  readonly items: readonly StatusItem[]
}

export const status = command<StatusArguments>({
  name: 'STATUS',
  states: LOGGED_IN,
  syntax: 'STATUS mailbox (item ...)',
  rfc: 'RFC 9051 section 6.3.11',
  example: 'STATUS INBOX (MESSAGES UNSEEN)',
  scan(s) {
    sp(s)
    const mailbox = mailboxArgument(s)
    sp(s)
    const items = statusItems(s)
    end(s)
    return { mailbox, items }
  },
  parsed: ({ mailbox }) => ({ type: 'STATUS', mailbox }),
  enables: ({ items }) => (items.includes('HIGHESTMODSEQ') ? ['CONDSTORE'] : []),
  question: ({ mailbox }) => ({ type: 'mailboxStatus', mailbox }),
  answer: ({ items }, context, answer) => {
    const found = answered(answer, 'statusFound')
    return { ...ok('That is all'), untagged: [statusResponse(found.mailbox, found.status, items, context)] }
  },
})
