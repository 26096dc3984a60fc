import { Check, Lock, X } from 'lucide-react'
import type { PredictOption } from '../../learning/lesson'
import { lessonText } from '../../messages/lesson'
import { type AnswerProps, toggled } from './answers'
import styles from './lesson.module.css'
import { Line } from './Prose'
import { isShown } from './Verdict'

/** The answers of which one is chosen, or several. Each is explained in its place once the run has answered. */
export function Options({ prediction, question, chosen, sealed, answer, onChoose }: AnswerProps) {
  const { kind, options } = prediction
  const many = kind === 'several'
  const said = many ? (chosen?.split(' ') ?? []) : [chosen]
  const right = many ? (answer?.split(' ') ?? []) : [answer]
  return (
    <div
      data-answers=""
      role={many ? 'group' : kind === 'number' ? undefined : 'radiogroup'}
      aria-labelledby={kind === 'number' ? undefined : question}
      tabIndex={-1}
      className={styles.options}
    >
      {options.map((option) => (
        <Option
          key={option.answer}
          option={option}
          kind={kind}
          name={question}
          checked={said.includes(option.answer)}
          sealed={sealed}
          verdict={
            answer === undefined
              ? undefined
              : right.includes(option.answer)
                ? 'right'
                : said.includes(option.answer)
                  ? 'wrong'
                  : 'other'
          }
          onChoose={() => onChoose(many ? toggled(options, chosen, option.answer) : option.answer)}
        />
      ))}
    </div>
  )
}

interface OptionProps {
  readonly option: PredictOption
  readonly kind: AnswerProps['prediction']['kind']
  readonly name: string
  readonly checked: boolean
  readonly sealed: boolean
  readonly verdict: 'right' | 'wrong' | 'other' | undefined
  onChoose(): void
}

function Option({ option, kind, name, checked, sealed, verdict, onChoose }: OptionProps) {
  const why = (
    <p className={styles.why}>
      <Line inlines={option.why} />
    </p>
  )
  return (
    <div className={styles.option} data-verdict={verdict}>
      <label data-sealed={sealed || undefined}>
        {kind !== 'number' && (
          <input
            type={kind === 'several' ? 'checkbox' : 'radio'}
            name={name}
            checked={checked}
            disabled={sealed && !checked}
            aria-disabled={sealed}
            onChange={() => {
              if (!sealed) onChoose()
            }}
          />
        )}
        <span className={kind === 'several' ? styles.box : styles.circle} aria-hidden="true">
          {(verdict === 'right' || (verdict === undefined && checked && kind === 'several')) && <Check />}
          {verdict === 'wrong' && <X />}
        </span>
        {isShown(kind) && <code>{option.answer}</code>}
        <span>
          <Line inlines={option.label} />
        </span>
        {sealed && checked && verdict === undefined && <Lock className={styles.lock} aria-hidden="true" />}
      </label>
      {(verdict === 'right' || verdict === 'wrong') && why}
      {verdict === 'other' && (
        <details className={styles.whyNot}>
          <summary>{lessonText('whyNot')}</summary>
          {why}
        </details>
      )}
    </div>
  )
}
