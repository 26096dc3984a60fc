import { describe, expect, it } from 'vitest'
import { OUR_EDNS, queryFor } from './message'
import { recordText } from './record'
import { answerQuery, type Zone } from './zone'
import { zoneFrom } from './zoneFile'

/** `NXDOMAIN AA | answers | authorities | additionals` */
function said(zones: readonly Zone[], name: string, type: string): string {
  const response = answerQuery(zones, queryFor(1, name, type, false))
  const lines = [response.answers, response.authorities, response.additionals].map((section) =>
    section.map(recordText).join('; '),
  )
  return [`${response.rcode}${response.authoritative ? ' AA' : ''}`, ...lines].join(' | ').replace(/[ |]+$/, '')
}

const zones = [
  zoneFrom(
    'example.',
    `$TTL 86400
     @       SOA ns hostmaster 1 7200 900 1209600 300
     @       NS  ns
ns           A   198.51.100.2
bird         NS  ns.bird
ns.bird      A   198.51.100.4
stone        NS  ns.elsewhere.test.
paper   3600 MX  20 second.paper
        3600 MX  10 first.paper
first.paper 3600 A 192.0.2.25
first.paper 3600 AAAA 2001:db8::25
www       60 CNAME Paper.Example.
away      60 CNAME bird
out       60 CNAME else.test.
deep.below 60 TXT "v=spf1 -all" "and \\"more\\""
silent    60 MX  0 .`.replace(/^ +@/gm, '@'),
  ),
]

const SOA = 'example. 300 SOA ns.example. hostmaster.example. 1 7200 900 1209600 300'

describe('an authoritative name server', () => {
  it.each([
    [
      'paper.example.',
      'MX',
      'NOERROR AA | paper.example. 3600 MX 20 second.paper.example.; paper.example. 3600 MX 10 first.paper.example. |  | first.paper.example. 3600 A 192.0.2.25; first.paper.example. 3600 AAAA 2001:db8::25',
    ],
    ['FIRST.Paper.EXAMPLE.', 'A', 'NOERROR AA | first.paper.example. 3600 A 192.0.2.25'],
    [
      'first.paper.example.',
      'ANY',
      'NOERROR AA | first.paper.example. 3600 A 192.0.2.25; first.paper.example. 3600 AAAA 2001:db8::25',
    ],
    [
      'bird.example.',
      'MX',
      'NOERROR |  | bird.example. 86400 NS ns.bird.example. | ns.bird.example. 86400 A 198.51.100.4',
    ],
    [
      'mx.bird.example.',
      'A',
      'NOERROR |  | bird.example. 86400 NS ns.bird.example. | ns.bird.example. 86400 A 198.51.100.4',
    ],
    ['stone.example.', 'MX', 'NOERROR |  | stone.example. 86400 NS ns.elsewhere.test.'],
    ['www.example.', 'AAAA', `NOERROR AA | www.example. 60 CNAME Paper.Example. | ${SOA}`],
    ['www.example.', 'CNAME', 'NOERROR AA | www.example. 60 CNAME Paper.Example.'],
    ['www.example.', 'ANY', 'NOERROR AA | www.example. 60 CNAME Paper.Example.'],
    [
      'away.example.',
      'MX',
      'NOERROR AA | away.example. 60 CNAME bird.example. | bird.example. 86400 NS ns.bird.example. | ns.bird.example. 86400 A 198.51.100.4',
    ],
    ['out.example.', 'A', 'NOERROR AA | out.example. 60 CNAME else.test.'],
    ['paper.example.', 'A', `NOERROR AA |  | ${SOA}`],
    ['below.example.', 'TXT', `NOERROR AA |  | ${SOA}`],
    ['nobody.example.', 'MX', `NXDOMAIN AA |  | ${SOA}`],
    ['xpaper.example.', 'MX', `NXDOMAIN AA |  | ${SOA}`],
    ['bird.test.', 'MX', 'REFUSED'],
    ['.', 'NS', 'REFUSED'],
    ['paper.example.', 'AXFR', 'NOTIMP'],
  ])('answers %s %s', (name, type, expected) => {
    expect(said(zones, name, type)).toBe(expected)
  })

  it('ends a loop of aliases after each one once', () => {
    // One zone file cannot have such a loop, but two zones of one server can.
    const soa = '@ 60 SOA ns. h. 1 1 1 1 1\n@ 60 NS ns.\n'
    const loop = [zoneFrom('a.', `${soa}round 60 CNAME dnuor.b.`), zoneFrom('b.', `${soa}dnuor 60 CNAME round.a.`)]
    expect(said(loop, 'round.a.', 'A')).toBe('NOERROR AA | round.a. 60 CNAME dnuor.b.; dnuor.b. 60 CNAME round.a.')
  })

  it('refuses every query that is no plain question', () => {
    const query = queryFor(1, 'paper.example.', 'MX', false)
    expect(answerQuery(zones, { ...query, opcode: 2 }).rcode).toBe('NOTIMP')
    expect(answerQuery(zones, { ...query, question: [] }).rcode).toBe('FORMERR')
    expect(answerQuery(zones, { ...query, question: [...query.question, ...query.question] }).rcode).toBe('FORMERR')
    expect(
      answerQuery(zones, { ...query, question: [{ name: 'paper.example.', type: 'MX', class: 'CH' }] }).rcode,
    ).toBe('REFUSED')
  })

  it.each([
    ['none to a query without', undefined, { rcode: 'NOERROR', edns: undefined }],
    [
      'its own size and the DO bit of the query',
      { udpSize: 4096, version: 0, dnssecOk: true },
      { rcode: 'NOERROR', edns: { ...OUR_EDNS, dnssecOk: true } },
    ],
    [
      'BADVERS and the version it knows',
      { udpSize: 4096, version: 1, dnssecOk: false },
      { rcode: 'BADVERS', edns: OUR_EDNS },
    ],
  ])('gives EDNS: %s (RFC 6891 section 6.1)', (_, edns, expected) => {
    const response = answerQuery(zones, queryFor(1, 'paper.example.', 'MX', false, edns))
    expect([response.rcode, response.edns]).toEqual([expected.rcode, expected.edns])
  })

  it('keeps the case of the question', () => {
    const response = answerQuery(zones, queryFor(1, 'PaPeR.eXample.', 'MX', true))
    expect(response.question).toEqual([{ name: 'PaPeR.eXample.', type: 'MX', class: 'IN' }])
    expect(response).toMatchObject({ recursionDesired: true, recursionAvailable: false, authoritative: true })
  })
})

