import { chartText } from '../../messages/chart'
import { stateTitle } from '../gloss/gloss'
import { around, type Box, middle, overlap, type Point, piecesOf } from './geometry'
import { edgesOf, eventsBetween, type Graph, guardsBetween, isWithin, type StateKind } from './graph'
import { GRID, Grid } from './route'
import { type PlacedArrow, pathOfPlace, roomOfPlace, type Table, unplaced } from './table'
import { tableOf } from './tables'

/** A chart, laid out: what is drawn where, in pixels. */

/** A piece of a label: in the letters of the wire, or a word of a person's language. */
export interface Word {
  readonly text: string
  readonly wire: boolean
}

export interface ChartNode {
  /** The place: a state's path, and the room where it stands in several. */
  readonly id: string
  readonly path: string
  readonly room?: string
  readonly kind: StateKind
  readonly title: string
  /** The title, in lines that fit. */
  readonly lines: readonly string[]
  readonly box: Box
}

export interface ChartLabel {
  readonly words: readonly Word[]
  readonly box: Box
}

export interface ChartArrow {
  /** `from>to` */
  readonly id: string
  readonly from: string
  readonly to: string
  /** The events on which it is taken, or the conditions where it follows without one. */
  readonly events: readonly string[]
  readonly points: readonly Point[]
  readonly label?: ChartLabel
}

export interface ChartFrame {
  readonly name: string
  readonly title: string
  readonly box: Box
  readonly room?: string
}

/** Words that stand by themselves: titles of lanes, what is alike, what leads to a state. */
export interface ChartNote {
  readonly words: readonly Word[]
  readonly box: Box
  readonly strong?: true
  /** The node that they belong to. */
  readonly of?: string
}

export interface Chart {
  readonly graph: Graph
  readonly table: Table
  readonly width: number
  readonly height: number
  readonly nodes: readonly ChartNode[]
  readonly arrows: readonly ChartArrow[]
  readonly frames: readonly ChartFrame[]
  readonly notes: readonly ChartNote[]
  /** Bands on which notes stand. */
  readonly bands: readonly Box[]
  /** Ruled lines. */
  readonly rules: readonly Box[]
  /** For arrows that are drawn for a while. */
  readonly grid: Grid
}

/** Widths of letters, in pixels: the text of a state, of words beside arrows, of the wire. */
const TITLE = 7.6
const WORDS = 6.9
const WIRE = 7.6
const LINE = 16
/** The widest line of a title. */
const WIDEST = 132

/** The whole machine. */
export function wholeChart(graph: Graph): Chart {
  const table = tableOf(graph)
  const lost = unplaced(graph, table)
  const at = { ...table.at }
  lost.forEach((path, nth) => {
    at[path] = [104 + (nth % 5) * 184, table.height + 56 + Math.floor(nth / 5) * 80]
  })
  const others = lost.length > 0 ? [{ name: 'others', x: 24, y: table.height, width: table.width - 48 }] : []
  const height = lost.length > 0 ? table.height + 104 + Math.floor((lost.length - 1) / 5) * 80 : table.height
  const arrows: PlacedArrow[] = [...table.arrows]
  for (const { from, to } of graph.edges) {
    if (to !== undefined && to !== from && (lost.includes(from) || lost.includes(to)) && at[from] && at[to])
      arrows.push([from, to])
  }
  return laidOut(graph, { ...table, at, arrows, height, lanes: [...(table.lanes ?? []), ...others] })
}

/** So few rows stand farther apart: there is room for them. */
const FEW = 3

