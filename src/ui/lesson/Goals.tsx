import { Check, Shield, X } from 'lucide-react'
import { heldSince, type Work } from '../../learning/check'
import type { Care, Lesson, Task } from '../../learning/lesson'
import { lessonText } from '../../messages/lesson'
import { timeInWords } from '../run/useMoment'
import styles from './lesson.module.css'
import { Line } from './Prose'

interface GoalsProps {
  readonly task: Task
  readonly lesson: Pick<Lesson, 'checks'>
  readonly work: Work
  readonly reached: readonly boolean[]
  readonly harm: readonly Care[]
  readonly solved: boolean
}

/** The goals of a task. Each is ticked as it is reached, with its time. A single goal is what the task says itself. */
export function Goals({ task, lesson, work, reached, harm, solved }: GoalsProps) {
  const told = task.goals.filter(({ inlines }) => inlines.length > 0)
  const cares = (task.noHarm ?? []).filter(({ stays }) => stays.length > 0)
  if (told.length + cares.length === 0) return null
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
      {cares.map((care) => (
        <OneCare key={care.check} care={care} isHarmed={harm.includes(care)} />
      ))}
    </ul>
  )
}

/** A thing that must not be harmed: it is as it should be from the beginning on. */
function OneCare({ care, isHarmed }: { readonly care: Care; readonly isHarmed: boolean }) {
  return (
    <li data-care={isHarmed ? 'harmed' : 'kept'}>
      <span className={styles.tick} aria-hidden="true">
        {isHarmed ? <X /> : <Shield />}
      </span>
      <span>
        <Line inlines={care.stays} />
      </span>
      <span className={styles.care}>{lessonText('care', { harmed: isHarmed ? 'yes' : 'no' })}</span>
    </li>
  )
}

/** Since when a goal holds; undefined of one that holds by itself from the first deed on, such as that no trace is left. */
function reachedAt(id: string, { checks }: Pick<Lesson, 'checks'>, work: Work): number | undefined {
  const check = checks[id]
  const at = check && heldSince(check, work)
  const begins = work.trace.find(({ order }) => order >= (work.from ?? 0))?.at
  return at === begins ? undefined : at
}
