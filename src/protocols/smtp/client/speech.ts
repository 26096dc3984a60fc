import { EMPTY, type Octets, toBase64 } from '../../../base/octets'
import { type ClientExchange, clientRespond, clientSendsFirst, startClientExchange, strongestOf } from '../../../sasl'
import type { Command } from '../grammar/commands'
import { isInternational, type SmtpEnvelope, type SmtpRecipientDsn } from '../grammar/envelope'
import type { MailParameters } from '../grammar/parameters'
import { endsWithLine, hasEightBit, type Reply } from '../grammar/reply'
import { meaningOfCommand, meanings } from '../meaning'
import { helloLine, mailLine, rcptLine } from './commandLines'
import type { SmtpClientContext, SpokenCommand } from './types'

/** What the client says: parameters of the machine's actions, and what decides about them. No targets. */

export interface Scope {
  readonly context: SmtpClientContext
}
export interface Answered extends Scope {
  readonly event: { readonly reply: Reply }
}

const spoken = (line: string, command: Command): SpokenCommand => ({ line, means: meaningOfCommand(command) })
const bare = (verb: 'DATA' | 'RSET' | 'QUIT' | 'STARTTLS') =>
  ({ type: 'say', params: spoken(verb, { type: verb }) }) as const

/** The commands that say nothing but their name. */
export const say = { data: bare('DATA'), rset: bare('RSET'), quit: bare('QUIT'), startTls: bare('STARTTLS') } as const

export const saysHello = (verb: 'EHLO' | 'HELO') =>
  ({
    type: 'say',
    params: ({ context }: Scope): SpokenCommand => {
      const { helloName } = context
      return spoken(helloLine(verb, helloName), { type: verb, helloName })
    },
  }) as const

/** The strongest mechanism that the server offers and we may use. SCRAM needs a nonce, which only the host can make. */
const mechanismOf = ({ credentials, mechanisms, nonce }: SmtpClientContext, extensions: Record<string, string>) => {
  if (credentials === undefined || extensions.AUTH === undefined) return undefined
  const offered = extensions.AUTH.split(' ').filter((name) => nonce !== undefined || name !== 'SCRAM-SHA-256')
  return strongestOf(offered, mechanisms)
}

export const canLogIn = (context: SmtpClientContext, extensions: Record<string, string>): boolean =>
  mechanismOf(context, extensions) !== undefined

/** A login begun: what AUTH says, and how it goes on. */
export interface Login {
  readonly exchange: ClientExchange
  /** For the wire, after decoding; left out where the server speaks first. */
  readonly response?: Octets
}

export function beginLogin(context: SmtpClientContext): Login {
  const { credentials, nonce } = context
  const mechanism = mechanismOf(context, context.extensions) ?? 'PLAIN'
  const exchange = startClientExchange(mechanism, { user: '', password: '', ...credentials, nonce: nonce ?? '' })
  if (!clientSendsFirst(mechanism)) return { exchange }
  const [next, response] = clientRespond(exchange, EMPTY)
  return response === 'failed' ? { exchange } : { exchange: next, response }
}

export const saysAuth = {
  type: 'say',
  params: ({ context }: Scope): SpokenCommand => {
    const { exchange, response } = beginLogin(context)
    const { mechanism } = exchange
    const initial = response === undefined ? '' : ` ${response === EMPTY ? '=' : toBase64(response)}`
    return spoken(`AUTH ${mechanism}${initial}`, {
      type: 'AUTH',
      mechanism,
      ...(response !== undefined && { response }),
    })
  },
} as const

/** The response to a challenge; `*` where the challenge makes no sense, or comes from a server that cannot prove itself. */
export const saysResponse = {
  type: 'say',
  params: ({
    context,
    event,
  }: Scope & { readonly event: { readonly challenge: Octets | undefined } }): SpokenCommand => {
    const response = respond(context, event.challenge)[1]
    return response === 'failed'
      ? { line: '*', means: meanings.saslCancelled }
      : { line: toBase64(response), means: meanings.saslResponse }
  },
} as const

export function respond(
  { exchange }: SmtpClientContext,
  challenge: Octets | undefined,
): readonly [ClientExchange | null, Octets | 'failed'] {
  return exchange === null || challenge === undefined ? [exchange, 'failed'] : clientRespond(exchange, challenge)
}

