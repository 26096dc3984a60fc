import type { Instant } from '../../base/time'
import { cardText } from '../../messages/card'
import { SERVICES } from '../../session/service'
import type { LinkSettings, Scenario, ScenarioHost } from '../../world/scenario'
import { factOf } from '../../world/trace'
import { type HostName, linkId } from '../../world/world'
import { glossOf } from '../gloss/gloss'
import { journeysIn } from '../message/journey'
import { connectionIn, type SeenConnection } from '../run/connections'
import { servicesAt } from '../run/doors'
import { type Flight, isLine, protocolOn } from '../run/flight'
import { linesUnderWay } from '../run/flights'
import { holdingsOf, isAtRest } from '../run/holdings'
import { type Names, typographic } from '../run/names'
import type { RunView } from '../run/runView'
import { wireTextOf } from '../run/wire'
import { callInWords, eventSentence, lineSentence, packetInWords } from '../stage/sentence'

/** A thing on the map that a person can touch. A line is named by the order of its fact. */
export type Touched =
  | { readonly kind: 'host'; readonly host: HostName }
  | { readonly kind: 'link'; readonly between: readonly [HostName, HostName] }
  | { readonly kind: 'line'; readonly fact: number }

/** The content of a card about a thing on the map, at an instant. */
export interface Card {
  readonly title: string
  /** Its name on the wire, or what is said on the wire. */
  readonly wire?: string
  readonly sentences: readonly string[]
  readonly parts: readonly CardPart[]
}

export interface CardPart {
  readonly key: 'keeps' | 'doors' | 'now' | 'links' | 'state' | 'way'
  readonly title: string
  readonly rows: readonly CardRow[]
}

export interface CardRow {
  readonly text: string
  /** The number of a port. */
  readonly port?: number
  /** The thing that the row is about, which has a card too. */
  readonly leads?: Touched
}

/** The card of a thing; undefined if it does not exist in this run. */
export function cardOf(view: RunView, names: Names, t: Instant, touched: Touched): Card | undefined {
  switch (touched.kind) {
    case 'host':
      return hostCard(view, names, t, touched.host)
    case 'link':
      return linkCard(view, names, t, touched.between)
    case 'line':
      return lineCard(view, names, t, touched.fact)
  }
}

const row = (text: string, leads?: Touched): CardRow => (leads ? { text, leads } : { text })

function hostCard(view: RunView, names: Names, t: Instant, name: HostName): Card | undefined {
  const { scenario } = view.timeline
  const host = scenario.hosts.find((each) => each.name === name)
  if (!host) return undefined
  return {
    title: names.title(name),
    wire: cardText('named', { name, address: host.address }),
    sentences: [whoIs(scenario, host), ...(isAtRest(view.at(t).holdings, host) ? [cardText('rests')] : [])],
    parts: [
      { key: 'now', title: cardText('now'), rows: doingAt(view, names, t, name) },
      { key: 'keeps', title: cardText('keeps'), rows: keptBy(view, t, host) },
      { key: 'doors', title: cardText('doors'), rows: doorsOf(host) },
      { key: 'links', title: cardText('links'), rows: linksOf(view, names, t, name) },
    ],
  }
}

function whoIs({ map }: Scenario, { name, role }: ScenarioHost): string {
  const symbol = map.hosts[name]?.symbol
  return cardText(role === 'gateway' || symbol === undefined ? 'who.gateway' : `who.${symbol}`)
}

function keptBy(view: RunView, t: Instant, host: ScenarioHost): readonly CardRow[] {
  const { queue, stored, copies } = holdingsOf(view.at(t).holdings, host.name)
  switch (host.role) {
    case 'mailServer': {
      const keepsMail = servicesAt(host).some(({ service }) => SERVICES[service].protocol !== 'SMTP')
      return [
        row(cardText('keeps.queue', { count: queue.size })),
        ...(keepsMail || stored > 0 ? [row(cardText('keeps.stored', { count: stored }))] : []),
        ...lettersAt(view, t, host.name),
      ]
    }
    case 'mailProgram':
      return [row(cardText('keeps.copies', { count: copies.size })), ...lettersAt(view, t, host.name)]
    case 'resolver':
      return [row(cardText('keeps.cache'))]
    case 'nameServer':
      return apexesOf(host).map((apex) => row(cardText('keeps.zone', { apex })))
    default:
      return [row(cardText('keeps.nothing'))]
  }
}

