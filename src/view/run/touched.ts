import type { Fact } from '../../world/fact'
import type { HostName } from '../../world/world'

/**
 * The hosts that a person has touched among the first `count` facts: those at which one sits, and whatever a touched host has sent
 * a packet to since. So light goes along the wires that are used. `from`: the order of the first fact that counts.
 */
export interface Known {
  readonly trace: readonly Fact[]
  readonly from: number
  readonly count: number
  readonly hosts: ReadonlySet<HostName>
}

/** The same with more facts, of which only the new ones are read. The set is the same one if nothing more is touched. */
export function furtherIn(known: Known, count: number): Known {
  const { trace, from } = known
  const touched = new Set(known.hosts)
  for (let at = known.count; at < count; at++) {
    const fact = trace[at] as Fact
    if (fact.order < from) continue
    if (fact.type === 'packetSent' && touched.has(fact.packet.from)) touched.add(fact.packet.to)
    if (fact.type === 'intervened' && 'host' in fact.intervention) touched.add(fact.intervention.host)
  }
  return { ...known, count, hosts: touched.size === known.hosts.size ? known.hosts : touched }
}
