import { type ReactNode, type RefObject, useEffect, useLayoutEffect, useRef, useState } from 'react'
import { Link } from 'wouter'
import { type Instant, START } from '../../base/time'
import type { Lesson, LessonStep } from '../../learning/lesson'
import {
  finishedLesson,
  type LessonProgress,
  lessonProgress,
  openedStep,
  predicted,
  solvedTask,
  tookHint,
} from '../../learning/progress'
import { isTable, type Quiz } from '../../learning/question'
import { answered, isOpen } from '../../learning/review'
import { lessonText } from '../../messages/lesson'
import type { Intervention } from '../../world/intervention'
import { QuizTable } from '../quiz/QuizTable'
import { useRun } from '../run/RunContext'
import styles from './lesson.module.css'
import { Predict } from './Predict'
import { Line, Prose } from './Prose'
import { useProgress } from './progressStore'
import { TaskView } from './TaskView'
import { instantIn, type Stage, useReached, useStage, useStopAt } from './useLessonRun'

/** The last step of every lesson: its quiz. */
const LOOK_BACK = 'look-back'

interface LessonColumnProps {
  readonly lesson: Lesson
  readonly quiz: Quiz
  readonly begins: readonly Intervention[]
}

/** The lesson beside the stage: one step at a time, at the learner's pace. */
export function LessonColumn({ lesson, quiz, begins }: LessonColumnProps) {
  const { progress, notice, change } = useProgress()
  const stage = useStage(lesson.moments, begins)
  const mine = lessonProgress(progress, lesson.id)
  const ids = [...lesson.steps.map((step) => step.id), LOOK_BACK]
  const at = Math.max(0, ids.indexOf(mine.step))
  const step = lesson.steps[at]
  const id = ids[at] ?? LOOK_BACK
  const number = at + 1
  const instant = step?.moment === undefined ? undefined : stage.instantOf(step.moment)
  const isReached = useReached(instant, id) || instant === undefined
  const prediction = step?.prediction
  const made = step && mine.predictions[step.id]
  const answersAt = prediction && stage.instantOf(prediction.moment)
  const isAnswered = useReached(answersAt, `${id} ${made ?? ''}`) && made !== undefined
  useStopAt(!isReached ? instant : made !== undefined && !isAnswered ? answersAt : undefined)
  const { title, arrived, focusTitle } = useArrival(id, isReached)
  const [foot, setFoot] = useState<Element | null>(null)

  const first = lesson.steps[0]?.id
  useEffect(() => {
    if (mine.step === '' && first !== undefined) change((was) => openedStep(was, lesson.id, first))
  }, [mine.step, first, lesson.id, change])

  const open = (to: number): void => {
    const next = ids[to]
    if (next === undefined) return
    const moment = lesson.steps[to]?.moment
    const there = moment === undefined ? undefined : stage.instantOf(moment)
    if (there !== undefined) {
      if (to === at + 1 && instant !== undefined && instant < there) stage.playFrom(instant, there)
      else stage.standAt(there)
    }
    focusTitle()
    change((was) => openedStep(next === LOOK_BACK ? finishedLesson(was, lesson.id) : was, lesson.id, next))
  }
  const backButton = at > 0 && (
    <button type="button" className={styles.back} onClick={() => open(at - 1)}>
      {lessonText('back')}
    </button>
  )

  return (
    <section className={styles.lesson} aria-label={lessonText('lesson')}>
      <p className={styles.head}>
        <span lang="en">{lesson.unit}</span>
        <span>{lessonText('stepOf', { number, count: ids.length })}</span>
      </p>
      <p className={styles.lessonTitle} lang="en">
        {lesson.title}
      </p>
      <StepMarks
        ids={ids}
        at={at}
        seen={mine.seen}
        titleOf={(each) => lesson.steps.find((other) => other.id === each)?.title ?? lessonText('lookBack')}
        onOpen={open}
      />
      {notice !== undefined && (
        <p className={styles.note} role="status">
          {notice}
        </p>
      )}
      <p className="unseen" role="status">
        {arrived && step && lessonText('step', { number, title: step.title })}
      </p>
      <h1 ref={title} tabIndex={-1} className={styles.stepTitle} lang={step && isReached ? 'en' : undefined}>
        {isReached ? (step?.title ?? lessonText('lookBack')) : <WayTitle number={number} />}
      </h1>
      {!step ? (
        <LookBack quiz={quiz} stage={stage} />
      ) : isReached ? (
        <Step
          lesson={lesson}
          step={step}
          stage={stage}
          begins={begins}
          foot={foot}
          answered={isAnswered}
          onAnswer={(answer) => change((was) => predicted(was, lesson.id, step.id, answer))}
        />
      ) : (
        <OnTheWay step={step} />
      )}
      <div className={styles.move}>
        {!isReached && instant !== undefined ? (
          <WayButtons
            onSkip={() => {
              focusTitle()
              stage.stepTo(instant)
            }}
            onPlay={() => {
              title.current?.focus()
              stage.playFrom(START, instant)
            }}
          >
            {backButton}
          </WayButtons>
        ) : (
          <>
            <span ref={setFoot} className={styles.acts} />
            {backButton}
            {at === ids.length - 1 ? (
              <Link href="/learn" className="button">
                {lessonText('toCourse')}
              </Link>
            ) : step && isUnfinished(step, mine) ? (
              // The next step may give away the answer, so a prediction is made or skipped before it.
              <button type="button" className={styles.without} onClick={() => open(at + 1)}>
                {lessonText('goOnWithout')}
              </button>
            ) : (
              <Continue unseen={answersAt !== undefined && !isAnswered} onPress={() => open(at + 1)} />
            )}
          </>
        )}
      </div>
    </section>
  )
}

