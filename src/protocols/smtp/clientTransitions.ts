import { EMPTY, type Octets, toBase64 } from '../../base/octets'
import { type ClientExchange, clientRespond, clientSendsFirst, startClientExchange, strongestOf } from '../../sasl'
import type {
  SmtpClientContext,
  SmtpClientQuestion,
  SmtpOutcome,
  SmtpTransferReport,
  SpokenCommand,
} from './clientTypes'
import { helloLine, mailLine, rcptLine } from './commandLines'
import { isInternational, type SmtpEnvelope, type SmtpRecipientDsn } from './envelope'
import { commandGloss, proofGloss } from './gloss'
import { hasEightBit, type Reply } from './grammar'
import type { MailParameters } from './parameters'

/** Pieces of transitions that several states of the client's machine share. */

export interface Scope {
  readonly context: SmtpClientContext
}
export interface Answered extends Scope {
  readonly event: { readonly reply: Reply }
}

const spoken = (verb: string, line: string, gloss: string): SpokenCommand => ({
  line,
  means: { kind: 'command', name: verb, gloss },
})
const bare = (verb: 'DATA' | 'RSET' | 'QUIT' | 'STARTTLS') =>
  ({ type: 'say', params: spoken(verb, verb, commandGloss({ type: verb })) }) as const

/** The commands that say nothing but their name. */
export const say = { data: bare('DATA'), rset: bare('RSET'), quit: bare('QUIT'), startTls: bare('STARTTLS') } as const

export const saysHello = (verb: 'EHLO' | 'HELO') =>
  ({
    type: 'say',
    params: ({ context }: Scope): SpokenCommand => {
      const { helloName } = context
      return spoken(verb, helloLine(verb, helloName), commandGloss({ type: verb, helloName }))
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
    const gloss = commandGloss({ type: 'AUTH', mechanism, ...(response !== undefined && { response }) })
    const initial = response === undefined ? '' : ` ${response === EMPTY ? '=' : toBase64(response)}`
    return spoken('AUTH', `AUTH ${mechanism}${initial}`, gloss)
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
    const line = response === 'failed' ? '*' : toBase64(response)
    const gloss = response === 'failed' ? 'I would rather not.' : proofGloss
    return { line, means: { kind: 'line', name: '', gloss } }
  },
} as const

export function respond(
  { exchange }: SmtpClientContext,
  challenge: Octets | undefined,
): readonly [ClientExchange | null, Octets | 'failed'] {
  return exchange === null || challenge === undefined ? [exchange, 'failed'] : clientRespond(exchange, challenge)
}

/** SIZE counts what the message has, without stuffed dots and the final one (RFC 1870 section 5). */
const sizeOf = (message: Octets): number =>
  message === '' || message.endsWith('\r\n') ? message.length : message.length + 2

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

export const saysMail = {
  type: 'say',
  params: ({ context }: Scope): SpokenCommand => {
    const reversePath = context.letter?.envelope.reversePath ?? ''
    return spoken('MAIL', mailLine(reversePath, mailParameters(context)), commandGloss({ type: 'MAIL', reversePath }))
  },
} as const

/** Names the next recipient. */
export const saysRecipient = {
  type: 'say',
  params: ({ context }: Scope): SpokenCommand => {
    const { extensions, letter, said } = context
    const forwardPath = letter?.envelope.forwardPaths[said] ?? ''
    const dsn: SmtpRecipientDsn | undefined =
      extensions.DSN === undefined ? undefined : letter?.envelope.dsn?.recipients?.[forwardPath]
    return spoken('RCPT', rcptLine(forwardPath, dsn), commandGloss({ type: 'RCPT', forwardPath }))
  },
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

/** `outcome` for all recipients that have no reply of their own. */
export function replyReport(
  context: SmtpClientContext,
  reply: Reply,
  outcome: SmtpOutcome,
  accepted: readonly string[] = [],
): SmtpTransferReport {
  return { accepted, refused: context.refused, reply, outcome, dsn: context.extensions.DSN !== undefined }
}

/** `open`: the connection can carry another letter. */
export const transferEnded =
  (outcome: 'accepted' | 'refused' | 'deferred', open: boolean) =>
  ({ context, event }: Answered): SmtpClientQuestion => ({
    type: 'transferEnded',
    report: replyReport(context, event.reply, outcome, outcome === 'accepted' ? context.accepted : []),
    open,
  })

/** The same for a reply that we give ourselves: the server was not asked. */
export const endedByUs =
  (outcome: 'refused' | 'deferred', reply: Reply, open: boolean) =>
  ({ context }: Scope): SmtpClientQuestion => ({
    type: 'transferEnded',
    report: { ...replyReport(context, reply, outcome), byUs: true },
    open,
  })

export const closedReport =
  (outcome: 'lost' | 'unreachable') =>
  ({ context, event }: Scope & { readonly event: { readonly why: string } }): SmtpClientQuestion => ({
    type: 'transferEnded',
    report: context.report ?? {
      accepted: [],
      refused: context.refused,
      outcome,
      why: event.why,
      dsn: context.extensions.DSN !== undefined,
    },
    open: false,
  })
