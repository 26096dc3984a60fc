import { useMemo, useState } from 'react'
import { readText, writeText } from '../keeping/database'

/** How two parts share their space. */
export interface Split {
  /** The share of the first part: 0 if it is folded, 1 if the other is; undefined for the usual share. */
  readonly share: number | undefined
  /** The share from before a part was folded. */
  readonly opened: number | undefined
  set(share: number | undefined): void
  /** The usual share again. */
  reset(): void
}

/** Neither part is made smaller than it can be used. */
export const LEAST = 0.2
export const MOST = 0.8

export const toShare = (share: number): number => Math.max(LEAST, Math.min(share, MOST))

interface Kept {
  readonly share: number | undefined
  readonly opened: number | undefined
}

const isFolded = (share: number | undefined): boolean => share === 0 || share === 1

function kept(key: string): Kept {
  const [share, opened] = (readText('local', key) ?? '').split(' ').map((text) => {
    const number = Number.parseFloat(text)
    return Number.isFinite(number) && number >= 0 && number <= 1 ? number : undefined
  })
  return { share, opened: isFolded(opened) ? undefined : opened }
}

/**
 * A split that this browser remembers.
 *
 * @param place the name of the page, and of the two parts
 */
export function useSplit(place: string): Split {
  const key = `split:${place}`
  const [{ share, opened }, change] = useState(() => kept(key))
  return useMemo(() => {
    const set = (next: number | undefined): void => {
      const open = isFolded(next) ? (isFolded(share) ? opened : share) : next
      change({ share: next, opened: open })
      writeText('local', key, next === undefined ? undefined : `${next} ${open ?? ''}`)
    }
    return { share, opened, set, reset: () => set(undefined) }
  }, [key, share, opened])
}
