import type { CatalogueEntry } from '../../../session/catalogue'

/** One row of the catalogue's tables: a word, its place in the standards, and an example. */
export type Row = readonly [name: string, rfc: string, example: string]

export const BEFORE = ['ready.notAuthenticated'] as const
export const OPEN = ['ready.loggedIn.selected'] as const
export const AUTHENTICATED = ['ready.loggedIn.authenticated', ...OPEN] as const
export const ALWAYS = [...BEFORE, ...AUTHENTICATED] as const

/** Turns rows of one kind into entries; `term` is the RFC's word for the kind. */
export const entriesOf = (
  kind: CatalogueEntry['kind'],
  states: readonly string[],
  term: (name: string) => string,
  rows: readonly Row[],
): readonly CatalogueEntry[] =>
  rows.map(([name, rfc, example]) => ({
    protocol: 'IMAP',
    kind,
    name,
    term: term(name),
    rfc,
    states,
    example,
  }))
