/** Puts the focus on Play or Pause: there a person goes on after an action that has made time move. */
export function focusOnPlay(): void {
  document.querySelector<HTMLElement>('[data-play]')?.focus({ preventScroll: true })
}
