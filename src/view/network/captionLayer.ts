import type { ProtocolName } from '../flights'
import type { Caption, Scene } from '../scene'
import { fitted } from '../wire'
import { captionPlace, type Ground, type Setting, stemOf } from './captionPlace'
import { eased, type Path, type Point, pathBetween, pointOn, pointsAlong, type Size } from './geometry'
import type { HostLayer } from './hostLayer'
import type { Layer, MapFrame } from './networkMap'
import { type Box, boxAround, meets, Occupancy, wrapped } from './placement'
import { textWidth, widest } from './text'

/** The sizes that a caption is set in, and the longest lines in characters that are tried for each. */
const LARGE = { wire: 'wire', gloss: 'gloss', wireHeight: 23, glossHeight: 21 } as const
const SMALL = { wire: 'wireSmall', gloss: 'glossSmall', wireHeight: 20, glossHeight: 19 } as const
const LONGEST = [46, 34, 27, 21, 17] as const
/** What it costs to break a line more, to set narrower, to set smaller, and to leave words out. */
const BROKEN = 20
const NARROWER = 6
const SMALLER = 22
const CUT = 70
/** Prose is narrower than the wire's letters: so many more go into a line. */
const PROSE = 1.3
const GAP = 26
const NOTE_HEIGHT = 42

