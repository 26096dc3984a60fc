import { shellText } from '../../messages/shell'
import { useStore } from '../keeping/createStore'
import { keeps } from '../keeping/database'

/** A notice if this browser stores nothing: a learner's work is then lost when the page is left. */
export function Keeping() {
  const keeping = useStore(keeps)
  return (
    <p className={keeping === 'kept' ? 'unseen' : 'keeping'} role="status">
      {keeping !== 'kept' && shellText(keeping === 'late' ? 'keptLate' : 'notKept')}
    </p>
  )
}
