import type { Instant } from '../../base/time'
import type { HostName } from '../../world/world'
import type { Exchange } from '../run/exchanges'
import type { ProtocolName } from '../run/flight'
import type { History } from '../run/history'
import type { StepSize } from '../run/moments'

/** An arrow between two lifelines: a line, a packet, or the opening of a connection. */
export interface Arrow {
  readonly type: 'arrow'
  readonly kind: 'call' | 'line' | 'packet'
  /** The order of the fact that it shows, and that of its packet. */
  readonly fact: number
  readonly packet?: number
  /** The order of the fact that says the line, which a repeated line is not selected by. */
  readonly line?: number
  readonly protocol: ProtocolName
  readonly from: HostName
  readonly to: HostName
  readonly at: Instant
  readonly arrives: Instant
  /** Unsent: no packet has carried it yet. */
  readonly outcome: 'arrived' | 'lost' | 'unsent'
  /** It was said before, in an earlier packet. */
  readonly again: boolean
  readonly encrypted: boolean
  /** The number of packets of an opening. */
  readonly packets: number
}

const kept = new WeakMap<Exchange, Map<StepSize, readonly Arrow[]>>()

/**
 * The arrows of an exchange in the order of sending. An exchange is another value after each fact about it, so its arrows are
 * computed only once for each granularity.
 */
export function arrowsOf(exchange: Exchange, history: History, size: StepSize): readonly Arrow[] {
  const grain = size === 'packet' ? 'packet' : 'line'
  const known = kept.get(exchange) ?? new Map<StepSize, readonly Arrow[]>()
  const arrows = known.get(grain) ?? (grain === 'packet' ? packetsOf(exchange, history) : linesOf(exchange, history))
  known.set(grain, arrows)
  kept.set(exchange, known)
  return arrows
}

/** How many arrows an exchange has, without computing them. */
export const arrowCount = ({ lines, packets, kind }: Exchange, size: StepSize): number =>
  size === 'packet' ? packets.length : lines.length + (kind === 'connection' ? 1 : 0)

function packetsOf(exchange: Exchange, { flights }: History): readonly Arrow[] {
  const again = repeatedPackets(exchange, flights)
  return [...exchange.packets].flatMap((place): readonly Arrow[] => {
    const flight = flights.packets.get(place)?.flight
    if (!flight) return []
    return [
      {
        type: 'arrow',
        kind: 'packet',
        fact: flight.fact,
        packet: flight.fact,
        protocol: flight.length > 0 ? exchange.protocol : flight.protocol,
        from: flight.from,
        to: flight.to,
        at: flight.sent,
        arrives: flight.arrives,
        outcome: flight.arrived ? 'arrived' : 'lost',
        again: again.has(place),
        encrypted: flight.encrypted === true,
        packets: 1,
      },
    ]
  })
}

/** The places of packets that carry again what an earlier packet of the exchange carried. */
function repeatedPackets({ lines }: Exchange, flights: History['flights']): ReadonlySet<number> {
  return new Set([...lines].flatMap((place) => flights.lines.get(place)?.carriers.slice(1) ?? []))
}

function linesOf(exchange: Exchange, { flights }: History): readonly Arrow[] {
  const arrows: Arrow[] = [...callOf(exchange, flights)]
  /** Questions by datagram that were asked before, by asker, server and length. */
  const asked = new Map<string, number>()
  for (const place of exchange.lines) {
    const line = flights.lines.get(place)
    if (!line) continue
    const { flight, carriers } = line
    const base = {
      type: 'arrow',
      kind: 'line',
      fact: flight.fact,
      line: flight.fact,
      protocol: flight.protocol,
      from: flight.from,
      to: flight.to,
      encrypted: flight.encrypted === true,
      packets: 1,
    } as const
    if (carriers.length === 0)
      arrows.push({ ...base, at: flight.sent, arrives: flight.sent, outcome: 'unsent', again: false })
    const key = `${flight.from} ${flight.to} ${flight.length}`
    const lostBefore = exchange.kind === 'lookup' ? (asked.get(key) ?? 0) : 0
    carriers.forEach((carrier, nth) => {
      const packet = flights.packets.get(carrier)?.flight
      if (!packet) return
      arrows.push({
        ...base,
        fact: nth === 0 ? flight.fact : packet.fact,
        packet: packet.fact,
        at: nth === 0 ? flight.sent : packet.sent,
        arrives: packet.arrives,
        outcome: packet.arrived ? 'arrived' : 'lost',
        again: nth > 0 || lostBefore > 0,
      })
    })
    if (exchange.kind === 'lookup') asked.set(key, flight.arrived ? 0 : lostBefore + 1)
  }
  return arrows.sort((a, b) => a.at - b.at || (a.packet ?? a.fact) - (b.packet ?? b.fact))
}

/** The handshake is one arrow; a call without an answer is one too, which ends half way. */
function callOf(exchange: Exchange, flights: History['flights']): readonly Arrow[] {
  if (exchange.kind !== 'connection') return []
  const first = flights.packets.get(exchange.packets.get(0) ?? -1)?.flight
  return [
    {
      type: 'arrow',
      kind: 'call',
      fact: exchange.began,
      protocol: 'TCP',
      from: exchange.client,
      to: exchange.server,
      at: exchange.from,
      arrives: first?.arrives ?? exchange.from,
      outcome: exchange.openedAt === undefined ? (first ? 'lost' : 'unsent') : 'arrived',
      again: false,
      encrypted: false,
      packets: exchange.openedAt === undefined ? exchange.packets.length : 3,
    },
  ]
}
