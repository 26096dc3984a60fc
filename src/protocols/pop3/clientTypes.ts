import type { Octets } from '../../base/octets'
import type { ClientExchange, SaslMechanism } from '../../sasl'
import type { Input } from '../../session/session'

/** What the client's machine is given, remembers, asks and is told. */

export interface ClientInput {
  readonly user: string
  readonly password: string
  /** Letters stay on the server, and a unique-id tells which are here already; else they are removed once they are here. */
  readonly leaveOnServer: boolean
  /** Unique-ids of letters fetched in earlier sessions. */
  readonly known: readonly string[]
  /** `required` gives up where STLS is not offered; `implicit` is encrypted from the first octet. `opportunistic` if left out. */
  readonly tls?: 'never' | 'opportunistic' | 'required' | 'implicit'
  /** Mechanisms to use where the server offers them; all if left out. */
  readonly mechanisms?: readonly SaslMechanism[]
  /** For SCRAM, never used before; without one there is no SCRAM. */
  readonly nonce?: string
}

type Closed = Extract<Input, { type: 'closed' }>

/** `messageCollected` is answered with `kept`; the others report how the session went and want no answer. */
export type ClientQuestion =
  | { readonly type: 'messageCollected'; readonly uid: string; readonly octets: Octets }
  | { readonly type: 'collected'; readonly count: number; readonly removed: number }
  /** `code`: the server's response code, where it gave one. */
  | { readonly type: 'collectFailed'; readonly text: string; readonly code?: string }
  | { readonly type: 'sessionLost'; readonly why: Closed['why'] }
export interface ClientAnswer {
  readonly type: 'kept'
}

/** A line that is no response of POP3 comes as `refused` too: a client can do nothing else with it. */
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
  /** The greeting's timestamp for APOP; empty where there is none. */
  readonly timestamp: string
  /** Undefined where the server knows no CAPA. */
  readonly capabilities: Capabilities | undefined
  /** A login by AUTH under way, and what it answers to the challenge in hand. */
  readonly exchange: ClientExchange | undefined
  readonly response: Octets | 'failed'
  /** What is still to be looked at; the first is in hand. */
  readonly ahead: readonly Listed[]
  readonly count: number
  readonly removed: number
}
