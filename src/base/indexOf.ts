/**
 * The place of a text within another, from a place on; -1 if it is not there. In linear time whatever either says: the engine's own
 * `indexOf` compares a long text that repeats itself again and again.
 */
export function indexOfText(text: string, wanted: string, from = 0): number {
  if (wanted.length <= SHORT) return text.indexOf(wanted, from)
  if (wanted.length > text.length - from) return -1
  const start = text.indexOf(wanted.slice(0, SHORT), from)
  return start === -1 ? -1 : fromStart(text, wanted, start)
}

/** True if a text contains another, in linear time. */
export const contains = (text: string, wanted: string): boolean => indexOfText(text, wanted) !== -1

/** A text of so few characters costs no more than so many readings. */
const SHORT = 32

/** The algorithm of Knuth, Morris and Pratt (SIAM Journal on Computing 6, 1977). */
function fromStart(text: string, wanted: string, start: number): number {
  const back = borders(wanted)
  let matched = 0
  for (let at = start; at < text.length; at++) {
    const code = text.charCodeAt(at)
    while (matched > 0 && wanted.charCodeAt(matched) !== code) matched = back[matched - 1] as number
    if (wanted.charCodeAt(matched) === code) matched++
    if (matched === wanted.length) return at - matched + 1
  }
  return -1
}

/** For each beginning of the text the length of the longest other beginning with which it ends. */
function borders(text: string): Uint32Array {
  const back = new Uint32Array(text.length)
  let length = 0
  for (let at = 1; at < text.length; at++) {
    while (length > 0 && text.charCodeAt(at) !== text.charCodeAt(length)) length = back[length - 1] as number
    if (text.charCodeAt(at) === text.charCodeAt(length)) length++
    back[at] = length
  }
  return back
}
