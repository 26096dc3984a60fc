import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { octets } from '../../base/octets'
import { nameFrom } from './names'
import { type ResourceRecord, recordText } from './record'
import type { ZoneFault } from './zoneFault'
import { readZone, zoneFrom } from './zoneFile'
import { formatZone } from './zoneFormat'

const HEAD = '$TTL 3600\n@ SOA ns hostmaster 1 7200 900 1209600 300\n@ NS ns\nns A 198.51.100.4\n'

const said = ({ is, ...values }: ZoneFault): string => [is, ...Object.values(values)].join(' ')

const problems = (text: string, apex = 'bird.example.'): readonly string[] => {
  const reading = readZone(apex, text)
  const list = 'errors' in reading ? reading.errors : reading.warnings
  return list.map(
    ({ line, column, fault }) => `${'errors' in reading ? 'error' : 'warning'} ${line}:${column} ${said(fault)}`,
  )
}

describe('a zone', () => {
  it('is made from its records', () => {
    const zone = zoneFrom('bird.example.', `${HEAD}@ MX 10 mx\nmx A 203.0.113.25`)
    expect(zone.records.map(recordText)).toEqual([
      'bird.example. 3600 SOA ns.bird.example. hostmaster.bird.example. 1 7200 900 1209600 300',
      'bird.example. 3600 NS ns.bird.example.',
      'ns.bird.example. 3600 A 198.51.100.4',
      'bird.example. 3600 MX 10 mx.bird.example.',
      'mx.bird.example. 3600 A 203.0.113.25',
    ])
    expect(problems(`${HEAD}@ MX 10 mx\nmx A 203.0.113.25`)).toEqual([])
  })

  it.each([
    ['$TTL 60\n@ NS ns.test.', 'error 1:1 noSoa'],
    [`${HEAD}@ SOA ns h 1 1 1 1 1`, 'error 5:1 secondSoa'],
    ['$TTL 60\nsub SOA ns h 1 1 1 1 1\n@ NS ns.test.', 'error 2:1 soaElsewhere sub.bird.example bird.example'],
    ['$TTL 60\n@ SOA ns h 1 1 1 1 1', 'error 2:1 noNs bird.example'],
    [`${HEAD}paper.example. A 192.0.2.1`, 'error 5:1 outside paper.example bird.example'],
    [`${HEAD}www CNAME ns\nwww A 192.0.2.1`, 'error 5:1 aliasNotAlone www.bird.example'],
    [`${HEAD}www CNAME ns\nwww CNAME mx`, 'error 5:1 aliasNotAlone www.bird.example'],
    [`${HEAD}a CNAME a`, 'error 5:1 aliasLoop a.bird.example, a.bird.example'],
    [
      `${HEAD}x CNAME a\na CNAME b\nb CNAME c\nc CNAME A`,
      'error 6:1 aliasLoop a.bird.example, b.bird.example, c.bird.example, a.bird.example',
    ],
    [`${HEAD}*.sub NS ns.test.`, 'error 5:1 wildcardDelegated'],
  ])('cannot be: %j', (text, expected) => {
    expect(problems(text)[0]).toContain(expected)
  })

  it.each([
    [`${HEAD}@ MX 10 www\nwww CNAME ns`, 'warning 5:1 targetIsAlias www.bird.example MX'],
    [`${HEAD}sub NS www\nwww CNAME ns`, 'warning 5:1 targetIsAlias www.bird.example NS'],
    [`${HEAD}sub NS ns.sub`, 'warning 5:1 noGlue ns.sub.bird.example'],
    [`${HEAD}@ NS other`, 'warning 5:1 noGlue other.bird.example'],
    [`${HEAD}@ MX 10 mx`, 'warning 5:1 exchangeWithoutAddress mx.bird.example'],
    [`${HEAD}@ MX 10 mx.bird.example`, 'warning 5:1 dotMissing mx.bird.example.bird.example. bird.example.'],
    [`${HEAD}www CNAME ns.bird.example`, 'warning 5:1 dotMissing ns.bird.example.bird.example. bird.example.'],
    [`${HEAD}@ MX 0 .\n@ MX 10 ns`, 'warning 5:1 nullMxNotAlone'],
    [`${HEAD}sub NS ns.test.\nsub MX 10 ns`, 'warning 6:1 delegated sub.bird.example MX'],
    [`${HEAD}sub NS ns.test.\nwww.sub TXT x`, 'warning 6:1 delegated sub.bird.example TXT'],
    [`${HEAD}ns A 198.51.100.4`, 'warning 5:1 twice'],
    [`${HEAD}ns 60 A 198.51.100.5`, 'warning 5:1 ttlsDiffer A'],
    ['@ 60 SOA ns.test. me@test. 1 1 1 1 1\n@ NS ns.test.', 'warning 1:1 atInMailbox'],
    ['@ SOA ns.test. h.test. 1 1 1 1 60\n@ NS ns.test.', 'warning 1:1 ttlOfSoa'],
    [`${HEAD}www CNAME web`, 'warning 5:1 aliasNowhere web.bird.example'],
  ])('can be, with a warning: %j', (text, expected) => {
    expect(problems(text)[0]).toContain(expected)
  })

  it.each([
    ['glue for a delegated server', `${HEAD}sub NS ns.sub\nns.sub A 192.0.2.1`],
    ['a server elsewhere', `${HEAD}sub NS ns.paper.example.`],
    ['an exchanger under a wildcard', `${HEAD}@ MX 10 mx.hosts\n*.hosts A 192.0.2.1`],
    ['a null MX', `${HEAD}@ MX 0 .`],
    [
      'a reverse zone',
      '$TTL 60\n$ORIGIN 113.0.203.in-addr.arpa.\n@ SOA ns.test. h.test. 1 1 1 1 1\n@ NS ns.test.\n25 PTR mx.bird.example.',
    ],
  ])('has nothing to warn of: %s', (_, text) => {
    expect(problems(text, text.includes('arpa') ? '113.0.203.in-addr.arpa.' : 'bird.example.')).toEqual([])
  })

  it('has chains of aliases up to the limit', () => {
    const chain = Array.from({ length: 8000 }, (_, n) => `a${n} CNAME a${n + 1}\n`).join('')
    expect(problems(`${HEAD}${chain}a8000 A 192.0.2.1`)).toEqual([])
    const [loop, ...others] = problems(`${HEAD}${chain}a8000 CNAME a5000`)
    expect(others).toEqual([])
    expect(loop).toMatch(/^error 5005:1 aliasLoop a5000.bird.example, a5001.bird.example, .*, …, a5000.bird.example$/)
  })

  it('gives records of one name and type one time to live, and drops duplicates', () => {
    const zone = zoneFrom('bird.example.', `${HEAD}ns 60 A 198.51.100.5\nNS 30 A 198.51.100.4`)
    expect(zone.records.map(recordText).filter((text) => / A /.test(text))).toEqual([
      'ns.bird.example. 30 A 198.51.100.4',
      'ns.bird.example. 30 A 198.51.100.5',
    ])
  })

  it('reports its first error in one sentence, for a scenario', () => {
    expect(() => zoneFrom('bird.example.', `${HEAD}@ MX ten mx.bird.example.\n@ A x`)).toThrow(
      'the zone bird.example., line 5, column 6, "@ MX ten mx.bird.example." (and 1 more): notNumber preference ten 65535',
    )
    expect(() => zoneFrom('bird.example', HEAD)).toThrow('apex bird.example')
  })
})

