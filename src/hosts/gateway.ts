import { decode, meaningOf, UNREADABLE } from '../protocols/dns'
import type { Meaning } from '../session/session'
import type { HostRole } from '../world/role'
import type { SessionId } from '../world/world'
import { purposeReader, sessionWith, type TerminalPurpose } from './purpose'
import { Turn } from './turn'

/**
 * The host that represents programs outside the world. Their actions come as interventions: `connected`, `typed`, `secured`,
 * `hungUp`, `datagramSent`. The world's answers are facts: `read` of its sessions, and `datagramReceived`. So a run with real
 * programs can be replayed from its interventions, like any other.
 */
export type GatewayConfig = Readonly<Record<string, never>>

/** Empty: the outside programs have their own state. */
export type GatewayState = Readonly<Record<string, never>>

const purposeOf = purposeReader<TerminalPurpose>({ terminal: true })

const sessionAt = ({ host }: Turn<GatewayState>, at: string): SessionId | undefined =>
  sessionWith(host, purposeOf, ({ terminal }) => terminal === at)

/** The meaning of an outside datagram if it is a DNS message. */
function meaningOfDatagram(octets: Parameters<typeof decode>[0]): Meaning {
  const message = decode(octets)
  return message === 'malformed' ? UNREADABLE : meaningOf(message)
}

/** Outside programs connect to addresses: they look names up themselves. */
export const gateway: HostRole<GatewayState, GatewayConfig> = {
  start: () => ({}),
  listeners: () => [],
  takes: new Set(['connected', 'typed', 'hungUp', 'secured', 'datagramSent'] as const),
  react(host, happening, env) {
    const turn = new Turn(host, env)
    if (happening.type === 'datagram') {
      const { port, octets, source } = happening
      turn.note({ type: 'datagramReceived', host: host.name, port, octets, source })
      return turn.result
    }
    if (happening.type !== 'intervened') return turn.result
    const { intervention } = happening
    switch (intervention.type) {
      case 'connected': {
        const { terminal, to, port, implicitTls } = intervention
        const purpose: TerminalPurpose = { kind: 'terminal', terminal }
        const protocol = 'text.client'
        const tls = implicitTls ? { implicitTls } : {}
        turn.do({ type: 'connect', address: to, port, protocol, input: { units: 'octets' }, purpose, ...tls })
        break
      }
      case 'typed':
      case 'hungUp':
      case 'secured': {
        const session = sessionAt(turn, intervention.terminal)
        if (session === undefined) break
        const intent =
          intervention.type === 'typed'
            ? { type: 'type', octets: intervention.octets }
            : { type: intervention.type === 'hungUp' ? 'hangUp' : 'secure' }
        turn.do({ type: 'want', session, intent })
        break
      }
      case 'datagramSent': {
        const { to, port, fromPort, octets } = intervention
        const means = meaningOfDatagram(octets)
        turn.do({ type: 'sendDatagram', kind: 'queried', to, port, fromPort, octets, means })
        break
      }
      default:
    }
    return turn.result
  },
}
