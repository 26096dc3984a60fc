import { Check, X } from 'lucide-react'
import { type AgreedPath, envelopeAt } from '../../learning/envelope'
import { useFactCount, useRun } from '../run/RunContext'
import styles from './lesson.module.css'

/** The letter's envelope as the two ends have agreed on it by now. */
export function Envelope() {
  const trace = useRun((run) => run.timeline.trace)
  const count = useFactCount()
  const envelope = envelopeAt(trace, count)
  return (
    <figure className={styles.envelope} aria-label="The envelope so far">
      <div className={styles.envelopePaper}>
        {envelope && (
          <span className={styles.stamp} title={`said on port ${envelope.port}`}>
            <span className="unseen">said on port </span>
            {envelope.port}
          </span>
        )}
        <p>
          <span className={styles.slot}>from</span>
          {envelope?.reversePath ? (
            <Path path={envelope.reversePath} />
          ) : (
            <span className={styles.notYet}>not yet said</span>
          )}
        </p>
        <div className={styles.recipients}>
          {envelope && envelope.forwardPaths.length > 0 ? (
            envelope.forwardPaths.map((path) => (
              <p key={path.address}>
                <span className={styles.slot}>to</span>
                <Path path={path} />
              </p>
            ))
          ) : (
            <p>
              <span className={styles.slot}>to</span>
              <span className={styles.notYet}>not yet said</span>
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
      <code className={styles.path}>{path.address || '<>'}</code>
      {path.agreed === 'yes' && <Check className={styles.agreed} role="img" aria-label="agreed" />}
      {path.agreed === 'no' && <X className={styles.refused} role="img" aria-label="refused" />}
      {path.agreed === 'asked' && <span className={styles.notYet}>not yet agreed</span>}
    </>
  )
}
