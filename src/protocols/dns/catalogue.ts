import type { CatalogueEntry } from '../../session/catalogue'
import { messageEntries } from './messageCatalogue'
import { recordEntries } from './recordCatalogue'

/** A word of a zone file other than a record. */
const word = (
  name: string,
  term: string,
  entry: Pick<CatalogueEntry, 'syntax' | 'meaning' | 'rfc' | 'slip' | 'example'>,
): CatalogueEntry => ({ name, protocol: 'DNS', kind: 'zoneFile', term, ...entry })

const zoneFileEntries: readonly CatalogueEntry[] = [
  word('$ORIGIN', 'origin', {
    syntax: '$ORIGIN NAME',
    meaning: 'From here on, names without a dot at their end continue with this one.',
    rfc: 'RFC 1035 section 5.1',
    slip: 'The dot at the end: mx.bird.example without it is mx.bird.example.bird.example.',
    example: '$ORIGIN bird.example.',
  }),
  word('$TTL', 'default time to live', {
    syntax: '$TTL SECONDS',
    meaning: 'For how long records may be remembered that do not say so themselves. 1h and 2d are understood too.',
    rfc: 'RFC 2308 section 4',
    slip: 'Lower it before a change, not with it: others remember the old number until it has run out.',
    example: '$TTL 3600',
  }),
  word('$INCLUDE', 'include', {
    syntax: '$INCLUDE FILE',
    meaning: 'Puts another file in this place. Here there are no other files, so it is refused.',
    rfc: 'RFC 1035 section 5.1',
  }),
  word('@', 'current origin', {
    syntax: '@ TTL TYPE DATA',
    meaning: 'Stands for the origin, which is the zone itself where nothing else was said.',
    rfc: 'RFC 1035 section 5.1',
    example: '@ MX 10 mx',
  }),
  word('*', 'wildcard', {
    syntax: '*.NAME TTL TYPE DATA',
    meaning: 'Answers for every name below that is not there itself.',
    rfc: 'RFC 4592',
    slip: 'A name that has any record, or another name below it, is there: the wildcard gives it nothing, not even the types that it lacks.',
    example: '*.bird.example. 3600 MX 10 mx.bird.example.',
  }),
  word('( )', 'parentheses', {
    syntax: 'NAME TTL SOA PRIMARY MAILBOX ( NUMBERS )',
    meaning: 'Let a record go on over several lines.',
    rfc: 'RFC 1035 section 5.1',
  }),
  word(';', 'comment', {
    syntax: '; TEXT',
    meaning: 'The rest of the line is for people.',
    rfc: 'RFC 1035 section 5.1',
    slip: 'In a text it is only safe between quotation marks.',
  }),
  word('\\', 'escape', {
    syntax: '\\X or \\DDD',
    meaning: 'Takes the special meaning from the next character, or stands for the octet of this decimal number.',
    rfc: 'RFC 1035 section 5.1',
    example: 'first\\.last.bird.example.',
  }),
]

/** Every record type, code, flag, section and word of this world's DNS messages and zone files. */
export const dnsCatalogue: readonly CatalogueEntry[] = [...recordEntries, ...messageEntries, ...zoneFileEntries]
