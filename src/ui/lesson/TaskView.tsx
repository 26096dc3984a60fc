import { Check } from 'lucide-react'
import { useEffect, useState } from 'react'
import { createPortal } from 'react-dom'
import { gradeTask, workBegins } from '../../learning/grade'
import { HINT_GRADES, type HintGrade, type Lesson, type Task } from '../../learning/lesson'
import { lessonText } from '../../messages/lesson'
import { connectionIn } from '../../view/run/connections'
import type { Intervention } from '../../world/intervention'
import type { ConnectionId } from '../../world/world'
import { WriteMessage } from '../compose/WriteMessage'
import { useFactCount, useRun } from '../run/RunContext'
import { useMoment } from '../run/useMoment'
import styles from './lesson.module.css'
import { Line, Prose } from './Prose'
import { workIn } from './useLessonRun'

interface TaskProps {
  readonly lesson: Lesson
  readonly task: Task
  /** The interventions of the lesson's own run. */
  readonly begins: readonly Intervention[]
  readonly solved: boolean
  readonly hints: readonly HintGrade[]
  /** The place of the button: at the foot of the panel, always in sight. */
  readonly foot: Element | null
  onSolved(): void
  onHint(grade: HintGrade): void
}

/** A task that the engine judges by the events in the world up to now. */
export function TaskView({ lesson, task, begins, solved, hints, foot, onSolved, onHint }: TaskProps) {
  const [writing, setWriting] = useState(false)
  const timeline = useRun((run) => run.timeline)
  const { trace } = timeline
  const count = useFactCount()
  const { connections } = useMoment().seen
  const from = workBegins(trace, begins, count)
  const portOf = (id: ConnectionId): number | undefined => connectionIn(connections, id)?.port
  const state = gradeTask(task, lesson, { ...workIn(timeline), from, count, portOf })
  const acted = from < Number.POSITIVE_INFINITY
  useEffect(() => {
    if (state.solved && !solved) onSolved()
  }, [state.solved, solved, onSolved])
  const done = solved || state.solved

  return (
    <section className={styles.turn} aria-label={lessonText('yourTurn')}>
      <hr className="airmail" />
      <p className={styles.turnHead}>
        <strong>{lessonText('yourTurn')}</strong> <span>{lessonText(done ? 'solved' : 'doIt')}</span>
      </p>
      <Prose blocks={task.blocks} />
      <div aria-live="polite">
        {done && (
          <p className={styles.praise}>
            <Check aria-hidden="true" />
            <span>
              <Line inlines={task.praise} />
            </span>
          </p>
        )}
        {!done &&
          state.mistakes.slice(0, 1).map((mistake) => (
            <p key={mistake.when ?? mistake.reply} className={styles.repair}>
              <Line inlines={mistake.inlines} />
            </p>
          ))}
        {!done && acted && state.mistakes.length === 0 && <p className={styles.note}>{lessonText('underWay')}</p>}
      </div>
      <Hints task={task} taken={hints} onHint={onHint} />
      {task.opens === 'letter' &&
        foot &&
        createPortal(
          <button
            type="button"
            className={done ? `button quiet ${styles.act}` : `button ${styles.act}`}
            onClick={() => setWriting(true)}
          >
            {lessonText('write')}
          </button>,
          foot,
        )}
      {task.opens === 'letter' && <WriteMessage open={writing} onClose={() => setWriting(false)} />}
    </section>
  )
}

const hintTitle = (grade: HintGrade): string =>
  lessonText('hint', { number: HINT_GRADES.indexOf(grade) + 1, count: HINT_GRADES.length })

function Hints({
  task,
  taken,
  onHint,
}: {
  readonly task: Task
  readonly taken: readonly HintGrade[]
  onHint(grade: HintGrade): void
}) {
  return (
    <div className={styles.hints}>
      <p>
        {HINT_GRADES.map((grade) => (
          <button
            key={grade}
            type="button"
            className={styles.textButton}
            aria-expanded={taken.includes(grade)}
            onClick={() => onHint(grade)}
          >
            {hintTitle(grade)}
          </button>
        ))}
      </p>
      <div aria-live="polite">
        {task.hints
          .filter(({ grade }) => taken.includes(grade))
          .map(({ grade, inlines }) => (
            <p key={grade} className={styles.hint}>
              <strong>{hintTitle(grade)}</strong> <Line inlines={inlines} />
            </p>
          ))}
      </div>
    </div>
  )
}
