import type { Octets } from '../../../base/octets'
import type { SaslAnswer, SaslMechanism, SaslQuestion } from '../../../sasl'
import type { Peer, Question, Stopping } from '../../../session/session'
import type { Command } from '../grammar/commands'
import type { SmtpEnvelope, SmtpRecipientDsn } from '../grammar/envelope'
import type { Reply } from '../grammar/reply'
import type { ReplyNotes } from '../meaning'

/** Names and policies from the host. */
export interface SmtpServerInput {
  readonly hostName: string
  /** `relay` accepts messages from anyone for its own users; `submission` accepts messages from its own users for anyone. */
  readonly port: 'relay' | 'submission'
  /** Octets of the largest message, offered by SIZE. */
  readonly maxSize: number
  /** The limit of RCPT commands in one transaction, offered by RCPTMAX (RFC 9422); the next gets 452. */
  readonly maxRecipients: number
  /**
   * `offered`: STARTTLS may be used. `required`: before STARTTLS only EHLO, STARTTLS, NOOP and QUIT are allowed (RFC 3207
   * section 4). `implicit`: TLS begins with the connection (RFC 8314).
   */
  readonly tls: 'none' | 'offered' | 'required' | 'implicit'
  /** The mechanisms that the host can judge; if empty, AUTH is not offered. */
  readonly mechanisms: readonly SaslMechanism[]
  /** PLAIN and LOGIN are allowed without TLS. */
  readonly plaintextAuth: boolean
  /** MAIL before AUTH gets 530. */
  readonly requireAuthentication: boolean
  /**
   * For a CR or LF in mail data that is not part of CRLF: `refuse` answers 550 5.6.11 at the end, `tolerate` accepts it as
   * text.
   */
  readonly bareLineFeed: 'refuse' | 'tolerate'
}

export interface SmtpServerContext extends SmtpServerInput {
  readonly peerName: string
  readonly peerAddress: string
  /** The wire is encrypted. */
  readonly secure: boolean
  /** The argument of EHLO or HELO; empty before. */
  readonly helloName: string
  /** The last greeting was EHLO. */
  readonly extended: boolean
  /** EHLO has been said, so replies carry enhanced status codes. */
  readonly enhanced: boolean
  /** The user who has logged in; empty before a login. */
  readonly user: string
  /** The message's envelope under way; null outside a transaction. */
  readonly envelope: SmtpEnvelope | null
  /** The size that MAIL declared (RFC 1870), or 0. */
  readonly declaredSize: number
  /** The number of accepted RCPT commands in this transaction; an address that is named twice counts twice. */
  readonly recipients: number
  /** The recipient in the question to the host. */
  readonly candidate: Candidate | null
  /** The BDAT chunk under way. */
  readonly chunk: Chunk | null
  /** The message under way comes by BDAT. `spoilt`: one of its chunks was refused, so RSET has to follow (RFC 3030 section 2). */
  readonly chunks: 'none' | 'underWay' | 'spoilt'
  /** Malformed lines, unknown commands and failed logins of this connection. */
  readonly mistakes: number
  /** The reply to the last mistake, during the pause. */
  readonly late: SpokenReply | null
  /** VRFY asked for a reply in UTF-8. */
  readonly utf8Reply: boolean
  /** Pieces of a large message, without dot-stuffing. `midLine`: the last piece did not end with a line. */
  readonly mailData: Octets
  readonly midLine: boolean
  /** The message exceeds `maxSize`: the rest is read and discarded. */
  readonly tooLarge: boolean
  /** The beginning of a line above the limit was discarded; the rest of that line is still to come. */
  readonly lineRunsOn: boolean
}

export interface Chunk {
  /** Octets, from BDAT. */
  readonly size: number
  /** Octets still to come. */
  readonly left: number
  readonly last: boolean
  /** The reply at the chunk's end if it is refused. */
  readonly refusal?: Reply
}

export interface Candidate {
  readonly forwardPath: string
  readonly dsn?: SmtpRecipientDsn
}

