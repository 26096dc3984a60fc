import { end, sp } from '../grammar/grammar'
import { ok, type Response } from '../grammar/responses'
import { mailboxArgument, patternArgument } from '../session/mailboxNames'
import type { ServerContext } from '../session/serverContext'
import type { ListedMailbox } from '../store/storeQuestions'
import { answered, command, LOGGED_IN } from './command'
import { listLine } from './list'
import { matches, parentsOf } from './listPatterns'

interface LsubArguments {
  readonly reference: string
  readonly pattern: string
}

/** `%` shows an unsubscribed name if one below it is subscribed (RFC 3501 section 6.3.9). */
function lines(
  { reference, pattern: wanted }: LsubArguments,
  mailboxes: readonly ListedMailbox[],
  context: ServerContext,
): readonly Response[] {
  if (wanted === '') return [listLine('LSUB', ['\\Noselect'], '', context)]
  const subscribed = mailboxes.filter((each) => each.subscribed).map(({ name }) => name)
  const fits = (name: string): boolean => matches(name, reference + wanted)
  const known = new Set(subscribed)
  const above = new Set(
    subscribed
      .filter((name) => !fits(name))
      .flatMap((name) => parentsOf(name).filter((each) => fits(each) && !known.has(each))),
  )
  return [
    ...subscribed.filter(fits).map((name) => listLine('LSUB', [], name, context)),
    ...[...above].map((name) => listLine('LSUB', ['\\Noselect'], name, context)),
  ]
}

export const lsub = command<LsubArguments>({
  name: 'LSUB',
  states: LOGGED_IN,
  syntax: 'LSUB reference pattern',
  rfc: 'RFC 3501 section 6.3.9',
  example: 'LSUB "" "*"',
  scan(s) {
    sp(s)
    const reference = mailboxArgument(s)
    sp(s)
    const wanted = patternArgument(s)
    end(s)
    return { reference, pattern: wanted }
  },
  parsed: () => ({ type: 'LSUB' }),
  question: () => ({ type: 'listMailboxes', counts: false }),
  answer: (args, context, answer) => ({
    ...ok('That is all'),
    untagged: lines(args, answered(answer, 'mailboxesListed').mailboxes, context),
  }),
})
