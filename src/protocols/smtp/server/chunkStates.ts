import { EMPTY } from '../../../base/octets'
import { commandSyntax } from '../catalogue/catalogue'
import { replyGloss } from '../gloss'
import { chunkTaken, replies, syntax } from '../grammar/replies'
import type { Reply } from '../grammar/reply'
import { asksToTake, refusesLetter } from './dataStates'
import { common, type On, type Scope, stay, timesOut, whileUnderWay } from './transitions'
import type { Chunk, SpokenReply } from './types'

/**
 * The letter by BDAT (RFC 3030 section 2): chunks whose length is agreed beforehand, so nothing in them is looked at.
 * The octets of a chunk that is refused come all the same, so they are taken off the wire before the answer.
 */

const begins = (refusal?: Pick<Chunk, 'refusal'>) =>
  ({
    type: 'beginChunk',
    params: ({ event }: On<'BDAT'>): Chunk => ({ size: event.size, left: event.size, last: event.last, ...refusal }),
  }) as const

/** Takes the chunk off the wire, keeps nothing of it, then says why. */
export const discards = (reply: Reply, gloss: string) =>
  ({ target: '#discardingChunk', actions: begins({ refusal: { reply, gloss } }) }) as const

/** The same where there is no letter yet, and perhaps no encryption. */
export const discardsEarly = (reply: Reply, gloss: string) =>
  [
    { guard: 'mustSecure', ...discards(replies.tlsRequired, 'First let us make this private.') },
    discards(reply, gloss),
  ] as const

/** The same within a letter, which is spoilt by it: what is left is RSET. */
const spoils = (reply: Reply) =>
  ({
    target: '#discardingChunk',
    actions: [begins({ refusal: { reply, gloss: replyGloss('BDAT', reply) } }), 'spoilLetter'],
  }) as const

export const takesChunk = [
  {
    guard: { type: 'isMalformedChunk', params: ({ event }: On<'BDAT'>) => event },
    ...spoils(syntax(commandSyntax('BDAT'))),
  },
  { guard: { type: 'isTooLarge', params: ({ event }: On<'BDAT'>) => event.size }, ...spoils(replies.messageTooLarge) },
  { target: '#takingChunk', actions: begins() },
] as const

const answersChunk = {
  type: 'reply',
  params: ({ context }: Scope): SpokenReply => {
    const reply = chunkTaken(context.chunk?.size ?? 0)
    return { reply, enhanced: context.enhanced, gloss: replyGloss('BDAT', reply) }
  },
} as const

const refusesChunk = {
  type: 'reply',
  params: ({ context }: Scope): SpokenReply => ({
    reply: context.chunk?.refusal?.reply ?? replies.transactionFailed,
    enhanced: context.enhanced,
    gloss: context.chunk?.refusal?.gloss ?? '',
  }),
} as const

const onlyChunks = 'The letter is coming in chunks.'
const onlyReset = 'A chunk was refused, so the letter is spoilt. RSET forgets it.'

export const chunkStates = {
  /** `left` octets of the chunk are still to come. */
  takingChunk: {
    id: 'takingChunk',
    meta: { title: 'taking a chunk' },
    tags: 'reads:chunk',
    after: timesOut,
    always: [
      { guard: 'endsBadMessage', ...refusesLetter(replies.bareLineEnd) },
      {
        guard: 'endsMessage',
        target: '#storing',
        actions: { type: 'ask', params: ({ context }: Scope) => asksToTake(context, EMPTY) },
      },
      { guard: 'endsChunk', target: '#chunksUnderWay', actions: [answersChunk, 'endChunk', 'expectMoreChunks'] },
    ],
    on: {
      chunkPart: {
        target: '#takingChunk',
        reenter: true,
        actions: { type: 'keepChunkPart', params: ({ event }: On<'chunkPart'>) => event.octets },
      },
    },
  },
  discardingChunk: {
    id: 'discardingChunk',
    meta: { title: 'throwing a chunk away' },
    tags: 'reads:chunk',
    after: timesOut,
    always: { guard: 'endsChunk', target: '#returning', actions: [refusesChunk, 'endChunk'] },
    on: {
      chunkPart: {
        target: '#discardingChunk',
        reenter: true,
        actions: { type: 'dropChunkPart', params: ({ event }: On<'chunkPart'>) => event.octets },
      },
    },
  },
  chunksUnderWay: {
    id: 'chunksUnderWay',
    meta: { title: 'chunks under way' },
    tags: 'reads:command',
    after: timesOut,
    on: {
      ...common('#chunksUnderWay'),
      ...whileUnderWay('#chunksUnderWay'),
      RCPT: stay('#chunksUnderWay', replies.chunksUnderWay, onlyChunks),
      DATA: stay('#chunksUnderWay', replies.chunksUnderWay, onlyChunks),
      BDAT: takesChunk,
    },
  },
  chunksRefused: {
    id: 'chunksRefused',
    meta: { title: 'a chunk was refused' },
    tags: 'reads:command',
    after: timesOut,
    on: {
      ...common('#chunksRefused'),
      ...whileUnderWay('#chunksRefused'),
      MAIL: stay('#chunksRefused', replies.chunkWasRefused, onlyReset),
      RCPT: stay('#chunksRefused', replies.chunkWasRefused, onlyReset),
      DATA: stay('#chunksRefused', replies.chunkWasRefused, onlyReset),
      BDAT: discards(replies.chunkWasRefused, onlyReset),
    },
  },
} as const
