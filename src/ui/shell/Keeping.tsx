import { useSyncExternalStore } from 'react'
import { shellText } from '../../messages/shell'
import { keeping } from '../run/storage'

/** Says so where this browser keeps nothing: what a learner does is then lost when the page is left. */
export function Keeping() {
  const kept = useSyncExternalStore(keeping.subscribe, keeping.works, () => true)
  return (
    <p className={kept ? 'unseen' : 'keeping'} role="status">
      {kept ? '' : shellText('notKept')}
    </p>
  )
}