/** SIZE counts what the message has, without stuffed dots and the final one (RFC 1870 section 5). */
const sizeOf = (message: Octets): number => (endsWithLine(message) ? message.length : message.length + 2)

/** Whether the letter cannot travel without SMTPUTF8 (RFC 6531 section 3.4). A letter of ASCII alone always can. */
export const needsUtf8 = ({ envelope, message }: { envelope: SmtpEnvelope; message: Octets }): boolean =>
  isInternational(envelope.reversePath) ||
  envelope.forwardPaths.some(isInternational) ||
  (envelope.smtpUtf8 === true && hasEightBit(message))

function mailParameters({ extensions, letter }: SmtpClientContext): MailParameters {
  if (!letter) return {}
  const { envelope, message } = letter
  const { ret, envid } = envelope.dsn ?? {}
  const offersDsn = extensions.DSN !== undefined
  return {
    ...(extensions.SIZE !== undefined && { size: sizeOf(message) }),
    ...(extensions['8BITMIME'] !== undefined && hasEightBit(message) && { body: '8BITMIME' }),
    ...(needsUtf8(letter) && { smtpUtf8: true }),
    ...(offersDsn && ret !== undefined && { ret }),
    ...(offersDsn && envid !== undefined && { envid }),
  }
}

function mailCommand(context: SmtpClientContext): SpokenCommand {
  const reversePath = context.letter?.envelope.reversePath ?? ''
  return spoken(mailLine(reversePath, mailParameters(context)), { type: 'MAIL', reversePath })
}

function recipientCommand({ extensions, letter }: SmtpClientContext, at: number): SpokenCommand {
  const forwardPath = letter?.envelope.forwardPaths[at] ?? ''
  const dsn: SmtpRecipientDsn | undefined =
    extensions.DSN === undefined ? undefined : letter?.envelope.dsn?.recipients?.[forwardPath]
  return spoken(rcptLine(forwardPath, dsn), { type: 'RCPT', forwardPath })
}

export const saysMail = { type: 'say', params: ({ context }: Scope): SpokenCommand => mailCommand(context) } as const

/** Names the next recipient. */
export const saysRecipient = {
  type: 'say',
  params: ({ context }: Scope): SpokenCommand => recipientCommand(context, context.said),
} as const

/** How many recipients this transaction names: all, as far as the server takes so many. */
export const toBeNamed = ({ letter, rcptMax }: SmtpClientContext): number =>
  Math.max(1, Math.min(letter?.envelope.forwardPaths.length ?? 0, rcptMax))

/** MAIL and what follows go out in one group. */
export const pipelines = ({ pipelining, extensions }: SmtpClientContext): boolean =>
  pipelining === true && extensions.PIPELINING !== undefined

/** The letter goes by BDAT. */
export const sendsChunks = ({ chunking, extensions }: SmtpClientContext): boolean =>
  chunking === true && extensions.CHUNKING !== undefined

/** MAIL, each RCPT, and DATA, which may only be the last of a group (RFC 2920 section 3.1). BDAT waits for the replies. */
export const saysGroup = {
  type: 'sayAll',
  params: ({ context }: Scope): readonly SpokenCommand[] => [
    mailCommand(context),
    ...Array.from({ length: toBeNamed(context) }, (_, at) => recipientCommand(context, at)),
    ...(sendsChunks(context) ? [] : [say.data.params]),
  ],
} as const

/** What the server can do, by the lines of its reply to EHLO after the first (RFC 5321 section 4.1.1.1). */
export function extensionsOf(reply: Reply): Readonly<Record<string, string>> {
  const extensions: Record<string, string> = {}
  if (typeof reply.text === 'string') return extensions
  for (const line of reply.text.slice(1)) {
    const space = line.search(/[ =]/)
    const keyword = space === -1 ? line : line.slice(0, space)
    extensions[keyword.toUpperCase()] = space === -1 ? '' : line.slice(space + 1).toUpperCase()
  }
  return extensions
}

/** No limit that a server states is larger: it has six digits at most. */
export const NO_LIMIT = 1_000_000
const RCPTMAX = /(?:^| )RCPTMAX=([1-9]\d{0,5})(?= |$)/

/** The recipients that the server takes in one transaction, as LIMITS says (RFC 9422). */
export const rcptMaxOf = (extensions: Readonly<Record<string, string>>): number =>
  Number(RCPTMAX.exec(extensions.LIMITS ?? '')?.[1] ?? NO_LIMIT)