/** The zones of RFC 1034 section 6.1, without the HINFO records, whose type is not supported. */
const ROOT = `
.       IN      SOA     SRI-NIC.ARPA. HOSTMASTER.SRI-NIC.ARPA. (
                        870611          ;serial
                        1800            ;refresh every 30 min
                        300             ;retry every 5 min
                        604800          ;expire after a week
                        86400)          ;minimum of a day
                NS      A.ISI.EDU.
                NS      C.ISI.EDU.
                NS      SRI-NIC.ARPA.

MIL.    86400   NS      SRI-NIC.ARPA.
        86400   NS      A.ISI.EDU.

EDU.    86400   NS      SRI-NIC.ARPA.
        86400   NS      C.ISI.EDU.

SRI-NIC.ARPA.   A       26.0.0.73
                A       10.0.0.51
                MX      0 SRI-NIC.ARPA.

ACC.ARPA.       A       26.6.0.65
                MX      10 ACC.ARPA.

USC-ISIC.ARPA.  CNAME   C.ISI.EDU.

73.0.0.26.IN-ADDR.ARPA.  PTR    SRI-NIC.ARPA.
65.0.6.26.IN-ADDR.ARPA.  PTR    ACC.ARPA.
51.0.0.10.IN-ADDR.ARPA.  PTR    SRI-NIC.ARPA.
52.0.0.10.IN-ADDR.ARPA.  PTR    C.ISI.EDU.
103.0.3.26.IN-ADDR.ARPA. PTR    A.ISI.EDU.

A.ISI.EDU. 86400 A      26.3.0.103
C.ISI.EDU. 86400 A      10.0.0.52
`
const EDU = `
EDU.  IN SOA SRI-NIC.ARPA. HOSTMASTER.SRI-NIC.ARPA. (
                        870729 ;serial
                        1800 ;refresh every 30 minutes
                        300 ;retry every 5 minutes
                        604800 ;expire after a week
                        86400 ;minimum of a day
                        )
                NS SRI-NIC.ARPA.
                NS C.ISI.EDU.

UCI 172800 NS ICS.UCI
                172800 NS ROME.UCI
ICS.UCI 172800 A 192.5.19.1
ROME.UCI 172800 A 192.5.19.31

ISI 172800 NS VAXA.ISI
                172800 NS A.ISI
                172800 NS VENERA.ISI.EDU.
VAXA.ISI 172800 A 10.2.0.27
                172800 A 128.9.0.33
VENERA.ISI.EDU. 172800 A 10.1.0.52
                172800 A 128.9.0.32
A.ISI 172800 A 26.3.0.103

UDEL.EDU.  172800 NS LOUIE.UDEL.EDU.
                172800 NS UMN-REI-UC.ARPA.
LOUIE.UDEL.EDU. 172800 A 10.0.0.96
                172800 A 192.5.39.3

YALE.EDU.  172800 NS YALE.ARPA.
YALE.EDU.  172800 NS YALE-BULLDOG.ARPA.

MIT.EDU.  43200 NS XX.LCS.MIT.EDU.
                43200 NS ACHILLES.MIT.EDU.
XX.LCS.MIT.EDU.  43200 A 10.0.0.44
ACHILLES.MIT.EDU. 43200 A 18.72.0.8
`

