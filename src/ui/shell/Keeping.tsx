import { useSyncExternalStore } from 'react'
import { keeping } from '../run/storage'

/** Says so where this browser keeps nothing: what a learner does is then lost when the page is left. */
export function Keeping() {
  const kept = useSyncExternalStore(keeping.subscribe, keeping.works, () => true)
  return (
    <p className={kept ? 'unseen' : 'keeping'} role="status">
      {kept
        ? ''
        : 'This browser does not let the page store anything: your work is lost when you leave. Allow storage for this address, or leave private browsing.'}
    </p>
  )
}
