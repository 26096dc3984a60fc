const LESSON = /^#\/learn\/((?!exam\/)[^/]+\/[^/?]+)/

/** From now on a lesson loads as soon as a link to it is pointed at or has the focus. Returns the function that ends this. */
export function loadLinkedLessons(): () => void {
  const comesNear = ({ target }: Event): void => {
    const link = target instanceof Element ? target.closest('a') : null
    const id = LESSON.exec(link?.getAttribute('href') ?? '')?.[1]
    // A failure is told when the lesson is opened.
    if (id !== undefined) void import('../lesson/ahead').then(({ loadAhead }) => loadAhead(id)).catch(() => undefined)
  }
  addEventListener('pointerover', comesNear)
  addEventListener('focusin', comesNear)
  return () => {
    removeEventListener('pointerover', comesNear)
    removeEventListener('focusin', comesNear)
  }
}
