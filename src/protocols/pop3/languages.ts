import type { Octets } from '../../base/octets'

/** The languages of the texts in responses (RFC 6856 section 3): this server knows one. */

export const LANGUAGE = 'en'

/** True where the basic language range matches (RFC 4647 section 3.3.1); `*` asks for whatever the server prefers. */
export const speaks = (range: string): boolean => range === '*' || range.toLowerCase() === LANGUAGE

/** `language-listing`: the tag, a space, the language's own name. */
export const LANGUAGE_LISTING = `${LANGUAGE} English\r\n` as Octets
