import type { Octets } from '../base/octets'
import { unicodeCasemap } from './unicodeCasemap'

/** The base subject of RFC 5256 section 2.1, by which letters are sorted and threaded. */
export interface BaseSubject {
  /** As i;unicode-casemap compares it (RFC 5051). */
  readonly text: Octets
  /** A "Re:", "Fwd:", "(fwd)" or "[Fwd: ...]" was taken off. */
  readonly isReply: boolean
}

const BLOB = /^\[[^[\]]*\]\s*/
const REFWD = /^(?:\[[^[\]]*\]\s*)*(?:re|fwd?)\s*(?:\[[^[\]]*\]\s*)?:/i

/** Takes a subject whose encoded words are decoded. */
export function baseSubject(subject: string): BaseSubject {
  let text = subject.replace(/\s+/g, ' ')
  let isReply = false
  for (;;) {
    // (2) subj-trailer
    for (;;) {
      text = text.trimEnd()
      if (!/\(fwd\)$/i.test(text)) break
      text = text.slice(0, -5)
      isReply = true
    }
    // (3) to (5): subj-leader, and a subj-blob that leaves something behind it.
    for (;;) {
      text = text.trimStart()
      const refwd = REFWD.exec(text)
      if (refwd) {
        text = text.slice(refwd[0].length)
        isReply = true
        continue
      }
      const rest = text.replace(BLOB, '')
      if (rest === text || rest === '') break
      text = rest
    }
    // (6) subj-fwd
    if (!/^\[fwd:.*\]$/i.test(text)) return { text: unicodeCasemap(text), isReply }
    text = text.slice(5, -1)
    isReply = true
  }
}
