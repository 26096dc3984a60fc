import { lazy, Suspense, useMemo } from 'react'
import { octets as octetsOf } from '../../base/octets'
import styles from './question.module.css'

const MessageReader = lazy(() =>
  import('../panels/MessageReader').then((module) => ({ default: module.MessageReader })),
)

/** A stored message that a question is about, opened by the reader of the mailboxes. */
export function StoredLetter({ octets }: { readonly octets: string }) {
  const message = useMemo(() => octetsOf(octets), [octets])
  return (
    <div className={styles.letter}>
      <Suspense fallback={null}>
        <MessageReader octets={message} subject="" />
      </Suspense>
    </div>
  )
}
