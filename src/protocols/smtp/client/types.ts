import type { Octets } from '../../../base/octets'
import type { ClientExchange, SaslMechanism } from '../../../sasl'
import type { Meaning, Peer, Question } from '../../../session/session'
import type { SmtpEnvelope } from '../grammar/envelope'
import type { Reply } from '../grammar/reply'

/** Given by the host. */
export interface SmtpClientInput {
  /** Our own host name, for EHLO. */
  readonly helloName: string
  /**
   * `opportunistic`: STARTTLS where it is offered, else in the clear. `required`: no letter goes unencrypted.
   * `implicit`: the wire is encrypted from its first octet (RFC 8314). Left out: `never`.
   */
  readonly tls?: 'never' | 'opportunistic' | 'required' | 'implicit'
  /** Who logs in, where the server offers AUTH. */
  readonly credentials?: { readonly user: string; readonly password: string }
  /** The mechanisms that may be used; the strongest that is offered is. Left out: all. */
  readonly mechanisms?: readonly SaslMechanism[]
  /** For SCRAM: printable ASCII without a comma, never used before. Without it SCRAM is not used. */
  readonly nonce?: string
  /** MAIL, RCPT and DATA go out together where PIPELINING is offered (RFC 2920). Left out: each waits for its reply. */
  readonly pipelining?: boolean
  /** The letter goes by BDAT where CHUNKING is offered (RFC 3030). Left out: by DATA. */
  readonly chunking?: boolean
  /** Octets of the largest chunk. Left out: 65,536. */
  readonly chunkSize?: number
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
  /**
   * Forward-paths for which there was no room in this transaction: not named, because of the server's RCPTMAX (RFC 9422),
   * or refused as too many (RFC 5321 section 4.5.3.1.10). A next one may have them at once.
   */
  readonly left?: readonly string[]
  /** The reply that decided; absent where the connection did. */
  readonly reply?: Reply
  /** The reply is in the client's own words: the server never saw the letter. */
  readonly byUs?: true
  readonly outcome: SmtpOutcome
  /** The reply is the greeting: this server takes no letters at all, which says nothing of others for the same domain. */
  readonly atGreeting?: true
  /** Where the connection decided: `refused`, `timedOut`, `reset`, `finished`. */
  readonly why?: string
  /** The next hop offered DSN: it sends notices itself; otherwise who asked for one about success hears that it was relayed (RFC 3461 section 5.2.2). */
  readonly dsn: boolean
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
  /** 421: the server closes the connection, whatever it was asked (RFC 5321 section 3.8). */
  | { readonly type: 'serviceNotAvailable'; readonly reply: Reply }
  /** 334 while logging in; `challenge` is undefined where it is not base64. */
  | { readonly type: 'challenge'; readonly challenge: Octets | undefined }
  | { readonly type: 'noReply'; readonly reply: Reply }

export type SmtpClientEvent =
  | SmtpReplyUnit
  | SmtpClientAnswer
  | { readonly type: 'secured' }
  | { readonly type: 'opened'; readonly peer: Peer }
  | { readonly type: 'closed'; readonly why: string }

export interface SmtpClientContext extends SmtpClientInput {
  /** The server takes letters for elsewhere: only captions make a difference of it. */
  readonly submits: boolean
  /** The wire is encrypted. */
  readonly secure: boolean
  /** The login under way. */
  readonly exchange: ClientExchange | null
  /** EHLO keywords in capitals, with what stands behind them. Empty after HELO. */
  readonly extensions: Readonly<Record<string, string>>
  /** How many RCPT commands the server takes in one transaction, as it says (RFC 9422). */
  readonly rcptMax: number
  /** The letter under way. */
  readonly letter: SmtpLetter | null
  /** How many of its forward-paths have been said and answered. */
  readonly said: number
  /** How many of its chunks have been answered. */
  readonly chunk: number
  readonly accepted: readonly string[]
  readonly refused: readonly { readonly forwardPath: string; readonly reply: Reply }[]
  /** What is to be reported once the server has answered what is still on its way, or RSET. */
  readonly report: SmtpTransferReport | null
}

/** A command on its way out. */
export interface SpokenCommand {
  readonly line: string
  readonly means: Meaning
}

/** Mail data on its way out. */
export interface SpokenData {
  readonly octets: Octets
  readonly means: Meaning
}
