import type { Octets } from '../../base/octets'
import type {
  SmtpClientContext,
  SmtpClientQuestion,
  SmtpOutcome,
  SmtpTransferReport,
  SpokenCommand,
} from './clientTypes'
import { commandLine } from './commands'
import { commandGloss } from './gloss'
import { formatPlain, hasEightBit, type Reply } from './grammar'

/** Pieces of transitions that several states of the client's machine share. */

interface Scope {
  readonly context: SmtpClientContext
}
interface Answered extends Scope {
  readonly event: { readonly reply: Reply }
}

const spoken = (verb: string, line: string, gloss: string): SpokenCommand => ({
  line,
  means: { kind: 'command', name: verb, gloss },
})
const bare = (verb: 'DATA' | 'RSET' | 'QUIT') =>
  ({ type: 'say', params: spoken(verb, verb, commandGloss({ type: verb })) }) as const

/** The commands that say nothing but their name. */
export const say = { data: bare('DATA'), rset: bare('RSET'), quit: bare('QUIT') } as const

export const saysHello = (verb: 'EHLO' | 'HELO') =>
  ({
    type: 'say',
    params: ({ context }: Scope): SpokenCommand => {
      const { helloName } = context
      const line = verb === 'EHLO' ? commandLine.ehlo(helloName) : commandLine.helo(helloName)
      return spoken(verb, line, commandGloss({ type: verb, helloName }))
    },
  }) as const

export const saysAuth = {
  type: 'say',
  params: ({ context }: Scope): SpokenCommand => {
    const { user, password } = context.credentials ?? { user: '', password: '' }
    const gloss = commandGloss({
      type: 'AUTH',
      mechanism: 'PLAIN',
      credentials: { authorizationId: '', user, password },
    })
    return spoken('AUTH', `AUTH PLAIN ${formatPlain(user, password)}`, gloss)
  },
} as const

/** SIZE counts what the message has, without stuffed dots and the final one (RFC 1870 section 5). */
const sizeOf = (message: Octets): number =>
  message === '' || message.endsWith('\r\n') ? message.length : message.length + 2

export const saysMail = {
  type: 'say',
  params: ({ context }: Scope): SpokenCommand => {
    const { extensions, letter } = context
    const reversePath = letter?.envelope.reversePath ?? ''
    const parameters: string[] = []
    if (letter && extensions.SIZE !== undefined) parameters.push(`SIZE=${sizeOf(letter.message)}`)
    if (letter && extensions['8BITMIME'] !== undefined && hasEightBit(letter.message)) parameters.push('BODY=8BITMIME')
    return spoken('MAIL', commandLine.mail(reversePath, parameters), commandGloss({ type: 'MAIL', reversePath }))
  },
} as const

/** Names the next recipient. */
export const saysRecipient = {
  type: 'say',
  params: ({ context }: Scope): SpokenCommand => {
    const forwardPath = context.letter?.envelope.forwardPaths[context.said] ?? ''
    return spoken('RCPT', commandLine.rcpt(forwardPath), commandGloss({ type: 'RCPT', forwardPath }))
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

export function replyReport(
  context: SmtpClientContext,
  reply: Reply,
  outcome: SmtpOutcome,
  accepted: readonly string[],
): SmtpTransferReport {
  return { accepted, refused: context.refused, reply, outcome }
}

/** `open`: the connection can carry another letter. */
export const transferEnded =
  (outcome: 'accepted' | 'refused' | 'deferred', open: boolean) =>
  ({ context, event }: Answered): SmtpClientQuestion => ({
    type: 'transferEnded',
    report: replyReport(context, event.reply, outcome, outcome === 'accepted' ? context.accepted : []),
    open,
  })

export const closedReport =
  (outcome: 'lost' | 'unreachable') =>
  ({ context, event }: Scope & { readonly event: { readonly why: string } }): SmtpClientQuestion => ({
    type: 'transferEnded',
    report: context.report ?? { accepted: [], refused: context.refused, outcome, why: event.why },
    open: false,
  })
