import type { Octets } from '../../base/octets'
import type { Meaning } from '../../session/session'
import type { CommandName } from './catalogue'
import { type Command, isTemporary, type StatusLine, type Unreadable } from './grammar'

/** The meanings of POP3's lines and contents, in the RFC's words. The view makes sentences of them. */

/** The command or moment that a response answers. */
export type Answered = CommandName | 'greeting' | 'unreadable'

type Numbered = { readonly messageNumber: number }

export type Pop3Parsed = { readonly protocol: 'POP3' } & (
  | { readonly type: 'USER' | 'APOP'; readonly user: string }
  | { readonly type: 'AUTH'; readonly mechanism: string }
  | { readonly type: 'LANG'; readonly range?: string }
  | ({ readonly type: 'LIST' | 'UIDL' } & Partial<Numbered>)
  | ({ readonly type: 'RETR' | 'DELE' } & Numbered)
  | ({ readonly type: 'TOP'; readonly lines: number } & Numbered)
  /** A password is left out of the parsed line. */
  | { readonly type: 'PASS' | 'STAT' | 'RSET' | 'NOOP' | 'CAPA' | 'STLS' | 'UTF8' | 'QUIT' }
  | { readonly type: 'unreadable' | 'httpRequest' | 'lineTooLong' | 'saslCancelled' | 'notBase64' }
  | { readonly type: 'saslResponse'; readonly empty?: true }
  /** `prompt`: the text of a challenge that is words, as with LOGIN. */
  | { readonly type: 'challenge'; readonly empty?: true; readonly prompt?: string }
  | ({ readonly type: 'status'; readonly answers: Answered } & StatusLine)
  /** `lines`: their number. `capabilities`: each with its parameters. */
  | {
      readonly type: 'content'
      readonly answers: Answered
      readonly lines: number
      readonly capabilities?: readonly string[]
    }
)

function parsedCommand(command: Command | Unreadable): Pop3Parsed {
  const protocol = 'POP3'
  switch (command.type) {
    case 'PASS':
    case 'unreadable':
      return { protocol, type: command.type }
    case 'USER':
    case 'APOP':
      return { protocol, type: command.type, user: command.user }
    case 'AUTH':
      return { protocol, type: command.type, mechanism: command.mechanism }
    default:
      return { protocol, ...command }
  }
}

/** A command; for a malformed line, `name` is its first word. */
export const meaningOfCommand = (command: Command | Unreadable, name: string = command.type): Meaning => {
  const parsed = parsedCommand(command)
  return { kind: 'command', name, parsed }
}

const simple = (
  kind: Meaning['kind'],
  name: string,
  type: 'httpRequest' | 'lineTooLong' | 'saslCancelled' | 'notBase64',
): Meaning => {
  const parsed: Pop3Parsed = { protocol: 'POP3', type }
  return { kind, name, parsed }
}

export const meaningOfRequest = (method: string): Meaning => simple('command', method, 'httpRequest')
export const lineTooLong = simple('command', '', 'lineTooLong')

/** A client's line within AUTH; undefined if it is not base64. It may contain a password, so its content is not kept. */
export function meaningOfSaslLine(line: Octets | 'cancel' | undefined): Meaning {
  if (line === 'cancel') return simple('line', '', 'saslCancelled')
  if (line === undefined) return simple('line', '', 'notBase64')
  const parsed: Pop3Parsed = { protocol: 'POP3', type: 'saslResponse', ...(line === '' && { empty: true }) }
  return { kind: 'line', name: '', parsed }
}

export function meaningOfChallenge(challenge: Octets): Meaning {
  const isPrompt = /^[A-Z][a-z]+(?: name)?:?$/i.test(challenge)
  const parsed: Pop3Parsed = {
    protocol: 'POP3',
    type: 'challenge',
    ...(challenge === '' && { empty: true }),
    ...(isPrompt && { prompt: challenge.replace(/:$/, '') }),
  }
  return { kind: 'continuation', name: '+', parsed }
}

/** The first line of a response. */
export function meaningOfStatus(answers: Answered, { status, code, text }: StatusLine): Meaning {
  const parsed: Pop3Parsed = {
    protocol: 'POP3',
    type: 'status',
    answers,
    status,
    ...(code !== undefined && { code }),
    text,
  }
  return {
    kind: answers === 'greeting' ? 'greeting' : 'response',
    name: status,
    ...(status === '-ERR' && { refused: isTemporary(code) ? ('later' as const) : true }),
    parsed,
  }
}

/** The lines after the first line of a multi-line response. */
export function meaningOfContent(answers: Answered, content: Octets): Meaning {
  const rows = content.split('\r\n').slice(0, -1)
  const parsed: Pop3Parsed = {
    protocol: 'POP3',
    type: 'content',
    answers,
    lines: rows.length,
    ...(answers === 'CAPA' && { capabilities: rows }),
  }
  return answers === 'RETR' || answers === 'TOP'
    ? { kind: 'mailData', name: 'message', parsed }
    : { kind: 'response', name: 'listing', parsed }
}
