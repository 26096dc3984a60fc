import { Check } from 'lucide-react'
import { type ReactNode, use, useEffect, useRef } from 'react'
import { createPortal } from 'react-dom'
import type { Instant } from '../../base/time'
import type { Deed } from '../../learning/deed'
import { gradeTask, type TaskState, workBegins } from '../../learning/grade'
import type { Care, HintGrade, Lesson, Opens, Task } from '../../learning/lesson'
import { ticketBegins } from '../../learning/ticket'
import { lessonText } from '../../messages/lesson'
import { connectionIn } from '../../view/run/connections'
import type { Intervention } from '../../world/intervention'
import type { ConnectionId } from '../../world/world'
import { scrollIntoSight } from '../dom/scroll'
import { useFactCount, useRun } from '../run/RunContext'
import { useMoment } from '../run/useMoment'
import { joined } from '../shell/rich'
import { BegunContext, useBeginAnew } from './beginAnew'
import { CallOver } from './CallOver'
import { useTakenChair } from './chairSide'
import { NearDialogueContext, useDesk } from './desk'
import { Goals } from './Goals'
import { Hints } from './Hints'
import styles from './lesson.module.css'
import { Line, Prose } from './Prose'
import { Refusal } from './Refusal'
import { UnderWay } from './UnderWay'
import { workIn } from './useLessonRun'
import { useOpener } from './useOpener'
import { useWorked } from './useWorked'

interface TaskProps {
  /** The checks that judge its goals. */
  readonly lesson: Pick<Lesson, 'checks' | 'measures'>
  /** Loads the deeds of an example. */
  worked(): Promise<readonly Deed[]>
  readonly task: Task
  /** The interventions of the lesson's own run. */
  readonly begins: readonly Intervention[]
  /** Of a ticket: whatever comes after this instant counts, even if only time has passed. */
  readonly cameIn?: Instant
  /** Words about a hint that is still closed; by default those of a lesson. */
  hintAbout?(grade: HintGrade): string
  /** Shown when the goals are reached, if the task has no praise of its own. */
  readonly praise?: string
  /** Stands below that. */
  readonly closing?: ReactNode
  readonly solved: boolean
  readonly hints: readonly HintGrade[]
  /** The place of the button: at the foot of the panel, always in sight. */
  readonly foot: Element | null
  onSolved(): void
  onHint(grade: HintGrade): void
}

/** Tasks that open something else, and may want a letter too. */
const WRITES: readonly Opens[] = ['terminal', 'settings', 'machine', 'zone']

/** A task that the engine judges by the events in the world up to now. */
export function TaskView(props: TaskProps) {
  const { lesson, task, begins, cameIn, praise, solved, hints, foot, onSolved, onHint } = props
  const timeline = useRun((run) => run.timeline)
  const { trace } = timeline
  const count = useFactCount()
  const { connections } = useMoment().seen
  const from = cameIn === undefined ? workBegins(trace, begins, count) : ticketBegins(trace, begins, cameIn, count)
  const portOf = (id: ConnectionId): number | undefined => connectionIn(connections, id)?.port
  const work = { ...workIn(timeline), from, count, portOf }
  const state = gradeTask(task, lesson, work)
  const begun = use(BegunContext)
  // In this step, not in one before it.
  const since = begun ? workBegins(trace, begun, count) : from
  const acted = since < Number.POSITIVE_INFINITY
  const worked = useWorked(props.worked, begins)
  // An example that was watched is no work of the learner.
  const isOwn = state.solved && !worked.isShown
  useEffect(() => {
    if (isOwn && !solved) onSolved()
  }, [isOwn, solved, onSolved])
  const done = solved || state.solved
  const { goals } = task
  const reached = state.reached.filter(Boolean).length
  const opener = useOpener(task)
  const head = useRef<HTMLParagraphElement>(null)
  const desk = useDesk()
  const chair = useTakenChair()
  const watched = state.solved && worked.isShown
  // A word that has just come is scrolled into sight: the column may be long. In a narrow window it also stands beside the dialogue.
  const said = isOwn ? task.praise : state.mistakes[0]?.inlines
  const word = useRef<HTMLDivElement>(null)
  const saidBefore = useRef(said)
  useEffect(() => {
    if (said === saidBefore.current) return
    saidBefore.current = said
    if (said !== undefined && word.current?.checkVisibility()) scrollIntoSight(word.current, 'nearest')
  }, [said])
  const feedback = <Feedback task={task} state={state} done={done} from={since} watched={watched} praise={praise} />

  return (
    <section className={styles.turn} aria-label={lessonText('yourTurn')}>
      <hr className="airmail" />
      <p ref={head} tabIndex={-1} className={styles.turnHead}>
        <strong>{lessonText('yourTurn')}</strong> <span>{lessonText(done ? 'solved' : 'doIt')}</span>
      </p>
      <Prose blocks={task.blocks} />
      {chair.shown && <div ref={chair.setColumn} className={styles.chair} />}
      <Goals task={task} lesson={lesson} work={work} reached={state.reached} harm={state.harm} solved={solved} />
      {task.score && (
        <p className={styles.score}>
          {joined(
            lessonText.parts('score', {
              score: state.score ?? 0,
              best: task.score.best,
              known: state.score === undefined ? 'no' : 'yes',
              strong: (inside) => <strong>{joined(inside)}</strong>,
            }),
          )}
        </p>
      )}
      <div ref={word} className={styles.word} aria-live="polite">
        {feedback}
      </div>
      {props.closing}
      <NearDialogue done={done}>
        {feedback}
        {/* The list of goals is covered there, and a refusal may be what one of them wants. Other words say it themselves. */}
        {!done && reached > 0 && goals.length > 1 && acted && (state.mistakes.length > 0 || state.refusal) && (
          <p className={styles.note}>{lessonText('partly', { reached, all: goals.length })}</p>
        )}
      </NearDialogue>
      {!state.solved && <CallOver />}
      <Hints task={task} taken={hints} about={props.hintAbout} onHint={onHint} />
      <p className={styles.ways}>
        <button type="button" className={styles.textButton} onClick={worked.show}>
          {lessonText('showWorked')}
        </button>
        {desk.write && WRITES.includes(task.opens) && (
          <button type="button" className={styles.textButton} onClick={() => desk.write?.()}>
            {lessonText('write')}
          </button>
        )}
        {acted && <BeginAnew onBegun={() => head.current?.focus()} />}
        {chair.shown && (
          <button type="button" className={styles.textButton} onClick={chair.leave}>
            {lessonText('leaveChair')}
          </button>
        )}
      </p>
      {opener &&
        foot &&
        createPortal(
          <button
            type="button"
            className={done ? `button quiet ${styles.act}` : `button ${styles.act}`}
            onClick={opener.open}
          >
            {opener.label}
          </button>,
          foot,
        )}
      {opener?.element}
    </section>
  )
}

