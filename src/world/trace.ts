import { type Instant, START } from '../base/time'
import type { Fact, FactType } from './fact'
import type { ConnectionId, SessionId, World } from './world'

/**
 * The facts of a run in their order. Each is found by its `order`, not by its place in the array: where a run has grown
 * too long, the chatter of its oldest part has been let go, and the orders have gaps there.
 */
export type Trace = readonly Fact[]

/** Where what is kept of a run begins: `START` until anything has been let go. */
export const keptFrom = ({ snapshots }: { readonly snapshots: readonly { readonly world: World }[] }): Instant =>
  snapshots[0]?.world.now ?? START

/** How many facts of the trace came before the one with this order. */
export function factsBefore(trace: Trace, order: number): number {
  // What is newest has no gaps: its place is known from the end.
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

/** The fact with this order; undefined where there is none, or it has been let go. */
export function factOf(trace: Trace, order: number): Fact | undefined {
  const fact = trace[factsBefore(trace, order)]
  return fact?.order === order ? fact : undefined
}

/**
 * How many facts two traces of the same scenario have in common from their beginning: branches share all that came before
 * they parted, fact by fact. Takes the logarithm of their length.
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

/** Facts that change what stands for long: messages and mailboxes, power, zones, and whatever a person did. */
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
/** What a person's own connection speaks. */
const PERSONS = 'text.client'

/**
 * A trace without the chatter before a moment: packets, lines, states and timers of what is over. What still shows at that
 * moment stays, so that mailboxes, queues, power and open connections are read off the rest as before.
 * `cut` is the number of facts before the moment, `world` the world as it stood then. At most `most` old facts stay:
 * where more of them last, the oldest of these go too.
 */
export function withoutChatter(trace: Trace, cut: number, world: World, most: number): Fact[] {
  const persons = new Set<ConnectionId>()
  const sessions = new Set<SessionId>()
  for (const host of Object.values(world.hosts)) for (const id of Object.keys(host.sessions)) sessions.add(id)
  const lives = (id: ConnectionId | undefined): boolean =>
    id !== undefined && (persons.has(id) || world.connections[id] !== undefined)
  /** The last state that each living session has entered, by its place in the trace. */
  const states = new Map<SessionId, number>()
  for (let at = 0; at < cut; at++) {
    const fact = trace[at] as Fact
    if (fact.type === 'stateEntered' && sessions.has(fact.session)) states.set(fact.session, at)
  }
  const old: Fact[] = []
  /** Sessions whose beginning stays. */
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
