import { fromText, type Octets } from '../../../base/octets'
import type { Meaning } from '../../../session/session'
import {
  type ByeReason,
  type ImapAnswered,
  meaningOfContinuation,
  meaningOfData,
  meaningOfStatus,
  type ParsedData,
  type ParsedStatus,
} from '../meaning'

/** One response of the server: its octets with the line end, and its meaning (RFC 9051 section 7). */
export interface Response {
  readonly octets: Octets
  readonly means: Meaning
}

export type Status = 'OK' | 'NO' | 'BAD'

/** Every response code of this server (RFC 9051 section 7.1, RFC 5530). */
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
/** A code with its arguments, as in the brackets. */
export type ResponseCode = CodeName | `${CodeName} ${string}`

/** Every untagged response with data of this server. */
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
] as const satisfies readonly ParsedData['type'][]

/** The end of a command: its status, a response code in brackets if any, and a text for people. */
export interface Completion extends Pick<ParsedStatus, 'count' | 'saved'> {
  readonly status: Status
  readonly code?: ResponseCode
  readonly text: string
}

/** The answer to a command: untagged responses first, then its completion. */
export interface Outcome extends Completion {
  readonly untagged?: readonly Response[]
}

export const ok = (text: string, code?: ResponseCode): Completion => ({
  status: 'OK',
  text,
  ...(code === undefined ? {} : { code }),
})

const respText = (text: string, code?: string): string => (code === undefined ? text : `[${code}] ${text}`)
/** A text may repeat a client's input, but never its line ends. */
const line = (text: string): Octets => fromText(`${text.slice(0, MAX_TEXT).replace(/[\x00-\x1f\x7f]/g, '?')}\r\n`)
const MAX_TEXT = 9000

/** `tag OK text`: the response that ends a command; left out: a line that is none. */
export function taggedResponse(
  tag: string,
  { status, code, text, count, saved }: Completion,
  answers?: ImapAnswered,
): Response {
  const means = meaningOfStatus({
    type: 'status',
    status,
    ...(answers && { answers }),
    ...(code !== undefined && { code }),
    text,
    ...(count !== undefined && { count }),
    ...(saved && { saved }),
  })
  return { octets: line(`${tag} ${status} ${respText(text, code)}`), means }
}

/** `* OK text` and its like, which end no command. */
export function untaggedStatus(
  status: 'OK' | 'BAD',
  text: string,
  code?: ResponseCode,
  answers?: ImapAnswered,
): Response {
  const means = meaningOfStatus({
    type: 'status',
    status,
    text,
    ...(code !== undefined && { code }),
    ...(answers && { answers }),
  })
  return { octets: line(`* ${status} ${respText(text, code)}`), means }
}

/** `* BYE text`: the server closes the connection (RFC 9051 section 7.1.5). */
export function bye(reason: ByeReason, text: string, code?: ResponseCode): Response {
  const means = meaningOfStatus({ type: 'status', status: 'BYE', text, reason, ...(code !== undefined && { code }) })
  return { octets: line(`* BYE ${respText(text, code)}`), means }
}

/** An untagged response with data: `* 3 EXISTS`. The body is octets already: it may contain literals. */
export function untagged(data: ParsedData, body: string): Response {
  return { octets: `* ${body}\r\n` as Octets, means: meaningOfData(data) }
}

/** `+ text`: the server is ready for the rest of the command (RFC 9051 section 7.6). */
export function continuationRequest(text: string, answers: ImapAnswered): Response {
  return { octets: line(`+ ${text}`), means: meaningOfContinuation(answers) }
}
