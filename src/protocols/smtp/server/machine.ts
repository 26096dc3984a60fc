import { assign, setup } from 'xstate'
import { EMPTY, type Octets } from '../../../base/octets'
import { minutes } from '../../../base/time'
import { isPlaintext, type SaslMechanism } from '../../../sasl'
import type { Peer } from '../../../session/session'
import { replyGloss } from '../gloss'
import type { Command } from '../grammar/commands'
import { isInternational, newEnvelope, withRecipient } from '../grammar/envelope'
import { greeting, replies } from '../grammar/replies'
import { authenticates, authStates, securing, startsTls } from './authStates'
import { chunkStates, discardsEarly } from './chunkStates'
import { storing, takingTheLetter } from './dataStates'
import { beginsLetter, envelopeStates } from './envelopeStates'
import {
  common,
  hasNoTlsToStart,
  needsTls,
  offersTls,
  resets,
  returning,
  stay,
  takesLeave,
  timesOut,
} from './transitions'
import type {
  Candidate,
  Chunk,
  SmtpServerContext,
  SmtpServerEvent,
  SmtpServerInput,
  SmtpServerQuestion,
  SpokenReply,
} from './types'
import { tellsOfUser } from './verify'

/**
 * The server's half of SMTP (RFC 5321): every state there is. What the parts of a session do is beside it: `envelopeStates`,
 * `dataStates`, `chunkStates`, `authStates`.
 *
 * A state that reads commands answers each of them, those that the RFC refuses there with 503 and the cause.
 * A state that waits for the host's answer reads nothing, so what a client pipelines waits its turn (RFC 2920).
 */

const notIntroduced = 'We have not been introduced: EHLO comes first.'
const needsHello = [needsTls('#waiting'), stay('#waiting', replies.needHello, notIntroduced)] as const

const noLetter = {
  envelope: null,
  declaredSize: 0,
  recipients: 0,
  candidate: null,
  chunk: null,
  chunks: 'none',
  mailData: EMPTY,
  midLine: false,
  tooLarge: false,
} as const

/** What has to be forgotten once the wire is encrypted (RFC 3207 section 4.2). */
const unknownClient = { ...noLetter, helloName: '', extended: false, user: '' } as const

const initial = {
  ...unknownClient,
  peerName: '',
  peerAddress: '',
  enhanced: false,
  mistakes: 0,
  utf8Reply: false,
  lineRunsOn: false,
} as const

/** The next mistake after so many ends the connection with 421 (RFC 5321 section 7.8 leaves it to the server when to defend itself). */
export const MISTAKE_LIMIT = 100

/** A CR or LF that is not part of CRLF: the next CR and the next LF always have to stand side by side. */
function hasBare(message: string): boolean {
  for (let at = 0; ; ) {
    const lineFeed = message.indexOf('\n', at)
    const carriageReturn = message.indexOf('\r', at)
    if (lineFeed === -1) return carriageReturn !== -1
    if (carriageReturn !== lineFeed - 1) return true
    at = lineFeed + 1
  }
}

