import { assign, setup } from 'xstate'
import { concat, EMPTY } from '../../../base/octets'
import { minutes } from '../../../base/time'
import { assertEvent } from '../../../session/assertEvent'
import { MISTAKE_LIMIT, pauseAfter } from '../../../session/defence'
import type { Question } from '../../../session/session'
import { isOutcome } from '../commands/command'
import type { CommandEvent } from '../commands/commandEvent'
import { type Response, untaggedStatus } from '../grammar/responses'
import { type ImapServerInput, type ServerContext, settled, startContext, tellsModSeq } from '../session/serverContext'
import { afterNews, NO_NEWS } from '../session/view'
import type { StoreAnswer } from '../store/storeQuestions'
import { capabilities, offersTls } from './capability'
import {
  answersNow,
  askHost,
  asksAboutResponse,
  autologout,
  challenges,
  closes,
  closesAnyway,
  commandOf,
  commandsOf,
  enabledBy,
  endsMalformed,
  endWith,
  failsWith,
  fits,
  type ImapServerEvent,
  idling,
  isBase64,
  isCancelled,
  LOGIN_FAILED,
  leaves,
  lines,
  malformedIn,
  mayExpunge,
  newsOf,
  noted,
  onStoreAnswer,
  open,
  type Responses,
  reading,
  respondAnswer,
  respondNow,
  savesOf,
  say,
  selects,
  startsIdling,
  take,
  takesLeave,
  tellsCancelled,
  waits,
  wants,
  welcome,
} from './transitions'

/**
 * The server's whole machine (RFC 9051 section 3): not authenticated, authenticated, selected, logout. Commands become
 * transitions by the table in `commands/`: a command that the state does not admit gets BAD. While a question to the host is
 * out no state reads, so pipelined commands wait.
 */

const becomesUser = {
  type: 'enter',
  params: ({ event }: { event: ImapServerEvent }) => {
    assertEvent(event, ['loggedIn', 'authenticated'])
    return { user: event.user }
  },
} as const
const loggedIn = { target: '#imap.authenticated', actions: [becomesUser, welcome] } as const
const loginFailed = { target: 'mistaken', actions: [failsWith(LOGIN_FAILED)] } as const

