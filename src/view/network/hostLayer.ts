import type { HostName } from '../../world/world'
import type { HostScene, Scene } from '../scene'
import { isTree } from './geometry'
import { type BadgeSpot, badgeSpot, type Label, LINE_HEIGHT, labelOf, onOwnGround } from './labels'
import type { Layer, MapEvents, MapFrame } from './networkMap'
import { type Box, boxAround, meets } from './placement'
import { HOST_SYMBOLS, OUTCOME_MARKS, SYMBOL_BOX } from './symbols'

interface HostElements {
  readonly group: Layer
  readonly pulse: Layer
  readonly badge: Layer
  readonly state: Layer
  /** Shown while the host is without power. */
  readonly off: Layer
  readonly badgeSpot: BadgeSpot | undefined
  readonly stateSpot: StateSpot | undefined
  shown: string
  holds: boolean
  says: boolean
}

/** So much room is kept beside a name that it is not read as one with its neighbour. */
const GAP = 6

/** Hosts with their names, and beside them in words what is inside. */
export class HostLayer {
  readonly #layer: Layer
  readonly #events: MapEvents
  readonly #elements = new Map<HostName, HostElements>()
  /** Symbols, names and titles: what captions have to keep clear of. */
  boxes: readonly Box[] = []

  constructor(layer: Layer, events: MapEvents) {
    this.#layer = layer
    this.#events = events
  }

  place(frame: MapFrame): void {
    const { scenario, projection, look, shores } = frame
    // A host that stays keeps its element, and with it the focus.
    const stood = new Map([...this.#elements].map(([name, { group }]) => [name, group]))
    this.#elements.clear()
    const boxes: Box[] = sideTitles(frame)
    for (const { name } of scenario.hosts) {
      const place = scenario.map.hosts[name]
      if (!place) continue
      const [halfWidth, halfHeight] = SYMBOL_BOX[place.symbol]
      boxes.push(boxAround(projection.x(place.x), projection.y(place.y), halfWidth + 4, halfHeight + 4))
    }
    const placed = new Map<HostName, HostElements>()
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
      const group = stood.get(name) ?? this.#layer.append('g')
      stood.delete(name)
      group.selectAll('*').remove()
      group
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
      // Flat enough to keep clear of the name beneath.
      pulse
        .append('ellipse')
        .attr('rx', halfWidth + 8)
        .attr('ry', halfHeight + 5)
      for (const { d, as } of HOST_SYMBOLS[place.symbol]) group.append('path').attr('class', as).attr('d', d)
      const label = labelOf(frame, name, address, boxes, frame.lines)
      if (label) {
        boxes.push({ ...label.box, left: label.box.left - GAP, right: label.box.right + GAP })
        write(group, label)
      }
      const badge = group.append('g').attr('class', 'badge')
      const state = group.append('g').attr('class', 'state')
      const off = group.append('g').attr('class', 'mark off').attr('data-outcome', 'lost').attr('visibility', 'hidden')
      off.attr('transform', `translate(${halfWidth - 2} ${6 - halfHeight})`)
      off.append('path').attr('class', 'ring').attr('d', OUTCOME_MARKS.lost.ring)
      off.append('path').attr('class', 'sign').attr('d', OUTCOME_MARKS.lost.sign)
      placed.set(name, {
        group,
        pulse,
        badge,
        state,
        off,
        badgeSpot: undefined,
        stateSpot: undefined,
        shown: '',
        holds: false,
        says: false,
      })
    }
    for (const group of stood.values()) group.remove()
    // What a host holds and says is beside its name: there is room for it before it is needed.
    const reserved = [...boxes]
    for (const [name, elements] of placed) {
      this.#elements.set(name, elements)
      const place = scenario.map.hosts[name]
      if (!place || isTree(place.symbol) || place.symbol === 'resolver') continue
      const [, halfHeight] = SYMBOL_BOX[place.symbol]
      const findState = () =>
        stateSpot(frame, projection.x(place.x), projection.y(place.y), halfHeight, reserved, frame.lines)
      // At the submission server letters wait, and have the better place; the others are better known by their state.
      const serves = place.symbol === 'exchanger' || place.symbol === 'mailboxStore'
      let above = serves ? findState() : undefined
      if (above) reserved.push(above.box)
      const spot = badgeSpot(frame, name, reserved, frame.lines)
      if (spot) reserved.push(spot.box)
      if (place.symbol === 'submissionServer') {
        above = findState()
        if (above) reserved.push(above.box)
      }
      this.#elements.set(name, { ...elements, badgeSpot: spot, stateSpot: above })
    }
    this.boxes = boxes
  }

  /** Where letters and states are written at this moment. */
  get shownBoxes(): readonly Box[] {
    return [...this.#elements.values()].flatMap(({ holds, says, badgeSpot, stateSpot }) => [
      ...(holds && badgeSpot ? [badgeSpot.box] : []),
      ...(says && stateSpot ? [stateSpot.box] : []),
    ])
  }

