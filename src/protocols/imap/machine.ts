import { assign, setup } from 'xstate'
import { concat, EMPTY, type Octets } from '../../base/octets'
import { minutes } from '../../base/time'
import type { Question } from '../../session/session'
import { capabilities } from './capability'
import { type CommandEvent, isOutcome, type Outcome } from './commands/command'
import { LOGIN_FAILED, saslQuestion } from './commands/login'
import { continuationRequest, taggedResponse, untaggedStatus } from './responses'
import { type ImapServerInput, type ServerContext, settled, startContext } from './serverContext'
import {
  answersNow,
  askHost,
  asks,
  autologout,
  closes,
  commandsOf,
  fits,
  type ImapServerEvent,
  idling,
  type LiteralAnnounced,
  leaves,
  lines,
  mayExpunge,
  noted,
  onStoreAnswer,
  open,
  type Responses,
  reading,
  respondAnswer,
  sasl,
  say,
  selects,
  startsIdling,
  take,
  wants,
  welcome,
} from './serverTransitions'
import type { StoreAnswer } from './storeQuestions'
import { afterNews, NO_NEWS, newsResponses } from './view'

/**
 * The server's whole machine (RFC 9051 section 3): not authenticated, authenticated, selected, logout.
 * Commands become transitions by the table in `commands/`: a command that the state does not admit is answered BAD.
 * While a question to the host is out no state reads, so commands sent ahead wait their turn.
 */

