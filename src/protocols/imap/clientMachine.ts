import { assign, setup } from 'xstate'
import { fromText, type Octets } from '../../base/octets'
import { minutes } from '../../base/time'
import {
  codeWords,
  type FlagNews,
  flagNews,
  type Happened,
  type ImapClientContext,
  type ImapClientEvent,
  type ImapClientInput,
  type ImapClientQuestion,
  type ImapIntent,
  isNew,
  newest,
  type Said,
  tagOf,
  told,
  uidAt,
  vanished,
  wish,
  wishUid,
} from './clientContext'
import { credential, words } from './clientGrammar'
import { astringOf } from './grammar'
import { encodeMailboxName } from './mailboxNames'

/**
 * A mail program that keeps a mailbox in step: it logs in, opens the mailbox, compares what it knows, fetches what is
 * new, and then idles or leaves (RFC 9051; the order of resynchronising follows RFC 4549 section 3).
 * `choosing` is the one place that decides what comes next.
 */

/** Sends a command under the next tag. */
const command = (text: (context: ImapClientContext) => string, gloss: (context: ImapClientContext) => string) =>
  [
    'nextTag',
    {
      type: 'say',
      params: ({ context }: Happened): Said => {
        const line = text(context)
        const name = /^(UID )?\S+/.exec(line)?.[0] ?? ''
        return {
          line: `${tagOf(context)} ${line}\r\n` as Octets,
          means: { kind: 'command', name, gloss: gloss(context) },
        }
      },
    },
  ] as const

const tell = (question: (happened: Happened) => ImapClientQuestion) =>
  ({ type: 'ask', params: (happened: Happened) => ({ question: question(happened) }) }) as const

const done = {
  type: 'say',
  params: (_: Happened): Said => ({
    line: 'DONE\r\n' as Octets,
    means: { kind: 'command', name: 'DONE', gloss: 'Thank you, that is enough.' },
  }),
} as const

const lost = (why: string) => tell(({ context }) => ({ type: 'sessionLost', why, text: context.lastWords }))
const patience = { patience: { target: 'ended', actions: [lost('timedOut'), 'close'] } } as const
const reads = ['reads:response']

const rememberText = {
  type: 'remember',
  params: ({ event }: Happened) => ({ text: (event as { text: string }).text }),
} as const
const readCode = {
  type: 'readCode',
  params: ({ event }: Happened) => ({ code: (event as { code: string }).code }),
} as const
const newsOfFlags = [
  {
    guard: 'isFlagNews',
    actions: [
      tell(({ context, event }) => {
        const news = flagNews(context, event)
        return { type: 'mailboxNews', expunged: [], flags: news ? [news] : [] }
      }),
      'place',
    ],
  },
  { actions: ['place'] },
] as const

/** After a command for the person: whatever the server said of it, the next thing follows. */
const wishDone = { target: 'choosing', actions: ['wishDone'] } as const

