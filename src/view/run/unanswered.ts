import type { Instant } from '../../base/time'
import type { HostName } from '../../world/world'
import type { LastAsked } from '../gloss/gloss'
import type { Flights } from './flights'

/** A resolver gives up within this many lines after its last question. */
const NEAR = 400

/**
 * The name server that the resolver of a host asked last, for the answer that the host got last from the resolver; undefined if
 * there is none.
 *
 * @param t the instant at which the host learnt that its lookup had failed.
 */
export function lastAsked({ lines }: Flights, host: HostName, t: Instant): LastAsked | undefined {
  let resolver: HostName | undefined
  const answering = new Set<HostName>()
  const end = lines.countUpTo(({ flight }) => flight.sent, t)
  for (let place = end - 1; place >= Math.max(0, end - NEAR); place--) {
    const flight = lines.get(place)?.flight
    if (flight?.protocol !== 'DNS' || flight.kind !== 'line') continue
    const { from, to, arrived } = flight
    if (resolver === undefined) resolver = to === host ? from : undefined
    else if (from === host && to === resolver) continue
    else if (to === resolver && arrived) answering.add(from)
    else if (from === resolver && to !== host) return { server: to, answered: answering.has(to) }
  }
  return undefined
}
