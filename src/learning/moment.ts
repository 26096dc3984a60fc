import { type Instant, instant } from '../base/time'
import type { Fact, FactType } from '../world/fact'
import type { ConnectionId } from '../world/world'

/**
 * References to moments of a run. Facts are the only output of the engine, so a moment is a pattern that a fact matches: it
 * holds for any run in which the same thing happens, at whatever instant.
 */

export type Scalar = string | number | boolean

/**
 * A pattern for a fact. All given fields must match. A value `$x` matches anything, but the same value wherever `$x` occurs in
 * one check.
 */
export interface FactPattern {
  readonly fact: FactType
  /** The host of the fact: the one that sent or read a line, or the owner of a queue or mailbox. */
  readonly host?: string
  /** The line's meaning by name (`RCPT`, `250`, `+OK`); for a lookup, the domain name. */
  readonly name?: string
  /** The server's port of the fact's connection: tells relay (25) from submission (587), POP3 (110) from IMAP (143). */
  readonly port?: number
  /** Text in the line's octets, in any letter case. */
  readonly says?: string
  /** Other fields by their path: `means.refused: true`, `by: POP3`. */
  readonly where?: Readonly<Record<string, Scalar>>
}

/** One instant of a run. */
export type Moment = FactMoment | LaterMoment

/** The `nth` matching fact (by default the first), counted from the moment `after`. */
export interface FactMoment extends FactPattern {
  readonly nth?: number
  /** The id of another moment of the same lesson or quiz. */
  readonly after?: string
}

/** Some time after another moment, or after the beginning: for something that does not happen. */
export interface LaterMoment {
  readonly after?: string
  /** Virtual milliseconds. */
  readonly later: number
}

export type Moments = Readonly<Record<string, Moment>>

/** The values of `$x` so far. */
export type Bindings = Readonly<Record<string, Scalar>>
const NOTHING_BOUND: Bindings = {}

/** The port of the server's end of a connection; undefined if there is no such connection. */
export type PortOf = (connection: ConnectionId) => number | undefined

/** The ports of a trace alone. A page that shows the run asks its read model instead, which does not read the trace again. */
export function portsIn(trace: readonly Fact[]): PortOf {
  const ports = new Map<string, number>()
  for (const fact of trace) {
    if (fact.type === 'connectionOpening' || fact.type === 'connectionOpened') ports.set(fact.connection, fact.port)
  }
  return (connection) => ports.get(connection)
}

/** The bindings under which the fact matches, or undefined if it does not match. */
export function matchFact(
  fact: Fact,
  pattern: FactPattern,
  portOf: PortOf,
  bound = NOTHING_BOUND,
): Bindings | undefined {
  if (fact.type !== pattern.fact) return undefined
  if (pattern.port !== undefined && serverPort(fact, portOf) !== pattern.port) return undefined
  if (pattern.says !== undefined && !says(fact, pattern.says)) return undefined
  let bindings: Bindings | undefined = bound
  if (pattern.host !== undefined) bindings = unify(fieldOf(fact, 'host'), pattern.host, bindings)
  if (pattern.name !== undefined && bindings) {
    bindings = unify(fieldOf(fact, 'means.name') ?? fieldOf(fact, 'name'), pattern.name, bindings)
  }
  for (const [path, wanted] of Object.entries(pattern.where ?? {})) {
    if (!bindings) return undefined
    bindings = unify(fieldOf(fact, path), wanted, bindings)
  }
  return bindings
}

/** The fact of the moment, or undefined if the run has no such moment (yet). Of a later moment it is the last fact until then. */
export function factAt(trace: readonly Fact[], moment: Moment, moments: Moments = {}): Fact | undefined {
  if ('later' in moment) {
    const t = momentAt(trace, moment, moments)
    return t === undefined ? undefined : lastUntil(trace, t)
  }
  let from = 0
  if (moment.after !== undefined) {
    const earlier = moments[moment.after]
    const after = earlier && factAt(trace, earlier, moments)
    if (!after) return undefined
    from = after.order + 1
  }
  const portOf = moment.port === undefined ? NO_PORT : portsIn(trace)
  let left = moment.nth ?? 1
  for (const fact of trace) {
    if (fact.order >= from && matchFact(fact, moment, portOf) && --left === 0) return fact
  }
  return undefined
}

/** The instant of the moment, in virtual milliseconds, or undefined if the run has no such moment (yet). */
export function momentAt(trace: readonly Fact[], moment: Moment, moments: Moments = {}): Instant | undefined {
  if (!('later' in moment)) return factAt(trace, moment, moments)?.at
  if (moment.after === undefined) return instant(moment.later)
  const earlier = moments[moment.after]
  const from = earlier && momentAt(trace, earlier, moments)
  return from === undefined ? undefined : instant(from + moment.later)
}

/** The number of facts up to and with an instant; the trace is in the order of time. */
export function factsUntil(trace: readonly Fact[], t: Instant): number {
  let [low, high] = [0, trace.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if ((trace[middle] as Fact).at <= t) low = middle + 1
    else high = middle
  }
  return low
}

const lastUntil = (trace: readonly Fact[], t: Instant): Fact | undefined => trace[factsUntil(trace, t) - 1]

const NO_PORT: PortOf = () => undefined

function serverPort(fact: Fact, portOf: PortOf): number | undefined {
  if ('port' in fact) return fact.port
  return 'connection' in fact && fact.connection !== undefined ? portOf(fact.connection) : undefined
}

function says(fact: Fact, text: string): boolean {
  return 'octets' in fact && typeof fact.octets === 'string' && fact.octets.toLowerCase().includes(text.toLowerCase())
}

/** A field by its path, `means.name`; undefined if there is none. Lists are compared by their items, joined with a space. */
export function fieldOf(fact: Fact, path: string): Scalar | undefined {
  let value: unknown = fact
  for (const key of path.split('.')) {
    if (typeof value !== 'object' || value === null) return undefined
    value = (value as Readonly<Record<string, unknown>>)[key]
  }
  if (Array.isArray(value)) return value.join(' ')
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? value : undefined
}

function unify(value: Scalar | undefined, wanted: Scalar, bound: Bindings): Bindings | undefined {
  if (value === undefined) return undefined
  if (typeof wanted !== 'string' || !wanted.startsWith('$')) return same(value, wanted) ? bound : undefined
  const known = bound[wanted]
  if (known === undefined) return { ...bound, [wanted]: value }
  return same(value, known) ? bound : undefined
}

/** Names of hosts, commands and domains have no case, and `250` may be written as a number. */
const same = (a: Scalar, b: Scalar): boolean => a === b || String(a).toLowerCase() === String(b).toLowerCase()
