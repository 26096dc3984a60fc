import type { Instant } from '../../base/time'
import { storyText } from '../../messages/story'
import type { ProtocolFace } from '../../session/face'
import type { Fact } from '../../world/fact'
import type { Scenario } from '../../world/scenario'
import { factOf } from '../../world/trace'
import type { HostName } from '../../world/world'
import { faceOf } from '../faces'
import { glossOf, stateTitle } from '../gloss/gloss'
import { type Connections, connectionIn, isAlive, type SeenConnection, sessionIn } from '../run/connections'
import { type Flight, type Focus, focusIn, isLine, type ProtocolName, protocolOn, underWayAt } from '../run/flight'
import { answerAt, type Failure, type Line, lineIn, linesUnderWay, unheardCall } from '../run/flights'
import { holdingsOf, isAtRest } from '../run/holdings'
import type { NoticeKind } from '../run/notice'
import type { RunView } from '../run/runView'
import type { Seen } from '../run/seen'
import type { Table } from '../run/table'
import { type WireText, wireTextOf } from '../run/wire'
import { callInWords, failureInWords, type Namer, packetInWords } from './sentence'

/** The answer's verdict on a line. */
export type Outcome = 'accepted' | 'refused' | 'later' | 'lost'

/** An object in flight, at `progress` of the path from `from` to `to`. */
export interface Traveller {
  readonly id: number
  readonly protocol: ProtocolName
  /** A message is a letter; other lines have the shape of their protocol. */
  readonly shape: 'letter' | ProtocolFace['look']['carrier']
  readonly from: HostName
  readonly to: HostName
  /** 0 to 1, linear in virtual time. */
  readonly progress: number
  readonly outcome?: Outcome
  /** True for the one that the caption is about. */
  readonly focus: boolean
  /** It travels inside TLS. */
  readonly encrypted: boolean
  /** It is a notice. */
  readonly notice: NoticeKind | undefined
  /** An arrowhead shows in which direction it goes. */
  readonly arrow: boolean
  /** Words beside it, if the caption is about another line. */
  readonly note?: string
}

/** A path along which something is said at this moment, or over which a connection is open. */
export interface LitPath {
  readonly from: HostName
  readonly to: HostName
  readonly protocol: ProtocolName
  /** True while the line in focus is on it; otherwise it is only open. */
  readonly bright: boolean
  /** Its dialogue travels inside TLS. */
  readonly encrypted: boolean
}

export interface HostScene {
  /** False while the host is without power. */
  readonly up: boolean
  /** A mail program that does nothing by itself. */
  readonly rests: boolean
  /** It takes part in this step, so it is drawn in full ink. */
  readonly active: boolean
  /** State of the dialogue in which this host is the server, in words. */
  readonly state?: { readonly text: string; readonly protocol: ProtocolName }
  /** Letters waiting in its queue. */
  readonly waiting: number
  /** Letters in its mailboxes, or fetched to the device. */
  readonly holds: number
  /** Those of them that are notices: of the waiting ones, if there are any. */
  readonly notices: number
  /** The gravest kind of these notices. */
  readonly notice: NoticeKind | undefined
  /** 1 at the instant of an arrival, then falling to 0. */
  readonly pulse: number
}

export interface Caption {
  readonly fact: number
  readonly protocol: ProtocolName
  readonly from: HostName
  readonly to: HostName
  readonly wire: WireText
  readonly gloss?: string
  /** The fate of the line or call, which is no part of a dialogue. */
  readonly note?: string
  readonly outcome?: Outcome
}

export interface Scene {
  readonly t: Instant
  readonly travellers: readonly Traveller[]
  readonly paths: readonly LitPath[]
  /** Pairs of hosts whose link is cut. */
  readonly cuts: readonly (readonly [HostName, HostName])[]
  readonly hosts: Readonly<Record<HostName, HostScene>>
  readonly caption?: Caption
  /** In fog: the hosts that are seen. */
  readonly inSight?: ReadonlySet<HostName>
}

export interface SceneOptions {
  /** Shows bare packets instead of lines, for stepping by packet. */
  readonly packets?: boolean
  /** Shows where a step has led: an arrowhead says in which direction the line in focus goes. */
  readonly stepped?: boolean
}

/** 250, +OK and OK say that the command succeeded. A greeting or 354 is no verdict yet. */
const ACCEPTED = /^(2\d\d|\+OK|OK)$/
/** The time for which a receiver is lit after the arrival, as a share of the flight's duration. */
const PULSE = 0.35

