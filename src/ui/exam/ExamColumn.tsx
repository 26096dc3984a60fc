import { useState } from 'react'
import { useLocation } from 'wouter'
import type { Exam } from '../../learning/exam'
import { answeredInExam, endedExam, leftInExam, sureInExam } from '../../learning/exams'
import type { ExamRecord } from '../../learning/progress'
import { examText } from '../../messages/exam'
import { scrollIntoSight } from '../dom/scroll'
import lesson from '../lesson/lesson.module.css'
import { Prose } from '../lesson/Prose'
import { useProgress } from '../lesson/progressStore'
import { HowSure } from '../question/HowSure'
import { useRunStore } from '../run/RunContext'
import styles from './exam.module.css'
import { judged, type OpenExam, partDone } from './examRun'
import { takeOnward } from './onward'

interface ExamColumnProps {
  readonly opened: OpenExam
  readonly record: ExamRecord
}

export const takeFocus = (button: HTMLButtonElement | null): void => {
  button?.focus()
}

/** The parts beside the stage, one open at a time. The points are told at the end. */
export function ExamColumn({ opened, record }: ExamColumnProps) {
  const { exam } = opened
  const { notice } = useProgress()
  return (
    <section className={lesson.lesson} data-lesson-column="" aria-label={examText('title')}>
      <h1 ref={takeOnward} tabIndex={-1} className={lesson.lessonTitle}>
        {examText('title')}
      </h1>
      {notice !== undefined && (
        <p className={lesson.note} role="status">
          {notice}
        </p>
      )}
      <details className={styles.part} name="exam-part" open={Object.keys(record.answers).length === 0}>
        <summary>
          <h2>{examText('situation')}</h2>
        </summary>
        <div className={styles.partBody}>
          <Prose blocks={exam.situation} />
        </div>
      </details>
      {exam.parts.map((part, nth) => (
        <Part key={part.id} opened={opened} record={record} part={part} letter={letterOf(nth)} />
      ))}
      <HandIn opened={opened} record={record} />
    </section>
  )
}

/** The part above that closes when this one opens may have been longer than the window is high. */
function keepInSight({ currentTarget }: { readonly currentTarget: HTMLDetailsElement }): void {
  if (currentTarget.open) scrollIntoSight(currentTarget.querySelector('summary'), 'nearest')
}

/** A, B, C … */
export const letterOf = (nth: number): string => String.fromCharCode(65 + nth)

interface PartProps extends ExamColumnProps {
  readonly part: Exam['parts'][number]
  readonly letter: string
}

function Part({ opened, record, part, letter }: PartProps) {
  const { change } = useProgress()
  const isLeft = record.left.includes(part.id)
  const points = part.goals.reduce((sum, goal) => sum + goal.points, 0)
  const asked = part.goals.filter(({ asks }) => asks !== undefined)
  const isAnswered = asked.length > 0 && asked.every(({ id }) => (record.answers[id] ?? '').trim() !== '')
  return (
    <details className={styles.part} name="exam-part" onToggle={keepInSight}>
      <summary>
        <span className={styles.letter} aria-hidden="true">
          {letter}
        </span>
        <h2 lang="en">{part.title}</h2>
        <span className={styles.points}>
          {isLeft ? examText('leftShort') : isAnswered ? examText('answered') : examText('pointsOf', { points })}
        </span>
      </summary>
      <div className={styles.partBody}>
        <Prose blocks={part.text} />
        {asked.map(({ id, asks = '', answer = '' }) => (
          <label key={id} className={styles.field}>
            <span lang="en">{asks}</span>
            <input
              type="text"
              value={record.answers[id] ?? ''}
              maxLength={200}
              autoComplete="off"
              autoCapitalize="off"
              spellCheck={false}
              disabled={isLeft}
              onChange={({ target }) => change((was) => answeredInExam(was, id, target.value))}
            />
            {isLeft && <span className={lesson.note}>{examText('leftAnswer', { answer })}</span>}
          </label>
        ))}
        {isLeft ? (
          <p className={lesson.note}>{examText('left')}</p>
        ) : (
          <>
            <div className={styles.sure}>
              <HowSure
                name={`exam-${part.id}`}
                sure={record.sure[part.id]}
                onChange={(sure) => change((was) => sureInExam(was, part.id, sure))}
              />
            </div>
            <Leave opened={opened} part={part.id} />
          </>
        )}
      </div>
    </details>
  )
}

/** The machines do a part in the learner's place, now. */
function Leave({ opened, part }: { readonly opened: OpenExam; readonly part: string }) {
  const { change } = useProgress()
  const run = useRunStore()
  const [asked, ask] = useState(false)
  const leave = (): void => {
    // After all that was done, also if time has gone back.
    const { timeline, t } = run.get()
    const at = Math.ceil(Math.max(t, run.view().end)) as typeof t
    const done = partDone(opened.exam, part, opened.world, at)
    run.actions.replace([...timeline.interventions, ...done], at)
    run.actions.goToEnd()
    change((was) => leftInExam(was, part))
  }
  if (asked)
    return (
      <p className={styles.leave}>
        <span className={lesson.note}>{examText('leaveSure')}</span>
        <button type="button" className={lesson.textButton} ref={takeFocus} onClick={() => ask(false)}>
          {examText('notYet')}
        </button>
        <button type="button" className={lesson.textButton} onClick={leave}>
          {examText('leaveNow')}
        </button>
      </p>
    )
  return (
    <p className={styles.leave}>
      <button type="button" className={lesson.textButton} onClick={() => ask(true)}>
        {examText('leave')}
      </button>
      <span className={lesson.note}>{examText('leaveWhy')}</span>
    </p>
  )
}

function HandIn({ opened, record }: ExamColumnProps) {
  const { change } = useProgress()
  const [, navigate] = useLocation()
  const [asked, ask] = useState(false)
  const handIn = (): void => {
    const [result, now] = [judged(opened, record), Date.now()]
    navigate('/learn/exam/result')
    change((was) => endedExam(was, result, now))
  }
  return (
    <div className={lesson.move}>
      {asked ? (
        <div className={styles.handIn} role="group" aria-labelledby="hand-in">
          <p id="hand-in">{examText('handInSure')}</p>
          {/* A key that is held does not hand in. */}
          <button type="button" className={lesson.back} ref={takeFocus} onClick={() => ask(false)}>
            {examText('notYet')}
          </button>
          <button type="button" className="button" onClick={handIn}>
            {examText('handInNow')}
          </button>
        </div>
      ) : (
        <button type="button" className="button" onClick={() => ask(true)}>
          {examText('handIn')}
        </button>
      )}
    </div>
  )
}
