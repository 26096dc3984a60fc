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
  clearHead()
}

/** On a phone a page's head leaves as a whole: a strip of it above the stage would be cut. */
function clearHead(): void {
  const from = document.querySelector('[data-below-head]')?.getBoundingClientRect().top ?? 0
  if (from > 0 && window.scrollY > 0) window.scrollBy(0, from)
}

/** Scrolls the nearest box that scrolls, and not the page, so that the element stands at its upper edge. */
export function scrollToUpperEdge(element: Element | null | undefined): void {
  for (let box = element?.parentElement; element && box && box !== document.body; box = box.parentElement) {
    if (box.scrollHeight <= box.clientHeight || !/auto|scroll/.test(getComputedStyle(box).overflowY)) continue
    box.scrollTop += element.getBoundingClientRect().top - box.getBoundingClientRect().top
    return
  }
}
