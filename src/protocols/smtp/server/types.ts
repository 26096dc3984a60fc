import type { Octets } from '../../../base/octets'
import type { SaslAnswer, SaslMechanism, SaslQuestion } from '../../../sasl'
import type { Peer, Question } from '../../../session/session'
import type { Command } from '../grammar/commands'
import type { SmtpEnvelope, SmtpRecipientDsn } from '../grammar/envelope'
import type { Reply } from '../grammar/reply'
import type { ReplyNotes } from '../meaning'

/** Names and policies, given by the host. */
export interface SmtpServerInput {
  readonly hostName: string
  /** `relay` takes letters from anyone for its own users; `submission` takes letters from its own users for anyone. */
  readonly port: 'relay' | 'submission'
  /** Octets of the largest message, as SIZE says. */
  readonly maxSize: number
  /** RCPT commands accepted in one transaction, as RCPTMAX says (RFC 9422); the next gets 452. */
  readonly maxRecipients: number
  /**
   * `offered`: STARTTLS may be used. `required`: nothing but EHLO, STARTTLS, NOOP and QUIT is answered before it (RFC 3207
   * section 4). `implicit`: the wire is encrypted from its first octet (RFC 8314).
   */
  readonly tls: 'none' | 'offered' | 'required' | 'implicit'
  /** The mechanisms that the host can judge; none: AUTH is not offered. */
  readonly mechanisms: readonly SaslMechanism[]
  /** PLAIN and LOGIN are taken on a wire that is not encrypted. */
  readonly plaintextAuth: boolean
  /** MAIL before AUTH gets 530. */
  readonly requireAuthentication: boolean
  /** A CR or LF that is not part of CRLF, in mail data: `refuse` answers 550 5.6.11 at their end, `tolerate` takes it as text. */
  readonly bareLineFeed: 'refuse' | 'tolerate'
}

export interface SmtpServerContext extends SmtpServerInput {
  readonly peerName: string
  readonly peerAddress: string
  /** The wire is encrypted. */
  readonly secure: boolean
  /** As EHLO or HELO gave it; empty before. */
  readonly helloName: string
  /** The last greeting was EHLO. */
  readonly extended: boolean
  /** EHLO has been said, so replies carry enhanced status codes. */
  readonly enhanced: boolean
  /** Who has logged in; empty where nobody has. */
  readonly user: string
  /** The letter under way; null where there is none. */
  readonly envelope: SmtpEnvelope | null
  /** What MAIL said of the letter's size (RFC 1870), or 0. */
  readonly declaredSize: number
  /** RCPT commands that were accepted in this transaction; an address named twice counts twice. */
  readonly recipients: number
  /** The recipient whom the host is being asked about. */
  readonly candidate: Candidate | null
  /** The chunk that is coming by BDAT. */
  readonly chunk: Chunk | null
  /** The letter under way comes by BDAT; `spoilt`: one of its chunks was refused, so RSET has to follow (RFC 3030 section 2). */
  readonly chunks: 'none' | 'underWay' | 'spoilt'
  /** Lines that were no command and logins that failed, since the connection was opened. */
  readonly mistakes: number
  /** The reply to the last mistake, while the server pauses before it. */
  readonly late: SpokenReply | null
  /** VRFY asked for a reply in UTF-8. */
  readonly utf8Reply: boolean
  /** Pieces of a large message, dots taken away; `midLine`: the last one did not end with a line. */
  readonly mailData: Octets
  readonly midLine: boolean
  /** More octets than `maxSize` have come: the rest is read and thrown away. */
  readonly tooLarge: boolean
  /** The beginning of a line above the limit has been thrown away; the rest of that line is to follow. */
  readonly lineRunsOn: boolean
}

export interface Chunk {
  /** Octets, as BDAT said. */
  readonly size: number
  /** Octets still to come. */
  readonly left: number
  readonly last: boolean
  /** What is answered at its end, where it is not taken. */
  readonly refusal?: Reply
}

export interface Candidate {
  readonly forwardPath: string
  readonly dsn?: SmtpRecipientDsn
}

/** What the server asks its host. */
export type SmtpServerQuestion = Question &
  (
    | {
        readonly type: 'verifyRecipient'
        readonly reversePath: string
        readonly forwardPath: string
        /** Octets that MAIL declared (RFC 1870), where it did. */
        readonly size?: number
        readonly user?: string
      }
    | SaslQuestion
    /** VRFY. `smtpUtf8`: the reply may have more than ASCII in it (RFC 6531 section 3.7.4.2). */
    | { readonly type: 'verifyUser'; readonly text: string; readonly smtpUtf8?: true }
    | {
        readonly type: 'takeMessage'
        /** Where it came in: mail that is submitted may be completed (RFC 6409 section 8). */
        readonly port: SmtpServerInput['port']
        readonly envelope: SmtpEnvelope
        /** As received, dots taken away. */
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

/** What the host answers. Any refusal carries its own 4yz or 5yz reply. */
export type SmtpServerAnswer =
  | SaslAnswer
  | { readonly type: 'recipientAccepted' }
  | { readonly type: 'recipientRefused'; readonly reply: Reply }
  | { readonly type: 'messageTaken'; readonly queueId: string }
  | { readonly type: 'messageRefused'; readonly reply: Reply }
  | { readonly type: 'userVerified'; readonly reply: Reply }

/** What the readers make of lines that are no command. */
export type SmtpServerUnit =
  | Command
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
  /** The client has been silent too long. */
  | { readonly type: 'commandTimeout' }
  /** The host is about to be shut down. */
  | { readonly type: 'stopping' }
  | { readonly type: 'opened'; readonly peer: Peer }
  | { readonly type: 'closed'; readonly why: string }

/** A reply on its way out, and what is known of it. */
export interface SpokenReply extends ReplyNotes {
  readonly reply: Reply
  readonly enhanced: boolean
  /** Its text may have more than ASCII in it. */
  readonly utf8?: boolean
}
