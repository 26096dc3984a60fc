import { assign, cancel, raise, setup } from 'xstate'
import { concat, EMPTY, type Octets } from '../../../base/octets'
import { minutes } from '../../../base/time'
import { endsConnection, isForgiven, pauseAfter, USUAL_POLICY } from '../../../session/defence'
import { findCommand } from '../commands'
import type { CommandEvent } from '../commands/commandEvent'
import { NOT_IN_THE_CLEAR } from '../commands/login'
import { READ_ONLY } from '../commands/messages'
import { ALREADY_SECURE, NOT_OFFERED } from '../commands/starttls'
import type { Outcome, Response } from '../grammar/responses'
import { type ImapServerInput, type ServerContext, settled, startContext, tellsModSeq } from '../session/serverContext'
import { afterNews, NO_NEWS, noteChanges } from '../session/view'
import type { ImapQuestion, MailboxChange, StoreAnswer } from '../store/storeQuestions'
import { mayShowPassword, offersTls } from './capability'
import { fits } from './literals'
import {
  asks,
  asksForLiteral,
  cancelsExchange,
  challenges,
  closesAnyway,
  closesFor,
  decide,
  declines,
  enabledBy,
  endsIdling,
  endsTooLong,
  greets,
  isCommand,
  isOutcome,
  mayExpunge,
  opensMailbox,
  passesResponse,
  putsOffLoginFailed,
  putsOffMalformed,
  putsOffMalformedProof,
  putsOffNotBase64,
  refuses,
  refusesLiteral,
  responds,
  savesOf,
  saysCancelled,
  saysLate,
  saysNotDone,
  saysTooLong,
  settles,
  startsIdling,
  storeAnswerIn,
  takes,
  takesLeave,
  tellsClosed,
  tellsNews,
  welcomes,
} from './speech'
import type { ImapServerEvent, LiteralAnnounced, On, Responses } from './types'

/**
 * The server's half of IMAP: all its states and transitions. Its responses are in `speech.ts`, and what each command asks and
 * answers is in `commands/`.
 *
 * The states of RFC 9051 section 3 are those in `ready`: not authenticated, authenticated, selected; then logout. Commands of
 * several states stand once, on their parent state. A command that no state on the way out accepts gets BAD with the cause.
 * A state that waits for the host's answer reads nothing, so pipelined commands wait.
 */

/** A state that reads octets: the inactivity timer runs in it. */
const timesOut = { entry: 'startTimer', exit: 'stopTimer' } as const
const restartTimer = ['stopTimer', 'startTimer'] as const

/** Carries the command out: at once, or with the host's answer. */
const carriedOut = { target: '#deciding', actions: takes } as const

/** The command is answered at once, whatever its arguments are. */
const declined = (outcome: Outcome) => ({ target: '#deciding', actions: declines(outcome) }) as const

/** The state does not admit the command. */
const refused = (why: string) => ({ actions: [...restartTimer, 'forgetCommand', refuses(why)] }) as const

const tooLate = refused('is for before the login, and you are logged in')

/** A command that changes the mailbox. EXAMINE has opened it for reading only (RFC 9051 section 6.3.3). */
const change = [{ guard: 'isReadOnly', ...declined(READ_ONLY) }, carriedOut] as const

/** Closes the mailbox at once. */
const closed = { target: '#authenticated', actions: [takes, 'deselect', responds] } as const

const becomesUser = {
  type: 'enter',
  params: ({ event }: On<'loggedIn' | 'authenticated'>) => ({ user: event.user }),
} as const