/** The zones that a name server serves from the beginning. */
function apexesOf({ config }: ScenarioHost): readonly string[] {
  if (!('zones' in config) || !Array.isArray(config.zones)) return []
  return config.zones.flatMap((zone: unknown) =>
    typeof zone === 'object' && zone !== null && 'apex' in zone && typeof zone.apex === 'string' ? [zone.apex] : [],
  )
}

const MOST_LETTERS = 3

/** The latest letters that the host has had, the newest first. */
function lettersAt({ timeline }: RunView, t: Instant, host: HostName): readonly CardRow[] {
  return journeysIn(timeline.trace)
    .flatMap(({ subject, stops }) =>
      stops.flatMap((stop) =>
        stop.host === host && stop.at <= t
          ? [
              {
                at: stop.at,
                text: subject === '' ? cardText('letter.bare') : cardText(`letter.${stop.kind}`, { subject }),
              },
            ]
          : [],
      ),
    )
    .sort((a, b) => b.at - a.at)
    .slice(0, MOST_LETTERS)
    .map(({ text }) => row(text))
}

function doorsOf(host: ScenarioHost): readonly CardRow[] {
  const answersNames = host.role === 'resolver' || host.role === 'nameServer'
  const { domain } = SERVICES
  if (answersNames) return [{ port: domain.port, text: cardText('door.DNS', { protocol: domain.protocol }) }]
  const doors = servicesAt(host).map(({ port, service }): CardRow => {
    const { protocol, clients, tls } = SERVICES[service]
    const kind = protocol !== 'SMTP' ? 'retrieval' : clients === 'servers' ? 'relay' : 'submission'
    const door = cardText(`door.${kind}`, { protocol })
    return { port, text: tls === 'implicit' ? cardText('door.inTls', { door }) : door }
  })
  return doors.length > 0 ? doors : [row(cardText('door.none'))]
}

/** The connections that this test admits, and the lines under way, at an instant. */
function spokenAt(
  view: RunView,
  names: Names,
  t: Instant,
  about: (from: HostName, to: HostName) => boolean,
  leads: (connection: SeenConnection) => Touched | undefined,
): readonly CardRow[] {
  const { connections } = view.at(t)
  const open = connections.unfinished.flatMap((id) => connectionIn(connections, id) ?? [])
  return [
    ...linesUnderWay(view.history.flights, t)
      .filter(({ from, to }) => about(from, to))
      .map((flight) => row(flightInWords(view, names, flight), { kind: 'line', fact: flight.fact })),
    ...open
      .filter(({ client, server }) => about(client, server))
      .map((seen) => row(speaking(seen, names), leads(seen))),
  ]
}

function doingAt(view: RunView, names: Names, t: Instant, name: HostName): readonly CardRow[] {
  if (view.at(t).holdings.down.has(name)) return [row(cardText('now.stopped'))]
  const rows = spokenAt(
    view,
    names,
    t,
    (from, to) => from === name || to === name,
    ({ client, server }) => ({ kind: 'link', between: [client, server] }),
  )
  return rows.length > 0 ? rows : [row(quiet(view, t, 'now.quiet'))]
}

function quiet({ history }: RunView, t: Instant, otherwise: 'now.quiet' | 'now.noBody'): string {
  const first = history.flights.lines.get(0)
  return cardText(first === undefined || first.from > t ? 'now.nothingYet' : otherwise)
}

function speaking(seen: SeenConnection, names: Names): string {
  const { port, state, encrypted } = seen
  const ends = { client: names.short(seen.client), server: names.short(seen.server), port: String(port) }
  if (state === 'opening') return cardText('now.calls', ends)
  if (state === 'halfOpen') return cardText('now.waits', ends)
  return cardText(encrypted ? 'now.speaksInTls' : 'now.speaks', { ...ends, protocol: protocolOn(seen) })
}

function flightInWords({ timeline, history }: RunView, names: Names, { fact: order, from, to }: Flight): string {
  const fact = factOf(timeline.trace, order)
  if (fact && isLine(fact)) return names.sentence(lineSentence(fact, names.short(from), names.short(to)))
  if (fact?.type === 'connectionFailed') return eventSentence(fact, names, history)
  return fact?.type === 'packetSent' ? packetInWords(fact, names).gloss : ''
}

/** The links of the host's own, then the paths to others that it has spoken with. */
function linksOf(view: RunView, names: Names, t: Instant, name: HostName): readonly CardRow[] {
  const own = view.timeline.scenario.links.flatMap(({ between: [a, b] }) => (a === name ? [b] : b === name ? [a] : []))
  const spoken = view.at(t).neighbours[name] ?? []
  return [...new Set([...own, ...spoken])].map((other) =>
    row(cardText('link', { other: names.title(other) }), { kind: 'link', between: [name, other] }),
  )
}