/** Only the states of a session in which all goes well, in the places that they have in the whole machine, moved together. */
export function goodChart(graph: Graph): Chart {
  const table = tableOf(graph)
  const walk = table.good.map((path) => placeIn(table, path))
  const shown = [...new Set(walk)]
  const placeOf = (place: string): Point => {
    const [x, y] = table.at[place] ?? [0, 0]
    return { x, y }
  }
  const ys = shown.map((place) => placeOf(place).y)
  const few = new Set(ys.map(compact(ys, 1))).size <= FEW
  const rows = compact(ys, few ? 136 : 96)
  // An end in a row of its own needs no column of its own.
  const ends = new Set(graph.states.flatMap(({ kind, path }) => (kind === 'final' ? [path] : [])))
  const placed = (isEnd: boolean): readonly Point[] =>
    shown.filter((place) => ends.has(pathOfPlace(place)) === isEnd).map(placeOf)
  const before = placed(false)
  const walked = [...before, ...placed(true).filter(({ y }) => before.some((each) => rows(each.y) === rows(y)))]
  const xs = walked.map(({ x }) => x)
  const ordinal = compact(xs, 1)
  // States that stand in turn in two rows can be closer than neighbours with words between them.
  const isCrowded = walked.some((one) =>
    walked.some((next) => ordinal(next.x) - ordinal(one.x) === 1 && rows(next.y) === rows(one.y)),
  )
  const columnOf = isCrowded ? compact(xs, 232) : compact(xs, 152, 80)
  const columns = (x: number): number =>
    columnOf(xs.reduce((best, each) => (Math.abs(each - x) < Math.abs(best - x) ? each : best), xs[0] ?? x))
  const at = Object.fromEntries(
    shown.map((place) => {
      const [x, y] = table.at[place] ?? [0, 0]
      return [place, [columns(x), rows(y)] as const]
    }),
  )
  const arrows = walk.slice(1).map((to, nth): PlacedArrow => {
    const from = walk[nth] ?? to
    const [start, end] = [pathOfPlace(from), pathOfPlace(to)]
    const event = table.goodEvents?.[`${start}>${end}`]
    return [from, to, event === undefined ? firstEvents(graph, start, end, shown.map(pathOfPlace)) : [event]]
  })
  const unique = [...new Map(arrows.map((arrow) => [`${arrow[0]}>${arrow[1]}`, arrow])).values()]
  const width = Math.max(...Object.values(at).map(([x]) => x)) + (isCrowded ? 112 : 96)
  const height = Math.max(...Object.values(at).map(([, y]) => y)) + 64
  return laidOut(graph, { width, height, at, arrows: unique, good: table.good })
}

/** Where a state of the good session stands: in the last of its rooms. */
const placeIn = ({ at }: Table, path: string): string =>
  Object.keys(at).findLast((place) => pathOfPlace(place) === path) ?? path

/** Puts numbers that differ by little at the same place, and the others a step apart. */
function compact(numbers: readonly number[], step: number, first = 112): (number: number) => number {
  const sorted = [...new Set(numbers)].sort((a, b) => a - b)
  const places = new Map<number, number>()
  let place = -1
  let last = Number.NEGATIVE_INFINITY
  for (const number of sorted) {
    if (number - last > 40) {
      place++
      last = number
    }
    places.set(number, place)
  }
  return (number) => first + (places.get(number) ?? 0) * step
}

/** The first events of the shortest way between two states that goes through none of the states shown. */
function firstEvents(graph: Graph, from: string, to: string, shown: readonly string[]): readonly string[] {
  let reached = new Map<string, string>()
  for (const { event, to: next, guard } of edgesOf(graph, from))
    if (next !== undefined && !reached.has(next)) reached.set(next, event === '' ? (guard ?? '') : event)
  const seen = new Set(reached.keys())
  while (reached.size > 0) {
    const found = reached.get(to)
    if (found !== undefined) return found === '' ? [] : [found]
    const next = new Map<string, string>()
    for (const [path, event] of reached) {
      if (shown.includes(path)) continue
      for (const edge of edgesOf(graph, path)) {
        if (edge.to === undefined || edge.from === '' || seen.has(edge.to)) continue
        seen.add(edge.to)
        next.set(edge.to, event)
      }
    }
    reached = next
  }
  return []
}

