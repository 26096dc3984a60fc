import { toBase64 } from '../../../base/octets'
import { findCommand } from '../commands'
import type { CommandEvent } from '../commands/commandEvent'
import type { CommandName } from '../grammar/commandNames'
import {
  bye,
  continuationRequest,
  type Outcome,
  type Response,
  taggedResponse,
  untaggedStatus,
} from '../grammar/responses'
import {
  type Extension,
  isRev2,
  type ServerContext,
  tellsModSeq,
  tellsVanished,
  withOwnChanges,
} from '../session/serverContext'
import { highestModSeq } from '../session/statusResponses'
import { afterNews, keywordNews, type Manner, newsResponses } from '../session/view'
import { type ImapQuestion, STORE_ANSWERS, type StoreAnswer } from '../store/storeQuestions'
import { capabilities } from './capability'
import { COMMAND_LIMIT, MESSAGE_LIMIT } from './literals'
import type { ImapServerEvent, On, Responses, Scope } from './types'

/** The server's responses and its questions to the host: parameters of the machine's actions, and no targets. */

/** A command's question to the host, or its outcome if it needs no answer. */
export function decide({ type, args }: CommandEvent, context: ServerContext): ImapQuestion | Outcome {
  const spec = findCommand(type)
  if (!spec) return unknown(type)
  return spec.question?.(args, context) ?? spec.answer(args, context, undefined)
}

const unknown = (name: string): Outcome => ({ status: 'BAD', text: `There is no command ${name}` })

export const isOutcome = (decision: ImapQuestion | Outcome): decision is Outcome => 'status' in decision

const isStoreAnswer = (event: ImapServerEvent): event is StoreAnswer =>
  STORE_ANSWERS.some((answer) => answer === event.type)
/** The store's answer if the event is one: a command without a question has none. */
export const storeAnswerIn = (event: ImapServerEvent): StoreAnswer | undefined =>
  isStoreAnswer(event) ? event : undefined

/** The outcome of the last command, by the store's answer if there is one. */
function outcomeOf(context: ServerContext, answer?: StoreAnswer): Outcome {
  const { command, decision } = context
  if (answer?.type === 'refused') return { ...answer, status: 'NO' }
  if (!answer && decision && isOutcome(decision)) return decision
  return (command && findCommand(command.type)?.answer(command.args, context, answer)) ?? unknown('')
}

