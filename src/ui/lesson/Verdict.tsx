import { Check, X } from 'lucide-react'
import type { ReactNode } from 'react'
import { isAsPredicted } from '../../learning/grade'
import type { Prediction, PredictionKind } from '../../learning/lesson'
import type { Sure } from '../../learning/progress'
import { lessonText } from '../../messages/lesson'
import { joined } from '../shell/rich'
import styles from './lesson.module.css'
import { plainText } from './Prose'

interface VerdictProps {
  readonly prediction: Prediction
  readonly said: string
  readonly sure: Sure | undefined
  readonly answer: string
}

/** A prediction beside its answer: “You said 250, fairly sure. It was 550.” */
export function Verdict({ prediction, said, sure, answer }: VerdictProps) {
  const isRight = isAsPredicted(prediction, said, answer)
  const Words = isShown(prediction.kind) ? Wire : Quoted
  const words = {
    said: spokenAnswer(prediction, said),
    answer: spokenAnswer(prediction, answer),
    sure: sure ?? 'none',
    words: (inside: readonly ReactNode[]) => <Words>{joined(inside)}</Words>,
  }
  return (
    <p className={styles.verdict} tabIndex={-1} data-verdict={isRight ? 'right' : 'wrong'}>
      {isRight ? <Check aria-hidden="true" /> : <X aria-hidden="true" />}
      <span>
        {joined(
          isRight
            ? lessonText.parts('saidRight', { ...words, exact: said === answer ? 'yes' : 'no' })
            : lessonText.parts('saidWrong', words),
        )}
      </span>
    </p>
  )
}

const Wire = ({ children }: { readonly children: ReactNode }) => <code translate="no">{children}</code>
const Quoted = ({ children }: { readonly children: ReactNode }) => <strong lang="en">{children}</strong>

/** True if the answers are words of the run itself, such as codes; else they are names of the author's, which no learner knows. */
export const isShown = (kind: PredictionKind): boolean => kind === 'reply' || kind === 'number'

/** An answer as it is said to the learner. */
export function spokenAnswer({ kind, options }: Prediction, answer: string): string {
  // A name's final dot would stand before that of the sentence.
  if (isShown(kind)) return answer.replace(/\.$/, '')
  const labels = answer.split(' ').map((id) => plainText(options.find((option) => option.answer === id)?.label ?? []))
  return labels.join(kind === 'order' ? ' → ' : '; ')
}
