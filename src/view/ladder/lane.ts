import { ladderText } from '../../messages/ladder'
import type { HostSymbol, MapLayout, MapRegion, Scenario } from '../../world/scenario'
import type { HostName } from '../../world/world'
import type { Names } from '../run/names'

/** A vertical line of the ladder: one host, or all name servers together. */
export interface Lifeline {
  readonly hosts: readonly HostName[]
  readonly label: string
  readonly symbol: HostSymbol
  readonly x: number
  /** The kind of ground that it stands on. */
  readonly ground: MapRegion['kind']
}

/** A land or a sea, from west to east. */
export interface Band {
  readonly region: MapRegion
  readonly from: number
  readonly to: number
}

/** The lifelines side by side in the order of the map, from west to east, with the lands and seas that they stand on. */
export interface Lane {
  readonly lifelines: readonly Lifeline[]
  readonly bands: readonly Band[]
  readonly width: number
  /** Hosts that have said nothing and have no lifeline, because there are too many. */
  readonly silent: readonly HostName[]
  /** The x of a host's lifeline; undefined if it has none. */
  xOf(host: HostName): number | undefined
}

export interface LaneOptions {
  readonly width: number
  /** Hosts that took part in the run, or in the part of it that is shown. */
  readonly speakers: ReadonlySet<HostName>
  /** Name servers have one lifeline each. */
  readonly apart: boolean
  /** Only the speakers have a lifeline. */
  readonly only?: boolean
  /** The smallest distance between two lifelines. */
  readonly nearest: number
}

/** Up to this number of lifelines, hosts that say nothing have one too. */
const FEW = 10
const NAME_SERVERS: ReadonlySet<HostSymbol> = new Set<HostSymbol>(['root', 'topLevel', 'zone'])
/** The place of a host that the map does not show. */
const NOWHERE = { x: 0, y: 0, symbol: 'laptop' as const, region: '' }

interface Place {
  readonly hosts: readonly HostName[]
  readonly label: string
  readonly symbol: HostSymbol
  readonly x: number
}

/** Lays out the lane. It is as wide as asked, or wider if the lifelines would stand too close. */
export function laneOf(scenario: Scenario, names: Names, options: LaneOptions): Lane {
  const places: MapLayout['hosts'] = scenario.map.hosts
  const regions = scenario.map.regions
  const { speakers, apart, only = false, nearest } = options
  const all = scenario.hosts.map(({ name }) => name)
  const silent = only || all.length > FEW + 3 ? all.filter((host) => !speakers.has(host)) : []
  const shown = all.filter((host) => !silent.includes(host))
  const byRegion = regions.map((region, index) => {
    const here = shown.filter((host) => {
      const key = places[host]?.region
      return key === region.key || (index === 0 && !regions.some((each) => each.key === key))
    })
    return { region, places: placesIn(here, places, names, apart) }
  })
  const { lifelines, bands, width } = only
    ? spread(byRegion, Math.max(options.width, 2 * INSET + (shown.length - 1) * nearest))
    : sideBySide(byRegion, options.width, nearest)
  const xs = new Map(lifelines.flatMap(({ hosts, x }) => hosts.map((host) => [host, x] as const)))
  return { lifelines, bands, width, silent, xOf: (host) => xs.get(host) }
}

interface Ground {
  readonly region: MapRegion
  readonly places: readonly Place[]
}
type Laid = Pick<Lane, 'lifelines' | 'bands' | 'width'>

/** Every region beside the one before. A sea is as wide as its lifelines and one more: a crossing takes time. */
function sideBySide(grounds: readonly Ground[], wanted: number, nearest: number): Laid {
  const units = grounds.map(({ region, places }) =>
    region.kind === 'sea' ? Math.max(places.length, 0.6) + 0.9 : Math.max(places.length, 0.4) + 0.2,
  )
  const total = units.reduce((sum, each) => sum + each, 0)
  const unit = Math.max(wanted / Math.max(total, 1), nearest)
  const bands: Band[] = []
  const lifelines: Lifeline[] = []
  let from = 0
  grounds.forEach(({ region, places }, index) => {
    const to = from + (units[index] ?? 1) * unit
    bands.push({ region, from, to })
    places.forEach((place, i) => {
      const x = from + ((i + 0.5) * (to - from)) / places.length
      lifelines.push({ ...place, x: tenth(x), ground: region.kind })
    })
    from = to
  })
  return { lifelines, bands, width: from }
}

const tenth = (x: number): number => Math.round(x * 10) / 10

/** From the edge to the outermost lifelines, and from a lifeline to the shore. */
const INSET = 46
const SHORE = 50

/** Few lifelines from edge to edge, on the regions between the first and the last that has one. */
function spread(grounds: readonly Ground[], width: number): Laid {
  const [first, last] = [grounds.findIndex(isTaken), grounds.findLastIndex(isTaken)]
  const used = grounds.slice(Math.max(0, first), last + 1)
  const count = used.reduce((sum, { places }) => sum + places.length, 0)
  const xAt = (nth: number): number =>
    count > 1 ? tenth(INSET + (nth * (width - 2 * INSET)) / (count - 1)) : width / 2
  const lifelines: Lifeline[] = []
  const bands: Band[] = []
  let from = 0
  used.forEach(({ region, places }, index) => {
    for (const place of places) lifelines.push({ ...place, x: xAt(lifelines.length), ground: region.kind })
    const next = used[index + 1]
    const edge = lifelines.length > 0 ? xAt(lifelines.length - 1) : 0
    const after = xAt(lifelines.length)
    const isShore = places.length === 0 || next?.places.length === 0
    const to =
      next === undefined ? width : !isShore ? (edge + after) / 2 : places.length === 0 ? after - SHORE : edge + SHORE
    bands.push({ region, from, to: Math.max(from, to) })
    from = Math.max(from, to)
  })
  return { lifelines, bands, width }
}

const isTaken = ({ places }: Ground): boolean => places.length > 0

/** The lifelines of a region from west to east; its name servers stand together unless they are apart. */
function placesIn(
  hosts: readonly HostName[],
  places: MapLayout['hosts'],
  names: Names,
  apart: boolean,
): readonly Place[] {
  const together = apart ? [] : hosts.filter((host) => NAME_SERVERS.has(places[host]?.symbol ?? NOWHERE.symbol))
  const shared = together.length > 1 ? together : []
  const single = hosts
    .filter((host) => !shared.includes(host))
    .map((host): Place & { readonly y: number } => {
      const { x, y, symbol } = places[host] ?? NOWHERE
      return { hosts: [host], label: names.short(host), symbol, x, y }
    })
  const xs = shared.map((host) => places[host]?.x ?? 0)
  const one =
    shared.length > 0
      ? [{ hosts: shared, label: ladderText('nameServers'), symbol: 'topLevel' as const, x: Math.min(...xs), y: 0 }]
      : []
  // Those above each other stand in the order of the way: what lies on the lane comes before what is above it.
  return [...single, ...one].sort((a, b) => a.x - b.x || b.y - a.y)
}
