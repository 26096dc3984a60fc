import { fromBase64, type Octets, toBase64 } from '../../../base/octets'
import { assertEvent } from '../../../session/assertEvent'
import type { Input, Question } from '../../../session/session'
import { COMMANDS, findCommand } from '../commands'
import { type AdmittingState, isOutcome, type Outcome } from '../commands/command'
import type { CommandEvent } from '../commands/commandEvent'
import { COMMAND_NAMES, type CommandName } from '../grammar/commandNames'
import { bye, continuationRequest, type Response, taggedResponse, untaggedStatus } from '../grammar/responses'
import {
  type Extension,
  isRev2,
  type ServerContext,
  tellsModSeq,
  tellsVanished,
  withOwnChanges,
} from '../session/serverContext'
import { highestModSeq } from '../session/statusResponses'
import { afterNews, keywordNews, type Manner, newsResponses, noteChanges } from '../session/view'
import { type LoginAnswer, type MailboxChange, STORE_ANSWERS, type StoreAnswer } from '../store/storeQuestions'
import type { Unreadable } from './scanCommand'

/** The parts of the chart in `machine.ts`: the outputs, questions and assigns of its transitions. */

/** The limits of literals in octets: the message of APPEND, and everything else together. */
export const MESSAGE_LIMIT = 35 * 1024 * 1024
export const COMMAND_LIMIT = 64 * 1024

export interface LiteralAnnounced {
  readonly type: 'literalAnnounced'
  readonly tag: Octets
  /** The line with its end. */
  readonly line: Octets
  readonly size: number
  readonly synchronizing: boolean
}

export type ImapServerEvent =
  | Extract<Input, { type: 'opened' | 'closed' | 'secured' }>
  | CommandEvent
  | Unreadable
  | LiteralAnnounced
  | { readonly type: 'literalRead'; readonly octets: Octets }
  | { readonly type: 'lineTooLong'; readonly tag: Octets }
  | { readonly type: 'linePassed' | 'lineEnded' }
  /** A line of an HTTP request. */
  | { readonly type: 'notImap' }
  | { readonly type: 'responseRead'; readonly response: Octets }
  | { readonly type: 'DONE' | 'notDone' }
  | { readonly type: 'mailboxChanged'; readonly changes: readonly MailboxChange[] }
  /** The host is shutting down. */
  | { readonly type: 'stopping' }
  | LoginAnswer
  | StoreAnswer

interface Happened {
  readonly context: ServerContext
  readonly event: ImapServerEvent
}
export interface Responses {
  readonly responses: readonly Response[]
}

/** The command's question, or its outcome if it needs no answer. */
export function wants({ type, args }: CommandEvent, context: ServerContext): Question | Outcome {
  const spec = findCommand(type)
  if (!spec) return { status: 'BAD', text: `There is no command ${type}` }
  return spec.question?.(args, context) ?? spec.answer(args, context, undefined)
}

const outcomeOf = ({ type, args }: CommandEvent, context: ServerContext, answer: StoreAnswer): Outcome => {
  if (answer.type === 'refused') return { ...answer, status: 'NO' }
  return findCommand(type)?.answer(args, context, answer) ?? { status: 'BAD', text: `There is no command ${type}` }
}

/** The UIDs that the command saves for `$`. A search that fails saves none (RFC 5182 section 2.1). */
export const savesOf = (context: ServerContext, answer: StoreAnswer | undefined): readonly number[] | undefined => {
  const { command } = context
  return command ? findCommand(command.type)?.saves?.(command.args, context, answer) : undefined
}

/** The extensions that are enabled once this command is accepted. */
export function enabledBy({ type, args }: CommandEvent, before: readonly Extension[]): readonly Extension[] {
  const more = findCommand(type)?.enables?.(args) ?? []
  return more.every((each) => before.includes(each)) ? before : [...new Set([...before, ...more])]
}

const mannerOf = (context: ServerContext): Manner => ({
  modSeq: tellsModSeq(context),
  vanished: tellsVanished(context),
  recent: !isRev2(context),
})

/** All news of the open mailbox. */
export const newsOf = (context: ServerContext, mayExpunge: boolean): readonly Response[] =>
  context.selected
    ? [...keywordNews(context.selected), ...newsResponses(context.selected, mayExpunge, mannerOf(context))]
    : []

export const mayExpunge = (command: CommandEvent | null): boolean =>
  !(command && findCommand(command.type)?.keepsNumbers)

