import { useLayoutEffect, useReducer, useRef } from 'react'

/**
 * Does something once the page shows a change that is made now: the focus that follows a moved row, for instance. A frame later
 * would be too late, as the next key may have come by then, and its focus would be taken away again.
 */
export function useAfterRender(): (deed: () => void) => void {
  const waiting = useRef<() => void>(undefined)
  const [, render] = useReducer((times: number) => times + 1, 0)
  useLayoutEffect(() => {
    const deed = waiting.current
    waiting.current = undefined
    deed?.()
  })
  return (deed) => {
    waiting.current = deed
    render()
  }
}
