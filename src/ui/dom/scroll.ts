/**
 * All scrolling of the page uses these functions, because they return nothing. The DOM's own return a promise in newer browsers,
 * and React would take it for the clean-up if an effect returned it.
 */

/** Shows the page from its beginning. */
export function scrollToTop(): void {
  window.scrollTo(0, 0)
}

/** Scrolls all boxes around an element until it is in sight; does nothing if there is no element. */
export function scrollIntoSight(element: Element | null | undefined, block: ScrollLogicalPosition): void {
  element?.scrollIntoView({ block })
}
