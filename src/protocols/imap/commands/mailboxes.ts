import { end, sp } from '../grammar'
import { mailboxArgument } from '../mailboxNames'
import { ok } from '../responses'
import type { StoreQuestion } from '../storeQuestions'
import { command, type ImapCommand, LOGGED_IN } from './command'

type Named = Pick<ImapCommand<string>, 'name' | 'meaning' | 'effect' | 'rfc' | 'example' | 'slip'> & {
  readonly ask: (mailbox: string) => StoreQuestion
  readonly done: string
  readonly says: (mailbox: string) => string
}

/** The commands that take one mailbox name and answer with OK alone. */
const named = ({ ask, done, says, ...spec }: Named): ImapCommand =>
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
    gloss: says,
    question: ask,
    answer: () => ok(done),
  })

export const create = named({
  name: 'CREATE',
  meaning: 'Makes a mailbox, and those above it that are missing.',
  effect: 'There is one more mailbox.',
  rfc: 'RFC 9051 section 6.3.4',
  slip: 'INBOX is always there already.',
  example: 'CREATE Letters',
  ask: (mailbox) => ({ type: 'createMailbox', mailbox }),
  done: 'Made',
  says: (mailbox) => `Make a mailbox ${mailbox}.`,
})

export const remove = named({
  name: 'DELETE',
  meaning: 'Deletes a mailbox with all that is in it.',
  effect: 'The mailbox and its letters are gone.',
  rfc: 'RFC 9051 section 6.3.5',
  slip: 'INBOX cannot be deleted.',
  example: 'DELETE Junk',
  ask: (mailbox) => ({ type: 'deleteMailbox', mailbox }),
  done: 'Deleted',
  says: (mailbox) => `Delete the mailbox ${mailbox} with all that is in it.`,
})

export const subscribe = named({
  name: 'SUBSCRIBE',
  meaning: 'Adds a mailbox to those that are shown first.',
  effect: 'The mailbox is subscribed.',
  rfc: 'RFC 9051 section 6.3.7',
  example: 'SUBSCRIBE Sent',
  ask: (mailbox) => ({ type: 'subscribeMailbox', mailbox, subscribed: true }),
  done: 'Subscribed',
  says: (mailbox) => `Show me ${mailbox} among my mailboxes.`,
})

export const unsubscribe = named({
  name: 'UNSUBSCRIBE',
  meaning: 'Takes a mailbox from those that are shown first. The mailbox stays.',
  effect: 'The mailbox is not subscribed.',
  rfc: 'RFC 9051 section 6.3.8',
  example: 'UNSUBSCRIBE Junk',
  ask: (mailbox) => ({ type: 'subscribeMailbox', mailbox, subscribed: false }),
  done: 'Unsubscribed',
  says: (mailbox) => `Do not show me ${mailbox} among my mailboxes.`,
})

export const rename = command<{ readonly mailbox: string; readonly to: string }>({
  name: 'RENAME',
  states: LOGGED_IN,
  syntax: 'RENAME mailbox new-name',
  meaning: 'Renames a mailbox and those below it. INBOX stays and gives its letters to the new mailbox.',
  effect: 'The mailbox has another name.',
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
  gloss: ({ mailbox, to }) => `Call the mailbox ${mailbox} ${to}.`,
  question: ({ mailbox, to }) => ({ type: 'renameMailbox', mailbox, to }),
  answer: () => ok('Renamed'),
})
