import type { HostSymbol } from '../../world/scenario'
import type { HostName } from '../../world/world'
import type { HostScene, Scene } from '../scene'
import type { Size } from './geometry'
import type { Layer, MapEvents, MapFrame } from './networkMap'
import { type Box, boxAround, meets } from './placement'
import { HOST_SYMBOLS, SYMBOL_BOX } from './symbols'

interface HostElements {
  readonly group: Layer
  readonly pulse: Layer
  readonly badge: Layer
  readonly state: Layer
  shown: string
}

const isTree = (symbol: HostSymbol): boolean => symbol === 'root' || symbol === 'topLevel' || symbol === 'zone'

/** Hosts with their names, and beside them in words what is inside. */
export class HostLayer {
  readonly #layer: Layer
  readonly #events: MapEvents
  readonly #elements = new Map<HostName, HostElements>()
  /** What captions have to keep clear of. */
  boxes: readonly Box[] = []

  constructor(layer: Layer, events: MapEvents) {
    this.#layer = layer
    this.#events = events
  }

  place(frame: MapFrame): void {
    const { scenario, projection, look, shores } = frame
    this.#layer.selectAll('*').remove()
    this.#elements.clear()
    const boxes: Box[] = sideTitles(frame)
    for (const { name } of scenario.hosts) {
      const place = scenario.map.hosts[name]
      if (!place) continue
      const [halfWidth, halfHeight] = SYMBOL_BOX[place.symbol]
      boxes.push(boxAround(projection.x(place.x), projection.y(place.y), halfWidth + 4, halfHeight + 4))
    }
    const inOrder = [...scenario.hosts].sort(
      (a, b) => Number(frame.about.includes(b.name)) - Number(frame.about.includes(a.name)),
    )
    for (const { name, address } of inOrder) {
      const place = scenario.map.hosts[name]
      if (!place) continue
      const x = projection.x(place.x)
      const y = projection.y(place.y)
      // What would be cut by the edge is not begun.
      const [wide] = SYMBOL_BOX[place.symbol]
      if (x < wide - 1 || x > look.size.width - wide + 1) continue
      const ground = x > shores.west(y) && x < shores.east(y) ? 'on-sea' : 'on-land'
      const group = this.#layer
        .append('g')
        .attr('class', `host ${ground} ${place.symbol}`)
        .attr('transform', `translate(${Math.round(x)} ${Math.round(y)})`)
        .attr('role', 'button')
        .attr('tabindex', 0)
        .attr('aria-label', `${place.title}, ${name}, ${address}`)
        .on('click', () => this.#events.host(name))
        .on('keydown', (event: KeyboardEvent) => {
          if (event.key !== 'Enter' && event.key !== ' ') return
          event.preventDefault()
          event.stopPropagation()
          this.#events.host(name)
        })
      group.append('title').text(`${place.title}: ${name}, ${address}`)
      const [halfWidth, halfHeight] = SYMBOL_BOX[place.symbol]
      group
        .append('rect')
        .attr('class', 'hit')
        .attr('x', -Math.max(halfWidth, 22))
        .attr('y', -Math.max(halfHeight, 22))
        .attr('width', 2 * Math.max(halfWidth, 22))
        .attr('height', 2 * Math.max(halfHeight, 22))
      const pulse = group.append('g').attr('class', 'pulse')
      pulse.append('circle').attr('r', Math.max(halfWidth, halfHeight) + 8)
      for (const { d, as } of HOST_SYMBOLS[place.symbol]) group.append('path').attr('class', as).attr('d', d)
      const lines = labelLines(frame, name, address)
      const side = sideOf(frame, name)
      boxes.push(
        ...label(
          group,
          lines,
          side,
          x,
          y,
          halfWidth,
          halfHeight,
          look.size,
          leaning(frame, name),
          boxes,
          coastsFor(frame, x, y),
        ),
      )
      const badge = group.append('g').attr('class', 'badge')
      const state = group.append('g').attr('class', 'state')
      this.#elements.set(name, { group, pulse, badge, state, shown: '' })
    }
    this.boxes = boxes
  }

  draw(frame: MapFrame, scene: Scene): void {
    for (const [name, elements] of this.#elements) {
      const host = scene.hosts[name]
      if (!host) continue
      elements.pulse.attr('opacity', host.pulse > 0 ? host.pulse : 0)
      const resting = frame.look.notes && scene.caption === undefined
      const shown = `${host.active || resting}${host.waiting}${host.holds}${host.state?.text}${host.state?.protocol}`
      if (shown === elements.shown) continue
      elements.shown = shown
      elements.group.classed('active', host.active || resting)
      badges(
        elements,
        host,
        frame.scenario.map.hosts[name]?.symbol ?? 'zone',
        frame.look.compact,
        sideOf(frame, name) === 'above',
      )
    }
  }
}

interface LabelLine {
  readonly text: string
  readonly as: 'role' | 'name' | 'address'
}

function labelLines({ scenario, look, names }: MapFrame, name: HostName, address: string): readonly LabelLine[] {
  const place = scenario.map.hosts[name]
  if (!place) return []
  if (isTree(place.symbol)) {
    const title = names.title(name)
    return [
      { text: look.size.width < 1000 && place.symbol === 'zone' ? (title.split('.')[0] ?? title) : title, as: 'name' },
    ]
  }
  const role: LabelLine = { text: names.title(name), as: 'role' }
  if (look.compact) return [role]
  const wide = look.size.width >= 900
  const serves = place.symbol === 'submissionServer' || place.symbol === 'exchanger'
  if (look.notes) return serves ? [role, { text: name, as: 'name' }] : [role]
  return [role, ...(serves && wide ? [{ text: name, as: 'name' } as const] : []), { text: address, as: 'address' }]
}

const WIDTHS = { role: 6.9, name: 7.3, address: 6.7 } as const
const HEIGHT = 14.5

/** Where the names stand: above where all lines leave downwards, so that none passes through them. */
function sideOf({ scenario, routes, look }: MapFrame, name: HostName): 'below' | 'above' | 'left' | 'right' {
  const place = scenario.map.hosts[name]
  if (!place) return 'below'
  if (place.label === 'left' && look.compact) return 'above'
  if (place.label !== 'below') return place.label
  const ends = routes.flatMap(({ from, to }) => (from === name ? [to] : to === name ? [from] : []))
  return ends.length > 0 && ends.every((end) => (scenario.map.hosts[end]?.y ?? 0) > place.y + 30) ? 'above' : 'below'
}

/** The titles of the two lands, which other names keep clear of. */
const sideTitles = ({ look }: MapFrame): Box[] =>
  look.compact
    ? []
    : [
        { left: 0, right: 190, top: 0, bottom: look.notes ? 66 : 60 },
        { left: look.size.width - 190, right: look.size.width, top: 0, bottom: look.notes ? 66 : 60 },
      ]

/** A name on land stays on its land. */
function coastsFor({ shores }: MapFrame, x: number, y: number): { min: number; max: number } {
  const west = shores.west(y + 36)
  const east = shores.east(y + 36)
  return { min: x > east ? east + 3 : Number.NEGATIVE_INFINITY, max: x < west ? west - 3 : Number.POSITIVE_INFINITY }
}

/** Which way a host's name makes way for lines that leave it downwards: -1 to the left, 1 to the right, 0 where none does. */
function leaning(frame: MapFrame, name: HostName): number {
  const { scenario, routes } = frame
  const place = scenario.map.hosts[name]
  if (!place || sideOf(frame, name) !== 'below') return 0
  for (const { from, to } of routes) {
    const other = from === name ? scenario.map.hosts[to] : to === name ? scenario.map.hosts[from] : undefined
    if (other && other.y > place.y + 30 && Math.abs(other.x - place.x) > 20) return other.x > place.x ? -1 : 1
  }
  return 0
}

/** Writes a host's names and gives the boxes that they take. */
function label(
  group: Layer,
  lines: readonly LabelLine[],
  side: 'below' | 'above' | 'left' | 'right',
  x: number,
  y: number,
  halfWidth: number,
  halfHeight: number,
  { width, height }: Size,
  lean: number,
  taken: readonly Box[],
  coasts: { readonly min: number; readonly max: number },
): readonly Box[] {
  const text = group.append('g').attr('class', 'label')
  const longest = Math.max(0, ...lines.map((line) => line.text.length * WIDTHS[line.as]))
  // A name at the edge or at a shore is moved in, so that it is never cut; one that a line leaves past makes way.
  const aside = lean * Math.max(0, longest / 2 - halfWidth - 8)
  const centred = side === 'below' || side === 'above'
  const least = Math.max(8, coasts.min) + longest / 2 - x
  const most = Math.min(width - 8, coasts.max) - longest / 2 - x
  const shift = centred ? Math.max(Math.min(aside, most), Math.min(least, most)) : 0
  const anchor = centred ? 'middle' : side === 'left' ? 'end' : 'start'
  const dx = centred ? shift : side === 'left' ? -halfWidth - 4 : halfWidth + 7
  const dy =
    side === 'below'
      ? halfHeight + 16
      : side === 'above'
        ? -halfHeight - 8 - (lines.length - 1) * HEIGHT
        : lines.length > 1
          ? -2
          : 4.5
  lines.forEach((line, i) => {
    text
      .append('text')
      .attr('class', line.as)
      .attr('text-anchor', anchor)
      .attr('x', dx)
      .attr('y', dy + i * HEIGHT)
      .text(line.text)
  })
  const left = centred ? x + shift - longest / 2 : side === 'left' ? x + dx - longest : x + dx
  const box = {
    left: left - 2,
    right: left + longest + 2,
    top: y + dy - 14,
    bottom: y + dy + (lines.length - 1) * HEIGHT + 6,
  }
  // Where two names would stand in each other's way, or the edge would cut one, the later one is cut to its first line, or left out: the symbol says enough.
  const own = boxAround(x, y, halfWidth + 5, halfHeight + 5)
  const hindered =
    box.left < 0 ||
    box.right > width + 4 ||
    box.bottom > height + 2 ||
    taken.some(
      (other) => !within(other, own) && meets({ ...box, left: left, right: left + longest, top: box.top + 3 }, other),
    )
  if (!hindered) return [box]
  text.remove()
  return lines.length > 1
    ? label(group, lines.slice(0, 1), side, x, y, halfWidth, halfHeight, { width, height }, lean, taken, coasts)
    : []
}

const within = (inner: Box, outer: Box): boolean =>
  inner.left >= outer.left && inner.right <= outer.right && inner.top >= outer.top && inner.bottom <= outer.bottom

/** The letters that wait or lie here, drawn and counted in words, and the state of the dialogue. */
function badges(
  { badge, state }: HostElements,
  host: HostScene,
  symbol: HostSymbol,
  compact: boolean,
  under: boolean,
): void {
  badge.selectAll('*').remove()
  state.selectAll('*').remove()
  const [, halfHeight] = SYMBOL_BOX[symbol]
  const words = host.waiting > 0 ? `${host.waiting} waiting` : host.holds
  if (words !== undefined) {
    // Beside a server; above a device, at which lines end from the side.
    const device = symbol === 'laptop' || symbol === 'phone'
    const [x, y] = device
      ? [under ? 22 : 0, under ? halfHeight + 14 : -halfHeight - 14]
      : compact
        ? [-36, -halfHeight + 4]
        : [-40, -halfHeight - 13]
    const letter = badge.append('g').attr('transform', `translate(${x} ${y})`)
    for (const edge of ['red', 'blue']) {
      letter
        .append('rect')
        .attr('class', `letter-edge ${edge}`)
        .attr('x', -13.5)
        .attr('y', -9)
        .attr('width', 27)
        .attr('height', 18)
    }
    letter
      .append('rect')
      .attr('class', 'letter-sheet')
      .attr('x', -11.5)
      .attr('y', -7)
      .attr('width', 23)
      .attr('height', 14)
    letter.append('path').attr('class', 'letter-lines').attr('d', 'M-8 0H-2M-8 3.5H1')
    letter
      .append('rect')
      .attr('class', 'letter-stamp')
      .attr('x', 4)
      .attr('y', -4.5)
      .attr('width', 4.5)
      .attr('height', 5)
    if (!compact) {
      badge
        .append('text')
        .attr('class', 'waiting')
        .attr('x', device ? x : x - 20)
        .attr('y', device ? (under ? y + 24 : y - 15) : y + 4)
        .attr('text-anchor', device ? 'middle' : 'end')
        .text(words)
    }
    badge.append('title').text(words)
  }
  if (host.state && !isTree(symbol)) {
    state
      .append('text')
      .attr('class', `state-text ${host.state.protocol.toLowerCase()}`)
      .attr('text-anchor', words === undefined ? 'middle' : 'start')
      .attr('x', words === undefined ? 0 : -20)
      .attr('y', -halfHeight - 12)
      .text(host.state.text)
  }
}
