import '../src/view/gloss/known'
import { isDeepStrictEqual } from 'node:util'
import { describe, expect, it } from 'vitest'
import { withoutFaults } from '../src/adapters/node/storm/faultyServers'
import { instant } from '../src/base/time'
import type { MailProgramState } from '../src/hosts/mailProgram/state'
import type { MailServerState } from '../src/hosts/mailServer/state'
import { mailboxesOf } from '../src/mail/store'
import { serviceAt } from '../src/session/service'
import type { MachineState } from '../src/session/session'
import { stateName } from '../src/session/step'
import { connectionIn, connectionsIn, isAlive, type SeenConnection } from '../src/view/run/connections'
import type { Focus } from '../src/view/run/flight'
import type { Line } from '../src/view/run/flights'
import { type History, noHistory, record } from '../src/view/run/history'
import type { Moment } from '../src/view/run/moments'
import { namesOf } from '../src/view/run/names'
import { type RunView, viewOf } from '../src/view/run/runView'
import { nothingSeen, observe } from '../src/view/run/seen'
import { transcriptOf } from '../src/view/run/transcript'
import { type Scene, sceneAt, stateInWords } from '../src/view/stage/scene'
import { momentsOf } from '../src/view/testing/historyOf'
import type { Fact } from '../src/world/fact'
import type { Timeline } from '../src/world/timeline'
import type { Connection, World } from '../src/world/world'
import { type SmallRun, smallRun } from './support/smallWorld'
import { hopsIn, linesIn, packetsIn, playedIn, type Seen, type Told, toldIn } from './support/wholeTrace'

/** The view of a run, compared with the run's world. */

const RUNS = 500
const AT_ONCE = 25

/** A function of values that stay as they are: each is looked at once, however many moments it lasts. */
function lasting<Key extends object, Value>(find: (key: Key) => Value): (key: Key) => Value {
  const found = new WeakMap<Key, Value>()
  return (key) => {
    const known = found.get(key) ?? find(key)
    found.set(key, known)
    return known
  }
}

/** The contents of a host, read from its state. */
const heldBy = lasting((state: object): string => {
  const { queue = {}, store, kept = [] } = state as Partial<MailServerState & MailProgramState>
  const stored = Object.keys(store?.users ?? {}).flatMap((user) => (store ? mailboxesOf(store, user) : []))
  const messages = stored.reduce((sum, mailbox) => sum + mailbox.messages.length, 0)
  return held(Object.keys(queue).length, messages || kept.length)
})

const held = (waiting: number, holds: number): string => `waiting ${waiting} holds ${holds}`

const stateOf = lasting(({ value }: MachineState): string => stateName(value))

/** Both ends know of the connection, and neither has given it up. */
const isOpen = ({ client, server }: Connection): boolean =>
  client.state === 'established' && (server.state === 'established' || server.state === 'synReceived')

const isEncrypted = ({ client, server }: Connection): boolean =>
  client.encryptedFrom !== undefined || server.encryptedFrom !== undefined

/** Everything that can be counted in the world, as lines of text. */
function truthOf(world: World): string[] {
  const hosts = Object.values(world.hosts)
  const connections = Object.values(world.connections)
  return [
    ...hosts.map((host) => `${host.name} up ${host.up} ${heldBy(host.state as object)}`),
    ...Object.values(world.links).flatMap(({ id, up }) => (up ? [] : [`cut ${id}`])),
    ...connections.filter(isOpen).map((open) => `open ${open.id} encrypted ${isEncrypted(open)}`),
    ...connections.filter(({ client }) => client.state === 'synSent').map(({ id }) => `opening ${id}`),
    ...hosts.flatMap(({ name, sessions }) =>
      Object.entries(sessions).map(([id, { session }]) => `${name} ${id} in ${stateOf(session.machine)}`),
    ),
  ].sort()
}

/** The same from the view. */
function shownBy(view: RunView, scene: Scene): string[] {
  const { connections } = view.at(scene.t)
  const all = connectionsIn(connections)
  const of = (state: SeenConnection['state']) => all.filter((seen) => seen.state === state)
  return [
    ...Object.entries(scene.hosts).map(([name, { up, waiting, holds }]) => `${name} up ${up} ${held(waiting, holds)}`),
    ...scene.cuts.map((ends) => `cut ${[...ends].sort().join('--')}`),
    ...of('open').map(({ connection, encrypted }) => `open ${connection} encrypted ${encrypted}`),
    ...of('opening').map(({ connection }) => `opening ${connection}`),
    ...[...connections.sessions].flatMap((seen) =>
      seen && isAlive(connections, seen) ? [`${seen.host} ${seen.session} in ${seen.state}`] : [],
    ),
  ].sort()
}

