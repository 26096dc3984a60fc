import { dnsClient, type ExchangeInput, type SendQuery } from '../../protocols/dns'
import { asks } from '../../session/asks'
import { SERVICES } from '../../session/service'
import type { Effect, Happening } from '../../world/role'
import type { Address, Host, SessionId } from '../../world/world'
import { type Purpose, purposeReader } from '../purpose'

/**
 * Queries of a host's stub or resolver over TCP (RFC 7766 section 5): a session of `dns.client` carries the query, and its
 * report goes to the session that asked. The host's state keeps nothing of it.
 */
interface ExchangePurpose extends Purpose {
  readonly kind: 'dnsExchange'
  /** The session that asked. */
  readonly asker: SessionId
  readonly server: Address
}

/** Opens the connection for a query. */
export function askOverTcp(asker: SessionId, { server, octets, means }: SendQuery): Effect {
  const input: ExchangeInput = { octets, means }
  const purpose: ExchangePurpose = { kind: 'dnsExchange', asker, server }
  return { type: 'connect', address: server, port: SERVICES.domain.port, protocol: 'dns.client', input, purpose }
}

const purposeOf = purposeReader<ExchangePurpose>({ dnsExchange: true })

/** The session that asked, for one that carries its query. */
export const askerOverTcp = ({ sessions }: Host, session: SessionId): SessionId | undefined =>
  purposeOf(sessions[session]?.purpose)?.asker

/** Handles a happening of a query over TCP, or returns undefined for any other. */
export function reactOverTcp(host: Host, happening: Happening): readonly Effect[] | undefined {
  if (happening.type === 'sessionEnded') return happening.protocol === 'dns.client' ? [] : undefined
  if (happening.type !== 'asked') return undefined
  const { question: report } = happening
  const asking = host.sessions[happening.session]
  const purpose = purposeOf(asking?.purpose)
  if (!purpose || !asks(dnsClient, asking?.session, report)) return undefined
  const source = { address: purpose.server, port: SERVICES.domain.port, transport: 'tcp' } as const
  const answer = report.type === 'responseReceived' ? { ...report, source } : report
  return [{ type: 'answer', session: purpose.asker, answer }]
}
