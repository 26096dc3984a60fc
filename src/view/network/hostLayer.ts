import { storyText } from '../../messages/story'
import type { HostName } from '../../world/world'
import type { HostScene, Scene } from '../stage/scene'
import type { Layer, MapEvents, MapFrame } from './frame'
import { badgeBoxes, type HostPlace, hostPlaces } from './hostPlaces'
import { type Label, LINE_HEIGHT } from './labels'
import { drawMessage } from './messageSymbol'
import type { Box } from './placement'
import { HOST_SYMBOLS, OUTCOME_MARKS, REST_MARK, SYMBOL_BOX } from './symbols'

interface HostElements {
  readonly group: Layer
  readonly pulse: Layer
  readonly badge: Layer
  readonly state: Layer
  /** Shown while the host is without power. */
  readonly off: Layer
  /** Shown while the host rests. */
  readonly rest: Layer
  readonly place: HostPlace
  shown: string
  /** Of what is shown, for captions to avoid. */
  boxes: readonly Box[]
}

/** Hosts with their names and, in words beside them, the letters that they hold. */
export class HostLayer {
  readonly #layer: Layer
  readonly #events: MapEvents
  readonly #elements = new Map<HostName, HostElements>()
  /** The host that had the focus last: the one that Tab reaches. */
  #stop: HostName | undefined
  /** Symbols, names and titles, which captions avoid. */
  boxes: readonly Box[] = []

  constructor(layer: Layer, events: MapEvents) {
    this.#layer = layer
    this.#events = events
  }

