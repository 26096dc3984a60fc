import { useCallback, useEffect, useMemo, useRef } from 'react'
import type { Instant } from '../../base/time'
import { ladderText } from '../../messages/ladder'
import { fallOf, type Item } from '../../view/ladder/ladder'
import type { Lane } from '../../view/ladder/lane'
import { besideOne, coveredBy, type TextPlace, textPlace, xsOf } from '../../view/ladder/places'
import {
  eventText,
  groupResult,
  labelOf,
  secondsText,
  verdictOf,
  waitReason,
  wholeLabel,
} from '../../view/ladder/words'
import { useRun, useRunStore } from '../run/RunContext'
import { type Covered, Lifelines } from './Lifelines'
import styles from './ladder.module.css'
import { ARROW_TOP, ArrowRow, BarRow, EventRow, type RowState, UI_CHARACTER, WIRE_CHARACTER } from './RowDrawing'
import type { LadderState } from './useLadder'

interface RowsProps {
  readonly state: LadderState
  readonly lane: Lane
  readonly spans: ReadonlyMap<string, readonly [number, number]>
  /** The rows in sight, the end exclusive, and the heights between which they are drawn. */
  readonly first: number
  readonly end: number
  readonly from: number
  readonly to: number
  /** Where the lane begins. */
  readonly left: number
}

/** The drawing of the rows in sight. */
export function Rows({ state, lane, spans, first, end, from, to, left }: RowsProps) {
  const { ladder, view, names, begun, chosen, phone, topOf } = state
  const run = useRunStore()
  const svg = useRef<SVGSVGElement>(null)
  const items = ladder.items.slice(first, end)
  // Only a change of what is under way draws again; the travellers move without React.
  const flying = useRun(({ t }) => flyingAt(items, t).join(' '))
  const aloft = new Set(flying === '' ? [] : flying.split(' ').map(Number))
  const isOff = useOff(state)

  useEffect(() => {
    const move = (): void => moveTravellers(svg.current, items, lane, run.get().t, phone)
    move()
    return run.subscribe(move)
  })

  const rows = items.map((item, index) => {
    const place = first + index
    const past = place < begun
    const isAloft = item.type === 'arrow' && item.arrow.outcome !== 'unsent' && aloft.has(index)
    const rowState: RowState = !past ? 'toCome' : isAloft ? 'flying' : 'done'
    const common = { lane, top: topOf(place), state: rowState, chosen: place === chosen }
    const drawn = drawingOf(state, item, lane)
    return { item, place, past, common, ...drawn }
  })
  const covered: readonly Covered[] = rows.map(({ item, past, common, text, group }) => ({
    item,
    top: common.top,
    bottom: common.top + item.height,
    past,
    ...(text ? { text } : {}),
    ...(group ? { group } : {}),
  }))
  return (
    <svg
      ref={svg}
      className={styles.drawing}
      style={{ insetBlockStart: from, insetInlineStart: left }}
      width={lane.width}
      height={Math.max(0, to - from)}
      viewBox={`0 ${from} ${lane.width} ${Math.max(1, to - from)}`}
      aria-hidden="true"
      onClick={(event) => {
        const place = placeOf(event.target, rows)
        if (place !== undefined) state.choose(place)
      }}
      onDoubleClick={(event) => {
        const place = placeOf(event.target, rows)
        const item = place === undefined ? undefined : ladder.items[place]
        if (place === undefined || !item) return
        if (item.type === 'bar') state.toggle(item.group.key, true)
        else state.goTo(place)
      }}
    >
      {lane.bands.map(({ region, from: west, to: east }) => (
        <rect
          key={region.key}
          className={region.kind === 'sea' ? styles.seaGround : styles.ground}
          x={west}
          y={from}
          width={east - west}
          height={Math.max(0, to - from)}
        />
      ))}
      <Lifelines lane={lane} rows={covered} from={from} to={to} spans={spans} first={first} isOff={isOff} />
      {rows.map(({ item, common, place, placeOfText, label, verdict, result, words }) => {
        switch (item.type) {
          case 'arrow':
            return label && placeOfText ? (
              <ArrowRow
                key={item.key}
                item={item}
                {...common}
                label={label}
                place={placeOfText}
                verdict={verdict}
                phone={phone}
                time={phone ? secondsText(item.at) : undefined}
              />
            ) : null
          case 'bar':
            return placeOfText ? (
              <BarRow key={item.key} item={item} {...common} result={result} place={placeOfText} />
            ) : null
          case 'event':
            return placeOfText ? (
              <EventRow key={item.key} item={item} {...common} text={words ?? ''} place={placeOfText} />
            ) : null
          default:
            return (
              <Tear
                key={item.key}
                top={common.top}
                height={item.height}
                width={lane.width}
                mended={item.mended}
                chosen={place === chosen}
                rowKey={item.key}
                past={common.state !== 'toCome'}
                text={waitReason(view, item, names)}
                x={phone ? 84 : (lane.lifelines[1]?.x ?? 0) + 12}
                onMend={() => state.mend(item.ended)}
              />
            )
        }
      })}
    </svg>
  )
}

