import { ChevronsUpDown } from 'lucide-react'
import { type KeyboardEvent, type PointerEvent, type ReactNode, type RefObject, useEffect, useRef } from 'react'
import { useLocation } from 'wouter'
import { civilTime } from '../../base/time'
import type { ReceivedNote, ReceivedPath } from '../../mail/receivedPath'
import { sheetText } from '../../messages/sheet'
import { rebuiltScenario } from '../../view/message/rebuilt'
import type { Leg, Station, Way } from '../../view/message/way'
import { OUTCOME_MARKS } from '../../view/network/symbols'
import type { HostSymbol } from '../../world/scenario'
import { keepScenario } from '../lab/keptScenario'
import { pathOf } from '../lab/scenarios'
import { code, joined } from '../shell/rich'
import { keepTab } from '../stage/useKeptTab'
import { HostSign } from './HostSign'
import { rebuiltWords } from './rebuiltWords'
import side from './side.module.css'
import styles from './way.module.css'
import { durationText, shortDuration } from './words'

interface WayViewProps {
  readonly path: ReceivedPath
  readonly way: Way
  readonly field: number | undefined
  onField(field: number | undefined): void
  /** The first station below the line of trust. */
  readonly trusted: number
  onTrusted(place: number): void
}

/** The stations of a way from the first to the last, with what their clocks said, and the line of trust between two of them. */
export function WayView({ path, way, field, onField, trusted, onTrusted }: WayViewProps) {
  const box = useRef<HTMLOListElement>(null)
  const { stations, legs } = way
  const noteOf = ({ note }: Station): ReceivedNote | undefined => (note === undefined ? undefined : path.notes[note])
  useTrustKey(box)
  const [, navigate] = useLocation()
  const rebuild = (): void => {
    const scenario = rebuiltScenario(path, { ...way, trusted }, rebuiltWords())
    if (!scenario) return
    keepScenario(scenario)
    keepTab('lab:side', 'map')
    navigate(pathOf(scenario))
  }
  // In one list with keys, so that the line of trust stays the same element wherever it is moved, and keeps the focus.
  const line = <TrustLine key="trust" way={way} trusted={trusted} onTrusted={onTrusted} box={box} />
  const rows = stations.flatMap((station, n) => {
    const leg = legs[n - 1]
    const note = noteOf(station)
    return [
      ...(n > 0 && n === trusted ? [line] : []),
      ...(leg ? [<LegRow key={`leg-${n}`} leg={leg} before={stations[n - 1]} after={station} />] : []),
      <StationRow
        key={`station-${n}`}
        station={station}
        note={note}
        before={stations[n - 1]}
        symbol={symbolOf(way, n, note, trusted)}
        isLast={n === stations.length - 1}
        isChosen={note !== undefined && note.field === field}
        place={n}
        onChoose={() => onField(note?.field === field ? undefined : note?.field)}
      />,
    ]
  })
  if (trusted >= stations.length) rows.push(line)
  return (
    <>
      <div className={styles.order}>
        <p>{sheetText('order')}</p>
        <button type="button" className={`as-link ${side.link}`} onClick={rebuild}>
          {sheetText('rebuild')}
        </button>
      </div>
      <ol ref={box} className={styles.way} aria-label={sheetText('stations')}>
        {rows}
      </ol>
      <p className={styles.trustWhy}>{sheetText('trustWhy')}</p>
      <Facts way={way} />
    </>
  )
}

/** T goes to the line of trust, unless something is typed. */
function useTrustKey(box: RefObject<HTMLOListElement | null>): void {
  useEffect(() => {
    const pressed = (event: globalThis.KeyboardEvent): void => {
      const { target } = event
      if (event.key.toLowerCase() !== 't' || event.ctrlKey || event.metaKey || event.altKey) return
      if (target instanceof Element && target.closest('input, textarea, select, [contenteditable], dialog')) return
      box.current?.querySelector<HTMLElement>('[role=slider]')?.focus()
    }
    window.addEventListener('keydown', pressed)
    return () => window.removeEventListener('keydown', pressed)
  }, [box])
}