/** The state that the map shows beside a server is that of the session of the line or call in focus. */
function statesShown(view: RunView, scene: Scene, world: World): readonly [shown: string[], right: string[]] {
  const fact = view.timeline.trace[scene.caption?.fact ?? -1]
  const called = fact?.type === 'packetSent' && fact.packet.kind === 'segment' ? fact.packet.connection : undefined
  const connection = fact?.type === 'sent' ? fact.connection : called
  const seen = connection === undefined ? undefined : connectionIn(view.at(scene.t).connections, connection)
  const session = seen?.sessions.server && world.hosts[seen.server]?.sessions[seen.sessions.server]?.session
  return [
    Object.entries(scene.hosts).flatMap(([name, { state }]) => (state ? [`${name}: ${state.text}`] : [])),
    seen && session ? [`${seen.server}: ${stateInWords(session.protocol, stateName(session.machine.value))}`] : [],
  ]
}

/** Paths that are lit for an open connection that does not exist. */
function litWrongly(scene: Scene, world: World): string[] {
  const lit = new Set(scene.paths.map(({ from, to }) => [from, to].sort().join(' ')))
  return Object.values(world.connections)
    .filter(isOpen)
    .map(({ client, server }) => [client.host, server.host].sort().join(' '))
    .filter((pair) => !lit.has(pair))
}

/** A flight as it is found by looking through the whole run. */
const plain = ({ flight, from, at, failure }: Focus & Partial<Pick<Line, 'failure'>>): Seen => ({
  fact: flight.fact,
  sent: flight.sent,
  arrives: flight.arrives,
  arrived: flight.arrived,
  protocol: flight.protocol,
  encrypted: flight.encrypted === true,
  ...(flight.lost === undefined ? {} : { lost: flight.lost }),
  ...(failure?.nextTry === undefined ? {} : { nextTry: failure.nextTry }),
  from,
  at,
})

/** The past of a run: flights, moments, playing time and every line of every dialogue. */
interface Past {
  readonly lines: readonly Seen[]
  readonly packets: readonly Seen[]
  readonly hops: readonly Moment[]
  readonly played: readonly (readonly [t: number, playing: string])[]
  readonly told: readonly (readonly Told[])[]
}

/** The past as the view tells it. */
function toldBy(view: RunView): Past {
  const { history, pace, timeline, seen } = view
  const lines = [...history.flights.lines].map(plain)
  const instants = [0, view.end, ...lines.flatMap(({ sent, arrives }) => [sent, arrives])]
  return {
    lines,
    packets: [...history.flights.packets].map(plain),
    hops: momentsOf(history, 'hop'),
    played: instants.map((t) => [t, pace.playingAt(instant(t)).toFixed(6)]),
    told: connectionsIn(seen.connections).map(({ connection }) =>
      transcriptOf(history, connection, timeline.until).map(({ fact, octets, readAt, means, data, command }) => ({
        fact,
        text: octets,
        readAt,
        name: means.name,
        data,
        command,
      })),
    ),
  }
}

/** The same, found by looking through the whole run for each question. */
function foundIn(view: RunView): Past {
  const { trace } = view.timeline
  const { connections } = view.seen
  const lines = linesIn(trace, (id) => {
    const { protocol = 'TEXT', port = 0 } = connectionIn(connections, id) ?? {}
    return protocol === 'TEXT' ? (serviceAt(port)?.protocol ?? 'TCP') : protocol
  })
  const packets = packetsIn(trace)
  const end = Math.max(trace.at(-1)?.at ?? 0, ...packets.map(({ arrives }) => arrives))
  const played = playedIn(
    trace,
    lines,
    ({ connection: id, host, session }) => {
      const connection = connectionIn(connections, id)
      return connection?.typed === true && host === connection.client && session !== connection.sessions.server
    },
    end,
  )
  const instants = [0, end, ...lines.flatMap(({ sent, arrives }) => [sent, arrives])]
  return {
    lines,
    packets,
    hops: hopsIn(trace, lines),
    played: instants.map((t) => [t, played(t).toFixed(6)]),
    told: connectionsIn(connections).map(({ connection, server }) => toldIn(trace, connection, server)),
  }
}

