import { storyText } from '../../messages/story'
import { languageOf } from '../../messages/topic'
import { serviceAt } from '../../session/service'
import { hueOf } from '../faces'
import type { ProtocolName } from '../run/flight'
import type { Caption, Scene } from '../stage/scene'
import { captionPlace, type Ground, rowBoxes, type Stem, stemOf, stemToFoot } from './captionPlace'
import { groundOf, placedWords, SMALL } from './captionWords'
import type { Layer, MapFrame } from './frame'
import { type Path, type Point, pointOn, pointsAlong } from './geometry'
import { type Box, boxAround, meets, Occupancy } from './placement'
import { textWidth } from './text'
import { shareOf } from './travelling'

const NOTE_HEIGHT = 42

/** The purpose of a line in two words, for the map at rest. */
function purposeOf(protocol: ProtocolName, port: number | undefined): string | undefined {
  const service = port === undefined ? undefined : serviceAt(port)
  if (service?.protocol !== protocol) return undefined
  if (protocol === 'SMTP') return storyText(service.clients === 'users' ? 'purpose.push' : 'purpose.pushOn')
  return protocol === 'DNS' || protocol === 'IMAP' || protocol === 'POP3' ? storyText(`purpose.${protocol}`) : undefined
}

/** The line being said, beside its traveller and joined to it by a stem; it never covers a host or a line. */
export class CaptionLayer {
  readonly #notes: Layer
  readonly #stem: Layer
  readonly #text: Layer
  #shown = ''
  #box: Box | undefined
  /** The boxes of its lines. */
  #rows: readonly Box[] = []
  #ground: Ground | undefined
  #points: readonly Point[] = []
  /** The boxes that it was placed clear of, as far as it could. */
  #avoided: ReadonlySet<Box> = new Set()

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

  /**
   * Draws the caption. Returns true if it covers the name of the sea.
   * @param taken boxes that it avoids: hosts, their names, their letters and their states.
   */
  draw(frame: MapFrame, scene: Scene, taken: readonly Box[]): boolean {
    const { caption } = scene
    this.#notes.attr('visibility', caption ? 'hidden' : null)
    const path = caption && frame.path(caption.from, caption.to, caption.protocol)
    if (!caption || !path) {
      this.#text.selectAll('*').remove()
      this.#stem.attr('visibility', 'hidden')
      this.#shown = ''
      return false
    }
    const traveller = scene.travellers.find(({ focus }) => focus)
    const at = pointOn(path, traveller ? shareOf(frame, path, traveller) : 1)
    if (frame.look.compact) {
      // The words are in the strip below the map, so the stem leads out of the picture to them.
      const { size } = frame.look
      this.#text.selectAll('*').remove()
      this.#drawStem(
        caption.protocol,
        level(path) ? stemToFoot(at, size.height, new Occupancy(size, taken)) : undefined,
      )
      return false
    }
    const shown = `${caption.fact}`
    const before = this.#box
    // Something that has come since to where it stands drives it away.
    const isCovered = before && taken.some((other) => meets(before, other) && !this.#avoided.has(other))
    if (shown !== this.#shown || !this.#ground || isCovered) {
      this.#avoided = new Set(taken)
      this.#shown = shown
      this.#points = pointsAlong(path, 6)
      this.#ground = groundOf(frame, taken, this.#points)
      this.#write(frame, caption, this.#ground)
    }
    const ground = this.#ground
    const box = this.#box
    const rows = this.#rows
    this.#drawStem(caption.protocol, box && stemOf(at, rows, ground.names))
    const { width, height } = frame.look.size
    return box !== undefined && meets(box, boxAround(width * 0.47, height - 26, 80, 30))
  }

  #drawStem(protocol: ProtocolName, stem: Stem | undefined): void {
    this.#stem.attr('visibility', stem ? null : 'hidden')
    if (!stem) return
    const { from, to } = stem
    const length = Math.hypot(to.x - from.x, to.y - from.y) || 1
    // It begins at the traveller's edge.
    const off = Math.min(protocol === 'DNS' ? 11 : 17, length)
    this.#stem
      .style('--hue', hueOf(protocol))
      .select('line')
      .attr('x1', from.x + ((to.x - from.x) / length) * off)
      .attr('y1', from.y + ((to.y - from.y) / length) * off)
      .attr('x2', to.x)
      .attr('y2', to.y)
  }

  #write(frame: MapFrame, caption: Caption, ground: Ground): void {
    const place = placedWords(this.#points, caption, ground)
    this.#text.selectAll('*').remove()
    this.#box = place?.box
    if (!place) return
    const { box, setting } = place
    this.#rows = rowBoxes(setting, box)
    const x = (box.left + box.right) / 2
    const atSea = frame.shores.regionAt(x, box.top).kind === 'sea'
    const { face } = setting
    this.#text
      .attr(
        'class',
        `caption ${atSea ? 'on-sea' : 'on-land'} ${face === SMALL ? 'small' : ''} ${caption.outcome ?? ''}`,
      )
      .attr('text-anchor', 'middle')
    const line = (as: 'wire' | 'gloss', y: number, text: string) =>
      this.#text
        .append('text')
        .attr('class', as)
        .attr('translate', as === 'wire' ? 'no' : null)
        .attr('lang', as === 'gloss' && caption.gloss !== undefined ? (languageOf(caption.gloss) ?? null) : null)
        .attr('x', x)
        .attr('y', y)
        .text(text)
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
      const purpose = purposeOf(protocol, port)
      const path = frame.path(from, to, protocol)
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
        .attr('class', 'note')
        .style('--hue', hueOf(protocol))
        .attr('text-anchor', 'middle')
        .attr('transform', `translate(${(box.left + box.right) / 2} ${box.top})`)
      group.append('text').attr('class', 'note-wire').attr('translate', 'no').attr('y', 14).text(name)
      const lang = languageOf(purpose) ?? null
      group.append('text').attr('class', 'note-gloss').attr('lang', lang).attr('y', 33).text(purpose)
    }
  }
}

const level = (path: Path): boolean => path.straight && Math.abs(path.a.y - path.b.y) < 4
