import type { Octets } from '../base/octets'
import type { Duration, Instant } from '../base/time'
import type { Answer, Intent, Meaning, Protocol, Question } from '../session/session'
import type { FactBody } from './fact'
import type { InterventionBody } from './intervention'
import type { Address, Host, HostName, Listener, SessionId } from './world'

/** A role's knowledge of the world beyond its own host. */
export interface HostEnvironment {
  readonly now: Instant
  /** Unix milliseconds of instant 0. */
  readonly epoch: number
  /** A new number in [0, 1), drawn from the world's seed for this call. */
  readonly chance: number
}

/** An event for a host's role. */
export type Happening =
  /** Instant 0, or a restart: earlier sessions, connections and timers are gone. */
  | { readonly type: 'booted' }
  /** A session of this host asks. The role answers now or later with the effect `answer`. */
  | { readonly type: 'asked'; readonly session: SessionId; readonly question: Question }
  /** A session's machine has ended, or the session was told that its connection is gone. It is no longer in `host.sessions`. */
  | { readonly type: 'sessionEnded'; readonly session: SessionId; readonly protocol: string; readonly purpose?: object }
  | {
      readonly type: 'datagram'
      readonly source: { readonly address: Address; readonly port: number }
      /** The port on this host that received it. */
      readonly port: number
      readonly octets: Octets
    }
  | { readonly type: 'expired'; readonly timer: string }
  | { readonly type: 'intervened'; readonly intervention: InterventionBody }

/** A request of a role to the world. Requests are carried out in order. */
export type Effect =
  /** An answer to a question, or unrequested news: either way an event of the session's machine. */
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
      /** TLS begins with the connection (RFC 8314). */
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
  /**
   * Makes the first state from the host's part of the scenario. Throws an Error with one clear sentence if that part is
   * invalid.
   */
  start(config: Config, host: { readonly name: HostName; readonly address: Address }): State
  /** The servers that listen on this host. */
  listeners(state: State, host: { readonly name: HostName; readonly address: Address }): readonly Listener[]
  /**
   * The part of the state on disk, which survives a loss of power; the whole state if this function is missing. `booted`
   * follows when the host starts again.
   */
  restart?(state: State): State
  /** The interventions that this role understands; others are refused. Missing: it gets all. */
  readonly takes?: ReadonlySet<InterventionBody['type']>
  react(host: HostOf<State>, happening: Happening, env: HostEnvironment): readonly [State, readonly Effect[]]
}

/** All behaviour by name. The caller hands it to `advance`, so the world itself holds no functions. */
export interface Catalogue {
  readonly protocols: Readonly<Record<string, Protocol>>
  // biome-ignore lint/suspicious/noExplicitAny: each role knows its own state; the catalogue only finds it by name
  readonly roles: Readonly<Record<string, HostRole<any, any>>>
}
