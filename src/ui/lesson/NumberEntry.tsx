import { useState } from 'react'
import type { Sure } from '../../learning/progress'
import { lessonText } from '../../messages/lesson'
import { type AnswerProps, SURE_KEYS } from './answers'
import styles from './lesson.module.css'

interface NumberEntryProps extends AnswerProps {
  onSure(sure: Sure): void
  onSeal(): void
}

/** A number that is typed. */
export function NumberEntry({ question, chosen, sealed, onChoose, onSure, onSeal }: NumberEntryProps) {
  const [isOdd, setOdd] = useState(false)
  return (
    <p className={styles.number}>
      <label>
        <span>{lessonText('yourNumber')}</span>
        <input
          type="text"
          inputMode="decimal"
          autoComplete="off"
          aria-labelledby={question}
          value={chosen ?? ''}
          readOnly={sealed}
          onChange={({ target }) => {
            const typed = target.value.replace(/[^\d.,-]/g, '').slice(0, 12)
            setOdd(typed !== target.value)
            onChoose(typed === '' ? undefined : typed)
          }}
          onKeyDown={(event) => {
            if (event.key === 'Enter') onSeal()
            const sure = SURE_KEYS[event.key.toLowerCase()]
            if (sure && !sealed && !event.ctrlKey && !event.metaKey) {
              event.preventDefault()
              onSure(sure)
            }
          }}
        />
      </label>
      <span className={styles.note} role="status">
        {isOdd && !sealed && lessonText('digitsOnly')}
      </span>
    </p>
  )
}
