/**
 * All scrolling of the page goes through here, because these functions give back nothing. The DOM's own give back a promise
 * in newer browsers, and an effect that hands it on makes React take it for its clean-up.
 */

/** Shows the page from its beginning. */
export function scrollToTop(): void {
  window.scrollTo(0, 0)
}

/** Scrolls all boxes around an element until it is in sight; does nothing where there is no element. */
export function scrollIntoSight(element: Element | null | undefined, block: ScrollLogicalPosition): void {
  element?.scrollIntoView({ block })
}
