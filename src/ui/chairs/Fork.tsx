import { chairsText } from '../../messages/chairs'
import styles from './chair.module.css'

/** The run ends in a fork: what follows is up to the person. */
export function Fork() {
  return (
    <span className={styles.fork} aria-hidden="true">
      <svg width="108" height="44" viewBox="0 0 108 44">
        <path d="M0 24C24 24 18 4 48 4H108M0 24C24 24 18 44 48 44H108M0 24H108" />
      </svg>
      <span>{chairsText('upToYou')}</span>
    </span>
  )
}
