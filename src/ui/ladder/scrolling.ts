import { type RefObject, use, useEffect, useLayoutEffect, useRef, useState } from 'react'
import type { Instant } from '../../base/time'
import { heightAt, instantAt } from '../../view/ladder/ladder'
import { ShownPartContext } from '../run/shownPart'
import { HEAD_HEIGHT, PHONE_HEAD_HEIGHT } from './LaneHead'
import { type LadderState, NOW_SPACE } from './useLadder'

/** Rows that are drawn above and below those in sight, in pixels. */
export const AHEAD = 240
/** The part that is drawn changes only when it is scrolled by this many pixels. */
const CHUNK = 120

/** The part of the ladder that is drawn, which follows the scrolling in steps. */
export function usePart(
  box: RefObject<HTMLDivElement | null>,
  { ladder }: LadderState,
): { readonly from: number; readonly to: number } {
  const [part, setPart] = useState({ from: 0, to: 1200 })
  useLayoutEffect(() => {
    const element = box.current
    if (!element) return
    const measure = (): void => {
      const from = Math.max(0, Math.floor((element.scrollTop - AHEAD) / CHUNK) * CHUNK)
      const to = Math.ceil((element.scrollTop + element.clientHeight + AHEAD) / CHUNK) * CHUNK
      setPart((before) => (before.from === from && before.to === to ? before : { from, to }))
    }
    measure()
    element.addEventListener('scroll', measure, { passive: true })
    const observer = new ResizeObserver(measure)
    observer.observe(element)
    return () => {
      element.removeEventListener('scroll', measure)
      observer.disconnect()
    }
  }, [box, ladder])
  return part
}

/** Keeps the chosen row in sight when it changes, and the line of the present while time moves. */
export function useFollowing(
  box: RefObject<HTMLDivElement | null>,
  { ladder, chosen, begun, topOf, phone, filter }: LadderState,
): void {
  const head = phone ? PHONE_HEAD_HEIGHT : HEAD_HEIGHT
  const key = chosen === undefined ? undefined : ladder.items[chosen]?.key
  const places = useRef({ chosen, begun, topOf, ladder })
  useLayoutEffect(() => {
    places.current = { chosen, begun, topOf, ladder }
  })
  useEffect(() => {
    const y = places.current.topOf(begun)
    reveal(box.current, head, y - 2 * NOW_SPACE, y + 3 * NOW_SPACE)
  }, [box, begun, head])
  // After the present, since another filter changes the place of both and the choice is what a person looks at.
  useEffect(() => {
    const { chosen: place, topOf: top, ladder: rows } = places.current
    const item = place === undefined ? undefined : rows.items[place]
    if (key !== undefined && item && place !== undefined)
      reveal(box.current, head, top(place), top(place) + item.height)
  }, [box, key, head, filter])
}

/** Tells the timeline which part of the run is in sight, and lets it scroll there. */
export function useShownPart(box: RefObject<HTMLDivElement | null>, { ladder, phone }: LadderState): void {
  const shown = use(ShownPartContext)
  const head = phone ? PHONE_HEAD_HEIGHT : HEAD_HEIGHT
  useLayoutEffect(() => {
    const element = box.current
    if (!shown || !element || ladder.items.length === 0) return
    const moveTo = (from: Instant): void => {
      element.scrollTop = heightAt(ladder, from)
    }
    const tell = (): void => {
      const { scrollTop, clientHeight } = element
      shown.show(
        { from: instantAt(ladder, scrollTop), until: instantAt(ladder, scrollTop + clientHeight - head) },
        moveTo,
      )
    }
    tell()
    element.addEventListener('scroll', tell, { passive: true })
    const observer = new ResizeObserver(tell)
    observer.observe(element)
    return () => {
      element.removeEventListener('scroll', tell)
      observer.disconnect()
      shown.clear()
    }
  }, [box, ladder, shown, head])
}

function reveal(box: HTMLDivElement | null, head: number, top: number, bottom: number): void {
  if (!box) return
  const room = box.clientHeight - head
  if (top < box.scrollTop) box.scrollTop = Math.max(0, top - room / 4)
  else if (bottom > box.scrollTop + room) box.scrollTop = bottom - (room * 3) / 4
}