/** The same word beside the dialogue, and the way back from there. */
function NearDialogue({ done, children }: { readonly done: boolean; readonly children: ReactNode }) {
  const near = use(NearDialogueContext)
  const desk = useDesk()
  if (!near) return null
  return createPortal(
    <div className={styles.near} aria-live="polite">
      {children}
      {done && (
        <button type="button" className="button" onClick={() => desk.show('lesson')}>
          {desk.back ?? lessonText('toLesson')}
        </button>
      )}
    </div>,
    near,
  )
}

interface FeedbackProps {
  readonly task: Task
  readonly state: TaskState
  readonly done: boolean
  /** The order of the first fact that the learner caused; infinity before it. */
  readonly from: number
  readonly watched: boolean
  readonly praise: string | undefined
}

/** One word about what was done: praise, the repair of the first mistake, the cause of a refusal, or that it is under way. */
function Feedback({ task, state, done, from, watched, praise }: FeedbackProps) {
  const [mistake] = state.mistakes
  if (watched) return <p className={styles.note}>{lessonText('watched')}</p>
  if (done) {
    return (
      <p className={styles.praise}>
        <Check aria-hidden="true" />
        <span>{task.praise.length > 0 ? <Line inlines={task.praise} /> : praise}</span>
      </p>
    )
  }
  // The task does not judge the work of the step before: it says nothing until something is done here.
  if (!Number.isFinite(from)) return null
  const harmed = state.harm.filter((each) => each.harmed.length > 0)
  if (harmed.length > 0) return <Harm harmed={harmed} works={state.reached.every(Boolean)} />
  if (mistake) {
    return (
      <p className={styles.repair}>
        <Line inlines={mistake.inlines} />
      </p>
    )
  }
  if (state.harm.length > 0) return <p className={styles.repair}>{lessonText('harm')}</p>
  if (state.refusal) return <Refusal reply={state.refusal} />
  return <UnderWay from={from} reached={state.reached} />
}

/** It may work, but something was harmed on the way, and what that was. */
function Harm({ harmed, works }: { readonly harmed: readonly Care[]; readonly works: boolean }) {
  return (
    <div className={styles.repair}>
      <p>
        <strong>{lessonText(works ? 'worksBut' : 'harmedFirst')}</strong>
      </p>
      {harmed.map(({ check, harmed: words }) => (
        <p key={check}>
          <Line inlines={words} />
        </p>
      ))}
    </div>
  )
}

/** The task from its beginning, once something was done. */
function BeginAnew({ onBegun }: { onBegun(): void }) {
  const begin = useBeginAnew()
  return (
    <button
      type="button"
      className={styles.textButton}
      onClick={() => {
        begin()
        onBegun()
      }}
    >
      {lessonText('beginTask')}
    </button>
  )
}