/** A run up to one of its snapshots, as it was before the rest happened. */
const cutAt = ({ timeline }: SmallRun, at: number): Timeline => {
  const snapshots = timeline.snapshots.slice(0, at + 1)
  const last = snapshots.at(-1)
  return {
    ...timeline,
    snapshots,
    trace: timeline.trace.slice(0, last?.facts),
    until: last?.world.now ?? timeline.until,
  }
}

/**
 * The run grows in the steps of some of its snapshots, and the view of each is extended from the one before. After all of them,
 * what each view knows is still what one that begins anew makes of the facts, and all of the run is what looking through it finds.
 */
function growing(run: SmallRun, whole: RunView): readonly string[] {
  const { snapshots } = run.timeline
  const steps = [0.4, 0.42].map((share) => Math.floor((snapshots.length - 1) * share))
  const grown = [...steps.map((step) => viewOf(cutAt(run, step))), whole]
  const known = grown.map(({ history }) => history)
  const anew = historiesOf(
    run.timeline.trace,
    grown.map(({ timeline }) => timeline.trace.length),
  )
  const parts: readonly (keyof Past)[] = ['lines', 'packets', 'hops', 'played', 'told']
  const [told, found] = [toldBy(whole), foundIn(whole)]
  return [
    ...known.flatMap((history, n) => (isSame(history, anew[n]) ? [] : [`extended to ${n} is not as begun anew`])),
    ...parts.filter((part) => !isDeepStrictEqual(told[part], found[part])),
  ]
}

/** The histories after these numbers of facts, each fact folded once. */
function historiesOf(trace: readonly Fact[], counts: readonly number[]): readonly History[] {
  let [seen, history] = [nothingSeen, noHistory]
  const found = new Map([[0, history]])
  for (const [n, fact] of trace.entries()) {
    seen = observe(seen, fact)
    history = record(history, fact, seen)
    if (counts.includes(n + 1)) found.set(n + 1, history)
  }
  return counts.map((count) => found.get(count) ?? noHistory)
}

const isSame = (a: History, b: History | undefined): boolean =>
  b !== undefined && isDeepStrictEqual(values(a), values(b))

/** A history as plain values. */
const values = ({ flights, dialogues, happenings, turns, ways, at }: History) => ({
  lines: [...flights.lines],
  packets: [...flights.packets],
  cuts: [...flights.cuts],
  lookups: [...flights.lookups],
  messages: [...flights.messages],
  byProtocol: Object.fromEntries(Object.entries(flights.byProtocol).map(([name, places]) => [name, [...places]])),
  told: [...dialogues].map((dialogue) => (dialogue ? [...dialogue.lines] : [])),
  happenings: [...happenings.hops, ...happenings.events, ...happenings.keepers],
  turns: [...turns.all],
  alongs: [...happenings.alongs],
  ways,
  at,
})

describe('the view agrees with the world at every moment', () => {
  const starts = Array.from({ length: RUNS / AT_ONCE }, (_, n) => 1 + n * AT_ONCE)
  const met = new Set<string>()
  it.each(starts)(`in ${AT_ONCE} runs from seed %i on`, (from) => {
    const wrong: object[] = []
    for (let seed = from; seed < from + AT_ONCE; seed++) {
      const run = smallRun(seed, withoutFaults)
      const { timeline, worlds } = run
      const view = viewOf(timeline)
      const past = growing(run, view)
      if (past.length > 0) wrong.push({ seed, past })
      const names = namesOf(timeline.scenario)
      for (const fact of timeline.trace) met.add(fact.type)
      for (const world of worlds) {
        const scene = sceneAt(view, names, world.now)
        const [shown, truth] = [shownBy(view, scene), truthOf(world)]
        const [states, right] = statesShown(view, scene, world)
        const dark = litWrongly(scene, world)
        if (shown.join() === truth.join() && states.join() === right.join() && dark.length === 0) continue
        wrong.push({
          seed,
          at: world.now,
          shown: [...shown.filter((line) => !truth.includes(line)), ...states],
          truth: [...truth.filter((line) => !shown.includes(line)), ...right],
          dark,
        })
        break
      }
    }
    expect(wrong).toEqual([])
  })

  it('with every kind of failure', () => {
    const types = ['messageBounced', 'messageRelayed', 'messageFetched', 'messageAdded', 'copyDropped', 'hostStopped']
    expect([...met]).toEqual(expect.arrayContaining([...types, 'packetLost', 'connectionFailed', 'tlsStarted']))
  })
})
