import { assign, setup } from 'xstate'
import { minutes } from '../../../base/time'
import { clientTrusts } from '../../../sasl'
import { assertEvent } from '../../../session/assertEvent'
import {
  canAskForChanges,
  canResyncQuickly,
  flagNews,
  inSpans,
  isNew,
  isQuick,
  isSameMailbox,
  missingInView,
  newest,
  startContext,
  told,
  uidAt,
  vanishedKnown,
  wish,
} from './context'
import { words } from './grammar'
import { answered, begun, canSecure, loginDisabled, mechanismFor, needsTls } from './login'
import { loginStates } from './loginStates'
import { command, logout, lost, readCode, reads, rememberText, tell } from './speech'
import { comparison, flagsChanged, hasMissed, syncStates, toldVanished } from './syncStates'
import type { ImapClientContext, ImapClientEvent, ImapClientInput, ImapClientQuestion, Said } from './types'
import { marksWished, wishStates } from './wishStates'

/**
 * A mail program that synchronizes a mailbox: it begins TLS if it may, logs in by the strongest mechanism, opens the mailbox,
 * sends the user's offline changes, finds the server's changes, fetches new messages, and then idles or logs out (RFC 9051; the
 * order of resynchronization follows RFC 4549). `choosing` is the one place that decides the next step.
 */

/** The number of the expunged message. */
function expunged(event: ImapClientEvent): number {
  assertEvent(event, 'expungeTold')
  return event.number
}