function symbolOf(way: Way, place: number, note: ReceivedNote | undefined, trusted: number): HostSymbol {
  const { stations } = way
  if (stations[place]?.note === undefined) return 'laptop'
  if (place === stations.length - 1) return 'mailboxStore'
  const isFirst = place === 0 || stations[place - 1]?.note === undefined
  return isFirst && (note?.authenticated || place < trusted) ? 'submissionServer' : 'exchanger'
}

const two = (n: number): string => String(n).padStart(2, '0')

/** `09:30:01`, by the clock of Greenwich. */
function timeOfDay(at: number): string {
  const { hour, minute, second } = civilTime(at)
  return `${two(hour)}:${two(minute)}:${two(second)}`
}

function dayOf(at: number | undefined): string {
  if (at === undefined) return ''
  const { year, month, day } = civilTime(at)
  return `${year}-${two(month)}-${two(day)}`
}

interface StationRowProps {
  readonly station: Station
  readonly note: ReceivedNote | undefined
  readonly before: Station | undefined
  readonly symbol: HostSymbol
  readonly isLast: boolean
  readonly isChosen: boolean
  readonly place: number
  onChoose(): void
}

function StationRow({ station, note, before, symbol, isLast, isChosen, place, onChoose }: StationRowProps) {
  const { name, address, at } = station
  const newDay = at !== undefined && dayOf(at) !== dayOf(before?.at)
  const isKnown = note === undefined || note.known
  const title = name ?? (note === undefined ? address : undefined)
  const words = (
    <>
      {title === undefined ? (
        <b className={styles.unknown}>{sheetText(isKnown ? 'authorsMachine' : 'unknownStation')}</b>
      ) : (
        <b className={styles.name} translate="no">
          {title}
        </b>
      )}
      {address !== undefined && address !== title && (
        <code className={styles.address} translate="no">
          {address}
        </code>
      )}
    </>
  )
  return (
    <li className={styles.station} data-chosen={isChosen ? '' : undefined} data-station={place}>
      <span className={styles.time}>
        {at === undefined ? (
          <small>{sheetText('noClock')}</small>
        ) : (
          <>
            <code translate="no">{timeOfDay(at)}</code>
            {newDay && (
              <code className={styles.day} translate="no">
                {dayOf(at)}
              </code>
            )}
          </>
        )}
      </span>
      <span className={styles.sign}>
        <HostSign symbol={symbol} size={46} />
      </span>
      {note === undefined ? (
        <span className={styles.words}>{words}</span>
      ) : (
        <button type="button" className={styles.words} aria-pressed={isChosen} onClick={onChoose}>
          {words}
        </button>
      )}
      <span className={styles.how}>
        {note === undefined ? (
          <>
            {sheetText('wrote')}
            {at !== undefined && <small>{joined(sheetText.parts('ownClock', { code }))}</small>}
          </>
        ) : (
          <>
            {note.protocol === undefined
              ? sheetText(isKnown ? 'took' : 'unknownWhy')
              : joined(sheetText.parts('tookBy', { protocol: note.protocol, code }))}
            {note.authenticated && <small>{sheetText('loggedIn')}</small>}
            {isLast && <small>{sheetText('lastNote')}</small>}
          </>
        )}
      </span>
    </li>
  )
}

interface LegRowProps {
  readonly leg: Leg
  readonly before: Station | undefined
  readonly after: Station
}

function LegRow({ leg, before, after }: LegRowProps) {
  const { delay, behind, slow, guess } = leg
  return (
    <li className={styles.leg} data-slow={slow ? '' : undefined} data-behind={behind === undefined ? undefined : ''}>
      <span className={styles.track} aria-hidden="true">
        {slow && (
          <svg viewBox="-12 -12 24 24" width="26" height="26">
            <path className={styles.ring} d={OUTCOME_MARKS.later.ring} />
            <path d={OUTCOME_MARKS.later.sign} />
          </svg>
        )}
      </span>
      <span className={styles.delay}>
        {behind !== undefined ? (
          <>
            <b>{sheetText('behind', { duration: durationText(behind) })}</b>
            <small>
              {joined(
                sheetText.parts('behindWhy', {
                  before: timeOfDay(before?.at ?? 0),
                  after: timeOfDay(after.at ?? 0),
                  code,
                }),
              )}
            </small>
          </>
        ) : delay === undefined ? (
          sheetText('noDelay')
        ) : slow ? (
          <>
            <b>{durationText(delay)}</b>
            {guess && <small>{sheetText(`guess.${guess}`)}</small>}
          </>
        ) : (
          durationText(delay)
        )}
      </span>
    </li>
  )
}

