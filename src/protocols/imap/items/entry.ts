import type { CatalogueEntry } from '../../../session/catalogue'

/** One row of the catalogue's tables: what a word means, where it stands in the standards, the slip it invites, and an example. */
export type Row = readonly [name: string, meaning: string, rfc: string, slip: string, example: string]

export const BEFORE = ['notAuthenticated.ready'] as const
export const AUTHENTICATED = ['authenticated.ready', 'selected.ready'] as const
export const OPEN = ['selected.ready'] as const
export const ALWAYS = [...BEFORE, ...AUTHENTICATED] as const

/** Rows of one kind become entries; `term` says how the RFC calls such a word. */
export const entriesOf = (
  kind: CatalogueEntry['kind'],
  states: readonly string[],
  term: (name: string) => string,
  rows: readonly Row[],
): readonly CatalogueEntry[] =>
  rows.map(([name, meaning, rfc, slip, example]) => ({
    protocol: 'IMAP',
    kind,
    name,
    meaning,
    term: term(name),
    rfc,
    states,
    slip,
    example,
  }))
