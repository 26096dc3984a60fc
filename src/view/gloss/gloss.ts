import type { Meaning } from '../../session/session'
import type { Fault } from '../../world/fact'
import type { Reason, TransferReason } from '../../world/reason'
import type { HostName } from '../../world/world'
import type { Names } from '../run/names'

/** `line`: the line itself, if it is one of several that together have this meaning. */
export type Gloss = (means: Meaning, line?: string) => string | undefined

/** One function per protocol that makes sentences. `known.ts` adds those of this program. */
const glosses = new Map<string, Gloss>()

/** Adds the sentences of a protocol. Returns the function that removes them again. */
export function addGloss(protocol: string, gloss: Gloss): () => void {
  glosses.set(protocol, gloss)
  return () => glosses.delete(protocol)
}

/**
 * One plain sentence that explains a line on the wire, as the speaker might say it: "Will you take a letter for Bob?"
 *
 * @param line the line itself, if it is one of several that together have this meaning, such as those of a typed letter.
 */
export function glossOf(means: Meaning, line?: string): string | undefined {
  return means.parsed && glosses.get(means.parsed.protocol)?.(means, line)
}

type FaultText = (fault: Fault) => string

let faultTexts: FaultText | undefined

/** Sets the function that explains a fault in the text of a zone. */
export function giveFaultTexts(given: FaultText): void {
  faultTexts = given
}

/** Says in one sentence the fault of a zone's text and the remedy. */
export const faultText: FaultText = (fault) => faultTexts?.(fault) ?? fault.is

/** The name server that a resolver asked last before it gave a lookup up. */
export interface LastAsked {
  readonly server: HostName
  /** It has answered, so its answer was of no use. */
  readonly answered: boolean
}

/** Two ways to say why something did not happen: exactly, with codes; and in plain words, of a message that was not handed on. */
export interface ReasonTexts {
  exact(reason: Reason): string
  plain(reason: TransferReason, names: Names, host: HostName, asked?: LastAsked): string
}

let reasonTexts: ReasonTexts | undefined

/** Sets the functions that say why something did not happen. */
export function giveReasonTexts(given: ReasonTexts): void {
  reasonTexts = given
}

/** The reason why something did not happen: a clause without a full stop. */
export const exactReason: ReasonTexts['exact'] = (reason) => reasonTexts?.exact(reason) ?? reason.id
/** The reason why a message was not handed on, in plain words; `host` could not hand it on. */
export const plainReason: ReasonTexts['plain'] = (reason, names, host, asked) =>
  reasonTexts?.plain(reason, names, host, asked) ?? reason.id

type StateTitle = (protocol: string, path: string) => string | undefined

let titles: StateTitle | undefined

/** Sets the function that gives states their titles. */
export function giveStateTitles(given: StateTitle): void {
  titles = given
}

/** The title of a state, by its path and the key of its protocol: `mailData` of `smtp.server`. */
export const stateTitle: StateTitle = (protocol, path) => titles?.(protocol, path)
