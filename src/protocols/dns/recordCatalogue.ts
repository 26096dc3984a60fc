import type { CatalogueEntry } from '../../session/catalogue'

/** Record types, and types that only a question can have. */

const type = (
  name: string,
  term: string,
  entry: Pick<CatalogueEntry, 'syntax' | 'rfc' | 'example'>,
): CatalogueEntry => ({ name, protocol: 'DNS', kind: 'recordType', term, ...entry })

export const recordEntries: readonly CatalogueEntry[] = [
  type('MX', 'mail exchange', {
    syntax: 'NAME TTL MX PREFERENCE EXCHANGE',
    rfc: 'RFC 1035 section 3.3.9, RFC 5321 section 5.1',
    example: 'bird.example. 3600 MX 10 mx.bird.example.',
  }),
  type('A', 'host address', {
    syntax: 'NAME TTL A ADDRESS',
    rfc: 'RFC 1035 section 3.4.1',
    example: 'mx.bird.example. 3600 A 203.0.113.25',
  }),
  type('AAAA', 'IPv6 host address', {
    syntax: 'NAME TTL AAAA ADDRESS',
    rfc: 'RFC 3596 section 2.1',
    example: 'mx.bird.example. 3600 AAAA 2001:db8::25',
  }),
  type('NS', 'authoritative name server', {
    syntax: 'NAME TTL NS HOST',
    rfc: 'RFC 1035 section 3.3.11',
    example: 'bird.example. 172800 NS ns.bird.example.',
  }),
  type('SOA', 'start of a zone of authority', {
    syntax: 'NAME TTL SOA PRIMARY MAILBOX SERIAL REFRESH RETRY EXPIRE MINIMUM',
    rfc: 'RFC 1035 section 3.3.13, RFC 2308 section 4',
    example: 'bird.example. 3600 SOA ns.bird.example. hostmaster.bird.example. 1 7200 900 1209600 300',
  }),
  type('TXT', 'text strings', {
    syntax: 'NAME TTL TXT "TEXT"',
    rfc: 'RFC 1035 section 3.3.14',
    example: 'bird.example. 3600 TXT "v=spf1 mx -all"',
  }),
  type('CNAME', 'canonical name', {
    syntax: 'NAME TTL CNAME TARGET',
    rfc: 'RFC 1035 section 3.3.1, RFC 1034 section 3.6.2',
    example: 'www.bird.example. 3600 CNAME bird.example.',
  }),
  type('PTR', 'domain name pointer', {
    syntax: 'NAME TTL PTR NAME',
    rfc: 'RFC 1035 sections 3.3.12 and 3.5',
    example: '25.113.0.203.in-addr.arpa. 3600 PTR mx.bird.example.',
  }),
  type('ANY', 'request for all records', {
    syntax: 'NAME ANY',
    rfc: 'RFC 1035 section 3.2.3, RFC 8482',
  }),
  type('AXFR', 'transfer of an entire zone', {
    syntax: 'NAME AXFR',
    rfc: 'RFC 1035 section 3.2.3, RFC 5936',
  }),
  type('IXFR', 'incremental zone transfer', {
    syntax: 'NAME IXFR',
    rfc: 'RFC 1995',
  }),
]