/** The server's questions to its host. */
export type SmtpServerQuestion = Question &
  (
    | {
        readonly type: 'verifyRecipient'
        readonly port: SmtpServerInput['port']
        readonly peerAddress: string
        readonly reversePath: string
        readonly forwardPath: string
        /** The octets that MAIL declared (RFC 1870), if any. */
        readonly size?: number
        readonly user?: string
      }
    | SaslQuestion
    /** VRFY. `smtpUtf8`: the reply may have characters beyond ASCII (RFC 6531 section 3.7.4.2). */
    | { readonly type: 'verifyUser'; readonly text: string; readonly smtpUtf8?: true }
    | {
        readonly type: 'takeMessage'
        /** The service: the host may complete a submitted message (RFC 6409 section 8). */
        readonly port: SmtpServerInput['port']
        readonly envelope: SmtpEnvelope
        /** As received, without dot-stuffing. */
        readonly message: Octets
        readonly helloName: string
        readonly peerAddress: string
        readonly peerName: string
        readonly protocol: SmtpTransport
        readonly user?: string
      }
  )

/** The `with` of the trace field (RFC 3848; RFC 6531 section 4.3): S for TLS, A for AUTH. */
export type SmtpTransport = 'SMTP' | `${'ESMTP' | 'UTF8SMTP'}${'' | 'S'}${'' | 'A'}`

/**
 * The rule by which a host accepts a recipient: it has the mailbox, itself or at another host of its own (`relayDomain`); the
 * postmaster of a domain always exists; the sender has logged in; or it relays for anybody.
 */
export type AcceptanceGrounds = 'mailbox' | 'postmaster' | 'relayDomain' | 'loggedIn' | 'openRelay'

/** The rule by which a host refuses a recipient or a message. */
export type RefusalGrounds = 'relayDenied' | 'noSuchUser' | 'mailboxFull' | 'mailboxTooSmall' | 'greylisted' | 'loop'

/** The host's answers. A refusal carries its own 4yz or 5yz reply. `grounds` is for readers of the trace: no reply depends on it. */
export type SmtpServerAnswer =
  | SaslAnswer
  | { readonly type: 'recipientAccepted'; readonly grounds?: AcceptanceGrounds }
  | { readonly type: 'recipientRefused'; readonly reply: Reply; readonly grounds?: RefusalGrounds }
  | { readonly type: 'messageTaken'; readonly queueId: string }
  | { readonly type: 'messageRefused'; readonly reply: Reply; readonly grounds?: RefusalGrounds }
  | { readonly type: 'userVerified'; readonly reply: Reply }

/**
 * The readers' units. `mistake`: the argument is malformed, as the reply says, and the fields are empty; the state may still
 * refuse the command, and that refusal comes first.
 */
export type SmtpServerUnit =
  | (Command & { readonly mistake?: Reply })
  | { readonly type: 'lineRunsOn' }
  | { readonly type: 'lineTooLong' }
  | { readonly type: 'saslResponse'; readonly response: Octets }
  | { readonly type: 'saslCancelled' }
  | { readonly type: 'notBase64' }
  | { readonly type: 'chunkPart'; readonly octets: Octets }
  | { readonly type: 'mailDataPart'; readonly octets: Octets; readonly midLine: boolean }
  | { readonly type: 'endOfMailData'; readonly octets: Octets }

export type SmtpServerEvent =
  | SmtpServerUnit
  | SmtpServerAnswer
  | { readonly type: 'secured' }
  /** The client was silent for too long. */
  | { readonly type: 'commandTimeout' }
  | Stopping
  | { readonly type: 'opened'; readonly peer: Peer }
  | { readonly type: 'closed'; readonly why: string }

/** A reply to send, with its notes. */
export interface SpokenReply extends ReplyNotes {
  readonly reply: Reply
  readonly enhanced: boolean
  /** The text may have characters beyond ASCII. */
  readonly utf8?: boolean
}
