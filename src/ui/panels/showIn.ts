/** Where to scroll so that a stretch is in sight, and no further: its beginning where it is longer than the box. */
export function scrolledTo(
  box: { readonly top: number; readonly height: number },
  stretch: { readonly from: number; readonly to: number },
): number {
  const { top, height } = box
  const { from, to } = stretch
  if (from < top || to - from >= height) return from
  return to > top + height ? to - height : top
}

/** Scrolls a box to show some of what is in it. The page around it stays where it is; `above` is covered at the box's top. */
export function showIn(box: HTMLElement, first: Element, last: Element = first, above = 0): void {
  const zero = box.getBoundingClientRect().top + box.clientTop + above - box.scrollTop
  const from = first.getBoundingClientRect().top - zero
  const to = last.getBoundingClientRect().bottom - zero
  const next = scrolledTo({ top: box.scrollTop, height: box.clientHeight - above }, { from, to })
  if (next !== box.scrollTop) box.scrollTop = next
}
