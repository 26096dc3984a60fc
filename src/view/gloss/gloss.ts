import type { Meaning } from '../../session/session'
import type { Fault } from '../../world/fact'

export type Gloss = (means: Meaning) => string | undefined

/** One maker of sentences a protocol. Those of this program are added by `known.ts`. */
const glosses = new Map<string, Gloss>()

/** Explains the lines of one more protocol from now on; gives back what takes that away again. */
export function addGloss(protocol: string, gloss: Gloss): () => void {
  glosses.set(protocol, gloss)
  return () => glosses.delete(protocol)
}

/** One plain sentence that explains a line on the wire, as the speaker might say it: "Will you take a letter for Bob?" */
export function glossOf(means: Meaning): string | undefined {
  return means.parsed && glosses.get(means.parsed.protocol)?.(means)
}

type FaultText = (fault: Fault) => string

let faultTexts: FaultText | undefined

/** Says from now on what is wrong in the text of a zone. */
export function giveFaultTexts(given: FaultText): void {
  faultTexts = given
}

/** What is wrong in a text, and the remedy, in one sentence. */
export const faultText: FaultText = (fault) => faultTexts?.(fault) ?? fault.is

type StateTitle = (protocol: string, path: string) => string | undefined

let titles: StateTitle | undefined

/** Says from now on how states are called. */
export function giveStateTitles(given: StateTitle): void {
  titles = given
}

/** The title of a state, by its path and the key of its protocol: `session.mailData` of `smtp.server`. */
export const stateTitle: StateTitle = (protocol, path) => titles?.(protocol, path)
