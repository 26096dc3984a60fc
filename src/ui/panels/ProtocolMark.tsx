import type { MarkedProtocol } from '../../view/run/transcript'
import styles from './panels.module.css'

const SHAPES: Record<MarkedProtocol, string> = {
  // An envelope, a sack, two arrowheads, a diamond, a bead: the shape tells the protocol without its colour.
  SMTP: 'M1.5 3.5h13v9h-13zM1.5 4l6.5 5 6.5-5',
  POP3: 'M5.5 2.5h5l-1.2 2.6c3.6 1.6 4.7 8.4 1.7 8.4h-6c-3 0-1.9-6.8 1.7-8.4z',
  IMAP: 'M1.5 8 5 4.5v2.3h6V4.5L14.5 8 11 11.5V9.2H5v2.3z',
  DNS: 'M8 2l6 6-6 6-6-6z',
  TCP: 'M8 5a3 3 0 1 1 0 6 3 3 0 1 1 0-6',
  TEXT: 'M2 4l4 4-4 4M8 12h6',
}

/** The protocol's own shape. Its name stands beside it in words wherever it is used. */
export function ProtocolMark({ protocol }: { readonly protocol: MarkedProtocol }) {
  return (
    <svg className={styles.mark} data-protocol={protocol} viewBox="0 0 16 16" width="16" height="16" aria-hidden="true">
      <path d={SHAPES[protocol]} />
    </svg>
  )
}
