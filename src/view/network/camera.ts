import type { Scenario } from '../../world/scenario'
import type { HostName } from '../../world/world'
import type { Scene } from '../stage/scene'
import type { MapLook } from './frame'
import { type Camera, WHOLE } from './geometry'

/** The hosts that a scene is about: both ends of the line being said. */
export const aboutOf = ({ caption }: Scene): readonly HostName[] => (caption ? [caption.from, caption.to] : [])

/** The least distance in units of the layout that a small screen shows between its margins. */
const CLOSEST = 240

/** The whole map if it fits; on a small screen the part that the step is about. */
export function cameraFor({ map }: Scenario, { compact, size }: MapLook, about: readonly HostName[]): Camera {
  if (!compact) return WHOLE
  const xs = about.flatMap((name) => map.hosts[name]?.x ?? [])
  if (xs.length === 0) return { x: -40, span: 1080 }
  const [from, to] = [Math.min(...xs), Math.max(...xs)]
  const margin = 62
  const smallest = Math.max(to - from, CLOSEST)
  const span = Math.min((smallest * size.width) / Math.max(size.width - 2 * margin, 120), 1080)
  const x = Math.max(-40, Math.min((from + to) / 2 - span / 2, 1040 - span))
  return { x: Math.round(x), span: Math.round(span) }
}
