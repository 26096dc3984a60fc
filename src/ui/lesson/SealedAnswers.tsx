import { Check, Lock, X } from 'lucide-react'
import { useState } from 'react'
import { answerOf, isAsPredicted } from '../../learning/grade'
import type { LessonStep, Prediction } from '../../learning/lesson'
import { lessonText } from '../../messages/lesson'
import { timeInWords } from '../run/useMoment'
import { joined } from '../shell/rich'
import { useMedia } from '../shell/useMedia'
import type { WorkbenchPanel } from '../stage/Workbench'
import styles from './sealed.module.css'
import { workIn } from './useLessonRun'
import type { LessonState } from './useLessonStep'
import { isShown, spokenAnswer } from './Verdict'

interface Tab {
  readonly tab: string
  onTab(id: string): void
  /** The panel itself, as soon as something is sealed. */
  readonly panels: readonly WorkbenchPanel[]
}

/** While the answer to a prediction is under way, a wide window shows what is sealed, unless the learner turns to another panel. */
export function useSealedTab(state: LessonState, tab: string, onTab: (id: string) => void): Tab {
  const wide = useMedia('(min-width: 1200px)')
  const { id, isAnswered, answersAt } = state
  const [turnedAt, turn] = useState<string>()
  const any = sealedIn(state).length > 0
  const isUnderWay = state.mine.predictions[id] !== undefined && answersAt !== undefined && !isAnswered
  return {
    tab: wide && isUnderWay && turnedAt !== id ? SEALED : tab,
    onTab: (to) => {
      turn(id)
      onTab(to)
    },
    panels: any ? [{ id: SEALED, title: lessonText('sealedAnswers'), element: <SealedAnswers state={state} /> }] : [],
  }
}

const SEALED = 'sealed'

interface Sealed {
  readonly step: LessonStep
  readonly prediction: Prediction
  readonly said: string
}

const sealedIn = ({ lesson, mine }: LessonState): readonly Sealed[] =>
  lesson.steps.flatMap((step) => {
    const said = mine.predictions[step.id]
    return step.prediction && said !== undefined ? [{ step, prediction: step.prediction, said }] : []
  })

/** The learner's predictions in this lesson. That of an answer still under way has a lock in place of its outcome. */
function SealedAnswers({ state }: { readonly state: LessonState }) {
  const sealed = sealedIn(state)
  const { isAnswered, answersAt, id } = state
  const now = sealed.find(({ step }) => step.id === id)
  return (
    <section className={styles.sealed} aria-labelledby="sealed-answers">
      <div className={styles.head}>
        <h2 id="sealed-answers">{lessonText('sealedHere')}</h2>
        <span>{lessonText('sealedCount', { count: sealed.length })}</span>
      </div>
      <ol>
        {sealed.map((each, at) => (
          <Row key={each.step.id} {...each} state={state} number={at + 1} open={each === now && !isAnswered} />
        ))}
      </ol>
      {now && !isAnswered && answersAt !== undefined && (
        <p className={styles.comes}>
          {joined(
            lessonText.parts('answerComes', {
              at: timeInWords(answersAt),
              time: (inside) => <code>{joined(inside)}</code>,
            }),
          )}
        </p>
      )}
      <p className={styles.why}>{lessonText('sealedWhy')}</p>
    </section>
  )
}

interface RowProps extends Sealed {
  readonly state: LessonState
  readonly number: number
  /** Its answer is still under way. */
  readonly open: boolean
}

function Row({ state: { lesson, runs, mine }, step, prediction, said, number, open }: RowProps) {
  const sure = mine.bets?.[step.id]?.sure
  const answer = open ? undefined : answerOf(prediction, lesson, workIn(runs.of(step.run).run.get().timeline))
  // As it came; a run that is not open, or was changed since, tells nothing.
  const came = mine.bets?.[step.id]?.right
  const isRight = came ?? (answer === undefined ? undefined : isAsPredicted(prediction, said, answer))
  const words = spokenAnswer(prediction, said)
  return (
    <li>
      <span className={styles.number}>{number}</span>
      <span lang="en">{step.title}</span>
      {isShown(prediction.kind) ? <code translate="no">{words}</code> : <span lang="en">{words}</span>}
      <span className={styles.sure}>{sure && lessonText('sure', { sure })}</span>
      {open ? (
        <Lock role="img" aria-label={lessonText('sealed')} />
      ) : (
        isRight !== undefined && <Outcome right={isRight} />
      )}
    </li>
  )
}

function Outcome({ right }: { readonly right: boolean }) {
  return right ? (
    <Check role="img" aria-label={lessonText('wasRight')} />
  ) : (
    <X role="img" className={styles.wrong} aria-label={lessonText('wasWrong')} />
  )
}
