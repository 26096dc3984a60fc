import { CRLF, EMPTY, fromText, type Octets, octets, slice, toText } from '../../base/octets'
import { COMMAND_NAMES, type CommandName, commandEntries } from './catalogue'

/** A command line with its terminating CRLF (RFC 2449 section 4). */
export const COMMAND_LINE_LIMIT = 255
/** The first line of a response with its terminating CRLF (RFC 2449 section 4). */
export const RESPONSE_LINE_LIMIT = 512

export type Command =
  | { readonly type: 'USER'; readonly user: string }
  | { readonly type: 'PASS'; readonly password: string }
  | { readonly type: 'STAT' }
  | { readonly type: 'LIST'; readonly messageNumber?: number }
  | { readonly type: 'UIDL'; readonly messageNumber?: number }
  | { readonly type: 'RETR'; readonly messageNumber: number }
  | { readonly type: 'DELE'; readonly messageNumber: number }
  | { readonly type: 'TOP'; readonly messageNumber: number; readonly lines: number }
  | { readonly type: 'RSET' }
  | { readonly type: 'NOOP' }
  | { readonly type: 'CAPA' }
  | { readonly type: 'QUIT' }

/** A line that is no command, and why. */
export interface Unreadable {
  readonly type: 'unreadable'
  readonly cause: string
}

/** The first line of a response. `code` is a response code without its brackets (RFC 2449 section 8). */
export interface StatusLine {
  readonly status: '+OK' | '-ERR'
  readonly code?: string
  readonly text: string
}

const syntaxOf = new Map(commandEntries.map((entry) => [entry.name, entry.syntax]))
const MESSAGE_NUMBER = /^[0-9]{1,9}$/
const numberOf = (argument: string | undefined): number | undefined =>
  argument !== undefined && MESSAGE_NUMBER.test(argument) ? Number(argument) : undefined

/**
 * `command = keyword *(SP param) CRLF` (RFC 2449 section 4), without its line end. Keywords are read without regard to case.
 */
export function parseCommand(line: Octets): Command | Unreadable {
  const space = line.indexOf(' ')
  const keyword = space === -1 ? line : line.slice(0, space)
  const name = keyword.toUpperCase() as CommandName
  if (!COMMAND_NAMES.has(name)) return { type: 'unreadable', cause: unknownKeyword(keyword) }
  const rest = space === -1 ? EMPTY : slice(line, space + 1)
  return parseArguments(name, rest) ?? { type: 'unreadable', cause: `the form is: ${syntaxOf.get(name)}` }
}

/** Only a keyword that looks like one is repeated, so that an answer never carries what a stranger put into it. */
function unknownKeyword(keyword: string): string {
  if (keyword === '') return 'an empty line is no command'
  return /^[A-Za-z]{1,20}$/.test(keyword) ? `there is no command ${keyword.toUpperCase()}` : 'this is no command'
}

function parseArguments(name: CommandName, rest: Octets): Command | undefined {
  // PASS has exactly one argument, so spaces belong to the password (RFC 1939 section 7).
  if (name === 'PASS') return rest === '' ? undefined : { type: name, password: toText(rest) }
  const params = rest.split(' ').filter((param) => param !== '')
  const messageNumber = numberOf(params[0])
  switch (name) {
    case 'USER':
      return params.length === 1 ? { type: name, user: toText(params[0] as Octets) } : undefined
    case 'LIST':
    case 'UIDL':
      if (params.length === 0) return { type: name }
      return params.length === 1 && messageNumber !== undefined ? { type: name, messageNumber } : undefined
    case 'RETR':
    case 'DELE':
      return params.length === 1 && messageNumber !== undefined ? { type: name, messageNumber } : undefined
    case 'TOP': {
      const lines = numberOf(params[1])
      if (params.length !== 2 || messageNumber === undefined || lines === undefined) return undefined
      return { type: name, messageNumber, lines }
    }
    default:
      return params.length === 0 ? { type: name } : undefined
  }
}

