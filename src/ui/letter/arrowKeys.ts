import type { KeyboardEvent } from 'react'

/**
 * Up and Down go to the button before and after the focused one in a list, and press it. Time, which moves by arrow keys too,
 * stays.
 */
export function upAndDown(event: KeyboardEvent<HTMLElement>): void {
  const by = { ArrowUp: -1, ArrowDown: 1 }[event.key]
  if (by === undefined) return
  event.preventDefault()
  event.stopPropagation()
  const buttons = [...event.currentTarget.querySelectorAll('button')]
  const next = buttons[buttons.findIndex((button) => button.matches(':focus')) + by]
  next?.focus()
  next?.click()
}
