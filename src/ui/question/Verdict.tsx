import { Check, X } from 'lucide-react'
import type { Instant } from '../../base/time'
import type { Answer, Graded } from '../../learning/gradeQuestion'
import { type Lab, linesShown } from '../../learning/inWorld'
import type { Inline } from '../../learning/lesson'
import type { Sure } from '../../learning/progress'
import type { ChoiceQuestion, PredictQuestion, WholeQuestion } from '../../learning/question'
import { questionText } from '../../messages/question'
import { Line } from '../lesson/Prose'
import { clockTime } from '../lesson/useLessonRun'
import { useComeBack } from '../quiz/comeBack'
import { joined } from '../shell/rich'
import styles from './question.module.css'
import { SpokenLines } from './Spoken'

interface VerdictProps {
  readonly question: WholeQuestion
  readonly answer: Answer
  readonly graded: Graded
  readonly lab: Lab
  readonly sure: Sure | undefined
  readonly days: number | undefined
  readonly instant: Instant | undefined
  /** The options are folded away, so the causes that matter are said here. */
  readonly light?: boolean | undefined
  onShow(): void
}

/** Right or not, why, the moment that shows it, and when it comes back. */
export function Verdict({ question, answer, graded, lab, sure, days, instant, light, onShow }: VerdictProps) {
  const shower = useComeBack(question.id)
  const causes = 'options' in question ? (light ? causesOf(question, answer, graded) : []) : graded.causes
  const words = light && !graded.right ? rightWords(question) : undefined
  const lines = question.kind === 'predict' ? linesShown(lab, question) : []
  return (
    <>
      <p className={styles.outcome} data-outcome={graded.right ? 'right' : 'wrong'}>
        {graded.right ? <Check aria-hidden="true" /> : <X aria-hidden="true" />}
        <strong>{headOf(question, answer, graded)}</strong>
      </p>
      {words && (
        <p className={styles.cause}>
          {joined(
            questionText.parts('rightIs', {
              words: () => (
                <strong lang="en">
                  <Line inlines={words} />
                </strong>
              ),
            }),
          )}
        </p>
      )}
      {lines.length > 0 && <SpokenLines lines={lines} short={(host) => host} />}
      {/* Beneath its option a cause is said once. */}
      {causes.map(({ about, because }, at) => (
        <p key={`${about ?? ''}-${at}`} className={styles.cause} lang="en">
          <Line inlines={because} />
        </p>
      ))}
      <div className={styles.foot}>
        <p className={styles.note}>
          {sure && questionText(`was.${sure}`)} {days !== undefined && questionText('comesBack', { days })}
        </p>
        {instant !== undefined && (
          <button ref={shower} type="button" className={styles.show} onClick={onShow}>
            {joined(
              questionText.parts('showMe', {
                time: clockTime(instant),
                code: (inside) => <span className="wire">{joined(inside)}</span>,
              }),
            )}
          </button>
        )}
      </div>
    </>
  )
}

/** The right answer, if a few words say it. */
export function rightWords(question: WholeQuestion): readonly Inline[] | undefined {
  if (question.kind === 'single' || question.kind === 'predict')
    return question.options.find(({ right }) => right)?.text
  if (question.kind === 'fill' && question.blanks.length === 1)
    return [{ kind: 'wire', text: question.blanks[0]?.accept[0] ?? '' }]
  return undefined
}

/** The causes of the options that were chosen, or are right. */
const causesOf = (
  { options }: ChoiceQuestion | PredictQuestion,
  answer: Answer,
  { causes }: Graded,
): Graded['causes'] =>
  causes.filter(
    ({ about = '' }) => answer.includes(about) || options.some(({ id, right }) => id === about && right === true),
  )

function headOf(question: WholeQuestion, answer: Answer, graded: Graded): string {
  if (question.kind === 'recall') {
    const count = question.keys.length
    return questionText(graded.right ? 'recalledAll' : 'recalled', {
      found: count - (graded.missing?.length ?? 0),
      count,
    })
  }
  if (question.kind === 'short') return questionText('ticked', { ticked: answer.length, count: question.parts.length })
  return questionText(graded.right ? 'right' : 'wrong')
}
