import type { ProtocolName } from '../flights'
import type { Caption, Scene } from '../scene'
import { fitted } from '../wire'
import { eased, type Path, type Point, pathBetween, pointOn } from './geometry'
import type { Layer, MapFrame } from './networkMap'
import { type Box, boxAround, freePlace, meets, wrapped } from './placement'

const WIRE = { width: 10.3, height: 24, most: 46 } as const
const GLOSS = { width: 7.6, height: 22, most: 46 } as const
const NOTE = { wire: 7.9, gloss: 7.7, height: 42 } as const

/** What a line is for, in two words: for the map at rest. */
const PURPOSES: Readonly<Record<string, string>> = {
  'SMTP 587': 'push it',
  'SMTP 465': 'push it',
  'SMTP 25': 'push it on',
  'DNS 53': 'whose post office?',
  'IMAP 993': 'keep it there',
  'IMAP 143': 'keep it there',
  'POP3 995': 'carry it home',
  'POP3 110': 'carry it home',
}

/** The line being said, beside its traveller and joined to it by a stem; it never covers a host or a line. */
export class CaptionLayer {
  readonly #notes: Layer
  readonly #stem: Layer
  readonly #text: Layer
  #shown = ''
  #box: Box | undefined

  constructor(layer: Layer) {
    this.#notes = layer.append('g')
    this.#stem = layer.append('g').attr('class', 'stem')
    this.#stem.append('line')
    this.#text = layer.append('g').attr('class', 'caption')
  }

  place(frame: MapFrame, hosts: readonly Box[]): void {
    this.#shown = ''
    this.#notes.selectAll('*').remove()
    if (frame.look.notes && !frame.look.compact) this.#writeNotes(frame, hosts)
  }

  /** Draws the caption; true where it stands on the name of the sea. */
  draw(frame: MapFrame, scene: Scene, hosts: readonly Box[]): boolean {
    const { caption } = scene
    this.#notes.attr('visibility', caption ? 'hidden' : null)
    const path =
      caption && pathBetween(frame.scenario.map, frame.projection, caption.from, caption.to, caption.protocol)
    if (!caption || !path) {
      this.#text.selectAll('*').remove()
      this.#stem.attr('visibility', 'hidden')
      this.#shown = ''
      return false
    }
    const traveller = scene.travellers.find(({ focus }) => focus)
    const at = pointOn(path, frame.look.still ? 1 : eased(traveller?.progress ?? 1))
    if (frame.look.compact) {
      this.#text.selectAll('*').remove()
      if (level(path)) this.#drawStem(caption.protocol, at, { x: at.x, y: frame.look.size.height })
      else this.#stem.attr('visibility', 'hidden')
      return false
    }
    const shown = `${caption.fact}`
    if (shown !== this.#shown) {
      this.#shown = shown
      this.#write(frame, caption, path, scene, hosts)
    }
    const box = this.#box
    if (!box) this.#stem.attr('visibility', 'hidden')
    else {
      const x = Math.min(Math.max(at.x, box.left + 12), box.right - 12)
      const y = box.top > at.y ? box.top - 3 : box.bottom + 3
      const from = level(path) ? { x: this.#clear(at, y, hosts), y: at.y } : at
      const to = { x: level(path) ? Math.min(Math.max(from.x, box.left + 4), box.right - 4) : x, y }
      const crosses = hosts.some((host) => crossesBox(from, to, host))
      if (Math.abs(y - at.y) > 22 && Math.abs(to.x - from.x) < 240 && !crosses)
        this.#drawStem(caption.protocol, from, to)
      else this.#stem.attr('visibility', 'hidden')
    }
    const { width, height } = frame.look.size
    return box !== undefined && meets(box, boxAround(width * 0.47, height - 26, 80, 30))
  }

  /** Where on a level path a stem may hang: at the traveller, or beside the names that it would cross. */
  #clear(at: Point, until: number, hosts: readonly Box[]): number {
    const between = { top: Math.min(at.y, until) + 14, bottom: Math.max(at.y, until) }
    const box = this.#box
    const inTheWay = hosts.find((host) => meets({ ...between, left: at.x - 2, right: at.x + 2 }, host))
    if (!inTheWay || !box) return at.x
    const middle = (box.left + box.right) / 2
    return Math.abs(inTheWay.left - middle) < Math.abs(inTheWay.right - middle) ? inTheWay.left - 3 : inTheWay.right + 3
  }