interface Arrival {
  readonly title: RefObject<HTMLHeadingElement | null>
  /** True after the moment of the step came by itself: then it is said. */
  readonly arrived: boolean
  /** Puts the focus on the title of the step that is shown next, or on what comes in its place. */
  focusTitle(): void
}

/** The focus and what is heard when a step is opened, and when its text takes the place of the way to it. */
function useArrival(step: string, isReached: boolean): Arrival {
  const title = useRef<HTMLHeadingElement>(null)
  const [arrivedIn, setArrivedIn] = useState<string>()
  const wanted = useRef(false)
  const comesFrom = useRef<string>(undefined)
  useLayoutEffect(() => {
    // Of a button that was pressed, or is gone, the title is what follows.
    const isLost = document.activeElement === null || document.activeElement === document.body
    const comes = isReached && comesFrom.current === step
    if (wanted.current) title.current?.focus()
    else if (comes && isLost) title.current?.focus({ preventScroll: true })
    else if (comes) setArrivedIn(step)
    if (!isReached) setArrivedIn(undefined)
    wanted.current = false
    comesFrom.current = isReached ? undefined : step
  }, [step, isReached])
  return {
    title,
    arrived: arrivedIn === step && isReached,
    focusTitle: () => {
      wanted.current = true
    },
  }
}

/** In place of a step's title and text until the map shows its moment, since they would speak of what has not happened yet. */
function WayTitle({ number }: { readonly number: number }) {
  const playing = useRun((run) => run.playing)
  return lessonText(playing ? 'onTheWay' : 'stoppedOnTheWay', { number })
}

function OnTheWay({ step }: { readonly step: LessonStep }) {
  return (
    <>
      <p className={styles.prose}>{step.watch ? <Line inlines={step.watch} /> : lessonText('watch')}</p>
      <p className={styles.note}>{lessonText('textComes')}</p>
      {/* The envelope says at each moment how far it has come. */}
      <div className={styles.soFar}>
        <Prose blocks={step.blocks.filter((block) => block.kind === 'envelope')} />
      </div>
    </>
  )
}

interface WayButtonsProps {
  onSkip(): void
  onPlay(): void
  readonly children: ReactNode
}

function WayButtons({ onSkip, onPlay, children }: WayButtonsProps) {
  const playing = useRun((run) => run.playing)
  return (
    <>
      {children}
      <button key="skip" type="button" className={playing ? 'button' : styles.back} onClick={onSkip}>
        {lessonText('skip')}
      </button>
      {/* The button that goes on stands at the end, where the one that led here stood. */}
      {!playing && (
        <button type="button" className="button" onClick={onPlay}>
          {lessonText('playOn')}
        </button>
      )}
    </>
  )
}

/** While the answer is played, or is still to be seen, it is not what to press first. */
function Continue({ unseen, onPress }: { readonly unseen: boolean; onPress(): void }) {
  const playing = useRun((run) => run.playing)
  if (unseen && playing) return null
  return (
    <button type="button" className={unseen ? styles.without : 'button'} onClick={onPress}>
      {lessonText('continue')}
    </button>
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
  /** The answer to its prediction has been seen. */
  readonly answered: boolean
  onAnswer(answer: string): void
}

function Step({ lesson, step, stage, begins, foot, answered, onAnswer }: StepProps) {
  const { progress, change } = useProgress()
  const mine = lessonProgress(progress, lesson.id)
  const prediction = step.prediction
  return (
    <>
      <MomentNote step={step} stage={stage} />
      <Prose blocks={step.blocks.filter((block) => block.kind !== 'finePrint')} />
      {prediction && (
        <Predict
          key={step.id}
          lesson={lesson}
          prediction={prediction}
          predicted={mine.predictions[step.id]}
          stage={stage}
          from={step.moment === undefined ? undefined : stage.instantOf(step.moment)}
          answered={answered}
          foot={foot}
          onPredict={onAnswer}
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

/** Says that the map shows another moment than the step is about, and leads back. */
function MomentNote({ step, stage }: Pick<StepProps, 'step' | 'stage'>) {
  const instant = step.moment === undefined ? undefined : stage.instantOf(step.moment)
  const isBefore = useRun((run) => instant !== undefined && run.t < instant)
  const isOther = step.moment !== undefined && instant === undefined
  if (!isOther && !isBefore) return null
  return (
    <p className={styles.note}>
      {lessonText(isOther ? 'otherWay' : 'earlier')}{' '}
      <button
        type="button"
        className={styles.textButton}
        onClick={() => (instant === undefined ? stage.beginAgain() : stage.stepTo(instant))}
      >
        {lessonText(isOther ? 'beginAgain' : 'showMoment')}
      </button>
    </p>
  )
}

function LookBack({ quiz, stage }: { readonly quiz: Quiz; readonly stage: Stage }) {
  const { progress, change } = useProgress()
  const timeline = useRun((run) => run.timeline)
  const now = Date.now()
  return quiz.questions
    .filter(isTable)
    .map((question) => (
      <QuizTable
        key={question.id}
        question={question}
        heading="h2"
        given={(item) => (isOpen(progress, item, now) ? undefined : progress.quiz[item])}
        onAnswer={(item, choice) =>
          change((was) => answered(was, { item: item.id, answer: [choice], right: choice === item.key }, Date.now()))
        }
        instantOf={(item) => item.show && instantIn(timeline, item.show.moment, quiz.moments)}
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