  place(frame: MapFrame): void {
    const { scenario, shores } = frame
    // A host that stays keeps its element, and with it the focus.
    const stood = new Map([...this.#elements].map(([name, { group }]) => [name, group]))
    this.#elements.clear()
    const { places, boxes } = hostPlaces(frame)
    const addresses = new Map(scenario.hosts.map(({ name, address }) => [name, address]))
    for (const place of places) {
      const { name, symbol, x, y, label, touched } = place
      const title = scenario.map.hosts[name]?.title
      const address = addresses.get(name)
      const ground = shores.regionAt(x, y).kind === 'sea' ? 'on-sea' : 'on-land'
      const group = stood.get(name) ?? this.#layer.append('g')
      stood.delete(name)
      group.selectAll('*').remove()
      group
        .attr('class', `host ${ground} ${symbol}`)
        .attr('data-host', name)
        .attr('transform', `translate(${Math.round(x)} ${Math.round(y)})`)
        .attr('role', 'button')
        .attr('aria-label', `${title}, ${name}, ${address}`)
        .on('click', (event: MouseEvent) => this.#touched(name, event))
        .on('focus', () => this.#stopAt(name))
        .on('keydown', (event: KeyboardEvent) => {
          const by = event.shiftKey ? undefined : { ArrowUp: -1, ArrowDown: 1 }[event.key]
          if (by === undefined && event.key !== 'Enter' && event.key !== ' ') return
          event.preventDefault()
          event.stopPropagation()
          if (by === undefined) this.#touched(name, event)
          else this.#moveFocus(name, by)
        })
      group.append('title').attr('translate', 'no').text(`${title}: ${name}, ${address}`)
      const [halfWidth, halfHeight] = SYMBOL_BOX[symbol]
      group
        .append('rect')
        .attr('class', 'hit')
        .attr('x', Math.round(touched.left - x))
        .attr('y', Math.round(touched.top - y))
        .attr('width', Math.round(touched.right - touched.left))
        .attr('height', Math.round(touched.bottom - touched.top))
      const pulse = group.append('g').attr('class', 'pulse')
      // It is flat enough not to reach the name below.
      pulse
        .append('ellipse')
        .attr('rx', halfWidth + 8)
        .attr('ry', halfHeight + 5)
      for (const { d, as } of HOST_SYMBOLS[symbol]) group.append('path').attr('class', as).attr('d', d)
      if (label) write(group, label)
      const badge = group.append('g').attr('class', 'badge')
      const state = group.append('g').attr('class', 'state')
      const off = group.append('g').attr('class', 'mark off').attr('data-outcome', 'lost').attr('visibility', 'hidden')
      off.attr('transform', `translate(${halfWidth - 2} ${6 - halfHeight})`)
      off.append('path').attr('class', 'ring').attr('d', OUTCOME_MARKS.lost.ring)
      off.append('path').attr('class', 'sign').attr('d', OUTCOME_MARKS.lost.sign)
      const rest = group.append('g').attr('class', 'mark rest').attr('visibility', 'hidden')
      rest.attr('transform', `translate(${halfWidth - 2} ${6 - halfHeight})`)
      rest.append('path').attr('class', 'ring').attr('d', REST_MARK.ring)
      rest.append('path').attr('class', 'sign').attr('d', REST_MARK.sign)
      this.#elements.set(name, { group, pulse, badge, state, off, rest, place, shown: '', boxes: [] })
    }
    const losesFocus = [...stood.values()].some((group) => group.node() === document.activeElement)
    for (const group of stood.values()) group.remove()
    this.boxes = boxes
    this.#stopAt(this.#stop)
    // The host with the focus has left the picture: the keys of the map go on from another.
    if (losesFocus && this.#stop !== undefined)
      this.#elements.get(this.#stop)?.group.node()?.focus({ preventScroll: true })
  }

  #chosen: readonly HostName[] = []

  #touched(name: HostName, { currentTarget }: Event): void {
    if (currentTarget instanceof Element) this.#events.host(name, currentTarget)
  }

  /** Makes one host the stop of the Tab key: the first, if there is no such host. */
  #stopAt(wanted: HostName | undefined): void {
    const [first] = this.#elements.keys()
    this.#stop = wanted !== undefined && this.#elements.has(wanted) ? wanted : first
    for (const [name, { group }] of this.#elements) group.attr('tabindex', name === this.#stop ? 0 : -1)
  }

  /** The arrow keys up and down move the focus among the hosts; those to the sides move the time. */
  #moveFocus(from: HostName, by: number): void {
    const groups = [...this.#elements].flatMap(([name, { group }]) => ({ name, node: group.node() }))
    const way = by > 0 ? groups : groups.toReversed()
    const after = way.slice(way.findIndex(({ name }) => name === from) + 1)
    // A host that is hidden takes no focus.
    const next = after.find(({ node }) => node !== null && getComputedStyle(node).visibility !== 'hidden')
    next?.node?.focus({ preventScroll: true })
  }

  get places(): readonly HostPlace[] {
    return [...this.#elements.values()].map(({ place }) => place)
  }

  /** The part of a host's drawing that holds its state in words. */
  stateOf(name: HostName): Layer | undefined {
    return this.#elements.get(name)?.state
  }

  /** Where letters are at this moment. */
  get badgeBoxes(): readonly Box[] {
    return [...this.#elements.values()].flatMap(({ boxes }) => boxes)
  }

  /** Marks these hosts from the next frame on. */
  choose(hosts: readonly HostName[]): void {
    this.#chosen = hosts
  }

  draw(frame: MapFrame, scene: Scene): void {
    for (const [name, elements] of this.#elements) {
      const host = scene.hosts[name]
      if (!host) continue
      elements.group.classed('chosen', this.#chosen.includes(name))
      elements.pulse.attr('opacity', host.pulse > 0 ? host.pulse : 0)
      const resting = frame.look.notes && scene.caption === undefined
      // All of the host but its pulse: a field that the scene gets later is drawn again too when it changes.
      const shown = JSON.stringify({ ...host, active: host.active || resting, pulse: undefined })
      if (shown === elements.shown) continue
      elements.shown = shown
      elements.boxes = badgeBoxes(elements.place, host)
      elements.group.classed('active', host.active || resting).classed('down', !host.up)
      elements.group.attr('aria-label', nameOf(frame, name, host))
      elements.off.attr('visibility', host.up ? 'hidden' : null)
      elements.rest.attr('visibility', host.up && host.rests ? null : 'hidden')
      badges(elements, host)
    }
  }
}

/** The accessible name of a host. */
function nameOf({ scenario }: MapFrame, name: HostName, { up, rests }: HostScene): string {
  const address = scenario.hosts.find((host) => host.name === name)?.address ?? ''
  return storyText(!up ? 'hostDown' : rests ? 'hostRests' : 'host', {
    title: scenario.map.hosts[name]?.title ?? name,
    name,
    address,
  })
}

function write(group: Layer, { lines, anchor, dx, dy }: Label): void {
  const text = group.append('g').attr('class', 'label').attr('translate', 'no')
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

function badgeText({ waiting, holds, notices }: HostScene): string | undefined {
  if (waiting > 0) return storyText('waiting', { count: waiting })
  if (notices > 0 && notices === holds) return storyText('notices', { count: notices })
  return holds > 0 ? storyText('letters', { count: holds }) : undefined
}

/** The letters in the queue or the mailboxes of this host, drawn and counted in words. */
function badges({ badge, place: { badgeSpot } }: HostElements, host: HostScene): void {
  badge.selectAll('*').remove()
  const words = badgeText(host)
  if (words !== undefined && badgeSpot) {
    drawMessage(badge.append('g').attr('transform', `translate(${badgeSpot.letterX} ${badgeSpot.y})`), host.notice)
    if (badgeSpot.inWords) {
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
}