/** The texts of a row, and the width that they cover. */
function drawingOf(state: LadderState, item: Item, lane: Lane) {
  const { view, names, phone } = state
  switch (item.type) {
    case 'arrow': {
      const { arrow, group } = item
      const [x0, x1] = [lane.xOf(arrow.from), lane.xOf(arrow.to)]
      if (x0 === undefined || x1 === undefined) return {}
      const label = labelOf(view, arrow, names, group.port)
      const verdict = verdictOf(view, arrow)
      const width =
        wholeLabel(label).length * (label.isWire ? WIRE_CHARACTER : UI_CHARACTER) +
        (arrow.again ? 80 : 0) +
        (verdict ? 22 : 0)
      const placeOfText = phone ? textPlace(x0, x1, lane.width, 0, 120) : textPlace(x0, x1, lane.width, width)
      const xs = xsOf(lane, group.hosts)
      return {
        label,
        placeOfText,
        verdict,
        text: coveredBy(placeOfText, Math.min(width, placeOfText.room)),
        group: [Math.min(...xs), Math.max(...xs)] as const,
      }
    }
    case 'bar': {
      const xs = xsOf(lane, item.group.hosts)
      const [west, east] = [Math.min(...xs), Math.max(...xs)]
      const result = groupResult(view, item.group, names)
      const placeOfText = besideEnds(west, east, lane.width)
      const width =
        (result?.text.length ?? 0) * (result?.isWire ? WIRE_CHARACTER : UI_CHARACTER) + (result?.mark ? 22 : 0)
      return {
        result,
        placeOfText,
        text: coveredBy(placeOfText, Math.min(width, placeOfText.room)),
        group: [west, east] as const,
      }
    }
    case 'event': {
      const words = eventText(item, view, names)
      const x = item.host === undefined ? 8 : (lane.xOf(item.host) ?? 8)
      const width = words.length * UI_CHARACTER
      const placeOfText = besideOne(x, lane.width, width)
      return { words, placeOfText, text: coveredBy(placeOfText, Math.min(width, placeOfText.room)) }
    }
    case 'tear':
      return {}
  }
}

/** Beside a bar, on the side with more room, first on the right. */
function besideEnds(west: number, east: number, width: number): TextPlace {
  const right = width - east - 20
  return right >= 200 || right >= west
    ? { x: east + 14, anchor: 'start', beside: true, room: right }
    : { x: west - 14, anchor: 'end', beside: true, room: west - 20 }
}

function placeOf(
  target: EventTarget,
  rows: readonly { readonly item: Item; readonly place: number }[],
): number | undefined {
  const key = target instanceof Element ? target.closest('[data-row]')?.getAttribute('data-row') : undefined
  return rows.find(({ item }) => item.key === key)?.place
}

