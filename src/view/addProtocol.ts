import type { ProtocolFace } from '../session/face'
import type { Knowledge } from '../session/knowledge'
import { addFace } from './faces'
import { addEffects, type Effect } from './gloss/effects'
import { addGloss, type Gloss } from './gloss/gloss'
import { addKnowledge } from './knowledge'
import { addEntryText, type TextOfEntry } from './reference/entryText'

/** All that the view has to know about an added protocol. */
export interface ProtocolView {
  readonly face: ProtocolFace
  readonly knowledge: Knowledge
  /** One plain sentence for each line, from what was parsed. */
  readonly gloss?: Gloss
  /** Explains the words of its catalogue. */
  readonly entryText?: TextOfEntry
  /** Says the effect that a legal command would have now. */
  readonly effect?: Effect
}

/** Adds a protocol to everything that is shown. Returns the function that removes it again. */
export function addProtocol({ face, knowledge, gloss, entryText, effect }: ProtocolView): () => void {
  const removals = [
    addFace(face),
    addKnowledge(face.name, knowledge),
    ...(gloss ? [addGloss(face.name, gloss)] : []),
    ...(entryText ? [addEntryText(face.name, entryText)] : []),
    ...(effect ? [addEffects(face.name, effect)] : []),
  ]
  return () => {
    for (const remove of removals) remove()
  }
}
