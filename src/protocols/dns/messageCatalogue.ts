import type { CatalogueEntry } from '../../session/catalogue'

/** The parts of a DNS message other than records: operation, outcome, flags, sections, EDNS. */

const HEADER = 'RFC 1035 section 4.1.1'
const UPDATE = 'RFC 2136 section 2.2'

type Rest = Partial<Pick<CatalogueEntry, 'rfc' | 'slip' | 'syntax' | 'example'>>

const entryOf =
  (kind: CatalogueEntry['kind'], source: string) =>
  (name: string, term: string, meaning: string, rest: Rest = {}): CatalogueEntry => ({
    name,
    protocol: 'DNS',
    kind,
    term,
    meaning,
    rfc: source,
    ...rest,
  })

const opcode = entryOf('opcode', HEADER)
const rcode = entryOf('rcode', HEADER)
const flag = entryOf('flag', HEADER)
const section = entryOf('section', 'RFC 1035 section 4.1')
const edns = entryOf('edns', 'RFC 6891 section 6.1.3')

const opcodes = [
  opcode(
    'QUERY',
    'standard query',
    'The number 0: somebody asks for records of a name. All that this world asks is such a query.',
  ),
  opcode(
    'IQUERY',
    'inverse query',
    'The number 1: who has this address? It was given up for PTR records, and is not done here.',
    {
      rfc: 'RFC 3425',
    },
  ),
  opcode(
    'STATUS',
    'server status request',
    'The number 2: how is the server? Nobody ever said how it is to be answered, so nobody answers it.',
  ),
  opcode('NOTIFY', 'zone change notification', 'The number 4: a zone has changed, come and fetch it. Not done here.', {
    rfc: 'RFC 1996 section 3',
  }),
  opcode('UPDATE', 'dynamic update', 'The number 5: change these records. Here zones are edited as texts.', {
    rfc: 'RFC 2136 section 2',
  }),
]

const rcodes = [
  rcode(
    'NOERROR',
    'no error condition',
    'The server could read the question and answers it, if only with "no such record" or "ask them".',
    {
      slip: 'It does not mean that there is an answer: look whether the answer section has a record (else it is NODATA).',
    },
  ),
  rcode(
    'FORMERR',
    'format error',
    'The server could not read the question. An old one says it to EDNS and is asked again without.',
  ),
  rcode(
    'SERVFAIL',
    'server failure',
    'The server could not find out, for reasons of its own or of those it asked. It may be different later, so mail waits and tries again.',
    { slip: 'It does not mean that the name is wrong: a letter that meets it is deferred, not returned.' },
  ),
  rcode(
    'NXDOMAIN',
    'name error',
    'The name does not exist, and nothing exists below it. Mail for it cannot go anywhere and is returned.',
    {
      rfc: `${HEADER}, RFC 8020`,
      slip: 'A name that exists without the record asked for is another matter: that answer is NOERROR with no answers (NODATA).',
    },
  ),
  rcode('NOTIMP', 'not implemented', 'The server does not do this kind of query.'),
  rcode('REFUSED', 'refused', 'The server does not answer this asker, or does not speak for this name.', {
    slip: 'A name server that is named in an NS record and says this is lame: the zone was never set up there, or has gone.',
  }),
  rcode('YXDOMAIN', 'name exists when it should not', 'Said to an update that wants the name not to be there.', {
    rfc: UPDATE,
  }),
  rcode('YXRRSET', 'RR set exists when it should not', 'Said to an update that wants the records not to be there.', {
    rfc: UPDATE,
  }),
  rcode('NXRRSET', 'RR set that should exist does not', 'Said to an update that wants the records to be there.', {
    rfc: UPDATE,
  }),
  rcode('NOTAUTH', 'server not authoritative for zone', 'Said to an update of a zone that the server does not have.', {
    rfc: UPDATE,
  }),
  rcode('NOTZONE', 'name not contained in zone', 'Said to an update of a name outside of the zone.', { rfc: UPDATE }),
  rcode(
    'BADVERS',
    'bad OPT version',
    'The server does not speak this version of EDNS. Its own stands in the OPT record of the response.',
    {
      rfc: 'RFC 6891 section 9',
      slip: 'Its number, 16, does not fit in the header: four bits stand there and eight in the OPT record.',
    },
  ),
]

