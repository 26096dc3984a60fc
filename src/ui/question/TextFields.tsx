import { Check, X } from 'lucide-react'
import { useState } from 'react'
import { recognize } from '../../learning/gradeText'
import type { NumberQuestion, RecallQuestion, ShortQuestion } from '../../learning/question'
import { questionText } from '../../messages/question'
import { Line } from '../lesson/Prose'
import type { FieldsProps } from './fields'
import styles from './question.module.css'

/** A number, with its unit. */
export function NumberField({ question, answer, graded, name, onChange }: FieldsProps<NumberQuestion>) {
  return (
    <p className={styles.number} data-outcome={graded && (graded.right ? 'right' : 'wrong')}>
      <input
        type="text"
        inputMode="numeric"
        autoComplete="off"
        maxLength={200}
        size={8}
        value={answer[0] ?? ''}
        readOnly={graded !== undefined}
        aria-labelledby={`${name}-text`}
        onChange={(event) => onChange([event.target.value])}
      />{' '}
      {question.unit !== undefined && <span lang="en">{question.unit}</span>}
      {graded?.right === true && <Check aria-hidden="true" />}
      {graded?.right === false && (
        <>
          <X aria-hidden="true" /> <span className={styles.key}>{question.key}</span>
        </>
      )}
    </p>
  )
}

/** A list from memory. Each item gets its tick as soon as it is recognized. */
export function ListField({ question, answer, graded, name, onChange }: FieldsProps<RecallQuestion>) {
  const [isHinted, hint] = useState(false)
  const text = answer[0] ?? ''
  const found = recognize(question, text)
  const count = found.keys.filter(Boolean).length
  const bonus = question.bonus.filter((_, at) => found.bonus[at])
  return (
    <div className={styles.list}>
      <textarea
        rows={4}
        maxLength={20_000}
        value={text}
        readOnly={graded !== undefined}
        aria-labelledby={`${name}-text`}
        onChange={(event) => onChange([event.target.value])}
      />
      <ul className={styles.ticks} aria-label={questionText('found')}>
        {question.keys.map(({ label }, at) => {
          const has = found.keys[at] === true
          return (
            <li key={label} data-found={has || undefined} lang={has || graded ? 'en' : undefined}>
              {has && <Check aria-hidden="true" />}
              {graded && !has && <X aria-hidden="true" />}
              {has || graded ? label : questionText('missing', { letter: isHinted ? label.slice(0, 1) : '' })}
            </li>
          )
        })}
        {bonus.map(({ label }) => (
          <li key={label} data-found lang="en">
            <Check aria-hidden="true" /> {label}
          </li>
        ))}
      </ul>
      <p className="unseen" aria-live="polite">
        {questionText('foundOf', { found: count, count: question.keys.length })}
      </p>
      {!graded && !isHinted && count < question.keys.length && (
        <button type="button" className={styles.asText} onClick={() => hint(true)}>
          {questionText('firstLetters')}
        </button>
      )}
    </div>
  )
}

/** The own words, and then a model answer with its parts to tick. */
export function ShortField({ question, answer, graded, isCompared, name, onChange }: FieldsProps<ShortQuestion>) {
  const [own, write] = useState('')
  return (
    <div className={styles.list}>
      {(!isCompared || own !== '') && (
        <textarea
          rows={4}
          maxLength={20_000}
          value={own}
          readOnly={isCompared}
          aria-labelledby={`${name}-text`}
          onChange={(event) => {
            write(event.target.value)
            onChange([event.target.value.trim() === '' ? '' : 'written'])
          }}
        />
      )}
      {isCompared && (
        <>
          <p className={styles.note}>{questionText('model')}</p>
          <p className={styles.model} lang="en">
            <Line inlines={question.model} />
          </p>
          <fieldset className={styles.parts} disabled={graded !== undefined}>
            <legend>{questionText('parts')}</legend>
            {question.parts.map(({ id, text }, at) => (
              <div key={id} className={styles.option}>
                <label>
                  <input
                    type="checkbox"
                    checked={answer.includes(id)}
                    onChange={() =>
                      onChange(answer.includes(id) ? answer.filter((each) => each !== id) : [...answer, id])
                    }
                  />
                  <span className={styles.box} aria-hidden="true">
                    {answer.includes(id) && <Check />}
                  </span>
                  <span lang="en">
                    <Line inlines={text} />
                  </span>
                  {!graded && (
                    <kbd aria-hidden="true" className={styles.digit}>
                      {at + 1}
                    </kbd>
                  )}
                </label>
              </div>
            ))}
          </fieldset>
        </>
      )}
    </div>
  )
}