/** The scene of the stage at an instant: a pure function of the trace, cheap enough for every frame. */
export function sceneAt(view: RunView, names: Namer, t: Instant, options: SceneOptions = {}): Scene {
  const { flights } = view.history
  const { trace, scenario } = view.timeline
  const seen = view.at(t)
  const looked = focusAt(view, t, options.packets)
  const focus = looked?.flight
  const caption = captionAt(view, names, t, options.packets)
  const flying = options.packets
    ? underWayAt(flights.packets, t).map(({ flight }) => flight)
    : [...linesUnderWay(flights, t), ...unheardCalls(view, seen, t)]
  if (focus && !flying.includes(focus)) flying.push(focus)
  const travellers = flying.map((flight) =>
    travellerOf(trace, flight, flight === focus ? looked : undefined, names, t, options),
  )
  return {
    t,
    travellers,
    paths: pathsAt(seen, flying, focus),
    cuts: [...seen.holdings.cuts.values()],
    hosts: hostsAt(seen, scenario, flying, focus, t),
    ...(caption ? { caption } : {}),
  }
}

/** Calls that got lost, as long as their clients wait for an answer. */
const unheardCalls = ({ history }: RunView, { connections }: Seen, t: Instant): readonly Flight[] =>
  connections.unfinished.flatMap((id) => {
    const call = connectionIn(connections, id)?.state === 'opening' ? unheardCall(history.flights, id) : undefined
    return call && call.arrives <= t ? [call] : []
  })

/** The packet in focus, or the line that tells the answer in focus. */
const focusAt = ({ history: { flights } }: RunView, t: Instant, packets = false): Focus | Line | undefined =>
  packets ? focusIn(flights.packets, t) : lineIn(flights, t)

function progressOf(flight: Flight, t: Instant): number {
  const span = flight.arrives - flight.sent
  const share = span <= 0 ? 1 : Math.min(1, Math.max(0, (t - flight.sent) / span))
  // A lost object is never shown arriving.
  return flight.arrived ? share : Math.min(share, 0.6)
}

function travellerOf(
  trace: readonly Fact[],
  flight: Flight,
  focus: Focus | Line | undefined,
  names: Namer,
  t: Instant,
  { stepped = false }: SceneOptions,
): Traveller {
  const fact = factOf(trace, flight.fact)
  const failure = focus && failureOf(focus)
  const outcome = failure ? failureOutcome(failure) : outcomeOf(fact, flight, t)
  return {
    id: flight.fact,
    protocol: flight.protocol,
    shape: flight.message ? 'letter' : faceOf(flight.protocol).look.carrier,
    from: flight.from,
    to: flight.to,
    progress: progressOf(flight, t),
    focus: focus !== undefined,
    encrypted: flight.encrypted === true,
    notice: flight.notice,
    arrow: focus !== undefined && stepped && flight.kind !== 'failure',
    ...(outcome ? { outcome } : {}),
    ...(!focus && outcome === 'lost' && flight.kind === 'call'
      ? { note: storyText('unanswered', { server: names.short(flight.to) }) }
      : {}),
  }
}

/** Silence is not the end if it is tried again. */
const failureOutcome = ({ why, nextTry }: Failure): Outcome =>
  why === 'refused' ? 'refused' : nextTry !== undefined ? 'later' : 'lost'

const failureOf = (focus: Focus | Line): Failure | undefined => ('failure' in focus ? focus.failure : undefined)

/** The outcome of a flight: an answer's own verdict, or the loss of an object from a late part of its path on. */
function outcomeOf(fact: Fact | undefined, flight: Flight, t: Instant): Outcome | undefined {
  if (!flight.arrived && progressOf(flight, t) >= 0.6) return 'lost'
  if (!fact || !isLine(fact)) return undefined
  const { means } = fact
  if (means.refused === 'later') return 'later'
  if (means.refused === true) return 'refused'
  return ACCEPTED.test(means.name) && means.kind !== 'greeting' && fact.type === 'sent' ? 'accepted' : undefined
}

function pathsAt({ connections }: Seen, flying: readonly Flight[], focus: Flight | undefined): readonly LitPath[] {
  const paths = new Map<string, LitPath>()
  const light = (path: LitPath) => {
    const key = [path.from, path.to].sort().join(' ') + path.protocol
    if (!paths.has(key) || path.bright) paths.set(key, path)
  }
  for (const id of connections.unfinished) {
    const seen = connectionIn(connections, id)
    if (seen?.state !== 'open') continue
    const { client, server, encrypted } = seen
    light({ from: client, to: server, protocol: protocolOn(seen), bright: false, encrypted })
  }
  for (const { from, to, protocol, encrypted = false } of flying) {
    const bright = focus !== undefined && from === focus.from && to === focus.to
    light({ from, to, protocol, bright, encrypted })
  }
  return [...paths.values()]
}

/** A state's title if its machine gives one, else its name in words. */
export const stateInWords = (protocol: string, state: string): string => stateTitle(protocol, state) ?? inWords(state)

