import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { concat, fromBase64, fromBytes, fromText, isUtf8, octets, slice, toBase64, toBytes, toText } from './octets'

const bytes = fc.uint8Array({ maxLength: 9000 })

describe('octets', () => {
  it('accepts every octet and nothing above', () => {
    const all = String.fromCharCode(...Array.from({ length: 256 }, (_, at) => at))
    expect(octets(all)).toBe(all)
    expect(() => octets('\u0100')).toThrow(RangeError)
    expect(() => octets('😀')).toThrow(RangeError)
  })

  it('returns the bytes that it was made from', () => {
    fc.assert(fc.property(bytes, (given) => Buffer.from(toBytes(fromBytes(given))).equals(Buffer.from(given))))
  })

  it('survives JSON', () => {
    fc.assert(fc.property(bytes, (given) => JSON.parse(JSON.stringify(fromBytes(given))) === fromBytes(given)))
  })

  it('encodes text as UTF-8, as the platform does', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        expect(Buffer.from(toBytes(fromText(text)))).toEqual(Buffer.from(text, 'utf8'))
        expect(toText(fromText(text))).toBe(text)
        expect(isUtf8(fromText(text))).toBe(true)
      }),
    )
  })

  it('keeps a byte order mark', () => {
    expect(toText(fromText('\ufeffa'))).toBe('\ufeffa')
  })

  it.each(['\x80', '\xc0\xaf', '\xed\xa0\x80', '\xf4\x90\x80\x80', 'a\xe4'])('knows that %j is not UTF-8', (text) => {
    expect(isUtf8(octets(text))).toBe(false)
    expect(toText(octets(text))).toContain('\ufffd')
  })

  it('writes base64 as the platform does, and reads it strictly', () => {
    fc.assert(
      fc.property(bytes, (given) => {
        const text = toBase64(fromBytes(given))
        expect(text).toBe(Buffer.from(given).toString('base64'))
        expect(fromBase64(text)).toBe(fromBytes(given))
      }),
    )
    for (const wrong of ['A', 'AA', 'AA=', '=AAA', 'AA==AA==', 'A A=', 'AB\r\n==', 'é===']) {
      expect(fromBase64(octets(wrong)), wrong).toBeUndefined()
    }
  })

  it('cuts and joins by octet', () => {
    const text = fromText('grün')
    expect(text).toHaveLength(5)
    expect(concat(slice(text, 0, 3), slice(text, 3))).toBe(text)
  })
})