export const smtpServerMachine = setup({
  types: {
    context: {} as SmtpServerContext,
    events: {} as SmtpServerEvent,
    input: {} as SmtpServerInput,
    tags: {} as 'reads:command' | 'reads:saslResponse' | 'reads:mailData' | 'reads:chunk',
    meta: {} as { title: string },
  },
  actions: {
    reply: (_, _params: SpokenReply) => {},
    ask: (_, _params: SmtpServerQuestion) => {},
    startTls: () => {},
    close: () => {},
    meet: assign((_, params: Peer) => ({ peerName: params.name, peerAddress: params.address })),
    greet: assign(({ context }, params: { helloName: string; extended: boolean }) => ({
      ...noLetter,
      ...params,
      enhanced: context.enhanced || params.extended,
    })),
    beginAnew: assign({ ...unknownClient, secure: true }),
    letIn: assign((_, user: string) => ({ user })),
    beginEnvelope: assign((_, said: Extract<Command, { type: 'MAIL' }>) => ({
      envelope: newEnvelope(said),
      declaredSize: said.size ?? 0,
    })),
    noteCandidate: assign((_, { forwardPath, dsn }: Candidate) => ({
      candidate: dsn ? { forwardPath, dsn } : { forwardPath },
    })),
    addRecipient: assign(({ context: { envelope, candidate, recipients } }) => ({
      candidate: null,
      recipients: recipients + 1,
      envelope: envelope && candidate && withRecipient(envelope, candidate.forwardPath, candidate.dsn),
    })),
    noteUtf8Wish: assign((_, utf8Reply: boolean) => ({ utf8Reply })),
    keepPart: assign(({ context }, part: { octets: Octets; midLine: boolean }) =>
      context.tooLarge || context.mailData.length + part.octets.length > context.maxSize
        ? { mailData: EMPTY, midLine: part.midLine, tooLarge: true }
        : { mailData: (context.mailData + part.octets) as Octets, midLine: part.midLine },
    ),
    beginChunk: assign((_, chunk: Chunk) => ({ chunk })),
    keepChunkPart: assign(({ context }, part: Octets) => ({
      mailData: (context.mailData + part) as Octets,
      chunk: lessLeft(context.chunk, part),
    })),
    dropChunkPart: assign(({ context }, part: Octets) => ({ chunk: lessLeft(context.chunk, part) })),
    endChunk: assign({ chunk: null }),
    expectMoreChunks: assign({ chunks: 'underWay' }),
    spoilLetter: assign({ chunks: 'spoilt', mailData: EMPTY }),
    clear: assign(noLetter),
    countMistake: assign(({ context }) => ({ mistakes: context.mistakes + 1 })),
    swallowLine: assign({ lineRunsOn: true }),
    endLine: assign({ lineRunsOn: false }),
  },
  guards: {
    mustSecure: ({ context }) => context.tls === 'required' && !context.secure,
    isSecure: ({ context }) => context.secure,
    hasNoTls: ({ context }) => !offersTls(context),
    mustLogIn: ({ context }) => context.requireAuthentication && context.user === '',
    isLoggedIn: ({ context }) => context.user !== '',
    hasNoMechanism: ({ context }) => context.mechanisms.length === 0,
    erredTooOften: ({ context }) => context.mistakes >= MISTAKE_LIMIT,
    saidHelo: ({ context }) => !context.extended,
    isUnknownMechanism: ({ context }, mechanism: SaslMechanism | '') =>
      mechanism === '' || !context.mechanisms.includes(mechanism),
    isTooOpen: ({ context }, mechanism: SaslMechanism | '') =>
      mechanism !== '' && isPlaintext(mechanism) && !context.secure && !context.plaintextAuth,
    isMalformed: (_, cause: string | undefined) => cause !== undefined,
    needsUtf8: ({ context }, named: Extract<Command, { type: 'MAIL' | 'RCPT' }>) =>
      named.type === 'MAIL'
        ? isInternational(named.reversePath) && !named.smtpUtf8
        : isInternational(named.forwardPath) && !context.envelope?.smtpUtf8,
    declaresTooMuch: ({ context }, size: number) => size > context.maxSize,
    recipientsAreFull: ({ context }) => context.recipients >= context.maxRecipients,
    isTooLarge: ({ context }, more: number) => context.tooLarge || context.mailData.length + more > context.maxSize,
    hasBareLineEnd: ({ context }, lastPart: Octets) =>
      context.bareLineFeed === 'refuse' && hasBare(context.mailData + lastPart),
    isMalformedChunk: (_, chunk: Extract<Command, { type: 'BDAT' }>) => chunk.malformed === true,
    endsChunk: ({ context }) => context.chunk?.left === 0,
    endsBadMessage: ({ context }) =>
      context.chunk?.left === 0 && context.chunk.last && context.bareLineFeed === 'refuse' && hasBare(context.mailData),
    endsMessage: ({ context }) => context.chunk?.left === 0 && context.chunk.last,
    isSpoilt: ({ context }) => context.chunks === 'spoilt',
    hasChunks: ({ context }) => context.chunks === 'underWay',
    hasRecipients: ({ context }) => context.recipients > 0,
    hasSender: ({ context }) => context.envelope !== null,
    isGreeted: ({ context }) => context.helloName !== '',
  },
  delays: {
    /** RFC 5321 section 4.5.3.2.7. */
    commandTimeout: minutes(5),
  },
}).createMachine({
  id: 'smtp.server',
  context: ({ input }) => ({ ...initial, ...input, secure: input.tls === 'implicit' }),
  initial: 'listening',
  on: { closed: { target: '#closed' }, stopping: takesLeave },
  states: {
    listening: {
      meta: { title: 'listening' },
      on: {
        opened: {
          target: 'waiting',
          actions: [
            { type: 'meet', params: ({ event }) => event.peer },
            {
              type: 'reply',
              params: ({ context }) => {
                const reply = greeting(context.hostName)
                return { reply, enhanced: false, gloss: replyGloss('greeting', reply), kind: 'greeting' as const }
              },
            },
          ],
        },
      },
    },
    waiting: {
      id: 'waiting',
      meta: { title: 'waiting' },
      tags: 'reads:command',
      after: timesOut,
      on: {
        ...common('#waiting'),
        MAIL: needsHello,
        RCPT: needsHello,
        DATA: needsHello,
        BDAT: discardsEarly(replies.needHello, notIntroduced),
        AUTH: needsHello,
        STARTTLS: [...hasNoTlsToStart('#waiting'), stay('#waiting', replies.needHello, notIntroduced)],
        RSET: [needsTls('#waiting'), stay('#waiting', replies.ok, replyGloss('RSET', replies.ok))],
      },
    },
    securing,
    session: {
      initial: 'greeted',
      meta: { title: 'session' },
      states: {
        greeted: {
          id: 'greeted',
          meta: { title: 'greeted' },
          tags: 'reads:command',
          after: timesOut,
          on: {
            ...common('#greeted'),
            ...beginsLetter,
            RSET: [needsTls('#greeted'), resets],
            AUTH: authenticates,
            STARTTLS: startsTls,
          },
        },
        ...envelopeStates,
        takingTheLetter,
        ...chunkStates,
        storing,
        ...authStates,
        lookingUpName: {
          id: 'lookingUpName',
          meta: { title: 'looking up a name' },
          on: { userVerified: { target: '#returning', actions: { type: 'reply', params: tellsOfUser } } },
        },
        returning,
      },
    },
    closed: { id: 'closed', type: 'final', meta: { title: 'closed' } },
  },
})

const lessLeft = (chunk: Chunk | null, part: Octets): Chunk | null =>
  chunk && { ...chunk, left: chunk.left - part.length }
