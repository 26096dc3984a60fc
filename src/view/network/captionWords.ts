import { storyText } from '../../messages/story'
import { fitted } from '../run/wire'
import type { Caption } from '../stage/scene'
import { captionPlace, type Ground, type Setting } from './captionPlace'
import type { MapFrame } from './frame'
import type { Point, Size } from './geometry'
import { type Box, boxAround, Occupancy, wrapped } from './placement'
import { widest } from './text'

/** The font sizes of a caption, and the greatest line lengths in characters that are tried for each. */
const LARGE = { wire: 'wire', gloss: 'gloss', wireHeight: 23, glossHeight: 21 } as const
export const SMALL = { wire: 'wireSmall', gloss: 'glossSmall', wireHeight: 20, glossHeight: 19 } as const
const LONGEST = [46, 34, 27, 21, 17, 13] as const
/** The costs of one more line break, of a narrower setting, of a smaller font, and of leaving words out. */
const BROKEN = 20
const NARROWER = 6
const SMALLER = 22
const CUT = 190
/** The cost of breaking a word. */
const SPLIT = 110
/** The cost of a place to which no stem finds a way. */
const STEMLESS = 50
/** The cost of a place without air around it, or on the ripples of a shore. */
const AIRLESS = 60
/** The cost of leaving the gloss out, in settings without it. */
const UNTOLD = 280
/** Prose is set narrower than wire text: this many times more characters fit into a line. */
const PROSE = 1.3
const GAP = 26

export interface Words extends Setting {
  readonly face: typeof LARGE | typeof SMALL
  readonly wire: readonly string[]
  readonly gloss: readonly string[]
}

/** The place of a caption beside its path, and how its words are set there. */
export function placedWords(
  points: readonly Point[],
  caption: Caption,
  ground: Ground,
): { readonly box: Box; readonly setting: Words } | undefined {
  const { size } = ground
  const settings = settingsOf(caption, size)
  const free = new Occupancy(size)
  const explained = settings.filter(({ gloss }) => gloss.length > 0)
  const among = explained.length > 0 ? explained : settings
  // If no stem finds a way, it is left out. The words still cover nothing.
  const clear = (all: Occupancy, words: readonly Words[], limit?: number) => {
    const alone = captionPlace(points, words, { ...ground, all, stem: free, names: free }, GAP, limit)
    return alone && (captionPlace(points, words, { ...ground, all }, GAP, alone.cost + STEMLESS) ?? alone)
  }
  const airy = clear(ground.all, among)
  const small = among.filter(({ face }) => face === SMALL)
  return (
    clear(ground.close, small, (airy?.cost ?? Number.POSITIVE_INFINITY) - AIRLESS) ??
    airy ??
    // Words may cover a line or a shore before they are put far from the thing that they describe, or left unexplained.
    captionPlace(points, among, { ...ground, all: ground.never, stem: free }, GAP) ??
    captionPlace(points, settings, { ...ground, all: ground.never, stem: free }, GAP) ??
    atTheFoot(settings, size)
  )
}

/** The words in two sizes and several widths, the plainest first. */
function settingsOf(caption: Caption, { width }: Size): readonly Words[] {
  const whole = fitted(caption.wire, LONGEST[0])
  const text = caption.protocol === 'DNS' ? recordsKept(whole) : whole
  const spoken = spokenAndNoted(caption)
  return [LARGE, SMALL].flatMap((face) =>
    LONGEST.flatMap((most, i): Words[] => {
      const glossed = spoken === undefined ? [] : wrapped(spoken, Math.floor(most * PROSE))
      const lines = wrapped(text, most)
      // Each line after the first begins after a blank, or inside a word.
      const splits = lines.join(' ').length - text.length
      const set = (wire: readonly string[], gloss: readonly string[], cost: number): Words => {
        const rows = [
          ...wire.map((line) => ({ width: widest([line], face.wire) + 8, height: face.wireHeight })),
          ...gloss.map((line) => ({ width: widest([line], face.gloss) + 8, height: face.glossHeight })),
        ]
        return {
          face,
          wire,
          gloss,
          rows,
          width: Math.max(...rows.map((row) => row.width)),
          height: wire.length * face.wireHeight + gloss.length * face.glossHeight,
          cost:
            cost +
            (wire.length - 1) * BROKEN +
            (wire === lines ? splits * SPLIT : 0) +
            i * NARROWER +
            (face === SMALL ? SMALLER : 0),
        }
      }
      const short = [fitted(caption.wire, most)]
      return [
        set(lines, glossed, 0),
        ...(lines.length > 1 ? [set(short, glossed, CUT)] : []),
        ...(glossed.length > 0 ? [set(lines, [], UNTOLD)] : []),
        ...(glossed.length > 0 && lines.length > 1 ? [set(short, [], UNTOLD + CUT)] : []),
      ].filter((words) => words.width <= width * 0.6)
    }),
  )
}

/** The gloss in quotation marks, and the note about its fate without them. */
export function spokenAndNoted({ gloss, note }: Pick<Caption, 'gloss' | 'note'>): string | undefined {
  const parts = [
    ...(gloss === undefined ? [] : [storyText('quoted', { gloss })]),
    ...(note === undefined ? [] : [note]),
  ]
  return parts.length === 0 ? undefined : parts.join(' ')
}

/** A record is broken only before its data. */
const recordsKept = (text: string): string =>
  text
    .split(', ')
    .map((record) => {
      const data = record.lastIndexOf(' ')
      return record.slice(0, Math.max(0, data)).replaceAll(' ', '\u00a0') + record.slice(Math.max(0, data))
    })
    .join(', ')

/** If there is no place at all, the words are put at the foot of the picture. */
function atTheFoot(settings: readonly Words[], size: Size): { box: Box; setting: Words } | undefined {
  const [setting] = settings
  if (!setting) return undefined
  const left = (size.width - setting.width) / 2
  const top = size.height - setting.height - 8
  return { setting, box: { left, right: left + setting.width, top, bottom: top + setting.height } }
}

/** Half the width and height of the way that a traveller takes along its path. */
const WAY = [20, 17] as const

/**
 * The obstacles that the words of a caption avoid.
 * @param path the way of its traveller.
 */
export function groundOf(frame: MapFrame, hosts: readonly Box[], path: readonly Point[] = []): Ground {
  const { look, shores, lines } = frame
  const near = lines.map(({ left, right, top, bottom }) => boxAround((left + right) / 2, (top + bottom) / 2, 11, 9))
  const names = [...hosts, ...(look.taken ?? [])]
  const never = [...names, ...path.map(({ x, y }) => boxAround(x, y, ...WAY))]
  return {
    size: look.size,
    all: new Occupancy(look.size, [...never, ...near, ...coastBoxes(frame, 26)]),
    close: new Occupancy(look.size, [...never, ...lines, ...coastBoxes(frame, 4)]),
    stem: new Occupancy(look.size, [...names, ...lines]),
    never: new Occupancy(look.size, never),
    names: new Occupancy(look.size, names),
    regionAt: ({ x, y }) => shores.regionAt(x, y),
  }
}

/** The shores in pieces, with so much of the sea as their ripples take. */
function coastBoxes({ shores, look }: MapFrame, ripples: number): readonly Box[] {
  const boxes: Box[] = []
  for (let y = 0; y < look.size.height; y += 12) {
    for (const { at, sea } of shores.borders) {
      const x = at(y)
      boxes.push({
        left: x - (sea === 'west' ? ripples : 4),
        right: x + (sea === 'east' ? ripples : 4),
        top: y,
        bottom: y + 12,
      })
    }
  }
  return boxes
}
