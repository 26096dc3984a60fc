import { typographic } from '../run/names'
import type { MapFrame } from './frame'
import { type Box, boxAround } from './placement'
import { widest } from './text'

/** The title of a region and its place. */
export interface RegionTitle {
  readonly kind: 'land' | 'sea'
  readonly x: number
  readonly y: number
  readonly anchor: 'start' | 'middle' | 'end'
  readonly title: string
  /** The words of the title in its second line, on a land that is narrower than the title. */
  readonly rest?: string
  /** The line below it; undefined if there is no space. */
  readonly below: string | undefined
}

/** A title is set in spaced capitals. */
const titleWidth = (title: string): number => widest([title.toUpperCase()], 'role') * 1.2

/** Pixels of a land at the edge that must be in sight at the top before its title is drawn. */
const SHOWN = 112
const AT = 20

/** A map lower than this has no room for the second line of a title. */
const LOW = 300

/** The least distance of a title from the shore. */
const OFF_SHORE = 10
/** Of the second line of a title from the first. */
export const TITLE_LINE = 15

/** A title in two lines, if it has more than one word. */
function inTwo(title: string): Pick<RegionTitle, 'title' | 'rest'> {
  const space = title.lastIndexOf(' ')
  return space === -1 ? { title } : { title: title.slice(0, space), rest: title.slice(space + 1) }
}

const isSmall = ({ compact, size }: MapFrame['look']): boolean => compact || size.height < LOW

/** The titles of all regions that have room for one: lands at the top, seas at the bottom. */
export function regionTitles(frame: MapFrame): readonly RegionTitle[] {
  const { look, scenario, shores } = frame
  const { width, height } = look.size
  const { regions } = scenario.map
  const edge = look.compact ? 16 : Math.max(28, Math.min(64, width * 0.028 + (look.notes ? 24 : 0)))
  const small = isSmall(look)
  const top = small ? 24 : look.notes ? 42 : 36
  return regions.flatMap((region, index): RegionTitle[] => {
    const { kind } = region
    if (kind === 'sea') {
      if (look.compact) return []
      const y = look.notes ? height - (height > 480 ? 66 : 22) : height - 30
      const { west, east } = shores.extent(index, y)
      const x = (Math.max(0, west) + Math.min(width, east)) / 2
      return [{ kind, x, y, anchor: 'middle', title: region.title, below: look.notes ? undefined : region.network }]
    }
    const { west, east } = shores.extent(index, AT)
    const shown = Math.min(width, east) - Math.max(0, west)
    const title = typographic(region.title)
    const isBetween = index > 0 && index < regions.length - 1
    if (shown <= (isBetween ? titleWidth(title) + 16 : SHOWN)) return []
    const { domain = '', network } = region
    const below = small ? undefined : look.notes || width < 1000 ? domain : `${domain} ${network}`.trim()
    const at = { kind, y: top, title } as const
    if (!isBetween) {
      const own = titleWidth(title) > shown - edge - OFF_SHORE ? inTwo(title) : { title }
      const x = index === 0 ? edge : width - edge
      return [{ ...at, ...own, x, anchor: index === 0 ? 'start' : 'end', below: 'rest' in own ? undefined : below }]
    }
    // Between two others, a region has only its own width.
    const fitting = [below, domain].find((text) => text !== undefined && widest([text], 'address') < shown - 24)
    return [{ ...at, x: (Math.max(0, west) + Math.min(width, east)) / 2, anchor: 'middle', below: fitting }]
  })
}

/** The boxes of the lands' titles, which other names avoid. */
export function titleBoxes(frame: MapFrame): readonly Box[] {
  const { look, scenario } = frame
  const { width } = look.size
  const { regions } = scenario.map
  const wide = isSmall(look) || look.notes || width < 1000 ? 170 : 220
  const bottom = isSmall(look) ? 29 : look.notes ? 68 : 59
  const boxes: Box[] = []
  // At the edges the space stays reserved while the camera moves a title in and out of sight.
  if (regions[0]?.kind === 'land') boxes.push({ left: 0, right: look.compact ? 112 : wide, top: 0, bottom })
  if (regions.length > 1 && regions.at(-1)?.kind === 'land')
    boxes.push({ left: width - (look.compact ? 104 : wide), right: width, top: 0, bottom })
  for (const { kind, anchor, x, title, rest, below } of regionTitles(frame)) {
    if (rest !== undefined) boxes.push({ left: x - 112, right: x + 112, top: 0, bottom: bottom + TITLE_LINE })
    if (kind === 'sea' || anchor !== 'middle') continue
    const half = Math.max(titleWidth(title), widest([below ?? ''], 'address')) / 2 + 8
    boxes.push(boxAround(x, bottom / 2, half, bottom / 2))
  }
  return boxes
}
