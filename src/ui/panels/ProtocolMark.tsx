import { faceOf } from '../../view/faces'
import { hueStyle } from './hue'
import styles from './panels.module.css'

/** The protocol's own shape. Wherever it is used, its name is beside it in words. */
export function ProtocolMark({ protocol }: { readonly protocol: string }) {
  const { mark, filled } = faceOf(protocol).look
  return (
    <svg
      className={styles.mark}
      data-filled={filled}
      style={hueStyle(protocol)}
      viewBox="0 0 16 16"
      width="16"
      height="16"
      aria-hidden="true"
    >
      <path d={mark} />
    </svg>
  )
}
