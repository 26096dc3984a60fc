import { Check } from 'lucide-react'
import { checkTask, type Work } from '../../learning/check'
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
  return (
    <ul className={styles.goals} aria-label={lessonText('goals')}>
      {told.map((goal) => {
        const isReached = solved || reached[task.goals.indexOf(goal)] === true
        const at = isReached && !solved ? reachedAt(goal.check, lesson, work) : undefined
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

/**
 * The instant since which a goal holds, by halving: a goal that can be lost again may have been reached before, but it is since
 * some instant that it holds now.
 */
function reachedAt(id: string, { checks }: Lesson, work: Work): number | undefined {
  const check = checks[id]
  if (!check) return undefined
  const { trace } = work
  let [low, high] = [0, work.count ?? trace.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if (checkTask(check, { ...work, count: middle })) high = middle
    else low = middle + 1
  }
  return trace[high - 1]?.at
}
