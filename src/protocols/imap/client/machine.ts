import { assign, setup } from 'xstate'
import { minutes } from '../../../base/time'
import { clientTrusts } from '../../../sasl'
import {
  canAskForChanges,
  canResyncQuickly,
  flagNews,
  isQuick,
  isSameMailbox,
  mark,
  startContext,
  uidAt,
  vanishedKnown,
  wish,
} from './context'
import { answered, begun, canSecure, loginDisabled, mechanismFor, needsTls } from './login'
import {
  compare,
  grow,
  hasMissed,
  hear,
  keep,
  miss,
  missUnfound,
  missUnplaced,
  notice,
  place,
  readCode,
  receive,
  shrink,
  vanish,
} from './mailboxView'
import {
  says,
  saysDone,
  saysResponse,
  tellsAllGone,
  tellsClosed,
  tellsCompared,
  tellsExpunged,
  tellsFetched,
  tellsFlags,
  tellsLost,
  tellsOpened,
  tellsRefused,
  tellsRejected,
  tellsVanished,
  tellsWishDone,
} from './speech'
import type {
  ImapClientContext,
  ImapClientEvent,
  ImapClientInput,
  ImapClientQuestion,
  ImapIntent,
  On,
  Said,
} from './types'

/**
 * A mail program that synchronizes a mailbox: it begins TLS if it may, logs in by the strongest mechanism, opens the mailbox,
 * sends the user's offline changes, finds the server's changes, fetches new messages, and then idles or logs out (RFC 9051; the
 * order of resynchronization follows RFC 4549). All its states and transitions are here; its commands and reports are in
 * `speech.ts`, what it learns from responses in `mailboxView.ts`. `choosing` is the one place that decides the next step.
 */

type Told<Type extends ImapClientEvent['type']> = On<Type>['event']

/** The event as the parameter of a guard or an action. */
const itself = <Event>({ event }: { event: Event }): Event => event

/** A state that reads responses, each in time. */
const reads = {
  tags: 'reads:response',
  after: { patience: { target: '#ended', actions: [tellsLost('timedOut'), 'close'] } },
} as const

const remembersText = { type: 'remember', params: ({ event }: On<'statusTold' | 'rejected'>) => event.text } as const
const readsCode = {
  type: 'readCode',
  params: ({ event }: On<'statusTold' | 'accepted' | 'rejected'>) => event.code,
} as const
const learnsOfMessage = { type: 'place', params: itself<Told<'fetchTold'>> } as const
const hearsOfFlags = { type: 'hear', params: itself<Told<'fetchTold'>> } as const

const leaves = { target: '#loggingOut', actions: [...says.logout] } as const

/** The login has failed. */
const loginRefused = (text: string) =>
  ({ target: '#loggingOut', actions: [tellsRefused(text), ...says.logout] }) as const
const loginRejected = { target: '#loggingOut', actions: [tellsRejected, ...says.logout] } as const

/** The server refuses to continue: keeps its words as the reason. */
const turnedAway = {
  target: '#loggingOut',
  actions: [remembersText, tellsLost('refused'), ...says.logout],
} as const

/** After a command for the user: whatever the response, the next step follows. */
const wishDone = { target: '#choosing', actions: [tellsWishDone, 'wishDone'] } as const

/** The wish is tried again once its mailbox exists. */
const createsMailbox = {
  guard: { type: 'lacksMailbox', params: itself<Told<'rejected'>> },
  target: 'creating',
  actions: ['noteCreated', ...says.create],
} as const

const opensMailbox = { target: 'opening', actions: ['reopen', ...says.select] } as const