const flags = [
  flag('QR', 'query or response', 'Tells a response from a query.', {
    slip: 'A response that comes to the port for queries is never answered, or two servers could go on forever.',
  }),
  flag('AA', 'authoritative answer', 'The server speaks for the zone itself; it does not repeat what others said.', {
    slip: 'A referral does not have it, though it comes from the zone above: that zone does not own the names below the cut.',
  }),
  flag(
    'TC',
    'truncation',
    'The answer was too long for one datagram and has been cut. All of it is to be had over TCP.',
    {
      rfc: `${HEADER}, RFC 7766 section 5`,
      slip: 'What is left of a cut answer is not used: ask again over TCP. A firewall that lets only UDP through to port 53 breaks long answers.',
    },
  ),
  flag('RD', 'recursion desired', 'Asks the server to find out from others what it does not know.', {
    slip: 'Asked of an authoritative server it changes nothing: the response has no RA.',
  }),
  flag('RA', 'recursion available', 'The server is willing to find out from others.', {
    slip: 'A name server for the world at large does not offer it: an open resolver is used for attacks on third parties.',
  }),
  flag('Z', 'reserved', 'Always zero.'),
  flag(
    'AD',
    'authentic data',
    'All of the answer has been checked by DNSSEC; in a query: tell me if it has. Never set in this world.',
    {
      rfc: 'RFC 4035 section 3.2.3, RFC 6840 section 5.7',
    },
  ),
  flag('CD', 'checking disabled', 'Asks the resolver not to check by DNSSEC. Nothing is checked in this world.', {
    rfc: 'RFC 4035 section 3.2.2',
  }),
]

const sections = [
  section('question', 'question section', 'What is asked: a name, a type and a class. The response repeats it.', {
    syntax: 'NAME TYPE CLASS',
    slip: 'There is room for several questions, and nobody answers more than one.',
  }),
  section('answer', 'answer section', 'The records asked for, and the aliases that led to them.', {
    slip: 'Empty does not mean that the name is wrong: see NOERROR and NXDOMAIN.',
  }),
  section(
    'authority',
    'authority section',
    'Who speaks for the name: NS records of the servers to ask next (a referral), or the SOA of the zone that has no such thing.',
    { rfc: 'RFC 1035 section 4.1, RFC 2308 section 2' },
  ),
  section(
    'additional',
    'additional records section',
    'What the asker will want next: addresses of name servers (glue) and of exchangers. EDNS’s OPT record stands here too.',
    {
      slip: 'It helps to find servers and answers nobody: what stands here is not believed as an answer (RFC 2181 section 5.4.1).',
    },
  ),
]

const ednsTerms = [
  edns(
    'OPT',
    'OPT pseudo-RR',
    'A record that is none: it says in a query what its sender can do, and in a response the same of the server.',
    {
      syntax: '. OPT',
      rfc: 'RFC 6891 section 6.1',
      slip: 'It is never asked for, kept or passed on. A response has one only where the query had one.',
    },
  ),
  edns(
    'UDP payload size',
    "requestor's UDP payload size",
    'How many octets of one datagram the sender can take, in place of the old 512. Here it is 1232.',
    {
      rfc: 'RFC 6891 section 6.2.3',
      slip: 'A large number invites fragments, and fragments get lost: 1232 crosses any network whole.',
    },
  ),
  edns(
    'extended RCODE',
    'EXTENDED-RCODE',
    'The upper eight bits of the response code, whose lower four stand in the header.',
  ),
  edns('EDNS version', 'VERSION', 'Which EDNS is spoken. There is only 0; to a higher one the answer is BADVERS.'),
  edns(
    'DO',
    'DNSSEC OK',
    'The sender can make use of DNSSEC records. Copied into the response; there are no such records in this world.',
    {
      rfc: 'RFC 3225 section 3',
    },
  ),
]

export const messageEntries: readonly CatalogueEntry[] = [...opcodes, ...rcodes, ...flags, ...sections, ...ednsTerms]
