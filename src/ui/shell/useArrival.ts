import { useLayoutEffect, useRef } from 'react'

/**
 * Puts the focus on the title of a page that has taken another one's place: there one begins to read, and the link that was pressed
 * is gone. A page that has put the focus somewhere itself keeps it, and the first page begins where every page does.
 */
export function useArrival(place: string): void {
  const before = useRef(place)
  useLayoutEffect(() => {
    if (before.current === place) return
    before.current = place
    const page = document.getElementById('content')
    const { activeElement } = document
    const isInPage = activeElement !== page && page?.contains(activeElement) === true
    if (!page || isInPage || document.querySelector('dialog[open]')) return
    const titles = [...page.querySelectorAll('h1')]
    const title = titles.find((each) => each.checkVisibility())
    if (title && !title.hasAttribute('tabindex')) title.tabIndex = -1
    const target = title ?? page
    target.focus({ preventScroll: true })
  }, [place])
}
