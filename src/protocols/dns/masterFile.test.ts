import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readMasterFile } from './masterFile'
import { recordText } from './record'
import type { ZoneFault } from './zoneFault'

const ORIGIN = 'bird.example.'
const read = (text: string, origin = ORIGIN) => readMasterFile(text, origin)
const records = (text: string, origin = ORIGIN): readonly string[] => {
  const file = read(text, origin)
  expect(file.errors).toEqual([])
  return file.records.map(({ record }) => recordText(record))
}

const said = (fault: ZoneFault | undefined): string => {
  const { is, ...values } = fault ?? { is: 'nothing' }
  return [is, ...Object.values(values)].join(' ')
}

describe('a master file', () => {
  it('is read as in RFC 1035 section 5.3', () => {
    const text = `
@   IN  SOA     VENERA      Action\\.domains (
                                 20     ; SERIAL
                                 7200   ; REFRESH
                                 600    ; RETRY
                                 3600000; EXPIRE
                                 60)    ; MINIMUM

        NS      A.ISI.EDU.
        NS      VENERA
        NS      VAXA
        MX      10      VENERA
        MX      20      VAXA

A       A       26.3.0.103

VENERA  A       10.1.0.52
        A       128.9.0.32

VAXA    A       10.2.0.27
        A       128.9.0.33
`
    expect(records(text, 'ISI.EDU.')).toEqual([
      'ISI.EDU. 60 SOA VENERA.ISI.EDU. Action\\.domains.ISI.EDU. 20 7200 600 3600000 60',
      'ISI.EDU. 60 NS A.ISI.EDU.',
      'ISI.EDU. 60 NS VENERA.ISI.EDU.',
      'ISI.EDU. 60 NS VAXA.ISI.EDU.',
      'ISI.EDU. 60 MX 10 VENERA.ISI.EDU.',
      'ISI.EDU. 60 MX 20 VAXA.ISI.EDU.',
      'A.ISI.EDU. 60 A 26.3.0.103',
      'VENERA.ISI.EDU. 60 A 10.1.0.52',
      'VENERA.ISI.EDU. 60 A 128.9.0.32',
      'VAXA.ISI.EDU. 60 A 10.2.0.27',
      'VAXA.ISI.EDU. 60 A 128.9.0.33',
    ])
    expect(read(text, 'ISI.EDU.').warnings).toMatchObject([{ line: 2, column: 1 }])
  })

  it.each([
    ['the origin', '$TTL 60\n@ A 192.0.2.1', ['bird.example. 60 A 192.0.2.1']],
    [
      'another origin',
      '$TTL 60\n$ORIGIN sub\nmx A 192.0.2.1\n$ORIGIN else.test.\n@ A 192.0.2.2',
      ['mx.sub.bird.example. 60 A 192.0.2.1', 'else.test. 60 A 192.0.2.2'],
    ],
    ['whole names and the root', '. 60 NS a.\na. 60 A 192.0.2.1', ['. 60 NS a.', 'a. 60 A 192.0.2.1']],
    [
      'a blank owner is the last one',
      'mx 60 A 192.0.2.1\n\n ; nothing\n\tA 192.0.2.2',
      ['mx.bird.example. 60 A 192.0.2.1', 'mx.bird.example. 60 A 192.0.2.2'],
    ],
    [
      'class and time to live in either order',
      'a IN 60 A 192.0.2.1\nb 60 in a 192.0.2.1\nc 60 A 192.0.2.1',
      ['a.bird.example. 60 A 192.0.2.1', 'b.bird.example. 60 A 192.0.2.1', 'c.bird.example. 60 A 192.0.2.1'],
    ],
    [
      '$TTL before the last one stated (RFC 2308 section 4)',
      'a 5 A 192.0.2.1\nb A 192.0.2.1\n$TTL 7\nc A 192.0.2.1',
      ['a.bird.example. 5 A 192.0.2.1', 'b.bird.example. 5 A 192.0.2.1', 'c.bird.example. 7 A 192.0.2.1'],
    ],
    [
      'times with units',
      '$TTL 1h30m\n@ A 192.0.2.1\n@ 2D A 192.0.2.2',
      ['bird.example. 5400 A 192.0.2.1', 'bird.example. 172800 A 192.0.2.2'],
    ],
    [
      'parentheses over lines',
      '@ 60 MX ( 10\n; a comment\n  mx ) ; and another\n@ A 192.0.2.1',
      ['bird.example. 60 MX 10 mx.bird.example.', 'bird.example. 60 A 192.0.2.1'],
    ],
    [
      'names that look like types',
      '$TTL 60\nmx MX 10 mx\nin IN A 192.0.2.1\n3600 A 192.0.2.1',
      [
        'mx.bird.example. 60 MX 10 mx.bird.example.',
        'in.bird.example. 60 A 192.0.2.1',
        '3600.bird.example. 60 A 192.0.2.1',
      ],
    ],
    [
      'line ends of any kind',
      '@ 60 A 192.0.2.1\r\n@ 60 A 192.0.2.2',
      ['bird.example. 60 A 192.0.2.1', 'bird.example. 60 A 192.0.2.2'],
    ],
    [
      'texts',
      '@ 60 TXT "v=spf1 mx; -all" plain "a \\"quoted\\" \\\\ one" "" "\\195\\164" "ä"',
      ['bird.example. 60 TXT "v=spf1 mx; -all" "plain" "a \\"quoted\\" \\\\ one" "" "\\195\\164" "\\195\\164"'],
    ],
    [
      'names with escapes',
      'first\\.last 60 A 192.0.2.1\n\\@ A 192.0.2.1\na\\098c A 192.0.2.1\n\\$x A 192.0.2.1',
      [
        'first\\.last.bird.example. 60 A 192.0.2.1',
        '\\@.bird.example. 60 A 192.0.2.1',
        'abc.bird.example. 60 A 192.0.2.1',
        '\\$x.bird.example. 60 A 192.0.2.1',
      ],
    ],
    [
      'IPv6 addresses in any form',
      '@ 60 AAAA 2001:DB8:0:0::25\n@ AAAA ::ffff:192.0.2.1',
      ['bird.example. 60 AAAA 2001:db8::25', 'bird.example. 60 AAAA ::ffff:c000:201'],
    ],
    [
      'every type',
      '@ 60 CNAME mx\n@ 60 PTR mx\n@ 60 NS ns\n@ 60 SOA ns h 1 2h 900 2w 300',
      [
        'bird.example. 60 CNAME mx.bird.example.',
        'bird.example. 60 PTR mx.bird.example.',
        'bird.example. 60 NS ns.bird.example.',
        'bird.example. 60 SOA ns.bird.example. h.bird.example. 1 7200 900 1209600 300',
      ],
    ],
    ['nothing', '', []],
  ])('knows %s', (_, text, expected) => {
    expect(records(text)).toEqual(expected)
  })

  it.each([
    // line:column, fault
    ['mx 60 MX ten mx', '1:10', 'notNumber preference ten 65535'],
    ['mx 60 MX 65536 mx', '1:10', 'notNumber preference 65536 65535'],
    ['mx 60 MX 10', '1:10', 'missing exchange'],
    ['mx 60 MX 10 203.0.113.25', '1:13', 'hostIsAddress exchange'],
    ['mx 60 A 192.0.2.256', '1:9', 'noAddress 192.0.2.256 4 192.0.2.25'],
    ['mx 60 A 192.0.2', '1:9', 'noAddress 192.0.2 4 192.0.2.25'],
    ['mx 60 AAAA 192.0.2.1', '1:12', 'noAddress 192.0.2.1 6 2001:db8::25'],
    ['mx 60 AAAA 1::2::3', '1:12', 'noAddress 1::2::3 6 2001:db8::25'],
    ['mx 60 AAAA 1:2:3', '1:12', 'noAddress 1:2:3 6 2001:db8::25'],
    ['mx 60 A 192.0.2.1 192.0.2.2', '1:19', 'tooMany 192.0.2.2 A'],
    ['mx 60 SRV 1 2 3 a', '1:7', 'otherType SRV A, AAAA, MX, NS, SOA, TXT, CNAME, PTR'],
    ['mx 60 CH A 192.0.2.1', '1:7', 'otherClass CH'],
    ['mx 60', '1:4', 'missing type'],
    ['mx 5000000000 A 192.0.2.1', '1:4', 'notTime time to live 5000000000 2147483647'],
    ['mx 1x A 192.0.2.1', '1:4', 'notTime time to live 1x 2147483647'],
    ['a..b 60 A 192.0.2.1', '1:1', 'emptyLabel owner name a..b'],
    ['.b 60 A 192.0.2.1', '1:1', 'emptyLabel owner name .b'],
    [
      `${'x'.repeat(64)} 60 A 192.0.2.1`,
      '1:1',
      'noDomainName owner name xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx',
    ],
    [
      `${'a.'.repeat(122)}b 60 A 192.0.2.1`,
      '1:1',
      'noDomainName owner name a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.b',
    ],
    ['ünder 60 A 192.0.2.1', '1:1', 'noDomainName owner name ünder'],
    ['a\\999 60 A 192.0.2.1', '1:1', 'nameEscape owner name a\\999'],
    ['"mx" 60 A 192.0.2.1', '1:1', 'quotedName owner name'],
    ['@ 60 TXT', '1:6', 'missing text'],
    [`@ 60 TXT "${'x'.repeat(256)}"`, '1:10', 'textTooLong'],
    ['@ 60 TXT "never closed\n@ 60 A 192.0.2.1', '1:10', 'quotationNotClosed'],
    ['@ 60 TXT "a\\400"', '1:10', 'textEscape'],
    ['\n@ 60 SOA ( ns h 1 2 3 4 5', '2:10', 'notClosed'],
    ['@ 60 A 192.0.2.1 )', '1:18', 'notOpened'],
    ['@ 60 SOA ns h 1 2 3 4', '1:21', 'missing minimum'],
    ['@ 60 SOA ns h 4294967296 1 1 1 1', '1:15', 'notNumber serial 4294967296 4294967295'],
    ['@ A 192.0.2.1', '1:1', 'noTtl A'],
    ['  60 A 192.0.2.1', '1:3', 'noOwner'],
    ['$TTL', '1:1', 'missing time to live'],
    ['$TTL soon', '1:6', 'notTime time to live soon 2147483647'],
    ['$ORIGIN a b', '1:11', 'tooMany b $ORIGIN'],
    ['$INCLUDE other.zone', '1:1', 'include'],
    ['$GENERATE 1-2 a A 192.0.2.$', '1:1', 'otherDirective $GENERATE'],
  ])('is refused with its place and remedy: %j', (text, place, fault) => {
    const { errors } = read(text)
    expect(errors.map(({ line, column }) => `${line}:${column}`)).toEqual([place])
    expect(said(errors[0]?.fault)).toBe(fault)
  })

  it('reports all errors at once, with their words', () => {
    const text = '$TTL 60\n@ MX ten mx\nmx A 192.0.2.1\nns A\n  AAAA x'
    const { errors, records: good } = read(text)
    expect(
      errors.map(({ line, column, length }) => text.split('\n')[line - 1]?.slice(column - 1, column - 1 + length)),
    ).toEqual(['ten', 'A', 'x'])
    expect(good).toHaveLength(1)
  })

  it('has limits on its size', () => {
    expect(read('x'.repeat(300_000)).errors).toMatchObject([{ line: 1, column: 1 }])
    expect(read('a b\n'.repeat(500)).errors).toHaveLength(100)
  })

  it('may be any text, and its errors lie within it', () => {
    const word = fc.constantFrom(
      '@',
      'mx',
      'A',
      'MX',
      '10',
      '192.0.2.1',
      '(',
      ')',
      '"',
      '\\',
      ';',
      '\n',
      '\n ',
      ' ',
      '\t',
      '$TTL',
      '$ORIGIN',
      'SOA',
      '.',
      'é',
      '\\300',
      '\r\n',
      'TXT',
    )
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.array(word, { maxLength: 40 }).map((words) => words.join(' ')),
          fc.array(word).map((words) => words.join('')),
        ),
        (text) => {
          const lines = text.split('\n')
          for (const { line, column } of read(text).errors) {
            expect(line).toBeLessThanOrEqual(lines.length)
            expect(column).toBeGreaterThanOrEqual(1)
            expect(column).toBeLessThanOrEqual((lines[line - 1] ?? '').length + 1)
          }
        },
      ),
      { numRuns: 3000 },
    )
  })
})