  #drawStem(protocol: ProtocolName, from: Point, to: Point): void {
    const dy = Math.sign(to.y - from.y) * (protocol === 'DNS' ? 11 : 17)
    this.#stem
      .attr('visibility', null)
      .attr('class', `stem ${protocol.toLowerCase()}`)
      .select('line')
      .attr('x1', from.x)
      .attr('y1', from.y + dy)
      .attr('x2', to.x)
      .attr('y2', to.y)
  }

  #write(frame: MapFrame, caption: Caption, path: Path, scene: Scene, hosts: readonly Box[]): void {
    const { size } = frame.look
    const most = Math.min(WIRE.most, Math.floor((size.width * 0.5) / WIRE.width))
    const wire = fitted(caption.wire, most)
    const gloss = caption.gloss === undefined ? [] : wrapped(`“${caption.gloss}”`, GLOSS.most)
    const text = {
      width: Math.max(wire.length * WIRE.width, ...gloss.map((line) => line.length * GLOSS.width)),
      height: WIRE.height + gloss.length * GLOSS.height,
    }
    const taken = [
      ...hosts,
      ...coastBoxes(frame),
      ...pathBoxes(path),
      ...sideBoxes(frame),
      ...openPaths(frame, scene),
      ...(frame.look.taken ?? []),
    ]
    const middle = pointOn(path, 0.5)
    const essential = [...hosts, ...pathBoxes(path), ...(frame.look.taken ?? [])]
    const box = (caption.protocol === 'DNS' ? freePlace(middle, text, taken, size, laneOf(frame)) : undefined) ??
      freePlace(middle, text, taken, size) ??
      freePlace(middle, text, essential, size) ?? {
        left: (size.width - text.width) / 2,
        right: (size.width + text.width) / 2,
        top: size.height - text.height - 8,
        bottom: size.height - 8,
      }
    this.#box = box
    const x = (box.left + box.right) / 2
    const ground = x > frame.shores.west(box.top) && x < frame.shores.east(box.top) ? 'on-sea' : 'on-land'
    this.#text.selectAll('*').remove()
    this.#text.attr('class', `caption ${ground} ${caption.outcome ?? ''}`).attr('text-anchor', 'middle')
    this.#text
      .append('text')
      .attr('class', 'wire')
      .attr('x', x)
      .attr('y', box.top + 17)
      .text(wire)
    gloss.forEach((line, i) => {
      this.#text
        .append('text')
        .attr('class', 'gloss')
        .attr('x', x)
        .attr('y', box.top + WIRE.height + 17 + i * GLOSS.height)
        .text(line)
    })
  }

  #writeNotes(frame: MapFrame, hosts: readonly Box[]): void {
    const taken: Box[] = [...hosts, ...coastBoxes(frame), ...sideBoxes(frame), ...(frame.look.taken ?? [])]
    for (const { from, to, protocol } of frame.routes) {
      const path = pathBetween(frame.scenario.map, frame.projection, from, to, protocol)
      if (path) taken.push(...pathBoxes(path))
    }
    const written = new Set<string>()
    for (const { from, to, protocol, port } of frame.routes) {
      const name = `${protocol} ${port}`
      const purpose = PURPOSES[name]
      const path = pathBetween(frame.scenario.map, frame.projection, from, to, protocol)
      if (!path || purpose === undefined || written.has(name) || (protocol === 'DNS' && !path.straight)) continue
      const text = { width: Math.max(name.length * NOTE.wire, purpose.length * NOTE.gloss), height: NOTE.height }
      const middle = pointOn(path, 0.5)
      const box = freePlace({ x: middle.x, y: middle.y - 12 }, text, taken, frame.look.size)
      if (!box) continue
      written.add(name)
      taken.push(box)
      const group = this.#notes
        .append('g')
        .attr('class', `note ${protocol.toLowerCase()}`)
        .attr('text-anchor', 'middle')
        .attr('transform', `translate(${(box.left + box.right) / 2} ${box.top})`)
      group.append('text').attr('class', 'note-wire').attr('y', 14).text(name)
      group.append('text').attr('class', 'note-gloss').attr('y', 33).text(purpose)
    }
  }
}

/** The height of the lane: where the most hosts stand. */
function laneOf({ scenario, projection }: MapFrame): number {
  const counts = new Map<number, number>()
  for (const { y } of Object.values(scenario.map.hosts)) counts.set(y, (counts.get(y) ?? 0) + 1)
  const [y] = [...counts].reduce((most, each) => (each[1] > most[1] ? each : most), [0, 0])
  return projection.y(y)
}

const level = (path: Path): boolean => path.straight && Math.abs(path.a.y - path.b.y) < 4

/** True where a line, looked at in eight places, passes through a box. */
const crossesBox = (from: Point, to: Point, box: Box): boolean =>
  [0.15, 0.27, 0.4, 0.5, 0.6, 0.75, 0.9, 1].some((u) => {
    const x = from.x + (to.x - from.x) * u
    const y = from.y + (to.y - from.y) * u
    return x > box.left && x < box.right && y > box.top && y < box.bottom
  })

/** The shores with their ripples, in pieces. */
function coastBoxes({ shores, look }: MapFrame): readonly Box[] {
  const boxes: Box[] = []
  for (let y = 0; y < look.size.height; y += 12) {
    const west = shores.west(y)
    const east = shores.east(y)
    boxes.push(
      { left: west - 4, right: west + 26, top: y, bottom: y + 12 },
      { left: east - 26, right: east + 4, top: y, bottom: y + 12 },
    )
  }
  return boxes
}

function pathBoxes(path: Path): readonly Box[] {
  const boxes: Box[] = []
  for (let i = 0; i <= 24; i++) {
    const { x, y } = pointOn(path, i / 24)
    boxes.push(boxAround(x, y, 14, 9))
  }
  return boxes
}

/** Every line on the map: no words stand on any of them. */
function openPaths(frame: MapFrame, scene: Scene): readonly Box[] {
  return [...frame.routes, ...scene.paths].flatMap(({ from, to, protocol }) => {
    const path = pathBetween(frame.scenario.map, frame.projection, from, to, protocol)
    return path ? pathBoxes(path) : []
  })
}

const sideBoxes = ({ look }: MapFrame): readonly Box[] => [
  { left: 0, right: 230, top: 0, bottom: 66 },
  { left: look.size.width - 230, right: look.size.width, top: 0, bottom: 66 },
]
