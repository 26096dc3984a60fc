import { useEffect, useMemo, useRef, useState } from 'react'
import { hopsText } from '../../messages/hops'
import { sheetText } from '../../messages/sheet'
import { listingOf } from '../../view/events/listing'
import type { Decision, Hop } from '../../view/hops/decision'
import { hopsOf } from '../../view/hops/hops'
import { standardOf } from '../../view/hops/standards'
import { decisionParts } from '../../view/hops/words'
import type { Journey } from '../../view/message/journey'
import type { Names } from '../../view/run/names'
import { viewOf } from '../../view/run/runView'
import { clockText } from '../../view/stage/clock'
import { scrollIntoSight } from '../dom/scroll'
import { goToFact, selectionFor } from '../events/selectEvent'
import { useRun, useRunActions } from '../run/RunContext'
import { timeInWords } from '../run/useMoment'
import { code, joined } from '../shell/rich'
import { Standard } from '../shell/Standard'
import { HostSign } from './HostSign'
import styles from './hops.module.css'

interface HopsViewProps {
  readonly journey: Journey
  readonly names: Names
  readonly t: number
  /** Stays with this message, or goes to another one. */
  onChoose(id: string): void
}

/** The way of a message: what each host decided on its way in and out, and by which rule. A decision selects its fact. */
export function HopsView({ journey, names, t, onChoose }: HopsViewProps) {
  const timeline = useRun((run) => run.timeline)
  const hops = useMemo(() => hopsOf(timeline.trace, listingOf(timeline), journey), [timeline, journey])
  const symbols = useMemo(
    () => new Map(Object.entries(timeline.scenario.map.hosts).map(([host, { symbol }]) => [host, symbol])),
    [timeline.scenario],
  )
  return (
    <section className={styles.way} aria-label={hopsText('title')}>
      <div className={styles.head}>
        <h3>{hopsText('title')}</h3>
        <p>{hopsText('hint')}</p>
      </div>
      {hops.length === 0 && <p className={styles.nothing}>{hopsText('nothing')}</p>}
      <ol>
        {hops.map((hop) => {
          const symbol = symbols.get(hop.host)
          return (
            <li key={`${hop.host} ${hop.at}`} className={styles.hop} data-later={hop.at > t ? '' : undefined}>
              <h4 className={styles.host}>
                {symbol && <HostSign symbol={symbol} size={34} />}
                <span>
                  <b>{names.title(hop.host)}</b>
                  {names.title(hop.host) !== hop.host && (
                    <small className={styles.name} translate="no">
                      {hop.host}
                    </small>
                  )}
                </span>
              </h4>
              <Side journey={journey} hop={hop} way="in" t={t} onChoose={onChoose} />
              <Side journey={journey} hop={hop} way="out" t={t} onChoose={onChoose} />
            </li>
          )
        })}
      </ol>
    </section>
  )
}

interface SideProps extends Pick<HopsViewProps, 'journey' | 't' | 'onChoose'> {
  readonly hop: Hop
  readonly way: 'in' | 'out'
}

function Side({ hop, way, ...rest }: SideProps) {
  const decisions = hop[way]
  if (decisions.length === 0) return null
  return (
    <div className={styles.side} data-way={way}>
      <h5>{hopsText(way)}</h5>
      <ul>
        {decisions.map((decision) => (
          <DecisionRow key={`${decision.is} ${decision.facts[0]?.fact}`} decision={decision} {...rest} />
        ))}
      </ul>
    </div>
  )
}

interface DecisionRowProps extends Pick<HopsViewProps, 'journey' | 't' | 'onChoose'> {
  readonly decision: Decision
}

function DecisionRow({ decision, journey, t, onChoose }: DecisionRowProps) {
  const actions = useRunActions()
  const timeline = useRun((run) => run.timeline)
  const { facts } = decision
  const chosen = useRun(({ selection }) => facts.some(({ fact }) => fact === selection.fact))
  const row = useRef<HTMLLIElement>(null)
  // A link from another side leads to this one.
  const [wanted] = useState(chosen)
  useEffect(() => {
    if (wanted) scrollIntoSight(row.current, 'center')
  }, [wanted])
  // A decision that was made at every try is shown at the last one so far.
  const shown = facts.findLast(({ at }) => at <= t) ?? facts[0]
  if (!shown) return null
  const ahead = shown.at > t
  return (
    <li ref={row} className={styles.decision} data-chosen={chosen ? '' : undefined} data-later={ahead ? '' : undefined}>
      <button
        type="button"
        className={styles.words}
        aria-pressed={chosen}
        onClick={() => {
          onChoose(journey.id)
          actions.select(selectionFor(viewOf(timeline), shown.fact))
        }}
      >
        <span className={styles.time}>{timeInWords(shown.at)}</span>
        <span>
          {joined(decisionParts(decision, code))}
          {ahead && <span className="unseen"> ({hopsText('notYet')})</span>}
        </span>
      </button>
      <span className={styles.rule}>
        <Standard place={standardOf(decision)} />
        {facts.length > 1 && (
          <span>
            {joined(hopsText.parts('times', { count: facts.length, time: timeInWords(facts.at(-1)?.at ?? 0), code }))}
          </span>
        )}
        {chosen && (
          <button type="button" className="as-link" onClick={() => goToFact(viewOf(timeline), shown.fact, actions)}>
            {joined(sheetText.parts('showAt', { time: clockText(shown.at), code }))}
          </button>
        )}
        {decision.is === 'tells' && (
          <button type="button" className="as-link" onClick={() => onChoose(decision.notice)}>
            {hopsText('toNotice')}
          </button>
        )}
      </span>
    </li>
  )
}