  draw(frame: MapFrame, scene: Scene): void {
    for (const [name, elements] of this.#elements) {
      const host = scene.hosts[name]
      if (!host) continue
      elements.pulse.attr('opacity', host.pulse > 0 ? host.pulse : 0)
      const resting = frame.look.notes && scene.caption === undefined
      const shown = `${host.up}${host.active || resting}${host.waiting}${host.holds}${host.state?.text}${host.state?.protocol}`
      if (shown === elements.shown) continue
      elements.shown = shown
      elements.holds = host.waiting > 0 || host.holds !== undefined
      elements.says = host.state !== undefined || !host.up
      elements.group.classed('active', host.active || resting).classed('down', !host.up)
      elements.group.attr('aria-label', nameOf(frame, name, host))
      elements.off.attr('visibility', host.up ? 'hidden' : null)
      badges(elements, host, frame.look.compact)
    }
  }
}

/** What a host is called by those who listen. */
function nameOf({ scenario }: MapFrame, name: HostName, { up }: HostScene): string {
  const address = scenario.hosts.find((host) => host.name === name)?.address ?? ''
  return `${scenario.map.hosts[name]?.title}, ${name}, ${address}${up ? '' : ', stopped'}`
}

function write(group: Layer, { lines, anchor, dx, dy }: Label): void {
  const text = group.append('g').attr('class', 'label')
  lines.forEach((line, i) => {
    text
      .append('text')
      .attr('class', line.as)
      .attr('text-anchor', anchor)
      .attr('x', dx)
      .attr('y', dy + i * LINE_HEIGHT)
      .text(line.text)
  })
}

/** The titles of the two lands, which other names keep clear of. */
const sideTitles = ({ look }: MapFrame): Box[] => {
  const { width } = look.size
  if (look.compact)
    return [
      { left: 0, right: 112, top: 0, bottom: 29 },
      { left: width - 104, right: width, top: 0, bottom: 29 },
    ]
  const wide = look.notes || width < 1000 ? 170 : 220
  const bottom = look.notes ? 68 : 59
  return [
    { left: 0, right: wide, top: 0, bottom },
    { left: width - wide, right: width, top: 0, bottom },
  ]
}

/** Where the state of a server's dialogue is written above it: centred, or aside where a letter or a line is in the way. */
interface StateSpot {
  readonly x: number
  readonly y: number
  readonly anchor: 'start' | 'middle' | 'end'
  readonly box: Box
}

const STATE_WIDTH = 104

function stateSpot(
  frame: MapFrame,
  x: number,
  y: number,
  halfHeight: number,
  taken: readonly Box[],
  lines: readonly Box[],
): StateSpot | undefined {
  const spots = [0, -20].flatMap((row) =>
    (['middle', 'start', 'end'] as const).map((anchor): StateSpot => {
      const dx = anchor === 'middle' ? 0 : anchor === 'start' ? -20 : 14
      const dy = -halfHeight - 12 + row
      const left = x + dx - (anchor === 'middle' ? STATE_WIDTH / 2 : anchor === 'end' ? STATE_WIDTH : 0)
      return { x: dx, y: dy, anchor, box: { left, right: left + STATE_WIDTH, top: y + dy - 12, bottom: y + dy + 4 } }
    }),
  )
  return spots.find(
    ({ box }) =>
      box.left >= 4 &&
      box.right <= frame.look.size.width - 4 &&
      onOwnGround(frame, x, y, box) &&
      !taken.some((other) => meets(box, other)) &&
      !lines.some((line) => meets(box, line)),
  )
}

/** The letters that wait or lie here, drawn and counted in words, and the state of the dialogue. */
function badges({ badge, state, badgeSpot, stateSpot }: HostElements, host: HostScene, compact: boolean): void {
  badge.selectAll('*').remove()
  state.selectAll('*').remove()
  const words = host.waiting > 0 ? `${host.waiting} waiting` : host.holds
  if (words !== undefined && badgeSpot) {
    drawLetter(badge.append('g').attr('transform', `translate(${badgeSpot.letterX} ${badgeSpot.y})`))
    if (!compact) {
      badge
        .append('text')
        .attr('class', 'waiting')
        .attr('x', badgeSpot.textX)
        .attr('y', badgeSpot.y + 4.5)
        .attr('text-anchor', badgeSpot.anchor)
        .text(words)
    }
    badge.append('title').text(words)
  }
  const says = host.up ? host.state?.text : 'stopped'
  if (says !== undefined && stateSpot) {
    state
      .append('text')
      .attr('class', `state-text ${host.up ? host.state?.protocol.toLowerCase() : 'off'}`)
      .attr('text-anchor', stateSpot.anchor)
      .attr('x', stateSpot.x)
      .attr('y', stateSpot.y)
      .text(says)
  }
}

function drawLetter(letter: Layer): void {
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
  letter.append('rect').attr('class', 'letter-stamp').attr('x', 4).attr('y', -4.5).attr('width', 4.5).attr('height', 5)
}
