import { switchesText } from '../../messages/switches'
import styles from '../panels/panels.module.css'
import own from './machine.module.css'

interface SwitchProps {
  readonly id: string
  /** The id of the text that says what it does. */
  readonly told: string
  readonly on: boolean
  readonly disabled: boolean
  onChange(on: boolean): void
}

/** A switch with its present value in words. */
export function Switch({ id, told, on, disabled, onChange }: SwitchProps) {
  return (
    <>
      <span className={styles.quiet} aria-hidden="true">
        {switchesText(on ? 'on' : 'off')}
      </span>
      <input
        id={id}
        type="checkbox"
        className={own.switch}
        role="switch"
        aria-describedby={told}
        checked={on}
        disabled={disabled}
        onChange={(event) => onChange(event.target.checked)}
      />
    </>
  )
}
