import type { CatalogueEntry } from '../../session/catalogue'

/** Record types, and types that only a question can have. */

const type = (
  name: string,
  term: string,
  entry: Pick<CatalogueEntry, 'syntax' | 'meaning' | 'rfc' | 'slip' | 'example'>,
): CatalogueEntry => ({ name, protocol: 'DNS', kind: 'recordType', term, ...entry })

export const recordEntries: readonly CatalogueEntry[] = [
  type('MX', 'mail exchange', {
    syntax: 'NAME TTL MX PREFERENCE EXCHANGE',
    meaning:
      'Names a host that takes mail for this domain. Of several, the one with the lowest preference is tried first.',
    rfc: 'RFC 1035 section 3.3.9, RFC 5321 section 5.1',
    slip: 'The exchange is the name of a host, never an address and never an alias. Write MX 10 mx.bird.example. and give that name an A record.',
    example: 'bird.example. 3600 MX 10 mx.bird.example.',
  }),
  type('A', 'host address', {
    syntax: 'NAME TTL A ADDRESS',
    meaning:
      'Gives the IPv4 address of a host. Where a domain has no MX record, its own address record takes the mail.',
    rfc: 'RFC 1035 section 3.4.1',
    slip: 'A host with two addresses has two A records, one line each.',
    example: 'mx.bird.example. 3600 A 203.0.113.25',
  }),
  type('AAAA', 'IPv6 host address', {
    syntax: 'NAME TTL AAAA ADDRESS',
    meaning: 'Gives the IPv6 address of a host: four times as long as an IPv4 address, hence the four letters.',
    rfc: 'RFC 3596 section 2.1',
    slip: 'Who publishes an AAAA record is reached that way first: the server has to listen there too.',
    example: 'mx.bird.example. 3600 AAAA 2001:db8::25',
  }),
  type('NS', 'authoritative name server', {
    syntax: 'NAME TTL NS HOST',
    meaning:
      'Names a server that speaks for this zone. In the zone above, it says whom to ask next: that is a delegation.',
    rfc: 'RFC 1035 section 3.3.11',
    slip: 'If the server’s name lies within the zone it serves, the zone above has to give its address too (glue), or nobody finds it.',
    example: 'bird.example. 172800 NS ns.bird.example.',
  }),
  type('SOA', 'start of a zone of authority', {
    syntax: 'NAME TTL SOA PRIMARY MAILBOX SERIAL REFRESH RETRY EXPIRE MINIMUM',
    meaning:
      'Stands once at the top of a zone. Its last number says for how many seconds "there is no such thing" may be remembered.',
    rfc: 'RFC 1035 section 3.3.13, RFC 2308 section 4',
    slip: 'The serial has to be raised with every change, or the other servers of the zone never fetch it. The mailbox has a dot in place of the @.',
    example: 'bird.example. 3600 SOA ns.bird.example. hostmaster.bird.example. 1 7200 900 1209600 300',
  }),
  type('TXT', 'text strings', {
    syntax: 'NAME TTL TXT "TEXT"',
    meaning:
      'Holds text for whoever knows what to make of it: SPF, DKIM and DMARC say here who may send mail for a domain.',
    rfc: 'RFC 1035 section 3.3.14',
    slip: 'One string has at most 255 octets; longer text is several strings that the reader joins without a space.',
    example: 'bird.example. 3600 TXT "v=spf1 mx -all"',
  }),
  type('CNAME', 'canonical name', {
    syntax: 'NAME TTL CNAME TARGET',
    meaning: 'Says that this name is another name for the target; the question goes on with the target.',
    rfc: 'RFC 1035 section 3.3.1, RFC 1034 section 3.6.2',
    slip: 'A name with a CNAME has no other records, so a domain that has MX, NS or SOA records cannot be an alias.',
    example: 'www.bird.example. 3600 CNAME bird.example.',
  }),
  type('PTR', 'domain name pointer', {
    syntax: 'NAME TTL PTR NAME',
    meaning: 'Leads from an address, written backwards under in-addr.arpa, to the name of its host.',
    rfc: 'RFC 1035 sections 3.3.12 and 3.5',
    slip: 'It is a record of its own, in a zone of its own, which belongs to whoever owns the address: an A record does not make it.',
    example: '25.113.0.203.in-addr.arpa. 3600 PTR mx.bird.example.',
  }),
  type('ANY', 'request for all records', {
    syntax: 'NAME ANY',
    meaning:
      'Asks for all that a name has. A name server of this world says it; a resolver, which may not have all, does not.',
    rfc: 'RFC 1035 section 3.2.3, RFC 8482',
    slip: 'It does not save questions: a cache gives what it happens to have. Ask for the type that is needed.',
  }),
  type('AXFR', 'transfer of an entire zone', {
    syntax: 'NAME AXFR',
    meaning: 'Asks for a whole zone, so that another server can serve it too. Not done here.',
    rfc: 'RFC 1035 section 3.2.3, RFC 5936',
  }),
  type('IXFR', 'incremental zone transfer', {
    syntax: 'NAME IXFR',
    meaning: 'Asks for what has changed in a zone since a serial number. Not done here.',
    rfc: 'RFC 1995',
  }),
]
