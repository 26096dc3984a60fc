/**
 * The focus of the keyboard is never lost: if the focused element is removed or can be used no more, the focus is handed on to what
 * follows it. Parts that know better what follows put the focus there themselves.
 */

const FOCUSABLE =
  'a[href], button:not(:disabled), input:not(:disabled), select:not(:disabled), textarea:not(:disabled), summary, [tabindex="0"]'

/** An element that has had the focus, or one around it, and the elements that stood beside it then. */
interface Spot {
  readonly element: Element
  readonly next: Element | null
  readonly previous: Element | null
}

/** Keeps the focus in the page from now on; returns the function that ends this. */
export function keepFocus(): () => void {
  /** From the element that was focused last to the outermost around it. */
  let spots: readonly Spot[] = []
  const focused = ({ target }: FocusEvent): void => {
    spots = target instanceof Element ? spotsAround(target) : []
  }
  // A person who presses at the empty page leaves the element.
  const pressed = ({ target }: PointerEvent): void => {
    if (!(target instanceof Node && document.activeElement?.contains(target)) || target === document.body) spots = []
  }
  const changed = (): void => {
    const [last] = spots
    if (!last || isUsable(last.element)) return
    const { activeElement } = document
    if (activeElement !== null && activeElement !== document.body && activeElement !== last.element) return
    handOn(spots)
  }
  const observer = new MutationObserver(changed)
  observer.observe(document.body, {
    subtree: true,
    childList: true,
    attributes: true,
    attributeFilter: ['disabled', 'hidden'],
  })
  document.addEventListener('focusin', focused)
  document.addEventListener('pointerdown', pressed)
  return () => {
    observer.disconnect()
    document.removeEventListener('focusin', focused)
    document.removeEventListener('pointerdown', pressed)
  }
}

const isUsable = (element: Element): boolean =>
  element.isConnected && !element.matches(':disabled') && element.closest('[hidden]') === null

function spotsAround(target: Element): readonly Spot[] {
  const spots: Spot[] = []
  for (
    let element: Element | null = target;
    element !== null && element !== document.body;
    element = element.parentElement
  )
    spots.push({ element, next: element.nextElementSibling, previous: element.previousElementSibling })
  return spots
}

/** Gives the focus to the nearest element that takes it, after the lost one or else before it. */
function handOn(spots: readonly Spot[]): void {
  for (const { element, next, previous } of spots)
    if ([element, next, previous].some((each) => each !== null && takesFocus(each))) return
}

/** True if the element, or the first inside it that can, has the focus now. */
function takesFocus(element: Element): boolean {
  if (!element.isConnected) return false
  const inside = element.querySelectorAll<HTMLElement>(FOCUSABLE)
  const all = element instanceof HTMLElement && element.matches(FOCUSABLE) ? [element, ...inside] : [...inside]
  const heir = all.find((each) => each.checkVisibility({ visibilityProperty: true }))
  heir?.focus({ preventScroll: true })
  return heir !== undefined && document.activeElement === heir
}
