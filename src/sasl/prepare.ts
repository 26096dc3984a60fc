/** Code points that map to nothing (RFC 3454 table B.1); most are variation selectors. */
const TO_NOTHING = /\u{34f}|\p{Variation_Selector}|[\u{ad}\u{1806}\u{200b}-\u{200d}\u{2060}\u{feff}]/gu
/** Spaces other than the ASCII one (RFC 3454 table C.1.2). */
const OTHER_SPACES = /[\u{a0}\u{1680}\u{2000}-\u{200b}\u{202f}\u{205f}\u{3000}]/gu
/** Controls, private use, surrogates, non-characters, and characters unsuitable for plain text (RFC 3454 tables C.2 to C.9). */
const PROHIBITED =
  /\u{340}|\u{341}|[\p{Cc}\p{Co}\p{Cs}\p{Noncharacter_Code_Point}\u{6dd}\u{70f}\u{180e}\u{200e}\u{200f}\u{2028}-\u{202e}\u{2061}-\u{2063}\u{206a}-\u{206f}\u{2ff0}-\u{2ffb}\u{fff9}-\u{fffd}\u{1d173}-\u{1d17a}\u{e0001}\u{e0020}-\u{e007f}]/u
const ASCII = /^[ -~]*$/

/**
 * Prepares a user name or password for comparison (SASLprep, RFC 4013 section 2), so that equal-looking texts have equal
 * octets. Undefined if it has a prohibited character.
 */
export function prepare(text: string): string | undefined {
  if (ASCII.test(text)) return text
  const prepared = text.replace(OTHER_SPACES, ' ').replace(TO_NOTHING, '').normalize('NFKC')
  return PROHIBITED.test(prepared) ? undefined : prepared
}
