import type { Octets } from '../../base/octets'
import {
  type DnsMessage,
  type Rcode,
  type ResourceRecord,
  readRecords,
  responseTo,
  sameName,
} from '../../protocols/dns'
import type { InterventionBody } from '../../world/intervention'
import type { RefusedChange } from '../../world/reason'
import type { Effect, Happening } from '../../world/role'
import type { Address, Host } from '../../world/world'
import { DNS_PORT, queryIn, readQuery, respond } from '../dns/nameServerPort'

/** The chair of a resolver: a question by datagram waits until the person answers it. Questions over TCP stay with the machine. */

/** A question that waits, with the way for its answer. */
export interface WaitingQuery {
  readonly address: Address
  readonly port: number
  readonly octets: Octets
}

/** Further questions at the same time go to the machine, so that memory is bounded. */
const MOST_WAITING = 64

const clientOf = ({ address, port }: WaitingQuery) => ({ transport: 'udp', address, port }) as const

function messageIn(query: WaitingQuery): DnsMessage | undefined {
  const read = readQuery({ client: clientOf(query), octets: query.octets })
  return 'id' in read && read.question[0] ? read : undefined
}

/** The query of a happening, if it is one that a person can answer. */
export function queryFor(host: Host, happening: Happening): WaitingQuery | undefined {
  const asked = queryIn(host, happening)
  if (asked?.client.transport !== 'udp') return undefined
  const query: WaitingQuery = { address: asked.client.address, port: asked.client.port, octets: asked.octets }
  return messageIn(query) ? query : undefined
}

/** The queries that wait after one more; a repetition of one that waits changes nothing. Undefined if there are too many. */
export function withQuery(waiting: readonly WaitingQuery[], query: WaitingQuery): readonly WaitingQuery[] | undefined {
  const isSame = (each: WaitingQuery): boolean =>
    each.address === query.address && each.port === query.port && each.octets === query.octets
  if (waiting.some(isSame)) return waiting
  return waiting.length >= MOST_WAITING ? undefined : [...waiting, query]
}

/** The fact by which a query is seen to wait. */
export const noteOfQuery = (host: Host, { address, port, octets }: WaitingQuery): Effect => ({
  type: 'note',
  fact: { type: 'datagramReceived', host: host.name, port: DNS_PORT, octets, source: { address, port } },
})

/** The query as it came, for the role. */
export const happeningOf = ({ address, port, octets }: WaitingQuery): Happening => ({
  type: 'datagram',
  source: { address, port },
  port: DNS_PORT,
  octets,
})

type Resolved = Extract<InterventionBody, { readonly type: 'resolved' }>

/** The person's answer to a query: a response on the wire, or the reason why it cannot be one. */
export function answerByPerson(
  query: WaitingQuery,
  { rcode, records: lines }: Resolved,
): { readonly effect: Effect } | { readonly refused: RefusedChange } {
  const message = messageIn(query)
  if (!message) return { refused: { id: 'nobodyWaits' } }
  const records = readRecords(lines)
  if ('wrong' in records) return { refused: { id: 'notARecord', given: records.wrong } }
  const response: DnsMessage = { ...responseTo(message, rcode as Rcode), ...sectionsOf(message, records.records) }
  return { effect: respond(clientOf(query), message, { ...response, recursionAvailable: true }) }
}

/** A record that answers the question is an answer; the others only help, and a list of servers is a referral. */
function sectionsOf(
  { question }: DnsMessage,
  records: readonly ResourceRecord[],
): Pick<DnsMessage, 'answers' | 'authorities' | 'additionals'> {
  const asked = question[0]
  const chain = new Set(asked ? [asked.name] : [])
  for (const record of records) if (record.type === 'CNAME') chain.add(record.target)
  const answers = records.filter(
    (record) =>
      [...chain].some((name) => sameName(name, record.name)) &&
      (record.type === asked?.type || record.type === 'CNAME'),
  )
  const others = records.filter((record) => !answers.includes(record))
  const authorities = others.filter(({ type }) => type === 'NS' || type === 'SOA')
  return { answers, authorities, additionals: others.filter((record) => !authorities.includes(record)) }
}