/** Untagged data, the news of the mailbox, the completion: in this order. */
function complete(context: ServerContext, command: CommandEvent, outcome: Outcome, answer?: StoreAnswer): Responses {
  const view = withOwnChanges(context, answer)
  const news = view ? newsResponses(view, mayExpunge(command), mannerOf(context)) : []
  const after = view && afterNews(view, mayExpunge(command))
  // An unsent removal is older than the reported mod-sequence: a client that is cut off here must ask from before the removal
  // (RFC 7162 section 3.2).
  const holdsBack = tellsVanished(context) && after && after.news.expunged.length > 0
  const modSeq = after && (context.enablesModSeq || holdsBack) ? [highestModSeq(after.modSeq)] : []
  const keywords = view ? keywordNews(view) : []
  return {
    responses: [
      ...keywords,
      ...(outcome.untagged ?? []),
      ...news,
      ...modSeq,
      taggedResponse(command.tag, outcome, command.type),
    ],
  }
}

/** The command in this event. */
export function commandOf(event: ImapServerEvent): CommandEvent {
  assertEvent(event, COMMAND_NAMES)
  return event
}
const commandIn = ({ context, event }: Happened): CommandEvent => context.command ?? commandOf(event)

const storeAnswers: ReadonlySet<string> = new Set(STORE_ANSWERS)
/** The store's answer if the event is one: a command without a question has none. */
const isStoreAnswer = (event: ImapServerEvent): event is StoreAnswer => storeAnswers.has(event.type)
const storeAnswerIn = (event: ImapServerEvent): StoreAnswer | undefined => (isStoreAnswer(event) ? event : undefined)

/** Answers the command that was just read. */
export const respondNow = {
  type: 'respond',
  params: (happened: Happened): Responses => {
    const command = commandIn(happened)
    const result = wants(command, happened.context)
    return complete(happened.context, command, isOutcome(result) ? result : { status: 'NO', text: 'Nobody answers' })
  },
} as const
/** Answers the command that waited for the host. */
export const respondAnswer = {
  type: 'respond',
  params: (happened: Happened): Responses => {
    const command = commandIn(happened)
    const { event: answer } = happened
    assertEvent(answer, STORE_ANSWERS)
    return complete(happened.context, command, outcomeOf(command, happened.context, answer), answer)
  },
} as const
export const settle = {
  type: 'settle',
  params: ({ event }: Happened) => ({ answer: storeAnswerIn(event) }),
} as const
export const take = { type: 'take', params: ({ event }: Happened) => ({ command: commandOf(event) }) } as const
export const askHost = {
  type: 'ask',
  params: (happened: Happened) => ({ question: wants(commandIn(happened), happened.context) as Question }),
} as const
export const say = (responses: (happened: Happened) => readonly Response[]) =>
  ({ type: 'respond', params: (happened: Happened): Responses => ({ responses: responses(happened) }) }) as const
/** Counts a mistake and keeps its answer until the pause is over. */
export const answersLate = (response: (happened: Happened) => Response) =>
  ({ type: 'err', params: (happened: Happened) => ({ late: response(happened) }) }) as const
export const open = { type: 'select', params: ({ event }: Happened) => ({ answer: storeAnswerIn(event) }) } as const

export const asks = { guard: 'asksHost', target: '.asks', actions: [take, askHost] } as const
export const answersNow = { target: '.ready', actions: [take, respondNow, settle] } as const

const NEEDS: Readonly<Record<AdmittingState, string>> = {
  notAuthenticated: 'is for before the login, and you are logged in',
  authenticated: 'needs a login first',
  selected: 'needs a mailbox to be open: SELECT one first',
}

/** The command comes in the wrong state: says which command must come first. */
const refusal = (name: CommandName, needs: AdmittingState) => {
  const text = `${name} ${NEEDS[needs]}`
  return {
    target: '.ready',
    actions: [take, say(({ event }) => [taggedResponse(commandOf(event).tag, { status: 'BAD', text }, name)])],
  } as const
}

/** The commands of a state, built from the table; those with their own transitions stand in the chart and override it. */
export const commandsOf = (state: AdmittingState) =>
  Object.fromEntries(
    COMMANDS.map((spec) => {
      if (!spec.states.includes(state)) {
        const needs = spec.states.includes('authenticated') ? 'authenticated' : (spec.states[0] as AdmittingState)
        return [
          spec.name,
          refusal(spec.name, needs === 'selected' && state === 'notAuthenticated' ? 'authenticated' : needs),
        ]
      }
      return [spec.name, spec.question ? [asks, answersNow] : answersNow]
    }),
  )