function laidOut(graph: Graph, table: Table): Chart {
  const { width, height } = table
  const grid = new Grid(width, height)
  const kinds = new Map(graph.states.map(({ path, kind }) => [path, kind]))
  const nodes = Object.entries(table.at).flatMap(([id, [x, y]]): ChartNode[] => {
    const path = pathOfPlace(id)
    const kind = kinds.get(path)
    if (!kind) return []
    const room = roomOfPlace(id)
    const title = titleOfState(graph.key, path)
    const lines = wrapped(title, WIDEST)
    return [
      { id, path, kind, title, lines, box: boxOf(kind, lines, { x, y }), ...(room === undefined ? {} : { room }) },
    ]
  })
  for (const { box } of nodes) grid.block(box, GRID)

  const frames = (table.frames ?? []).map(
    ({ name, x, y, width, height, room }): ChartFrame => ({
      name,
      title: chartText.found(`frame.${graph.key}.${name}`) ?? name,
      box: { x, y, width, height },
      ...(room === undefined ? {} : { room }),
    }),
  )
  const taken: Box[] = nodes.map(({ box }) => box)
  for (const { title, box } of frames) {
    grid.border(box)
    taken.push(...piecesOf(outline(box)))
    const name = { x: box.x + 16, y: box.y - 8, width: title.length * WORDS + 16, height: 16 }
    grid.block(name, 2)
    taken.push(name)
  }

  const notes: ChartNote[] = []
  const bands: Box[] = []
  const rules: Box[] = []
  const write = (note: ChartNote): void => {
    notes.push(note)
    taken.push(note.box)
    grid.block(note.box, 2)
  }
  for (const { name, x, y, width, ruled } of table.lanes ?? []) {
    if (ruled) rules.push({ x, y, width, height: 0 })
    const words = [plain(chartText.found(`lane.${graph.key}.${name}`) ?? chartText('others'))]
    write({ words, box: { x, y: y + 8, width: widthOf(words), height: LINE } })
  }
  for (const strip of table.strips ?? []) {
    const band = { x: strip.x, y: strip.y, width: strip.width, height: 28 }
    bands.push(band)
    const words = wordsOfStrip(graph, strip)
    write({
      words,
      box: { x: strip.x + 12, y: strip.y + 6, width: Math.min(widthOf(words), strip.width - 16), height: LINE },
    })
  }
  for (const node of nodes) {
    const { box } = node
    if (node.kind === 'final') {
      const words = node.lines.join(' ')
      const width = words.length * TITLE
      write({
        words: [plain(words)],
        of: node.id,
        box: { x: middle(box).x - width / 2, y: box.y + box.height + 4, width, height: LINE },
      })
    }
    const caption = table.captions?.[node.id]
    if (caption?.above) {
      const words = [wire(caption.above.join(' '))]
      write({
        words,
        strong: true,
        of: node.id,
        box: { x: box.x + 4, y: box.y - 20, width: widthOf(words), height: LINE },
      })
    }
    if (caption?.below !== undefined) {
      const words = [plain(chartText.found(`caption.${caption.below}`) ?? '')]
      write({
        words,
        of: node.id,
        box: { x: box.x + 4, y: box.y + box.height + 4, width: widthOf(words), height: LINE },
      })
    }
  }

  const byId = new Map(nodes.map((node) => [node.id, node]))
  const arrows: ChartArrow[] = []
  const wanted = table.arrows
    .flatMap(([from, to, named]) => {
      const [source, target] = [endOf(from, byId, frames, to), endOf(to, byId, frames, from)]
      return source && target ? [{ from, to, named, source, target, far: farFrom(source, target) }] : []
    })
    // The short ones go the straight way, the others around them.
    .sort((a, b) => a.far - b.far)
  for (const { from, to, named, source, target } of wanted) {
    const events = named ?? eventsOf(graph, pathOfPlace(from), pathOfPlace(to))
    const words = labelOf(graph.key, events)
    // The commands above a state lead to it, so its arrow needs no label.
    const leading = table.captions?.[to]?.above ?? eventsOf(graph, pathOfPlace(from), pathOfPlace(to))
    let points: readonly Point[] | undefined
    let box: Box | undefined
    const tried = grid.copy()
    for (let turn = 0; turn < 6; turn++) {
      const next = tried.find({ from, to, source, target })
      if (!next) break
      points = next
      if (words.length === 0) break
      box = spotFor(words, next, [...taken, ...arrows.flatMap((arrow) => piecesOf(arrow.points))], width, height)
      if (box) break
      // There is no room for the label beside it: another way may have some.
      tried.avoid(next)
    }
    if (!points) continue
    grid.keep({ from, to, points })
    if (box) {
      grid.block(box, 2)
      taken.push(box)
    }
    arrows.push({
      id: `${from}>${to}`,
      from,
      to,
      events: events.length > 0 ? events : leading,
      points,
      ...(box ? { label: { words, box } } : {}),
    })
  }
  return { graph, table, width, height, nodes, arrows, frames, notes, bands, rules, grid }
}

