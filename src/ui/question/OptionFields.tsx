import { Check, X } from 'lucide-react'
import type { ChoiceQuestion, PredictQuestion, QuestionOption } from '../../learning/question'
import { questionText } from '../../messages/question'
import { Line } from '../lesson/Prose'
import type { FieldsProps } from './fields'
import styles from './question.module.css'

/** One of several, or each for itself. The cause stands beneath its option. */
export function OptionFields(props: FieldsProps<ChoiceQuestion | PredictQuestion>) {
  const { question, options, answer, graded, name, onChange } = props
  const many = question.kind === 'multiple'
  return (
    <div role={many ? 'group' : 'radiogroup'} aria-labelledby={`${name}-text`} className={styles.options}>
      {many && <p className={styles.note}>{questionText('several')}</p>}
      {options.map((id, at) => {
        const option = question.options.find((each) => each.id === id) as QuestionOption
        const chosen = answer.includes(id)
        const outcome = graded && (option.right ? 'right' : chosen ? 'wrong' : 'other')
        return (
          <div key={id} className={styles.option} data-outcome={outcome}>
            <label>
              <input
                type={many ? 'checkbox' : 'radio'}
                name={name}
                checked={chosen}
                disabled={graded !== undefined && !chosen}
                aria-disabled={graded !== undefined}
                aria-describedby={outcome === 'right' || outcome === 'wrong' ? `${name}-${id}` : undefined}
                onChange={() => {
                  if (graded) return
                  if (!many) onChange([id])
                  else onChange(chosen ? answer.filter((each) => each !== id) : [...answer, id])
                }}
              />
              <span className={many ? styles.box : styles.circle} aria-hidden="true">
                {outcome === 'right' && <Check />}
                {outcome === 'wrong' && <X />}
                {!graded && many && chosen && <Check />}
              </span>
              <span lang="en">
                <Line inlines={option.text} />
              </span>
              {(outcome === 'right' || outcome === 'wrong') && (
                <span className="unseen">{questionText(`mark.${outcome}`)}</span>
              )}
              {!graded && (
                <kbd aria-hidden="true" className={styles.digit}>
                  {at + 1}
                </kbd>
              )}
            </label>
            {outcome === 'other' ? (
              <details className={styles.whyNot}>
                <summary>{questionText('whyNot')}</summary>
                <Because id={`${name}-${id}`} option={option} />
              </details>
            ) : (
              graded && <Because id={`${name}-${id}`} option={option} />
            )}
          </div>
        )
      })}
    </div>
  )
}

const Because = ({ id, option }: { readonly id: string; readonly option: QuestionOption }) => (
  <p id={id} className={styles.because} lang="en">
    <Line inlines={option.because} />
  </p>
)
