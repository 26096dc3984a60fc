import type { InterventionBody } from '../world/intervention'

/**
 * The deeds of a run: an instant and an action. An author's deed in plain words (`powerOff`, `zone`, `talk`: `deedSchema.ts`)
 * has become one of these.
 */
export type Deed = ({ readonly at: number } & InterventionBody) | LetterDeed | ReadyLetterDeed | TalkDeed | RecordsDeed

/** A message that a person writes in the letter form. It is composed from the account of the sender. */
export interface LetterDeed {
  readonly at: number
  readonly type: 'letter'
  /** The sender's address, one of an account of a mail program; by default that of the prepared message. */
  readonly from?: string
  readonly to: string | readonly string[]
  readonly cc?: readonly string[]
  /** Blind copies: on the envelope only. */
  readonly bcc?: readonly string[]
  readonly subject: string
  readonly body: string
  readonly attachment?: { readonly name: string; readonly type: string; readonly size: number }
}

/** The scenario's prepared message is sent. */
export interface ReadyLetterDeed {
  readonly at: number
  readonly type: 'readyLetter'
}

/**
 * A person opens a connection and says one line after another, each `every` milliseconds after the one before. A list of lines
 * is said in one breath.
 */
export interface TalkDeed {
  readonly at: number
  readonly type: 'talk'
  readonly host: string
  readonly terminal: string
  readonly to: string
  readonly port: number
  readonly implicitTls?: true
  readonly every: number
  readonly lines: readonly (string | readonly string[])[]
  readonly hangUp?: boolean
}

/** A zone of the scenario gets other records for its own name: these in place of its MX, A and AAAA; the rest of its text stays. */
export interface RecordsDeed {
  readonly at: number
  readonly type: 'records'
  readonly host: string
  readonly apex: string
  /** Records as the zone's text has them: `@ MX 5 store`. Those of other names are added. */
  readonly records: readonly string[]
}

/** A run to look at: a scenario and its deeds. It goes on until the world falls quiet. */
export interface Play {
  readonly scenario: string
  readonly deeds: readonly Deed[]
}
