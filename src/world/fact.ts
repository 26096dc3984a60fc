import type { Octets } from '../base/octets'
import type { Duration, Instant } from '../base/time'
import type { Answer, Meaning, Question } from '../session/session'
import type { Intervention } from './intervention'
import type { Packet } from './packet'
import type { RefusedChange, TransferReason } from './reason'
import type { Address, ConnectionId, HostName, LinkId, SessionId } from './world'

/**
 * Facts are the only output of the engine. The stage draws facts, lessons check facts, tests compare facts. `order` counts from
 * 0 in the trace; `cause` is the order of the causing fact.
 */
export interface FactBase {
  readonly at: Instant
  readonly order: number
  readonly cause?: number
}

/** The two ends of a dialogue. `client` is the end that opened it. */
export interface ConnectionEnds {
  readonly connection: ConnectionId
  readonly client: HostName
  readonly server: HostName
  readonly port: number
}

/** A fault in a text, as data: an identifier, and the words and numbers that a sentence about it needs. */
export type Fault = Readonly<{ is: string } & Record<string, string | number>>

/**
 * A line or unit that one end of a dialogue sent or read. `start` and `end` are offsets in that direction's stream of octets,
 * from 0.
 */
interface Spoken {
  readonly session: SessionId
  readonly host: HostName
  readonly octets: Octets
  readonly means: Meaning
  readonly connection: ConnectionId
  readonly start: number
  readonly end: number
}

