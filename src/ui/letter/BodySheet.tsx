import { slice, toText } from '../../base/octets'
import { sheetText } from '../../messages/sheet'
import type { Layers } from '../../view/message/layers'
import { code, joined } from '../shell/rich'
import styles from './sheets.module.css'

/** Octets of a body that are shown. */
const MOST = 20_000

/** The body, as it is on the wire. */
export function BodySheet({ now }: { readonly now: Layers }) {
  const octets = now.parts.find(({ kind }) => kind === 'body')?.octets
  const count = octets?.length ?? 0
  return (
    <section className={`${styles.sheet} ${styles.body}`} aria-label={sheetText('body')}>
      <div className={styles.bodyHead}>
        <h3>{sheetText('body')}</h3>
        <p>{sheetText('bodyHint')}</p>
        <p className={styles.count}>{joined(sheetText.parts('octets', { count, code }))}</p>
      </div>
      {octets === undefined ? (
        <p className={styles.none}>{sheetText('emptyBody')}</p>
      ) : (
        <pre translate="no">{toText(slice(octets, 0, MOST))}</pre>
      )}
      {count > MOST && <p className={styles.moreBody}>{sheetText('moreBody', { count: count - MOST })}</p>}
    </section>
  )
}
