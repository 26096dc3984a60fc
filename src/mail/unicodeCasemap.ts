import { fromText, type Octets } from '../base/octets'

/**
 * The collation i;unicode-casemap (RFC 5051), by which SORT and THREAD compare (RFC 5256 section 7): each character in its
 * titlecase form, then decomposed, and so on with what comes out of that; as octets of UTF-8. Texts are equal where their
 * keys are, and ordered as their keys are.
 */
export function unicodeCasemap(text: string): Octets {
  if (!/[^\0-\x7f]/.test(text)) return text.toUpperCase() as Octets
  // What is decomposed has the titlecase forms that it would have had before; none of those can be decomposed further.
  return fromText(text.normalize('NFKD').replace(WITH_TITLECASE, (run) => run.toUpperCase()))
}

/**
 * All that upper case changes to what Unicode lists as its titlecase form. Sharp s has none, since it would take two
 * characters, and Georgian letters are their own.
 */
const WITH_TITLECASE = /[^\u00df\u10d0-\u10ff]+/g
