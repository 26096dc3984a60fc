import type { Instant } from '../../base/time'
import type { Question } from '../../session/session'
import type { Fact } from '../../world/fact'
import type { Scenario } from '../../world/scenario'
import { factOf } from '../../world/trace'
import { type HostName, linkId } from '../../world/world'
import { faceOf } from '../faces'
import { glossOf } from '../gloss/gloss'
import { stateTitle } from '../gloss/stateTitles'
import { type Flight, isLine, type ProtocolName } from '../run/flights'
import { countUpTo, factsBy, focusAt, indexTrace, type TraceIndex } from '../run/traceIndex'
import { type WireText, wireTextOf } from '../run/wire'
import { type Namer, packetInWords } from './sentence'

/** How a line was taken by the one who answered. */
export type Outcome = 'accepted' | 'refused' | 'later' | 'lost'

/** An object on its way: it stands at `progress` of the path from `from` to `to`. */
export interface Traveller {
  readonly id: number
  readonly protocol: ProtocolName
  readonly shape: 'letter' | 'diamond' | 'token' | 'sack' | 'bead'
  readonly from: HostName
  readonly to: HostName
  /** 0 to 1, straight in virtual time. */
  readonly progress: number
  readonly outcome?: Outcome
  /** True for the one that the caption is about. */
  readonly focus: boolean
  /** It travels inside TLS. */
  readonly encrypted: boolean
}

/** A path along which something is said at this moment, or over which a connection stands open. */
export interface LitPath {
  readonly from: HostName
  readonly to: HostName
  readonly protocol: ProtocolName
  /** True while the line in focus is on it; else it is only open. */
  readonly bright: boolean
  /** What is said on it travels inside TLS. */
  readonly encrypted: boolean
}

export interface HostScene {
  /** False while the host is without power. */
  readonly up: boolean
  /** Takes part in this step: drawn in full ink. */
  readonly active: boolean
  /** State of the dialogue that this host is the server of, in words. */
  readonly state?: { readonly text: string; readonly protocol: ProtocolName }
  /** Letters waiting in its queue. */
  readonly waiting: number
  /** Letters in its mailboxes, in words; or on the device, collected. */
  readonly holds?: string
  /** 1 at the instant something arrived, falling to 0. */
  readonly pulse: number
}

export interface Caption {
  readonly fact: number
  readonly protocol: ProtocolName
  readonly from: HostName
  readonly to: HostName
  readonly wire: WireText
  readonly gloss?: string
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
}

export interface SceneOptions {
  /** Shows bare packets in place of lines: for stepping by packet. */
  readonly packets?: boolean
}

/** 250, +OK, OK: what was asked is done. A greeting or 354 is no verdict yet. */
const ACCEPTED = /^(2\d\d|\+OK|OK)$/
/** Share of a flight's length for which its receiver is lit after the arrival. */
const PULSE = 0.35

/** What the stage shows at an instant: a pure function of the trace, cheap enough for every frame. */
export function sceneAt(
  trace: readonly Fact[],
  scenario: Scenario,
  names: Namer,
  t: Instant,
  options: SceneOptions = {},
): Scene {
  const index = indexTrace(trace)
  const packets = options.packets === true
  const focus = focusAt(index, t, packets)?.flight
  const caption = captionAt(trace, names, t, packets)
  const flying = flyingAt(index, packets ? index.packets : index.lines, t)
  if (focus && !flying.includes(focus)) flying.push(focus)
  const travellers = flying.map((flight) => travellerOf(trace, flight, flight === focus, t))
  return {
    t,
    travellers,
    paths: pathsAt(index, flying, focus, t),
    cuts: [...holdingsAt(index, t).cuts.values()],
    hosts: hostsAt(index, scenario, flying, focus, t),
    ...(caption ? { caption } : {}),
  }
}

function flyingAt(index: TraceIndex, flights: readonly Flight[], t: Instant): Flight[] {
  const found: Flight[] = []
  for (let i = countUpTo(flights, (flight) => flight.sent, t) - 1; i >= 0; i--) {
    const flight = flights[i] as Flight
    if (flight.sent < t - index.longest) break
    if (flight.arrives > t) found.push(flight)
  }
  return found.reverse()
}

function progressOf(flight: Flight, t: Instant): number {
  const span = flight.arrives - flight.sent
  const share = span <= 0 ? 1 : Math.min(1, Math.max(0, (t - flight.sent) / span))
  // What is lost is never seen to arrive.
  return flight.arrived ? share : Math.min(share, 0.6)
}

