import type { Octets } from '../../base/octets'
import type { Meaning } from '../../session/session'
import type { RecordOf, ResourceRecord } from './record'
import type { Source } from './response'

/** What the two machines ask of their host, and what it answers. */

/** By datagram, or over a connection of its own where a datagram was too small (RFC 7766 section 5). */
export type Transport = 'udp' | 'tcp'

export interface ResponseReceived {
  readonly type: 'responseReceived'
  readonly octets: Octets
  readonly source: Source
}

/** Nothing came back over TCP: no connection, or it ended before the response. */
export interface ExchangeFailed {
  readonly type: 'exchangeFailed'
}

/**
 * Asks the host to send a query to port 53 of a server. By datagram: from a port whose datagrams come back to this session.
 * Over TCP: by a session of `dns.client`, whose report comes back as `responseReceived` or `exchangeFailed`.
 */
export interface SendQuery {
  readonly server: string
  readonly transport: Transport
  readonly octets: Octets
  readonly means: Meaning
}

/** Data of a referral helps to find servers, but is no answer to a client (RFC 2181 section 5.4.1). */
export type Rank = 'answer' | 'referral'

/** Asks the host what it has in its cache of this rank or better. */
export interface LookInCache {
  readonly name: string
  readonly rrType: string
  readonly rank: Rank
}

/** Asks the host to keep records. */
export interface Learnt {
  readonly records: readonly ResourceRecord[]
  readonly rank: Rank
}

/** Asks the host to keep that there is no such name, or no such data (RFC 2308). Without SOA it is not kept. */
export interface LearntNegative {
  readonly name: string
  readonly rrType: string
  readonly status: 'nxdomain' | 'nodata'
  readonly soa: RecordOf<'SOA'> | null
}
