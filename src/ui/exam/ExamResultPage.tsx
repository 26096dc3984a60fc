import { Check, X } from 'lucide-react'
import { useState } from 'react'
import { Link } from 'wouter'
import { detoursIn, type ExamResult, repairs } from '../../learning/exam'
import type { ExamRecord } from '../../learning/progress'
import { examText } from '../../messages/exam'
import lesson from '../lesson/lesson.module.css'
import { lessonPanels } from '../lesson/lessonPanels'
import { lessonTitle } from '../lesson/lessons'
import { Line } from '../lesson/Prose'
import { useProgress } from '../lesson/progressStore'
import { Curve } from '../review/Curve'
import { RunProvider, useRun, useRunActions } from '../run/RunContext'
import { timeInWords } from '../run/useMoment'
import { useMedia } from '../shell/useMedia'
import { MAP_SIDE, SideChoice, useSide } from '../stage/sides'
import { useKeptTab } from '../stage/useKeptTab'
import { Workbench } from '../stage/Workbench'
import { ToDesk } from '../tickets/ToDesk'
import { dayOf } from './days'
import { letterOf, takeFocus } from './ExamColumn'
import styles from './exam.module.css'
import { judged, type OpenExam, openWorked, useOpenExam, workOf } from './examRun'

/** The result: points by part, each with its moment; what helps; what was refused; and the ladder of the learner's own run. */
export function ExamResultPage({ record }: { readonly record: ExamRecord }) {
  const own = useOpenExam(record.seed)
  const [way, setWay] = useState<OpenExam>()
  const [turned, turn] = useState(false)
  const shown = way ?? own
  const isOwn = way === undefined
  return (
    <RunProvider key={shown.run.key} run={shown.run} atRest>
      <Result
        shown={shown}
        record={record}
        isOwn={isOwn}
        takesFocus={turned}
        onWay={() => {
          turn(true)
          if (isOwn) void openWorked(record.seed).then(setWay)
          else setWay(undefined)
        }}
      />
    </RunProvider>
  )
}

interface ResultProps {
  readonly shown: OpenExam
  readonly record: ExamRecord
  /** The run on the stage is the learner's, and not the worked one. */
  readonly isOwn: boolean
  /** The way was changed just now: its button keeps the focus. */
  readonly takesFocus: boolean
  onWay(): void
}

function Result(props: ResultProps) {
  const [tab, setTab] = useKeptTab('exam-result', 'lesson')
  // In a narrow window the ladder would stand in the place of the result.
  const wide = useMedia('(min-width: 1200px)')
  const [side, setSide] = useKeptTab('exam-result:side', wide ? 'ladder' : MAP_SIDE)
  return (
    <div className={styles.resultPage}>
      <div className={`page-bar ${styles.bar}`}>
        {/* It gets the focus once an exam is handed in: its result is read with it. */}
        <h1 aria-describedby="exam-points exam-passed">
          {examText('resultTitle', { day: dayOf(props.record.ended?.at ?? props.record.at) })}
        </h1>
        <SideChoice side={side} onSide={setSide} />
      </div>
      <Workbench
        place="exam-result"
        lesson={<ResultColumn {...props} />}
        panels={lessonPanels()}
        side={useSide(side, setSide)}
        onMap={() => setSide(MAP_SIDE)}
        tab={tab}
        onTab={setTab}
      />
    </div>
  )
}

function ResultColumn({ shown, record, isOwn, takesFocus, onWay }: ResultProps) {
  const { exam, world } = shown
  const { progress } = useProgress()
  const timeline = useRun((run) => run.timeline)
  const answers = isOwn ? record.answers : keyOf(shown)
  const result = judged(shown, { answers, left: isOwn ? record.left : [] })
  const points = record.ended?.points ?? result.points
  const need = {
    need: exam.pass.points,
    parts: exam.pass.parts.map((id) => letterOf(exam.parts.findIndex((part) => part.id === id))).join(', '),
  }
  const helps = repairs(exam, endedResult(record, result))
  const isLost = isOwn && points > 0 && result.points === 0
  const detours = isOwn ? detoursIn(workOf(timeline, world)) : []
  return (
    <section className={lesson.lesson} data-lesson-column="" aria-label={examText('title')}>
      <p id="exam-points" className={styles.score}>
        {examText('points', { points })}
      </p>
      <p id="exam-passed" className={lesson.prose}>
        {examText(record.ended?.passed === true ? 'passed' : 'failed', need)}
      </p>
      <h2 className={styles.head}>{examText('byPart')}</h2>
      {isLost && <p className={lesson.note}>{examText('gone')}</p>}
      <ol className={styles.results}>
        {exam.parts.map((part, nth) => (
          <PartRow
            key={part.id}
            part={part}
            letter={letterOf(nth)}
            result={result.parts[nth]}
            ended={isOwn ? record.ended?.parts[part.id] : undefined}
            isLost={isLost}
            isLeft={isOwn && record.left.includes(part.id)}
          />
        ))}
      </ol>
      <p className={styles.acts}>
        <button type="button" className={lesson.textButton} ref={takesFocus ? takeFocus : undefined} onClick={onWay}>
          {examText(isOwn ? 'worked' : 'yours')}
        </button>
        {!isOwn && <span className={lesson.note}>{examText('workedNote')}</span>}
      </p>
      {helps.length > 0 && (
        <>
          <h2 className={styles.head}>{examText('repair')}</h2>
          <p className={lesson.note}>{examText('repairWhy')}</p>
          <ul className={styles.lessons}>
            {helps.map((id) => (
              <li key={id}>
                <Link href={`/learn/${id}`} lang="en">
                  {lessonTitle(id)}
                </Link>
              </li>
            ))}
          </ul>
        </>
      )}
      <p className={lesson.note}>
        <ToDesk from="result" />
      </p>
      {isOwn && !isLost && <Detours detours={detours} />}
      <div className={styles.curve}>
        <Curve progress={progress} />
      </div>
      <div className={lesson.move}>
        <Link className={lesson.back} href="/learn">
          {examText('toCourse')}
        </Link>
        <Link className="button" href="/learn/exam">
          {examText('retake')}
        </Link>
      </div>
    </section>
  )
}

