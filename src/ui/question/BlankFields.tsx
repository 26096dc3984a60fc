import { Check, X } from 'lucide-react'
import { gradeBlanks } from '../../learning/gradeText'
import type { Inline } from '../../learning/lesson'
import type { FillQuestion } from '../../learning/question'
import { questionText } from '../../messages/question'
import { Line } from '../lesson/Prose'
import type { FieldsProps } from './fields'
import styles from './question.module.css'

const HOLE = '____'

/** A sentence with a field for each blank. */
export function BlankFields({ question, answer, graded, onChange }: FieldsProps<FillQuestion>) {
  const right = graded && gradeBlanks(question, answer)
  const field = (at: number) => (
    <span key={`hole ${at}`} className={styles.blank} data-outcome={right && (right[at] ? 'right' : 'wrong')}>
      <input
        type="text"
        autoComplete="off"
        autoCapitalize="off"
        spellCheck={false}
        maxLength={200}
        size={8}
        value={answer[at] ?? ''}
        readOnly={graded !== undefined}
        aria-label={questionText('blank', { nth: at + 1, count: question.blanks.length })}
        onChange={(event) => onChange(answer.with(at, event.target.value))}
      />
      {right?.[at] === true && (
        <>
          <Check aria-hidden="true" /> <span className="unseen">{questionText('blank.right')}</span>
        </>
      )}
      {right?.[at] === false && (
        <>
          <X aria-hidden="true" /> <span className="unseen">{questionText('blank.wrong')}</span>{' '}
          <span className={styles.key}>{question.blanks[at]?.accept[0]}</span>
        </>
      )}
    </span>
  )
  return (
    <p className={styles.sentence} lang="en">
      {partsOf(question.text).map((part, at) =>
        typeof part === 'number' ? field(part) : <Line key={`text ${at}`} inlines={[part]} />,
      )}
    </p>
  )
}

/** The text in parts: a number is the place of a blank. */
function partsOf(text: readonly Inline[]): readonly (Inline | number)[] {
  const parts: (Inline | number)[] = []
  let nth = 0
  for (const inline of text) {
    if (typeof inline !== 'string') {
      parts.push(inline)
      continue
    }
    const [first = '', ...rest] = inline.split(HOLE)
    parts.push(first)
    for (const each of rest) parts.push(nth++, each)
  }
  return parts
}
