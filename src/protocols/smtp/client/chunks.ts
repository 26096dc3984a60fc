import { CRLF, concat, fromText, type Octets, slice } from '../../../base/octets'
import { endsWithLine } from '../grammar/reply'
import { meaningOfCommand, meanings } from '../meaning'
import { bdatLine } from './commandLines'
import { pipelines, type Scope } from './speech'
import type { SmtpClientContext, SpokenData } from './types'

/**
 * The message by BDAT (RFC 3030 section 2): one chunk or several, each after its length. A client that pipelines sends them all
 * and reads their replies in order; otherwise each chunk waits for the reply before it.
 */

const CHUNK_SIZE = 65_536

const chunkSizeOf = ({ chunkSize }: SmtpClientContext): number => Math.max(1, chunkSize ?? CHUNK_SIZE)

/** BDAT adds no final line end, so the message must have one (RFC 3030 section 2: canonical form). */
function messageOf({ letter: current }: SmtpClientContext): Octets {
  const message = current?.message ?? ('' as Octets)
  return endsWithLine(message) ? message : concat(message, CRLF)
}

/** At least one: an empty message is `BDAT 0 LAST`. */
export const chunkCount = (context: SmtpClientContext): number =>
  Math.max(1, Math.floor((messageOf(context).length + chunkSizeOf(context) - 1) / chunkSizeOf(context)))

function chunkData(context: SmtpClientContext, at: number): readonly SpokenData[] {
  const size = chunkSizeOf(context)
  const octets = slice(messageOf(context), at * size, (at + 1) * size)
  const last = at + 1 === chunkCount(context)
  const command: SpokenData = {
    octets: concat(fromText(bdatLine(octets.length, last)), CRLF),
    means: meaningOfCommand({ type: 'BDAT', size: octets.length, last }),
  }
  return octets === '' ? [command] : [command, { octets, means: meanings.chunk }]
}

/** All chunks at once if the client pipelines, else the first. */
export const sendsFirstChunk = {
  type: 'sendChunks',
  params: ({ context }: Scope): readonly SpokenData[] =>
    pipelines(context)
      ? Array.from({ length: chunkCount(context) }, (_, at) => chunkData(context, at)).flat()
      : chunkData(context, 0),
} as const

/** Sends nothing if all chunks were sent at once. */
export const sendsNextChunk = {
  type: 'sendChunks',
  params: ({ context }: Scope): readonly SpokenData[] => (pipelines(context) ? [] : chunkData(context, context.chunk)),
} as const
