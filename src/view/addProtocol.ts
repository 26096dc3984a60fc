import type { ProtocolFace } from '../session/face'
import type { Knowledge } from '../session/knowledge'
import { addFace } from './faces'
import { addGloss, type Gloss } from './gloss/gloss'
import { addKnowledge } from './knowledge'

/** All that the view has to know of a protocol that it does not bring along. */
export interface ProtocolView {
  readonly face: ProtocolFace
  readonly knowledge: Knowledge
  /** One plain sentence for each line, from what was parsed. */
  readonly gloss?: Gloss
}

/** Shows one more protocol everywhere from now on; gives back what takes it away again. */
export function addProtocol({ face, knowledge, gloss }: ProtocolView): () => void {
  const removals = [addFace(face), addKnowledge(face.name, knowledge), ...(gloss ? [addGloss(face.name, gloss)] : [])]
  return () => {
    for (const remove of removals) remove()
  }
}
