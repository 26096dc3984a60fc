import type { CatalogueEntry } from '../../session/catalogue'

const recordType = (
  name: string,
  term: string,
  entry: Pick<CatalogueEntry, 'syntax' | 'meaning' | 'rfc' | 'slip' | 'example'>,
) => ({ name, protocol: 'DNS', kind: 'recordType', term, ...entry }) as const
const rcode = (name: string, term: string, meaning: string, slip?: string): CatalogueEntry => ({
  name,
  protocol: 'DNS',
  kind: 'rcode',
  term,
  meaning,
  rfc: 'RFC 1035 section 4.1.1',
  ...(slip === undefined ? {} : { slip }),
})
const flag = (name: string, term: string, meaning: string): CatalogueEntry => ({
  name,
  protocol: 'DNS',
  kind: 'flag',
  term,
  meaning,
  rfc: 'RFC 1035 section 4.1.1',
})

/** Every record type, response code and flag that a DNS message of this world may show. */
export const dnsCatalogue: readonly CatalogueEntry[] = [
  recordType('MX', 'mail exchange', {
    syntax: 'NAME TTL MX PREFERENCE EXCHANGE',
    meaning:
      'Names a host that takes mail for this domain. Of several, the one with the lowest preference is tried first.',
    rfc: 'RFC 1035 section 3.3.9, RFC 5321 section 5.1',
    slip: 'The exchange is the name of a host, never an address and never an alias. Write MX 10 mx.bird.example. and give that name an A record.',
    example: 'bird.example. 3600 MX 10 mx.bird.example.',
  }),
  recordType('A', 'host address', {
    syntax: 'NAME TTL A ADDRESS',
    meaning:
      'Gives the IPv4 address of a host. Where a domain has no MX record, its own address record takes the mail.',
    rfc: 'RFC 1035 section 3.4.1',
    example: 'mx.bird.example. 3600 A 203.0.113.25',
  }),
  recordType('AAAA', 'IPv6 host address', {
    syntax: 'NAME TTL AAAA ADDRESS',
    meaning: 'Gives the IPv6 address of a host.',
    rfc: 'RFC 3596 section 2.1',
    example: 'mx.bird.example. 3600 AAAA 2001:db8::25',
  }),
  recordType('NS', 'authoritative name server', {
    syntax: 'NAME TTL NS HOST',
    meaning:
      'Names a server that speaks for this zone. In the zone above, it says whom to ask next: that is a delegation.',
    rfc: 'RFC 1035 section 3.3.11',
    slip: 'If the server’s name lies within the zone it serves, the zone above has to give its address too (glue), or nobody finds it.',
    example: 'bird.example. 172800 NS ns.bird.example.',
  }),
  recordType('SOA', 'start of a zone of authority', {
    syntax: 'NAME TTL SOA PRIMARY MAILBOX SERIAL REFRESH RETRY EXPIRE MINIMUM',
    meaning:
      'Stands once at the top of a zone. Its last number says for how many seconds "there is no such thing" may be remembered.',
    rfc: 'RFC 1035 section 3.3.13, RFC 2308 section 4',
    example: 'bird.example. 3600 SOA ns.bird.example. hostmaster.bird.example. 1 7200 900 1209600 300',
  }),
  recordType('TXT', 'text strings', {
    syntax: 'NAME TTL TXT "TEXT"',
    meaning:
      'Holds text for whoever knows what to make of it: SPF, DKIM and DMARC say here who may send mail for a domain.',
    rfc: 'RFC 1035 section 3.3.14',
    slip: 'One string has at most 255 octets; longer text is several strings that the reader joins without a space.',
    example: 'bird.example. 3600 TXT "v=spf1 mx -all"',
  }),
  recordType('CNAME', 'canonical name', {
    syntax: 'NAME TTL CNAME TARGET',
    meaning: 'Says that this name is another name for the target; the question goes on with the target.',
    rfc: 'RFC 1035 section 3.3.1, RFC 1034 section 3.6.2',
    slip: 'A name with a CNAME has no other records, so a domain that has MX, NS or SOA records cannot be an alias.',
    example: 'www.bird.example. 3600 CNAME bird.example.',
  }),
  recordType('PTR', 'domain name pointer', {
    syntax: 'NAME TTL PTR NAME',
    meaning: 'Leads from an address, written backwards under in-addr.arpa, to the name of its host.',
    rfc: 'RFC 1035 section 3.3.12',
    example: '25.113.0.203.in-addr.arpa. 3600 PTR mx.bird.example.',
  }),
  rcode(
    'NOERROR',
    'no error condition',
    'The server could read the question and answers it, if only with "no such record" or "ask them".',
  ),
  rcode('FORMERR', 'format error', 'The server could not read the question.'),
  rcode(
    'SERVFAIL',
    'server failure',
    'The server could not find out, for reasons of its own or of those it asked. It may be different later, so mail waits and tries again.',
    'It does not mean that the name is wrong: a letter that meets it is deferred, not returned.',
  ),
  rcode(
    'NXDOMAIN',
    'name error',
    'The name does not exist, and nothing exists below it. Mail for it cannot go anywhere and is returned.',
    'A name that exists without the record asked for is another matter: that answer is NOERROR with no answers (NODATA).',
  ),
  rcode('NOTIMP', 'not implemented', 'The server does not do this kind of query.'),
  rcode('REFUSED', 'refused', 'The server does not answer this asker, or does not speak for this name.'),
  flag('QR', 'query or response', 'Tells a response from a query.'),
  flag('AA', 'authoritative answer', 'The server speaks for the zone itself; it does not repeat what others said.'),
  flag('TC', 'truncation', 'The answer was too long for one datagram and has been cut.'),
  flag('RD', 'recursion desired', 'Asks the server to find out from others what it does not know.'),
  flag('RA', 'recursion available', 'The server is willing to find out from others.'),
]
