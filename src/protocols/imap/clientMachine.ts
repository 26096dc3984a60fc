import { assign, setup } from 'xstate'
import { fromText, type Octets } from '../../base/octets'
import { minutes } from '../../base/time'
import type { Input, Meaning } from '../../session/session'
import { type ClientResponse, credential, type FetchedData, words } from './clientGrammar'
import { astringOf } from './grammar'
import { encodeMailboxName } from './mailboxNames'

/**
 * A mail program that keeps a mailbox in step: it logs in, opens the mailbox, compares what it knows, fetches what is
 * new, and then idles or leaves (RFC 9051; the order of resynchronising follows RFC 4549 section 3).
 * `choosing` is the one place that decides what comes next.
 */

export interface ImapClientInput {
  readonly user: string
  readonly password: string
  readonly mailbox: string
  /** What the mail program has already. UIDs mean nothing under another UIDVALIDITY. */
  readonly known: { readonly uidValidity?: number; readonly uids: readonly number[] }
  readonly idle: boolean
}

export type ImapIntent =
  | { readonly type: 'check' | 'leave' }
  | { readonly type: 'markSeen' | 'markFlagged' | 'remove'; readonly uid: number }

/** What the client tells its host. Only `messageFetched` waits for an answer: `kept`. */
export type ImapClientQuestion =
  | { readonly type: 'mailboxOpened'; readonly uidValidity: number; readonly exists: number }
  | {
      readonly type: 'messageFetched'
      readonly uid: number
      readonly uidValidity: number
      readonly flags: readonly string[]
      readonly octets: Octets
    }
  | { readonly type: 'mailboxNews'; readonly expunged: readonly number[]; readonly flags: readonly FlagNews[] }
  | { readonly type: 'loginRefused'; readonly text: string }
  | { readonly type: 'sessionLost'; readonly why: string; readonly text: string }

export interface FlagNews {
  readonly uid: number
  readonly flags: readonly string[]
}

export type ImapClientEvent =
  | Extract<Input, { type: 'opened' | 'closed' }>
  | ClientResponse
  /** The completion of the command under way. */
  | { readonly type: 'accepted' | 'rejected'; readonly code: string; readonly text: string }
  | { readonly type: 'kept' }
  | { readonly type: 'responseTooLong' }
  | ImapIntent

export interface ImapClientContext extends ImapClientInput {
  readonly uidValidity: number
  readonly capabilities: readonly string[]
  /** The number of the last tag: `a3`. */
  readonly tags: number
  /** Letters the mail program has. */
  readonly uids: readonly number[]
  /** By message sequence number: UIDs, 0 where not yet known. */
  readonly view: readonly number[]
  /** So many of the letters in the view have been asked about. */
  readonly listed: number
  readonly compared: boolean
  readonly heard: readonly FlagNews[]
  readonly toFetch: readonly FlagNews[]
  readonly fetched: Octets | null
  readonly wishes: readonly ImapIntent[]
  /** What the server said last in a status of its own: why it hangs up, for one. */
  readonly lastWords: string
}

export interface Said {
  readonly line: Octets
  readonly means: Meaning
}

interface Happened {
  readonly context: ImapClientContext
  readonly event: ImapClientEvent
}

export const tagOf = (context: ImapClientContext): string => `a${context.tags}`

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

const uidAt = ({ view }: ImapClientContext, number: number): number => view[number - 1] ?? 0
const newest = ({ uids }: ImapClientContext): number => uids.reduce((max, uid) => Math.max(max, uid), 0)
const wish = ({ wishes }: ImapClientContext): ImapIntent | undefined => wishes[0]
const wishUid = (context: ImapClientContext): number => (wish(context) as { uid?: number } | undefined)?.uid ?? 0
const told = (event: ImapClientEvent): { number: number; message: FetchedData } =>
  event as { type: 'fetchTold'; number: number; message: FetchedData }

/** The UID and flags that an untagged FETCH tells of a letter the mail program has. */
function flagNews(context: ImapClientContext, event: ImapClientEvent): FlagNews | undefined {
  const { number, message } = told(event)
  const uid = message.uid ?? uidAt(context, number)
  return message.flags && context.uids.includes(uid) ? { uid, flags: message.flags } : undefined
}

/** What is new on the server under a UID that the mail program does not have. */
function isNew(context: ImapClientContext, uid: number): boolean {
  return uid > 0 && !context.uids.includes(uid) && !context.toFetch.some((each) => each.uid === uid)
}

const lost = (why: string) => tell(({ context }) => ({ type: 'sessionLost', why, text: context.lastWords }))
const patience = { patience: { target: 'ended', actions: [lost('timedOut'), 'close'] } } as const
const reads = ['reads:response']

const rememberText = { type: 'remember', params: ({ event }: Happened) => ({ text: (event as { text: string }).text }) } as const
const readCode = { type: 'readCode', params: ({ event }: Happened) => ({ code: (event as { code: string }).code }) } as const
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
    loginDisabled: ({ context, event }) => codeWords(event).includes('LOGINDISABLED') || context.capabilities.includes('LOGINDISABLED'),
    removesOther: ({ context }) => context.uidValidity !== (context.known.uidValidity ?? context.uidValidity) && context.uids.length > 0,
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
    learnCapabilities: assign(({ event }) => ({ capabilities: (event as { capabilities: readonly string[] }).capabilities })),
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
        tell(({ context, event }) => ({ type: 'sessionLost', why: (event as { why: string }).why, text: context.lastWords })),
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
          actions: [tell(({ event }) => ({ type: 'loginRefused', text: (event as { text: string }).text })), ...logout()],
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
              (context) => (newest(context) === 0 ? 'What is here?' : `Is anything newer than letter ${newest(context)}?`),
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
        { guard: 'wantsCheck', target: 'checking', actions: [...command(() => 'NOOP', () => 'Anything new?')] },
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
              (context) => `UID STORE ${wishUid(context)} +FLAGS (${wish(context)?.type === 'markSeen' ? '\\Seen' : '\\Flagged'})`,
              (context) => `Mark the letter with UID ${wishUid(context)} as ${wish(context)?.type === 'markSeen' ? 'seen' : 'flagged'}.`,
            ),
          ],
        },
        {
          guard: 'mayIdle',
          target: 'startingIdle',
          actions: [...command(() => 'IDLE', () => 'Tell me when something comes.')],
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
  return command(() => 'LOGOUT', () => 'That is all. Goodbye.')
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

/** Letters the mail program has and the mailbox has no longer. */
function vanished({ uids, view }: ImapClientContext): readonly number[] {
  const there = new Set(view)
  return uids.filter((uid) => !there.has(uid))
}

function codeWords(event: ImapClientEvent): readonly string[] {
  return words((event as { code?: string }).code ?? '')
}
