import type { Fact } from '../../world/fact'
import type { HostName } from '../../world/world'

/** For each host, the hosts with which it has exchanged a packet, in the order of the first one. */
export type Neighbours = Readonly<Record<HostName, readonly HostName[]>>

/** The neighbours after one more fact; the same value if it does not change them. */
export function observeNeighbours(seen: Neighbours, fact: Fact): Neighbours {
  if (fact.type !== 'packetSent' || fact.packet.from === fact.packet.to) return seen
  const { from, to } = fact.packet
  return known(known(seen, from, to), to, from)
}

function known(seen: Neighbours, host: HostName, other: HostName): Neighbours {
  const before = seen[host] ?? []
  return before.includes(other) ? seen : { ...seen, [host]: [...before, other] }
}
