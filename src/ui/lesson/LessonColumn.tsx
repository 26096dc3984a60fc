import { useEffect, useRef, useState } from 'react'
import { Link } from 'wouter'
import type { Instant } from '../../base/time'
import type { Lesson, LessonStep } from '../../learning/lesson'
import {
  answeredItem,
  finishedLesson,
  isOpen,
  type LessonProgress,
  lessonProgress,
  openedStep,
  predicted,
  solvedTask,
  tookHint,
} from '../../learning/progress'
import { lessonText } from '../../messages/lesson'
import type { Intervention } from '../../world/intervention'
import { QuizTable } from '../quiz/QuizTable'
import { useRun } from '../run/RunContext'
import { joined } from '../shell/rich'
import styles from './lesson.module.css'
import { Predict } from './Predict'
import { Prose } from './Prose'
import { useProgress } from './progressStore'
import { TaskView } from './TaskView'
import { clockTime, instantIn, type Stage, useStage } from './useLessonRun'

/** The last step of every lesson: its quiz. */
const LOOK_BACK = 'look-back'

interface LessonColumnProps {
  readonly lesson: Lesson
  readonly begins: readonly Intervention[]
}

/** The lesson beside the stage: one step at a time, at the learner's pace. */
export function LessonColumn({ lesson, begins }: LessonColumnProps) {
  const { progress, notice, change } = useProgress()
  const stage = useStage(lesson.moments, begins)
  const mine = lessonProgress(progress, lesson.id)
  const ids = [...lesson.steps.map((step) => step.id), LOOK_BACK]
  const at = Math.max(0, ids.indexOf(mine.step))
  const step = lesson.steps[at]
  const title = useRef<HTMLHeadingElement>(null)
  const [foot, setFoot] = useState<Element | null>(null)

  const first = lesson.steps[0]?.id
  useEffect(() => {
    if (mine.step === '' && first !== undefined) change((was) => openedStep(was, lesson.id, first))
  }, [mine.step, first, lesson.id, change])

  const open = (to: number): void => {
    const id = ids[to]
    if (id === undefined) return
    change((was) => openedStep(id === LOOK_BACK ? finishedLesson(was, lesson.id) : was, lesson.id, id))
    const moment = lesson.steps[to]?.moment
    const instant = moment === undefined ? undefined : stage.instantOf(moment)
    const here = step?.moment === undefined ? undefined : stage.instantOf(step.moment)
    if (instant !== undefined) {
      if (to > at && here !== undefined && here < instant) stage.playFrom(here, instant)
      else stage.standAt(instant)
    }
    title.current?.focus()
  }
  // The next step may give away the answer, so a prediction is made or skipped before it.
  const waits = step !== undefined && isUnfinished(step, mine)
  const answersAt = step?.prediction && stage.instantOf(step.prediction.moment)
  const unseen = useRun((run) => answersAt !== undefined && run.t < answersAt)

  return (
    <section className={styles.lesson} aria-label={lessonText('lesson')}>
      <p className={styles.head}>
        <span lang="en">{lesson.unit}</span>
        <span>{lessonText('stepOf', { number: at + 1, count: ids.length })}</span>
      </p>
      <p className={styles.lessonTitle} lang="en">
        {lesson.title}
      </p>
      <StepMarks
        ids={ids}
        at={at}
        seen={mine.seen}
        titleOf={(id) => lesson.steps.find((each) => each.id === id)?.title ?? lessonText('lookBack')}
        onOpen={open}
      />
      {notice !== undefined && (
        <p className={styles.note} role="status">
          {notice}
        </p>
      )}
      <h1 ref={title} tabIndex={-1} className={styles.stepTitle} lang={step && 'en'}>
        {step?.title ?? lessonText('lookBack')}
      </h1>
      {step ? (
        <Step lesson={lesson} step={step} stage={stage} begins={begins} foot={foot} />
      ) : (
        <LookBack lesson={lesson} stage={stage} />
      )}
      <div className={styles.move}>
        <span ref={setFoot} className={styles.acts} />
        {stage.skip && (
          <button type="button" className={styles.without} onClick={stage.skip}>
            {lessonText('skip')}
          </button>
        )}
        {at > 0 && (
          <button type="button" className={styles.back} onClick={() => open(at - 1)}>
            {lessonText('back')}
          </button>
        )}
        {at === ids.length - 1 ? (
          <Link href="/learn" className="button">
            {lessonText('toCourse')}
          </Link>
        ) : waits ? (
          <button type="button" className={styles.without} onClick={() => open(at + 1)}>
            {lessonText('goOnWithout')}
          </button>
        ) : unseen && stage.skip ? null : (
          <button type="button" className={unseen ? styles.without : 'button'} onClick={() => open(at + 1)}>
            {lessonText('continue')}
          </button>
        )}
      </div>
    </section>
  )
}

