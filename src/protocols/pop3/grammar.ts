import {
  CRLF,
  EMPTY,
  fromBase64,
  fromText,
  isUtf8,
  type Octets,
  octets,
  slice,
  toBase64,
  toText,
} from '../../base/octets'
import { COMMAND_NAMES, type CommandName, commandEntries } from './catalogue'

/** Octets of a command line with its CRLF (RFC 2449 section 4). */
export const COMMAND_LINE_LIMIT = 255
/** Octets of the first line of a response with its CRLF (RFC 2449 section 4). */
export const RESPONSE_LINE_LIMIT = 512
/** Octets of a line within AUTH with its CRLF. RFC 4954 section 4 asks for this much in SMTP; RFC 5034 names no number. */
export const SASL_LINE_LIMIT = 12_288

export type Command =
  | { readonly type: 'USER'; readonly user: string }
  | { readonly type: 'PASS'; readonly password: string }
  | { readonly type: 'APOP'; readonly user: string; readonly digest: string }
  /** `response` is the decoded initial response; empty for `=`. */
  | { readonly type: 'AUTH'; readonly mechanism: string; readonly response?: Octets }
  | { readonly type: 'STAT' }
  | { readonly type: 'LIST'; readonly messageNumber?: number }
  | { readonly type: 'UIDL'; readonly messageNumber?: number }
  | { readonly type: 'RETR'; readonly messageNumber: number }
  | { readonly type: 'DELE'; readonly messageNumber: number }
  | { readonly type: 'TOP'; readonly messageNumber: number; readonly lines: number }
  | { readonly type: 'LANG'; readonly range?: string }
  | { readonly type: 'RSET' | 'NOOP' | 'CAPA' | 'STLS' | 'UTF8' | 'QUIT' }

/** A malformed line, and the cause. */
export interface Unreadable {
  readonly type: 'unreadable'
  readonly cause: string
  /** The command's name, if it is known. */
  readonly command?: CommandName
}

/** The first line of a response. `code` is a response code without its brackets (RFC 2449 section 8). */
export interface StatusLine {
  readonly status: '+OK' | '-ERR'
  readonly code?: string
  readonly text: string
}

const syntaxOf = new Map(commandEntries.map((entry) => [entry.name, entry.syntax]))
const unreadable = (cause: string): Unreadable => ({ type: 'unreadable', cause })
const CONTROL = /[\x00-\x1f\x7f]/
/** Larger than any message number, and the largest exact integer: greater numbers become this one. */
export const GREATEST_NUMBER = Number.MAX_SAFE_INTEGER

/** `command = keyword *(SP param) CRLF` (RFC 2449 section 4), without its line end. Keywords have no case. */
export function parseCommand(line: Octets): Command | Unreadable {
  const space = line.indexOf(' ')
  const keyword = space === -1 ? line : line.slice(0, space)
  const name = keyword.toUpperCase() as CommandName
  if (!COMMAND_NAMES.has(name)) return unreadable(line === '' ? 'an empty line is no command' : unknownKeyword(keyword))
  const rest = space === -1 ? EMPTY : slice(line, space + 1)
  const command = readArguments(name, rest)
  return command.type === 'unreadable' ? { ...command, command: name } : command
}

function readArguments(name: CommandName, rest: Octets): Command | Unreadable {
  if (CONTROL.test(rest)) return unreadable('a command holds no control octets')
  if (!isUtf8(rest)) return unreadable('what follows the command is not UTF-8')
  return parseArguments(name, rest) ?? unreadable(`the form is: ${syntaxOf.get(name)}`)
}

/** Repeats only a keyword of regular form, so that an answer never carries a stranger's text. */
function unknownKeyword(keyword: string): string {
  if (keyword === '') return 'a line begins with a command, not with a space'
  return /^[A-Za-z]{1,20}$/.test(keyword) ? `there is no command ${keyword.toUpperCase()}` : 'this is no command'
}

function parseArguments(name: CommandName, rest: Octets): Command | Unreadable | undefined {
  // PASS has exactly one argument, so spaces belong to the password (RFC 1939 section 7).
  if (name === 'PASS') return rest === '' ? undefined : { type: name, password: toText(rest) }
  const params = rest.split(' ').filter((param) => param !== '') as Octets[]
  const [first, second] = params
  switch (name) {
    case 'USER':
      return first !== undefined && params.length === 1 ? { type: name, user: toText(first) } : undefined
    case 'APOP':
      if (first === undefined || second === undefined || params.length > 2) return undefined
      if (!/^[0-9a-f]{32}$/i.test(second)) return unreadable('the digest is 32 hexadecimal digits')
      return { type: name, user: toText(first), digest: second.toLowerCase() }
    case 'AUTH':
      return params.length > 2 || first === undefined ? undefined : parseAuth(first, second)
    case 'LANG':
      if (params.length > 1) return undefined
      return first === undefined ? { type: name } : { type: name, range: first }
    case 'LIST':
    case 'UIDL':
    case 'RETR':
    case 'DELE':
    case 'TOP':
      return parseNumbers(name, params)
    default:
      return params.length === 0 ? { type: name } : undefined
  }
}

