import type { Meaning, Parsed } from '../../session/session'
import type { DnsMessage, Question } from './message'
import { isReferral } from './message'
import { type ResourceRecord, recordsOf } from './record'

/** The meaning of a DNS message, as much as one line of explanation needs. The view makes the line. */
export type DnsParsed = { readonly protocol: 'DNS' } & (
  | { readonly type: 'query'; readonly question?: Question }
  | {
      readonly type: 'response'
      readonly rcode: string
      readonly question?: Question
      readonly truncated?: true
      readonly answers: readonly ResourceRecord[]
      /** The zone whose name servers to ask next. */
      readonly referral?: string
    }
  | { readonly type: 'unreadable' }
)

export const isDns = (parsed: Parsed): parsed is DnsParsed => parsed.protocol === 'DNS'

function parsedOf(message: DnsMessage): DnsParsed {
  const [question] = message.question
  const asked = question === undefined ? {} : { question }
  if (!message.response) return { protocol: 'DNS', type: 'query', ...asked }
  const { rcode, truncated, answers, authorities } = message
  return {
    protocol: 'DNS',
    type: 'response',
    rcode,
    ...asked,
    ...(truncated && { truncated }),
    answers,
    ...(isReferral(message) && { referral: recordsOf(authorities, 'NS')[0]?.name ?? '.' }),
  }
}

/** The meaning of a message: its name is the requested type, or the response's code. */
export function meaningOf(message: DnsMessage): Meaning {
  const parsed = parsedOf(message)
  const [question] = message.question
  if (!message.response) return { kind: 'query', name: question?.type ?? 'query', parsed }
  const meaning: Meaning = { kind: 'response', name: message.rcode, parsed }
  if (message.rcode === 'SERVFAIL') return { ...meaning, refused: 'later' }
  return message.rcode === 'NOERROR' ? meaning : { ...meaning, refused: true }
}

const unreadable: DnsParsed = { protocol: 'DNS', type: 'unreadable' }
/** Octets that are no DNS message. */
export const UNREADABLE: Meaning = { kind: 'query', name: 'unreadable', parsed: unreadable }

const formatError: DnsParsed = { protocol: 'DNS', type: 'response', rcode: 'FORMERR', answers: [] }
/** The response to octets that are no query (RFC 1035 section 4.1.1). */
export const FORMAT_ERROR: Meaning = { kind: 'response', name: 'FORMERR', refused: true, parsed: formatError }
