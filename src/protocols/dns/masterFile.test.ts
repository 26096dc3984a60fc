import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readMasterFile } from './masterFile'
import { recordText } from './record'

const ORIGIN = 'bird.example.'
const read = (text: string, origin = ORIGIN) => readMasterFile(text, origin)
const records = (text: string, origin = ORIGIN): readonly string[] => {
  const file = read(text, origin)
  expect(file.errors).toEqual([])
  return file.records.map(({ record }) => recordText(record))
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
    // line:column, message
    ['mx 60 MX ten mx', '1:10', 'The preference "ten" has to be a whole number from 0 to 65535.'],
    ['mx 60 MX 65536 mx', '1:10', '0 to 65535'],
    ['mx 60 MX 10', '1:10', 'The exchange is missing'],
    ['mx 60 MX 10 203.0.113.25', '1:13', 'not an address: name the host and give that name an A record'],
    ['mx 60 A 192.0.2.256', '1:9', '"192.0.2.256" is no IPv4 address'],
    ['mx 60 A 192.0.2', '1:9', 'no IPv4 address'],
    ['mx 60 AAAA 192.0.2.1', '1:12', 'no IPv6 address: write one such as 2001:db8::25'],
    ['mx 60 AAAA 1::2::3', '1:12', 'no IPv6 address'],
    ['mx 60 AAAA 1:2:3', '1:12', 'no IPv6 address'],
    ['mx 60 A 192.0.2.1 192.0.2.2', '1:19', '"192.0.2.2" is one word too many for an A record'],
    ['mx 60 SRV 1 2 3 a', '1:7', 'The type "SRV" is none of A, AAAA'],
    ['mx 60 CH A 192.0.2.1', '1:7', 'The class CH is not served here'],
    ['mx 60', '1:4', 'The type is missing'],
    ['mx 5000000000 A 192.0.2.1', '1:4', 'at most 2147483647'],
    ['mx 1x A 192.0.2.1', '1:4', 'such as 1h or 2d'],
    ['a..b 60 A 192.0.2.1', '1:1', 'a dot with nothing before it'],
    ['.b 60 A 192.0.2.1', '1:1', 'a dot with nothing before it'],
    [`${'x'.repeat(64)} 60 A 192.0.2.1`, '1:1', 'cannot be a domain name'],
    [`${'a.'.repeat(122)}b 60 A 192.0.2.1`, '1:1', '255 octets in all'],
    ['ünder 60 A 192.0.2.1', '1:1', 'printable ASCII'],
    ['a\\999 60 A 192.0.2.1', '1:1', 'up to 255'],
    ['"mx" 60 A 192.0.2.1', '1:1', 'without quotation marks'],
    ['@ 60 TXT', '1:6', 'The text is missing'],
    [`@ 60 TXT "${'x'.repeat(256)}"`, '1:10', 'at most 255 octets'],
    ['@ 60 TXT "never closed\n@ 60 A 192.0.2.1', '1:10', 'This quotation mark is never closed'],
    ['@ 60 TXT "a\\400"', '1:10', 'stands for nothing'],
    ['\n@ 60 SOA ( ns h 1 2 3 4 5', '2:10', 'This parenthesis is never closed'],
    ['@ 60 A 192.0.2.1 )', '1:18', 'This parenthesis was never opened'],
    ['@ 60 SOA ns h 1 2 3 4', '1:21', 'The minimum is missing'],
    ['@ 60 SOA ns h 4294967296 1 1 1 1', '1:15', 'The serial "4294967296"'],
    ['@ A 192.0.2.1', '1:1', 'begin the zone with a line such as $TTL 3600'],
    ['  60 A 192.0.2.1', '1:3', 'There is no name yet'],
    ['$TTL', '1:1', 'The time to live is missing'],
    ['$TTL soon', '1:6', 'The time to live "soon"'],
    ['$ORIGIN a b', '1:11', 'one word too many for $ORIGIN'],
    ['$INCLUDE other.zone', '1:1', 'put their lines in place of $INCLUDE'],
    ['$GENERATE 1-2 a A 192.0.2.$', '1:1', '"$GENERATE" is none of $ORIGIN and $TTL'],
  ])('is refused with its place and remedy: %j', (text, place, message) => {
    const { errors } = read(text)
    expect(errors.map(({ line, column }) => `${line}:${column}`)).toEqual([place])
    expect(errors[0]?.message).toContain(message)
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
