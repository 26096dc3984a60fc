import type { CatalogueEntry } from '../../session/catalogue'
import { messageEntries } from './messageCatalogue'
import { recordEntries } from './recordCatalogue'

/** A word of a zone file other than a record. */
const word = (
  name: string,
  term: string,
  entry: Pick<CatalogueEntry, 'syntax' | 'rfc' | 'example'>,
): CatalogueEntry => ({ name, protocol: 'DNS', kind: 'zoneFile', term, ...entry })

const zoneFileEntries: readonly CatalogueEntry[] = [
  word('$ORIGIN', 'origin', {
    syntax: '$ORIGIN NAME',
    rfc: 'RFC 1035 section 5.1',
    example: '$ORIGIN bird.example.',
  }),
  word('$TTL', 'default time to live', {
    syntax: '$TTL SECONDS',
    rfc: 'RFC 2308 section 4',
    example: '$TTL 3600',
  }),
  word('$INCLUDE', 'include', {
    syntax: '$INCLUDE FILE',
    rfc: 'RFC 1035 section 5.1',
  }),
  word('@', 'current origin', {
    syntax: '@ TTL TYPE DATA',
    rfc: 'RFC 1035 section 5.1',
    example: '@ MX 10 mx',
  }),
  word('*', 'wildcard', {
    syntax: '*.NAME TTL TYPE DATA',
    rfc: 'RFC 4592',
    example: '*.bird.example. 3600 MX 10 mx.bird.example.',
  }),
  word('( )', 'parentheses', {
    syntax: 'NAME TTL SOA PRIMARY MAILBOX ( NUMBERS )',
    rfc: 'RFC 1035 section 5.1',
  }),
  word(';', 'comment', {
    syntax: '; TEXT',
    rfc: 'RFC 1035 section 5.1',
  }),
  word('\\', 'escape', {
    syntax: '\\X or \\DDD',
    rfc: 'RFC 1035 section 5.1',
    example: 'first\\.last.bird.example.',
  }),
]

/** Every record type, code, flag, section and word of this world's DNS messages and zone files. */
export const dnsCatalogue: readonly CatalogueEntry[] = [...recordEntries, ...messageEntries, ...zoneFileEntries]