interface TrustLineProps {
  readonly way: Way
  readonly trusted: number
  onTrusted(place: number): void
  readonly box: RefObject<HTMLOListElement | null>
}

/** The line above which strangers have written. It is moved by arrow keys, or pulled. */
function TrustLine({ way: { stations }, trusted, onTrusted, box }: TrustLineProps) {
  const line = useRef<HTMLDivElement>(null)
  const most = stations.length
  const go = (place: number): void => {
    const within = Math.min(Math.max(place, 1), most)
    if (within !== trusted) onTrusted(within)
  }
  const pressed = (event: KeyboardEvent<HTMLDivElement>): void => {
    const to = { ArrowUp: trusted - 1, ArrowDown: trusted + 1, Home: 1, End: most }[event.key]
    if (to === undefined) return
    event.preventDefault()
    event.stopPropagation()
    go(to)
  }
  const pulled = (event: PointerEvent<HTMLDivElement>): void => {
    if (event.button !== 0) return
    event.preventDefault()
    line.current?.focus()
    const move = ({ clientY }: globalThis.PointerEvent): void => {
      const rows = [...(box.current?.querySelectorAll('[data-station]') ?? [])]
      const above = rows.filter((row) => {
        const { top, height } = row.getBoundingClientRect()
        return top + height / 2 < clientY
      })
      go(above.length)
    }
    const end = (): void => {
      window.removeEventListener('pointermove', move)
      window.removeEventListener('pointerup', end)
      window.removeEventListener('pointercancel', end)
    }
    window.addEventListener('pointermove', move)
    window.addEventListener('pointerup', end)
    window.addEventListener('pointercancel', end)
  }
  const station = stations[trusted]
  const value = station
    ? sheetText('trustAt', {
        host: station.name ?? sheetText('unknownStation'),
        place: (station.note ?? 0) + 1,
        count: stations.filter(({ note }) => note !== undefined).length,
      })
    : sheetText('trustNone')
  return (
    <li className={styles.trust}>
      <div
        ref={line}
        className={styles.handle}
        role="slider"
        tabIndex={0}
        aria-label={sheetText('trust')}
        aria-orientation="vertical"
        aria-valuemin={1}
        aria-valuemax={most}
        aria-valuenow={trusted}
        aria-valuetext={value}
        onKeyDown={pressed}
        onPointerDown={pulled}
      >
        <span className={styles.grip}>
          <ChevronsUpDown aria-hidden="true" />
        </span>
        <span className={styles.says}>{station ? sheetText('trustLine') : sheetText('trustNone')}</span>
      </div>
    </li>
  )
}

function Facts({ way }: { readonly way: Way }) {
  const { total, legs, disagreement, compared, encryption } = way
  // Delays do not add up to the whole if a clock disagrees.
  const slow = disagreement === 0 ? legs.find((leg) => leg.slow)?.delay : undefined
  const facts: readonly (readonly [string, ReactNode])[] = [
    total === undefined
      ? [sheetText('noTotal'), sheetText('noTotalNote')]
      : [
          sheetText('total', { duration: shortDuration(total) }),
          slow === undefined ? sheetText('totalNote') : sheetText('totalSlow', { duration: shortDuration(slow) }),
        ],
    !compared
      ? [sheetText('clocksUnknown'), sheetText('clocksUnknownNote')]
      : disagreement === 0
        ? [sheetText('clocksAgree'), sheetText('clocksAgreeNote')]
        : [sheetText('clocksDisagree'), sheetText('clocksDisagreeNote', { duration: durationText(disagreement) })],
    [
      sheetText(`encrypted.${encryption}`),
      encryption === 'none'
        ? joined(sheetText.parts('encryptedNote.none', { code }))
        : sheetText(`encryptedNote.${encryption}`),
    ],
  ]
  return (
    <dl className={styles.facts}>
      {facts.map(([fact, why]) => (
        <div key={fact}>
          <dt>{fact}</dt>
          <dd>{why}</dd>
        </div>
      ))}
    </dl>
  )
}
