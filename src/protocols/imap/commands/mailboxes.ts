import { end, sp } from '../grammar/grammar'
import { ok } from '../grammar/responses'
import { mailboxArgument } from '../session/mailboxNames'
import type { StoreQuestion } from '../store/storeQuestions'
import { command, type ImapCommand, LOGGED_IN } from './command'

type Named = Pick<ImapCommand<string>, 'rfc' | 'example'> & {
  readonly name: 'DELETE' | 'SUBSCRIBE' | 'UNSUBSCRIBE'
  readonly ask: (mailbox: string) => StoreQuestion
  readonly done: string
}

/** The commands with one mailbox name and a plain OK. */
const named = ({ ask, done, ...spec }: Named): ImapCommand =>
  command<string>({
    ...spec,
    states: LOGGED_IN,
    syntax: `${spec.name} mailbox`,
    scan(s) {
      sp(s)
      const mailbox = mailboxArgument(s)
      end(s)
      return mailbox
    },
    parsed: (mailbox) => ({ type: spec.name, mailbox }),
    question: ask,
    answer: () => ok(done),
  })

export const remove = named({
  name: 'DELETE',
  rfc: 'RFC 9051 section 6.3.5',
  example: 'DELETE Junk',
  ask: (mailbox) => ({ type: 'deleteMailbox', mailbox }),
  done: 'Deleted',
})

export const subscribe = named({
  name: 'SUBSCRIBE',
  rfc: 'RFC 9051 section 6.3.7',
  example: 'SUBSCRIBE Sent',
  ask: (mailbox) => ({ type: 'subscribeMailbox', mailbox, subscribed: true }),
  done: 'Subscribed',
})

export const unsubscribe = named({
  name: 'UNSUBSCRIBE',
  rfc: 'RFC 9051 section 6.3.8',
  example: 'UNSUBSCRIBE Junk',
  ask: (mailbox) => ({ type: 'subscribeMailbox', mailbox, subscribed: false }),
  done: 'Unsubscribed',
})
