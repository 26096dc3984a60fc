import type { HostSymbol, Scenario } from '../../world/scenario'
import type { HostName } from '../../world/world'
import { isOver } from '../run/connections'
import { type ProtocolName, protocolOn } from '../run/flights'
import { isOutside } from '../run/names'
import type { TraceIndex } from '../run/traceIndex'

/** A line on the map that is there even when nothing is said: two hosts that speak in this run, or a cable of the scenario. */
export interface Route {
  readonly from: HostName
  readonly to: HostName
  readonly protocol: ProtocolName
  readonly port?: number
}

/** Where one zone hands over to another: drawn as the tree that names form. */
export interface Branching {
  readonly parent: HostName
  readonly child: HostName
}

export const routeKey = (a: HostName, b: HostName, protocol: ProtocolName): string =>
  `${[a, b].sort().join(' ')} ${protocol}`

const ASKED: ReadonlySet<HostSymbol> = new Set<HostSymbol>(['resolver', 'root', 'topLevel', 'zone'])

/** Every pair of hosts that speaks in the trace, once a protocol; then the scenario's cables over which nothing is said. */
export function routesOf(index: TraceIndex, scenario: Scenario): readonly Route[] {
  const routes = new Map<string, Route>()
  const pairs = new Set<string>()
  const put = (route: Route): void => {
    const key = routeKey(route.from, route.to, route.protocol)
    if (!routes.has(key)) routes.set(key, route)
    pairs.add([route.from, route.to].sort().join(' '))
  }
  for (const seen of index.connections.all) {
    // Two hosts have not spoken where the call was not taken: no line stays.
    if (seen && (seen.opened || !isOver(seen)))
      put({ from: seen.client, to: seen.server, protocol: protocolOn(seen), port: seen.port })
  }
  for (const { from, to, protocol } of index.lines) if (protocol === 'DNS') put({ from, to, protocol, port: 53 })
  for (const { between } of scenario.links) {
    const [from, to] = between
    // The way to a name server is drawn once it is asked: the tree stands there without it. From outside all ways are open.
    const asks = [from, to].some(
      (name) => ASKED.has(scenario.map.hosts[name]?.symbol ?? 'laptop') || isOutside(scenario, name),
    )
    if (!asks && !pairs.has([from, to].sort().join(' '))) put({ from, to, protocol: 'TCP' })
  }
  return [...routes.values()].filter(({ from, to }) => scenario.map.hosts[from] && scenario.map.hosts[to])
}

export function branchingsOf(scenario: Scenario): readonly Branching[] {
  const named = Object.entries(scenario.map.hosts)
  const of = (symbol: string): HostName[] => named.filter(([, place]) => place.symbol === symbol).map(([name]) => name)
  const tops = of('topLevel')
  return [
    ...of('root').flatMap((parent) => tops.map((child) => ({ parent, child }))),
    ...tops.flatMap((parent) => of('zone').map((child) => ({ parent, child }))),
  ]
}
