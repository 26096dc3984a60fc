import { hopsText } from '../../messages/hops'
import type { Reason } from '../../view/hops/reason'
import type { Names } from '../../view/run/names'
import { viewOf } from '../../view/run/runView'
import { selectionFor } from '../events/selectEvent'
import { useRun, useRunActions } from '../run/RunContext'
import { Standard } from '../shell/Standard'
import { useGoToSide } from './goToSide'
import styles from './reason.module.css'
import { keepTab } from './useKeptTab'

/** Below the sentence of a decision: who decided, by which rule, and the way to all decisions about the same message. */
export function ReasonNote({ reason, names }: { readonly reason: Reason; readonly names: Names }) {
  const { host, standard, shown } = reason
  const timeline = useRun((run) => run.timeline)
  const actions = useRunActions()
  const goToSide = useGoToSide()
  return (
    <p className={styles.note}>
      <span>{hopsText('decidedBy', { host: names.short(host) })}</span>
      {standard !== undefined && <Standard place={standard} />}
      {shown && goToSide && (
        <button
          type="button"
          className="as-link"
          onClick={() => {
            actions.select(selectionFor(viewOf(timeline), shown.fact))
            keepTab('letter', 'run')
            keepTab('letter:shown', 'hops')
            goToSide('letter')
          }}
        >
          {hopsText('title')}
        </button>
      )}
    </p>
  )
}
