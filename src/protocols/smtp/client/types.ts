import type { Octets } from '../../../base/octets'
import type { ClientExchange, SaslMechanism } from '../../../sasl'
import type { Meaning, Peer, Question } from '../../../session/session'
import type { SmtpEnvelope } from '../grammar/envelope'
import type { Reply } from '../grammar/reply'

/** The machine's input from the host. */
export interface SmtpClientInput {
  /** Our own host name, for EHLO. */
  readonly helloName: string
  /**
   * `opportunistic`: STARTTLS if offered, else plaintext. `required`: no message travels unencrypted. `implicit`: TLS begins
   * with the connection (RFC 8314). Default: `never`.
   */
  readonly tls?: 'never' | 'opportunistic' | 'required' | 'implicit'
  /** The login, if the server offers AUTH. */
  readonly credentials?: { readonly user: string; readonly password: string }
  /** The mechanisms that may be used; the client takes the strongest offered one. Default: all. */
  readonly mechanisms?: readonly SaslMechanism[]
  /** For SCRAM: printable ASCII without a comma, used only once. Without it the client does not use SCRAM. */
  readonly nonce?: string
  /** MAIL, RCPT and DATA go out together if PIPELINING is offered (RFC 2920). By default each waits for its reply. */
  readonly pipelining?: boolean
  /** The message goes by BDAT if CHUNKING is offered (RFC 3030). By default it goes by DATA. */
  readonly chunking?: boolean
  /** Octets of the largest chunk. Default: 65,536. */
  readonly chunkSize?: number
}

/** A message to transfer. */
export interface SmtpMessage {
  readonly envelope: SmtpEnvelope
  readonly message: Octets
}

export type SmtpOutcome = 'accepted' | 'refused' | 'deferred' | 'unreachable' | 'lost'

/**
 * A missing property of the server for which the client sends no message. `trust`: the server accepted the login without
 * knowing the password.
 */
export type SmtpLack = 'encryption' | 'trust' | 'utf8' | 'eightBit'

/** The result for a message, or for the connection if it had no message yet. */
export interface SmtpTransferReport {
  /** Forward-paths for which the server is now responsible. */
  readonly accepted: readonly string[]
  /** Forward-paths that got a 4yz (try again) or 5yz (final) reply at RCPT. */
  readonly refused: readonly { readonly forwardPath: string; readonly reply: Reply }[]
  /**
   * Forward-paths beyond the limit of this transaction: either not named because of the server's RCPTMAX (RFC 9422), or refused
   * as too many (RFC 5321 section 4.5.3.1.10). The next transaction may name them at once.
   */
  readonly left?: readonly string[]
  /** The reply that decided; absent if the connection ended instead. */
  readonly reply?: Reply
  /** The reply is the client's own, for what the server lacks: the server never saw the message. */
  readonly byUs?: SmtpLack
  readonly outcome: SmtpOutcome
  /** The reply is the greeting: this server accepts no messages at all, but other servers of the domain may. */
  readonly atGreeting?: true
  /** How the connection ended, if that decided: `refused`, `timedOut`, `reset`, `finished`. */
  readonly why?: string
  /**
   * The next hop offered DSN and sends notices itself. Otherwise we send the "relayed" DSN to a sender who asked for SUCCESS
   * (RFC 3461 section 5.2.2).
   */
  readonly dsn: boolean
}

/** The client's questions to its host. */
export type SmtpClientQuestion = Question &
  (
    | { readonly type: 'nextMessage' }
    /** `open`: the connection can carry another message; otherwise the client does not wait for an answer. */
    | { readonly type: 'transferEnded'; readonly report: SmtpTransferReport; readonly open: boolean }
  )

export type SmtpClientAnswer = ({ readonly type: 'letter' } & SmtpMessage) | { readonly type: 'noMessage' }

/** A reply, by the first digit of its code (RFC 5321 section 4.2.1). */
export type SmtpReplyUnit =
  | { readonly type: 'positiveCompletion'; readonly reply: Reply }
  | { readonly type: 'positiveIntermediate'; readonly reply: Reply }
  | { readonly type: 'transientNegative'; readonly reply: Reply }
  | { readonly type: 'permanentNegative'; readonly reply: Reply }
  /** 421: the server closes the connection, whatever the command was (RFC 5321 section 3.8). */
  | { readonly type: 'serviceNotAvailable'; readonly reply: Reply }
  /** 334 during a login; `challenge` is undefined if it is not base64. */
  | { readonly type: 'challenge'; readonly challenge: Octets | undefined }
  | { readonly type: 'noReply'; readonly reply: Reply }

export type SmtpClientEvent =
  | SmtpReplyUnit
  | SmtpClientAnswer
  | { readonly type: 'secured' }
  | { readonly type: 'opened'; readonly peer: Peer }
  | { readonly type: 'closed'; readonly why: string }

export interface SmtpClientContext extends SmtpClientInput {
  /** The server relays messages to other servers. Only captions use this. */
  readonly submits: boolean
  /** The wire is encrypted. */
  readonly secure: boolean
  /** The login under way. */
  readonly exchange: ClientExchange | null
  /** EHLO keywords in capitals, with their parameters. Empty after HELO. */
  readonly extensions: Readonly<Record<string, string>>
  /** The server's limit of RCPT commands in one transaction (RFC 9422). */
  readonly rcptMax: number
  /** The message under way. */
  readonly letter: SmtpMessage | null
  /** The number of its forward-paths that were named and answered. */
  readonly said: number
  /** The number of its chunks that were answered. */
  readonly chunk: number
  readonly accepted: readonly string[]
  readonly refused: readonly { readonly forwardPath: string; readonly reply: Reply }[]
  /** The report that waits until the server has answered all outstanding commands, or RSET. */
  readonly report: SmtpTransferReport | null
}

/** A command to send. */
export interface SpokenCommand {
  readonly line: string
  readonly means: Meaning
}

/** Mail data to send. */
export interface SpokenData {
  readonly octets: Octets
  readonly means: Meaning
}
