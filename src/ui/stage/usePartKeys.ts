import { useEffect } from 'react'

/** Fields in which one types. */
const TYPED = 'textarea,input:not([type=radio],[type=checkbox])'

/** The parts of a stage, and what has the focus first in each: where one reads, chooses or types. */
const FIRST: Readonly<Record<string, string>> = {
  lesson: 'h1',
  instead: `h1,[tabindex="0"],${TYPED},button`,
  map: '[role=button][tabindex="0"]',
  dialogue: `${TYPED},button:not(:disabled)`,
  panels: '[role=tab][aria-selected=true]',
  time: '[data-play]',
}

/**
 * F6 goes from part to part of the stage, and with Shift back, also out of a field: that is what the key does in other programs.
 * In each part the focus comes back to where it was there.
 */
export function usePartKeys(): void {
  useEffect(() => {
    const last = new WeakMap<Element, HTMLElement>()
    const focused = ({ target }: FocusEvent): void => {
      const part = target instanceof HTMLElement ? target.closest('[data-part]') : null
      if (part && target instanceof HTMLElement) last.set(part, target)
    }
    const pressed = (event: KeyboardEvent): void => {
      const { key, shiftKey, ctrlKey, metaKey, altKey } = event
      if (key !== 'F6' || ctrlKey || metaKey || altKey || document.querySelector('dialog[open]')) return
      event.preventDefault()
      const parts = [...document.querySelectorAll('[data-part]')].filter(isThere)
      const at = parts.findIndex((part) => part.contains(document.activeElement))
      const step = shiftKey ? -1 : 1
      // From outside of the stage the way begins at its first part, or its last.
      const from = at < 0 && shiftKey ? parts.length : at
      for (let n = 1; n <= parts.length; n++) {
        const part = parts[(from + n * step + parts.length * 2) % parts.length]
        if (part && takesFocus(part, last.get(part))) return
      }
    }
    document.addEventListener('focusin', focused)
    window.addEventListener('keydown', pressed)
    return () => {
      document.removeEventListener('focusin', focused)
      window.removeEventListener('keydown', pressed)
    }
  }, [])
}

const isThere = (element: Element): boolean => element.checkVisibility({ visibilityProperty: true })

/** True if something in the part has the focus now: what had it last, or what has it first. */
function takesFocus(part: Element, last: HTMLElement | undefined): boolean {
  const first = part.querySelectorAll<HTMLElement>(FIRST[part.getAttribute('data-part') ?? ''] ?? 'button')
  for (const each of [...(last && part.contains(last) ? [last] : []), ...first]) {
    if (!isThere(each)) continue
    if (each.matches('h1:not([tabindex])')) each.tabIndex = -1
    each.focus()
    if (document.activeElement !== each) continue
    // A title shows the focus only after the key, not after each step of a lesson.
    each.setAttribute('data-by-key', '')
    each.addEventListener('blur', () => each.removeAttribute('data-by-key'), { once: true })
    return true
  }
  return false
}
