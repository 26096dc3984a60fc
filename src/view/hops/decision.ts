import type { Instant } from '../../base/time'
import type { TransferChoice } from '../../hosts/mailServer/deliveryMachine'
import type { Exchanger } from '../../hosts/mailServer/exchangers'
import type { AcceptanceGrounds, RefusalGrounds } from '../../protocols/smtp'
import type { FactOf, MessageId, NoticeEvent } from '../../world/fact'
import type { TransferReason } from '../../world/reason'
import type { HostName } from '../../world/world'
import type { Protocol, TlsUse } from './dialogue'

/** A decision of a host about a message that reaches it, as its facts tell it. */
type InDecision =
  /** The author's program has it. */
  | { readonly is: 'written'; readonly forwardPaths: readonly string[] }
  | {
      readonly is: 'accepts'
      readonly grounds: AcceptanceGrounds
      readonly forwardPaths: readonly string[]
      /** The user who has logged in. */
      readonly user?: string
    }
  | {
      readonly is: 'refusesRecipient'
      readonly grounds?: RefusalGrounds
      readonly forwardPaths: readonly string[]
      readonly reply: string
    }
  /** Anything else that is refused. `name`: that of one of our own replies. */
  | {
      readonly is: 'refuses'
      readonly name?: string
      readonly grounds?: RefusalGrounds
      readonly later: boolean
      readonly reply: string
    }
  | { readonly is: 'takesOver'; readonly queueId: string }
  /** The host has written it itself, as a report on another message. */
  | { readonly is: 'reports'; readonly event: NoticeEvent; readonly forwardPaths: readonly string[] }
  /** `uid`: the name of the message in its mailbox, by which the device knows that it is new. */
  | { readonly is: 'fetches'; readonly by: 'POP3' | 'IMAP'; readonly account: string; readonly uid: string }
  | ({ readonly is: 'fetchesOver' } & Leg)

/** The connection by which a message crosses from one host to another, and why it is encrypted or not: its client decides. */
interface Leg {
  readonly protocol: Protocol
  readonly server: HostName
  readonly port: number
  readonly use: TlsUse
}

/** A decision of a host about the further way of a message. */
type OutDecision =
  | ({ readonly is: 'sendsOver' } & Leg)
  /** A device that has logged in gets a copy. */
  | {
      readonly is: 'handsOut'
      readonly by: 'POP3' | 'IMAP'
      readonly to: HostName
      readonly user: string
      readonly mailbox: string
      readonly uid: string
    }
  /** A device that has fetched the message by POP3 has it removed from the server, or not. */
  | { readonly is: 'deletes' | 'leaves'; readonly server: HostName }
  | { readonly is: 'removes'; readonly to: HostName; readonly mailbox: string }
  | { readonly is: 'submits'; readonly server: HostName; readonly port: number }
  | { readonly is: 'submitsLater'; readonly reason: TransferReason; readonly nextTry: Instant }
  | { readonly is: 'cannotSubmit'; readonly reason: TransferReason }
  | {
      readonly is: 'delivers'
      readonly grounds: FactOf<'messageDelivered'>['grounds']
      readonly user: string
      readonly mailbox: string
      readonly forwardPaths: readonly string[]
    }
  /** The domain is not its own, so it is looked up. */
  | { readonly is: 'looksUp'; readonly domain: string }
  | {
      readonly is: 'finds'
      readonly source: 'mx' | 'implicitMx' | 'literal'
      readonly domain: string
      readonly exchangers: readonly Exchanger[]
      readonly passedOver: readonly Exchanger[]
    }
  | { readonly is: 'findsNone'; readonly reason: TransferReason }
  | { readonly is: 'findsNoneNow'; readonly reason: TransferReason }
  | {
      readonly is: 'chooses'
      readonly exchanger: string
      readonly address: string
      readonly choice: TransferChoice
      /** The number of exchangers that were found, and of those that share its preference. */
      readonly among: number
      readonly equals: number
    }
  | { readonly is: 'relays'; readonly to: HostName; readonly forwardPaths: readonly string[] }
  | { readonly is: 'waits'; readonly reason: TransferReason; readonly nextTry: Instant }
  /** It is given up for these recipients. */
  | { readonly is: 'fails'; readonly reason: TransferReason; readonly forwardPaths: readonly string[] }
  /** The author is told. */
  | {
      readonly is: 'tells'
      readonly event: Exclude<NoticeEvent, 'unreturnable'>
      readonly reversePath: string
      readonly notice: MessageId
    }
  | { readonly is: 'tellsNobody'; readonly why: 'nullReversePath' | 'notWanted'; readonly postmaster: boolean }

export type DecisionBody = InDecision | OutDecision

/** A decision of a host, with its facts. The same decision at every try is one. */
export type Decision = DecisionBody & {
  /** The deciding facts, with their instants: the first one first. */
  readonly facts: readonly { readonly fact: number; readonly at: Instant }[]
}

/** A visit of a message to a host. */
export interface Hop {
  readonly host: HostName
  readonly at: Instant
  readonly in: readonly Decision[]
  readonly out: readonly Decision[]
}

const IN: ReadonlySet<string> = new Set<InDecision['is']>([
  'written',
  'accepts',
  'refusesRecipient',
  'refuses',
  'takesOver',
  'reports',
  'fetches',
  'fetchesOver',
])

/** True for a decision about a message that reaches a host. */
export const isIn = (decision: DecisionBody): decision is InDecision => IN.has(decision.is)
