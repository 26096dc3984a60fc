import { shellText } from '../../messages/shell'
import { useStore } from '../keeping/createStore'
import { keeps } from '../keeping/database'

/** Says so where this browser keeps nothing: what a learner does is then lost when the page is left. */
export function Keeping() {
  const kept = useStore(keeps)
  return (
    <p className={kept ? 'unseen' : 'keeping'} role="status">
      {kept ? '' : shellText('notKept')}
    </p>
  )
}
