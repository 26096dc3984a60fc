import type { Octets } from '../../base/octets'
import {
  type DnsMessage,
  decode,
  dnsServer,
  encodeWithin,
  FORMAT_ERROR,
  formatError,
  meaningOf,
  type QueryAnswer,
  TCP_LIMIT,
  udpLimit,
} from '../../protocols/dns'
import { asks } from '../../session/asks'
import { SERVICES } from '../../session/service'
import type { Effect, Happening } from '../../world/role'
import type { Address, Host, Listener, SessionId } from '../../world/world'

/** Port 53 of a resolver or a name server: the same queries come by datagram and over TCP (RFC 7766 section 5). */

export const DNS_PORT = SERVICES.domain.port

/** The asker, and the way for the answer. */
export type DnsClient =
  | { readonly transport: 'udp'; readonly address: Address; readonly port: number }
  | { readonly transport: 'tcp'; readonly session: SessionId }

export interface ClientQuery {
  readonly client: DnsClient
  readonly octets: Octets
}

export const dnsListeners: readonly Listener[] = [{ port: DNS_PORT, protocol: 'dns.server', input: {} }]

/** The query of a happening, undecoded; undefined if there is none. */
export function queryIn(host: Host, happening: Happening): ClientQuery | undefined {
  if (happening.type === 'datagram' && happening.port === DNS_PORT) {
    const { address, port } = happening.source
    return { client: { transport: 'udp', address, port }, octets: happening.octets }
  }
  if (happening.type !== 'asked') return undefined
  const { session, question } = happening
  if (!asks(dnsServer, host.sessions[session]?.session, question)) return undefined
  return { client: { transport: 'tcp', session }, octets: question.octets }
}

function say(client: DnsClient, octets: Octets, means: Required<QueryAnswer>['means']): Effect {
  if (client.transport === 'tcp') {
    const answer: QueryAnswer = { type: 'queryAnswered', octets, means }
    return { type: 'answer', session: client.session, answer }
  }
  const { address, port } = client
  return { type: 'sendDatagram', kind: 'responded', to: address, port, fromPort: DNS_PORT, octets, means }
}

/** Gives no answer to a query: over TCP the session no longer waits for it. */
function silence(client: DnsClient): readonly Effect[] {
  const answer: QueryAnswer = { type: 'queryAnswered' }
  return client.transport === 'tcp' ? [{ type: 'answer', session: client.session, answer }] : []
}

/** Sends a response, truncated to the limit of its transport. */
export function respond(client: DnsClient, query: DnsMessage, response: DnsMessage): Effect {
  const octets = encodeWithin(response, client.transport === 'tcp' ? TCP_LIMIT : udpLimit(query))
  const sent = decode(octets)
  return say(client, octets, meaningOf(sent === 'malformed' ? response : sent))
}

/**
 * Decodes the query, or answers malformed octets with FORMERR (RFC 1035 section 4.1.1). A response never gets an answer, or two
 * servers could go on forever.
 */
export function readQuery({ client, octets }: ClientQuery): DnsMessage | readonly Effect[] {
  const query = decode(octets)
  if (query !== 'malformed') return query.response ? silence(client) : query
  const error = formatError(octets)
  if (error === undefined) return silence(client)
  return [say(client, error, FORMAT_ERROR)]
}
