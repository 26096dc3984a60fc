import { assign, cancel, raise, setup } from 'xstate'
import { EMPTY, type Octets } from '../../../base/octets'
import { minutes } from '../../../base/time'
import type { SaslMechanism } from '../../../sasl'
import { endsConnection, isForgiven, pauseAfter, USUAL_POLICY } from '../../../session/defence'
import type { Peer } from '../../../session/session'
import { commandSyntax } from '../catalogue/catalogue'
import type { Command } from '../grammar/commands'
import { isInternational, newEnvelope, withRecipient } from '../grammar/envelope'
import { replies, syntax } from '../grammar/replies'
import type { Reply } from '../grammar/reply'
import { mechanismsNow, offersAuth, offersTls } from './offers'
import {
  asksAboutRecipient,
  asksAboutUser,
  asksToAuthenticate,
  asksToTakeChunks,
  asksToTakeMailData,
  cancelsExchange,
  challenges,
  closesFor,
  greets,
  helps,
  type On,
  passesResponse,
  putsOff,
  putsOffItsMistake,
  putsOffItsReply,
  putsOffRefusal,
  refusesChunk,
  refusesRecipient,
  says,
  saysHello,
  saysItsReply,
  saysLate,
  takesChunk,
  takesLeave,
  takesRecipient,
  takesSender,
  tellsOfUser,
  tellsQueueId,
  welcomes,
} from './speech'
import type {
  Candidate,
  Chunk,
  SmtpServerContext,
  SmtpServerEvent,
  SmtpServerInput,
  SmtpServerQuestion,
  SpokenReply,
} from './types'

/**
 * The server's half of SMTP (RFC 5321): all its states and transitions. Its replies are in `speech.ts`.
 *
 * A state that reads commands answers all of them; out of order they get 503 with the cause. Common answers stand once, on the
 * parent state `ready`. A state that waits for the host's answer reads nothing, so pipelined commands wait (RFC 2920).
 */

