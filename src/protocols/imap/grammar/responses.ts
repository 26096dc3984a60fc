import { fromText, type Octets } from '../../../base/octets'
import type { Meaning } from '../../../session/session'

/** One response of the server: its octets with the line end, and what it says (RFC 9051 section 7). */
export interface Response {
  readonly octets: Octets
  readonly means: Meaning
}

export type Status = 'OK' | 'NO' | 'BAD'

/** Every response code that this server says (RFC 9051 section 7.1, RFC 5530). */
export const RESPONSE_CODES = [
  'ALREADYEXISTS',
  'APPENDUID',
  'AUTHENTICATIONFAILED',
  'BADCHARSET',
  'CANNOT',
  'CAPABILITY',
  'CLOSED',
  'COPYUID',
  'EXPUNGEISSUED',
  'HASCHILDREN',
  'HIGHESTMODSEQ',
  'LIMIT',
  'MODIFIED',
  'NONEXISTENT',
  'NOPERM',
  'OVERQUOTA',
  'PERMANENTFLAGS',
  'PRIVACYREQUIRED',
  'READ-ONLY',
  'READ-WRITE',
  'SERVERBUG',
  'TOOBIG',
  'TRYCREATE',
  'UIDNEXT',
  'UIDVALIDITY',
  'UNKNOWN-CTE',
  'UNSEEN',
  'USEATTR',
] as const
type CodeName = (typeof RESPONSE_CODES)[number]
/** A code with its arguments, as it stands in the brackets. */
export type ResponseCode = CodeName | `${CodeName} ${string}`

/** Every untagged response with data that this server says. */
export const DATA_RESPONSES = [
  'CAPABILITY',
  'ENABLED',
  'ESEARCH',
  'EXISTS',
  'EXPUNGE',
  'FETCH',
  'FLAGS',
  'ID',
  'LIST',
  'LSUB',
  'NAMESPACE',
  'QUOTA',
  'QUOTAROOT',
  'RECENT',
  'SEARCH',
  'SORT',
  'STATUS',
  'THREAD',
  'VANISHED',
] as const
export type DataResponse = (typeof DATA_RESPONSES)[number]

/** The end of a command: its status, a response code in brackets where it has one, and a text for people. */
export interface Completion {
  readonly status: Status
  readonly code?: ResponseCode
  readonly text: string
  readonly gloss?: string
}

export const ok = (text: string, gloss?: string, code?: ResponseCode): Completion => ({
  status: 'OK',
  text,
  ...(gloss === undefined ? {} : { gloss }),
  ...(code === undefined ? {} : { code }),
})

const respText = (text: string, code?: string): string => (code === undefined ? text : `[${code}] ${text}`)
/** What a client sent may be told back to it, but never as a line end of its own. */
const line = (text: string): Octets => fromText(`${text.slice(0, MAX_TEXT).replace(/[\x00-\x1f\x7f]/g, '?')}\r\n`)
const MAX_TEXT = 9000

/** `tag OK text`: the response that ends a command. */
export function taggedResponse(tag: string, { status, code, text, gloss }: Completion): Response {
  const means: Meaning = {
    kind: 'response',
    name: status,
    gloss: gloss ?? (status === 'OK' ? 'Done.' : sentence(text)),
  }
  return { octets: line(`${tag} ${status} ${respText(text, code)}`), means: refusedIf(means, status !== 'OK') }
}

/** `* OK text` and its like, which belong to no command. */
export function untaggedStatus(status: Status | 'BYE', text: string, gloss: string, code?: ResponseCode): Response {
  const means: Meaning = { kind: 'response', name: status, gloss }
  return {
    octets: line(`* ${status} ${respText(text, code)}`),
    means: refusedIf(means, status === 'NO' || status === 'BAD'),
  }
}

/** An untagged response with data: `* 3 EXISTS`. The body is octets already: it may hold literals. */
export function untagged(name: DataResponse, body: string, gloss: string): Response {
  return { octets: `* ${body}\r\n` as Octets, means: { kind: 'response', name, gloss } }
}

/** `+ text`: the server is ready for the rest of the command (RFC 9051 section 7.6). */
export function continuationRequest(text: string, gloss: string): Response {
  return { octets: line(`+ ${text}`), means: { kind: 'continuation', name: '+', gloss } }
}

export const plural = (count: number, one: string, many = `${one}s`): string => `${count} ${count === 1 ? one : many}`

const refusedIf = (means: Meaning, refused: boolean): Meaning => (refused ? { ...means, refused: true } : means)

function sentence(text: string): string {
  return /[.!?]$/.test(text) ? text : `${text}.`
}
