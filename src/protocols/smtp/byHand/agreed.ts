import { EMPTY, type Octets } from '../../../base/octets'
import { newEnvelope, withRecipient } from '../grammar/envelope'
import { parseReply, type Reply } from '../grammar/reply'
import type { SmtpAnswered } from '../meaning'
import { noTransaction, unknownClient } from '../server/machine'
import type { ByHandContext, Heard, HeardName } from './types'

/** The effect of a person's reply on the session: the number decides, as it does for the client. */

const names: Readonly<Partial<Record<Heard['type'], HeardName>>> = {
  opened: 'greeting',
  endOfMailData: 'mailData',
  saslResponse: 'saslResponse',
  saslCancelled: 'saslResponse',
  notBase64: 'saslResponse',
}
const VERBS: ReadonlySet<string> = new Set<HeardName>([
  'EHLO',
  'HELO',
  'MAIL',
  'RCPT',
  'DATA',
  'BDAT',
  'RSET',
  'NOOP',
  'QUIT',
  'VRFY',
  'HELP',
  'AUTH',
  'STARTTLS',
])

/** The name of the line that waits for a reply. */
export function nameOf(heard: Heard): HeardName {
  const named = names[heard.type]
  if (named !== undefined) return named
  return VERBS.has(heard.type) ? (heard.type as HeardName) : 'unknown'
}

/** The moment that the reply's meaning names. */
export function answeredBy(heard: Heard | null): SmtpAnswered | undefined {
  const name = heard && nameOf(heard)
  if (name === null || name === 'unknown') return undefined
  return name === 'saslResponse' ? 'AUTH' : name
}

/** The address in the line that is answered. */
export function addressIn(heard: Heard | null): string | undefined {
  if (heard?.type === 'RCPT') return heard.forwardPath || undefined
  return heard?.type === 'MAIL' ? heard.reversePath || undefined : undefined
}

/** Where a reply leads. */
export type Lead = 'unfinished' | 'mailData' | 'storing' | 'securing' | 'exchange' | 'closing' | 'goingOn'

/** Where these octets lead, said as the reply to the line that waits. Octets that are no reply agree to nothing. */
export function leadOf({ heard, said }: ByHandContext, octets: Octets): Lead {
  const parsed = parseReply((said + octets) as Octets)
  if (parsed === 'needsMore') return 'unfinished'
  const { reply } = parsed
  if (!reply || !heard) return 'goingOn'
  if (reply.code === 421) return 'closing'
  const digit = Math.floor(reply.code / 100)
  if (digit === 3) {
    if (heard.type === 'DATA') return 'mailData'
    return nameOf(heard) === 'AUTH' || heard.type === 'saslResponse' ? 'exchange' : 'goingOn'
  }
  if (digit !== 2) return 'goingOn'
  if (heard.type === 'QUIT') return 'closing'
  if (heard.type === 'STARTTLS') return 'securing'
  return heard.type === 'endOfMailData' || (heard.type === 'BDAT' && heard.last) ? 'storing' : 'goingOn'
}

/** The change to the session by a reply after which it goes on. */
export function agreedBy(context: ByHandContext, octets: Octets): Partial<ByHandContext> {
  const { heard } = context
  const parsed = parseReply((context.said + octets) as Octets)
  const reply: Reply | undefined = parsed === 'needsMore' ? undefined : parsed.reply
  const yes = reply !== undefined && reply.code < 300
  const over = { heard: null, exchange: [], said: EMPTY, lastChunk: EMPTY } as const
  if (!heard) return over
  if (!yes) {
    if (heard.type === 'endOfMailData') return { ...over, ...noTransaction }
    return heard.type === 'BDAT' ? { ...over, chunk: null, chunks: 'spoilt', mailData: EMPTY } : over
  }
  return { ...over, ...byYes(context, heard) }
}

function byYes(context: ByHandContext, heard: Heard): Partial<ByHandContext> {
  // A line against the grammar names nothing that could be agreed to.
  if ('mistake' in heard && heard.mistake) return {}
  switch (heard.type) {
    case 'EHLO':
    case 'HELO': {
      const extended = heard.type === 'EHLO'
      const { helloName } = heard
      return { ...noTransaction, helloName, extended, enhanced: context.enhanced || extended }
    }
    case 'MAIL':
      return { ...noTransaction, envelope: newEnvelope(heard), declaredSize: heard.size ?? 0 }
    case 'RCPT': {
      const { envelope, recipients } = context
      if (!envelope) return {}
      return { envelope: withRecipient(envelope, heard.forwardPath, heard.dsn), recipients: recipients + 1 }
    }
    case 'BDAT':
      return { chunk: null, chunks: 'underWay', mailData: (context.mailData + context.lastChunk) as Octets }
    case 'RSET':
    case 'endOfMailData':
      return noTransaction
    case 'AUTH':
    case 'saslResponse':
      return { user: userIn([...context.exchange, heard]) }
    default:
      return {}
  }
}

/** The user that a login names openly, by PLAIN; another mechanism's name is not read here. */
function userIn(exchange: readonly Heard[]): string {
  const plain = exchange[0]
  if (plain?.type !== 'AUTH' || plain.mechanism !== 'PLAIN') return 'somebody'
  const last = exchange.at(-1)
  const response = plain.response ?? (last?.type === 'saslResponse' ? last.response : undefined)
  return response?.split('\0')[1] || 'somebody'
}

/** After TLS the server knows nothing of the client (RFC 3207 section 4.2). */
export const begunAnew: Partial<ByHandContext> = {
  ...unknownClient,
  secure: true,
  heard: null,
  exchange: [],
  said: EMPTY,
  lastChunk: EMPTY,
}
