import { base64 } from '@scure/base'

/**
 * Octets as a string with one character per octet, U+0000 to U+00FF.
 * This form survives JSON, compares with `===` and works with regular expressions and the editor.
 */
export type Octets = string & { readonly octets: unique symbol }

export const CRLF = '\r\n' as Octets
export const EMPTY = '' as Octets

const encoder = new TextEncoder()
const decoder = new TextDecoder('utf-8', { ignoreBOM: true })
const strictDecoder = new TextDecoder('utf-8', { ignoreBOM: true, fatal: true })
const ABOVE_ASCII = /[^\0-\x7f]/
const ABOVE_OCTET = /[\u0100-\u{10ffff}]/u

/** Brands a string whose characters are all octets. Throws a RangeError if a character is above U+00FF. */
export function octets(text: string): Octets {
  if (ABOVE_OCTET.test(text)) throw new RangeError('octets(): a character above U+00FF; use fromText()')
  return text as Octets
}

/** The UTF-8 octets of a text. */
export function fromText(text: string): Octets {
  return ABOVE_ASCII.test(text) ? fromBytes(encoder.encode(text)) : (text as Octets)
}

/** The text that UTF-8 octets stand for; malformed sequences become U+FFFD. */
export function toText(source: Octets): string {
  return ABOVE_ASCII.test(source) ? decoder.decode(toBytes(source)) : source
}

/** True if the octets are well-formed UTF-8 (RFC 3629). */
export function isUtf8(source: Octets): boolean {
  if (!ABOVE_ASCII.test(source)) return true
  try {
    strictDecoder.decode(toBytes(source))
    return true
  } catch {
    return false
  }
}

export function fromBytes(bytes: Uint8Array): Octets {
  let text = ''
  // String.fromCharCode takes its octets as arguments, so long input goes in slices.
  for (let at = 0; at < bytes.length; at += 4096) text += String.fromCharCode(...bytes.subarray(at, at + 4096))
  return text as Octets
}

export function toBytes(source: Octets): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(source.length)
  for (let at = 0; at < source.length; at++) bytes[at] = source.charCodeAt(at)
  return bytes
}

export function concat(...parts: readonly Octets[]): Octets {
  // Joined by `+`: the platform then shares the parts instead of copying them.
  let whole = ''
  for (const part of parts) whole += part
  return whole as Octets
}

export function slice(source: Octets, start: number, end?: number): Octets {
  return source.slice(start, end) as Octets
}

/** Trims spaces, tabs and line ends. `trim` would also remove octet A0, which is part of many UTF-8 characters. */
export function trimWhiteSpace<T extends string>(text: T): T {
  let start = 0
  let end = text.length
  while (start < end && isWhiteSpace(text.charCodeAt(start))) start++
  while (end > start && isWhiteSpace(text.charCodeAt(end - 1))) end--
  return text.slice(start, end) as T
}

const isWhiteSpace = (code: number): boolean => code === 32 || code === 9 || code === 10 || code === 13

/** base64 of octets, with padding and without line breaks (RFC 4648 section 4). */
export function toBase64(source: Octets): Octets {
  return base64.encode(toBytes(source)) as Octets
}

/** Decodes base64; undefined if it is not well-formed (RFC 4648 section 4). */
export function fromBase64(source: Octets): Octets | undefined {
  try {
    return fromBytes(base64.decode(source))
  } catch {
    return undefined
  }
}
