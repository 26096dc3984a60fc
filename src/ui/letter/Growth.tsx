import { type ReactNode, useMemo } from 'react'
import { sheetText } from '../../messages/sheet'
import type { Journey } from '../../view/message/journey'
import { growthOf, type Layers, type Origin } from '../../view/message/layers'
import type { Names } from '../../view/run/names'
import { clockText } from '../../view/stage/clock'
import { useRunActions } from '../run/RunContext'
import { timeInWords } from '../run/useMoment'
import { code, joined } from '../shell/rich'
import styles from './growth.module.css'
import { stopName } from './stopName'

const bold = (inside: readonly ReactNode[]) => <b>{joined(inside)}</b>

interface GrowthProps {
  readonly journey: Journey
  readonly names: Names
  readonly end: readonly Layers[]
  readonly lies: number
  readonly origin: Origin | undefined
}

/** One bar for each stop of the way: its parts are told apart by pattern, its end by the number. */
export function Growth({ journey, names, end, lies, origin }: GrowthProps) {
  const actions = useRunActions()
  const bars = useMemo(() => end.map((layers) => ({ ...layers, parts: growthOf(layers) })), [end])
  const longest = Math.max(...bars.map(({ length }) => length), 1)
  const order = [...new Set(bars.flatMap(({ parts }) => parts.map(({ by }) => by)))]
  const chosen = bars.at(-1)?.parts.find(({ by }) => by === origin)
  const moment = journey.stops[typeof origin === 'number' ? origin : origin === undefined ? lies : 0]?.at
  return (
    <section className={styles.growth} aria-label={sheetText('grew')}>
      <h3>{sheetText('grew')}</h3>
      <ol>
        {bars.map(({ stop, parts, length }) => {
          const { at, kind } = journey.stops[stop] ?? {}
          return (
            <li key={stop} data-here={stop === lies ? '' : undefined}>
              <span className={styles.name} translate="no">
                {stopName(journey, stop, names)}
              </span>
              <small>
                {at !== undefined &&
                  joined(sheetText.parts(kind === 'delivered' ? 'keeps' : 'since', { time: timeInWords(at), code }))}
              </small>
              <span className={styles.bar} aria-hidden="true">
                {parts.map(({ by, octets }) => (
                  <span
                    key={by}
                    className={styles.part}
                    data-pattern={patternOf(by, order)}
                    data-chosen={by === origin ? '' : undefined}
                    style={{ inlineSize: `${(octets / longest) * 100}%` }}
                  />
                ))}
                <span className={styles.length}>{length}</span>
              </span>
              <span className="unseen">
                {parts
                  .map(({ by, octets }) =>
                    typeof by === 'number'
                      ? sheetText('part.stop', { octets, host: stopName(journey, by, names) })
                      : sheetText(`part.${by}`, { octets }),
                  )
                  .join(', ')}
              </span>
            </li>
          )
        })}
      </ol>
      <p className={styles.note}>{sheetText('growthNote')}</p>
      <div className={styles.chosen}>
        <p>
          {chosen && origin !== undefined
            ? typeof origin === 'number'
              ? joined(
                  sheetText.parts('chosen.stop', {
                    host: stopName(journey, origin, names),
                    octets: chosen.octets,
                    b: bold,
                  }),
                )
              : joined(sheetText.parts(`chosen.${origin}`, { octets: chosen.octets, b: bold }))
            : sheetText('chosenNone')}
        </p>
        {moment !== undefined && (
          <button type="button" className={`as-link ${styles.show}`} onClick={() => actions.seek(moment)}>
            {joined(sheetText.parts('showAt', { time: clockText(moment), code }))}
          </button>
        )}
      </div>
    </section>
  )
}

const PATTERNS = ['diagonal', 'lines', 'dots', 'bars', 'grid'] as const

function patternOf(by: Origin, order: readonly Origin[]): string {
  if (typeof by !== 'number') return by
  const place = order.filter((each) => typeof each === 'number').indexOf(by)
  return PATTERNS[place % PATTERNS.length] ?? 'diagonal'
}
