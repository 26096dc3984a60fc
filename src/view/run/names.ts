import type { MapLayout, Scenario } from '../../world/scenario'
import type { HostName } from '../../world/world'

/** The names of hosts on the stage. */
export interface Names {
  /** Short name on the wire: `mx-out`, `mx.bird`. */
  short(host: HostName): string
  /** "Alice's laptop" */
  title(host: HostName): string
}

/** True for the host that represents programs outside of the world. */
export const isOutside = ({ hosts }: Scenario, host: HostName): boolean =>
  hosts.some(({ name, role }) => name === host && role === 'gateway')

/** Replaces apostrophes by typographic ones. */
export const typographic = (text: string): string => text.replace(/'/g, '’')

/**
 * Drops the ending that all names share, and the labels after a first label that is clear by itself: `mx-out.paper.example` is
 * `mx-out`.
 */
function shortened(name: string): string {
  const labels = name.replace(/\.$/, '').split('.')
  if (labels.length <= 1) return name
  const [first = name, second = ''] = labels
  return first.length >= 4 || labels.length === 2 ? first : `${first}.${second}`
}

export function namesOf(scenario: Scenario): Names {
  const counts = new Map<string, number>()
  for (const { name } of scenario.hosts) counts.set(shortened(name), (counts.get(shortened(name)) ?? 0) + 1)
  const titleOf = (host: HostName): string => typographic((scenario.map as MapLayout).hosts[host]?.title ?? host)
  return {
    short: (host) => (counts.get(shortened(host)) === 1 ? shortened(host) : host),
    title: titleOf,
  }
}
