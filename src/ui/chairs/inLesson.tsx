import type { ReactNode } from 'react'
import { createPortal } from 'react-dom'
import { chairsText } from '../../messages/chairs'
import styles from './chair.module.css'

/** A chair within a lesson, whose column has a title, prose and hints of its own. */
export interface InLesson {
  /** In a wide window, the place in the lesson's column for what the person knows and is asked; null until it is there. */
  readonly column?: Element | null
  /** In a narrow window, the lesson is a tab beside the chair's. */
  readonly tab?: LessonTab
  /** False until the person has turned to the chair: the lesson keeps the focus. */
  readonly takesFocus: boolean
}

export interface LessonTab {
  readonly solved: boolean
  /** The place of the lesson's word when the task is solved. */
  readonly setNear: (near: Element | null) => void
  onOpen(): void
}

interface BesideProps {
  readonly inLesson: InLesson
  readonly stage: ReactNode
  /** The parts in the lesson's column: the book, and the turn. */
  readonly children: ReactNode
}

/** A chair in a wide window: its stage beside the lesson, the rest in the lesson's column. */
export function Beside({ inLesson: { column }, stage, children }: BesideProps) {
  return (
    <>
      <div className={styles.beside} data-fills="">
        {stage}
      </div>
      {column ? createPortal(children, column) : null}
    </>
  )
}

/** In a narrow window the lesson's word about a task that is not solved stands in its own tab: the way there, when all is answered. */
export function ToLesson({ inLesson }: { readonly inLesson: InLesson | undefined }) {
  const tab = inLesson?.tab
  if (!tab || tab.solved) return null
  return (
    <button type="button" className="button quiet" onClick={tab.onOpen}>
      {chairsText('howItWent')}
    </button>
  )
}
