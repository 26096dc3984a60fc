import type { Octets } from '../../base/octets'

/** The languages of response texts (RFC 6856 section 3): this server has one. */

export const LANGUAGE = 'en'

/** True if the basic language range matches (RFC 4647 section 3.3.1); `*` means the server's choice. */
export const speaks = (range: string): boolean => range === '*' || range.toLowerCase() === LANGUAGE

/** `language-listing`: the tag, a space, the language's own name. */
export const LANGUAGE_LISTING = `${LANGUAGE} English\r\n` as Octets
