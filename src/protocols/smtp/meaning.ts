import { type Octets, toText } from '../../base/octets'
import type { Meaning } from '../../session/session'
import type { Command } from './grammar/commands'
import { type ReplyName, replyNameOf } from './grammar/replies'
import type { Reply } from './grammar/reply'

/** The meanings of SMTP's lines and mail data, in the RFC's words. The view makes sentences of them. */

/** The command or moment that a reply answers. */
export type SmtpAnswered =
  | 'greeting'
  | 'EHLO'
  | 'HELO'
  | 'MAIL'
  | 'RCPT'
  | 'DATA'
  | 'mailData'
  | 'RSET'
  | 'NOOP'
  | 'QUIT'
  | 'VRFY'
  | 'HELP'
  | 'AUTH'
  | 'STARTTLS'
  | 'BDAT'

export interface ParsedReply {
  readonly type: 'reply'
  /** Undefined if it answers no command: after a malformed line, silence, or at a shutdown. */
  readonly answers?: SmtpAnswered
  readonly code: number
  readonly enhancedStatusCode?: string
  /** The name of one of our own replies; undefined for a host's reply and another program's. */
  readonly reason?: ReplyName
  /** The address of the question: the reverse-path, the forward-path, or the user. */
  readonly address?: string
  /** The server relays messages to other servers. */
  readonly relays?: true
}

export type SmtpParsed = { readonly protocol: 'SMTP' } & (
  | { readonly type: 'EHLO' | 'HELO'; readonly helloName: string }
  | { readonly type: 'MAIL'; readonly reversePath: string }
  | { readonly type: 'RCPT'; readonly forwardPath: string }
  | { readonly type: 'DATA' | 'RSET' | 'NOOP' | 'QUIT' | 'HELP' | 'STARTTLS' }
  | { readonly type: 'BDAT'; readonly size: number; readonly last: boolean }
  | { readonly type: 'VRFY'; readonly text: string }
  /** `user`: the user that an initial response of PLAIN names. */
  | { readonly type: 'AUTH'; readonly mechanism: string; readonly user?: string }
  | {
      readonly type:
        | 'notOffered'
        | 'malformed'
        | 'notSmtp'
        | 'lineTooLong'
        | 'saslResponse'
        | 'saslCancelled'
        | 'noReply'
    }
  /** `part`: more mail data follows. `empty`: the lone dot of RFC 2920 section 3.1. */
  | { readonly type: 'mailData'; readonly part?: true; readonly empty?: true }
  | { readonly type: 'chunk'; readonly part?: true }
  | ParsedReply
)

const smtp = <T extends object>(parsed: T) => ({ protocol: 'SMTP', ...parsed }) as const

function parsedCommand(command: Command): SmtpParsed {
  switch (command.type) {
    case 'EHLO':
    case 'HELO':
      return smtp({ type: command.type, helloName: command.helloName })
    case 'MAIL':
      return smtp({ type: command.type, reversePath: command.reversePath })
    case 'RCPT':
      return smtp({ type: command.type, forwardPath: command.forwardPath })
    case 'BDAT':
      return smtp({ type: command.type, size: command.size, last: command.last })
    case 'VRFY':
      return smtp({ type: command.type, text: command.text })
    case 'AUTH': {
      const { type, mechanism, response } = command
      const user = mechanism === 'PLAIN' && response !== undefined ? plainUser(response) : ''
      return smtp({ type, mechanism, ...(user !== '' && { user }) })
    }
    default:
      return smtp({ type: command.type })
  }
}

/** A PLAIN message names the user after its first NUL (RFC 4616 section 2). */
const plainUser = (response: Octets): string => toText((response.split('\0')[1] ?? '') as Octets)

/** The meaning of a command; a line without a known verb is only a line. */
export function meaningOfCommand(command: Command): Meaning {
  const name = 'verb' in command ? command.verb : command.type === 'notSmtp' ? '' : command.type
  return { kind: name === '' ? 'line' : 'command', name, parsed: parsedCommand(command) }
}

/** A line that is neither a command nor a reply. */
const lineOf = (type: 'lineTooLong' | 'saslResponse' | 'saslCancelled' | 'noReply'): Meaning => {
  const parsed: SmtpParsed = smtp({ type })
  return { kind: 'line', name: '', parsed }
}
const dataOf = (name: string, parsed: SmtpParsed): Meaning => ({ kind: 'mailData', name, parsed })

export const meanings = {
  lineTooLong: lineOf('lineTooLong'),
  saslResponse: lineOf('saslResponse'),
  saslCancelled: lineOf('saslCancelled'),
  noReply: lineOf('noReply'),
  mailData: dataOf('mail data', smtp({ type: 'mailData' })),
  mailDataPart: dataOf('mail data', smtp({ type: 'mailData', part: true })),
  noMailData: dataOf('mail data', smtp({ type: 'mailData', empty: true })),
  chunk: dataOf('chunk', smtp({ type: 'chunk' })),
  chunkPart: dataOf('chunk', smtp({ type: 'chunk', part: true })),
} as const

/** Additional data of a reply besides its code. */
export type ReplyNotes = Optional<Pick<ParsedReply, 'answers' | 'reason' | 'address' | 'relays'>>

type Optional<T> = { readonly [Key in keyof T]?: T[Key] | undefined }

type Writable<T> = { -readonly [Key in keyof T]: T[Key] }

/** Made for every reply of every message, so it sets only what is there and copies nothing. */
export function meaningOfReply(reply: Reply, { answers, reason, address, relays }: ReplyNotes): Meaning {
  const { code, enhanced } = reply
  const named = reason ?? replyNameOf(reply)
  const parsed: Writable<ParsedReply> & { protocol: 'SMTP' } = { protocol: 'SMTP', type: 'reply', code }
  if (answers !== undefined) parsed.answers = answers
  if (address !== undefined) parsed.address = address
  if (relays) parsed.relays = relays
  if (named !== undefined) parsed.reason = named
  if (enhanced !== undefined) parsed.enhancedStatusCode = enhanced
  const kind = answers === 'greeting' ? 'greeting' : 'reply'
  const name = String(code)
  if (code >= 500) return { kind, name, parsed, refused: true }
  return code >= 400 ? { kind, name, parsed, refused: 'later' } : { kind, name, parsed }
}