function travellerOf(trace: readonly Fact[], flight: Flight, focus: boolean, t: Instant): Traveller {
  const outcome = outcomeOf(factOf(trace, flight.fact), flight, t)
  return {
    id: flight.fact,
    protocol: flight.protocol,
    shape: faceOf(flight.protocol).look.carrier,
    from: flight.from,
    to: flight.to,
    progress: progressOf(flight, t),
    focus,
    encrypted: flight.encrypted === true,
    ...(outcome ? { outcome } : {}),
  }
}

/** An answer says itself how it went; a thing that was lost shows it once it is overdue. */
function outcomeOf(fact: Fact | undefined, flight: Flight, t: Instant): Outcome | undefined {
  if (!flight.arrived && progressOf(flight, t) >= 0.6) return 'lost'
  if (!fact || !isLine(fact)) return undefined
  const { means } = fact
  if (means.refused === 'later') return 'later'
  if (means.refused === true) return 'refused'
  return ACCEPTED.test(means.name) && means.kind !== 'greeting' && fact.type === 'sent' ? 'accepted' : undefined
}

function pathsAt(
  index: TraceIndex,
  flying: readonly Flight[],
  focus: Flight | undefined,
  t: Instant,
): readonly LitPath[] {
  const paths = new Map<string, LitPath>()
  const light = (path: LitPath) => {
    const key = [path.from, path.to].sort().join(' ') + path.protocol
    if (!paths.has(key) || path.bright) paths.set(key, path)
  }
  for (const { client, server, protocol, openedAt, closedAt, encryptedAt } of index.connections.values()) {
    if (openedAt !== undefined && openedAt <= t && (closedAt === undefined || closedAt > t)) {
      const encrypted = encryptedAt !== undefined && encryptedAt <= t
      light({ from: client, to: server, protocol, bright: false, encrypted })
    }
  }
  for (const { from, to, protocol, encrypted = false } of flying) {
    const bright = focus !== undefined && from === focus.from && to === focus.to
    light({ from, to, protocol, bright, encrypted })
  }
  return [...paths.values()]
}

interface Holdings {
  /** By queue id, the letter. */
  waiting: Map<HostName, Map<string, string>>
  kept: Map<HostName, number>
  /** What each device holds, by how it came and its unique identifier. */
  fetched: Map<HostName, Set<string>>
  states: Map<HostName, { text: string; protocol: ProtocolName }>
  down: Set<HostName>
  /** Links that are cut, by their id. */
  cuts: Map<string, readonly [HostName, HostName]>
}

const holdingsCache = new WeakMap<readonly Fact[], { count: number; holdings: Holdings }>()

/** Walks the facts on from where the last frame was; only a step back begins anew. */
function holdingsAt(index: TraceIndex, t: Instant): Holdings {
  const count = factsBy(index.trace, t)
  const known = holdingsCache.get(index.trace)
  const from = known && known.count <= count ? known : { count: 0, holdings: emptyHoldings() }
  for (let i = from.count; i < count; i++) take(from.holdings, index, index.trace[i] as Fact)
  holdingsCache.set(index.trace, { count, holdings: from.holdings })
  return from.holdings
}

const emptyHoldings = (): Holdings => ({
  waiting: new Map(),
  kept: new Map(),
  fetched: new Map(),
  states: new Map(),
  down: new Set(),
  cuts: new Map(),
})

const add = (counts: Map<HostName, number>, host: HostName, by: number): void => {
  counts.set(host, Math.max(0, (counts.get(host) ?? 0) + by))
}

const copyKey = (by: 'POP3' | 'IMAP', uid: string): string => `${by} ${uid}`

function expungedIn(question: Question): readonly number[] {
  return question.type === 'mailboxNews' ? (question as Question & { expunged: readonly number[] }).expunged : []
}

function take(holdings: Holdings, index: TraceIndex, fact: Fact): void {
  const { waiting, kept, fetched, states, down, cuts } = holdings
  switch (fact.type) {
    case 'messageQueued':
      waiting.set(fact.host, new Map([...(waiting.get(fact.host) ?? []), [fact.queueId, fact.letter]]))
      break
    case 'messageRelayed':
    case 'messageBounced':
      waiting.get(fact.host)?.delete(fact.queueId)
      break
    case 'messageDelivered':
      for (const [queueId, letter] of waiting.get(fact.host) ?? [])
        if (letter === fact.letter) waiting.get(fact.host)?.delete(queueId)
      add(kept, fact.host, 1)
      break
    case 'messageRemoved':
      add(kept, fact.host, -1)
      break
    case 'messageFetched':
      fetched.set(fact.host, (fetched.get(fact.host) ?? new Set()).add(copyKey(fact.by, fact.uid)))
      break
    case 'questionAsked':
      // A device keeps what POP3 brought home; of an IMAP mailbox it drops what the server says is gone.
      for (const uid of expungedIn(fact.question)) fetched.get(fact.host)?.delete(copyKey('IMAP', String(uid)))
      break
    case 'stateEntered': {
      const info = sessionOf(index, fact.session)
      if (info)
        states.set(fact.host, {
          text: stateTitle(`${info.toLowerCase()}.server`, fact.state) ?? inWords(fact.state),
          protocol: info,
        })
      break
    }
    case 'connectionClosed':
    case 'connectionFailed':
      states.delete(fact.server)
      break
    case 'hostStopped':
      down.add(fact.host)
      states.delete(fact.host)
      break
    case 'hostStarted':
      down.delete(fact.host)
      break
    case 'intervened': {
      const { intervention } = fact
      if (intervention.type !== 'linkChanged' || intervention.up === undefined) break
      const [a, b] = intervention.between
      if (intervention.up) cuts.delete(linkId(a, b))
      else cuts.set(linkId(a, b), intervention.between)
      break
    }
    default:
  }
}