const isUnfinished = (step: LessonStep, mine: LessonProgress): boolean =>
  (step.prediction !== undefined && mine.predictions[step.id] === undefined) ||
  (step.task !== undefined && !mine.solved.includes(step.id))

interface StepProps {
  readonly lesson: Lesson
  readonly step: LessonStep
  readonly stage: Stage
  readonly begins: readonly Intervention[]
  readonly foot: Element | null
}

function Step({ lesson, step, stage, begins, foot }: StepProps) {
  const { progress, change } = useProgress()
  const mine = lessonProgress(progress, lesson.id)
  const prediction = step.prediction
  return (
    <>
      <MomentLink step={step} stage={stage} />
      <Prose blocks={step.blocks.filter((block) => block.kind !== 'finePrint')} />
      {prediction && (
        <Predict
          key={step.id}
          lesson={lesson}
          prediction={prediction}
          predicted={mine.predictions[step.id]}
          stage={stage}
          from={step.moment === undefined ? undefined : stage.instantOf(step.moment)}
          foot={foot}
          onPredict={(answer) => change((was) => predicted(was, lesson.id, step.id, answer))}
        />
      )}
      {step.task && (
        <TaskView
          key={step.id}
          lesson={lesson}
          task={step.task}
          begins={begins}
          solved={mine.solved.includes(step.id)}
          hints={mine.hints[step.id] ?? []}
          foot={foot}
          onSolved={() => change((was) => solvedTask(was, lesson.id, step.id))}
          onHint={(grade) => change((was) => tookHint(was, lesson.id, step.id, grade))}
        />
      )}
      <Prose blocks={step.blocks.filter((block) => block.kind === 'finePrint')} />
    </>
  )
}

/** The moment of the step, shown if the stage is at another one. */
function MomentLink({ step, stage }: Pick<StepProps, 'step' | 'stage'>) {
  const instant = step.moment === undefined ? undefined : stage.instantOf(step.moment)
  const before = useRun((run) => instant !== undefined && run.t < instant)
  if (step.moment !== undefined && instant === undefined) {
    return (
      <p className={styles.note}>
        {lessonText('otherWay')}{' '}
        <button type="button" className={styles.textButton} onClick={stage.beginAgain}>
          {lessonText('beginAgain')}
        </button>
      </p>
    )
  }
  if (instant === undefined || !before) return null
  return (
    <button type="button" className={styles.moment} onClick={() => stage.standAt(instant)}>
      {joined(
        lessonText.parts('goTo', {
          time: clockTime(instant),
          code: (inside) => <span className="wire">{joined(inside)}</span>,
        }),
      )}
    </button>
  )
}

function LookBack({ lesson, stage }: { readonly lesson: Lesson; readonly stage: Stage }) {
  const { progress, change } = useProgress()
  const timeline = useRun((run) => run.timeline)
  const now = Date.now()
  return lesson.quiz.questions.map((question) => (
    <QuizTable
      key={question.id}
      question={question}
      heading="h2"
      given={(item) => (isOpen(progress, item, now) ? undefined : progress.quiz[item])}
      onAnswer={(item, choice) => change((was) => answeredItem(was, item.id, choice, choice === item.key, Date.now()))}
      instantOf={(item) => instantIn(timeline, item.show.moment, lesson.quiz.moments)}
      onShow={(_, t: Instant) => stage.standAt(t)}
    />
  ))
}

interface StepMarksProps {
  readonly ids: readonly string[]
  readonly at: number
  readonly seen: readonly string[]
  titleOf(id: string): string
  onOpen(at: number): void
}

/** One mark per step. The marks of opened steps are links back to them. */
function StepMarks({ ids, at, seen, titleOf, onOpen }: StepMarksProps) {
  return (
    <ol className={styles.marks} aria-label={lessonText('steps')}>
      {ids.map((id, index) => (
        <li key={id} data-seen={seen.includes(id) ? '' : undefined} aria-current={index === at ? 'step' : undefined}>
          <button type="button" disabled={!seen.includes(id)} onClick={() => onOpen(index)} title={titleOf(id)}>
            <span className="unseen">{lessonText('step', { number: index + 1, title: titleOf(id) })}</span>
          </button>
        </li>
      ))}
    </ol>
  )
}
