import { Check, X } from 'lucide-react'
import { type AgreedPath, envelopeAt } from '../../learning/envelope'
import { lessonText } from '../../messages/lesson'
import { useFactCount, useRun } from '../run/RunContext'
import { joined } from '../shell/rich'
import styles from './lesson.module.css'

/** The envelope on which client and server have agreed by now. */
export function Envelope() {
  const trace = useRun((run) => run.timeline.trace)
  const count = useFactCount()
  const envelope = envelopeAt(trace, count)
  return (
    <figure className={`airmail-frame ${styles.envelope}`} aria-label={lessonText('envelope')}>
      <div className={styles.envelopePaper}>
        {envelope && (
          <span className={styles.stamp} title={lessonText('saidOn', { port: envelope.port })}>
            {joined(
              lessonText.parts('saidOnStamp', {
                port: envelope.port,
                unseen: (inside) => <span className="unseen">{joined(inside)}</span>,
              }),
            )}
          </span>
        )}
        <p>
          <span className={styles.slot}>{lessonText('from')}</span>
          {envelope?.reversePath ? (
            <Path path={envelope.reversePath} />
          ) : (
            <span className={styles.notYet}>{lessonText('notYetSaid')}</span>
          )}
        </p>
        <div className={styles.recipients}>
          {envelope && envelope.forwardPaths.length > 0 ? (
            envelope.forwardPaths.map((path) => (
              <p key={path.address}>
                <span className={styles.slot}>{lessonText('to')}</span>
                <Path path={path} />
              </p>
            ))
          ) : (
            <p>
              <span className={styles.slot}>{lessonText('to')}</span>
              <span className={styles.notYet}>{lessonText('notYetSaid')}</span>
            </p>
          )}
        </div>
      </div>
    </figure>
  )
}

function Path({ path }: { readonly path: AgreedPath }) {
  return (
    <>
      <code className={styles.path} translate="no">
        {path.address || '<>'}
      </code>
      {path.agreed === 'yes' && <Check className={styles.agreed} role="img" aria-label={lessonText('agreed')} />}
      {path.agreed === 'no' && <X className={styles.refused} role="img" aria-label={lessonText('refused')} />}
      {path.agreed === 'asked' && <span className={styles.notYet}>{lessonText('notYetAgreed')}</span>}
    </>
  )
}
