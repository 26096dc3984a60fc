import { Check } from 'lucide-react'
import { heldSince, type Work } from '../../learning/check'
import type { Lesson, Task } from '../../learning/lesson'
import { lessonText } from '../../messages/lesson'
import { timeInWords } from '../run/useMoment'
import styles from './lesson.module.css'
import { Line } from './Prose'

interface GoalsProps {
  readonly task: Task
  readonly lesson: Lesson
  readonly work: Work
  readonly reached: readonly boolean[]
  readonly solved: boolean
}

/** The goals of a task. Each is ticked as it is reached, with its time. A single goal is what the task says itself. */
export function Goals({ task, lesson, work, reached, solved }: GoalsProps) {
  const told = task.goals.filter(({ inlines }) => inlines.length > 0)
  if (told.length === 0) return null
  const acted = work.from !== undefined && work.from < Number.POSITIVE_INFINITY
  return (
    <ul className={styles.goals} aria-label={lessonText('goals')}>
      {told.map((goal) => {
        // Of a task that was solved before and is begun anew, the present run counts.
        const isReached = reached[task.goals.indexOf(goal)] === true || (solved && !acted)
        const at = isReached && acted ? reachedAt(goal.check, lesson, work) : undefined
        return (
          <li key={goal.check} data-reached={isReached || undefined}>
            <span className={styles.tick} aria-hidden="true">
              {isReached && <Check />}
            </span>
            <span>
              <Line inlines={goal.inlines} />
              <span className="unseen">{isReached ? lessonText('goalReached') : lessonText('goalOpen')}</span>
            </span>
            {at !== undefined && <time>{timeInWords(at)}</time>}
          </li>
        )
      })}
    </ul>
  )
}

/** Since when a goal holds; undefined of one that holds by itself from the first deed on, such as that no trace is left. */
function reachedAt(id: string, { checks }: Lesson, work: Work): number | undefined {
  const check = checks[id]
  const at = check && heldSince(check, work)
  const begins = work.trace.find(({ order }) => order >= (work.from ?? 0))?.at
  return at === begins ? undefined : at
}
