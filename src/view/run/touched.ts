import type { Fact } from '../../world/fact'
import type { HostName } from '../../world/world'

/**
 * The hosts that a person has touched: those at which one sits, and whatever a touched host has sent a packet to since. So light
 * goes along the wires that are used. `from`: the order of the first fact that counts; `count`: how many facts there are by now.
 */
export function touchedHosts(
  trace: readonly Fact[],
  seats: readonly HostName[],
  from: number,
  count = trace.length,
): ReadonlySet<HostName> {
  const touched = new Set(seats)
  for (let at = 0; at < count; at++) {
    const fact = trace[at] as Fact
    if (fact.type === 'packetSent' && fact.order >= from && touched.has(fact.packet.from)) touched.add(fact.packet.to)
    if (fact.type === 'intervened' && fact.order >= from && 'host' in fact.intervention)
      touched.add(fact.intervention.host)
  }
  return touched
}
