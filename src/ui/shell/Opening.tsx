import { useStore } from '../keeping/createStore'
import { making } from '../run/making'

/** In place of a page that is not there yet. */
export function Opening() {
  const now = useStore(making)
  return (
    <div className="opening">
      <p role="status">{now?.said}</p>
      <p aria-hidden="true">{now?.reached}</p>
    </div>
  )
}
