const RFC = /\bRFC (\d{1,5})(?:,? sections? (\d+(?:\.\d+)*))?/

/**
 * The address of a place in the standards at the RFC editor's site: `RFC 5321, section 4.1.1.2`, or `RFC 4592`. Of several places
 * the first; undefined if the text names none.
 */
export function rfcAddress(text: string): string | undefined {
  const found = RFC.exec(text)
  if (!found) return undefined
  const [, number, section] = found
  return `https://www.rfc-editor.org/rfc/rfc${number}${section === undefined ? '' : `#section-${section}`}`
}