/** Every reading state's transitions for malformed lines and for literals (RFC 9051 section 4.3). */
export const lines = {
  unreadable: {
    target: '.mistaken',
    actions: [
      'forgetParts',
      answersLate(({ event }) => {
        assertEvent(event, 'unreadable')
        return taggedResponse(event.tag, { status: 'BAD', text: event.text })
      }),
    ],
  },
  notImap: {
    target: '#imap.logout',
    actions: [say(() => [bye('notImap', 'This is IMAP, not HTTP')]), 'close'],
  },
  lineTooLong: {
    target: '.skipsLine',
    actions: [
      'forgetParts',
      'countMistake',
      say(({ event }) => {
        assertEvent(event, 'lineTooLong')
        return [taggedResponse(event.tag, { status: 'BAD', text: 'The line is longer than 65536 octets' })]
      }),
    ],
  },
  literalAnnounced: [
    {
      guard: 'literalFitsAndWaits',
      target: '.readsLiteral',
      actions: ['keepLine', say(() => [continuationRequest('Ready for the literal', 'literal')])],
    },
    { guard: 'literalFits', target: '.readsLiteral', actions: ['keepLine'] },
    {
      guard: 'literalWaits',
      target: '.ready',
      actions: [
        'forgetParts',
        say(({ event }) => {
          assertEvent(event, 'literalAnnounced')
          const text = 'The literal is too long: a message may have 36700160 octets, everything else 65536'
          return [taggedResponse(event.tag, { status: 'NO', code: 'TOOBIG', text })]
        }),
      ],
    },
    // Its octets are on their way already, so the server can only close (RFC 7888 section 4).
    {
      target: '#imap.logout',
      actions: [say(() => [bye('literalTooLong', 'The literal is too long', 'TOOBIG')]), 'close'],
    },
  ],
} as const

export const autologout = {
  autologout: {
    target: '#imap.logout',
    actions: [say(() => [bye('autologout', 'Nothing came for 30 minutes')]), 'close'],
  },
} as const

/** The host is shutting down (RFC 9051 section 7.1.5). */
export const takesLeave = {
  target: '#imap.logout',
  actions: [say(() => [bye('shuttingDown', 'The server is being shut down')]), 'close'],
} as const

/** An end for programs that guess: each mistake counts until the connection closes. */
const tooManyMistakes = {
  guard: 'erredTooOften',
  target: '#imap.logout',
  actions: [say(() => [bye('tooManyMistakes', 'There were too many mistakes')]), 'close'],
} as const

const answersNowLate = {
  target: 'ready',
  actions: [say(({ context }) => (context.late ? [context.late] : [])), 'forgetLate'],
} as const

/** The reading states, the same in each state of the protocol. */
export const reading = {
  ready: { tags: ['reads:command'], after: autologout },
  readsLiteral: {
    tags: ['reads:literal'],
    after: autologout,
    always: { guard: 'literalIsEmpty', target: 'ready' },
    on: { literalRead: { target: 'ready', actions: ['keepLiteral'] } },
  },
  skipsLine: {
    tags: ['reads:restOfLine'],
    after: autologout,
    always: tooManyMistakes,
    on: { lineEnded: { target: 'ready' } },
  },
  /** The first mistakes are answered at once. */
  mistaken: { always: [tooManyMistakes, { guard: 'isForgiven', ...answersNowLate }, { target: 'pausing' }] },
  /** The more mistakes, the longer the pause before the answer. The server reads nothing meanwhile. */
  pausing: { after: { mistakePause: answersNowLate } },
} as const

export const onStoreAnswer = Object.fromEntries(
  STORE_ANSWERS.map((type) => [type, { target: 'ready', actions: [respondAnswer, settle] as const }]),
)

export const idling = {
  tags: ['reads:idle'],
  after: autologout,
  on: {
    DONE: { target: 'ready', actions: [say(({ context }) => idleEnd(context, 'OK')), 'forgetParts'] },
    lineTooLong: { target: 'skipsLine', actions: [say(({ context }) => idleEnd(context, 'BAD')), 'forgetParts'] },
    notDone: { target: 'ready', actions: [say(({ context }) => idleEnd(context, 'BAD')), 'forgetParts'] },
  },
} as const

function idleEnd({ command }: ServerContext, status: 'OK' | 'BAD'): readonly Response[] {
  const tag = command?.tag ?? '*'
  if (status === 'BAD') return [taggedResponse(tag, { status, text: 'Expected DONE, alone on its line' }, 'IDLE')]
  return [taggedResponse(tag, { status, text: 'No longer waiting' }, 'IDLE')]
}

