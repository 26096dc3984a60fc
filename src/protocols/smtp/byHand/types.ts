import type { Octets } from '../../../base/octets'
import type { Answer, Intent, Peer, Question, Stopping } from '../../../session/session'
import type { SmtpAnswered } from '../meaning'
import type { SmtpServerAnswer, SmtpServerContext, SmtpServerQuestion, SmtpServerUnit } from '../server/types'

/** An SMTP server whose replies a person says. */

/** The line, or the moment, that waits for a reply. */
export type Heard = Exclude<SmtpServerUnit, { type: 'mailDataPart' | 'chunkPart' | 'lineRunsOn' }> | Opened

interface Opened {
  readonly type: 'opened'
  readonly peer: Peer
}

/**
 * The person's own server: in `SmtpServerContext` stands only what the person has agreed to, so the real machine can be asked at
 * any line what it would say after such answers.
 */
export interface ByHandContext extends SmtpServerContext {
  /** The port that was called. */
  readonly localPort: number
  /** The line that waits for a reply; null while the client has the word. */
  readonly heard: Heard | null
  /** The lines of a login under way before this one. */
  readonly exchange: readonly Heard[]
  /** The octets of the chunk that was read last. */
  readonly lastChunk: Octets
  /** The beginning of a reply of several lines. */
  readonly said: Octets
}

/** The server's questions: a reply, from a person; and a message that the person has accepted, to the host. */
export type ByHandQuestion = ReplyWanted | TakesMessage
export interface ReplyWanted extends Question {
  readonly type: 'replyWanted'
  readonly heard: HeardName
  readonly localPort: number
}
type TakesMessage = Extract<SmtpServerQuestion, { type: 'takeMessage' }>

/** The name of a line that is answered: a command by its verb, the greeting, the message, or a line that is no command. */
export type HeardName = SmtpAnswered | 'saslResponse' | 'unknown'

/** The person's intents, from the host. */
export type ByHandIntent =
  | (Intent & { readonly type: 'reply'; readonly octets: Octets })
  | (Intent & { readonly type: 'hangUp' })

/** The host has taken the accepted message, or could not. */
export type ByHandAnswer = Answer & Extract<SmtpServerAnswer, { type: 'messageTaken' | 'messageRefused' }>

export type ByHandEvent =
  | SmtpServerUnit
  | Opened
  | ByHandIntent
  | ByHandAnswer
  | Stopping
  | { readonly type: 'secured' }
  | { readonly type: 'closed'; readonly why: string }