/** `single-line = status [SP text] CRLF` (RFC 2449 section 4), without its line end; undefined where it is none. */
export function parseStatusLine(line: string): StatusLine | undefined {
  const match = /^(\+OK|-ERR)(?: (?:\[([^\]]*)\] ?)?(.*))?$/s.exec(line)
  if (!match) return undefined
  const status = match[1] as StatusLine['status']
  const text = match[3] ?? ''
  return match[2] === undefined ? { status, text } : { status, code: match[2], text }
}

export function formatStatusLine(line: StatusLine): Octets {
  const code = line.code === undefined ? '' : ` [${line.code}]`
  const text = line.text === '' ? '' : ` ${line.text}`
  return `${line.status}${code}${text}${CRLF}` as Octets
}

/** A command as it goes out. */
export function formatCommand(command: Command): Octets {
  switch (command.type) {
    case 'USER':
      return fromText(`USER ${command.user}${CRLF}`)
    case 'PASS':
      return fromText(`PASS ${command.password}${CRLF}`)
    case 'TOP':
      return octets(`TOP ${command.messageNumber} ${command.lines}${CRLF}`)
    case 'LIST':
    case 'UIDL':
    case 'RETR':
    case 'DELE':
      return octets(`${command.type}${command.messageNumber === undefined ? '' : ` ${command.messageNumber}`}${CRLF}`)
    default:
      return octets(`${command.type}${CRLF}`)
  }
}

/** `unique-id-listing = message-number SP unique-id`, one a line (RFC 1939 section 7). Lines of another form are passed over. */
export function parseUniqueIds(content: Octets): readonly { readonly messageNumber: number; readonly uid: string }[] {
  return [...content.matchAll(/^([0-9]{1,9}) ([\x21-\x7e]{1,70})\r?$/gm)].map((line) => ({
    messageNumber: Number(line[1]),
    uid: line[2] as string,
  }))
}

/**
 * The lines of a multi-line response with their end: lines that begin with the termination octet are byte-stuffed,
 * and `.` on a line of its own closes them (RFC 1939 section 3).
 */
export function formatContent(content: Octets): Octets {
  const stuffed = content.replace(/(^|\r\n)\./g, '$1..')
  const lineEnd = content === '' || content.endsWith(CRLF) ? '' : CRLF
  return `${stuffed}${lineEnd}.${CRLF}` as Octets
}

/** The content of a multi-line response at the front of the inbox, its stuffing removed, and how many octets it took. */
export function parseContent(inbox: Octets): { readonly content: Octets; readonly length: number } | undefined {
  if (inbox.startsWith('.\r\n')) return { content: EMPTY, length: 3 }
  const end = inbox.indexOf('\r\n.\r\n')
  if (end === -1) return undefined
  return { content: inbox.slice(0, end + 2).replace(/(^|\r\n)\./g, '$1') as Octets, length: end + 5 }
}

/** The header section, the empty line and the first `lines` lines of the body (RFC 1939 section 7, TOP). */
export function top(message: Octets, lines: number): Octets {
  const empty = message.startsWith(CRLF) ? 0 : message.indexOf('\r\n\r\n') + 2
  if (empty === 1) return message
  let at = empty + 2
  for (let line = 0; line < lines; line++) {
    const end = message.indexOf(CRLF, at)
    if (end === -1) return message
    at = end + 2
  }
  return slice(message, 0, at)
}

/** The line at the front of the inbox without its line end. A bare LF ends a line too: people type by hand. */
export function frontLine(inbox: Octets): { readonly line: Octets; readonly length: number } | undefined {
  const end = inbox.indexOf('\n')
  if (end === -1) return undefined
  return { line: slice(inbox, 0, inbox[end - 1] === '\r' ? end - 1 : end), length: end + 1 }
}