/** The answers that are right, for the worked way. */
const keyOf = ({ exam }: OpenExam): Readonly<Record<string, string>> =>
  Object.fromEntries(
    exam.parts.flatMap(({ goals }) => goals.flatMap(({ id, answer }) => (answer === undefined ? [] : [[id, answer]]))),
  )

/** As it was handed in, whatever was done to the run since. */
const endedResult = ({ ended }: ExamRecord, now: ExamResult): ExamResult =>
  ended
    ? {
        points: ended.points,
        passed: ended.passed,
        parts: Object.entries(ended.parts).map(([id, { points, of }]) => ({ id, points, of, goals: [] })),
      }
    : now

interface PartRowProps {
  readonly part: OpenExam['exam']['parts'][number]
  readonly letter: string
  readonly result: ExamResult['parts'][number] | undefined
  readonly ended: { readonly points: number; readonly of: number } | undefined
  readonly isLeft: boolean
  /** Its run is not in this browser, so no goal has a moment. */
  readonly isLost: boolean
}

function PartRow({ part, letter, result, ended, isLeft, isLost }: PartRowProps) {
  const actions = useRunActions()
  return (
    <li>
      <p className={styles.resultHead}>
        <span className={styles.letter} aria-hidden="true">
          {letter}
        </span>
        <strong lang="en">{part.title}</strong>
        <span className={styles.points}>
          {examText('partOf', { points: ended?.points ?? result?.points ?? 0, of: ended?.of ?? result?.of ?? 0 })}
        </span>
      </p>
      {isLeft && <p className={lesson.note}>{examText('leftWas')}</p>}
      <ul className={styles.goals}>
        {(isLost ? [] : part.goals).map((goal) => {
          const judgedGoal = result?.goals.find(({ id }) => id === goal.id)
          const reached = judgedGoal?.reached === true
          const { at } = judgedGoal ?? {}
          return (
            <li key={goal.id} data-reached={reached || undefined}>
              <span aria-hidden="true">{reached ? <Check /> : <X />}</span>
              <span>
                <Line inlines={goal.text} />
                {!reached && <span className="unseen"> {examText('goalMissed')}</span>}
              </span>
              {at !== undefined && (
                <button type="button" className={lesson.textButton} onClick={() => actions.seek(at, true)}>
                  {examText('goalMoment')} <time>{timeInWords(at)}</time>
                </button>
              )}
            </li>
          )
        })}
      </ul>
      <details className={styles.how}>
        <summary>{examText('how')}</summary>
        <p>
          <Line inlines={part.how} />
        </p>
      </details>
    </li>
  )
}

/** So many are listed. */
const MOST_DETOURS = 12

function Detours({ detours }: { readonly detours: ReturnType<typeof detoursIn> }) {
  const actions = useRunActions()
  return (
    <>
      <h2 className={styles.head}>{examText('detours')}</h2>
      <p className={lesson.note}>
        {detours.length === 0 ? examText('noDetours') : examText('detoursWhy', { count: detours.length })}
      </p>
      <ul className={styles.detours}>
        {detours.slice(0, MOST_DETOURS).map(({ order, at, said }) => (
          <li key={order}>
            <code translate="no">{said}</code>
            <button type="button" className={lesson.textButton} onClick={() => actions.seek(at, true)}>
              <time>{timeInWords(at)}</time>
            </button>
          </li>
        ))}
      </ul>
      {detours.length > MOST_DETOURS && (
        <p className={lesson.note}>{examText('more', { count: detours.length - MOST_DETOURS })}</p>
      )}
    </>
  )
}
