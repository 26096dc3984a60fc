import { useId } from 'react'
import { SURE, type Sure } from '../../learning/progress'
import { lessonText } from '../../messages/lesson'
import styles from './lesson.module.css'

interface ConfidenceChoiceProps {
  readonly sure: Sure | undefined
  readonly sealed: boolean
  onSure(sure: Sure): void
}

/** How sure one is, said before the answer is seen. It may be left out. */
export function ConfidenceChoice({ sure, sealed, onSure }: ConfidenceChoiceProps) {
  const name = useId()
  return (
    <fieldset className={styles.confidence}>
      <legend>{lessonText('howSure')}</legend>
      <div>
        {SURE.map((each) => (
          <label key={each} data-sealed={sealed || undefined}>
            <input
              type="radio"
              className="unseen"
              name={name}
              checked={sure === each}
              disabled={sealed && sure !== each}
              onChange={() => {
                if (!sealed) onSure(each)
              }}
            />
            <span>{lessonText('sure', { sure: each })}</span>
          </label>
        ))}
      </div>
      <p className={styles.note}>{lessonText(sealed ? 'sealedNote' : 'sureNote')}</p>
    </fieldset>
  )
}
