import type { Octets } from '../base/octets'
import { unicodeCasemap } from './unicodeCasemap'

/** The base subject of RFC 5256 section 2.1, by which messages are sorted and threaded. */
export interface BaseSubject {
  /** The key by which i;unicode-casemap compares it (RFC 5051). */
  readonly text: Octets
  /** True if a "Re:", "Fwd:", "(fwd)" or "[Fwd: ...]" was removed. */
  readonly isReply: boolean
}

const TRAILER = '(fwd)'
const FORWARD = '[fwd:'
/** subj-refwd, from its word on. */
const REFWD = /(?:re|fwd?) ?(?:\[[^[\]]*\] ?)?:/iy
/** subj-blob, without the space after it. */
const BLOB = /\[[^[\]]*\]/y

/** Takes a subject with decoded encoded words. Two positions mark the rest that is left, so the text is read once. */
export function baseSubject(subject: string): BaseSubject {
  const text = subject.replace(/\s+/g, ' ')
  let start = 0
  let end = text.length
  let isReply = false
  const says = (at: number, word: string): boolean => text.slice(at, at + word.length).toLowerCase() === word

  for (;;) {
    // (2) subj-trailer
    for (;;) {
      while (end > start && text[end - 1] === ' ') end--
      if (end - start < TRAILER.length || !says(end - TRAILER.length, TRAILER)) break
      end -= TRAILER.length
      isReply = true
    }
    // (3) to (5): subj-leader, and each subj-blob that leaves something after it.
    for (;;) {
      while (start < end && text[start] === ' ') start++
      const blobs = afterBlobs(text, start, end)
      const refwd = matchEnd(REFWD, text, blobs.end)
      if (refwd !== -1 && refwd <= end) {
        start = refwd
        isReply = true
        continue
      }
      start = blobs.end < end ? blobs.end : blobs.last
      break
    }
    // (6) subj-fwd
    if (end - start <= FORWARD.length || !says(start, FORWARD) || text[end - 1] !== ']') break
    start += FORWARD.length
    end--
    isReply = true
  }
  return { text: unicodeCasemap(text.slice(start, end)), isReply }
}

/** The end of the run of blobs that begins at `start`, and the beginning of its last blob. */
function afterBlobs(text: string, start: number, end: number): { readonly end: number; readonly last: number } {
  let [at, last] = [start, start]
  for (let next = matchEnd(BLOB, text, at); next !== -1 && next <= end; next = matchEnd(BLOB, text, at)) {
    last = at
    // Skips the space after it, unless the text ends there.
    at = next < end && text[next] === ' ' ? next + 1 : next
  }
  return { end: at, last }
}

function matchEnd(pattern: RegExp, text: string, at: number): number {
  pattern.lastIndex = at
  return pattern.test(text) ? pattern.lastIndex : -1
}
