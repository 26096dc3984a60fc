const LESSON = /^#\/learn\/((?!exam\/|tickets\/)[^/]+\/[^/?]+)/

/** A link that is pointed at for so long is likely to be followed, in milliseconds. */
const RESTED = 40

/**
 * From now on a lesson is made ready as soon as a link to it is pressed, has the focus, or is pointed at for a moment. Returns the
 * function that ends this.
 */
export function readyLinkedLessons(): () => void {
  let wanted: string | undefined
  let timer: ReturnType<typeof setTimeout> | undefined
  const comesNear = ({ target, type }: Event): void => {
    const link = target instanceof Element ? target.closest('a') : null
    const id = LESSON.exec(link?.getAttribute('href') ?? '')?.[1]
    if (id === wanted && type !== 'pointerdown') return
    wanted = id
    clearTimeout(timer)
    if (id === undefined) return
    const begin = (): void => {
      // A failure is told when the lesson is opened.
      void import('../lesson/ahead').then(({ makeReady }) => makeReady(id, () => id !== wanted)).catch(() => undefined)
    }
    if (type === 'pointerdown') begin()
    else timer = setTimeout(begin, RESTED)
  }
  const kinds = ['pointerover', 'pointerdown', 'focusin'] as const
  for (const kind of kinds) addEventListener(kind, comesNear)
  return () => {
    clearTimeout(timer)
    for (const kind of kinds) removeEventListener(kind, comesNear)
  }
}
