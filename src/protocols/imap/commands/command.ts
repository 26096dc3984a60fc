import type { CommandName } from '../grammar/commandNames'
import type { Scanner } from '../grammar/grammar'
import type { Outcome } from '../grammar/responses'
import type { ParsedCommand } from '../meaning'
import type { Extension, ServerContext } from '../session/serverContext'
import type { ImapQuestion, StoreAnswer } from '../store/storeQuestions'

/** The states of RFC 9051 section 3 in which a command can be admitted. */
export type AdmittingState = 'notAuthenticated' | 'authenticated' | 'selected'

export const ANY: readonly AdmittingState[] = ['notAuthenticated', 'authenticated', 'selected']
export const LOGGED_IN: readonly AdmittingState[] = ['authenticated', 'selected']
export const SELECTED: readonly AdmittingState[] = ['selected']

/**
 * One command: its grammar, the states that admit it, its question to the store and its answer. The scanner, the machine's
 * events and the catalogue are all built from these records.
 */
export interface ImapCommand<Arguments = unknown> {
  /** In upper case, as in the command: `UID FETCH`. */
  readonly name: CommandName
  readonly states: readonly AdmittingState[]
  /**
   * True for FETCH, STORE, SEARCH and similar commands by number: no EXPUNGE may be sent during their answer (RFC 9051 section
   * 7.5.1).
   */
  readonly keepsNumbers?: boolean
  /** The extensions that this use of the command enables for the rest of the session (RFC 7162 section 3.1, RFC 5161). */
  enables?(args: Arguments): readonly Extension[]
  /**
   * The UIDs that a search saves for `$`; undefined leaves the saved ones unchanged (RFC 5182). `result` is the store's answer, or
   * the outcome without one.
   */
  saves?(args: Arguments, context: ServerContext, result: StoreAnswer | Outcome): readonly number[] | undefined
  readonly syntax: string
  readonly rfc: string
  /** A whole valid line without its tag. */
  readonly example: string
  /** Reads the arguments after the name. Throws GrammarError. */
  scan(s: Scanner): Arguments
  /** The parsed command for the view: without the password. */
  parsed(args: Arguments): ParsedCommand
  /** The question before the answer. An Outcome instead ends the command at once. */
  question?(args: Arguments, context: ServerContext): ImapQuestion | Outcome
  /** `answer` is undefined if there was no question. An answer 'refused' never gets here. */
  answer(args: Arguments, context: ServerContext, answer: StoreAnswer | undefined): Outcome
}

/** Keeps the type of the arguments inside one command; the table does not know it. */
export function command<Arguments>(spec: ImapCommand<Arguments>): ImapCommand {
  return spec as ImapCommand<unknown>
}

/** The answer if it has the type that belongs to the question. */
export function answered<Type extends StoreAnswer['type']>(
  answer: StoreAnswer | undefined,
  type: Type,
): Extract<StoreAnswer, { type: Type }> {
  if (answer?.type !== type) throw new Error(`Broken expectation: the store answers ${type}, not ${answer?.type}`)
  return answer as Extract<StoreAnswer, { type: Type }>
}