export const imapClientMachine = setup({
  types: {
    context: {} as ImapClientContext,
    events: {} as ImapClientEvent,
    input: {} as ImapClientInput,
  },
  delays: {
    /** A server that is silent for this long counts as gone. */
    patience: minutes(5),
    /** RFC 2177 section 3: issue IDLE again at least every 29 minutes. */
    idleRenewal: minutes(28),
  },
  guards: {
    isGreeting: ({ event }) => 'status' in event && event.status === 'OK',
    isPreauth: ({ event }) => 'status' in event && event.status === 'PREAUTH',
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
    isFlagNews: ({ context, event }) => flagNews(context, event) !== undefined,
    removesKnown: ({ context, event }) => context.uids.includes(uidAt(context, expunged(event))),
    vanishesKnown: ({ context, event }) => vanishedKnown(context, event).length > 0,
    wantsToLeave: ({ context }) => context.wishes.some(({ type }) => type === 'leave'),
    hasToAskForChanges: ({ context }) => !context.compared && context.uids.length > 0 && canAskForChanges(context),
    hasToCompare: ({ context }) => !context.compared && context.uids.length > 0,
    hasToList: ({ context }) => context.view.length > context.listed,
    hasToFetch: ({ context }) => context.toFetch.length > 0,
    wantsCheck: ({ context }) => wish(context)?.type === 'check',
    wantsRemoval: ({ context }) => wish(context)?.type === 'remove',
    wantsMark: ({ context }) => wish(context)?.type === 'markSeen' || wish(context)?.type === 'markFlagged',
    mayIdle: ({ context }) => context.idle,
    hasFetched: ({ context }) => context.fetched !== null,
    hasNews: ({ context }) => hasMissed(context),
    hasWork: ({ context }) => context.wishes.length > 0 || context.view.length > context.listed,
  },
  actions: {
    say: (_, _params: Said) => {},
    ask: (_, _params: { question: ImapClientQuestion }) => {},
    startTls: () => {},
    close: () => {},
    nextTag: assign({ tags: ({ context }) => context.tags + 1 }),
    remember: assign((_, { text }: { text: string }) => ({ lastWords: text })),
    /** UIDVALIDITY, HIGHESTMODSEQ and CAPABILITY come as response codes. */
    readCode: assign(({ context }, { code }: { code: string }) => {
      const [name, ...values] = words(code)
      if (name === 'CAPABILITY') return { capabilities: values }
      if (name === 'UIDVALIDITY') return { uidValidity: Number(values[0]) || context.uidValidity }
      if (name === 'HIGHESTMODSEQ') return { modSeq: Number(values[0]) || context.modSeq }
      return {}
    }),
    learnCapabilities: assign(({ event }) => {
      assertEvent(event, 'capabilitiesTold')
      return { capabilities: event.capabilities }
    }),
    /** A server that lists no capability is an old one. */
    knowSomething: assign(({ context }) => (context.capabilities.length === 0 ? { capabilities: ['IMAP4REV1'] } : {})),
    forgetCapabilities: assign({ capabilities: [] }),
    learnEnabled: assign(({ context, event }) => {
      assertEvent(event, 'enabledTold')
      return { enabled: [...context.enabled, ...event.extensions] }
    }),
    beginAnew: assign({ secure: true, capabilities: [] }),
    stayPlain: assign({ plain: true }),
    startExchange: assign(({ context }) => ({ exchange: begun(context)[0] })),
    answerChallenge: assign(({ context, event }) => {
      assertEvent(event, 'continuation')
      return answered(context, event.text)
    }),
    /** The view has grown. Only EXPUNGE and VANISHED make it smaller. */
    grow: assign(({ context, event }) => {
      assertEvent(event, 'existsTold')
      const missing = Math.min(event.count, MAX_VIEW) - context.view.length
      return missing > 0 ? { view: [...context.view, ...Array<number>(missing).fill(0)] } : {}
    }),
    shrink: assign(({ context, event }) => {
      const number = expunged(event)
      if (number < 1 || number > context.view.length) return {}
      const uid = uidAt(context, number)
      return {
        view: [...context.view.slice(0, number - 1), ...context.view.slice(number)],
        listed: number <= context.listed ? context.listed - 1 : context.listed,
        uids: context.uids.filter((each) => each !== uid),
        toFetch: context.toFetch.filter((each) => each.uid !== uid),
      }
    }),
    /** Removals by UID: a removed message without a known number leaves a gap among the unknown ones. */
    vanish: assign(({ context, event }) => {
      assertEvent(event, 'vanishedTold')
      const { uids } = event
      const gone = uids.reduce((sum, [first, last]) => sum + last - first + 1, 0)
      const placed = context.view.filter((uid) => !inSpans(uids, uid))
      const unplaced = gone - (context.view.length - placed.length)
      let left = unplaced
      const view = placed.filter((uid) => uid !== 0 || left-- <= 0)
      return {
        view,
        listed: Math.max(0, context.listed - gone),
        uids: context.uids.filter((uid) => !inSpans(uids, uid)),
        toFetch: context.toFetch.filter(({ uid }) => !inSpans(uids, uid)),
      }
    }),
    /** Stores the UID of a message number. */
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
    miss: assign(({ context, event }) => ({ gone: [...context.gone, ...vanishedKnown(context, event)] })),
    missUnplaced: assign(({ context }) => ({ gone: missingInView(context) })),
    missUnfound: assign(({ context, event }) => {
      assertEvent(event, 'searchTold')
      const found = new Set(event.found)
      return { gone: context.uids.filter((uid) => !found.has(uid)) }
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
    /** The user's changes to messages that no longer exist are void. */
    forgetKnown: assign({ uids: [], wishes: [] }),
    /** All known messages are synchronized: the others are new. */
    compare: assign(({ context }) => {
      const gone = new Set(context.gone)
      const uids = context.uids.filter((uid) => !gone.has(uid))
      const listed = isQuick(context) ? Math.min(uids.length, context.view.length) : context.listed
      return { compared: true, heard: [], gone: [], uids, listed }
    }),
    keep: assign(({ context }) => ({
      uids: [...context.uids, ...context.toFetch.slice(0, 1).map(({ uid }) => uid)],
      toFetch: context.toFetch.slice(1),
      fetched: null,
    })),
    passOver: assign(({ context }) => ({ toFetch: context.toFetch.slice(1), fetched: null })),
    wish: assign(({ context, event }) => {
      assertEvent(event, ['check', 'leave', 'markSeen', 'markFlagged', 'remove'])
      return { wishes: [...context.wishes, event] }
    }),
    wishDone: assign(({ context }) => ({ wishes: context.wishes.slice(1) })),
    giveUpIdle: assign({ idle: false }),
  },
}).createMachine({
  id: 'imapClient',
  context: ({ input }) => startContext(input),
  initial: 'connecting',
  on: {
    closed: {
      target: '.ended',
      actions: [
        tell(({ context, event }) => ({
          type: 'sessionLost',
          why: 'why' in event ? event.why : 'finished',
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
            expunged: [uidAt(context, expunged(event))],
            flags: [],
          })),
          'shrink',
        ],
      },
      { actions: ['shrink'] },
    ],
    vanishedTold: toldVanished,
    fetchTold: [{ guard: 'isFlagNews', actions: [tell(flagsChanged), 'place'] }, { actions: ['place'] }],
    capabilitiesTold: { actions: ['learnCapabilities'] },
    enabledTold: { actions: ['learnEnabled'] },
    statusTold: { actions: [rememberText, readCode] },
  },
  states: {
    ...loginStates,
    ...syncStates,
    choosing: {
      always: [
        { guard: 'wantsToLeave', target: 'loggingOut', actions: [...logout] },
        ...marksWished,
        ...comparison,
        {
          guard: 'hasToList',
          target: 'listing',
          actions: [
            'listing',
            ...command(
              (context) => `UID FETCH ${newest(context) + 1}:* (FLAGS RFC822.SIZE ENVELOPE)`,
              (context) => ({
                type: 'UID FETCH',
                set: `${newest(context) + 1}:*`,
                kind: 'envelope',
                purpose: 'findNew',
              }),
            ),
          ],
        },
        {
          guard: 'hasToFetch',
          target: 'fetching',
          actions: [
            ...command(
              ({ toFetch }) => `UID FETCH ${toFetch[0]?.uid} BODY.PEEK[]`,
              ({ toFetch }) => ({
                type: 'UID FETCH',
                set: `${toFetch[0]?.uid}`,
                kind: 'message',
                purpose: 'fetchUnread',
              }),
            ),
          ],
        },
        {
          guard: 'wantsCheck',
          target: 'checking',
          actions: [
            ...command(
              () => 'NOOP',
              () => ({ type: 'NOOP' }),
            ),
          ],
        },
        {
          guard: 'mayIdle',
          target: 'startingIdle',
          actions: [
            ...command(
              () => 'IDLE',
              () => ({ type: 'IDLE' }),
            ),
          ],
        },
        { target: 'loggingOut', actions: [...logout] },
      ],
    },
    ...wishStates,
    loggingOut: {
      tags: reads,
      after: { patience: { target: 'ended', actions: ['close'] } },
      on: {
        accepted: { target: 'ended', actions: ['close'] },
        rejected: { target: 'ended', actions: ['close'] },
        closed: { target: 'ended' },
      },
    },
    ended: { type: 'final' },
  },
})

/** Above this number of messages the client does not track each of them. */
const MAX_VIEW = 1_000_000
