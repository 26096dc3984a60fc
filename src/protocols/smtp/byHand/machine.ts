import { assign, setup } from 'xstate'
import { concat, EMPTY, type Octets } from '../../../base/octets'
import type { Peer } from '../../../session/session'
import { closings } from '../grammar/replies'
import { formatReply } from '../grammar/reply'
import { initial, noTransaction } from '../server/machine'
import { takeMessage } from '../server/speech'
import type { SmtpServerInput } from '../server/types'
import { agreedBy, begunAnew, type Lead, leadOf, nameOf } from './agreed'
import type { ByHandContext, ByHandEvent, ByHandQuestion, Heard } from './types'

/**
 * The server's half of SMTP with a person in the machine's place: it reads what the client says, waits for the person's reply
 * as long as that takes, and says it unchanged. While a line waits nothing is read, so pipelined commands wait (RFC 2920). It has
 * no time-outs: the client has its own.
 */

/** The memory for one message: a client may send more than the server has allowed. */
const MOST_MAIL_DATA = 67_108_864

interface On<Type extends ByHandEvent['type']> {
  readonly context: ByHandContext
  readonly event: Extract<ByHandEvent, { type: Type }>
}
type Heards = Exclude<Heard['type'], 'opened'>

const hears = [
  { type: 'hear', params: ({ event }: On<Heards>): Heard => event },
  {
    type: 'ask',
    params: ({ context, event }: { context: ByHandContext; event: Heard }): ByHandQuestion => ({
      type: 'replyWanted',
      heard: nameOf(event),
      localPort: context.localPort,
    }),
  },
] as const

const heardLine = { target: '#answering', actions: hears } as const

/** The message or the last chunk has arrived whole and the person accepts it. */
const asksToTake = {
  type: 'ask',
  params: ({ context }: On<'reply'>): ByHandQuestion => {
    const { heard, lastChunk } = context
    return takeMessage(context, heard?.type === 'endOfMailData' ? heard.octets : lastChunk)
  },
} as const

const leads = (to: Lead) => ({
  type: 'leads' as const,
  params: ({ context, event }: On<'reply'>) => leadOf(context, event.octets) === to,
})
const says = {
  type: 'say',
  params: ({ context, event }: On<'reply'>) => ({ octets: event.octets, heard: context.heard }),
} as const
const agrees = { type: 'agree', params: ({ event }: On<'reply'>) => event.octets } as const

