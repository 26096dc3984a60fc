import type { CatalogueEntry } from '../../session/catalogue'

/** The parts of a DNS message other than records: operation, outcome, flags, sections, EDNS. */

const HEADER = 'RFC 1035 section 4.1.1'
const UPDATE = 'RFC 2136 section 2.2'

type Rest = Partial<Pick<CatalogueEntry, 'rfc' | 'syntax' | 'example'>>

const entryOf =
  (kind: CatalogueEntry['kind'], source: string) =>
  (name: string, term: string, rest: Rest = {}): CatalogueEntry => ({
    name,
    protocol: 'DNS',
    kind,
    term,
    rfc: source,
    ...rest,
  })

const opcode = entryOf('opcode', HEADER)
const rcode = entryOf('rcode', HEADER)
const flag = entryOf('flag', HEADER)
const section = entryOf('section', 'RFC 1035 section 4.1')
const edns = entryOf('edns', 'RFC 6891 section 6.1.3')

const opcodes = [
  opcode('QUERY', 'standard query'),
  opcode('IQUERY', 'inverse query', { rfc: 'RFC 3425' }),
  opcode('STATUS', 'server status request'),
  opcode('NOTIFY', 'zone change notification', { rfc: 'RFC 1996 section 3' }),
  opcode('UPDATE', 'dynamic update', { rfc: 'RFC 2136 section 2' }),
]

const rcodes = [
  rcode('NOERROR', 'no error condition'),
  rcode('FORMERR', 'format error'),
  rcode('SERVFAIL', 'server failure'),
  rcode('NXDOMAIN', 'name error', { rfc: `${HEADER}, RFC 8020` }),
  rcode('NOTIMP', 'not implemented'),
  rcode('REFUSED', 'refused'),
  rcode('YXDOMAIN', 'name exists when it should not', { rfc: UPDATE }),
  rcode('YXRRSET', 'RR set exists when it should not', { rfc: UPDATE }),
  rcode('NXRRSET', 'RR set that should exist does not', { rfc: UPDATE }),
  rcode('NOTAUTH', 'server not authoritative for zone', { rfc: UPDATE }),
  rcode('NOTZONE', 'name not contained in zone', { rfc: UPDATE }),
  rcode('BADVERS', 'bad OPT version', { rfc: 'RFC 6891 section 9' }),
]

const flags = [
  flag('QR', 'query or response'),
  flag('AA', 'authoritative answer'),
  flag('TC', 'truncation', { rfc: `${HEADER}, RFC 7766 section 5` }),
  flag('RD', 'recursion desired'),
  flag('RA', 'recursion available'),
  flag('Z', 'reserved'),
  flag('AD', 'authentic data', { rfc: 'RFC 4035 section 3.2.3, RFC 6840 section 5.7' }),
  flag('CD', 'checking disabled', { rfc: 'RFC 4035 section 3.2.2' }),
]

const sections = [
  section('question', 'question section', {
    syntax: 'NAME TYPE CLASS',
  }),
  section('answer', 'answer section'),
  section('authority', 'authority section', { rfc: 'RFC 1035 section 4.1, RFC 2308 section 2' }),
  section('additional', 'additional records section'),
]

const ednsTerms = [
  edns('OPT', 'OPT pseudo-RR', {
    syntax: '. OPT',
    rfc: 'RFC 6891 section 6.1',
  }),
  edns('UDP payload size', "requestor's UDP payload size", { rfc: 'RFC 6891 section 6.2.3' }),
  edns('extended RCODE', 'EXTENDED-RCODE'),
  edns('EDNS version', 'VERSION'),
  edns('DO', 'DNSSEC OK', { rfc: 'RFC 3225 section 3' }),
]

export const messageEntries: readonly CatalogueEntry[] = [...opcodes, ...rcodes, ...flags, ...sections, ...ednsTerms]
