import type { CatalogueEntry } from '../../session/catalogue'
import { catalogueOf, documented } from '../knowledge'
import { stateInWords } from '../stage/scene'
import { textOf } from './entryText'
import { ONLY_TERMS, termsOf } from './terms'

/** The content of the reference: the catalogues by which the servers parse, each entry with its own address. */

/** The name of a protocol that has a catalogue. */
export type Documented = string

export interface ReferenceEntry {
  readonly entry: CatalogueEntry
  /** Unique within its protocol: the name, followed by its kind if an earlier entry has that name. */
  readonly slug: string
  /** The text that a search looks through. */
  readonly text: string
}

/** The protocols of the reference, in the order in which they are presented. */
export const presented = (): readonly Documented[] => [...documented(), ...ONLY_TERMS]

/** Everyday words for terms of the standards. */
const EVERYDAY: readonly (readonly [standard: RegExp, word: string])[] = [
  [/\boctets?\b/i, 'byte'],
  [/\breports?\b|delivery status|non-delivery|undeliver|\bDSN\b/i, 'bounce'],
]

const entriesByCatalogue = new Map<readonly CatalogueEntry[], readonly ReferenceEntry[]>()

/** A protocol's entries, in the order of its catalogue. */
export function entriesOf(protocol: Documented): readonly ReferenceEntry[] {
  const catalogue = catalogueOf(protocol)
  const key = catalogue.length > 0 ? catalogue : termsOf(protocol)
  const entries = entriesByCatalogue.get(key) ?? listed(protocol)
  entriesByCatalogue.set(key, entries)
  return entries
}

function listed(protocol: Documented): readonly ReferenceEntry[] {
  const taken = new Set<string>()
  return [...catalogueOf(protocol), ...termsOf(protocol)].map((entry) => {
    const slug = taken.has(entry.name) ? `${entry.name} ${entry.kind}` : entry.name
    taken.add(entry.name)
    const { name, syntax = '', term, rfc } = entry
    const { meaning, slip = '' } = textOf(entry)
    const text = `${name} ${syntax} ${meaning} ${term} ${rfc} ${slip} ${protocol}`
    const everyday = EVERYDAY.filter(([standard]) => standard.test(text)).map(([, word]) => word)
    return { entry, slug, text: [text, ...everyday].join(' ').toLowerCase() }
  })
}

/** `#/reference/smtp/RCPT` */
export const addressOf = (protocol: Documented, slug?: string): string =>
  `#/reference/${protocol.toLowerCase()}${slug === undefined ? '' : `/${encodeURIComponent(slug)}`}`

export interface Named {
  readonly protocol?: Documented
  readonly slug?: string
  /** The text of the address, if it names no known protocol or entry. */
  readonly unknown?: string
}

/** The protocol and the entry that an address names. */
export function namedIn(hash: string): Named {
  const [, name = '', rest] = /^#?\/reference\/([^/?]+)(?:\/([^/?]+))?/.exec(hash) ?? []
  const protocol = presented().find((one) => one.toLowerCase() === name.toLowerCase())
  if (!protocol) return name === '' ? {} : { unknown: decoded(name) }
  if (rest === undefined) return { protocol }
  const wanted = decoded(rest)
  const found = entriesOf(protocol).find(({ slug }) => slug.toLowerCase() === wanted.toLowerCase())
  return found ? { protocol, slug: found.slug } : { protocol, unknown: wanted }
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}

/** The entries that contain every word, those with the word in their name first. */
export function found(protocol: Documented, wanted: string): readonly ReferenceEntry[] {
  const words = wanted.toLowerCase().split(/\s+/).filter(Boolean)
  if (words.length === 0) return entriesOf(protocol)
  const isCalled = ({ entry }: ReferenceEntry): boolean => words.some((word) => entry.name.toLowerCase().includes(word))
  const matching = entriesOf(protocol).filter(({ text }) => words.every((word) => text.includes(word)))
  return [...matching.filter(isCalled), ...matching.filter((one) => !isCalled(one))]
}

/** The entries by kind, in the catalogue's order. */
export function groupsOf(
  members: readonly ReferenceEntry[],
): readonly (readonly [CatalogueEntry['kind'], readonly ReferenceEntry[]])[] {
  const groups = new Map<CatalogueEntry['kind'], ReferenceEntry[]>()
  for (const member of members) groups.set(member.entry.kind, [...(groups.get(member.entry.kind) ?? []), member])
  return [...groups]
}

/** The states that admit a client's command: `session.senderKnown` is "sender known". Empty for a server's replies. */
export const statesInWords = ({ protocol, kind, states = [] }: CatalogueEntry): string =>
  kind === 'command' || kind === 'parameter'
    ? [...new Set(states.map((state) => stateInWords(`${protocol.toLowerCase()}.server`, state)))].join(', ')
    : ''