export const smtpByHandMachine = setup({
  types: {
    context: {} as ByHandContext,
    events: {} as ByHandEvent,
    input: {} as SmtpServerInput,
    tags: {} as 'reads:command' | 'reads:saslResponse' | 'reads:mailData' | 'reads:chunk',
  },
  actions: {
    say: (_, _params: { readonly octets: Octets; readonly heard: Heard | null }) => {},
    ask: (_, _params: ByHandQuestion) => {},
    startTls: () => {},
    close: () => {},
    meet: assign((_, peer: Peer) => ({
      peerName: peer.name,
      peerAddress: peer.address,
      localPort: peer.localPort,
    })),
    hear: assign((_, heard: Heard) => ({ heard, said: EMPTY })),
    keepSaid: assign(({ context }, octets: Octets) => ({ said: concat(context.said, octets) })),
    agree: assign(({ context }, octets: Octets) => agreedBy(context, octets)),
    beginMailData: assign({ heard: null, said: EMPTY, mailData: EMPTY, midLine: false }),
    keepPart: assign(({ context }, part: { octets: Octets; midLine: boolean }) => ({
      mailData: context.mailData.length > MOST_MAIL_DATA ? context.mailData : concat(context.mailData, part.octets),
      midLine: part.midLine,
    })),
    keepExchange: assign(({ context: { exchange, heard } }) => ({
      exchange: heard ? [...exchange, heard] : exchange,
      heard: null,
      said: EMPTY,
    })),
    beginChunk: assign((_, heard: Extract<Heard, { type: 'BDAT' }>) => ({
      heard,
      said: EMPTY,
      lastChunk: EMPTY,
      chunk: { size: heard.size, left: heard.size, last: heard.last },
    })),
    keepChunkPart: assign(({ context }, part: Octets) => ({
      lastChunk: context.lastChunk.length > MOST_MAIL_DATA ? context.lastChunk : concat(context.lastChunk, part),
      chunk: context.chunk && { ...context.chunk, left: context.chunk.left - part.length },
    })),
    endTransaction: assign({ ...noTransaction, heard: null, said: EMPTY, lastChunk: EMPTY }),
    beginAnew: assign(begunAnew),
    skipLine: assign({ lineRunsOn: true }),
    endLine: assign({ lineRunsOn: false }),
  },
  guards: {
    leads: (_, leadsThere: boolean) => leadsThere,
    isMalformed: ({ event }) => 'mistake' in event && event.mistake !== undefined,
    endsChunk: ({ context }) => context.chunk?.left === 0,
  },
}).createMachine({
  id: 'smtp.byHand.server',
  context: ({ input }) => ({
    ...initial,
    ...input,
    secure: input.tls === 'implicit',
    localPort: 0,
    heard: null,
    exchange: [],
    lastChunk: EMPTY,
    said: EMPTY,
  }),
  initial: 'listening',
  on: {
    closed: '#closed',
    hangUp: { target: '#closed', actions: 'close' },
    // The whole host shuts down and waits for no person (RFC 5321 section 3.8).
    stopping: {
      target: '#closed',
      actions: [
        {
          type: 'say',
          params: ({ context }) => ({
            octets: formatReply(closings.shuttingDown(context.hostName), context.enhanced),
            heard: null,
          }),
        },
        'close',
      ],
    },
  },
  states: {
    listening: {
      on: {
        opened: {
          target: 'answering',
          actions: [
            { type: 'meet', params: ({ event }) => event.peer },
            { type: 'hear', params: ({ event }) => event },
            {
              type: 'ask',
              params: ({ event }) => ({
                type: 'replyWanted',
                heard: 'greeting',
                localPort: event.peer.localPort,
              }),
            },
          ],
        },
      },
    },

    /** The client has the word. */
    reading: {
      id: 'reading',
      tags: 'reads:command',
      on: {
        EHLO: heardLine,
        HELO: heardLine,
        MAIL: heardLine,
        RCPT: heardLine,
        DATA: heardLine,
        RSET: heardLine,
        NOOP: heardLine,
        QUIT: heardLine,
        VRFY: heardLine,
        HELP: heardLine,
        AUTH: heardLine,
        STARTTLS: heardLine,
        notOffered: heardLine,
        notSmtp: heardLine,
        malformed: heardLine,
        lineRunsOn: { actions: 'skipLine' },
        lineTooLong: { ...heardLine, actions: ['endLine', ...hears] },
        BDAT: [
          { guard: 'isMalformed', ...heardLine },
          // The octets of a chunk follow at once, whatever the reply (RFC 3030 section 2).
          { target: 'takingChunk', actions: { type: 'beginChunk', params: ({ event }) => event } },
        ],
      },
    },
    /** The message by DATA. */
    mailData: {
      tags: 'reads:mailData',
      on: {
        mailDataPart: { actions: { type: 'keepPart', params: ({ event }) => event } },
        endOfMailData: heardLine,
      },
    },
    takingChunk: {
      tags: 'reads:chunk',
      always: {
        guard: 'endsChunk',
        target: 'answering',
        actions: {
          type: 'ask',
          params: ({ context }) => ({ type: 'replyWanted', heard: 'BDAT', localPort: context.localPort }),
        },
      },
      on: {
        chunkPart: { actions: { type: 'keepChunkPart', params: ({ event }) => event.octets } },
      },
    },
    /** Within AUTH, after a 334. */
    awaitingResponse: {
      tags: 'reads:saslResponse',
      on: {
        saslResponse: heardLine,
        saslCancelled: heardLine,
        notBase64: heardLine,
        lineRunsOn: { actions: 'skipLine' },
        lineTooLong: { ...heardLine, actions: ['endLine', ...hears] },
      },
    },

    /** A person is to say the reply, and may think as long as the client waits. */
    answering: {
      id: 'answering',
      on: {
        reply: [
          { guard: leads('unfinished'), actions: [says, { type: 'keepSaid', params: ({ event }) => event.octets }] },
          { guard: leads('mailData'), target: 'mailData', actions: [says, 'beginMailData'] },
          { guard: leads('storing'), target: 'storing', actions: [says, asksToTake] },
          { guard: leads('securing'), target: 'securing', actions: [says, 'startTls'] },
          { guard: leads('exchange'), target: 'awaitingResponse', actions: [says, 'keepExchange'] },
          { guard: leads('closing'), target: 'closed', actions: [says, 'close'] },
          { target: 'reading', actions: [says, agrees] },
        ],
      },
    },
    /** The person has accepted the message: the host takes it. */
    storing: {
      on: {
        messageTaken: { target: 'reading', actions: 'endTransaction' },
        messageRefused: { target: 'reading', actions: 'endTransaction' },
      },
    },
    securing: { on: { secured: { target: 'reading', actions: 'beginAnew' } } },
    closed: { id: 'closed', type: 'final' },
  },
})
