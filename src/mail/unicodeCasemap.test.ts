import { describe, expect, it } from 'vitest'
import { fromText } from '../base/octets'
import { unicodeCasemap } from './unicodeCasemap'

describe('i;unicode-casemap (RFC 5051)', () => {
  it.each([
    ['lunch?', 'LUNCH?', 'ASCII in upper case'],
    ['caf\u00e9', 'CAFE\u0301', 'an accent, composed'],
    ['cafe\u0301', 'CAFE\u0301', 'an accent, combining'],
    ['Maße', 'MAßE', 'a letter that has no upper case of one character'],
    ['ＡＢＣａｂｃ', 'ABCABC', 'full width'],
    ['\ufb01n', 'FIN', 'a ligature, whose parts have their titlecase too'],
    ['\u01c4\u01c5\u01c6', 'DZ\u030cDZ\u030cDZ\u030c', 'the example of RFC 5051: a digraph'],
    ['σς', 'ΣΣ', 'both small sigmas'],
    ['ᾳ', '\u0391\u0399', 'an iota below the letter'],
    ['\u10d0', '\u10d0', 'Georgian, which is its own titlecase'],
    ['\u{10428}', '\u{10400}', 'a character beyond 16 bits'],
    ['각', '\u1100\u1161\u11a8', 'a syllable of Hangul'],
  ])('%j is %j: %s', (text, key) => {
    expect(unicodeCasemap(text)).toBe(fromText(key))
    expect(unicodeCasemap(key)).toBe(fromText(key))
  })

  it('orders by code points, not by UTF-16 code units', () => {
    const texts = ['\u{1f600}', 'b', '\ufffd', 'A', '\ue000']
    const ordered = [...texts].sort((a, b) => (unicodeCasemap(a) < unicodeCasemap(b) ? -1 : 1))
    expect(ordered).toEqual(['A', 'b', '\ue000', '\ufffd', '\u{1f600}'])
  })
})
