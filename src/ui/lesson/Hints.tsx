import { useEffect, useEffectEvent, useRef } from 'react'
import { HINT_GRADES, type HintGrade, type Task } from '../../learning/lesson'
import { lessonText } from '../../messages/lesson'
import { useAfterRender } from '../dom/useAfterRender'
import styles from './lesson.module.css'
import { Line } from './Prose'

interface HintsProps {
  readonly task: Task
  readonly taken: readonly HintGrade[]
  /** Words about a hint that is still closed; by default those of a lesson. */
  readonly about?: ((grade: HintGrade) => string) | undefined
  onHint(grade: HintGrade): void
}

/** Three hints that open one after the other, each more plainly than the one before. H opens the next. */
export function Hints({ task, taken, about, onHint }: HintsProps) {
  const next = HINT_GRADES.find((grade) => !taken.includes(grade))
  const list = useRef<HTMLDListElement>(null)
  const afterRender = useAfterRender()
  const open = (grade: HintGrade): void => {
    onHint(grade)
    // The button is gone then; the hint that it opened is read from here.
    afterRender(() => list.current?.querySelector<HTMLElement>(`[data-grade="${grade}"]`)?.focus())
  }
  const openNext = useEffectEvent(() => {
    if (next) open(next)
  })
  useEffect(() => {
    const pressed = (event: KeyboardEvent): void => {
      const { target, key } = event
      if (key.toLowerCase() !== 'h' || event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return
      if (!(target instanceof Element) || document.querySelector('dialog[open]')) return
      const column = list.current?.closest('[data-lesson-column]')
      if (target !== document.body && !column?.contains(target)) return
      if (target.closest('input, textarea, select')) return
      event.preventDefault()
      openNext()
    }
    window.addEventListener('keydown', pressed)
    return () => window.removeEventListener('keydown', pressed)
  }, [])
  return (
    <dl ref={list} className={styles.hints} aria-label={lessonText('hints')}>
      {HINT_GRADES.map((grade) => {
        const hint = task.hints.find((each) => each.grade === grade)
        const isOpen = taken.includes(grade)
        return (
          <div key={grade} data-open={isOpen || undefined}>
            <dt>{lessonText('hintName', { grade })}</dt>
            <dd data-grade={grade} tabIndex={isOpen ? -1 : undefined} className={isOpen ? styles.hint : undefined}>
              {isOpen ? <Line inlines={hint?.inlines ?? []} /> : (about?.(grade) ?? lessonText('hintAbout', { grade }))}
            </dd>
            {!isOpen && (
              <dd className={styles.opens}>
                <button
                  type="button"
                  className={styles.textButton}
                  aria-label={lessonText('openHint', { grade })}
                  onClick={() => open(grade)}
                >
                  {lessonText('open')}
                </button>
              </dd>
            )}
          </div>
        )
      })}
    </dl>
  )
}
