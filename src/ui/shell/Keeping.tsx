import { shellText } from '../../messages/shell'
import { useStore } from '../keeping/createStore'
import { keeps } from '../keeping/database'

/** A notice if this browser stores nothing: a learner's work is then lost when the page is left. */
export function Keeping() {
  const kept = useStore(keeps)
  return (
    <p className={kept ? 'unseen' : 'keeping'} role="status">
      {kept ? '' : shellText('notKept')}
    </p>
  )
}
