import type { HostSymbol, Scenario } from '../../world/scenario'
import type { HostName } from '../../world/world'
import { isOutside } from '../run/names'
import type { RunView } from '../run/runView'
import { type Way, waysIn } from '../run/ways'

/** A line on the map that is there even when nothing is said: two hosts that speak in this run, or a cable of the scenario. */
export type Route = Way

/** Where one zone hands over to another: drawn as the tree that names form. */
export interface Branching {
  readonly parent: HostName
  readonly child: HostName
}

const ASKED: ReadonlySet<HostSymbol> = new Set<HostSymbol>(['resolver', 'root', 'topLevel', 'zone'])

/** Every pair of hosts that speaks in the run, once a protocol; then the scenario's cables over which nothing is said. */
export function routesOf({ history, seen }: RunView, scenario: Scenario): readonly Route[] {
  const ways = waysIn(history.ways, seen.connections)
  const pairs = new Set(ways.map(({ from, to }) => [from, to].sort().join(' ')))
  const cables = scenario.links.flatMap(({ between }): readonly Route[] => {
    const [from, to] = between
    // The way to a name server is drawn once it is asked: the tree stands there without it. From outside all ways are open.
    const asks = [from, to].some(
      (name) => ASKED.has(scenario.map.hosts[name]?.symbol ?? 'laptop') || isOutside(scenario, name),
    )
    return asks || pairs.has([from, to].sort().join(' ')) ? [] : [{ from, to, protocol: 'TCP' }]
  })
  return [...ways, ...cables].filter(({ from, to }) => scenario.map.hosts[from] && scenario.map.hosts[to])
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
