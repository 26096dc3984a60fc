import type { NameServer } from '../../protocols/dns'
import type { SessionId } from '../../world/world'
import type { DnsCache } from './dnsCache'

export interface ResolverConfig {
  /** The root's servers, known from the start. */
  readonly hints: readonly { readonly name: string; readonly address: string }[]
}

export interface ResolverState {
  readonly hints: readonly NameServer[]
  /** The cache, by `name type`. */
  readonly cache: DnsCache
  /** The session that waits for responses at each of our ports. */
  readonly ports: Readonly<Record<number, SessionId>>
  readonly nextPort: number
}