/** `auth-command = "AUTH" SP auth-type [SP (base64 / "=")]` (RFC 5034 section 6). */
function parseAuth(mechanism: Octets, initial: Octets | undefined): Command | Unreadable {
  if (initial === undefined) return { type: 'AUTH', mechanism }
  const response = initial === '=' ? EMPTY : fromBase64(initial)
  return response === undefined
    ? unreadable('the initial response is not base64')
    : { type: 'AUTH', mechanism, response }
}

type Numbered = 'LIST' | 'UIDL' | 'RETR' | 'DELE' | 'TOP'

function parseNumbers(name: Numbered, params: readonly Octets[]): Command | Unreadable | undefined {
  if (!params.every((param) => /^[0-9]+$/.test(param))) return undefined
  const [messageNumber, lines] = params.map((digits) => Math.min(Number(digits), GREATEST_NUMBER))
  if (params.length !== (name === 'TOP' ? 2 : 1)) {
    return params.length === 0 && (name === 'LIST' || name === 'UIDL') ? { type: name } : undefined
  }
  if (messageNumber === undefined) return undefined
  if (name !== 'TOP') return { type: name, messageNumber }
  return lines === undefined ? undefined : { type: name, messageNumber, lines }
}

/** `single-line = status [SP text] CRLF` (RFC 2449 section 4), without its line end; undefined if it is malformed. */
export function parseStatusLine(line: string): StatusLine | undefined {
  const match = /^(\+OK|-ERR)(?: (?:\[([^\]]*)\] ?)?(.*))?$/s.exec(line)
  if (!match) return undefined
  const status = match[1] as StatusLine['status']
  const text = match[3] ?? ''
  return match[2] === undefined ? { status, text } : { status, code: match[2], text }
}

/** True for a code that allows another try; codes have no case and may have more levels (RFC 2449 section 8). */
export const isTemporary = (code: string | undefined): boolean =>
  code !== undefined && /^(?:IN-USE|LOGIN-DELAY|SYS\/TEMP)(?:\/|$)/i.test(code)

export function formatStatusLine(line: StatusLine): Octets {
  const code = line.code === undefined ? '' : ` [${line.code}]`
  const text = line.text === '' ? '' : ` ${line.text}`
  return `${line.status}${code}${text}${CRLF}` as Octets
}

/** A challenge of the server within AUTH: `continue-req = "+" SP [base64] CRLF` (RFC 5034 section 6). */
export const formatChallenge = (challenge: Octets): Octets => octets(`+ ${toBase64(challenge)}${CRLF}`)

/**
 * The challenge in a line without its end; undefined if the line is none. Some servers omit the space before an empty
 * challenge.
 */
export function parseChallenge(line: string): Octets | undefined {
  if (line === '+') return EMPTY
  return line.startsWith('+ ') ? fromBase64(line.slice(2) as Octets) : undefined
}

export const formatSaslLine = (line: Octets | 'cancel'): Octets =>
  octets(`${line === 'cancel' ? '*' : toBase64(line)}${CRLF}`)

/** A command as octets. */
export function formatCommand(command: Command): Octets {
  switch (command.type) {
    case 'USER':
      return fromText(`USER ${command.user}${CRLF}`)
    case 'PASS':
      return fromText(`PASS ${command.password}${CRLF}`)
    case 'APOP':
      return fromText(`APOP ${command.user} ${command.digest}${CRLF}`)
    case 'AUTH': {
      const { mechanism, response } = command
      const initial = response === undefined ? '' : ` ${response === '' ? '=' : toBase64(response)}`
      return octets(`AUTH ${mechanism}${initial}${CRLF}`)
    }
    case 'TOP':
      return octets(`TOP ${command.messageNumber} ${command.lines}${CRLF}`)
    case 'LANG':
      return octets(`LANG${command.range === undefined ? '' : ` ${command.range}`}${CRLF}`)
    case 'LIST':
    case 'UIDL':
    case 'RETR':
    case 'DELE':
      return octets(`${command.type}${command.messageNumber === undefined ? '' : ` ${command.messageNumber}`}${CRLF}`)
    default:
      return octets(`${command.type}${CRLF}`)
  }
}

/** The line at the front of the inbox without its line end. A bare LF ends a line too, since people type by hand. */
export function frontLine(inbox: Octets): { readonly line: Octets; readonly length: number } | undefined {
  const end = inbox.indexOf('\n')
  if (end === -1) return undefined
  return { line: slice(inbox, 0, inbox[end - 1] === '\r' ? end - 1 : end), length: end + 1 }
}