describe('the example of RFC 1034 section 6', () => {
  const root = zoneFrom('.', ROOT)
  const edu = zoneFrom('EDU.', EDU)
  const nic = 'SRI-NIC.ARPA. 86400 A 26.0.0.73; SRI-NIC.ARPA. 86400 A 10.0.0.51'
  const rootSoa = '. 86400 SOA SRI-NIC.ARPA. HOSTMASTER.SRI-NIC.ARPA. 870611 1800 300 604800 86400'
  it.each([
    ['6.2.1', 'SRI-NIC.ARPA.', 'A', `NOERROR AA | ${nic}`],
    ['6.2.2', 'SRI-NIC.ARPA.', 'ANY', `NOERROR AA | ${nic}; SRI-NIC.ARPA. 86400 MX 0 SRI-NIC.ARPA.`],
    ['6.2.3', 'SRI-NIC.ARPA.', 'MX', `NOERROR AA | SRI-NIC.ARPA. 86400 MX 0 SRI-NIC.ARPA. |  | ${nic}`],
    // RFC 2308 section 2.2 adds the SOA to what RFC 1034 shows.
    ['6.2.4', 'SRI-NIC.ARPA.', 'NS', `NOERROR AA |  | ${rootSoa}`],
    ['6.2.5', 'SIR-NIC.ARPA.', 'A', `NXDOMAIN AA |  | ${rootSoa}`],
    [
      '6.2.6',
      'BRL.MIL.',
      'A',
      `NOERROR |  | MIL. 86400 NS SRI-NIC.ARPA.; MIL. 86400 NS A.ISI.EDU. | ${nic}; A.ISI.EDU. 86400 A 26.3.0.103`,
    ],
    ['6.2.8', 'USC-ISIC.ARPA.', 'CNAME', 'NOERROR AA | USC-ISIC.ARPA. 86400 CNAME C.ISI.EDU.'],
    ['6.1', '52.0.0.10.IN-ADDR.ARPA.', 'PTR', 'NOERROR AA | 52.0.0.10.IN-ADDR.ARPA. 86400 PTR C.ISI.EDU.'],
  ])('%s: %s %s', (_, name, type, expected) => {
    expect(said([root], name, type)).toBe(expected)
  })

  it('6.2.7: from a server that has EDU. too, the alias and the way to the servers of ISI.EDU.', () => {
    // RFC 1034 gives C.ISI.EDU's address from the delegation's glue; since RFC 2181 section 5.4.1 glue is no answer.
    expect(said([root, edu], 'USC-ISIC.ARPA.', 'A')).toMatch(
      /^NOERROR AA \| USC-ISIC.ARPA. 86400 CNAME C.ISI.EDU. \| ISI.EDU. 172800 NS VAXA.ISI.EDU.; ISI.EDU. 172800 NS A.ISI.EDU.; /,
    )
  })
})

describe('wildcards, by the example of RFC 4592 section 2.2.1', () => {
  const zone = zoneFrom(
    'example.',
    `$TTL 3600
@                 SOA  ns.example.com. hostmaster 1 7200 900 1209600 300
@                 NS   ns.example.com.
*                 TXT  "this is a wildcard"
*                 MX   10 host1
sub.*             TXT  "this is not a wildcard"
host1             A    192.0.2.1
_ssh._tcp.host1   TXT  "service"
_ssh._tcp.host2   TXT  "service"
subdel            NS   ns.example.com.`,
  )
  const soa = 'example. 300 SOA ns.example.com. hostmaster.example. 1 7200 900 1209600 300'
  it.each([
    [
      'host3.example.',
      'MX',
      'NOERROR AA | host3.example. 3600 MX 10 host1.example. |  | host1.example. 3600 A 192.0.2.1',
    ],
    ['host3.example.', 'A', `NOERROR AA |  | ${soa}`],
    ['foo.bar.example.', 'TXT', 'NOERROR AA | foo.bar.example. 3600 TXT "this is a wildcard"'],
    ['host1.example.', 'MX', `NOERROR AA |  | ${soa}`],
    ['sub.*.example.', 'MX', `NOERROR AA |  | ${soa}`],
    ['_telnet._tcp.host1.example.', 'TXT', `NXDOMAIN AA |  | ${soa}`],
    ['host2.example.', 'TXT', `NOERROR AA |  | ${soa}`],
    ['host.subdel.example.', 'A', 'NOERROR |  | subdel.example. 3600 NS ns.example.com.'],
    ['ghost.*.example.', 'MX', `NXDOMAIN AA |  | ${soa}`],
  ])('%s %s', (name, type, expected) => {
    expect(said([zone], name, type)).toBe(expected)
  })
})
