import { ladderText } from '../../messages/ladder'
import { code, joined } from '../shell/rich'
import styles from './ladder.module.css'
import type { LadderState } from './useLadder'

/** Says the reason where there is little or nothing to show. */
export function Nothing({ state, silent }: { readonly state: LadderState; readonly silent: number }) {
  const { ladder, filter, setFilter, begun, view } = state
  const isBegun = view.timeline.interventions.length > 0
  const silentYet = ladder.hidden === 0 && ladder.items.slice(0, begun).every(({ type }) => type === 'tear')
  const nothingLeft = ladder.items.every(({ type }) => type === 'tear' || type === 'event') && ladder.hidden > 0
  return (
    <div className={styles.notes}>
      {silentYet && <p>{ladderText(isBegun ? 'nothingSaid' : 'nothing')}</p>}
      {nothingLeft && (
        <p>
          {filter.text === ''
            ? ladderText('noneShown', { hidden: ladder.hidden })
            : joined(ladderText.parts('noneFound', { text: filter.text, hidden: ladder.hidden, code }))}{' '}
          <button type="button" className={styles.quiet} onClick={() => setFilter({ without: new Set(), text: '' })}>
            {ladderText('showAll')}
          </button>
        </p>
      )}
      {silent > 0 && <p>{ladderText('silent', { count: silent })}</p>}
    </div>
  )
}