const sessionsCache = new WeakMap<TraceIndex, Map<string, ProtocolName>>()

/** The protocol of a server's session; undefined for a client's. */
function sessionOf(index: TraceIndex, session: string): ProtocolName | undefined {
  let sessions = sessionsCache.get(index)
  if (!sessions) {
    sessions = new Map()
    for (const fact of index.trace) {
      if (fact.type !== 'sessionStarted' || fact.connection === undefined || !fact.protocol.endsWith('.server'))
        continue
      const protocol = index.connections.get(fact.connection)?.protocol
      if (protocol) sessions.set(fact.session, protocol)
    }
    sessionsCache.set(index, sessions)
  }
  return sessions.get(session)
}

/** States whose own names would be taken for something else: "no user" reads as if the user were unknown. */
const STATE_WORDS: Readonly<Record<string, string>> = { noUser: 'not logged in' }

/** `session.senderKnown` is "sender known". */
export function inWords(state: string): string {
  const key = state.split('.').at(-1) ?? state
  return STATE_WORDS[key] ?? key.replace(/([a-z])([A-Z])/g, '$1 $2').toLowerCase()
}

function hostsAt(
  index: TraceIndex,
  scenario: Scenario,
  flying: readonly Flight[],
  focus: Flight | undefined,
  t: Instant,
): Readonly<Record<HostName, HostScene>> {
  const { waiting, kept, fetched, states, down } = holdingsAt(index, t)
  const hosts: Record<HostName, HostScene> = {}
  for (const { name } of scenario.hosts) {
    const state = states.get(name)
    const letters = kept.get(name) ?? 0
    const copies = fetched.get(name)?.size ?? 0
    const holds = letters > 0 ? letterCount(letters) : copies > 0 ? letterCount(copies) : undefined
    hosts[name] = {
      up: !down.has(name),
      active:
        focus?.from === name ||
        focus?.to === name ||
        flying.some((flight) => flight.from === name || flight.to === name),
      waiting: waiting.get(name)?.size ?? 0,
      pulse: focus?.to === name && focus.arrived ? pulseOf(focus, t) : 0,
      ...(state && focus && (focus.from === name || focus.to === name) ? { state } : {}),
      ...(holds ? { holds } : {}),
    }
  }
  return hosts
}

const letterCount = (n: number): string => (n === 1 ? '1 letter' : `${n} letters`)

function pulseOf(flight: Flight, t: Instant): number {
  const span = (flight.arrives - flight.sent) * PULSE
  const since = t - flight.arrives
  return since < 0 || span <= 0 || since > span ? 0 : 1 - since / span
}

const captions = new WeakMap<Flight, Caption>()

/** The line in focus. The same line gives the same value, so that it can be compared. */
export function captionAt(trace: readonly Fact[], names: Namer, t: Instant, packets = false): Caption | undefined {
  const focus = focusAt(indexTrace(trace), t, packets)?.flight
  if (!focus) return undefined
  const made = captions.get(focus) ?? captionOf(trace, focus, names)
  if (made) captions.set(focus, made)
  return made
}

function captionOf(trace: readonly Fact[], focus: Flight, names: Namer): Caption | undefined {
  const fact = factOf(trace, focus.fact)
  const { protocol, from, to } = focus
  const about = { fact: focus.fact, protocol, from, to }
  if (fact?.type === 'packetSent') return { ...about, ...packetInWords(fact, names) }
  if (!fact || !isLine(fact)) return undefined
  const { refused } = fact.means
  const gloss = glossOf(fact.means)
  return {
    ...about,
    wire: wireTextOf(fact),
    ...(gloss ? { gloss } : {}),
    ...(refused ? { outcome: refused === 'later' ? ('later' as const) : ('refused' as const) } : {}),
  }
}
