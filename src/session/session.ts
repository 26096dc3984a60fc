import type { AnyStateMachine } from 'xstate'
import type { Octets } from '../base/octets'
import type { Duration } from '../base/time'

/**
 * The sans-I/O contract. A session owns no socket, no clock and no randomness: octets and answers go in, octets and questions
 * come out, and `step` returns everything that follows from an input.
 */

export type Role = 'server' | 'client'

/** The far end of a connection. */
export interface Peer {
  /** The host name if it is known, else the address. */
  readonly name: string
  /** IPv4 or IPv6 address in text. */
  readonly address: string
  readonly port: number
  /** The port of our own end: 25 and 587 behave differently. */
  readonly localPort: number
}

/**
 * A line as a protocol's own parser understands it, in the RFC's words and free of any human language. Each protocol declares
 * its union in `meaning.ts`; the view makes sentences of it (`view/gloss`).
 */
export interface Parsed {
  /** The protocol's name, as in its face. */
  readonly protocol: string
}

/** A line of a dialogue, parsed once by the end that made or read it. */
export interface Meaning {
  readonly kind:
    | 'greeting'
    | 'command'
    | 'reply'
    | 'response'
    | 'continuation'
    | 'mailData'
    | 'literal'
    | 'query'
    | 'line'
  /** The verb, code or status that stands first: `RCPT`, `250`, `+OK`, `FETCH`, `EXISTS`. */
  readonly name: string
  /** True where the answer is a refusal; 'later' where it is a temporary one (4yz). */
  readonly refused?: boolean | 'later'
  readonly parsed?: Parsed
}

/** A question to the host. Each protocol documents its own; the `type` names it. */
export interface Question {
  readonly type: string
}
/** The host's answer: it is handed to the machine as an event of this very type. */
export interface Answer {
  readonly type: string
}
/** The host is shutting down, or its administrator ends this session: the server says its last reply and closes. */
export interface Stopping extends Answer {
  readonly type: 'stopping'
  readonly why: 'shuttingDown' | 'dismissed'
}
/** A wish of the host's program or user to a client session, handed to the machine as an event. */
export interface Intent {
  readonly type: string
}

export type Input =
  | { readonly type: 'opened'; readonly peer: Peer }
  | { readonly type: 'received'; readonly octets: Octets }
  | { readonly type: 'answered'; readonly answer: Answer }
  | { readonly type: 'wanted'; readonly intent: Intent }
  | { readonly type: 'expired'; readonly timer: string }
  | { readonly type: 'secured' }
  /** The connection is gone, or was never made; `why` tells a client machine which. */
  | { readonly type: 'closed'; readonly why: 'finished' | 'refused' | 'timedOut' | 'reset' }

/** A request to the caller, who must perform it. */
export type Action<Asked extends Question = Question> =
  | { readonly type: 'send'; readonly octets: Octets; readonly means: Meaning }
  | { readonly type: 'ask'; readonly question: Asked }
  | { readonly type: 'setTimer'; readonly timer: string; readonly after: Duration }
  | { readonly type: 'stopTimer'; readonly timer: string }
  | { readonly type: 'startTls' }
  | { readonly type: 'close' }

/** Information for the caller, who need not do anything. */
export type Note =
  | { readonly type: 'read'; readonly octets: Octets; readonly means: Meaning }
  | { readonly type: 'entered'; readonly state: string }

export type Output = Action | Note

/** A machine event. `received` never is one: octets pass through a reader first. */
export interface SessionEvent {
  readonly type: string
}

/** One unit read off the front of the inbox. `length` is how many octets it took, at least 1. */
export interface Unit {
  readonly event: SessionEvent
  readonly length: number
  readonly means: Meaning
}

/**
 * Takes one unit off the front of the inbox, or says that it needs more octets. A reader bounds its own memory: past its limit
 * it returns a unit that says "too long". `context` is the machine's, for readers whose length is agreed beforehand (a literal,
 * a chunk).
 */
export type Reader = (inbox: Octets, context: never) => Unit | 'needsMore'

/** A machine's state as plain data: it survives JSON. `timers` names the running delayed transitions. */
export interface MachineState {
  readonly value: unknown
  readonly context: object
  readonly status: 'active' | 'done'
}

export interface Session {
  /** The protocol's key in the catalogue, `smtp.server`. */
  readonly protocol: string
  readonly machine: MachineState
  readonly inbox: Octets
}

/** A named action of the machine with its resolved params, as the machine emitted it. */
export interface MachineAction {
  readonly type: string
  readonly params: unknown
}

/**
 * One role of one protocol. `Asked` is the type of its questions to its host; `asks` gives it back to the host's role.
 *
 * The machine's conventions:
 * - context comes from `input` (a plain object given by the host: policies, names);
 * - a state that reads octets has one tag `reads:NAME`, where NAME is a key of `readers`;
 *   a state without such a tag leaves the inbox alone, which alone makes pipelining right while a question is out;
 * - actions are named, with params, and have no body but `assign`; `perform` turns each other action into outputs;
 * - events: `opened` (peer), `closed`, `secured`, the reader's units, the host's answers and intents, by their own type;
 * - delays are named; a delayed transition becomes a timer and comes back as its own event.
 */
export interface Protocol<Asked extends Question = Question> {
  /** For example `smtp.server`. */
  readonly key: string
  /** For example `SMTP`; `TEXT` if a person types. */
  readonly name: string
  readonly role: Role
  readonly machine: AnyStateMachine
  readonly readers: Readonly<Record<string, Reader>>
  perform(action: MachineAction): readonly Action<Asked>[]
}
