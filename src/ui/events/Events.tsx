import { useMemo, useRef, useState } from 'react'
import { minutes, START } from '../../base/time'
import { eventsText } from '../../messages/events'
import { whyText } from '../../messages/why'
import { countBy, listingOf } from '../../view/events/listing'
import { causeOf, effectOf, eventFor } from '../../view/events/neighbours'
import { isEverything, type Shown, shownAt } from '../../view/events/sift'
import { viewOf } from '../../view/run/runView'
import { useRun, useRunActions, useRunStore } from '../run/RunContext'
import { useNames } from '../run/useMoment'
import { useMedia } from '../shell/useMedia'
import { EventList } from './EventList'
import styles from './events.module.css'
import { FilterBar } from './FilterBar'
import { Pauses } from './Pauses'
import { goToFact } from './selectEvent'
import { useShown } from './useShown'
import { WhyPane } from './WhyPane'
import { countOf, NO_FILTERS, useFilters } from './wanted'

/** From the first day on times are longer. */
const DAY = minutes(24 * 60)

/** Everything that was said and that happened in a run, in one list: with filters, causes and moments to pause at. */
export function Events() {
  const { key } = useRunStore()
  const timeline = useRun((run) => run.timeline)
  const selected = useRun((run) => run.selection.fact)
  const happened = useRun((run) => countBy(listingOf(run.timeline), run.t))
  const actions = useRunActions()
  const names = useNames()
  const view = viewOf(timeline)
  const listing = listingOf(timeline)
  const state = useFilters(key)
  const { shown, complete } = useShown(view, names, state.wanted)
  const search = useRef<HTMLInputElement>(null)
  const whyPane = useRef<HTMLDivElement>(null)
  const narrow = useMedia('(max-width: 699px)')
  const [news, setNews] = useState('')

  const past = shown.indexOf(happened)
  const chosen = useMemo(
    () => (selected === undefined ? undefined : eventFor(view, shown, selected)),
    [view, shown, selected],
  )
  /** The fact whose causes are told. */
  const asked = selected ?? shownFact(shown, past - 1)

  const goTo = (order: number): void => {
    setNews('')
    goToFact(view, order, actions)
  }
  const goToIndex = (index: number | undefined, otherwise: string): void => {
    const order = index === undefined ? undefined : shownFact(shown, index)
    if (order === undefined) setNews(otherwise)
    else goTo(order)
  }
  const goToCause = (): void => {
    if (asked !== undefined) goToIndex(causeOf(view, shown, asked), eventsText('noCause'))
  }
  const goToEffect = (): void => {
    if (asked !== undefined) goToIndex(effectOf(view, shown, asked), eventsText('noEffect'))
  }

  /** The causes get the focus, and come into sight. */
  const askWhy = (): void => (whyPane.current?.querySelector('button') ?? whyPane.current)?.focus()

  const filters = <FilterBar view={view} names={names} listing={listing} state={state} search={search} />
  const count = countOf(state.filters)
  const lasts = view.timeline.trace.at(-1)?.at ?? START
  return (
    <section className={styles.events} aria-label={eventsText('title')} data-days={lasts >= DAY || undefined}>
      <div className={styles.main}>
        {narrow ? (
          <details className={styles.fold}>
            <summary>{count === 0 ? eventsText('filters') : eventsText('filtersOn', { count })}</summary>
            {filters}
          </details>
        ) : (
          filters
        )}
        <Pauses view={view} names={names} />
        <div className={styles.bar}>
          <p role="status">
            {complete
              ? isEverything(state.wanted)
                ? eventsText('count', { shown: shown.length })
                : eventsText('countOf', { shown: shown.length, all: listing.events.length })
              : eventsText('looking', {
                  found: shown.length,
                  percent: Math.floor((100 * shown.looked) / listing.events.length),
                })}
          </p>
          <p role="status" className={styles.news}>
            {news}
          </p>
          <button
            type="button"
            className={`as-link ${styles.textButton}`}
            title={eventsText('causeKey')}
            onClick={goToCause}
          >
            {eventsText('cause')}
          </button>
          <button
            type="button"
            className={`as-link ${styles.textButton}`}
            title={eventsText('effectKey')}
            onClick={goToEffect}
          >
            {eventsText('effect')}
          </button>
          <button type="button" className={`as-link ${styles.textButton}`} title={whyText('askKey')} onClick={askWhy}>
            {whyText('ask')}
          </button>
        </div>
        {listing.events.length === 0 ? (
          <p className={styles.empty}>{eventsText('empty')}</p>
        ) : (
          <>
            {listing.messages.length === 0 && <p className={styles.note}>{eventsText('noMail')}</p>}
            {complete && shown.length === 0 && (
              <p className={styles.empty}>
                {eventsText('nothingFits', { hidden: listing.events.length })}{' '}
                <button
                  type="button"
                  className={`as-link ${styles.textButton}`}
                  onClick={() => state.change(NO_FILTERS)}
                >
                  {eventsText('showAll')}
                </button>
              </p>
            )}
            <EventList
              view={view}
              names={names}
              shown={shown}
              past={past}
              chosen={chosen}
              onGo={(index) => goToIndex(index, '')}
              onCause={goToCause}
              onEffect={goToEffect}
              onWhy={askWhy}
              onFind={() => search.current?.focus()}
            />
          </>
        )}
      </div>
      <div ref={whyPane} className={styles.aside} tabIndex={-1}>
        <WhyPane view={view} names={names} fact={asked} onGo={goTo} />
      </div>
    </section>
  )
}

const shownFact = (shown: Shown, index: number): number | undefined => shownAt(shown, index)?.fact