describe('formatZone', () => {
  it('writes a zone in the style of a person', () => {
    const zone = zoneFrom(
      'bird.example.',
      `${HEAD}@ MX 10 mx\n@ 60 TXT "v=spf1 mx -all"\nmx A 203.0.113.25\nwww CNAME paper.example.`,
    )
    expect(formatZone(zone)).toBe(`$ORIGIN bird.example.
$TTL 3600
@   SOA   ns hostmaster (
        1          ; serial: raise it with every change
        7200       ; refresh, in seconds
        900        ; retry
        1209600    ; expire
        300        ; how long "there is no such thing" may be remembered
        )
    NS    ns
ns  A     198.51.100.4
@   MX    10 mx
    60 TXT   "v=spf1 mx -all"
mx  A     203.0.113.25
www CNAME paper.example.
`)
  })

  it('writes every zone so that it is read back the same', () => {
    const label = fc.oneof(fc.constantFrom('a', 'b', 'mx', 'IN', '60', '*'), fc.stringMatching(/^[!-~]{1,12}$/))
    const below = fc.constantFrom('bird.example.', '.', 'a.b.')
    const arbitrary = below.chain((apex) => {
      const name = fc
        .array(label, { maxLength: 3 })
        .map((labels) => nameFrom([...labels, ...apex.split('.').filter((one) => one !== '')]))
      const any = fc.oneof(name, fc.array(label, { minLength: 1, maxLength: 3 }).map(nameFrom))
      const ttl = fc.constantFrom(60, 3600, 0)
      const text = fc
        .string({ unit: fc.integer({ min: 0, max: 255 }).map((code) => String.fromCharCode(code)), maxLength: 20 })
        .map(octets)
      const record: fc.Arbitrary<ResourceRecord> = fc.oneof(
        fc.record({ name, ttl, type: fc.constant('A' as const), address: fc.ipV4() }),
        fc.record({ name, ttl, type: fc.constant('MX' as const), preference: fc.nat(65_535), exchange: any }),
        fc.record({ name, ttl, type: fc.constant('PTR' as const), target: any }),
        fc.record({
          name,
          ttl,
          type: fc.constant('TXT' as const),
          texts: fc.array(text, { minLength: 1, maxLength: 3 }),
        }),
      )
      return fc.tuple(fc.constant(apex), fc.array(record, { maxLength: 8 }))
    })
    let read = 0
    fc.assert(
      fc.property(arbitrary, ([apex, records]) => {
        const soa = `@ 60 SOA ns.test. first\\.last 1 2 3 4 5\n@ 60 NS ns.test.\n`
        const reading = readZone(apex, soa + records.map((record) => `${recordText(record)}\n`).join(''))
        if ('errors' in reading) return
        read++
        expect(readZone(apex, formatZone(reading.zone))).toMatchObject({ zone: reading.zone })
      }),
      { numRuns: 1000 },
    )
    expect(read).toBeGreaterThan(700)
  })
})