export const imapClientMachine = setup({
  types: {
    context: {} as ImapClientContext,
    events: {} as ImapClientEvent,
    input: {} as ImapClientInput,
    meta: {} as { title: string },
  },
  delays: {
    /** A server that says nothing for so long is taken for gone. */
    patience: minutes(5),
    /** RFC 2177 section 3: issue IDLE again at least every 29 minutes. */
    idleRenewal: minutes(28),
  },
  guards: {
    isGreeting: ({ event }) => (event as { status: string }).status === 'OK',
    isPreauth: ({ event }) => (event as { status: string }).status === 'PREAUTH',
    isFlagNews: ({ context, event }) => flagNews(context, event) !== undefined,
    loginDisabled: ({ context, event }) =>
      codeWords(event).includes('LOGINDISABLED') || context.capabilities.includes('LOGINDISABLED'),
    removesOther: ({ context }) =>
      context.uidValidity !== (context.known.uidValidity ?? context.uidValidity) && context.uids.length > 0,
    removesKnown: ({ context, event }) => context.uids.includes(uidAt(context, (event as { number: number }).number)),
    wantsToLeave: ({ context }) => context.wishes.some(({ type }) => type === 'leave'),
    hasToCompare: ({ context }) => !context.compared && context.uids.length > 0,
    hasToList: ({ context }) => context.view.length > context.listed,
    hasToFetch: ({ context }) => context.toFetch.length > 0,
    wantsCheck: ({ context }) => wish(context)?.type === 'check',
    wantsRemoval: ({ context }) => wish(context)?.type === 'remove',
    wantsMark: ({ context }) => wish(context) !== undefined,
    mayIdle: ({ context }) => context.idle,
    hasFetched: ({ context }) => context.fetched !== null,
    hasNews: ({ context }) => vanished(context).length > 0 || context.heard.length > 0,
    hasWork: ({ context }) => context.wishes.length > 0 || context.view.length > context.listed,
  },
  actions: {
    say: (_, _params: Said) => {},
    ask: (_, _params: { question: ImapClientQuestion }) => {},
    close: () => {},
    nextTag: assign({ tags: ({ context }) => context.tags + 1 }),
    remember: assign((_, { text }: { text: string }) => ({ lastWords: text })),
    /** UIDVALIDITY and CAPABILITY come as response codes. */
    readCode: assign(({ context }, { code }: { code: string }) => {
      const [name, ...values] = words(code)
      if (name === 'CAPABILITY') return { capabilities: values }
      if (name === 'UIDVALIDITY') return { uidValidity: Number(values[0]) || context.uidValidity }
      return {}
    }),
    learnCapabilities: assign(({ event }) => ({
      capabilities: (event as { capabilities: readonly string[] }).capabilities,
    })),
    /** The view has grown. It never shrinks but by EXPUNGE. */
    grow: assign(({ context, event }) => {
      const { count } = event as { count: number }
      const missing = Math.min(count, MAX_VIEW) - context.view.length
      return missing > 0 ? { view: [...context.view, ...Array<number>(missing).fill(0)] } : {}
    }),
    shrink: assign(({ context, event }) => {
      const { number } = event as { number: number }
      if (number < 1 || number > context.view.length) return {}
      const uid = uidAt(context, number)
      return {
        view: [...context.view.slice(0, number - 1), ...context.view.slice(number)],
        listed: number <= context.listed ? context.listed - 1 : context.listed,
        uids: context.uids.filter((each) => each !== uid),
        toFetch: context.toFetch.filter((each) => each.uid !== uid),
      }
    }),
    /** Notes which UID has which number. */
    place: assign(({ context, event }) => {
      const { number, message } = told(event)
      if (message.uid === undefined || uidAt(context, number) === message.uid || number > context.view.length) return {}
      const view = [...context.view]
      view[number - 1] = message.uid
      return { view }
    }),
    hear: assign(({ context, event }) => {
      const news = flagNews(context, event)
      return news ? { heard: [...context.heard, news] } : {}
    }),
    notice: assign(({ context, event }) => {
      const { uid = 0, flags = [] } = told(event).message
      return isNew(context, uid) ? { toFetch: [...context.toFetch, { uid, flags }] } : {}
    }),
    receive: assign(({ context, event }) => {
      const { message } = told(event)
      return message.octets !== undefined && message.uid === context.toFetch[0]?.uid ? { fetched: message.octets } : {}
    }),
    listing: assign(({ context }) => ({ listed: context.view.length, compared: true })),
    reopen: assign({ view: [], listed: 0 }),
    forgetKnown: assign({ uids: [] }),
    compare: assign(({ context }) => {
      const gone = new Set(vanished(context))
      return { compared: true, heard: [], uids: context.uids.filter((uid) => !gone.has(uid)) }
    }),
    keep: assign(({ context }) => ({
      uids: [...context.uids, ...context.toFetch.slice(0, 1).map(({ uid }) => uid)],
      toFetch: context.toFetch.slice(1),
      fetched: null,
    })),
    passOver: assign(({ context }) => ({ toFetch: context.toFetch.slice(1), fetched: null })),
    wish: assign(({ context, event }) => ({ wishes: [...context.wishes, event as ImapIntent] })),
    wishDone: assign(({ context }) => ({ wishes: context.wishes.slice(1) })),
    giveUpIdle: assign({ idle: false }),
  },
}).createMachine({
  id: 'imapClient',
  context: ({ input }) => ({
    ...input,
    uidValidity: 0,
    capabilities: [],
    tags: 0,
    uids: input.known.uids,
    view: [],
    listed: 0,
    compared: false,
    heard: [],
    toFetch: [],
    fetched: null,
    wishes: [],
    lastWords: '',
  }),
  initial: 'connecting',
  on: {
    closed: {
      target: '.ended',
      actions: [
        tell(({ context, event }) => ({
          type: 'sessionLost',
          why: (event as { why: string }).why,
          text: context.lastWords,
        })),
      ],
    },
    responseTooLong: { target: '.ended', actions: [lost('tooLong'), 'close'] },
    check: { actions: ['wish'] },
    leave: { actions: ['wish'] },
    markSeen: { actions: ['wish'] },
    markFlagged: { actions: ['wish'] },
    remove: { actions: ['wish'] },
    existsTold: { actions: ['grow'] },
    expungeTold: [
      {
        guard: 'removesKnown',
        actions: [
          tell(({ context, event }) => ({
            type: 'mailboxNews',
            expunged: [uidAt(context, (event as { number: number }).number)],
            flags: [],
          })),
          'shrink',
        ],
      },
      { actions: ['shrink'] },
    ],
    fetchTold: newsOfFlags,
    capabilitiesTold: { actions: ['learnCapabilities'] },
    statusTold: { actions: [rememberText, readCode] },
  },
  states: {
    connecting: {
      meta: { title: 'Connects' },
      on: { opened: { target: 'greeting' } },
    },
    greeting: {
      meta: { title: 'Waits for the greeting' },
      tags: reads,
      after: patience,
      on: {
        statusTold: [
          {
            guard: 'loginDisabled',
            target: 'loggingOut',
            actions: [
              tell(() => ({ type: 'loginRefused', text: 'The server takes no password over this connection' })),
              ...logout(),
            ],
          },
          {
            guard: 'isGreeting',
            target: 'loggingIn',
            actions: [
              readCode,
              ...command(
                ({ user, password }) => `LOGIN ${credential(fromText(user))} ${credential(fromText(password))}`,
                ({ user }) => `I am ${user}, and this is my password.`,
              ),
            ],
          },
          { guard: 'isPreauth', target: 'opening', actions: [readCode, ...selectMailbox()] },
          { target: 'ended', actions: [rememberText, lost('refused'), 'close'] },
        ],
      },
    },
    loggingIn: {
      meta: { title: 'Logs in' },
      tags: reads,
      after: patience,
      on: {
        accepted: { target: 'opening', actions: [readCode, ...selectMailbox()] },
        rejected: {
          target: 'loggingOut',
          actions: [
            tell(({ event }) => ({ type: 'loginRefused', text: (event as { text: string }).text })),
            ...logout(),
          ],
        },
      },
    },
    opening: {
      meta: { title: 'Opens the mailbox' },
      tags: reads,
      after: patience,
      on: {
        accepted: [
          {
            guard: 'removesOther',
            target: 'choosing',
            actions: [
              tell(opened),
              // Another UIDVALIDITY: every UID known so far means nothing now (RFC 9051 section 2.3.1.1).
              tell(({ context }) => ({ type: 'mailboxNews', expunged: context.uids, flags: [] })),
              'forgetKnown',
            ],
          },
          { target: 'choosing', actions: [tell(opened)] },
        ],
        rejected: {
          target: 'loggingOut',
          actions: [rememberText, lost('refused'), ...logout()],
        },
      },
    },
    choosing: {
      meta: { title: 'Chooses what comes next' },
      always: [
        { guard: 'wantsToLeave', target: 'loggingOut', actions: [...logout()] },
        {
          guard: 'hasToCompare',
          target: 'comparing',
          actions: [
            ...command(
              (context) => `UID FETCH 1:${newest(context)} (FLAGS)`,
              () => 'What has become of the letters I have?',
            ),
          ],
        },
        {
          guard: 'hasToList',
          target: 'listing',
          actions: [
            'listing',
            ...command(
              (context) => `UID FETCH ${newest(context) + 1}:* (FLAGS RFC822.SIZE ENVELOPE)`,
              (context) =>
                newest(context) === 0 ? 'What is here?' : `Is anything newer than letter ${newest(context)}?`,
            ),
          ],
        },
        {
          guard: 'hasToFetch',
          target: 'fetching',
          actions: [
            ...command(
              ({ toFetch }) => `UID FETCH ${toFetch[0]?.uid} BODY.PEEK[]`,
              ({ toFetch }) => `Give me the letter with UID ${toFetch[0]?.uid}, and leave it unread.`,
            ),
          ],
        },
        {
          guard: 'wantsCheck',
          target: 'checking',
          actions: [
            ...command(
              () => 'NOOP',
              () => 'Anything new?',
            ),
          ],
        },
        {
          guard: 'wantsRemoval',
          target: 'markingDeleted',
          actions: [
            ...command(
              (context) => `UID STORE ${wishUid(context)} +FLAGS.SILENT (\\Deleted)`,
              (context) => `Mark the letter with UID ${wishUid(context)} as deleted.`,
            ),
          ],
        },
        {
          guard: 'wantsMark',
          target: 'marking',
          actions: [
            ...command(
              (context) =>
                `UID STORE ${wishUid(context)} +FLAGS (${wish(context)?.type === 'markSeen' ? '\\Seen' : '\\Flagged'})`,
              (context) =>
                `Mark the letter with UID ${wishUid(context)} as ${wish(context)?.type === 'markSeen' ? 'seen' : 'flagged'}.`,
            ),
          ],
        },
        {
          guard: 'mayIdle',
          target: 'startingIdle',
          actions: [
            ...command(
              () => 'IDLE',
              () => 'Tell me when something comes.',
            ),
          ],
        },
        { target: 'loggingOut', actions: [...logout()] },
      ],
    },
    comparing: {
      meta: { title: 'Compares the letters it has' },
      tags: reads,
      after: patience,
      on: {
        fetchTold: { actions: ['place', 'hear'] },
        accepted: [
          {
            guard: 'hasNews',
            target: 'choosing',
            actions: [
              tell(({ context }) => ({ type: 'mailboxNews', expunged: vanished(context), flags: context.heard })),
              'compare',
            ],
          },
          { target: 'choosing', actions: ['compare'] },
        ],
        rejected: { target: 'loggingOut', actions: [rememberText, lost('refused'), ...logout()] },
      },
    },
    listing: {
      meta: { title: 'Asks what is new' },
      tags: reads,
      after: patience,
      on: {
        fetchTold: { actions: ['place', 'notice'] },
        accepted: { target: 'choosing' },
        rejected: { target: 'loggingOut', actions: [rememberText, lost('refused'), ...logout()] },
      },
    },
    fetching: {
      meta: { title: 'Fetches a letter' },
      tags: reads,
      after: patience,
      on: {
        fetchTold: [{ guard: 'isFlagNews', actions: newsOfFlags[0].actions }, { actions: ['place', 'receive'] }],
        accepted: [
          { guard: 'hasFetched', target: 'keeping', actions: [tell(fetchedMessage)] },
          // Somebody removed it in the meantime.
          { target: 'choosing', actions: ['passOver'] },
        ],
        rejected: { target: 'choosing', actions: ['passOver'] },
      },
    },
    keeping: {
      meta: { title: 'Hands the letter to the mail program' },
      on: { kept: { target: 'choosing', actions: ['keep'] } },
    },
    checking: {
      meta: { title: 'Asks whether anything is new' },
      tags: reads,
      after: patience,
      on: { accepted: wishDone, rejected: wishDone },
    },
    marking: {
      meta: { title: 'Marks a letter' },
      tags: reads,
      after: patience,
      on: { accepted: wishDone, rejected: wishDone },
    },
    markingDeleted: {
      meta: { title: 'Marks a letter as deleted' },
      tags: reads,
      after: patience,
      on: {
        accepted: {
          target: 'removing',
          actions: [
            // With UIDPLUS only this letter goes, not others that are marked too (RFC 4315 section 2.1).
            ...command(
              (context) => (context.capabilities.includes('UIDPLUS') ? `UID EXPUNGE ${wishUid(context)}` : 'EXPUNGE'),
              () => 'Throw it out.',
            ),
          ],
        },
        rejected: wishDone,
      },
    },
    removing: {
      meta: { title: 'Removes a letter' },
      tags: reads,
      after: patience,
      on: { accepted: wishDone, rejected: wishDone },
    },
    startingIdle: {
      meta: { title: 'Asks to be told of news' },
      tags: reads,
      after: patience,
      on: {
        continuation: { target: 'idling' },
        rejected: { target: 'choosing', actions: ['giveUpIdle'] },
      },
    },
    idling: {
      meta: { title: 'Idling: waits for news' },
      tags: reads,
      always: { guard: 'hasWork', target: 'endingIdle', actions: [done] },
      after: { idleRenewal: { target: 'endingIdle', actions: [done] } },
      on: {
        accepted: { target: 'choosing' },
        rejected: { target: 'choosing', actions: ['giveUpIdle'] },
      },
    },
    endingIdle: {
      meta: { title: 'Ends idling' },
      tags: reads,
      after: patience,
      on: { accepted: { target: 'choosing' }, rejected: { target: 'choosing', actions: ['giveUpIdle'] } },
    },
    loggingOut: {
      meta: { title: 'Takes its leave' },
      tags: reads,
      after: { patience: { target: 'ended', actions: ['close'] } },
      on: {
        accepted: { target: 'ended', actions: ['close'] },
        rejected: { target: 'ended', actions: ['close'] },
        closed: { target: 'ended' },
      },
    },
    ended: { meta: { title: 'Ended' }, type: 'final' },
  },
})

/** More letters than this are not followed one by one. */
const MAX_VIEW = 1_000_000

function logout() {
  return command(
    () => 'LOGOUT',
    () => 'That is all. Goodbye.',
  )
}

function selectMailbox() {
  return [
    'reopen' as const,
    ...command(
      ({ mailbox }) => `SELECT ${astringOf(encodeMailboxName(mailbox))}`,
      ({ mailbox }) => `Anything new in ${mailbox}?`,
    ),
  ] as const
}

function opened({ context }: Happened): ImapClientQuestion {
  return { type: 'mailboxOpened', uidValidity: context.uidValidity, exists: context.view.length }
}

function fetchedMessage({ context }: Happened): ImapClientQuestion {
  const { uid, flags } = context.toFetch[0] as FlagNews
  return { type: 'messageFetched', uid, uidValidity: context.uidValidity, flags, octets: context.fetched as Octets }
}