export type FactBody =
  // The network
  | { readonly type: 'packetSent'; readonly packet: Packet; readonly link: LinkId; readonly arrivesAt: Instant }
  | {
      readonly type: 'packetLost'
      readonly packet: number
      readonly link: LinkId
      readonly why: 'loss' | 'linkDown' | 'hostDown' | 'noHost'
    }
  | { readonly type: 'packetArrived'; readonly packet: number; readonly host: HostName }
  /** The link delivers the packet a second time. */
  | { readonly type: 'packetDuplicated'; readonly packet: number; readonly link: LinkId; readonly arrivesAt: Instant }
  | ({ readonly type: 'connectionOpening'; readonly protocol: string } & ConnectionEnds)
  | ({ readonly type: 'connectionOpened'; readonly protocol: string } & ConnectionEnds)
  /** The end at `host` has learnt that the connection is broken. The other end learns it by itself, later or never. */
  | ({
      readonly type: 'connectionFailed'
      readonly why: 'refused' | 'timedOut' | 'reset'
      readonly host: HostName
    } & ConnectionEnds)
  | ({ readonly type: 'connectionClosed' } & ConnectionEnds)
  | {
      readonly type: 'retransmitted'
      readonly connection: ConnectionId
      readonly host: HostName
      readonly octets: number
    }
  /** This end encrypts its stream from here on. */
  | {
      readonly type: 'tlsStarted'
      readonly connection: ConnectionId
      readonly session: SessionId
      readonly host: HostName
    }
  /** Plaintext reached an end that has begun TLS, or the reverse: the end never reads it (RFC 3207 section 4.2). */
  | {
      readonly type: 'octetsDiscarded'
      readonly connection: ConnectionId
      readonly host: HostName
      readonly octets: Octets
      readonly why: 'plaintext' | 'encrypted'
    }
  // Hosts
  | { readonly type: 'hostStopped'; readonly host: HostName }
  | { readonly type: 'hostStarted'; readonly host: HostName }
  /** A policy change with an unknown option or an invalid value, or a message written on a host without power: no effect. */
  | { readonly type: 'changeRefused'; readonly host: HostName; readonly reason: RefusedChange }
  // Dialogues
  | {
      readonly type: 'sessionStarted'
      readonly session: SessionId
      readonly host: HostName
      readonly protocol: string
      readonly connection?: ConnectionId
    }
  /** The session is no longer on its host. A loss of power ends all sessions of a host without this fact. */
  | { readonly type: 'sessionEnded'; readonly session: SessionId; readonly host: HostName }
  | ({ readonly type: 'sent' } & Spoken)
  | ({ readonly type: 'read' } & Spoken)
  | { readonly type: 'stateEntered'; readonly session: SessionId; readonly host: HostName; readonly state: string }
  | {
      readonly type: 'questionAsked'
      readonly session: SessionId
      readonly host: HostName
      readonly question: Question
    }
  | { readonly type: 'questionAnswered'; readonly session: SessionId; readonly host: HostName; readonly answer: Answer }
  /**
   * The person in a server's chair has said a whole reply, or let the machine answer. `machine`: the reply of the server's own
   * machine to the same line; `judged`: the person's reply beside it, by meaning.
   */
  | {
      readonly type: 'answeredByHand'
      readonly host: HostName
      readonly session: SessionId
      readonly connection?: ConnectionId
      /** The command by its verb, `greeting`, `mailData`, `saslResponse`; `unknown` for a line that is no command. */
      readonly heard: string
      readonly said: Octets
      readonly by: 'person' | 'machine'
      readonly machine?: Octets
      readonly judged?: 'same' | 'otherDigit' | 'otherCause' | 'goodbye' | 'noReply'
    }
  | {
      readonly type: 'timerSet'
      readonly host: HostName
      readonly session?: SessionId
      readonly timer: string
      readonly expiresAt: Instant
    }
  | { readonly type: 'timerExpired'; readonly host: HostName; readonly session?: SessionId; readonly timer: string }
  // DNS datagrams in words. `octets` is the whole DNS message.
  | {
      readonly type: 'queried'
      readonly host: HostName
      readonly to: Address
      readonly octets: Octets
      readonly means: Meaning
      readonly packet: number
    }
  | {
      readonly type: 'responded'
      readonly host: HostName
      readonly to: Address
      readonly octets: Octets
      readonly means: Meaning
      readonly packet: number
    }
  /** A datagram for a program outside the world, from the host that represents it; or for the person in a resolver's chair. */
  | {
      readonly type: 'datagramReceived'
      readonly host: HostName
      readonly port: number
      readonly octets: Octets
      readonly source: { readonly address: Address; readonly port: number }
    }
  // Zones
  | { readonly type: 'zoneChanged'; readonly host: HostName; readonly apex: string; readonly serial: number }
  /** A zone's new text cannot be read; `line` and `column` count from 1. The server still serves the old zone. */
  | {
      readonly type: 'zoneRefused'
      readonly host: HostName
      readonly apex: string
      readonly line: number
      readonly column: number
      readonly fault: Fault
    }
  // Messages
  | {
      readonly type: 'messageWritten'
      readonly host: HostName
      readonly letter: MessageId
      readonly reversePath: string
      readonly forwardPaths: readonly string[]
    }
  | {
      readonly type: 'messageQueued'
      readonly host: HostName
      readonly letter: MessageId
      readonly queueId: string
      readonly reversePath: string
      readonly forwardPaths: readonly string[]
      /** For a notice that the server has written itself: the message on which it reports, and the event. */
      readonly notice?: { readonly about: MessageId; readonly event: NoticeEvent }
    }
  | {
      readonly type: 'messageRelayed'
      readonly host: HostName
      readonly letter: MessageId
      readonly queueId: string
      readonly to: HostName | Address
      readonly forwardPaths: readonly string[]
    }
  | {
      readonly type: 'messageDeferred'
      readonly host: HostName
      readonly letter: MessageId
      readonly queueId: string
      readonly forwardPaths: readonly string[]
      readonly reason: TransferReason
      readonly nextTry: Instant
    }
  | {
      readonly type: 'messageDelivered'
      readonly host: HostName
      readonly letter: MessageId
      readonly queueId: string
      /** The queue entry's recipients for this mailbox. */
      readonly forwardPaths: readonly string[]
      readonly user: string
      /** The rule that made this user the owner: the address is the user's own, or that of the domain's postmaster. */
      readonly grounds: 'ownAddress' | 'postmaster'
      readonly mailbox: string
      readonly uid: number
    }
  | {
      readonly type: 'messageBounced'
      readonly host: HostName
      readonly letter: MessageId
      readonly queueId: string
      readonly forwardPath: string
      readonly reason: TransferReason
      readonly notice: MessageId | 'none'
      /** Why there is no notice: a message without a sender never causes one, or the sender did not want it (RFC 3461). */
      readonly noNotice?: 'nullReversePath' | 'notWanted'
      /** The message that reports it to the postmaster instead. */
      readonly toPostmaster?: MessageId
    }
  | {
      readonly type: 'messageFetched'
      readonly host: HostName
      readonly by: 'POP3' | 'IMAP'
      readonly account: string
      readonly letter: MessageId
      readonly uid: string
    }
  /** A message was added to a mailbox by a session: APPEND, COPY or MOVE (RFC 9051 sections 6.3.12, 6.4.7, 6.4.8). */
  | {
      readonly type: 'messageAdded'
      readonly host: HostName
      readonly user: string
      readonly mailbox: string
      readonly uid: number
    }
  /** A device drops its copy of a message that is gone from the server's mailbox. */
  | { readonly type: 'copyDropped'; readonly host: HostName; readonly account: string; readonly uid: string }
  | {
      readonly type: 'messageRemoved'
      readonly host: HostName
      readonly user: string
      readonly mailbox: string
      readonly uid: number
      readonly by: 'POP3' | 'IMAP'
    }
  | {
      readonly type: 'flagsChanged'
      readonly host: HostName
      readonly user: string
      readonly mailbox: string
      readonly uid: number
      readonly flags: readonly string[]
    }
  /** A mail program could not submit a message; with `nextTry` it retries by itself. */
  | {
      readonly type: 'submissionFailed'
      readonly host: HostName
      readonly letter: MessageId
      readonly reason: TransferReason
      readonly nextTry?: Instant
    }
  // Lookups, from the view of the asking host
  | { readonly type: 'lookupStarted'; readonly host: HostName; readonly name: string; readonly rrType: string }
  | {
      readonly type: 'lookupEnded'
      readonly host: HostName
      readonly name: string
      readonly rrType: string
      readonly outcome: string
      readonly fromCache: boolean
    }
  // The learner
  | { readonly type: 'intervened'; readonly intervention: Intervention }

export type Fact = FactBase & FactBody
export type FactType = FactBody['type']
export type FactOf<T extends FactType> = Extract<Fact, { type: T }>

/** The event that a notice reports (RFC 3464); `unreturnable`: to the postmaster, of a message without a sender. */
export type NoticeEvent = 'failed' | 'delayed' | 'relayed' | 'delivered' | 'unreturnable'

/** A message's identity on its whole journey: the local part of its Message-ID, the same on every host. */
export type MessageId = string
export type { Duration }