/** The link between two hosts as the scenario and later changes made it: before the engine has spoken, too. */
export function linkAt(
  { timeline, at }: RunView,
  t: Instant,
  [a, b]: readonly [HostName, HostName],
): LinkSettings & { readonly up: boolean } {
  const { scenario, interventions } = timeline
  const id = linkId(a, b)
  let link: LinkSettings = scenario.links.find(({ between }) => linkId(...between) === id) ?? scenario.internet
  for (const change of interventions) {
    if (change.at > t || change.type !== 'linkChanged' || linkId(...change.between) !== id) continue
    const { loss = link.loss, latency = link.latency, jitter = link.jitter } = change
    link = { ...link, loss, latency, jitter }
  }
  return { ...link, up: !at(t).holdings.cuts.has(id) }
}

function linkCard(view: RunView, names: Names, t: Instant, between: readonly [HostName, HostName]): Card | undefined {
  const [a, b] = between
  const { hosts } = view.timeline.scenario
  if (![a, b].every((end) => hosts.some(({ name }) => name === end))) return undefined
  const { up, latency, jitter, loss } = linkAt(view, t, between)
  const said = spokenAt(
    view,
    names,
    t,
    (from, to) => (from === a && to === b) || (from === b && to === a),
    () => undefined,
  )
  const ends = ([a, b] as const).map((host) => row(names.title(host), { kind: 'host', host }))
  return {
    title: cardText('between', { a: names.title(a), b: names.title(b) }),
    wire: cardText('between', { a, b }),
    sentences: [cardText(up ? 'link.whole' : 'link.cut')],
    parts: [
      { key: 'now', title: cardText('now'), rows: said.length > 0 ? said : [row(quiet(view, t, 'now.noBody'))] },
      {
        key: 'state',
        title: cardText('link.state'),
        rows: [
          row(cardText('link.latency', { ms: latency })),
          ...(jitter > 0 ? [row(cardText('link.jitter', { ms: jitter }))] : []),
          row(loss > 0 ? cardText('link.loss', { percent: Math.round(loss * 100) }) : cardText('link.lossless')),
        ],
      },
      { key: 'way', title: cardText('line.way'), rows: ends },
    ],
  }
}

/** The flight of a line, a call or a packet, by the order of its fact. */
function flightOf({ history: { flights } }: RunView, fact: number): Flight | undefined {
  for (const list of [flights.lines, flights.packets]) {
    for (const { flight } of list) if (flight.fact === fact) return flight
  }
  return undefined
}

function lineCard(view: RunView, names: Names, t: Instant, order: number): Card | undefined {
  const flight = flightOf(view, order)
  const fact = factOf(view.timeline.trace, order)
  if (!flight || !fact) return undefined
  const { from, to, kind, protocol, message, encrypted, arrived, sent, arrives } = flight
  const said =
    fact.type === 'packetSent'
      ? kind === 'call'
        ? callInWords(fact, names)
        : packetInWords(fact, names)
      : isLine(fact)
        ? { wire: wireTextOf(fact), gloss: glossOf(fact.means) }
        : undefined
  const title = message
    ? cardText('line.letter')
    : kind === 'line'
      ? cardText('line.line', { protocol })
      : cardText(`line.${kind}`)
  const onItsWay: CardPart = {
    key: 'now',
    title: cardText('now'),
    rows: [
      row(
        !arrived
          ? cardText('line.lost')
          : t >= arrives
            ? cardText('line.arrived')
            : cardText('line.arrives', { ms: Math.round((arrives - sent) * 10) / 10 }),
      ),
      row(cardText(encrypted ? 'line.encrypted' : 'line.open')),
    ],
  }
  return {
    title,
    ...(said ? { wire: said.wire.text } : {}),
    sentences: kind === 'failure' ? [flightInWords(view, names, flight)] : said?.gloss ? [typographic(said.gloss)] : [],
    parts: [
      {
        key: 'way',
        title: cardText('line.way'),
        rows: [
          row(cardText('line.from', { host: names.title(from) }), { kind: 'host', host: from }),
          row(cardText('line.to', { host: names.title(to) }), { kind: 'host', host: to }),
          row(cardText('link', { other: names.title(to) }), { kind: 'link', between: [from, to] }),
        ],
      },
      // A failure is known at one of its ends: nothing is on its way.
      ...(kind === 'failure' ? [] : [onItsWay]),
    ],
  }
}
