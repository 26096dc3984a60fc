import type { HostSymbol, Scenario } from '../../world/scenario'
import type { HostName } from '../../world/world'
import { isOutside } from '../run/names'
import type { RunView } from '../run/runView'
import { type Way, waysIn } from '../run/ways'

/** A line that the map always shows: between two hosts that speak in this run, or a cable of the scenario. */
export type Route = Way

/** A delegation from one zone to another, drawn as the tree of names. */
export interface Branching {
  readonly parent: HostName
  readonly child: HostName
}

const ASKED: ReadonlySet<HostSymbol> = new Set<HostSymbol>(['resolver', 'root', 'topLevel', 'zone'])

/** Every pair of hosts that speaks in the run, once per protocol; then the scenario's cables over which nothing is said. */
export function routesOf({ history, seen }: RunView, scenario: Scenario): readonly Route[] {
  const ways = waysIn(history.ways, seen.connections)
  const pairs = new Set(ways.map(({ from, to }) => [from, to].sort().join(' ')))
  const cables = scenario.links.flatMap(({ between }): readonly Route[] => {
    const [from, to] = between
    // The line to a name server is drawn once it is queried; the tree of names is always drawn. A program outside may connect
    // anywhere.
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
