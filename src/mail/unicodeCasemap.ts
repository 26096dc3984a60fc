import { fromText, type Octets } from '../base/octets'

/**
 * The collation i;unicode-casemap (RFC 5051), by which SORT and THREAD compare (RFC 5256 section 7): each character is
 * converted to titlecase and decomposed, until nothing changes; the key is UTF-8. Texts are equal if their keys are, and have
 * the order of their keys.
 */
export function unicodeCasemap(text: string): Octets {
  if (!/[^\0-\x7f]/.test(text)) return text.toUpperCase() as Octets
  // NFKD first is enough: a decomposed character has the titlecase form of its original, and no titlecase form decomposes further.
  return fromText(text.normalize('NFKD').replace(WITH_TITLECASE, (run) => run.toUpperCase()))
}

/**
 * Characters whose upper case equals the titlecase form in Unicode. Sharp s has none, since it would need two characters, and
 * Georgian characters are their own.
 */
const WITH_TITLECASE = /[^\u00df\u10d0-\u10ff]+/g