export const imapServerMachine = setup({
  types: {
    context: {} as ServerContext,
    events: {} as ImapServerEvent,
    input: {} as ImapServerInput,
    tags: {} as 'reads:command' | 'reads:literal' | 'reads:restOfLine' | 'reads:saslResponse' | 'reads:idle',
  },
  actions: {
    respond: (_, _params: Responses) => {},
    ask: (_, _params: ImapQuestion) => {},
    startTls: () => {},
    close: () => {},
    startTimer: raise({ type: 'autologout' }, { id: 'autologout', delay: 'autologout' }),
    stopTimer: cancel('autologout'),
    take: assign(({ context }, { command, outcome }: { command: CommandEvent; outcome?: Outcome }) => {
      const enabled = enabledBy(command, context.enabled)
      const enablesModSeq = !tellsModSeq(context) && tellsModSeq({ enabled })
      const taken = { command, enabled, enablesModSeq, pending: EMPTY, literal: 0 }
      return { ...taken, decision: outcome ?? decide(command, { ...context, ...taken }) }
    }),
    forgetCommand: assign({ pending: EMPTY, literal: 0, command: null, decision: null }),
    keepLine: assign(({ context }, { line, size }: LiteralAnnounced) => ({
      pending: concat(context.pending, line),
      literal: size,
    })),
    keepLiteral: assign(({ context }, octets: Octets) => ({ pending: concat(context.pending, octets), literal: 0 })),
    countMistake: assign(({ context }) => ({ mistakes: context.mistakes + 1 })),
    putOff: assign((_, { late }: { late: Response }) => ({ late })),
    forgetLate: assign({ late: null }),
    secure: assign({ secure: true }),
    enter: assign((_, { user }: { user: string }) => ({ user })),
    select: assign((_, { answer }: { answer: Extract<StoreAnswer, { type: 'mailboxSelected' }> }) => {
      const { mailbox, uidValidity, readOnly, uids, recent, keywords, highestModSeq: modSeq } = answer
      return { selected: { mailbox, uidValidity, readOnly, uids, saved: [], recent, keywords, modSeq, news: NO_NEWS } }
    }),
    deselect: assign({ selected: null }),
    settle: assign(({ context }, { answer }: { answer: StoreAnswer | undefined }) => ({
      selected: settled(context, answer, mayExpunge(context.command), savesOf(context, answer)),
    })),
    noteNews: assign(({ context: { selected, user } }, changes: readonly MailboxChange[]) => ({
      selected: selected && noteChanges(selected, user, changes),
    })),
    tellNews: assign(({ context }) => ({ selected: context.selected && afterNews(context.selected, true) })),
  },
  guards: {
    isCommand: ({ event }) => isCommand(event),
    /** A command that needs an open mailbox (RFC 9051 section 6.4). */
    needsMailbox: ({ event }) => findCommand(event.type)?.states.every((state) => state === 'selected') ?? false,
    isSecure: ({ context }) => context.secure,
    hasNoTls: ({ context }) => !offersTls(context),
    hidesPasswords: ({ context }) => !mayShowPassword(context),
    isReadOnly: ({ context }) => context.selected?.readOnly ?? false,
    isDecided: ({ context }) => context.decision !== null && isOutcome(context.decision),
    opensMailbox: ({ context }) => context.command?.type === 'SELECT' || context.command?.type === 'EXAMINE',
    logsIn: ({ context }) => context.command?.type === 'LOGIN' || context.command?.type === 'AUTHENTICATE',
    isStoreAnswer: ({ event }) => storeAnswerIn(event) !== undefined,
    isMalformedProof: (_, { malformed }: { malformed?: string }) => malformed !== undefined,
    literalFits: ({ context }, literal: LiteralAnnounced) => fits(context, literal),
    literalFitsAndWaits: ({ context }, literal: LiteralAnnounced) => literal.synchronizing && fits(context, literal),
    literalWaits: (_, { synchronizing }: LiteralAnnounced) => synchronizing,
    literalIsEmpty: ({ context }) => context.literal === 0,
    isForgiven: ({ context }) => isForgiven(USUAL_POLICY, context.mistakes),
    erredTooOften: ({ context }) => endsConnection(USUAL_POLICY, context.mistakes),
    isSelected: ({ context }) => context.selected !== null,
    isLoggedIn: ({ context }) => context.user !== null,
  },
  delays: {
    /** RFC 9051 section 5.4: at least 30 minutes. */
    autologout: minutes(30),
    mistakePause: ({ context }) => pauseAfter(USUAL_POLICY, context.mistakes),
  },
}).createMachine({
  id: 'imap',
  context: ({ input }) => startContext(input),
  initial: 'connecting',
  on: {
    closed: '#logout',
    autologout: { target: '#logout', actions: [closesFor('autologout'), 'close'] },
    /** The host is shutting down, or its administrator ends the session (RFC 9051 section 7.1.5). */
    stopping: { target: '#logout', actions: [takesLeave, 'close'] },
    /** News of the open mailbox waits until it may be told (RFC 9051 section 7.5.1). */
    mailboxChanged: { actions: { type: 'noteNews', params: ({ event }) => event.changes } },
  },
  states: {
    connecting: {
      on: { opened: { target: 'returning', actions: greets } },
    },

    /** Reads commands. Those of any state stand here (RFC 9051 section 6.1). */
    ready: {
      tags: 'reads:command',
      ...timesOut,
      on: {
        CAPABILITY: carriedOut,
        NOOP: carriedOut,
        ID: carriedOut,
        LOGOUT: { target: '#logout', actions: [takes, 'deselect', responds, 'close'] },
        '*': { guard: 'isCommand', ...refused('needs a login first') },

        unreadable: { target: '#mistaken', actions: ['forgetCommand', 'countMistake', putsOffMalformed] },
        notImap: { target: '#logout', actions: [closesFor('notImap'), 'close'] },
        lineTooLong: {
          target: '#restOfLine',
          actions: ['forgetCommand', 'countMistake', saysTooLong],
        },
        /** RFC 9051 section 4.3. */
        literalAnnounced: [
          {
            guard: { type: 'literalFitsAndWaits', params: ({ event }) => event },
            target: '#literal',
            actions: [{ type: 'keepLine', params: ({ event }) => event }, asksForLiteral],
          },
          {
            guard: { type: 'literalFits', params: ({ event }) => event },
            target: '#literal',
            actions: { type: 'keepLine', params: ({ event }) => event },
          },
          {
            guard: { type: 'literalWaits', params: ({ event }) => event },
            actions: [...restartTimer, 'forgetCommand', refusesLiteral],
          },
          // Its octets are on their way already, so the server can only close (RFC 7888 section 4).
          { target: '#logout', actions: [closesFor('literalTooLong'), 'close'] },
        ],
      },
      initial: 'notAuthenticated',
      states: {
        /** RFC 9051 section 6.2. */
        notAuthenticated: {
          id: 'notAuthenticated',
          on: {
            STARTTLS: [
              { guard: 'isSecure', ...declined(ALREADY_SECURE) },
              { guard: 'hasNoTls', ...declined(NOT_OFFERED) },
              { target: '#securing', actions: [takes, responds, 'startTls'] },
            ],
            AUTHENTICATE: carriedOut,
            LOGIN: [{ guard: 'hidesPasswords', ...declined(NOT_IN_THE_CLEAR) }, carriedOut],
          },
        },
        /** The commands of both states after the login (RFC 9051 section 6.3). */
        loggedIn: {
          on: {
            STARTTLS: tooLate,
            AUTHENTICATE: tooLate,
            LOGIN: tooLate,

            ENABLE: carriedOut,
            SELECT: carriedOut,
            EXAMINE: carriedOut,
            CREATE: carriedOut,
            DELETE: carriedOut,
            RENAME: carriedOut,
            SUBSCRIBE: carriedOut,
            UNSUBSCRIBE: carriedOut,
            LIST: carriedOut,
            LSUB: carriedOut,
            NAMESPACE: carriedOut,
            STATUS: carriedOut,
            APPEND: carriedOut,
            IDLE: { target: '#idling', actions: [takes, startsIdling, settles] },
            GETQUOTA: carriedOut,
            GETQUOTAROOT: carriedOut,
            SETQUOTA: carriedOut,
          },
          initial: 'authenticated',
          states: {
            authenticated: {
              id: 'authenticated',
              on: { '*': { guard: 'needsMailbox', ...refused('needs a mailbox to be open: SELECT one first') } },
            },
            /** A mailbox is open (RFC 9051 section 6.4). */
            selected: {
              id: 'selected',
              on: {
                CHECK: carriedOut,
                CLOSE: [
                  { guard: 'isReadOnly', ...closed },
                  { target: '#closing', actions: [takes, asks] },
                ],
                UNSELECT: closed,
                EXPUNGE: change,
                SEARCH: carriedOut,
                SORT: carriedOut,
                THREAD: carriedOut,
                FETCH: carriedOut,
                STORE: change,
                COPY: carriedOut,
                MOVE: change,
                'UID EXPUNGE': change,
                'UID SEARCH': carriedOut,
                'UID SORT': carriedOut,
                'UID THREAD': carriedOut,
                'UID FETCH': carriedOut,
                'UID STORE': change,
                'UID COPY': carriedOut,
                'UID MOVE': change,
              },
            },
          },
        },
      },
    },

    /** A literal: its length is known, so its content is not parsed (RFC 9051 section 4.3). */
    literal: {
      id: 'literal',
      tags: 'reads:literal',
      ...timesOut,
      always: { guard: 'literalIsEmpty', target: '#returning' },
      on: {
        literalRead: {
          target: '#returning',
          actions: { type: 'keepLiteral', params: ({ event }) => event.octets },
        },
      },
    },
    /** The rest of a line that is too long. */
    restOfLine: {
      id: 'restOfLine',
      tags: 'reads:restOfLine',
      ...timesOut,
      always: { guard: 'erredTooOften', target: '#logout', actions: [closesFor('tooManyMistakes'), 'close'] },
      on: { lineEnded: '#returning' },
    },
    /** Within AUTHENTICATE: challenges and responses are lines of base64 (RFC 9051 section 6.2.2). */
    awaitingResponse: {
      id: 'awaitingResponse',
      tags: 'reads:saslResponse',
      ...timesOut,
      on: {
        saslResponse: { target: '#authenticating', actions: passesResponse },
        saslCancelled: { target: '#returning', actions: [cancelsExchange, saysCancelled] },
        notBase64: { target: '#mistaken', actions: [cancelsExchange, 'countMistake', putsOffNotBase64] },
        lineTooLong: { target: '#restOfLine', actions: [cancelsExchange, endsTooLong] },
      },
    },
    /** Tells news at once, until DONE (RFC 9051 section 6.3.13). */
    idling: {
      id: 'idling',
      tags: 'reads:idle',
      ...timesOut,
      on: {
        mailboxChanged: {
          actions: [{ type: 'noteNews', params: ({ event }) => event.changes }, tellsNews, 'tellNews'],
        },
        DONE: { target: '#returning', actions: [endsIdling, 'forgetCommand'] },
        notDone: { target: '#returning', actions: [saysNotDone, 'forgetCommand'] },
        lineTooLong: { target: '#restOfLine', actions: [saysNotDone, 'forgetCommand'] },
      },
    },

    /** A command is answered at once if it can be, else the host is asked. */
    deciding: {
      id: 'deciding',
      always: [
        { guard: 'isDecided', target: 'returning', actions: [responds, settles, 'forgetCommand'] },
        { guard: 'logsIn', target: 'authenticating', actions: asks },
        { guard: 'opensMailbox', target: 'opening', actions: [tellsClosed, 'deselect', asks] },
        { target: 'asking', actions: asks },
      ],
    },

    /** Waits for the host: reads nothing, with the timer stopped. */
    authenticating: {
      id: 'authenticating',
      on: {
        loggedIn: { target: '#authenticated', actions: [becomesUser, welcomes] },
        authenticated: { target: '#authenticated', actions: [becomesUser, welcomes] },
        saslChallenge: { target: '#awaitingResponse', actions: challenges },
        loginFailed: { target: 'mistaken', actions: ['countMistake', putsOffLoginFailed] },
        authenticationFailed: [
          {
            guard: { type: 'isMalformedProof', params: ({ event }) => event },
            target: 'mistaken',
            actions: ['countMistake', putsOffMalformedProof],
          },
          { target: 'mistaken', actions: ['countMistake', putsOffLoginFailed] },
        ],
      },
    },
    opening: {
      on: {
        mailboxSelected: { target: '#selected', actions: [responds, opensMailbox] },
        refused: { target: '#authenticated', actions: responds },
      },
    },
    closing: {
      id: 'closing',
      on: {
        messagesExpunged: { target: '#authenticated', actions: ['deselect', responds] },
        refused: { target: '#authenticated', actions: ['deselect', closesAnyway] },
      },
    },
    asking: {
      on: { '*': { guard: 'isStoreAnswer', target: 'returning', actions: [responds, settles, 'forgetCommand'] } },
    },

    /** The first mistakes are answered at once. */
    mistaken: {
      id: 'mistaken',
      always: [
        { guard: 'erredTooOften', target: 'logout', actions: [closesFor('tooManyMistakes'), 'close'] },
        { guard: 'isForgiven', target: 'returning', actions: [saysLate, 'forgetLate'] },
        { target: 'pausing' },
      ],
    },
    /** The more mistakes, the longer the pause before the response. The server reads nothing meanwhile. */
    pausing: {
      after: { mistakePause: { target: 'returning', actions: [saysLate, 'forgetLate'] } },
    },

    /** Back to the session's previous state, as the context tells. */
    returning: {
      id: 'returning',
      always: [
        { guard: 'isSelected', target: '#selected' },
        { guard: 'isLoggedIn', target: '#authenticated' },
        { target: '#notAuthenticated' },
      ],
    },

    /** The TLS handshake: plaintext after STARTTLS is discarded (RFC 9051 section 11.1). */
    securing: {
      id: 'securing',
      on: {
        secured: { target: 'returning', actions: ['secure', 'forgetCommand'] },
        // In the middle of a handshake the server cannot send a response.
        stopping: { target: '#logout', actions: 'close' },
      },
    },

    logout: { id: 'logout', type: 'final' },
  },
})
