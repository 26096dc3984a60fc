import { createContext } from 'react'
import type { Instant } from '../../base/time'

/** A part of the run, in virtual time. */
export interface Part {
  readonly from: Instant
  readonly until: Instant
}

/** The part of the run that a side shows at present, for the timeline: a store outside of React, because scrolling changes it. */
export interface ShownPart {
  /** Undefined while the side that is open shows no part, or the whole. */
  get(): Part | undefined
  subscribe(listener: () => void): () => void
  /**
   * The side tells the part that it shows.
   *
   * @param moveTo scrolls the side so that it begins at this instant.
   */
  show(part: Part, moveTo: (from: Instant) => void): void
  /** The side is closed. */
  clear(): void
  moveTo(from: Instant): void
}

export function createShownPart(): ShownPart {
  const listeners = new Set<() => void>()
  let shown: Part | undefined
  let move: ((from: Instant) => void) | undefined
  const set = (part: Part | undefined): void => {
    if (part?.from === shown?.from && part?.until === shown?.until) return
    shown = part
    for (const listener of listeners) listener()
  }
  return {
    get: () => shown,
    subscribe: (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    show: (part, moveTo) => {
      move = moveTo
      set(part)
    },
    clear: () => {
      move = undefined
      set(undefined)
    },
    moveTo: (from) => move?.(from),
  }
}

export const ShownPartContext = createContext<ShownPart | undefined>(undefined)
