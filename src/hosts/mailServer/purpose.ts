import type { SessionId } from '../../world/world'
import { type Purpose, purposeReader } from '../purpose'

/** The sessions that a server starts, and its lookups. */

/** A session of `mta.delivery`. */
export interface DeliveryPurpose extends Purpose {
  readonly kind: 'delivery'
  readonly queueId: string
  readonly forwardPaths: readonly string[]
}

/** An SMTP client's session, for a delivery. */
export interface TransferPurpose extends Purpose {
  readonly kind: 'transfer'
  readonly delivery: SessionId
  readonly queueId: string
  readonly exchanger: string
  readonly forwardPaths: readonly string[]
}

export const purposeOf = purposeReader<DeliveryPurpose | TransferPurpose>({ delivery: true, transfer: true })

/** A lookup for a delivery: of the exchangers of a domain, or of the addresses of an exchanger. */
export interface LookupPurpose {
  readonly kind: 'exchangers' | 'addresses'
  readonly delivery: SessionId
  readonly queueId: string
  readonly name: string
}
