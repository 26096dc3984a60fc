import { type RefObject, useEffect, useRef } from 'react'
import { scrollIntoSight } from '../dom/scroll'

/** The page from which a moment was looked at, and the question or row there that named the moment. */
interface Origin {
  readonly path: string
  readonly item: string
}

let from: Origin | undefined
/** The item whose moment was shown last, until its page has come into sight again. */
let left: string | undefined

export function comeBackTo(path: string, item: string): void {
  from = { path, item }
}

/** The way back from the moment of an item; undefined if it was not looked at from a page. */
export const cameFrom = (item: string): string | undefined => (from?.item === item ? from.path : undefined)

/** The moment of an item is on the stage: whichever way one goes back, one comes to where one was. */
export function useLeft(item: string): void {
  useEffect(() => {
    left = item
  }, [item])
}

/** True until the page of the item, whose moment was shown last, has come into sight again. */
export const comesBack = (item: string): boolean => left === item

/** The button that led to the moment of an item: coming back from there, it is in sight and has the focus. */
export function useComeBack(item: string): RefObject<HTMLButtonElement | null> {
  const button = useRef<HTMLButtonElement>(null)
  useEffect(() => {
    if (!button.current || left !== item) return
    // After the effects of the page itself, which may begin at its top.
    const frame = requestAnimationFrame(() => {
      left = undefined
      button.current?.focus({ preventScroll: true })
      scrollIntoSight(button.current, 'center')
    })
    return () => cancelAnimationFrame(frame)
  }, [item])
  return button
}