/** `session.senderKnown` is "sender known". */
function inWords(state: string): string {
  const key = state.split('.').at(-1) ?? state
  return key.replace(/([a-z])([A-Z])/g, '$1 $2').toLowerCase()
}

/** Of these notices, one that returns a message, if there is one. */
function gravest(notices: Table<NoticeKind>): NoticeKind | undefined {
  let found: NoticeKind | undefined
  for (const [, kind] of notices) {
    found = kind
    if (kind === 'returned') break
  }
  return found
}

function hostsAt(
  { connections, holdings }: Seen,
  scenario: Scenario,
  flying: readonly Flight[],
  focus: Flight | undefined,
  t: Instant,
): Readonly<Record<HostName, HostScene>> {
  const hosts: Record<HostName, HostScene> = {}
  const connection = focus?.connection === undefined ? undefined : connectionIn(connections, focus.connection)
  const state = connection && serverState(connections, connection)
  for (const host of scenario.hosts) {
    const { name } = host
    const { queue, stored, copies, notices } = holdingsOf(holdings, name)
    const shown = queue.size > 0 ? notices.queue : stored > 0 ? notices.stored : notices.copies
    hosts[name] = {
      up: !holdings.down.has(name),
      rests: isAtRest(holdings, host),
      active:
        focus?.from === name ||
        focus?.to === name ||
        flying.some((flight) => flight.from === name || flight.to === name),
      waiting: queue.size,
      holds: stored > 0 ? stored : copies.size,
      notices: shown.size,
      notice: gravest(shown),
      pulse: focus?.to === name && focus.arrived ? pulseOf(focus, t) : 0,
      ...(state && connection?.server === name ? { state } : {}),
    }
  }
  return hosts
}

/** The state of the server's session, while there is one. */
function serverState(connections: Connections, connection: SeenConnection): HostScene['state'] {
  const id = connection.sessions.server
  const session = id === undefined ? undefined : sessionIn(connections, id)
  if (session?.state === undefined || !isAlive(connections, session)) return undefined
  return { text: stateInWords(session.protocol, session.state), protocol: protocolOn(connection) }
}

function pulseOf(flight: Flight, t: Instant): number {
  const span = (flight.arrives - flight.sent) * PULSE
  const since = t - flight.arrives
  return since < 0 || span <= 0 || since > span ? 0 : 1 - since / span
}

const captions = new WeakMap<Focus, Caption>()

/** The line in focus. The same line gives the same object, so that it can be compared by identity. */
export function captionAt(view: RunView, names: Namer, t: Instant, packets = false): Caption | undefined {
  const { flights } = view.history
  const focus = focusIn<Focus>(packets ? flights.packets : flights.lines, t)
  if (!focus) return undefined
  const made = captions.get(focus) ?? captionOf(view, t, packets, names)
  if (made) captions.set(focus, made)
  return made
}

function captionOf(view: RunView, t: Instant, packets: boolean, names: Namer): Caption | undefined {
  const { trace } = view.timeline
  const looked = focusAt(view, t, packets)
  const focus = looked?.flight
  const fact = focus && factOf(trace, focus.fact)
  if (!fact) return undefined
  const { protocol, from, to } = focus
  const unheard = focus.kind === 'call' && !focus.arrived
  const note = unheard
    ? { note: storyText('unanswered', { server: names.short(to) }) }
    : focus.lost === undefined
      ? {}
      : { note: storyText('saidAgain', { times: focus.lost }) }
  const about = { fact: focus.fact, protocol, from, to, ...note }
  const failure = failureOf(looked)
  if (failure) return { ...about, ...failureInWords(failure), outcome: failureOutcome(failure) }
  if (fact.type === 'packetSent') {
    const { wire, gloss } = focus.kind === 'call' ? callInWords(fact, names) : packetInWords(fact, names)
    const { packet } = fact
    const calls = packet.kind === 'segment' && packet.flags.syn && !packet.flags.ack
    return { ...about, gloss, wire: calls ? { ...wire, text: storyText('calls', { wire: wire.text }) } : wire }
  }
  if (!isLine(fact)) return undefined
  const { refused } = fact.means
  const gloss = glossOf(fact.means)
  const lines = answerAt(view.history.flights, t).reduce((sum, { flight }) => sum + linesOf(trace, flight), 0)
  return {
    ...about,
    wire: { ...wireTextOf(fact), lines },
    ...(gloss ? { gloss } : {}),
    ...(refused ? { outcome: refused === 'later' ? ('later' as const) : ('refused' as const) } : {}),
  }
}

/** The number of lines that a fact says at once. */
function linesOf(trace: readonly Fact[], { fact: order }: Flight): number {
  const fact = factOf(trace, order)
  return fact && isLine(fact) ? wireTextOf(fact).lines : 0
}