/** A way for an arrow that is not always drawn; undefined if there is none. */
export function wayBetween(chart: Chart, from: string, to: string): readonly Point[] | undefined {
  const drawn = chart.arrows.find((arrow) => arrow.from === from && arrow.to === to)
  if (drawn) return drawn.points
  const [source, target] = [from, to].map((id) => chart.nodes.find((node) => node.id === id)?.box)
  return source && target ? chart.grid.find({ from, to, source, target }) : undefined
}

/** A free place for a box of this size, as near as possible to a point. */
export function freeSpot(chart: Chart, near: Point, width: number, height: number): Box | undefined {
  const taken = [
    ...chart.nodes.map(({ box }) => box),
    ...chart.notes.map(({ box }) => box),
    ...chart.arrows.flatMap(({ label, points }) => [...(label ? [label.box] : []), ...piecesOf(points)]),
    ...chart.bands,
  ]
  const spots: { readonly box: Box; readonly far: number }[] = []
  for (let y = 24; y < chart.height - height; y += GRID) {
    for (let x = 8; x < chart.width - width - 8; x += GRID) {
      const box = { x, y, width, height }
      const here = middle(box)
      spots.push({ box, far: Math.hypot(here.x - near.x, (here.y - near.y) * 1.4) })
    }
  }
  spots.sort((a, b) => a.far - b.far)
  return spots.find(({ box }) => !taken.some((other) => overlap(box, other, 6)))?.box
}

export const plain = (text: string): Word => ({ text, wire: false })
export const wire = (text: string): Word => ({ text, wire: true })

const widthOf = (words: readonly Word[]): number =>
  words.reduce((sum, { text, wire }) => sum + text.length * (wire ? WIRE : WORDS), (words.length - 1) * WORDS)

/** The title of a state, which a chart may give a shorter one. */
export function titleOfState(key: string, path: string): string {
  return chartText.found(`title.${key}.${path}`) ?? stateTitle(key, path) ?? inWords(path.split('.').at(-1) ?? path)
}

/** `awaitingRecipient` is "awaiting recipient". */
const inWords = (name: string): string => name.replace(/([a-z])([A-Z])/g, '$1 $2').toLowerCase()

/** A command stands on the wire; all other events have words. */
const isCommand = (event: string): boolean => /^[A-Z][A-Z0-9]+(?: [A-Z]+)*$/.test(event)

/** The name of an event, or of a condition if there is no event. */
export function wordOf(key: string, event: string): Word {
  if (isCommand(event)) return wire(event)
  if (event === '') return plain(chartText('atOnce'))
  const word = chartText.found(`event.${key}.${event}`) ?? chartText.found(`event.${event}`) ?? inWords(event)
  return word === '.' ? wire(word) : plain(word)
}

function labelOf(key: string, events: readonly string[]): readonly Word[] {
  const named = events.filter((event) => event !== '')
  const words = named.slice(0, 2).map((event) => wordOf(key, event))
  return named.length > 2 ? [...words, plain('…')] : words
}

/** The events between two places; where a state goes on without one, the conditions. */
function eventsOf(graph: Graph, from: string, to: string): readonly string[] {
  const events = eventsBetween(graph, from, to)
  const named = events.filter((event) => event !== '')
  const guards = guardsBetween(graph, from, to)
  return named.length > 0 ? named : guards.length > 0 ? guards : events
}

