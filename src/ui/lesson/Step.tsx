import { type ComponentType, type LazyExoticComponent, lazy, Suspense } from 'react'
import type { Block, LessonStep } from '../../learning/lesson'
import { predicted, predictionCame, solvedTask, tookHint } from '../../learning/progress'
import { lessonText } from '../../messages/lesson'
import { withTexts } from '../../messages/topic'
import { useRun } from '../run/RunContext'
import styles from './lesson.module.css'
import { workedIn } from './lessons'
import { Predict } from './Predict'
import { Line, Prose } from './Prose'
import { Recall } from './Recall'
import { TaskView } from './TaskView'
import type { LessonState } from './useLessonStep'

interface StepProps {
  readonly state: LessonState
  readonly step: LessonStep
  /** The way to the moment was not played, so what it shows is said here. */
  readonly unwatched: boolean
  /** The place of the main button: at the foot of the panel, always in sight. */
  readonly foot: Element | null
}

/** A step whose moment has been shown: first a recall, and then the rest. */
export function Step(props: StepProps) {
  const { state, step } = props
  return (
    <>
      {step.blocks.map((block) =>
        block.kind === 'recall' ? <Recall key={block.item} state={state} question={block.item} /> : null,
      )}
      {!state.asksFirst && <Rest {...props} />}
    </>
  )
}

/** The prose of a step, what is to be predicted or done, and the fine print. */
function Rest({ state, step, unwatched, foot }: StepProps) {
  const { lesson, stage, mine, change, isAnswered, shown } = state
  const { prediction } = step
  const isLate = ({ kind }: Block): boolean =>
    LATE.includes(kind) || (prediction !== undefined && BESIDE.includes(kind))
  return (
    <>
      <MomentNote state={state} step={step} />
      {unwatched && step.watch && (
        <p className={styles.note}>
          <Line inlines={step.watch} />
        </p>
      )}
      <Prose blocks={step.blocks.filter((block) => !isLate(block))} />
      {prediction && (
        <Predict
          lesson={lesson}
          prediction={prediction}
          predicted={mine.predictions[step.id]}
          stage={stage}
          from={step.moment === undefined ? undefined : stage.instantOf(step.moment)}
          answered={isAnswered}
          foot={foot}
          sure={mine.bets?.[step.id]?.sure}
          onPredict={(answer, sure) => change((was) => predicted(was, lesson.id, step.id, answer, sure))}
          onCame={(right) => change((was) => predictionCame(was, lesson.id, step.id, right))}
        />
      )}
      {prediction && <Prose blocks={step.blocks.filter(({ kind }) => BESIDE.includes(kind))} />}
      {step.task && (
        <TaskView
          lesson={lesson}
          worked={async () => (await workedIn(lesson.id))[step.id] ?? []}
          task={step.task}
          begins={shown.begins}
          solved={mine.solved.includes(step.id)}
          hints={mine.hints[step.id] ?? []}
          foot={foot}
          onSolved={() => change((was) => solvedTask(was, lesson.id, step.id))}
          onHint={(grade) => change((was) => tookHint(was, lesson.id, step.id, grade))}
        />
      )}
      <Prose blocks={step.blocks.filter(({ kind }) => kind === 'try' || kind === 'finePrint')} />
      {step.blocks.map(({ kind }) => {
        const Part = PARTS[kind]
        return Part ? (
          <Suspense key={kind} fallback={null}>
            <Part />
          </Suspense>
        ) : null
      })}
    </>
  )
}

/** Blocks that do not stand among the prose: a recall comes before it, the others at the end. */
const LATE: readonly Block['kind'][] = ['try', 'finePrint', 'recall', 'exam', 'curve']

/** Terms and pictures stand below a prediction, so that its answers are in sight. */
const BESIDE: readonly Block['kind'][] = ['term', 'envelope']

/** Parts of other pages, which load where a step has them. */
const PARTS: Partial<Readonly<Record<Block['kind'], LazyExoticComponent<ComponentType>>>> = {
  exam: lazy(async () => ({ default: (await withTexts(import('../exam/ExamCard'))).ExamCard })),
  curve: lazy(async () => ({ default: (await withTexts(import('../review/OwnCurve'))).OwnCurve })),
}

/** Says that the map shows another moment than the step is about, and leads back. */
function MomentNote({ state: { lesson, stage, shown }, step }: Pick<StepProps, 'state' | 'step'>) {
  const instant = step.moment === undefined ? undefined : stage.instantOf(step.moment)
  const moment = lesson.moments[step.moment ?? '']
  // An instant after a while lies at the end of a shorter run, so each deed of the learner moves it on.
  const moves = moment !== undefined && 'later' in moment
  const isBefore = useRun(
    ({ t, timeline }) =>
      instant !== undefined && t < instant && !(moves && timeline.interventions.length > shown.begins.length),
  )
  const isOther = step.moment !== undefined && instant === undefined
  if (!isOther && !isBefore) return null
  return (
    <p className={styles.note}>
      {lessonText(isOther ? 'otherWay' : 'earlier')}{' '}
      <button
        type="button"
        className={styles.textButton}
        onClick={() => (instant === undefined ? stage.beginAgain(step.moment) : stage.stepTo(instant))}
      >
        {lessonText(isOther ? 'beginAgain' : 'showMoment')}
      </button>
    </p>
  )
}