export const noTransaction = {
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

/** The knowledge of the client that TLS discards (RFC 3207 section 4.2). */
export const unknownClient = { ...noTransaction, helloName: '', extended: false, user: '' } as const

export const initial = {
  ...unknownClient,
  peerName: '',
  peerAddress: '',
  enhanced: false,
  mistakes: 0,
  late: null,
  utf8Reply: false,
  lineRunsOn: false,
} as const

/** True if a CR or LF is not part of CRLF: the next CR and the next LF must always be adjacent. */
function hasBare(message: string): boolean {
  for (let at = 0; ; ) {
    const lineFeed = message.indexOf('\n', at)
    const carriageReturn = message.indexOf('\r', at)
    if (lineFeed === -1) return carriageReturn !== -1
    if (carriageReturn !== lineFeed - 1) return true
    at = lineFeed + 1
  }
}

/** A state that reads octets: the inactivity timer runs in it. */
const timesOut = { entry: 'startTimer', exit: 'stopTimer' } as const
const restartTimer = ['stopTimer', 'startTimer'] as const

/** Answers a line and waits for the next one with the full time-out. */
const answers = (reply: Reply) => ({ actions: [...restartTimer, says(reply)] }) as const

/** The moment is right, so the argument is looked at: it is against the grammar. */
const malformedArgument = {
  guard: 'isMalformed',
  target: '#mistaken',
  actions: ['countMistake', putsOffItsMistake],
} as const

const noteHello = {
  type: 'noteHello',
  params: ({ event }: On<'EHLO' | 'HELO'>) => ({ helloName: event.helloName, extended: event.type === 'EHLO' }),
} as const

/** The client sends the octets of a refused chunk all the same, so they are read before the reply (RFC 3030 section 2). */
const beginsChunk = (refusal?: Reply) =>
  ({
    type: 'beginChunk',
    params: ({ event }: On<'BDAT'>): Chunk => ({
      size: event.size,
      left: event.size,
      last: event.last,
      ...(refusal && { refusal }),
    }),
  }) as const

const lessLeft = (chunk: Chunk | null, part: Octets): Chunk | null =>
  chunk && { ...chunk, left: chunk.left - part.length }

export const smtpServerMachine = setup({
  types: {
    context: {} as SmtpServerContext,
    events: {} as SmtpServerEvent,
    input: {} as SmtpServerInput,
    tags: {} as 'reads:command' | 'reads:saslResponse' | 'reads:mailData' | 'reads:chunk',
  },
  actions: {
    reply: (_, _params: SpokenReply) => {},
    ask: (_, _params: SmtpServerQuestion) => {},
    startTls: () => {},
    close: () => {},
    startTimer: raise({ type: 'commandTimeout' }, { id: 'commandTimeout', delay: 'commandTimeout' }),
    stopTimer: cancel('commandTimeout'),
    meet: assign((_, params: Peer) => ({ peerName: params.name, peerAddress: params.address })),
    noteHello: assign(({ context }, params: { helloName: string; extended: boolean }) => ({
      ...noTransaction,
      ...params,
      enhanced: context.enhanced || params.extended,
    })),
    beginAnew: assign({ ...unknownClient, secure: true }),
    noteUser: assign((_, user: string) => ({ user })),
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
    spoilMailData: assign({ chunks: 'spoilt', mailData: EMPTY }),
    clear: assign(noTransaction),
    countMistake: assign(({ context }) => ({ mistakes: context.mistakes + 1 })),
    putOff: assign((_, late: SpokenReply) => ({ late })),
    forgetLate: assign({ late: null }),
    skipLine: assign({ lineRunsOn: true }),
    endLine: assign({ lineRunsOn: false }),
  },
  guards: {
    mustSecure: ({ context }) => context.tls === 'required' && !context.secure,
    isSecure: ({ context }) => context.secure,
    hasNoTls: ({ context }) => !offersTls(context),
    mayStartTls: ({ context }) => offersTls(context),
    mustLogIn: ({ context }) => context.requireAuthentication && context.user === '',
    isLoggedIn: ({ context }) => context.user !== '',
    hasNoMechanism: ({ context }) => context.mechanisms.length === 0,
    isForgiven: ({ context }) => isForgiven(USUAL_POLICY, context.mistakes),
    erredTooOften: ({ context }) => endsConnection(USUAL_POLICY, context.mistakes),
    saidHelo: ({ context }) => !context.extended,
    isUnknownMechanism: ({ context }, mechanism: SaslMechanism | '') =>
      mechanism === '' || !context.mechanisms.includes(mechanism),
    /** True for every mechanism where none may be used before TLS. */
    needsEncryption: ({ context }, mechanism: SaslMechanism | '') =>
      !offersAuth(context) ||
      (context.mechanisms.some((offered) => offered === mechanism) &&
        !mechanismsNow(context).some((now) => now === mechanism)),
    needsUtf8: ({ context }, named: Extract<Command, { type: 'MAIL' | 'RCPT' }>) =>
      named.type === 'MAIL'
        ? isInternational(named.reversePath) && !named.smtpUtf8
        : isInternational(named.forwardPath) && !context.envelope?.smtpUtf8,
    declaresTooMuch: ({ context }, size: number) => size > context.maxSize,
    recipientsAreFull: ({ context }) => context.recipients >= context.maxRecipients,
    isTooLarge: ({ context }, more: number) => context.tooLarge || context.mailData.length + more > context.maxSize,
    hasBareLineEnd: ({ context }, lastPart: Octets) =>
      context.bareLineFeed === 'refuse' && hasBare(context.mailData + lastPart),
    isMalformed: ({ event }) => 'mistake' in event && event.mistake !== undefined,
    /** A command of the standard, but one of those that RFC 3207 section 4 lets through. */
    needsTlsFirst: (_, { verb }: Extract<Command, { type: 'malformed' }>) =>
      !['', 'EHLO', 'NOOP', 'QUIT'].includes(verb),
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
    isNotGreeted: ({ context }) => context.helloName === '',
  },
  delays: {
    /** RFC 5321 section 4.5.3.2.7. */
    commandTimeout: minutes(5),
    mistakePause: ({ context }) => pauseAfter(USUAL_POLICY, context.mistakes),
  },
}).createMachine({
  id: 'smtp.server',
  context: ({ input }) => ({ ...initial, ...input, secure: input.tls === 'implicit' }),
  initial: 'listening',
  on: {
    closed: '#closed',
    commandTimeout: { target: '#closed', actions: [closesFor('timeout'), 'close'] },
    /**
     * Every client gets a reply at a shutdown (RFC 5321 section 3.8). A message that is not yet accepted stays with the client.
     */
    stopping: { target: '#closed', actions: [takesLeave, 'close'] },
  },
  states: {
    listening: {
      on: {
        opened: {
          target: 'returning',
          actions: [{ type: 'meet', params: ({ event }) => event.peer }, greets],
        },
      },
    },

    /** Reads commands. Common answers of the states below stand here (RFC 5321 section 4.1.4). */
    ready: {
      tags: 'reads:command',
      ...timesOut,
      on: {
        EHLO: { target: '#returning', actions: [noteHello, saysHello] },
        HELO: { target: '#returning', actions: [noteHello, saysHello] },
        RSET: { target: '#returning', actions: ['clear', says(replies.ok)] },
        NOOP: answers(replies.ok),
        HELP: { actions: [...restartTimer, helps] },
        VRFY: {
          target: '#verifyingUser',
          actions: [{ type: 'noteUtf8Wish', params: ({ event }) => event.smtpUtf8 ?? false }, asksAboutUser],
        },
        STARTTLS: [
          { guard: 'isSecure', ...answers(replies.alreadySecure) },
          { guard: 'hasNoTls', ...answers(replies.notOffered) },
          malformedArgument,
          { target: '#securing', actions: [says(replies.readyForTls), 'startTls'] },
        ],
        QUIT: { target: '#closed', actions: [says(replies.bye), 'close'] },
        notOffered: answers(replies.notOffered),
        malformed: { target: '#mistaken', actions: ['countMistake', putsOffItsReply] },
        notSmtp: { target: '#closed', actions: [closesFor('notSmtp'), 'close'] },
        lineRunsOn: { actions: 'skipLine' },
        lineTooLong: { target: '#mistaken', actions: ['countMistake', 'endLine', putsOff(replies.lineTooLong)] },
      },
      initial: 'waiting',
      states: {
        /** No EHLO or HELO yet. */
        waiting: {
          id: 'waiting',
          on: {
            MAIL: answers(replies.needHello),
            RCPT: answers(replies.needHello),
            DATA: answers(replies.needHello),
            BDAT: { target: '#discardingChunk', actions: beginsChunk(replies.needHello) },
            AUTH: answers(replies.needHello),
            STARTTLS: { guard: 'mayStartTls', ...answers(replies.needHello) },
          },
        },
        /**
         * If STARTTLS is required, all commands before it except EHLO, STARTTLS, NOOP and QUIT get 530 (RFC 3207 section
         * 4).
         */
        tlsRequired: {
          id: 'tlsRequired',
          on: {
            HELO: answers(replies.tlsRequired),
            MAIL: answers(replies.tlsRequired),
            RCPT: answers(replies.tlsRequired),
            DATA: answers(replies.tlsRequired),
            BDAT: { target: '#discardingChunk', actions: beginsChunk(replies.tlsRequired) },
            RSET: answers(replies.tlsRequired),
            VRFY: answers(replies.tlsRequired),
            HELP: answers(replies.tlsRequired),
            AUTH: answers(replies.tlsRequired),
            malformed: {
              guard: { type: 'needsTlsFirst', params: ({ event }) => event },
              ...answers(replies.tlsRequired),
            },
            STARTTLS: { guard: 'isNotGreeted', ...answers(replies.needHello) },
          },
        },
        greeted: {
          id: 'greeted',
          on: {
            MAIL: [
              { guard: 'mustLogIn', ...answers(replies.authenticationRequired) },
              malformedArgument,
              { guard: { type: 'needsUtf8', params: ({ event }) => event }, ...answers(replies.senderNeedsUtf8) },
              {
                guard: { type: 'declaresTooMuch', params: ({ event }) => event.size ?? 0 },
                ...answers(replies.messageTooLarge),
              },
              {
                target: '#senderKnown',
                actions: [...restartTimer, { type: 'beginEnvelope', params: ({ event }) => event }, takesSender],
              },
            ],
            RCPT: answers(replies.needMail),
            DATA: answers(replies.needMail),
            BDAT: { target: '#discardingChunk', actions: beginsChunk(replies.needMail) },
            /** RFC 4954 section 4. */
            AUTH: [
              { guard: 'hasNoMechanism', ...answers(replies.notOffered) },
              { guard: 'isLoggedIn', ...answers(replies.alreadyAuthenticated) },
              { guard: 'saidHelo', ...answers(replies.authNeedsEhlo) },
              {
                guard: { type: 'needsEncryption', params: ({ event }) => event.mechanism },
                ...answers(replies.encryptionRequired),
              },
              malformedArgument,
              {
                guard: { type: 'isUnknownMechanism', params: ({ event }) => event.mechanism },
                ...answers(replies.unknownMechanism),
              },
              { target: '#authenticating', actions: asksToAuthenticate },
            ],
          },
        },
        /** From MAIL to the end of the message (RFC 5321 section 3.3). */
        transaction: {
          on: {
            MAIL: answers(replies.nestedMail),
            RCPT: [
              malformedArgument,
              {
                guard: { type: 'needsUtf8', params: ({ event }) => event },
                ...answers(replies.recipientNeedsUtf8),
              },
              { guard: 'recipientsAreFull', ...answers(replies.tooManyRecipients) },
              {
                target: '#checkingRecipient',
                actions: [{ type: 'noteCandidate', params: ({ event }) => event }, asksAboutRecipient],
              },
            ],
            BDAT: [
              malformedArgument,
              {
                guard: { type: 'isMalformedChunk', params: ({ event }) => event },
                target: '#discardingChunk',
                actions: [beginsChunk(syntax(commandSyntax('BDAT'))), 'spoilMailData'],
              },
              {
                guard: { type: 'isTooLarge', params: ({ event }) => event.size },
                target: '#discardingChunk',
                actions: [beginsChunk(replies.messageTooLarge), 'spoilMailData'],
              },
              { target: '#takingChunk', actions: beginsChunk() },
            ],
            AUTH: answers(replies.authInTransaction),
            STARTTLS: { guard: 'mayStartTls', ...answers(replies.tlsInTransaction) },
          },
          initial: 'senderKnown',
          states: {
            senderKnown: {
              id: 'senderKnown',
              on: {
                DATA: answers(replies.needRecipient),
                BDAT: { target: '#discardingChunk', actions: beginsChunk(replies.needRecipient) },
              },
            },
            recipientsKnown: {
              id: 'recipientsKnown',
              on: {
                DATA: [malformedArgument, { target: '#mailData', actions: says(replies.startMailInput) }],
              },
            },
            /** Some chunks have come by BDAT, but not the last one. */
            chunksUnderWay: {
              id: 'chunksUnderWay',
              on: { RCPT: answers(replies.chunksUnderWay), DATA: answers(replies.chunksUnderWay) },
            },
            /** A chunk was refused: only RSET continues (RFC 3030 section 2). */
            chunksRefused: {
              id: 'chunksRefused',
              on: {
                MAIL: answers(replies.chunkWasRefused),
                RCPT: answers(replies.chunkWasRefused),
                DATA: answers(replies.chunkWasRefused),
                BDAT: { target: '#discardingChunk', actions: beginsChunk(replies.chunkWasRefused) },
              },
            },
          },
        },
      },
    },

    /** The message by DATA: only CRLF.CRLF ends it (RFC 5321 section 4.1.1.4). */
    mailData: {
      id: 'mailData',
      tags: 'reads:mailData',
      ...timesOut,
      on: {
        mailDataPart: { actions: [...restartTimer, { type: 'keepPart', params: ({ event }) => event }] },
        endOfMailData: [
          {
            guard: { type: 'isTooLarge', params: ({ event }) => event.octets.length },
            target: '#greeted',
            actions: ['clear', says(replies.messageTooLarge)],
          },
          {
            guard: { type: 'hasBareLineEnd', params: ({ event }) => event.octets },
            target: '#greeted',
            actions: ['clear', says(replies.bareLineEnd)],
          },
          { target: '#storing', actions: asksToTakeMailData },
        ],
      },
    },

    /** A chunk by BDAT: its length is known, so its content is not parsed (RFC 3030 section 2). */
    takingChunk: {
      id: 'takingChunk',
      tags: 'reads:chunk',
      ...timesOut,
      always: [
        {
          guard: 'endsBadMessage',
          target: '#greeted',
          actions: ['clear', says(replies.bareLineEnd)],
        },
        { guard: 'endsMessage', target: '#storing', actions: asksToTakeChunks },
        {
          guard: 'endsChunk',
          target: '#chunksUnderWay',
          actions: [takesChunk, 'endChunk', 'expectMoreChunks'],
        },
      ],
      on: {
        chunkPart: { actions: [...restartTimer, { type: 'keepChunkPart', params: ({ event }) => event.octets }] },
      },
    },
    discardingChunk: {
      id: 'discardingChunk',
      tags: 'reads:chunk',
      ...timesOut,
      always: { guard: 'endsChunk', target: '#returning', actions: [refusesChunk, 'endChunk'] },
      on: {
        chunkPart: { actions: [...restartTimer, { type: 'dropChunkPart', params: ({ event }) => event.octets }] },
      },
    },

    /** Within AUTH: challenges and responses are lines of base64 (RFC 4954 section 4). */
    awaitingResponse: {
      id: 'awaitingResponse',
      tags: 'reads:saslResponse',
      ...timesOut,
      on: {
        saslResponse: { target: '#authenticating', actions: passesResponse },
        saslCancelled: {
          target: '#greeted',
          actions: [cancelsExchange, says(replies.cancelled)],
        },
        notBase64: { target: '#greeted', actions: [cancelsExchange, says(replies.notBase64)] },
        lineRunsOn: { actions: 'skipLine' },
        lineTooLong: {
          target: '#greeted',
          actions: ['endLine', cancelsExchange, says(replies.responseTooLong)],
        },
      },
    },

    /** Waits for the host: reads nothing, with the timer stopped. */
    checkingRecipient: {
      id: 'checkingRecipient',
      on: {
        recipientAccepted: { target: '#recipientsKnown', actions: [takesRecipient, 'addRecipient'] },
        recipientRefused: { target: 'returning', actions: refusesRecipient },
      },
    },
    verifyingUser: {
      id: 'verifyingUser',
      on: { userVerified: { target: 'returning', actions: tellsOfUser } },
    },
    authenticating: {
      id: 'authenticating',
      on: {
        saslChallenge: { target: '#awaitingResponse', actions: challenges },
        authenticated: {
          target: '#greeted',
          actions: [{ type: 'noteUser', params: ({ event }) => event.user }, welcomes],
        },
        authenticationFailed: { target: 'mistaken', actions: ['countMistake', putsOffRefusal] },
      },
    },
    /** The host decides on the whole message; the transaction ends in both cases. */
    storing: {
      id: 'storing',
      on: {
        messageTaken: { target: '#greeted', actions: ['clear', tellsQueueId] },
        messageRefused: { target: '#greeted', actions: ['clear', saysItsReply] },
      },
    },

    /** The first mistakes are answered at once. */
    mistaken: {
      id: 'mistaken',
      always: [
        { guard: 'erredTooOften', target: 'closed', actions: [closesFor('tooManyErrors'), 'close'] },
        { guard: 'isForgiven', target: 'returning', actions: [saysLate, 'forgetLate'] },
        { target: 'pausing' },
      ],
    },
    /** The more mistakes, the longer the pause before the reply. The server reads nothing meanwhile. */
    pausing: {
      after: { mistakePause: { target: 'returning', actions: [saysLate, 'forgetLate'] } },
    },

    /** Back to the session's previous state, as the context tells. */
    returning: {
      id: 'returning',
      always: [
        { guard: 'isSpoilt', target: '#chunksRefused' },
        { guard: 'hasChunks', target: '#chunksUnderWay' },
        { guard: 'hasRecipients', target: '#recipientsKnown' },
        { guard: 'hasSender', target: '#senderKnown' },
        { guard: 'mustSecure', target: '#tlsRequired' },
        { guard: 'isGreeted', target: '#greeted' },
        { target: '#waiting' },
      ],
    },

    /** The TLS handshake: the server reads nothing until it is done, then the session begins anew (RFC 3207 section 4.2). */
    securing: {
      id: 'securing',
      ...timesOut,
      on: {
        secured: { target: '#waiting', actions: 'beginAnew' },
        // In the middle of a handshake the server cannot send a reply.
        commandTimeout: { target: 'closed', actions: 'close' },
        stopping: { target: 'closed', actions: 'close' },
      },
    },
    closed: { id: 'closed', type: 'final' },
  },
})
