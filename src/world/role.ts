import type { Octets } from '../base/octets'
import type { Duration, Instant } from '../base/time'
import type { Answer, Intent, Meaning, Protocol, Question } from '../session/session'
import type { FactBody } from './fact'
import type { InterventionBody } from './intervention'
import type { Address, Host, HostName, Listener, SessionId } from './world'

/** What a role may know of the world beyond its own host. */
export interface HostEnvironment {
  readonly now: Instant
  /** Unix milliseconds of instant 0. */
  readonly epoch: number
  /** A fresh number in [0, 1), drawn from the world's seed for this call. */
  readonly chance: number
}

/** What a host's role has to react to. */
export type Happening =
  /** Instant 0, or the host came up again: its sessions, connections and timers of before are gone. */
  | { readonly type: 'booted' }
  /** A session of this host asks. Answer now or later with the effect `answer`. */
  | { readonly type: 'asked'; readonly session: SessionId; readonly question: Question }
  /** A session's machine has ended, or its connection is gone and it has been told so. It is no longer in `host.sessions`. */
  | { readonly type: 'sessionEnded'; readonly session: SessionId; readonly protocol: string; readonly purpose?: object }
  | {
      readonly type: 'datagram'
      readonly source: { readonly address: Address; readonly port: number }
      /** Our own port, to which it came. */
      readonly port: number
      readonly octets: Octets
    }
  | { readonly type: 'expired'; readonly timer: string }
  | { readonly type: 'intervened'; readonly intervention: InterventionBody }

/** What a role wants done, in order. */
export type Effect =
  /** An answer to a question, or news that nobody asked for: either way an event of the session's machine. */
  | { readonly type: 'answer'; readonly session: SessionId; readonly answer: Answer }
  | { readonly type: 'want'; readonly session: SessionId; readonly intent: Intent }
  /** Opens a TCP connection with a client session at this end. The machine gets `opened`, or `closed` with the reason. */
  | {
      readonly type: 'connect'
      readonly address: Address
      readonly port: number
      readonly protocol: string
      readonly input: object
      readonly purpose?: object
      /** The connection is encrypted from its first octet (RFC 8314). */
      readonly implicitTls?: true
    }
  /** Starts a session without a connection: a query, a delivery. */
  | { readonly type: 'start'; readonly protocol: string; readonly input: object; readonly purpose?: object }
  | {
      readonly type: 'sendDatagram'
      readonly kind: 'queried' | 'responded'
      readonly to: Address
      readonly port: number
      readonly fromPort: number
      readonly octets: Octets
      readonly means: Meaning
    }
  | { readonly type: 'setTimer'; readonly timer: string; readonly after: Duration }
  | { readonly type: 'stopTimer'; readonly timer: string }
  | { readonly type: 'note'; readonly fact: FactBody }
  /** Ends a session and closes its connection. */
  | { readonly type: 'end'; readonly session: SessionId }

export type HostOf<State extends object> = Host & { readonly state: State }

/** A host's behaviour: pure, found by name in the catalogue. */
export interface HostRole<State extends object = object, Config extends object = object> {
  /** Turns the scenario's words about this host into its first state. Throws an Error with one clear sentence where they make no sense. */
  start(config: Config, host: { readonly name: HostName; readonly address: Address }): State
  /** The servers that listen on this host. */
  listeners(state: State, host: { readonly name: HostName; readonly address: Address }): readonly Listener[]
  /** What of the state is on disk, and so survives a loss of power; all of it where this is left out. `booted` follows when the host starts again. */
  restart?(state: State): State
  react(host: HostOf<State>, happening: Happening, env: HostEnvironment): readonly [State, readonly Effect[]]
}

/** All behaviour there is, by name: handed to `advance`, so the world itself holds no functions. */
export interface Catalogue {
  readonly protocols: Readonly<Record<string, Protocol>>
  // biome-ignore lint/suspicious/noExplicitAny: each role knows its own state; the catalogue only finds it by name
  readonly roles: Readonly<Record<string, HostRole<any, any>>>
}
