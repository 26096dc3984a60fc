/** The smallest scroll that brings a range into sight; its beginning if it is longer than the box. */
export function scrolledTo(
  box: { readonly top: number; readonly height: number },
  stretch: { readonly from: number; readonly to: number },
): number {
  const { top, height } = box
  const { from, to } = stretch
  if (from < top || to - from >= height) return from
  return to > top + height ? to - height : top
}

/** Scrolls a box to show a part of its content. The page around it does not move; `above` pixels at the box's top are covered. */
export function showIn(box: HTMLElement, first: Element, last: Element = first, above = 0): void {
  const zero = box.getBoundingClientRect().top + box.clientTop + above - box.scrollTop
  const from = first.getBoundingClientRect().top - zero
  const to = last.getBoundingClientRect().bottom - zero
  const next = scrolledTo({ top: box.scrollTop, height: box.clientHeight - above }, { from, to })
  if (next !== box.scrollTop) box.scrollTop = next
}
