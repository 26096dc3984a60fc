import type { Octets } from '../../base/octets'
import type { ClientExchange, SaslMechanism } from '../../sasl'
import type { Input } from '../../session/session'

/** The input, context, questions and events of the client's machine. */

export interface ClientInput {
  readonly user: string
  readonly password: string
  /**
   * True: messages stay on the server, and unique-ids tell which are known. False: messages are removed after they were
   * fetched.
   */
  readonly leaveOnServer: boolean
  /** Unique-ids of messages from earlier sessions. */
  readonly known: readonly string[]
  /** Those of them that the user has deleted: they are removed from the server in any case. Default: none. */
  readonly unwanted?: readonly string[]
  /** `required` gives up if STLS is not offered; `implicit` is encrypted from the first octet. Default: `opportunistic`. */
  readonly tls?: 'never' | 'opportunistic' | 'required' | 'implicit'
  /** Mechanisms to use if the server offers them. Default: all. */
  readonly mechanisms?: readonly SaslMechanism[]
  /** For SCRAM, used only once; without it the client does not use SCRAM. */
  readonly nonce?: string
}

type Closed = Extract<Input, { type: 'closed' }>

/** `messageCollected` is answered with `kept`; the others report the session's result and need no answer. */
export type ClientQuestion =
  | { readonly type: 'messageCollected'; readonly uid: string; readonly octets: Octets }
  | { readonly type: 'collected'; readonly count: number; readonly removed: number }
  /** `code`: the server's response code, if any. */
  | { readonly type: 'collectFailed'; readonly text: string; readonly code?: string }
  | { readonly type: 'sessionLost'; readonly why: Closed['why'] }
export interface ClientAnswer {
  readonly type: 'kept'
}

/** A malformed response comes as `refused` too: the client treats both alike. */
export type ClientEvent =
  | { readonly type: 'accepted'; readonly text: string }
  | { readonly type: 'refused'; readonly text: string; readonly code?: string }
  | { readonly type: 'challenged'; readonly challenge: Octets }
  | { readonly type: 'capabilities'; readonly capabilities: Capabilities }
  | { readonly type: 'listed'; readonly messages: readonly Listed[] }
  | { readonly type: 'message'; readonly octets: Octets }
  | { readonly type: 'tooLarge' }
  | ClientAnswer
  | Extract<Input, { type: 'opened' | 'closed' | 'secured' }>

/** By tag: the parameters of each. */
export type Capabilities = Readonly<Record<string, readonly string[]>>

export interface Listed {
  readonly messageNumber: number
  readonly uid: string
}

export interface ClientContext extends Required<ClientInput> {
  readonly secure: boolean
  /** The greeting's timestamp for APOP; empty if there is none. */
  readonly timestamp: string
  /** Undefined if the server has no CAPA. */
  readonly capabilities: Capabilities | undefined
  /** The AUTH exchange under way, and the response to its latest challenge. */
  readonly exchange: ClientExchange | undefined
  readonly response: Octets | 'failed'
  /** The messages that are still to be handled; the first is under way. */
  readonly ahead: readonly Listed[]
  readonly count: number
  readonly removed: number
}
