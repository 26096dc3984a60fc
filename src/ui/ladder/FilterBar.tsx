import { Search } from 'lucide-react'
import { type RefObject, useState } from 'react'
import { ladderText } from '../../messages/ladder'
import { asText } from '../../view/ladder/words'
import { ProtocolMark } from '../panels/ProtocolMark'
import { useRunStore } from '../run/RunContext'
import styles from './ladder.module.css'
import type { LadderState } from './useLadder'

const PROTOCOLS = ['SMTP', 'DNS', 'IMAP', 'POP3'] as const

/** The filter: boxes for protocols, a field for a text. They only hide. */
export function FilterBar({
  state,
  field,
}: {
  readonly state: LadderState
  readonly field: RefObject<HTMLInputElement | null>
}) {
  const { filter, setFilter, ladder, names, phone } = state
  const closed = ladder.items.some(({ type }) => type === 'bar')
  return (
    <div className={styles.filter} role="group" aria-label={ladderText('filter')}>
      {PROTOCOLS.map((protocol) => (
        <label key={protocol} className={styles.box} translate="no">
          <input
            type="checkbox"
            checked={!filter.without.has(protocol)}
            onChange={() => setFilter({ ...filter, without: toggled(filter.without, protocol) })}
          />
          <ProtocolMark protocol={protocol} />
          <span>{protocol}</span>
        </label>
      ))}
      <span className={styles.field}>
        <Search aria-hidden="true" size={15} />
        <input
          ref={field}
          type="search"
          aria-label={ladderText('searchLabel')}
          placeholder={ladderText('search')}
          value={filter.text}
          onChange={(event) => setFilter({ ...filter, text: event.target.value })}
        />
      </span>
      {filter.host !== undefined && (
        <button
          type="button"
          className={styles.quiet}
          aria-pressed="true"
          onClick={() => setFilter({ without: filter.without, text: filter.text })}
        >
          {ladderText('onlyOf', { host: names.short(filter.host) })} ×
        </button>
      )}
      {!phone && ladder.groups.length > 0 && (
        <button type="button" className={styles.quiet} onClick={() => state.toggleAll(closed)}>
          {ladderText(closed ? 'openAll' : 'closeAll')}
        </button>
      )}
      <CopyButton state={state} />
    </div>
  )
}

function CopyButton({ state: { ladder, view, names } }: { readonly state: LadderState }) {
  const run = useRunStore()
  const [copied, setCopied] = useState<typeof ladder>()
  const copy = (): void => {
    void navigator.clipboard.writeText(asText(ladder.items, view, names, run.get().t)).then(() => setCopied(ladder))
  }
  return (
    <button type="button" className={styles.quiet} onClick={copy} disabled={ladder.items.length === 0}>
      {ladderText(copied === ladder ? 'copied' : 'copy')}
    </button>
  )
}

function toggled(set: ReadonlySet<string>, item: string): ReadonlySet<string> {
  const after = new Set(set)
  if (!after.delete(item)) after.add(item)
  return after
}
