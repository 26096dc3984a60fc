import { expect, it } from 'vitest'
import english from '../../messages/en/zone'
import { readZone } from '../../protocols/dns'
import { zoneFaultText } from './zoneFault'

const HEAD = '$TTL 3600\n@ SOA ns hostmaster 1 7200 900 1209600 300\n@ NS ns\nns A 198.51.100.4\n'

/** The explanation of the first fault of a zone's text. */
function firstSaid(text: string): string {
  const reading = readZone('bird.example.', text)
  const [first] = 'errors' in reading ? reading.errors : reading.warnings
  return first ? zoneFaultText(first.fault) : ''
}

const words: readonly (readonly [text: string, said: string])[] = [
  ['mx 60 MX ten mx', 'The preference "ten" has to be a whole number from 0 to 65535.'],
  ['mx 60 MX 65536 mx', '0 to 65535'],
  ['mx 60 MX 10', 'The exchange is missing'],
  ['mx 60 MX 10 203.0.113.25', 'not an address: name the host and give that name an A record'],
  ['mx 60 A 192.0.2.256', '"192.0.2.256" is no IPv4 address'],
  ['mx 60 A 192.0.2', 'no IPv4 address'],
  ['mx 60 AAAA 192.0.2.1', 'no IPv6 address: write one such as 2001:db8::25'],
  ['mx 60 AAAA 1::2::3', 'no IPv6 address'],
  ['mx 60 AAAA 1:2:3', 'no IPv6 address'],
  ['mx 60 A 192.0.2.1 192.0.2.2', '"192.0.2.2" is one word too many for A: remove it'],
  ['mx 60 SRV 1 2 3 a', 'The type "SRV" is none of A, AAAA'],
  ['mx 60 CH A 192.0.2.1', 'The class CH is not served here'],
  ['mx 60', 'The type is missing'],
  ['mx 5000000000 A 192.0.2.1', 'at most 2147483647'],
  ['mx 1x A 192.0.2.1', 'such as 1h or 2d'],
  ['a..b 60 A 192.0.2.1', 'a dot with nothing before it'],
  ['.b 60 A 192.0.2.1', 'a dot with nothing before it'],
  [`${'x'.repeat(64)} 60 A 192.0.2.1`, 'cannot be a domain name'],
  [`${'a.'.repeat(122)}b 60 A 192.0.2.1`, '255 octets in all'],
  ['ünder 60 A 192.0.2.1', 'printable ASCII'],
  ['a\\999 60 A 192.0.2.1', 'up to 255'],
  ['"mx" 60 A 192.0.2.1', 'without quotation marks'],
  ['@ 60 TXT', 'The text is missing'],
  [`@ 60 TXT "${'x'.repeat(256)}"`, 'at most 255 octets'],
  ['@ 60 TXT "never closed\n@ 60 A 192.0.2.1', 'This quotation mark is never closed'],
  ['@ 60 TXT "a\\400"', 'stands for nothing'],
  ['\n@ 60 SOA ( ns h 1 2 3 4 5', 'This parenthesis is never closed'],
  ['@ 60 A 192.0.2.1 )', 'This parenthesis was never opened'],
  ['@ 60 SOA ns h 1 2 3 4', 'The minimum is missing'],
  ['@ 60 SOA ns h 4294967296 1 1 1 1', 'The serial "4294967296"'],
  ['@ A 192.0.2.1', 'begin the zone with a line such as $TTL 3600'],
  ['  60 A 192.0.2.1', 'There is no name yet'],
  ['$TTL', 'The time to live is missing'],
  ['$TTL soon', 'The time to live "soon"'],
  ['$ORIGIN a b', 'one word too many for $ORIGIN'],
  ['$INCLUDE other.zone', 'put their lines in place of $INCLUDE'],
  ['$GENERATE 1-2 a A 192.0.2.$', '"$GENERATE" is none of $ORIGIN and $TTL'],
]
const records: readonly (readonly [text: string, said: string])[] = [
  ['$TTL 60\n@ NS ns.test.', 'The zone has no SOA record'],
  [`${HEAD}@ SOA ns h 1 1 1 1 1`, 'A zone has one SOA record'],
  [
    '$TTL 60\nsub SOA ns h 1 1 1 1 1\n@ NS ns.test.',
    'The SOA record stands at sub.bird.example, but the zone is bird.example',
  ],
  ['$TTL 60\n@ SOA ns h 1 1 1 1 1', 'The zone names no server of its own'],
  [`${HEAD}paper.example. A 192.0.2.1`, 'paper.example lies outside of the zone bird.example'],
  [`${HEAD}www CNAME ns\nwww A 192.0.2.1`, 'www.bird.example is an alias here and has other records too'],
  [`${HEAD}www CNAME ns\nwww CNAME mx`, 'www.bird.example is an alias here'],
  [`${HEAD}a CNAME a`, 'These aliases go round in a loop and never come to an answer: a.bird.example, a.bird.example.'],
  [
    `${HEAD}x CNAME a\na CNAME b\nb CNAME c\nc CNAME A`,
    'These aliases go round in a loop and never come to an answer: a.bird.example, b.bird.example, c.bird.example, a.bird.example.',
  ],
  [`${HEAD}*.sub NS ns.test.`, 'A wildcard cannot be delegated'],
  [
    `${HEAD}@ MX 10 www\nwww CNAME ns`,
    'www.bird.example is an alias, and MX has to name the host itself (RFC 2181 section 10.3).',
  ],
  [`${HEAD}sub NS www\nwww CNAME ns`, 'www.bird.example is an alias, and NS has to name'],
  [`${HEAD}sub NS ns.sub`, 'The address of ns.sub.bird.example is missing (glue)'],
  [`${HEAD}@ NS other`, 'The address of other.bird.example is missing (glue)'],
  [`${HEAD}@ MX 10 mx`, 'mx.bird.example has no address here'],
  [`${HEAD}@ MX 10 mx.bird.example`, 'This stands for mx.bird.example.bird.example. Is a dot missing'],
  [`${HEAD}www CNAME ns.bird.example`, 'This stands for ns.bird.example.bird.example. Is a dot missing'],
  [`${HEAD}@ MX 0 .\n@ MX 10 ns`, 'MX 0 . says that no mail is taken at all: it stands alone'],
  [
    `${HEAD}sub NS ns.test.\nsub MX 10 ns`,
    'sub.bird.example is delegated to other servers, so nobody is told this MX record',
  ],
  [`${HEAD}sub NS ns.test.\nwww.sub TXT x`, 'sub.bird.example is delegated'],
  [`${HEAD}ns A 198.51.100.4`, 'This record stands here twice'],
  [`${HEAD}ns 60 A 198.51.100.5`, 'The A records of one name have one time to live, so the least counts'],
  ['@ 60 SOA ns.test. me@test. 1 1 1 1 1\n@ NS ns.test.', 'In an SOA record the mailbox is written with a dot'],
  ['@ SOA ns.test. h.test. 1 1 1 1 60\n@ NS ns.test.', 'No time to live is stated'],
  [`${HEAD}www CNAME web`, 'There is no web.bird.example in this zone, so the alias leads nowhere'],
]

it.each([...words, ...records])('the fault of %j is explained with its remedy', (text, said) => {
  expect(firstSaid(text)).toContain(said)
})

it('the name of a zone is shown with a final dot', () => {
  const reading = readZone('bird.example', HEAD)
  expect('errors' in reading && reading.errors.map(({ fault }) => zoneFaultText(fault))).toEqual([
    'The name of the zone, "bird.example", has to be a domain name with a dot at its end, as in "bird.example."',
  ])
})

it('numbers of the standard are shown as they are typed', () => {
  expect(firstSaid('$TTL 60\nmx MX 65536 mx')).toMatch(/from 0 to 65535\.$/)
})

it('each possible fault has a sentence of its own', () => {
  const said = new Set([...words, ...records].map(([text]) => firstSaid(text)))
  for (const sentence of said) expect(sentence).toMatch(/^[^{}]*[.)"]$/)
  const faults = Object.keys(english).filter((key) => key.startsWith('fault.'))
  // The apex and a text that is too long are not among the rows.
  expect(said.size).toBeGreaterThanOrEqual(faults.length - 2)
})