interface Words extends Setting {
  readonly face: typeof LARGE | typeof SMALL
  readonly wire: readonly string[]
  readonly gloss: readonly string[]
}

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
  #ground: Ground | undefined
  #points: readonly Point[] = []

  constructor(layer: Layer) {
    this.#notes = layer.append('g')
    this.#stem = layer.append('g').attr('class', 'stem')
    this.#stem.append('line')
    this.#text = layer.append('g').attr('class', 'caption')
  }

  place(frame: MapFrame, hosts: readonly Box[]): void {
    this.#shown = ''
    this.#notes.selectAll('*').remove()
    this.#ground = undefined
    if (frame.look.notes && !frame.look.compact) this.#writeNotes(frame, groundOf(frame, hosts))
  }

  /** Draws the caption; true where it stands on the name of the sea. */
  draw(frame: MapFrame, scene: Scene, hosts: HostLayer): boolean {
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
      // The words stand in the strip beneath: the stem leads out of the picture to them.
      const foot = {
        left: 0,
        right: frame.look.size.width,
        top: frame.look.size.height,
        bottom: frame.look.size.height,
      }
      this.#text.selectAll('*').remove()
      this.#drawStem(
        caption.protocol,
        at,
        level(path) ? stemOf([], at, foot, new Occupancy(frame.look.size, hosts.boxes)) : undefined,
      )
      return false
    }
    const shown = `${caption.fact}`
    if (shown !== this.#shown || !this.#ground) {
      this.#shown = shown
      this.#ground = groundOf(frame, [...hosts.boxes, ...hosts.shownBoxes])
      this.#points = pointsAlong(path, 6)
      this.#write(frame, caption, this.#ground)
    }
    const ground = this.#ground
    const box = this.#box
    const stem = box && (stemOf(this.#points, at, box, ground.stem) ?? stemOf(this.#points, at, box, ground.names))
    this.#drawStem(caption.protocol, at, stem)
    const { width, height } = frame.look.size
    return box !== undefined && meets(box, boxAround(width * 0.47, height - 26, 80, 30))
  }

  #drawStem(protocol: ProtocolName, traveller: Point, stem: ReturnType<typeof stemOf>): void {
    this.#stem.attr('visibility', stem ? null : 'hidden')
    if (!stem) return
    const { from, to } = stem
    const length = Math.hypot(to.x - from.x, to.y - from.y) || 1
    // It begins at the traveller's edge, or where that has flown on, at the line.
    const flown = Math.hypot(from.x - traveller.x, from.y - traveller.y) > 18
    const off = Math.min(flown ? 3 : protocol === 'DNS' ? 11 : 17, length)
    this.#stem
      .attr('class', `stem ${protocol.toLowerCase()}`)
      .select('line')
      .attr('x1', from.x + ((to.x - from.x) / length) * off)
      .attr('y1', from.y + ((to.y - from.y) / length) * off)
      .attr('x2', to.x)
      .attr('y2', to.y)
  }

  #write(frame: MapFrame, caption: Caption, ground: Ground): void {
    const { size } = frame.look
    const settings = settingsOf(caption, size)
    const place =
      captionPlace(this.#points, settings, ground, GAP) ??
      // Where no stem finds a way, it is left out: at least nothing is covered by words.
      captionPlace(this.#points, settings, { ...ground, stem: new Occupancy(size) }, GAP) ??
      atTheFoot(settings, size)
    this.#text.selectAll('*').remove()
    this.#box = place?.box
    if (!place) return
    const { box, setting } = place
    const x = (box.left + box.right) / 2
    const atSea = x > frame.shores.west(box.top) && x < frame.shores.east(box.top)
    const { face } = setting
    this.#text
      .attr(
        'class',
        `caption ${atSea ? 'on-sea' : 'on-land'} ${face === SMALL ? 'small' : ''} ${caption.outcome ?? ''}`,
      )
      .attr('text-anchor', 'middle')
    const line = (as: 'wire' | 'gloss', y: number, text: string) =>
      this.#text.append('text').attr('class', as).attr('x', x).attr('y', y).text(text)
    setting.wire.forEach((text, i) => {
      line('wire', box.top + 17 + i * face.wireHeight, text)
    })
    const below = box.top + setting.wire.length * face.wireHeight
    setting.gloss.forEach((text, i) => {
      line('gloss', below + 16 + i * face.glossHeight, text)
    })
  }

  #writeNotes(frame: MapFrame, ground: Ground): void {
    const written = new Set<string>()
    for (const { from, to, protocol, port } of frame.routes) {
      const name = `${protocol} ${port}`
      const purpose = PURPOSES[name]
      const path = pathBetween(frame.scenario.map, frame.projection, from, to, protocol)
      if (!path || purpose === undefined || written.has(name) || (protocol === 'DNS' && !path.straight)) continue
      const width = Math.max(textWidth(name, 'noteWire'), textWidth(purpose, 'noteGloss')) + 8
      const setting = { width, height: NOTE_HEIGHT, cost: 0 }
      const place = captionPlace(pointsAlong(path, 6), [setting], ground, 8)
      if (!place) continue
      const { box } = place
      written.add(name)
      ground.all.add(box)
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

/** The words in two sizes and several widths, the plainest first. */
function settingsOf(caption: Caption, { width }: Size): readonly Words[] {
  const whole = fitted(caption.wire, LONGEST[0])
  const text = caption.protocol === 'DNS' ? recordsKept(whole) : whole
  const spoken = caption.gloss === undefined ? undefined : `“${caption.gloss}”`
  return [LARGE, SMALL].flatMap((face) =>
    LONGEST.flatMap((most, i): Words[] => {
      const gloss = spoken === undefined ? [] : wrapped(spoken, Math.floor(most * PROSE))
      const set = (wire: readonly string[], cost: number): Words => {
        const wide = Math.max(widest(wire, face.wire), widest(gloss, face.gloss)) + 8
        const height = wire.length * face.wireHeight + gloss.length * face.glossHeight
        return {
          face,
          wire,
          gloss,
          width: wide,
          height,
          cost: cost + (wire.length - 1) * BROKEN + i * NARROWER + (face === SMALL ? SMALLER : 0),
        }
      }
      const full = set(wrapped(text, most), 0)
      const cut = full.wire.length > 1 ? [set([fitted(caption.wire, most)], CUT)] : []
      return [full, ...cut].filter((words) => words.width <= width * 0.6)
    }),
  )
}

/** A record is not broken in the middle. */
const recordsKept = (text: string): string =>
  text
    .split(', ')
    .map((record) => record.replaceAll(' ', '\u00a0'))
    .join(', ')

/** Where there is no place at all, the words stand at the foot of the picture. */
function atTheFoot(settings: readonly Words[], size: Size): { box: Box; setting: Words } | undefined {
  const [setting] = settings
  if (!setting) return undefined
  const left = (size.width - setting.width) / 2
  const top = size.height - setting.height - 8
  return { setting, box: { left, right: left + setting.width, top, bottom: top + setting.height } }
}

function groundOf(frame: MapFrame, hosts: readonly Box[]): Ground {
  const { look, shores, lines } = frame
  const near = lines.map(({ left, right, top, bottom }) => boxAround((left + right) / 2, (top + bottom) / 2, 11, 9))
  const names = [...hosts, ...(look.taken ?? [])]
  const bank = (p: Point): number => (p.x < shores.west(p.y) ? -1 : p.x > shores.east(p.y) ? 1 : 0)
  return {
    size: look.size,
    all: new Occupancy(look.size, [...names, ...near, ...coastBoxes(frame)]),
    stem: new Occupancy(look.size, [...names, ...lines]),
    names: new Occupancy(look.size, names),
    isSame: (a, b) => bank(a) === bank(b),
  }
}

const level = (path: Path): boolean => path.straight && Math.abs(path.a.y - path.b.y) < 4

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
