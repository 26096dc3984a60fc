import type { Octets } from '../../base/octets'
import type { Peer, Question } from '../../session/session'
import type { Command } from './commands'
import type { Credentials, Reply } from './grammar'

/** Names and policies, given by the host. */
export interface SmtpServerInput {
  readonly hostName: string
  /** `relay` takes letters from anyone for its own users; `submission` takes letters from its own users for anyone. */
  readonly port: 'relay' | 'submission'
  /** Octets of the largest message, as SIZE says. */
  readonly maxSize: number
  /** Recipients of one message; the next is put off with 452. */
  readonly maxRecipients: number
  /** AUTH PLAIN without encryption. */
  readonly plaintextAuth: boolean
}

export interface SmtpServerContext extends SmtpServerInput {
  readonly peerName: string
  readonly peerAddress: string
  /** As EHLO or HELO gave it; empty before. */
  readonly helloName: string
  /** The last greeting was EHLO. */
  readonly extended: boolean
  /** EHLO has been said, so replies carry enhanced status codes. */
  readonly enhanced: boolean
  /** Who has logged in; empty where nobody has. */
  readonly user: string
  /** The envelope: null where there is no letter under way, empty for the null reverse-path. */
  readonly reversePath: string | null
  readonly forwardPaths: readonly string[]
  /** The recipient whom the host is being asked about. */
  readonly candidate: string
  /** Pieces of a large message, dots taken away; `midLine`: the last one did not end with a line. */
  readonly mailData: Octets
  readonly midLine: boolean
  /** More octets than `maxSize` have come: the rest is read and thrown away. */
  readonly tooLarge: boolean
  /** The beginning of a line above the limit has been thrown away; the rest of that line is to follow. */
  readonly lineRunsOn: boolean
}

export interface SmtpEnvelope {
  readonly reversePath: string
  readonly forwardPaths: readonly string[]
}

/** What the server asks its host. */
export type SmtpServerQuestion = Question &
  (
    | {
        readonly type: 'verifyRecipient'
        readonly reversePath: string
        readonly forwardPath: string
        readonly user?: string
      }
    | ({ readonly type: 'authenticate' } & Credentials)
    | { readonly type: 'verifyUser'; readonly text: string }
    | {
        readonly type: 'takeMessage'
        readonly envelope: SmtpEnvelope
        /** As received, dots taken away. */
        readonly message: Octets
        readonly helloName: string
        readonly peerAddress: string
        readonly peerName: string
        /** For the trace field (RFC 3848). */
        readonly protocol: 'SMTP' | 'ESMTP' | 'ESMTPA'
        readonly user?: string
      }
  )

/** What the host answers. */
export type SmtpServerAnswer =
  | { readonly type: 'recipientAccepted' }
  | { readonly type: 'recipientRefused'; readonly reply: Reply }
  | { readonly type: 'authenticated'; readonly user: string }
  | { readonly type: 'authenticationFailed' }
  | { readonly type: 'messageTaken'; readonly queueId: string }
  | { readonly type: 'messageRefused'; readonly reply: Reply }
  | { readonly type: 'userVerified'; readonly reply: Reply }

/** What the readers make of lines that are no command. */
export type SmtpServerUnit =
  | Command
  | { readonly type: 'lineRunsOn' }
  | { readonly type: 'lineTooLong' }
  | ({ readonly type: 'credentials' } & Credentials)
  | { readonly type: 'cancelled' }
  | { readonly type: 'notCredentials' }
  | { readonly type: 'mailDataPart'; readonly octets: Octets; readonly midLine: boolean }
  | { readonly type: 'endOfMailData'; readonly octets: Octets }

export type SmtpServerEvent =
  | SmtpServerUnit
  | SmtpServerAnswer
  | { readonly type: 'opened'; readonly peer: Peer }
  | { readonly type: 'closed'; readonly why: string }

/** A reply on its way out, with its caption. */
export interface SpokenReply {
  readonly reply: Reply
  readonly enhanced: boolean
  readonly gloss: string
  readonly kind?: 'greeting'
}
