import type { Octets } from '../../../base/octets'
import { spansOf, spansText } from '../../../mail/uidSets'
import { astringOf } from '../grammar/grammar'
import { encodeMailboxName } from '../session/mailboxNames'
import { isQuick, isSameMailbox, newest, told, vanishedKnown } from './context'
import { command, patience, readCode, reads, tell, turnedAway } from './speech'
import type { FlagNews, Happened, ImapClientContext, ImapClientQuestion } from './types'

/** From the login to a synchronized mailbox: RFC 4549 section 3, by QRESYNC or CONDSTORE if the server has them. */

/** The longest line that every server must accept (RFC 7162 section 4); a longer set is left out, which means all. */
const LONGEST_SET = 8000

function knownSet({ known }: ImapClientContext): string {
  const set = spansText(spansOf([...known.uids].sort((a, b) => a - b)))
  return set.length > LONGEST_SET ? '' : ` ${set}`
}

/** SELECT, with the mail program's known state if the server can use it (RFC 7162 section 3.2.5). */
function selectLine(context: ImapClientContext): string {
  const { known } = context
  const name = `SELECT ${astringOf(encodeMailboxName(context.mailbox))}`
  if (isQuick(context)) return `${name} (QRESYNC (${known.uidValidity} ${known.modSeq}${knownSet(context)}))`
  const offersModSeq = context.capabilities.includes('CONDSTORE')
  return offersModSeq && known.modSeq !== undefined && known.uids.length > 0 ? `${name} (CONDSTORE)` : name
}

export const selectMailbox = [
  'reopen',
  ...command(selectLine, (context) => ({
    type: 'SELECT',
    mailbox: context.mailbox,
    ...(isQuick(context) && { since: true }),
  })),
] as const

function opened({ context }: Happened): ImapClientQuestion {
  const { uidValidity, view, modSeq, uids } = context
  const question = { type: 'mailboxOpened', uidValidity, exists: view.length } as const
  // Without known messages there is nothing to compare: the mailbox is synchronized from here on.
  return uids.length === 0 && modSeq > 0 ? { ...question, modSeq } : question
}

/** Reports the result of the comparison at once. */
const compared = tell(({ context }) => ({
  type: 'mailboxNews',
  expunged: context.gone,
  flags: context.heard.filter(({ uid }) => !context.gone.includes(uid)),
  ...(context.modSeq > 0 ? { uidValidity: context.uidValidity, modSeq: context.modSeq } : {}),
}))

/** Reports the findings, if any, and continues. */
const inStep = [
  { guard: 'hasNews', target: 'choosing', actions: [compared, 'compare'] },
  { target: 'choosing', actions: ['compare'] },
] as const

export const toldVanished = [
  {
    guard: 'vanishesKnown',
    actions: [
      tell(({ context, event }) => ({ type: 'mailboxNews', expunged: vanishedKnown(context, event), flags: [] })),
      'vanish',
    ],
  },
  { actions: ['vanish'] },
] as const

