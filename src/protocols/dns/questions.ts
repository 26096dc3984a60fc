import type { Octets } from '../../base/octets'
import type { Meaning } from '../../session/session'
import type { RecordOf, ResourceRecord } from './record'
import type { Source } from './response'
import type { Transport } from './transport'

/** The questions of both machines to their host, and the answers. */

export interface ResponseReceived {
  readonly type: 'responseReceived'
  readonly octets: Octets
  readonly source: Source
}

/** No response over TCP: no connection, or it ended before the response. */
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

/** Data of a referral helps to find servers, but it is no answer to a client (RFC 2181 section 5.4.1). */
export type Rank = 'answer' | 'referral'

/** Asks the host for cached data of this rank or better. */
export interface LookInCache {
  readonly name: string
  readonly rrType: string
  readonly rank: Rank
}

/** Asks the host to cache records. */
export interface Learnt {
  readonly records: readonly ResourceRecord[]
  readonly rank: Rank
}

/** Asks the host to cache that the name or the data does not exist (RFC 2308). Without SOA it is not cached. */
export interface LearntNegative {
  readonly name: string
  readonly rrType: string
  readonly status: 'nxdomain' | 'nodata'
  readonly soa: RecordOf<'SOA'> | null
}
