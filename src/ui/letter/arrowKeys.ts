import type { KeyboardEvent } from 'react'

/**
 * Up and Down go from a button to the one before and after it in the same list, and press it.
 */
export function upAndDown(event: KeyboardEvent<HTMLButtonElement>): void {
  const by = { ArrowUp: -1, ArrowDown: 1 }[event.key]
  if (by === undefined) return
  event.preventDefault()
  event.stopPropagation()
  const buttons = [...(event.currentTarget.closest('ol')?.querySelectorAll('button') ?? [])]
  const next = buttons[buttons.indexOf(event.currentTarget) + by]
  next?.focus()
  next?.click()
}
