import { readdirSync, readFileSync } from 'node:fs'
import PostalMime from 'postal-mime'
import { describe, expect, it } from 'vitest'
import { fromBytes, toBytes } from '../src/base/octets'
import { decodeWords } from '../src/mail/encodedWords'
import { fieldBody } from '../src/mail/headerFields'
import { type BodyPart, bodyPart, parameterOf, partAt, transferEncodingOf } from '../src/mail/mime'
import { decodeCharset, decodeTransferEncoding } from '../src/mail/transferEncoding'
import { bodyStructure } from '../src/protocols/imap/items/bodyStructure'
import { envelopeStructure } from '../src/protocols/imap/items/envelopeStructure'

/**
 * Messages of all kinds, whole and broken. Their structure is compared with goldens that a person has checked, and the contents
 * of their parts with the result of a MIME library.
 */

const folder = new URL('./corpus/', import.meta.url)
const corpus = readdirSync(folder)
  .filter((file) => file.endsWith('.eml'))
  .map((file) => ({ file, octets: fromBytes(readFileSync(new URL(file, folder))) }))
const golden = JSON.parse(readFileSync(new URL('golden.json', folder), 'utf8')) as Record<
  string,
  { envelope: string; bodyStructure: string; parts: Record<string, string> }
>

/** Every part with its number, as BODY[1.2] names it. */
function parts(root: BodyPart): readonly (readonly [path: string, part: BodyPart])[] {
  const found: (readonly [string, BodyPart])[] = []
  const visit = (path: readonly number[]): void => {
    for (let at = 1; ; at++) {
      const inside = partAt(root, [...path, at])
      if (!inside) return
      found.push([[...path, at].join('.'), inside])
      if (inside.parts.length > 0 || inside.message) visit([...path, at])
    }
  }
  visit([])
  return found
}

const leaves = (part: BodyPart): readonly BodyPart[] =>
  part.parts.length > 0 ? part.parts.flatMap(leaves) : part.message ? leaves(part.message) : [part]

describe.each(corpus)('$file', ({ file, octets }) => {
  const root = bodyPart(octets)

  it('has the envelope, the structure and the parts that a person finds in it', () => {
    expect({
      envelope: envelopeStructure(octets),
      bodyStructure: bodyStructure(root, true, true),
      parts: Object.fromEntries(parts(root).map(([path, part]) => [path, part.body])),
    }).toEqual(golden[file])
  })

  it('has parts whose octets follow one another in the message', () => {
    expect(root.header + root.body).toBe(octets)
    for (const [path, part] of parts(root)) {
      expect(octets, path).toContain(part.octets)
      expect(part.header + part.body, path).toBe(part.octets)
    }
  })

  it('has as BODY its BODYSTRUCTURE without the extension data', () => {
    const short = bodyStructure(root, false, true)
    expect(short.length).toBeLessThan(bodyStructure(root, true, true).length)
    expect([...short].filter((char) => char === '(').length).toBe([...short].filter((char) => char === ')').length)
  })
})

/** The library ends lines in its own way. */
const lines = (text: string): string => text.replaceAll('\r\n', '\n').trim()

/** Messages that the library reads differently. */
const READ_OTHERWISE = [
  // Broken messages, which the standard leaves open.
  'brokenType.eml',
  'noBoundary.eml',
  'noParts.eml',
  'emptyParts.eml',
  'encodedMessage.eml',
  'unclosedQuotes.eml',
  // Allowed forms: comments among parameters (RFC 2045 section 5.1), message/global as a message (RFC 6532 section 3.7).
  'comments.eml',
  'global.eml',
]
const whole = corpus.filter(({ file }) => !READ_OTHERWISE.includes(file))

describe('a library for MIME', () => {
  it.each(whole)('reads the same subject and the same attachments in $file', async ({ octets }) => {
    const read = await PostalMime.parse(toBytes(octets), { forceRfc822Attachments: false })
    const subject = fieldBody(octets, 'Subject')
    expect(decodeWords(subject ?? '').trim()).toBe((read.subject ?? '').trim())
    const decoded = leaves(bodyPart(octets)).map((part) => ({
      part,
      octets: decodeTransferEncoding(part.body, transferEncodingOf(part)) ?? part.body,
    }))
    for (const { content, mimeType } of read.attachments) {
      const bytes =
        typeof content === 'string' ? fromBytes(new TextEncoder().encode(content)) : fromBytes(new Uint8Array(content))
      const same = decoded.filter(({ part }) => `${part.type}/${part.subtype}` === mimeType)
      expect(same.map((each) => lines(each.octets))).toContain(lines(bytes))
    }
    const texts = decoded.filter(({ part }) => part.type === 'text' && part.subtype === 'plain')
    for (const { part, octets: body } of texts) {
      const text = decodeCharset(body, parameterOf(part.parameters, 'charset') ?? '')
      expect(lines(read.text ?? '')).toContain(lines(text))
    }
  })
})
