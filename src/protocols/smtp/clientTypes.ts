import type { Octets } from '../../base/octets'
import type { Meaning, Peer, Question } from '../../session/session'
import type { Reply } from './grammar'
import type { SmtpEnvelope } from './serverTypes'

/** Given by the host. */
export interface SmtpClientInput {
  /** Our own host name, for EHLO. */
  readonly helloName: string
  /** Who logs in, where the server asks for it. */
  readonly credentials?: { readonly user: string; readonly password: string }
}

/** A letter to be handed over. */
export interface SmtpLetter {
  readonly envelope: SmtpEnvelope
  readonly message: Octets
}

export type SmtpOutcome = 'accepted' | 'refused' | 'deferred' | 'unreachable' | 'lost'

/** What came of a letter, or of the connection where no letter had been handed over yet. */
export interface SmtpTransferReport {
  /** Forward-paths for which the server now answers. */
  readonly accepted: readonly string[]
  /** Forward-paths that got a 4yz (try again) or 5yz (final) reply at RCPT. */
  readonly refused: readonly { readonly forwardPath: string; readonly reply: Reply }[]
  /** The reply that decided; absent where the connection did. */
  readonly reply?: Reply
  readonly outcome: SmtpOutcome
  /** Where the connection decided: `refused`, `timedOut`, `reset`, `finished`. */
  readonly why?: string
}

/** What the client asks its host. */
export type SmtpClientQuestion = Question &
  (
    | { readonly type: 'nextLetter' }
    /** `open`: the connection can carry another letter; otherwise an answer is not waited for. */
    | { readonly type: 'transferEnded'; readonly report: SmtpTransferReport; readonly open: boolean }
  )

export type SmtpClientAnswer = ({ readonly type: 'letter' } & SmtpLetter) | { readonly type: 'noLetter' }

/** A reply, by the first digit of its code (RFC 5321 section 4.2.1). */
export type SmtpReplyUnit =
  | { readonly type: 'positiveCompletion'; readonly reply: Reply }
  | { readonly type: 'positiveIntermediate'; readonly reply: Reply }
  | { readonly type: 'transientNegative'; readonly reply: Reply }
  | { readonly type: 'permanentNegative'; readonly reply: Reply }
  | { readonly type: 'noReply'; readonly reply: Reply }

export type SmtpClientEvent =
  | SmtpReplyUnit
  | SmtpClientAnswer
  | { readonly type: 'opened'; readonly peer: Peer }
  | { readonly type: 'closed'; readonly why: string }

export interface SmtpClientContext extends SmtpClientInput {
  /** The server takes letters for elsewhere: only captions make a difference of it. */
  readonly submits: boolean
  /** EHLO keywords in capitals, with what stands behind them. Empty after HELO. */
  readonly extensions: Readonly<Record<string, string>>
  /** The letter under way. */
  readonly letter: SmtpLetter | null
  /** How many of its forward-paths have been said. */
  readonly said: number
  readonly accepted: readonly string[]
  readonly refused: readonly { readonly forwardPath: string; readonly reply: Reply }[]
  /** What is to be reported once the server has answered RSET. */
  readonly report: SmtpTransferReport | null
}

/** A command on its way out. */
export interface SpokenCommand {
  readonly line: string
  readonly means: Meaning
}