function wordsOfStrip(
  graph: Graph,
  { of, events }: { readonly of: string; readonly events: readonly string[] },
): Word[] {
  const own = graph.edges.filter(({ from }) => isWithin(of, from))
  return [
    plain(chartText.found(`strip.${graph.key}`) ?? chartText('alike')),
    ...events
      .filter((event) => own.some((edge) => edge.event === event))
      .flatMap((event) => [wire(event), plain(chartText.found(`alike.${graph.key}.${event}`) ?? '')])
      .filter(({ text }) => text !== ''),
  ]
}

/** Words in lines of at most this width, of about the same length. */
function wrapped(text: string, widest: number): readonly string[] {
  const total = text.length * TITLE
  const count = Math.ceil(total / widest)
  if (count <= 1) return [text]
  const aim = Math.max(text.length / count, 8)
  const lines: string[] = []
  for (const word of text.split(' ')) {
    const last = lines.at(-1)
    const longer = last === undefined ? word : `${last} ${word}`
    if (
      last !== undefined &&
      longer.length * TITLE <= widest &&
      (last.length < aim - word.length / 2 || lines.length >= count)
    )
      lines[lines.length - 1] = longer
    else lines.push(word)
  }
  return lines
}

function boxOf(kind: StateKind, lines: readonly string[], at: Point): Box {
  if (kind === 'final') return around(at, 16, 16)
  const text = Math.max(...lines.map(({ length }) => length)) * TITLE
  const width = Math.max(Math.ceil((text + 28) / (GRID * 2)) * GRID * 2, 80)
  return around(at, width, 16 + lines.length * LINE)
}

/** The box of a state; of a frame the piece of its border that is nearest to the other end. */
function endOf(
  id: string,
  nodes: ReadonlyMap<string, ChartNode>,
  frames: readonly ChartFrame[],
  other: string,
): Box | undefined {
  if (!id.startsWith('frame:')) return nodes.get(id)?.box
  const box = frames.find(({ name }) => `frame:${name}` === id)?.box
  const to = nodes.get(other)?.box
  if (!box || !to) return undefined
  const at = middle(to)
  if (at.x < box.x) return { x: box.x, y: clamp(at.y, box.y + 24, box.y + box.height - 24), width: 0, height: 0 }
  const x = clamp(at.x, box.x + 24, box.x + box.width - 24)
  return { x: Math.round(x / GRID) * GRID, y: at.y < box.y ? box.y : box.y + box.height, width: 0, height: 0 }
}

const outline = ({ x, y, width, height }: Box): readonly Point[] => [
  { x, y },
  { x: x + width, y },
  { x: x + width, y: y + height },
  { x, y: y + height },
  { x, y },
]

const clamp = (value: number, least: number, most: number): number => Math.min(Math.max(value, least), most)

const farFrom = (a: Box, b: Box): number => Math.abs(middle(a).x - middle(b).x) + Math.abs(middle(a).y - middle(b).y)

/** A place for a label beside the longest pieces of its arrow, clear of everything else. */
function spotFor(
  words: readonly Word[],
  points: readonly Point[],
  taken: readonly Box[],
  width: number,
  height: number,
): Box | undefined {
  const w = widthOf(words)
  const h = LINE
  const pieces = piecesOf(points)
  const byLength = [...pieces].sort((a, b) => b.width + b.height - a.width - a.height)
  for (const piece of byLength) {
    const flat = piece.height === 0
    for (const share of [0.5, 0.35, 0.65, 0.2, 0.8]) {
      const at = { x: piece.x + piece.width * share, y: piece.y + piece.height * share }
      const spots = flat
        ? [
            { x: at.x - w / 2, y: at.y - h - 4 },
            { x: at.x - w / 2, y: at.y + 4 },
          ]
        : [
            { x: at.x + 7, y: at.y - h / 2 },
            { x: at.x - w - 7, y: at.y - h / 2 },
          ]
      for (const { x, y } of spots) {
        const box = { x, y, width: w, height: h }
        if (x < 4 || y < 0 || x + w > width - 4 || y + h > height) continue
        if (!taken.some((other) => overlap(box, other, 3)) && !pieces.some((own) => overlap(box, own, 2))) return box
      }
    }
  }
  return undefined
}
