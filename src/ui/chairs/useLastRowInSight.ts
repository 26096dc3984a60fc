import { type RefObject, useEffect, useRef } from 'react'
import { scrollIntoSight } from '../dom/scroll'

/** Keeps the last row of a list in sight: when there is another one, and when its box gets another size. */
export function useLastRowInSight(count: number): {
  readonly box: RefObject<HTMLDivElement | null>
  readonly list: RefObject<HTMLOListElement | null>
} {
  const box = useRef<HTMLDivElement>(null)
  const list = useRef<HTMLOListElement>(null)
  useEffect(() => {
    const show = (): void => {
      const row = list.current?.lastElementChild
      // The end of a row says what follows from an answer.
      scrollIntoSight(row?.lastElementChild ?? row, 'nearest')
    }
    if (count > 0) show()
    // A long answer that is typed takes room from the rows.
    const observer = new ResizeObserver(show)
    if (box.current) observer.observe(box.current)
    return () => observer.disconnect()
  }, [count])
  return { box, list }
}
