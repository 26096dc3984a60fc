import { SURE, type Sure } from '../../learning/progress'
import { questionText } from '../../messages/question'
import styles from './question.module.css'

const KEYS: Readonly<Record<string, Sure>> = { g: 'guessing', f: 'fairly', c: 'certain' }
export const keyOfSure = (key: string): Sure | undefined => KEYS[key.toLowerCase()]

interface HowSureProps {
  readonly name: string
  readonly sure: Sure | undefined
  onChange(sure: Sure): void
}

/** Three fields for how sure one is. It may be left out. */
export function HowSure({ name, sure, onChange }: HowSureProps) {
  return (
    <fieldset className={styles.sure}>
      <legend>{questionText('howSure')}</legend>
      <div className={styles.sureFields}>
        {SURE.map((each) => (
          <label key={each}>
            <input
              type="radio"
              name={`${name}-sure`}
              checked={sure === each}
              aria-keyshortcuts={each.slice(0, 1).toUpperCase()}
              onChange={() => onChange(each)}
            />
            <span>{questionText(`sure.${each}`)}</span>
          </label>
        ))}
      </div>
    </fieldset>
  )
}
