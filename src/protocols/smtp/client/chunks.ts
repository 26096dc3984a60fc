import { CRLF, concat, fromText, type Octets, slice } from '../../../base/octets'
import { endsWithLine } from '../grammar/reply'
import { meaningOfCommand, meanings } from '../meaning'
import { bdatLine } from './commandLines'
import { closesDown, endsLetter, givesUp, negative, startsOver } from './endings'
import { type Answered, pipelines, replyReport, type Scope, say } from './transitions'
import type { SmtpClientContext, SpokenData } from './types'

/**
 * The letter by BDAT (RFC 3030 section 2): in one chunk or several, each with its length before it and a reply behind it.
 * Where the client pipelines it says them all and hears their replies in order; else each waits for the reply before it.
 */

const CHUNK_SIZE = 65_536

const sizeOf = ({ chunkSize }: SmtpClientContext): number => Math.max(1, chunkSize ?? CHUNK_SIZE)

/** Nothing is added to a letter on the way, so its last line has to have its end here (RFC 3030 section 2: canonical form). */
function messageOf({ letter }: SmtpClientContext): Octets {
  const message = letter?.message ?? ('' as Octets)
  return endsWithLine(message) ? message : concat(message, CRLF)
}

/** At least one: an empty letter is `BDAT 0 LAST`. */
export const chunkCount = (context: SmtpClientContext): number =>
  Math.max(1, Math.floor((messageOf(context).length + sizeOf(context) - 1) / sizeOf(context)))

function chunkData(context: SmtpClientContext, at: number): readonly SpokenData[] {
  const size = sizeOf(context)
  const octets = slice(messageOf(context), at * size, (at + 1) * size)
  const last = at + 1 === chunkCount(context)
  const command: SpokenData = {
    octets: concat(fromText(bdatLine(octets.length, last)), CRLF),
    means: meaningOfCommand({ type: 'BDAT', size: octets.length, last }),
  }
  return octets === '' ? [command] : [command, { octets, means: meanings.chunk }]
}

const sendsFirst = {
  type: 'sendChunks',
  params: ({ context }: Scope): readonly SpokenData[] =>
    pipelines(context)
      ? Array.from({ length: chunkCount(context) }, (_, at) => chunkData(context, at)).flat()
      : chunkData(context, 0),
} as const

/** Where all were said at once there is nothing more to say. */
const sendsNext = {
  type: 'sendChunks',
  params: ({ context }: Scope): readonly SpokenData[] => (pipelines(context) ? [] : chunkData(context, context.chunk)),
} as const

/** A chunk before the last is refused: no more of them, and RSET once all that went out are answered. */
const spoils = (outcome: 'refused' | 'deferred') =>
  [
    {
      guard: 'hasChunksOut',
      target: '#hearingOfSpoiltChunks',
      actions: [
        {
          type: 'keepReport',
          params: ({ context, event }: Answered) => replyReport(context, event.reply, outcome),
        },
        'countChunk',
      ],
    },
    startsOver(outcome),
  ] as const

const hearsOn = [
  { guard: 'awaitsMoreChunks', target: '#hearingOfSpoiltChunks', reenter: true, actions: 'countChunk' },
  { target: '#startingOver', actions: say.rset },
] as const

export const chunkStates = {
  cuttingTheLetter: {
    id: 'cuttingTheLetter',
    meta: { title: 'cutting the letter into chunks' },
    always: [
      { guard: 'isOneChunk', target: '#sendingTheLastChunk', actions: sendsFirst },
      { target: '#sendingAChunk', actions: sendsFirst },
    ],
  },
  sendingAChunk: {
    id: 'sendingAChunk',
    meta: { title: 'sending a chunk' },
    tags: 'reads:replyToBdat',
    after: { endOfMailDataTimeout: givesUp },
    on: {
      positiveCompletion: [
        { guard: 'nextIsNotLast', target: '#sendingAChunk', reenter: true, actions: ['countChunk', sendsNext] },
        { target: '#sendingTheLastChunk', actions: ['countChunk', sendsNext] },
      ],
      positiveIntermediate: spoils('deferred'),
      transientNegative: spoils('deferred'),
      permanentNegative: spoils('refused'),
      noReply: closesDown,
    },
  },
  /** The server answers for the letter only now. A chunk that fails leaves no known state behind: RSET clears it. */
  sendingTheLastChunk: {
    id: 'sendingTheLastChunk',
    meta: { title: 'sending the last chunk' },
    tags: 'reads:replyToLetter',
    after: { endOfMailDataTimeout: givesUp },
    on: {
      positiveCompletion: endsLetter('accepted'),
      positiveIntermediate: startsOver('deferred'),
      ...negative(startsOver),
    },
  },
  hearingOfSpoiltChunks: {
    id: 'hearingOfSpoiltChunks',
    meta: { title: 'hearing of chunks that are spoilt' },
    tags: 'reads:replyToBdat',
    after: { endOfMailDataTimeout: givesUp },
    on: {
      positiveCompletion: hearsOn,
      positiveIntermediate: hearsOn,
      transientNegative: hearsOn,
      permanentNegative: hearsOn,
      noReply: closesDown,
    },
  },
} as const
