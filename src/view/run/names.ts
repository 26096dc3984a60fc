import type { MapLayout, Scenario } from '../../world/scenario'
import type { HostName } from '../../world/world'

/** The names of hosts on the stage. */
export interface Names {
  /** Short name on the wire: `mx-out`, `mx.bird`. */
  short(host: HostName): string
  /** "Alice's laptop"; of hosts with one title each has its name too, "Alice's laptop (laptop-2)". */
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

/** The strings that are there more than once. */
function repeated(texts: readonly string[]): ReadonlySet<string> {
  const seen = new Set<string>()
  return new Set(texts.filter((text) => seen.has(text) || !seen.add(text)))
}

export function namesOf({ hosts, map }: Scenario): Names {
  const plain = (host: HostName): string => typographic((map as MapLayout).hosts[host]?.title ?? host)
  const alike = repeated(hosts.map(({ name }) => plain(name)))
  const alikeInShort = repeated(hosts.map(({ name }) => shortened(name)))
  const known = new Set(hosts.map(({ name }) => name))
  return {
    short: (host) => (known.has(host) && !alikeInShort.has(shortened(host)) ? shortened(host) : host),
    title: (host) => (alike.has(plain(host)) ? `${plain(host)} (${host})` : plain(host)),
  }
}