export const imapClientMachine = setup({
  types: {
    context: {} as ImapClientContext,
    events: {} as ImapClientEvent,
    input: {} as ImapClientInput,
    tags: {} as 'reads:response',
  },
  delays: {
    /** A server that is silent for this long counts as gone. */
    patience: minutes(5),
    /** RFC 2177 section 3: issue IDLE again at least every 29 minutes. */
    idleRenewal: minutes(28),
  },
  guards: {
    isGreeting: (_, { status }: Told<'statusTold'>) => status === 'OK',
    isPreauth: (_, { status }: Told<'statusTold'>) => status === 'PREAUTH',
    knowsNothing: ({ context }) => context.capabilities.length === 0,
    canSecure: ({ context }) => canSecure(context),
    needsTls: ({ context }) => needsTls(context),
    hasMechanism: ({ context }) => mechanismFor(context) !== undefined,
    loginDisabled: ({ context }) => loginDisabled(context),
    trusts: ({ context }) => context.exchange === null || clientTrusts(context.exchange),
    needsCapabilities: ({ context }) => context.capabilities.length === 0 && context.known.modSeq !== undefined,
    canResyncQuickly: ({ context }) => canResyncQuickly(context),
    isAnotherMailbox: ({ context }) =>
      context.known.uidValidity !== undefined && !isSameMailbox(context) && context.uids.length > 0,
    isQuick: ({ context }) => isQuick(context),
    isFlagNews: ({ context }, told: Told<'fetchTold'>) => flagNews(context, told) !== undefined,
    removesKnown: ({ context }, { number }: Told<'expungeTold'>) => context.uids.includes(uidAt(context, number)),
    vanishesKnown: ({ context }, told: Told<'vanishedTold'>) => vanishedKnown(context, told).length > 0,
    wantsToLeave: ({ context }) => context.wishes.some(({ type }) => type === 'leave'),
    hasToAskForChanges: ({ context }) => !context.compared && context.uids.length > 0 && canAskForChanges(context),
    hasToCompare: ({ context }) => !context.compared && context.uids.length > 0,
    hasToList: ({ context }) => context.view.length > context.listed,
    hasToFetch: ({ context }) => context.toFetch.length > 0,
    wantsCheck: ({ context }) => wish(context)?.type === 'check',
    wantsRemoval: ({ context }) => wish(context)?.type === 'remove',
    wantsMark: ({ context }) => mark(context) !== undefined,
    wantsMove: ({ context }) => wish(context)?.type === 'move',
    canMove: ({ context }) => wish(context)?.type === 'move' && context.capabilities.includes('MOVE'),
    /** The mailbox does not exist, and may be created (RFC 9051 section 6.4.7). */
    lacksMailbox: ({ context }, { code }: Told<'rejected'>) => /^TRYCREATE/i.test(code) && !context.created,
    mayIdle: ({ context }) => context.idle,
    hasFetched: ({ context }) => context.fetched !== null,
    hasNews: ({ context }) => hasMissed(context),
    hasWork: ({ context }) => context.wishes.length > 0 || context.view.length > context.listed,
  },
  actions: {
    say: (_, _params: Said) => {},
    ask: (_, _params: ImapClientQuestion) => {},
    startTls: () => {},
    close: () => {},
    nextTag: assign({ tags: ({ context }) => context.tags + 1 }),
    remember: assign((_, lastWords: string) => ({ lastWords })),
    readCode: assign(({ context }, code: string) => readCode(context, code)),
    learnCapabilities: assign((_, { capabilities }: Told<'capabilitiesTold'>) => ({ capabilities })),
    /** A server that lists no capability is an old one. */
    knowSomething: assign(({ context }) => (context.capabilities.length === 0 ? { capabilities: ['IMAP4REV1'] } : {})),
    forgetCapabilities: assign({ capabilities: [] }),
    learnEnabled: assign(({ context }, { extensions }: Told<'enabledTold'>) => ({
      enabled: [...context.enabled, ...extensions],
    })),
    beginAnew: assign({ secure: true, capabilities: [] }),
    stayPlain: assign({ plain: true }),
    startExchange: assign(({ context }) => ({ exchange: begun(context)[0] })),
    answerChallenge: assign(({ context }, { text }: Told<'continuation'>) => answered(context, text)),
    grow: assign(({ context }, told: Told<'existsTold'>) => grow(context, told)),
    shrink: assign(({ context }, told: Told<'expungeTold'>) => shrink(context, told)),
    vanish: assign(({ context }, told: Told<'vanishedTold'>) => vanish(context, told)),
    place: assign(({ context }, told: Told<'fetchTold'>) => place(context, told)),
    hear: assign(({ context }, told: Told<'fetchTold'>) => hear(context, told)),
    miss: assign(({ context }, told: Told<'vanishedTold'>) => miss(context, told)),
    missUnplaced: assign(({ context }) => missUnplaced(context)),
    missUnfound: assign(({ context }, told: Told<'searchTold'>) => missUnfound(context, told)),
    notice: assign(({ context }, told: Told<'fetchTold'>) => notice(context, told)),
    receive: assign(({ context }, told: Told<'fetchTold'>) => receive(context, told)),
    listing: assign(({ context }) => ({ listed: context.view.length, compared: true })),
    reopen: assign({ view: [], listed: 0 }),
    /** The user's changes to messages that no longer exist are void. */
    forgetKnown: assign({ uids: [], wishes: [] }),
    compare: assign(({ context }) => compare(context)),
    keep: assign(({ context }) => keep(context)),
    passOver: assign(({ context }) => ({ toFetch: context.toFetch.slice(1), fetched: null })),
    wish: assign(({ context }, wished: ImapIntent) => ({ wishes: [...context.wishes, wished] })),
    wishDone: assign(({ context }) => ({ wishes: context.wishes.slice(1), created: false })),
    noteCreated: assign({ created: true }),
    giveUpIdle: assign({ idle: false }),
  },
}).createMachine({
  id: 'imapClient',
  context: ({ input }) => startContext(input),
  initial: 'connecting',
  on: {
    closed: { target: '#ended', actions: tellsClosed },
    responseTooLong: { target: '#ended', actions: [tellsLost('tooLong'), 'close'] },

    check: { actions: { type: 'wish', params: itself } },
    leave: { actions: { type: 'wish', params: itself } },
    markSeen: { actions: { type: 'wish', params: itself } },
    markUnseen: { actions: { type: 'wish', params: itself } },
    markFlagged: { actions: { type: 'wish', params: itself } },
    markUnflagged: { actions: { type: 'wish', params: itself } },
    move: { actions: { type: 'wish', params: itself } },
    remove: { actions: { type: 'wish', params: itself } },

    /** A server may say these at any time (RFC 9051 section 7). */
    existsTold: { actions: { type: 'grow', params: itself } },
    expungeTold: [
      {
        guard: { type: 'removesKnown', params: itself },
        actions: [tellsExpunged, { type: 'shrink', params: itself }],
      },
      { actions: { type: 'shrink', params: itself } },
    ],
    vanishedTold: [
      {
        guard: { type: 'vanishesKnown', params: itself },
        actions: [tellsVanished, { type: 'vanish', params: itself }],
      },
      { actions: { type: 'vanish', params: itself } },
    ],
    fetchTold: [
      { guard: { type: 'isFlagNews', params: itself }, actions: [tellsFlags, learnsOfMessage] },
      { actions: learnsOfMessage },
    ],
    capabilitiesTold: { actions: { type: 'learnCapabilities', params: itself } },
    enabledTold: { actions: { type: 'learnEnabled', params: itself } },
    statusTold: { actions: [remembersText, readsCode] },
  },
  states: {
    connecting: {
      on: { opened: 'greeting' },
    },
    greeting: {
      ...reads,
      on: {
        statusTold: [
          { guard: { type: 'isGreeting', params: itself }, target: 'introducing', actions: readsCode },
          { guard: { type: 'isPreauth', params: itself }, target: 'introduced', actions: readsCode },
          { target: 'ended', actions: [remembersText, tellsLost('refused'), 'close'] },
        ],
      },
    },

    /** Not authenticated: capabilities, TLS, the proof (RFC 9051 section 6.2). */
    introducing: {
      always: [
        { guard: 'knowsNothing', target: 'askingCapabilities', actions: [...says.capability] },
        { guard: 'canSecure', target: 'startingTls', actions: [...says.startTls] },
        { guard: 'needsTls', ...loginRefused('The server offers no encryption') },
        { guard: 'hasMechanism', target: 'authenticating', actions: [...says.authenticate, 'startExchange'] },
        { guard: 'loginDisabled', ...loginRefused('The server takes no password over this connection') },
        { target: 'loggingIn', actions: [...says.login] },
      ],
    },
    askingCapabilities: {
      ...reads,
      on: {
        accepted: { target: 'introducing', actions: 'knowSomething' },
        rejected: { target: 'introducing', actions: 'knowSomething' },
      },
    },
    startingTls: {
      ...reads,
      on: {
        accepted: { target: 'securing', actions: 'startTls' },
        rejected: { target: 'introducing', actions: 'stayPlain' },
      },
    },
    securing: {
      after: reads.after,
      // An attacker may have changed the plaintext before TLS (RFC 9051 section 6.2.1).
      on: { secured: { target: 'askingCapabilities', actions: ['beginAnew', ...says.capability] } },
    },
    authenticating: {
      ...reads,
      on: {
        continuation: { actions: [{ type: 'answerChallenge', params: itself }, saysResponse] },
        accepted: [
          { guard: 'trusts', target: 'introduced', actions: ['forgetCapabilities', readsCode] },
          loginRefused('The server did not prove that it knows the password'),
        ],
        rejected: loginRejected,
      },
    },
    loggingIn: {
      ...reads,
      on: {
        accepted: { target: 'introduced', actions: ['forgetCapabilities', readsCode] },
        rejected: loginRejected,
      },
    },

    /** Authenticated: opens the mailbox, by QRESYNC or CONDSTORE if the server has them (RFC 7162). */
    introduced: {
      always: [
        { guard: 'needsCapabilities', target: 'askingAgain', actions: [...says.capabilityAgain] },
        { guard: 'canResyncQuickly', target: 'enabling', actions: [...says.enable] },
        opensMailbox,
      ],
    },
    askingAgain: {
      ...reads,
      on: {
        accepted: { target: 'introduced', actions: 'knowSomething' },
        rejected: { target: 'introduced', actions: 'knowSomething' },
      },
    },
    enabling: {
      ...reads,
      on: { accepted: opensMailbox, rejected: opensMailbox },
    },
    opening: {
      ...reads,
      on: {
        fetchTold: { actions: [learnsOfMessage, hearsOfFlags] },
        vanishedTold: { actions: { type: 'miss', params: itself } },
        accepted: [
          {
            guard: 'isAnotherMailbox',
            target: 'choosing',
            actions: [readsCode, tellsOpened, tellsAllGone, 'forgetKnown'],
          },
          { guard: 'isQuick', target: 'inStep', actions: tellsOpened },
          { target: 'choosing', actions: tellsOpened },
        ],
        rejected: turnedAway,
      },
    },

    /** Selected: what comes next. The user's changes go before the server's (RFC 4549 section 4.2). */
    choosing: {
      id: 'choosing',
      always: [
        { guard: 'wantsToLeave', ...leaves },
        { guard: 'wantsRemoval', target: 'markingDeleted', actions: [...says.markDeleted] },
        { guard: 'wantsMark', target: 'marking', actions: [...says.mark] },
        { guard: 'canMove', target: 'moving', actions: [...says.move] },
        { guard: 'wantsMove', target: 'copying', actions: [...says.copy] },
        { guard: 'hasToAskForChanges', target: 'askingForChanges', actions: [...says.fetchChanges] },
        { guard: 'hasToCompare', target: 'comparing', actions: [...says.fetchFlags] },
        { guard: 'hasToList', target: 'listing', actions: ['listing', ...says.fetchNew] },
        { guard: 'hasToFetch', target: 'fetching', actions: [...says.fetchMessage] },
        { guard: 'wantsCheck', target: 'checking', actions: [...says.noop] },
        { guard: 'mayIdle', target: 'startingIdle', actions: [...says.idle] },
        leaves,
      ],
    },

    /** Without mod-sequences: fetches the flags of every known message, which also shows the remaining ones. */
    comparing: {
      ...reads,
      on: {
        fetchTold: { actions: [learnsOfMessage, hearsOfFlags] },
        accepted: { target: 'inStep', actions: 'missUnplaced' },
        rejected: turnedAway,
      },
    },
    /** With CONDSTORE: fetches only changed flags (RFC 7162 section 3.1.4.1), and then the list of remaining messages. */
    askingForChanges: {
      ...reads,
      on: {
        fetchTold: { actions: [learnsOfMessage, hearsOfFlags] },
        accepted: { target: 'askingWhatIsLeft', actions: [...says.searchRemaining] },
        rejected: turnedAway,
      },
    },
    askingWhatIsLeft: {
      ...reads,
      on: {
        searchTold: { actions: { type: 'missUnfound', params: itself } },
        accepted: 'inStep',
        rejected: turnedAway,
      },
    },
    /** Reports the findings, if any, and continues. */
    inStep: {
      always: [
        { guard: 'hasNews', target: 'choosing', actions: [tellsCompared, 'compare'] },
        { target: 'choosing', actions: 'compare' },
      ],
    },

    listing: {
      ...reads,
      on: {
        fetchTold: { actions: [learnsOfMessage, { type: 'notice', params: itself }] },
        accepted: 'choosing',
        rejected: turnedAway,
      },
    },
    fetching: {
      ...reads,
      on: {
        fetchTold: [
          { guard: { type: 'isFlagNews', params: itself }, actions: [tellsFlags, learnsOfMessage] },
          { actions: [learnsOfMessage, { type: 'receive', params: itself }] },
        ],
        accepted: [
          { guard: 'hasFetched', target: 'keeping', actions: tellsFetched },
          // Another session has removed it in the meantime.
          { target: 'choosing', actions: 'passOver' },
        ],
        rejected: { target: 'choosing', actions: 'passOver' },
      },
    },
    keeping: {
      on: { kept: { target: 'choosing', actions: 'keep' } },
    },

    /** Carries out a wish of the user. */
    checking: {
      ...reads,
      on: { accepted: wishDone, rejected: wishDone },
    },
    marking: {
      ...reads,
      on: { accepted: wishDone, rejected: wishDone },
    },
    moving: {
      ...reads,
      on: { accepted: wishDone, rejected: [createsMailbox, wishDone] },
    },
    copying: {
      ...reads,
      on: {
        accepted: { target: 'markingDeleted', actions: [...says.markDeleted] },
        rejected: [createsMailbox, wishDone],
      },
    },
    creating: {
      ...reads,
      on: { accepted: 'choosing', rejected: wishDone },
    },
    markingDeleted: {
      ...reads,
      on: {
        accepted: { target: 'removing', actions: [...says.expunge] },
        rejected: wishDone,
      },
    },
    removing: {
      ...reads,
      on: { accepted: wishDone, rejected: wishDone },
    },

    /** Waits for news (RFC 2177). */
    startingIdle: {
      ...reads,
      on: {
        continuation: 'idling',
        rejected: { target: 'choosing', actions: 'giveUpIdle' },
      },
    },
    idling: {
      tags: 'reads:response',
      always: { guard: 'hasWork', target: 'endingIdle', actions: saysDone },
      after: { idleRenewal: { target: 'endingIdle', actions: saysDone } },
      on: {
        accepted: 'choosing',
        rejected: { target: 'choosing', actions: 'giveUpIdle' },
      },
    },
    endingIdle: {
      ...reads,
      on: {
        accepted: 'choosing',
        rejected: { target: 'choosing', actions: 'giveUpIdle' },
      },
    },

    loggingOut: {
      id: 'loggingOut',
      tags: 'reads:response',
      after: { patience: { target: 'ended', actions: 'close' } },
      on: {
        accepted: { target: 'ended', actions: 'close' },
        rejected: { target: 'ended', actions: 'close' },
        closed: 'ended',
      },
    },
    ended: { id: 'ended', type: 'final' },
  },
})
