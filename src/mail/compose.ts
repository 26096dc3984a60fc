import { createMimeMessage } from 'mimetext/browser'
import { fromText, type Octets, octets, toBase64 } from '../base/octets'

/** The fields of a draft. Addresses are bare: `bob@bird.example`. */
export interface MessageFields {
  readonly from: string
  readonly to: readonly string[]
  readonly cc?: readonly string[]
  readonly subject: string
  /** Text as typed, with any line ends. */
  readonly body: string
  readonly attachment?: Attachment
}

export interface Attachment {
  readonly name: string
  /** Media type, `image/png`; empty if it is not known. */
  readonly type: string
  readonly octets: Octets
}

const ASCII_ONLY = /^[\x20-\x7e]*$/
/** At most 998 characters a line without CRLF, preferably 78 (RFC 5322 section 2.1.1). */
const LONGEST_LINE = 998

/**
 * Composes a message (RFC 5322 with MIME) without `Date:` and `Message-ID:`, which the mail program adds in virtual time. The
 * same fields give the same octets: there is no randomness.
 */
export function composeMessage(fields: MessageFields): Octets {
  const message = createMimeMessage()
  for (const field of message.headers.fields) {
    if (field.name === 'Date' || field.name === 'Message-ID') field.disabled = true
    if (field.name === 'Subject') field.dump = (value) => unstructured(typeof value === 'string' ? value : '')
  }
  message.setSender({ addr: fields.from })
  message.setTo(fields.to.map((addr) => ({ addr })))
  if (fields.cc && fields.cc.length > 0) message.setCc(fields.cc.map((addr) => ({ addr })))
  message.setSubject(fields.subject.replace(/\s+/g, ' ').trim())

  const text = fields.body.replace(/\r\n|\r|\n/g, '\r\n')
  const plain = isPlain(text)
  message.addMessage({
    contentType: 'text/plain',
    encoding: plain ? '7bit' : 'base64',
    data: plain ? text : wrapped(toBase64(fromText(text))),
  })
  if (fields.attachment) attach(message, fields.attachment)

  // The library would draw random boundaries; a delimiter only has to be absent from its content (RFC 2046 section 5.1.1).
  message.boundaries = { mixed: freeBoundary(text), alt: 'unused-alternative', related: 'unused-related' }
  const raw = message.asRaw()
  return octets(raw.endsWith('\r\n') ? raw : `${raw}\r\n`)
}

function attach(message: ReturnType<typeof createMimeMessage>, attachment: Attachment): void {
  const type = /^[\w.+-]+\/[\w.+-]+$/.test(attachment.type) ? attachment.type : 'application/octet-stream'
  const part = message.addAttachment({
    filename: 'attachment',
    contentType: type,
    encoding: 'base64',
    data: wrapped(toBase64(attachment.octets)),
  })
  const name = attachment.name.replace(/[\r\n\t]/g, ' ')
  part.setHeader('Content-Type', type)
  part.setHeader('Content-Disposition', `attachment; ${filename(name)}`)
}

/** The `filename` parameter: quoted if it is ASCII (RFC 2183), else in the extended form of RFC 2231 section 4. */
function filename(name: string): string {
  if (ASCII_ONLY.test(name)) return `filename="${name.replace(/["\\]/g, '\\$&')}"`
  return `filename*=UTF-8''${encodeURIComponent(name).replace(/['()*!]/g, (c) => `%${c.charCodeAt(0).toString(16)}`)}`
}

function isPlain(text: string): boolean {
  return /^[\t\r\n\x20-\x7e]*$/.test(text) && text.split('\r\n').every((line) => line.length <= LONGEST_LINE)
}

/** base64 in lines of 76 characters (RFC 2045 section 6.8). */
function wrapped(encoded: string): string {
  return (encoded.match(/.{1,76}/g) ?? []).join('\r\n')
}

function freeBoundary(text: string): string {
  let n = 1
  while (text.includes(`--ehlo-world-part-${n}`)) n++
  return `ehlo-world-part-${n}`
}

/**
 * Unstructured text in a header: unchanged if it is ASCII, else in encoded words of at most 75 characters (RFC 2047 section 2).
 */
function unstructured(text: string): string {
  if (ASCII_ONLY.test(text) && !text.includes('=?')) return folded(text)
  const words: string[] = []
  let taken = ''
  for (const character of text) {
    // 39 octets become 52 characters of base64; the frame of an encoded word and `Subject: ` take 21 more, of 76.
    if (fromText(taken + character).length > 39) {
      words.push(taken)
      taken = ''
    }
    taken += character
  }
  if (taken) words.push(taken)
  return words.map((word) => `=?utf-8?B?${toBase64(fromText(word))}?=`).join('\r\n ')
}

/** Folds at spaces, so that lines stay within 78 characters if the words allow it (RFC 5322 section 2.2.3). */
function folded(text: string): string {
  let line = ''
  let out = ''
  for (const word of text.split(' ')) {
    if (line && line.length + word.length > 66) {
      out += `${line}\r\n `
      line = word
    } else line = line ? `${line} ${word}` : word
  }
  return out + line
}
