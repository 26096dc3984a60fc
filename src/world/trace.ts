import { type Instant, START } from '../base/time'
import type { Fact, FactType } from './fact'
import type { ConnectionId, SessionId, World } from './world'

/**
 * The facts of a run in their order. Find a fact by its `order`, not by its place in the array: in a very long run the chatter
 * of the oldest part has been dropped, so the orders have gaps there.
 */
export type Trace = readonly Fact[]

/** The beginning of the kept part of a run: `START` until facts have been dropped. */
export const keptFrom = ({ snapshots }: { readonly snapshots: readonly { readonly world: World }[] }): Instant =>
  snapshots[0]?.world.now ?? START

/** The number of facts before the one with this order. */
export function factsBefore(trace: Trace, order: number): number {
  // The newest part has no gaps: a place there can be counted from the end.
  const last = trace.at(-1)
  if (!last || order > last.order) return trace.length
  const guess = trace.length - 1 - (last.order - order)
  if (trace[guess]?.order === order) return guess
  let low = 0
  let high = trace.length
  while (low < high) {
    const middle = (low + high) >> 1
    if ((trace[middle] as Fact).order < order) low = middle + 1
    else high = middle
  }
  return low
}

/** The fact with this order; undefined if it does not exist or has been dropped. */
export function factOf(trace: Trace, order: number): Fact | undefined {
  const fact = trace[factsBefore(trace, order)]
  return fact?.order === order ? fact : undefined
}

/**
 * The number of facts that two traces of the same scenario share from their beginning: branches share every fact before they
 * parted. The time is logarithmic in their length.
 */
export function sharedFacts(a: Trace, b: Trace): number {
  let low = 0
  let high = Math.min(a.length, b.length)
  while (low < high) {
    const middle = (low + high + 1) >> 1
    if (a[middle - 1] === b[middle - 1]) low = middle
    else high = middle - 1
  }
  return low
}

/** Facts with lasting effect: messages and mailboxes, power, zones, and a person's actions. */
const LASTING: ReadonlySet<FactType> = new Set<FactType>([
  'intervened',
  'changeRefused',
  'hostStopped',
  'hostStarted',
  'zoneChanged',
  'zoneRefused',
  'messageWritten',
  'messageQueued',
  'messageRelayed',
  'messageDeferred',
  'messageDelivered',
  'messageBounced',
  'messageFetched',
  'messageAdded',
  'messageRemoved',
  'copyDropped',
  'flagsChanged',
  'submissionFailed',
])
/** The protocol of a person's own connection. */
const PERSONS = 'text.client'

/**
 * A trace without the chatter before a moment: without packets, lines, states and timers that are over. It keeps the facts that
 * still matter at that moment, so that mailboxes, queues, power and open connections can be read from it as before. `cut` is
 * the number of facts before the moment, `world` the world at the moment. At most `most` old facts stay; the oldest go first.
 */
export function withoutChatter(trace: Trace, cut: number, world: World, most: number): Fact[] {
  const persons = new Set<ConnectionId>()
  const sessions = new Set<SessionId>()
  for (const host of Object.values(world.hosts)) for (const id of Object.keys(host.sessions)) sessions.add(id)
  const lives = (id: ConnectionId | undefined): boolean =>
    id !== undefined && (persons.has(id) || world.connections[id] !== undefined)
  /** The last state of each living session, by its place in the trace. */
  const states = new Map<SessionId, number>()
  for (let at = 0; at < cut; at++) {
    const fact = trace[at] as Fact
    if (fact.type === 'stateEntered' && sessions.has(fact.session)) states.set(fact.session, at)
  }
  const old: Fact[] = []
  /** Sessions whose first fact stays. */
  const started = new Set<SessionId>()
  for (let at = 0; at < cut; at++) {
    const fact = trace[at] as Fact
    if (LASTING.has(fact.type)) {
      old.push(fact)
      continue
    }
    switch (fact.type) {
      case 'connectionOpening':
        if (fact.protocol === PERSONS) persons.add(fact.connection)
        if (lives(fact.connection)) old.push(fact)
        break
      case 'connectionOpened':
      case 'connectionFailed':
      case 'connectionClosed':
      case 'tlsStarted':
        if (lives(fact.connection)) old.push(fact)
        break
      case 'sessionStarted':
        if (!sessions.has(fact.session) && !lives(fact.connection)) break
        started.add(fact.session)
        old.push(fact)
        break
      case 'sessionEnded':
        if (started.has(fact.session)) old.push(fact)
        break
      case 'stateEntered':
        if (states.get(fact.session) === at) old.push(fact)
        break
      default:
    }
  }
  return [...old.slice(-most), ...trace.slice(cut)]
}