/** The UIDs that the last command saves for `$`. A search that fails saves none (RFC 5182 section 2.1). */
export function savesOf(context: ServerContext, answer: StoreAnswer | undefined): readonly number[] | undefined {
  const { command, decision } = context
  const result = answer ?? (decision && isOutcome(decision) ? decision : undefined)
  return command && result ? findCommand(command.type)?.saves?.(command.args, context, result) : undefined
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
const newsOf = (context: ServerContext): readonly Response[] =>
  context.selected
    ? [...keywordNews(context.selected), ...newsResponses(context.selected, true, mannerOf(context))]
    : []

export const mayExpunge = (command: CommandEvent | null): boolean =>
  !(command && findCommand(command.type)?.keepsNumbers)

/** Untagged data, the news of the mailbox, the completion: in this order. */
function complete(context: ServerContext, answer?: StoreAnswer): readonly Response[] {
  const { command } = context
  const outcome = outcomeOf(context, answer)
  const view = withOwnChanges(context, answer)
  const news = view ? newsResponses(view, mayExpunge(command), mannerOf(context)) : []
  const after = view && afterNews(view, mayExpunge(command))
  // An unsent removal is older than the reported mod-sequence: a client that is cut off here must ask from before the removal
  // (RFC 7162 section 3.2).
  const holdsBack = tellsVanished(context) && after && after.news.expunged.length > 0
  const modSeq = after && (context.enablesModSeq || holdsBack) ? [highestModSeq(after.modSeq)] : []
  const keywords = view ? keywordNews(view) : []
  return [...keywords, ...(outcome.untagged ?? []), ...news, ...modSeq, ended(context, outcome)]
}

/** The tagged response that ends the last command. */
const ended = ({ command }: ServerContext, outcome: Outcome): Response =>
  taggedResponse(command?.tag ?? '*', outcome, command?.type)

const say = <Happened extends Scope>(responses: (happened: Happened) => readonly Response[]) =>
  ({ type: 'respond', params: (happened: Happened): Responses => ({ responses: responses(happened) }) }) as const

export const greets = say(({ context }) => [
  untaggedStatus('OK', `${context.hostName} is ready`, `CAPABILITY ${capabilities(context)}`, 'greeting'),
])

/** Accepts the command that was just read, whose outcome may depend on the host. */
export const takes = {
  type: 'take',
  params: ({ event }: On<CommandName>): { command: CommandEvent; outcome?: Outcome } => ({ command: event }),
} as const
/** Accepts the command that was just read, with this outcome. */
export const declines = (outcome: Outcome) =>
  ({
    type: 'take',
    params: ({ event }: On<CommandName>): { command: CommandEvent; outcome?: Outcome } => ({ command: event, outcome }),
  }) as const

/** Asks the host the question of the last command. */
export const asks = {
  type: 'ask',
  params: ({ context: { decision } }: Scope): ImapQuestion => {
    if (!decision || isOutcome(decision)) throw new Error('Broken expectation: the command has a question')
    return decision
  },
} as const

/** Ends the last command, with the news of the mailbox. */
export const responds = say(({ context, event }) => complete(context, storeAnswerIn(event)))
/** The news has been sent: the session's view is now the client's knowledge. */
export const settles = {
  type: 'settle',
  params: ({ event }: Scope) => ({ answer: storeAnswerIn(event) }),
} as const
export const opensMailbox = {
  type: 'select',
  params: ({ event }: On<'mailboxSelected'>) => ({ answer: event }),
} as const

/** The command comes in the wrong state: says which command must come first. */
export const refuses = (why: string) =>
  say(({ event }: Scope) =>
    isCommand(event) ? [taggedResponse(event.tag, { status: 'BAD', text: `${event.type} ${why}` }, event.type)] : [],
  )
export const isCommand = (event: ImapServerEvent): event is CommandEvent => findCommand(event.type) !== undefined

/** Opening a mailbox closes the open one, even if it fails (RFC 9051 section 6.3.2). */
export const tellsClosed = say(({ context }) =>
  context.selected ? [untaggedStatus('OK', 'The mailbox that was open is closed', 'CLOSED')] : [],
)
/** CLOSE succeeds even if the mailbox no longer exists (RFC 9051 section 6.4.1 has no NO). */
export const closesAnyway = say(({ context }) => [ended(context, { status: 'OK', text: 'Closed' })])

export const saysTooLong = say(({ event }: On<'lineTooLong'>) => [
  taggedResponse(event.tag, { status: 'BAD', text: LINE_TOO_LONG }),
])
const LINE_TOO_LONG = 'The line is longer than 65536 octets'

export const asksForLiteral = say(() => [continuationRequest('Ready for the literal', 'literal')])
export const refusesLiteral = say(({ event }: On<'literalAnnounced'>) => [
  taggedResponse(event.tag, {
    status: 'NO',
    code: 'TOOBIG',
    text: `The literal is too long: a message may have ${MESSAGE_LIMIT} octets, everything else ${COMMAND_LIMIT}`,
  }),
])

const BYES = {
  autologout: bye('autologout', 'Nothing came for 30 minutes'),
  literalTooLong: bye('literalTooLong', 'The literal is too long', 'TOOBIG'),
  notImap: bye('notImap', 'This is IMAP, not HTTP'),
  shuttingDown: bye('shuttingDown', 'The server is being shut down'),
  dismissed: bye('dismissed', 'The administrator has ended this connection'),
  tooManyMistakes: bye('tooManyMistakes', 'There were too many mistakes'),
} as const
/** Sends the reason why the connection ends (RFC 9051 section 7.1.5). */
export const closesFor = (reason: keyof typeof BYES) => say(() => [BYES[reason]])
/** The last response of a server that is told to stop. */
export const takesLeave = say(({ event }: On<'stopping'>) => [BYES[event.why]])

/** Keeps the response until after the pause. */
const putsOff = <Happened extends Scope>(response: (happened: Happened) => Response) =>
  ({ type: 'putOff', params: (happened: Happened) => ({ late: response(happened) }) }) as const

export const putsOffMalformed = putsOff(({ event }: On<'unreadable'>) =>
  taggedResponse(event.tag, { status: 'BAD', text: event.text }),
)
export const putsOffLoginFailed = putsOff(({ context }) =>
  ended(context, { status: 'NO', code: 'AUTHENTICATIONFAILED', text: 'User name or password is wrong' }),
)
/** A malformed message of the mechanism is no wrong password: BAD (RFC 9051 section 6.2.2). */
export const putsOffMalformedProof = putsOff(({ context, event }: On<'authenticationFailed'>) =>
  ended(context, { status: 'BAD', text: event.malformed ?? '' }),
)
export const putsOffNotBase64 = putsOff(({ context }) =>
  ended(context, { status: 'BAD', text: 'Expected a line of base64, or *' }),
)
export const saysLate = say(({ context }) => (context.late ? [context.late] : []))

/** The command that opens the session has succeeded. */
export const welcomes = say(({ context }) => {
  const { command } = context
  const outcome = command && findCommand(command.type)?.answer(command.args, context, undefined)
  return [ended(context, outcome ?? { status: 'OK', text: 'Logged in' })]
})
export const challenges = say(({ event }: On<'saslChallenge'>) => [
  continuationRequest(toBase64(event.challenge), 'AUTHENTICATE'),
])
export const passesResponse = {
  type: 'ask',
  params: ({ event }: On<'saslResponse'>): ImapQuestion => ({ type: 'saslResponse', response: event.response }),
} as const
export const cancelsExchange = { type: 'ask', params: { type: 'saslCancelled' } } as const
export const saysCancelled = say(({ context }) => [ended(context, { status: 'BAD', text: 'Authentication given up' })])
export const endsTooLong = say(({ context }) => [ended(context, { status: 'BAD', text: LINE_TOO_LONG })])

export const startsIdling = say(({ context }) => [continuationRequest('Waiting for news', 'IDLE'), ...newsOf(context)])
export const tellsNews = say(({ context }) => newsOf(context))
export const endsIdling = say(({ context }) => [ended(context, { status: 'OK', text: 'No longer waiting' })])
export const saysNotDone = say(({ context }) => [
  ended(context, { status: 'BAD', text: 'Expected DONE, alone on its line' }),
])
