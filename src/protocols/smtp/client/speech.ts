import { EMPTY, type Octets, toBase64 } from '../../../base/octets'
import { type ClientExchange, clientRespond, clientSendsFirst, startClientExchange, strongestOf } from '../../../sasl'
import type { Command } from '../grammar/commands'
import { isInternational, type SmtpEnvelope, type SmtpRecipientDsn } from '../grammar/envelope'
import type { MailParameters } from '../grammar/parameters'
import { endsWithLine, hasEightBit, type Reply } from '../grammar/reply'
import { meaningOfCommand, meanings } from '../meaning'
import { helloLine, mailLine, rcptLine } from './commandLines'
import type { SmtpClientContext, SpokenCommand } from './types'

/** The client's commands: parameters of the machine's actions, and the conditions for them. No targets. */

export interface Scope {
  readonly context: SmtpClientContext
}
export interface Answered extends Scope {
  readonly event: { readonly reply: Reply }
}

const spoken = (line: string, command: Command): SpokenCommand => ({ line, means: meaningOfCommand(command) })
const bare = (verb: 'DATA' | 'RSET' | 'QUIT' | 'STARTTLS') =>
  ({ type: 'say', params: spoken(verb, { type: verb }) }) as const

/** Commands without an argument. */
export const say = { data: bare('DATA'), rset: bare('RSET'), quit: bare('QUIT'), startTls: bare('STARTTLS') } as const

export const saysHello = (verb: 'EHLO' | 'HELO') =>
  ({
    type: 'say',
    params: ({ context }: Scope): SpokenCommand => {
      const { helloName } = context
      return spoken(helloLine(verb, helloName), { type: verb, helloName })
    },
  }) as const

/** The strongest offered mechanism that we may use. SCRAM needs a nonce, which only the host can make. */
const mechanismOf = ({ credentials, mechanisms, nonce }: SmtpClientContext, extensions: Record<string, string>) => {
  if (credentials === undefined || extensions.AUTH === undefined) return undefined
  const offered = extensions.AUTH.split(' ').filter((name) => nonce !== undefined || name !== 'SCRAM-SHA-256')
  return strongestOf(offered, mechanisms)
}

export const canLogIn = (context: SmtpClientContext, extensions: Record<string, string>): boolean =>
  mechanismOf(context, extensions) !== undefined

/** A login that begins: the arguments of AUTH, and its exchange. */
export interface Login {
  readonly exchange: ClientExchange
  /** Decoded; undefined if the server speaks first. */
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

/** The response to a challenge; `*` if the challenge is malformed or the server cannot prove its identity. */
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

/** SIZE counts the message without stuffed dots and without the final one (RFC 1870 section 5). */
const sizeOf = (message: Octets): number => (endsWithLine(message) ? message.length : message.length + 2)

/** True if the message needs SMTPUTF8 (RFC 6531 section 3.4). A message in ASCII never does. */
export const needsUtf8 = ({ envelope, message }: { envelope: SmtpEnvelope; message: Octets }): boolean =>
  isInternational(envelope.reversePath) ||
  envelope.forwardPaths.some(isInternational) ||
  (envelope.smtpUtf8 === true && hasEightBit(message))

function mailParameters({ extensions, letter: current }: SmtpClientContext): MailParameters {
  if (!current) return {}
  const { envelope, message } = current
  const { ret, envid } = envelope.dsn ?? {}
  const offersDsn = extensions.DSN !== undefined
  return {
    ...(extensions.SIZE !== undefined && { size: sizeOf(message) }),
    ...(extensions['8BITMIME'] !== undefined && hasEightBit(message) && { body: '8BITMIME' }),
    ...(needsUtf8(current) && { smtpUtf8: true }),
    ...(offersDsn && ret !== undefined && { ret }),
    ...(offersDsn && envid !== undefined && { envid }),
  }
}

function mailCommand(context: SmtpClientContext): SpokenCommand {
  const reversePath = context.letter?.envelope.reversePath ?? ''
  return spoken(mailLine(reversePath, mailParameters(context)), { type: 'MAIL', reversePath })
}

function recipientCommand({ extensions, letter: current }: SmtpClientContext, at: number): SpokenCommand {
  const forwardPath = current?.envelope.forwardPaths[at] ?? ''
  const dsn: SmtpRecipientDsn | undefined =
    extensions.DSN === undefined ? undefined : current?.envelope.dsn?.recipients?.[forwardPath]
  return spoken(rcptLine(forwardPath, dsn), { type: 'RCPT', forwardPath })
}

export const saysMail = { type: 'say', params: ({ context }: Scope): SpokenCommand => mailCommand(context) } as const

/** Sends RCPT for the next recipient. */
export const saysRecipient = {
  type: 'say',
  params: ({ context }: Scope): SpokenCommand => recipientCommand(context, context.said),
} as const

/** The number of recipients in this transaction: all, up to the server's limit. */
export const toBeNamed = ({ letter: current, rcptMax }: SmtpClientContext): number =>
  Math.max(1, Math.min(current?.envelope.forwardPaths.length ?? 0, rcptMax))

/** True if MAIL and the following commands go out in one group. */
export const pipelines = ({ pipelining, extensions }: SmtpClientContext): boolean =>
  pipelining === true && extensions.PIPELINING !== undefined

/** True if the message goes by BDAT. */
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

/** The server's extensions, from the lines of its EHLO reply after the first (RFC 5321 section 4.1.1.1). */
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

/** No server states a larger limit: it has six digits at most. */
export const NO_LIMIT = 1_000_000
const RCPTMAX = /(?:^| )RCPTMAX=([1-9]\d{0,5})(?= |$)/

/** The server's limit of recipients in one transaction, from LIMITS (RFC 9422). */
export const rcptMaxOf = (extensions: Readonly<Record<string, string>>): number =>
  Number(RCPTMAX.exec(extensions.LIMITS ?? '')?.[1] ?? NO_LIMIT)
