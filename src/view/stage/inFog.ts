import type { HostName } from '../../world/world'
import type { Caption, Scene } from './scene'

/** The hosts that are seen; undefined if all are. */
export type SeenHosts = ReadonlySet<HostName> | undefined

/** True of a thing between two hosts that are both seen. */
export const isBetweenSeen = ({ from, to }: { readonly from: HostName; readonly to: HostName }, seen: SeenHosts) =>
  seen === undefined || (seen.has(from) && seen.has(to))

/** The scene without anything that happens between hosts which are not both seen. */
export function sceneInFog(scene: Scene, seen: SeenHosts): Scene {
  if (seen === undefined) return scene
  const { caption, ...rest } = scene
  return {
    ...rest,
    inSight: seen,
    travellers: scene.travellers.filter((each) => isBetweenSeen(each, seen)),
    paths: scene.paths.filter((each) => isBetweenSeen(each, seen)),
    cuts: scene.cuts.filter(([from, to]) => isBetweenSeen({ from, to }, seen)),
    ...(caption && captionInFog(caption, seen) && { caption }),
  }
}

export const captionInFog = (caption: Caption | undefined, seen: SeenHosts): Caption | undefined =>
  caption && isBetweenSeen(caption, seen) ? caption : undefined