export const startsIdling = {
  target: '.idling',
  actions: [
    take,
    say(({ context }) => [continuationRequest('Waiting for news', 'IDLE'), ...newsOf(context, true)]),
    settle,
  ],
} as const

/** Opening a mailbox closes the open one, even if it fails (RFC 9051 section 6.3.2). */
const closedNotice = say(({ context }) =>
  context.selected ? [untaggedStatus('OK', 'The mailbox that was open is closed', 'CLOSED')] : [],
)
export const selects = [
  {
    guard: 'asksHost',
    target: '#imap.authenticated.opens',
    actions: [closedNotice, 'deselect', take, askHost],
  },
  answersNow,
] as const
export const leaves = {
  target: '#imap.logout',
  actions: [take, 'deselect', respondNow, 'close'],
} as const
export const closes = { target: '#imap.authenticated', actions: [take, 'deselect', { ...respondNow }] } as const

const tagOf = (context: ServerContext): string => context.command?.tag ?? '*'

/** CLOSE succeeds even if the mailbox no longer exists (RFC 9051 section 6.4.1 has no NO). */
export const closesAnyway = say(({ context }) => [
  taggedResponse(tagOf(context), { status: 'OK', text: 'Closed' }, context.command?.type),
])

/** The command that opens the session has succeeded. */
export const welcome = say(({ context }) => {
  const { command } = context
  const outcome = command && findCommand(command.type)?.answer(command.args, context, undefined)
  return [taggedResponse(tagOf(context), outcome ?? { status: 'OK', text: 'Logged in' }, command?.type)]
})

export const LOGIN_FAILED: Outcome = {
  status: 'NO',
  code: 'AUTHENTICATIONFAILED',
  text: 'User name or password is wrong',
}

/** A client's line during a login: base64, or `*` to cancel (RFC 9051 section 6.2.2). */
function responseIn(event: ImapServerEvent): Octets {
  assertEvent(event, 'responseRead')
  return event.response
}
export const isCancelled = (event: ImapServerEvent): boolean => responseIn(event) === '*'
export const isBase64 = (event: ImapServerEvent): boolean => fromBase64(responseIn(event)) !== undefined

export const asksAboutResponse = {
  type: 'ask',
  params: ({ event }: Happened) => ({
    question: { type: 'saslResponse', response: fromBase64(responseIn(event)) ?? '' } as Question,
  }),
} as const
export const tellsCancelled = {
  type: 'ask',
  params: (_: Happened) => ({ question: { type: 'saslCancelled' } as Question }),
} as const
export const challenges = say(({ event }) => {
  assertEvent(event, 'saslChallenge')
  return [continuationRequest(toBase64(event.challenge), 'AUTHENTICATE')]
})
/** A malformed message of the mechanism is no wrong password: BAD (RFC 9051 section 6.2.2). */
export const malformedIn = (event: ImapServerEvent): string | undefined =>
  event.type === 'authenticationFailed' ? event.malformed : undefined
export const endsMalformed = answersLate(({ context, event }) =>
  taggedResponse(tagOf(context), { status: 'BAD', text: malformedIn(event) ?? '' }, context.command?.type),
)
/** Ends the waiting command with BAD or NO. */
export const endWith = (outcome: Outcome) =>
  say(({ context }) => [taggedResponse(tagOf(context), outcome, context.command?.type)])

/** Counts a mistake; its answer waits for the end of the pause. */
export const failsWith = (outcome: Outcome) =>
  answersLate(({ context }) => taggedResponse(tagOf(context), outcome, context.command?.type))

export const noted = ({ selected, user }: ServerContext, event: ImapServerEvent) =>
  selected && event.type === 'mailboxChanged' ? noteChanges(selected, user, event.changes) : selected

/** True if the client waits for a continuation request before it sends the literal. */
export function waits(event: ImapServerEvent): boolean {
  assertEvent(event, 'literalAnnounced')
  return event.synchronizing
}

/** True if the literal is within the limit: after a login, the message of APPEND may be long; nothing else may. */
export function fits({ user, pending }: ServerContext, event: ImapServerEvent): boolean {
  assertEvent(event, 'literalAnnounced')
  const { line, size } = event
  const isMessage = user !== null && /^\S+ APPEND /i.test(pending || line)
  return pending.length + line.length + size <= (isMessage ? MESSAGE_LIMIT : COMMAND_LIMIT)
}