export const imapServerMachine = setup({
  types: {
    context: {} as ServerContext,
    events: {} as ImapServerEvent,
    input: {} as ImapServerInput,
    meta: {} as { title: string },
  },
  delays: {
    /** RFC 9051 section 5.4: at least 30 minutes. */
    autologout: minutes(30),
  },
  guards: {
    asksHost: ({ context, event }) => !isOutcome(wants(event as CommandEvent, context)),
    needsChallenge: ({ context, event }) => {
      const { mechanism, initialResponse } = (event as CommandEvent).args as {
        mechanism: string
        initialResponse?: Octets
      }
      return context.plaintextAuth && mechanism === 'PLAIN' && initialResponse === undefined
    },
    saslIsComplete: ({ context, event }) => !isOutcome(saslQuestion((event as { response: Octets }).response, context)),
    literalFits: ({ context, event }) => fits(context, event as LiteralAnnounced),
    literalWaits: ({ event }) => (event as LiteralAnnounced).synchronizing,
    literalFitsAndWaits: ({ context, event }) =>
      (event as LiteralAnnounced).synchronizing && fits(context, event as LiteralAnnounced),
    literalIsEmpty: ({ context }) => context.literal === 0,
  },
  actions: {
    respond: (_, _params: Responses) => {},
    ask: (_, _params: { question: Question }) => {},
    close: () => {},
    take: assign((_, { command }: { command: CommandEvent }) => ({ command, pending: EMPTY, literal: 0 })),
    forgetParts: assign({ pending: EMPTY, literal: 0, command: null }),
    keepLine: assign(({ context, event }) => ({
      pending: concat(context.pending, (event as LiteralAnnounced).line),
      literal: (event as LiteralAnnounced).size,
    })),
    keepLiteral: assign(({ context, event }) => ({
      pending: concat(context.pending, (event as { octets: Octets }).octets),
      literal: 0,
    })),
    enter: assign((_, { user }: { user: string }) => ({ user })),
    select: assign((_, { answer }: { answer: StoreAnswer }) => {
      if (answer.type !== 'mailboxSelected') return {}
      const { mailbox, readOnly, uids } = answer
      return { selected: { mailbox, readOnly, uids, news: NO_NEWS } }
    }),
    deselect: assign({ selected: null }),
    /** The news has been told: the view is what the client now knows. */
    settle: assign(({ context }, { answer }: { answer: StoreAnswer }) => ({
      selected: settled(context, answer, mayExpunge(context.command)),
    })),
    noteNews: assign(({ context, event }) => ({ selected: noted(context, event) })),
    tellNews: assign(({ context }) => ({ selected: context.selected && afterNews(context.selected, true) })),
  },
}).createMachine({
  id: 'imap',
  context: ({ input }) => startContext(input),
  initial: 'connecting',
  on: { closed: { target: '.logout' } },
  states: {
    connecting: {
      meta: { title: 'Waits for the connection' },
      on: {
        opened: {
          target: 'notAuthenticated',
          actions: [
            say(({ context }) => [
              untaggedStatus(
                'OK',
                `${context.hostName} is ready`,
                'Good day. Who are you?',
                `CAPABILITY ${capabilities(context)}`,
              ),
            ]),
          ],
        },
      },
    },
    notAuthenticated: {
      meta: { title: 'Not authenticated' },
      initial: 'ready',
      on: {
        ...commandsOf('notAuthenticated'),
        ...lines,
        AUTHENTICATE: [
          {
            guard: 'needsChallenge',
            target: '.challenges',
            actions: [take, say(() => [continuationRequest('', 'Go on.')])],
          },
          asks,
          answersNow,
        ],
        LOGOUT: leaves,
      },
      states: {
        ...reading,
        asks: {
          meta: { title: 'Asks whether the password is right' },
          on: {
            loggedIn: {
              target: '#imap.authenticated',
              actions: [
                { type: 'enter', params: ({ event }) => ({ user: (event as { user: string }).user }) },
                welcome(),
              ],
            },
            loginFailed: {
              target: 'ready',
              actions: [say(({ context }) => [taggedResponse(context.command?.tag ?? '*', LOGIN_FAILED)])],
            },
          },
        },
        challenges: {
          meta: { title: 'Waits for the proof' },
          tags: ['reads:saslResponse'],
          after: autologout,
          on: {
            saslResponse: [
              {
                guard: 'saslIsComplete',
                target: 'asks',
                actions: [
                  { type: 'ask', params: ({ context, event }) => ({ question: sasl(context, event) as Question }) },
                ],
              },
              {
                target: 'ready',
                actions: [
                  say(({ context, event }) => [
                    taggedResponse(context.command?.tag ?? '*', sasl(context, event) as Outcome),
                  ]),
                ],
              },
            ],
            lineTooLong: {
              target: 'skipsLine',
              actions: [
                say(({ context }) => [
                  taggedResponse(context.command?.tag ?? '*', {
                    status: 'BAD',
                    text: 'The line is longer than 8192 octets',
                  }),
                ]),
              ],
            },
          },
        },
      },
    },
    authenticated: {
      meta: { title: 'Authenticated: no mailbox is open' },
      initial: 'ready',
      on: {
        ...commandsOf('authenticated'),
        ...lines,
        SELECT: selects,
        EXAMINE: selects,
        LOGOUT: leaves,
      },
      states: {
        ...reading,
        asks: { meta: { title: 'Asks the store' }, on: onStoreAnswer },
        opens: {
          meta: { title: 'Opens a mailbox' },
          on: {
            mailboxSelected: { target: '#imap.selected', actions: [respondAnswer, open] },
            refused: { target: 'ready', actions: [respondAnswer] },
          },
        },
      },
    },
    selected: {
      meta: { title: 'Selected: a mailbox is open' },
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
        asks: { meta: { title: 'Asks the store' }, on: onStoreAnswer },
        closes: {
          meta: { title: 'Closes the mailbox' },
          on: {
            messagesExpunged: { target: '#imap.authenticated', actions: ['deselect', respondAnswer] },
            refused: { target: '#imap.authenticated', actions: ['deselect', respondAnswer] },
          },
        },
        idling: {
          ...idling,
          on: {
            ...idling.on,
            mailboxChanged: {
              actions: [
                'noteNews',
                say(({ context: { selected } }) => (selected ? newsResponses(selected, true) : [])),
                'tellNews',
              ],
            },
          },
        },
      },
    },
    logout: { meta: { title: 'Logged out' }, type: 'final' },
  },
})