/** The places, among these rows, of arrows that are under way. */
const flyingAt = (items: readonly Item[], t: Instant): readonly number[] =>
  items.flatMap((item, index) => (item.type === 'arrow' && item.arrow.at <= t && t < item.arrow.arrives ? [index] : []))

/** A lost packet is shown up to half of its way. */
const HALF = 0.5

function moveTravellers(
  svg: SVGSVGElement | null,
  items: readonly Item[],
  lane: Lane,
  t: Instant,
  phone: boolean,
): void {
  for (const index of flyingAt(items, t)) {
    const item = items[index]
    if (item?.type !== 'arrow') continue
    const { arrow } = item
    const row = svg?.querySelector(`[data-row="${item.key}"]`)
    const [x0, x1] = [lane.xOf(arrow.from), lane.xOf(arrow.to)]
    if (!row || x0 === undefined || x1 === undefined) continue
    const share = (t - arrow.at) / (arrow.arrives - arrow.at)
    const part = arrow.outcome === 'lost' ? Math.min(share, HALF) : share
    const start = phone ? 28 : ARROW_TOP
    const fall = fallOf(arrow)
    const [x, y] = [x0 + (x1 - x0) * part, start + fall * part]
    const way = Math.sign(x1 - x0) || 1
    row
      .querySelector('[data-part=traveller]')
      ?.setAttribute('transform', `translate(${x.toFixed(1)} ${y.toFixed(1)}) scale(${phone ? 0.72 : 0.6})`)
    row
      .querySelector('[data-part=rest]')
      ?.setAttribute('d', `M${(x + 16 * way).toFixed(1)} ${y.toFixed(1)}L${x1 - 4 * way} ${start + fall}`)
    for (const line of row.querySelectorAll('[data-stroke]'))
      line.setAttribute('d', `M${x0 + 5 * way} ${start}L${x.toFixed(1)} ${y.toFixed(1)}`)
  }
}

/** Whether a host is without power at an instant. */
function useOff({ view }: LadderState): (host: string, t: Instant) => boolean {
  const { events } = view.history.happenings
  const changes = useMemo(
    () =>
      [...events].flatMap((event) =>
        event.type === 'hostStopped' || event.type === 'hostStarted'
          ? [{ host: event.host, at: event.at, off: event.type === 'hostStopped' }]
          : [],
      ),
    [events],
  )
  return useCallback(
    (host, t) => changes.findLast((change) => change.host === host && change.at <= t)?.off ?? false,
    [changes],
  )
}

interface TearProps {
  readonly top: number
  readonly height: number
  readonly width: number
  readonly mended: boolean
  readonly chosen: boolean
  readonly past: boolean
  readonly rowKey: string
  readonly text: string
  readonly x: number
  onMend(): void
}

/** Time that is left out: a strip with two wavy edges. Mended it is as long as it was, up to a limit. */
function Tear({ top, height, width, mended, chosen, past, rowKey, text, x, onMend }: TearProps) {
  return (
    <g
      className={styles.tear}
      data-row={rowKey}
      data-state={past ? 'done' : 'toCome'}
      data-mended={mended || undefined}
      data-chosen={chosen || undefined}
      transform={`translate(0 ${top})`}
      onClick={onMend}
    >
      <title>{ladderText(mended ? 'tear' : 'mend', { wait: text })}</title>
      {mended ? (
        <rect className={styles.hit} width={width} height={height} />
      ) : (
        <rect className={styles.strip} width={width} height={height} />
      )}
      {!mended && <path className={styles.edge} d={`${wavy(width, 0)}${wavy(width, height)}`} />}
      <text className={styles.words} x={x} y={height / 2 + 4.5}>
        {text}
      </text>
    </g>
  )
}

const WAVE = 12
const wavy = (width: number, y: number): string => `M0 ${y}${'q3 -3.4 6 0t6 0'.repeat(Math.ceil(width / WAVE))}`