export const imapServerMachine = setup({
  types: {
    context: {} as ServerContext,
    events: {} as ImapServerEvent,
    input: {} as ImapServerInput,
  },
  delays: {
    /** RFC 9051 section 5.4: at least 30 minutes. */
    autologout: minutes(30),
    mistakePause: ({ context }) => pauseAfter(context.mistakes),
  },
  guards: {
    asksHost: ({ context, event }) => !isOutcome(wants(commandOf(event), context)),
    canStartTls: ({ context }) => offersTls(context),
    isCancelled: ({ event }) => isCancelled(event),
    isBase64: ({ event }) => isBase64(event),
    isMalformed: ({ event }) => malformedIn(event) !== undefined,
    literalFits: ({ context, event }) => fits(context, event),
    literalWaits: ({ event }) => waits(event),
    literalFitsAndWaits: ({ context, event }) => waits(event) && fits(context, event),
    isForgiven: ({ context }) => pauseAfter(context.mistakes) === 0,
    erredTooOften: ({ context }) => context.mistakes > MISTAKE_LIMIT,
    literalIsEmpty: ({ context }) => context.literal === 0,
  },
  actions: {
    respond: (_, _params: Responses) => {},
    ask: (_, _params: { question: Question }) => {},
    startTls: () => {},
    close: () => {},
    take: assign(({ context }, { command }: { command: CommandEvent }) => {
      const enabled = enabledBy(command, context.enabled)
      const enablesModSeq = !tellsModSeq(context) && tellsModSeq({ enabled })
      return { command, enabled, enablesModSeq, pending: EMPTY, literal: 0 }
    }),
    forgetParts: assign({ pending: EMPTY, literal: 0, command: null }),
    keepLine: assign(({ context, event }) => {
      assertEvent(event, 'literalAnnounced')
      return { pending: concat(context.pending, event.line), literal: event.size }
    }),
    keepLiteral: assign(({ context, event }) => {
      assertEvent(event, 'literalRead')
      return { pending: concat(context.pending, event.octets), literal: 0 }
    }),
    countMistake: assign(({ context }) => ({ mistakes: context.mistakes + 1 })),
    err: assign(({ context }, { late }: { late: Response }) => ({ late, mistakes: context.mistakes + 1 })),
    forgetLate: assign({ late: null }),
    secure: assign({ secure: true }),
    enter: assign((_, { user }: { user: string }) => ({ user })),
    select: assign((_, { answer }: { answer: StoreAnswer | undefined }) => {
      if (answer?.type !== 'mailboxSelected') return {}
      const { mailbox, uidValidity, readOnly, uids, recent, keywords, highestModSeq: modSeq } = answer
      return { selected: { mailbox, uidValidity, readOnly, uids, saved: [], recent, keywords, modSeq, news: NO_NEWS } }
    }),
    deselect: assign({ selected: null }),
    /** The news has been sent: the view is now the client's knowledge. */
    settle: assign(({ context }, { answer }: { answer: StoreAnswer | undefined }) => ({
      selected: settled(context, answer, mayExpunge(context.command), savesOf(context, answer)),
    })),
    noteNews: assign(({ context, event }) => ({ selected: noted(context, event) })),
    tellNews: assign(({ context }) => ({ selected: context.selected && afterNews(context.selected, true) })),
  },
}).createMachine({
  id: 'imap',
  context: ({ input }) => startContext(input),
  initial: 'connecting',
  on: { closed: { target: '.logout' }, stopping: takesLeave },
  states: {
    connecting: {
      on: {
        opened: {
          target: 'notAuthenticated',
          actions: [
            say(({ context }) => [
              untaggedStatus('OK', `${context.hostName} is ready`, `CAPABILITY ${capabilities(context)}`, 'greeting'),
            ]),
          ],
        },
      },
    },
    notAuthenticated: {
      initial: 'ready',
      on: {
        ...commandsOf('notAuthenticated'),
        ...lines,
        STARTTLS: [{ guard: 'canStartTls', target: '.startsTls', actions: [take, respondNow, 'startTls'] }, answersNow],
        LOGOUT: leaves,
      },
      states: {
        ...reading,
        startsTls: {
          // The session discards plaintext after STARTTLS when TLS begins (RFC 9051 section 11.1).
          on: {
            secured: { target: 'ready', actions: ['secure', 'forgetParts'] },
            stopping: { target: '#imap.logout', actions: ['close'] },
          },
        },
        asks: {
          on: {
            loggedIn,
            authenticated: loggedIn,
            loginFailed,
            authenticationFailed: [{ guard: 'isMalformed', target: 'mistaken', actions: [endsMalformed] }, loginFailed],
            saslChallenge: { target: 'challenges', actions: [challenges] },
          },
        },
        challenges: {
          tags: ['reads:saslResponse'],
          after: autologout,
          on: {
            responseRead: [
              {
                guard: 'isCancelled',
                target: 'ready',
                actions: [tellsCancelled, endWith({ status: 'BAD', text: 'Authentication given up' })],
              },
              { guard: 'isBase64', target: 'asks', actions: [asksAboutResponse] },
              {
                target: 'mistaken',
                actions: [tellsCancelled, failsWith({ status: 'BAD', text: 'Expected a line of base64, or *' })],
              },
            ],
            lineTooLong: {
              target: 'skipsLine',
              actions: [tellsCancelled, endWith({ status: 'BAD', text: 'The line is longer than 65536 octets' })],
            },
          },
        },
      },
    },
    authenticated: {
      initial: 'ready',
      on: {
        ...commandsOf('authenticated'),
        ...lines,
        SELECT: selects,
        EXAMINE: selects,
        IDLE: startsIdling,
        LOGOUT: leaves,
      },
      states: {
        ...reading,
        asks: { on: onStoreAnswer },
        opens: {
          on: {
            mailboxSelected: { target: '#imap.selected', actions: [respondAnswer, open] },
            refused: { target: 'ready', actions: [respondAnswer] },
          },
        },
        idling,
      },
    },
    selected: {
      initial: 'ready',
      on: {
        ...commandsOf('selected'),
        ...lines,
        SELECT: selects,
        EXAMINE: selects,
        CLOSE: [{ guard: 'asksHost', target: '.closes', actions: [take, askHost] }, closes],
        UNSELECT: closes,
        IDLE: startsIdling,
        LOGOUT: leaves,
        mailboxChanged: { actions: ['noteNews'] },
      },
      states: {
        ...reading,
        asks: { on: onStoreAnswer },
        closes: {
          on: {
            messagesExpunged: { target: '#imap.authenticated', actions: ['deselect', respondAnswer] },
            refused: { target: '#imap.authenticated', actions: ['deselect', closesAnyway] },
          },
        },
        idling: {
          ...idling,
          on: {
            ...idling.on,
            mailboxChanged: {
              actions: ['noteNews', say(({ context }) => newsOf(context, true)), 'tellNews'],
            },
          },
        },
      },
    },
    logout: { type: 'final' },
  },
})