export const syncStates = {
  introduced: {
    always: [
      {
        guard: 'needsCapabilities',
        target: 'askingAgain',
        actions: [
          ...command(
            () => 'CAPABILITY',
            () => ({ type: 'CAPABILITY', purpose: 'learnMore' }),
          ),
        ],
      },
      {
        guard: 'canResyncQuickly',
        target: 'enabling',
        actions: [
          ...command(
            () => 'ENABLE QRESYNC',
            () => ({ type: 'ENABLE', capabilities: ['QRESYNC'] }),
          ),
        ],
      },
      { target: 'opening', actions: [...selectMailbox] },
    ],
  },
  askingAgain: {
    tags: reads,
    after: patience,
    on: {
      accepted: { target: 'introduced', actions: ['knowSomething'] },
      rejected: { target: 'introduced', actions: ['knowSomething'] },
    },
  },
  enabling: {
    tags: reads,
    after: patience,
    on: {
      accepted: { target: 'opening', actions: [...selectMailbox] },
      rejected: { target: 'opening', actions: [...selectMailbox] },
    },
  },
  opening: {
    tags: reads,
    after: patience,
    on: {
      fetchTold: { actions: ['place', 'hear'] },
      vanishedTold: { actions: ['miss'] },
      accepted: [
        {
          guard: 'isAnotherMailbox',
          target: 'choosing',
          actions: [
            readCode,
            tell(opened),
            // Another UIDVALIDITY: every known UID is invalid now (RFC 9051 section 2.3.1.1).
            tell(({ context }) => ({ type: 'mailboxNews', expunged: context.uids, flags: [] })),
            'forgetKnown',
          ],
        },
        { guard: 'isQuick', target: 'inStep', actions: [tell(opened)] },
        { target: 'choosing', actions: [tell(opened)] },
      ],
      rejected: turnedAway,
    },
  },
  inStep: {
    always: inStep,
  },
  /** Without mod-sequences: fetches the flags of every known message, which also shows the remaining ones. */
  comparing: {
    tags: reads,
    after: patience,
    on: {
      fetchTold: { actions: ['place', 'hear'] },
      accepted: { target: 'inStep', actions: ['missUnplaced'] },
      rejected: turnedAway,
    },
  },
  /** With CONDSTORE: fetches only changed flags (RFC 7162 section 3.1.4.1), and then the list of remaining messages. */
  askingForChanges: {
    tags: reads,
    after: patience,
    on: {
      fetchTold: { actions: ['place', 'hear'] },
      accepted: {
        target: 'askingWhatIsLeft',
        actions: [
          ...command(
            (context) => `UID SEARCH UID 1:${newest(context)}`,
            () => ({ type: 'UID SEARCH', purpose: 'findRemaining' }),
          ),
        ],
      },
      rejected: turnedAway,
    },
  },
  askingWhatIsLeft: {
    tags: reads,
    after: patience,
    on: {
      searchTold: { actions: ['missUnfound'] },
      accepted: { target: 'inStep' },
      rejected: turnedAway,
    },
  },
  listing: {
    tags: reads,
    after: patience,
    on: {
      fetchTold: { actions: ['place', 'notice'] },
      accepted: { target: 'choosing' },
      rejected: turnedAway,
    },
  },
  fetching: {
    tags: reads,
    after: patience,
    on: {
      fetchTold: [{ guard: 'isFlagNews', actions: [tell(flagsChanged), 'place'] }, { actions: ['place', 'receive'] }],
      accepted: [
        { guard: 'hasFetched', target: 'keeping', actions: [tell(fetchedMessage)] },
        // Another session has removed it in the meantime.
        { target: 'choosing', actions: ['passOver'] },
      ],
      rejected: { target: 'choosing', actions: ['passOver'] },
    },
  },
  keeping: {
    on: { kept: { target: 'choosing', actions: ['keep'] } },
  },
} as const

/** The transitions of `choosing` for a mailbox that is not yet synchronized. */
export const comparison = [
  {
    guard: 'hasToAskForChanges',
    target: 'askingForChanges',
    actions: [
      ...command(
        (context) => `UID FETCH 1:${newest(context)} (FLAGS) (CHANGEDSINCE ${context.known.modSeq})`,
        (context) => ({
          type: 'UID FETCH',
          set: `1:${newest(context)}`,
          kind: 'flags',
          purpose: 'findChangedFlags',
        }),
      ),
    ],
  },
  {
    guard: 'hasToCompare',
    target: 'comparing',
    actions: [
      ...command(
        (context) => `UID FETCH 1:${newest(context)} (FLAGS)`,
        (context) => ({ type: 'UID FETCH', set: `1:${newest(context)}`, kind: 'flags', purpose: 'compareAll' }),
      ),
    ],
  },
] as const

export function flagsChanged({ context, event }: Happened): ImapClientQuestion {
  const { number, message } = told(event)
  const uid = message.uid ?? context.view[number - 1] ?? 0
  return { type: 'mailboxNews', expunged: [], flags: message.flags ? [{ uid, flags: message.flags }] : [] }
}

function fetchedMessage({ context }: Happened): ImapClientQuestion {
  const { uid, flags } = context.toFetch[0] as FlagNews
  return { type: 'messageFetched', uid, uidValidity: context.uidValidity, flags, octets: context.fetched as Octets }
}

export const hasMissed = (context: ImapClientContext): boolean =>
  context.gone.length > 0 ||
  context.heard.length > 0 ||
  (isSameMailbox(context) && context.modSeq > (context.known.modSeq ?? 0))
