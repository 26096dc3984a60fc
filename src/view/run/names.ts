import { storyText } from '../../messages/story'
import type { HostSymbol, MapLayout, Scenario } from '../../world/scenario'
import type { HostName } from '../../world/world'

/** The names of hosts on the stage. */
export interface Names {
  /** The name in sentences and lists. Of a server its short name on the wire, `mx-out`, `mx.bird`; of a device its title. */
  short(host: HostName): string
  /**
   * "Alice's laptop", "name server of bird.example"; of hosts with one title each has its name too, "Alice's laptop (laptop-2)".
   */
  title(host: HostName): string
  /** The title as it stands on the map, where a name server is labelled with its zone. */
  label(host: HostName): string
  /** Sentences with a capital where a title begins them. A name on the wire keeps its letters: `mx-out`. */
  sentence(text: string): string
}

const DEVICES: ReadonlySet<HostSymbol> = new Set<HostSymbol>(['laptop', 'phone'])
const ZONES: ReadonlySet<HostSymbol> = new Set<HostSymbol>(['topLevel', 'zone'])

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

const raised = (text: string): string => text.slice(0, 1).toUpperCase() + text.slice(1)

export function namesOf({ hosts, map }: Scenario): Names {
  const places = (map as MapLayout).hosts
  const label = (host: HostName): string => typographic(places[host]?.title ?? host)
  const is = (symbols: ReadonlySet<HostSymbol>, host: HostName): boolean => {
    const symbol = places[host]?.symbol
    return symbol !== undefined && symbols.has(symbol)
  }
  const plain = (host: HostName): string =>
    is(ZONES, host) ? storyText('nameServer', { zone: label(host).replace(/\.$/, '') }) : label(host)
  const alike = repeated(hosts.map(({ name }) => plain(name)))
  const alikeInShort = repeated(hosts.map(({ name }) => shortened(name)))
  const known = new Set(hosts.map(({ name }) => name))
  const title = (host: HostName): string => (alike.has(plain(host)) ? `${plain(host)} (${host})` : plain(host))
  const onWire = (host: HostName): string =>
    known.has(host) && !alikeInShort.has(shortened(host)) ? shortened(host) : host
  const titles = hosts.map(({ name }) => title(name)).filter((each) => each.includes(' ') && each !== raised(each))
  const sentence = (text: string): string =>
    titles.reduce(
      (said, each) => (said.startsWith(each) ? raised(said) : said).replaceAll(`. ${each}`, `. ${raised(each)}`),
      text,
    )
  return { sentence, short: (host) => (is(DEVICES, host) ? title(host) : onWire(host)), title, label }
}
