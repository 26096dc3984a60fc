import type { RefObject } from 'react'
import { eventsText } from '../../messages/events'
import type { Listing } from '../../view/events/listing'
import { OUTCOMES } from '../../view/events/row'
import { askedRows } from '../../view/events/sift'
import { documented } from '../../view/knowledge'
import type { Names } from '../../view/run/names'
import type { RunView } from '../../view/run/runView'
import { factOf } from '../../world/trace'
import { ProtocolMark } from '../panels/ProtocolMark'
import { DisplayFilter } from './DisplayFilter'
import styles from './events.module.css'
import type { FilterState } from './wanted'

export interface FilterBarProps {
  readonly view: RunView
  readonly names: Names
  readonly listing: Listing
  readonly state: FilterState
  readonly search: RefObject<HTMLInputElement | null>
}

/** Filters over the list: choices for everybody, and a line in the filter language. */
export function FilterBar({ view, names, listing, state, search }: FilterBarProps) {
  const { filters, change } = state
  const { hosts } = view.timeline.scenario
  return (
    <div className={styles.filters} role="search" aria-label={eventsText('filters')}>
      <div className={styles.choices}>
        <fieldset className={styles.protocols}>
          <legend className="unseen">{eventsText('protocols')}</legend>
          {documented().map((protocol) => {
            const shown = !filters.hidden.includes(protocol)
            return (
              <label key={protocol} className={styles.check}>
                <input
                  type="checkbox"
                  checked={shown}
                  onChange={() =>
                    change({
                      hidden: shown
                        ? [...filters.hidden, protocol]
                        : filters.hidden.filter((each) => each !== protocol),
                    })
                  }
                />
                <ProtocolMark protocol={protocol} /> <span translate="no">{protocol}</span>
              </label>
            )
          })}
        </fieldset>
        <select
          className={styles.select}
          aria-label={eventsText('host')}
          value={filters.host}
          onChange={(event) => change({ host: event.target.value })}
        >
          <option value="">{eventsText('everyHost')}</option>
          {hosts.map(({ name }) => (
            <option key={name} value={name} translate="no">
              {names.short(name)}
            </option>
          ))}
        </select>
        <select
          className={styles.select}
          aria-label={eventsText('message')}
          value={filters.message}
          onChange={(event) => change({ message: event.target.value })}
        >
          <option value="">{eventsText('everyMessage')}</option>
          {listing.messages.map((message, n) => (
            <option key={message} value={message}>
              {messageTitle(view, listing, message, n + 1)}
            </option>
          ))}
        </select>
        <select
          className={styles.select}
          aria-label={eventsText('outcome')}
          value={filters.outcome}
          onChange={(event) => change({ outcome: OUTCOMES.find((outcome) => outcome === event.target.value) ?? '' })}
        >
          <option value="">{eventsText('everyOutcome')}</option>
          {(['good', 'later', 'refused', 'lost'] as const).map((outcome) => (
            <option key={outcome} value={outcome}>
              {eventsText(`outcomeIs.${outcome}`)}
            </option>
          ))}
        </select>
        <input
          ref={search}
          className={styles.text}
          type="search"
          aria-label={eventsText('text')}
          placeholder={eventsText('textHint')}
          value={filters.text}
          onChange={(event) => change({ text: event.target.value })}
        />
      </div>
      <DisplayFilter
        label={eventsText('display')}
        text={filters.display}
        rows={() => askedRows(view, names)}
        onText={(display) => change({ display })}
      />
    </div>
  )
}

/** A message by its number and its sender; a notice has none. */
function messageTitle(view: RunView, { abouts }: Listing, message: string, number: number): string {
  for (const about of abouts) {
    if (about.message !== message) continue
    const fact = factOf(view.timeline.trace, about.fact)
    if (fact?.type !== 'messageWritten' && fact?.type !== 'messageQueued') continue
    return fact.reversePath === ''
      ? eventsText('noticeNumbered', { number, to: fact.forwardPaths.join(', ') })
      : eventsText('messageNumbered', { number, from: fact.reversePath })
  }
  return message
}
