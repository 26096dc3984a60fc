import { HOST_SYMBOLS } from '../../view/network/symbols'
import type { HostSymbol } from '../../world/scenario'
import styles from './sign.module.css'

/** A machine's symbol, as on the map. The words beside it say what it is. */
export function HostSign({ symbol, size = 26 }: { readonly symbol: HostSymbol; readonly size?: number }) {
  return (
    <svg className={styles.sign} width={size} height={size} viewBox="-23 -23 46 46" aria-hidden="true">
      {HOST_SYMBOLS[symbol].map(({ d, as }) => (
        <path key={d} className={styles[as]} d={d} />
      ))}
    </svg>
  )
}
