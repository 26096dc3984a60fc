import type { Fact } from '../../world/fact'
import type { HostName } from '../../world/world'

/** The hosts that each host has sent a packet to or got one from, in the order in which they first spoke. */
export type Neighbours = Readonly<Record<HostName, readonly HostName[]>>

/** What a fact changes about neighbours. Gives back the same value where it changes nothing. */
export function observeNeighbours(seen: Neighbours, fact: Fact): Neighbours {
  if (fact.type !== 'packetSent') return seen
  const { from, to } = fact.packet
  return known(known(seen, from, to), to, from)
}

function known(seen: Neighbours, host: HostName, other: HostName): Neighbours {
  const before = seen[host] ?? []
  return before.includes(other) ? seen : { ...seen, [host]: [...before, other] }
}
