import { memo } from 'react'
import { ladderText } from '../../messages/ladder'
import { faceOf } from '../../view/faces'
import { type ArrowItem, type BarItem, type EventItem, fallOf } from '../../view/ladder/ladder'
import type { Lane } from '../../view/ladder/lane'
import type { TextPlace } from '../../view/ladder/places'
import { fittedLabel, type GroupResult, type Label } from '../../view/ladder/words'
import { OUTCOME_MARKS } from '../../view/network/symbols'
import { TRAVELLER_SHAPES } from '../../view/network/travellerShapes'
import { hueStyle } from '../panels/hue'
import styles from './ladder.module.css'

/** Widths of a character in the type of the wire and, on average, in that of the page. */
export const WIRE_CHARACTER = 7.55
export const UI_CHARACTER = 6.7
/** Where, below the upper edge of its row, an arrow begins, and where the text above it stands. */
export const ARROW_TOP = 17
const TEXT_TOP = 11.5
/** Width of a character of the time at the end of an arrow, and the space before it. */
const TIME_CHARACTER = 7
const TIME_SPACE = 14
export const BAR_TOP = 14

/** Marks text that is the same in every language. */
export const WIRE = { translate: 'no' } as const

/** Whether a row is not yet, under way, or done. */
export type RowState = 'toCome' | 'flying' | 'done'

export function Mark({
  kind,
  x,
  y,
  scale = 0.8,
}: {
  readonly kind: keyof typeof OUTCOME_MARKS
  readonly x: number
  readonly y: number
  readonly scale?: number
}) {
  const { ring, sign } = OUTCOME_MARKS[kind]
  return (
    <g className={styles.outcome} data-outcome={kind} transform={`translate(${x} ${y}) scale(${scale})`}>
      <path className={styles.ring} d={ring} />
      <path d={sign} />
    </g>
  )
}

interface ArrowProps {
  readonly item: ArrowItem
  readonly lane: Lane
  readonly top: number
  readonly state: RowState
  readonly chosen: boolean
  readonly label: Label
  readonly place: TextPlace
  readonly verdict: 'refused' | 'later' | undefined
  readonly phone: boolean
  /** The time, where it stands with the arrow and not in the margin. */
  readonly time: string | undefined
}

/** An arrow that falls with its time in flight, and what it says. */
export const ArrowRow = memo(({ item, lane, top, state, chosen, label, place, verdict, phone, time }: ArrowProps) => {
  const { arrow } = item
  const [x0, x1] = [lane.xOf(arrow.from), lane.xOf(arrow.to)]
  if (x0 === undefined || x1 === undefined) return null
  const start = phone ? 28 : ARROW_TOP
  const fall = fallOf(arrow)
  const way = Math.sign(x1 - x0) || 1
  const lost = arrow.outcome === 'lost' && state === 'done'
  const [from, to] = [x0 + 5 * way, lost ? x0 + (x1 - x0) * 0.5 : x1 - 3 * way]
  const [y0, y1] = [start, start + fall * (lost ? 0.5 : 1)]
  const words = arrow.again && arrow.kind !== 'call' ? ladderText('again') : undefined
  const wordsWidth = words === undefined ? 0 : words.length * UI_CHARACTER + 12
  const most = Math.floor(
    (place.room -
      wordsWidth -
      (verdict ? 22 : 0) -
      (time === undefined || place.beside ? 0 : time.length * TIME_CHARACTER + TIME_SPACE)) /
      (label.isWire ? WIRE_CHARACTER : UI_CHARACTER),
  )
  const text = fittedLabel(label, most)
  const textWidth = text.length * (label.isWire ? WIRE_CHARACTER : UI_CHARACTER)
  const textY = place.beside ? start + fall / 2 + 4 : start - 6 + (phone ? 1 : 0)
  const side = place.anchor === 'start' ? 1 : -1
  return (
    <g
      className={styles.row}
      data-row={item.key}
      data-state={state}
      data-chosen={chosen || undefined}
      data-verdict={state === 'toCome' ? undefined : verdict}
      style={hueStyle(arrow.protocol)}
      transform={`translate(0 ${top})`}
    >
      <rect className={styles.hit} x={0} y={0} width={lane.width} height={item.height} />
      {x0 === x1 ? (
        <path className={styles.line} data-stroke="thin" d={`M${x0} ${start}h26v${Math.max(fall, 4)}h-22`} />
      ) : (
        <Line
          key={state}
          stroke={arrow.kind === 'line' ? faceOf(arrow.protocol).look.stroke : 'thin'}
          d={`M${from} ${y0}L${to} ${y1}`}
        />
      )}
      {!lost && arrow.outcome !== 'unsent' && state !== 'flying' && <Head x={to + way} y={y1} way={way} />}
      {arrow.kind === 'call' && !lost && <Head x={from - way} y={y0} way={-way} />}
      {lost && (
        <>
          <Mark kind="lost" x={to + 9 * way} y={y1} scale={0.9} />
          <text className={styles.lost} x={to + 25 * way} y={y1 + 4.5} textAnchor={way > 0 ? 'start' : 'end'}>
            {label.lost ?? ladderText('lost')}
          </text>
        </>
      )}
      <text
        className={label.isWire ? styles.wire : styles.words}
        x={place.x}
        y={textY}
        textAnchor={place.anchor}
        {...(label.isWire ? WIRE : {})}
      >
        {text}
      </text>
      {words !== undefined && (
        <text className={styles.words} x={place.x + side * (textWidth + 12)} y={textY} textAnchor={place.anchor}>
          {words}
        </text>
      )}
      {verdict && state !== 'toCome' && (
        <Mark kind={verdict} x={place.x + side * (textWidth + wordsWidth + 14)} y={textY - 4} scale={0.75} />
      )}
      {time !== undefined && (
        <text
          className={styles.rowTime}
          x={place.beside ? (place.anchor === 'start' ? 4 : lane.width - 4) : x1 - 14 * way}
          y={start - 6}
          textAnchor={(place.beside ? place.anchor === 'start' : way < 0) ? 'start' : 'end'}
          {...WIRE}
        >
          {time}
        </text>
      )}
      {state === 'flying' && <Traveller carrier={faceOf(arrow.protocol).look.carrier} />}
    </g>
  )
})

/** The height of a text above its arrow. */
export const textTop = (phone: boolean): number => (phone ? 22 : TEXT_TOP)

/** A line in its protocol's form. A double line is two. */
function Line({ stroke, d }: { readonly stroke: string; readonly d: string }) {
  if (stroke !== 'double') return <path className={styles.line} data-stroke={stroke} d={d} />
  return (
    <>
      <path className={styles.line} data-stroke={stroke} d={d} transform="translate(0 -1.6)" />
      <path className={styles.line} data-stroke={stroke} d={d} transform="translate(0 1.6)" />
    </>
  )
}

function Head({ x, y, way }: { readonly x: number; readonly y: number; readonly way: number }) {
  return <path className={styles.head} d={`M${x - 8 * way} ${y - 4.5}L${x} ${y}L${x - 8 * way} ${y + 4.5}`} />
}

/** The traveller. Its attributes are set with every frame. */
function Traveller({ carrier }: { readonly carrier: keyof typeof TRAVELLER_SHAPES }) {
  return (
    <>
      <path className={styles.rest} data-part="rest" />
      <g className={styles.traveller} data-part="traveller">
        {TRAVELLER_SHAPES[carrier].map(({ as, d }) => (
          <path key={d} className={as === 'dot' ? styles.dot : as === 'body' ? styles.body : undefined} d={d} />
        ))}
      </g>
    </>
  )
}

interface BarProps {
  readonly item: BarItem
  readonly lane: Lane
  readonly top: number
  readonly state: RowState
  readonly chosen: boolean
  readonly result: GroupResult | undefined
  readonly place: TextPlace
}

/** A closed group: one bar in the form of its protocol, with its result beside it. */
export const BarRow = memo(({ item, lane, top, state, chosen, result, place }: BarProps) => {
  const { group } = item
  const xs = group.hosts.flatMap((host) => lane.xOf(host) ?? [])
  const [west, east] = [Math.min(...xs), Math.max(...xs)]
  const x0 = lane.xOf(group.client)
  const x1 = lane.xOf(group.server)
  if (x0 === undefined || x1 === undefined) return null
  const unanswered = group.purpose === 'unanswered'
  const way = Math.sign(x1 - x0) || 1
  const end = x0 + (x1 - x0) * 0.72
  const most = Math.floor(
    (place.room - (result?.mark && !unanswered ? 22 : 0)) / (result?.isWire ? WIRE_CHARACTER : UI_CHARACTER),
  )
  const text = result && fittedLabel({ text: result.text, lines: 1, isWire: result.isWire }, most)
  return (
    <g
      className={styles.row}
      data-row={item.key}
      data-state={state}
      data-chosen={chosen || undefined}
      style={hueStyle(group.protocol)}
      transform={`translate(0 ${top})`}
    >
      <rect className={styles.hit} x={0} y={0} width={lane.width} height={item.height} />
      {unanswered ? (
        <>
          <path className={styles.line} data-stroke="thin" d={`M${x0 + 5 * way} ${BAR_TOP}H${end}`} />
          <Mark kind={result?.mark ?? 'later'} x={end + 8 * way} y={BAR_TOP} />
        </>
      ) : (
        <>
          <rect className={styles.bar} x={west + 4} y={BAR_TOP - 4.5} width={Math.max(6, east - west - 8)} height={9} />
          <path
            className={styles.line}
            data-stroke={faceOf(group.protocol).look.stroke}
            d={`M${west + 9} ${BAR_TOP}H${east - 9}`}
          />
        </>
      )}
      {[...new Set(xs)].map((x) => (
        <path key={x} className={styles.tick} d={`M${x} ${BAR_TOP - 7}V${BAR_TOP + 8}`} />
      ))}
      {text !== undefined && (
        <text
          className={result?.isWire ? styles.wire : styles.words}
          x={place.x}
          y={BAR_TOP + 4}
          textAnchor={place.anchor}
          {...(result?.isWire ? WIRE : {})}
        >
          {text}
        </text>
      )}
      {result?.mark && !unanswered && text !== undefined && (
        <Mark
          kind={result.mark}
          x={place.x + (place.anchor === 'start' ? 1 : -1) * (text.length * WIRE_CHARACTER + 14)}
          y={BAR_TOP}
          scale={0.75}
        />
      )}
    </g>
  )
})

interface EventProps {
  readonly item: EventItem
  readonly lane: Lane
  readonly top: number
  readonly state: RowState
  readonly chosen: boolean
  readonly text: string
  readonly place: TextPlace
}

/** An event beside the lifeline of its host. */
export const EventRow = memo(({ item, lane, top, state, chosen, text, place }: EventProps) => {
  const x = item.host === undefined ? undefined : lane.xOf(item.host)
  const y = item.height / 2
  const kind = item.fact.type === 'hostStopped' ? 'lost' : item.fact.type === 'hostStarted' ? 'accepted' : undefined
  const later = item.fact.type === 'messageDeferred' || item.fact.type === 'submissionFailed' ? 'later' : undefined
  const mark = kind ?? later
  return (
    <g
      className={styles.row}
      data-row={item.key}
      data-state={state}
      data-chosen={chosen || undefined}
      transform={`translate(0 ${top})`}
    >
      <rect className={styles.hit} x={0} y={0} width={lane.width} height={item.height} />
      {x !== undefined &&
        (mark ? (
          <Mark kind={mark} x={x} y={y} scale={0.75} />
        ) : (
          <circle className={styles.event} cx={x} cy={y} r={3.2} />
        ))}
      <text className={styles.words} x={place.x} y={y + 4.5} textAnchor={place.anchor}>
        {fittedLabel({ text, lines: 1, isWire: false }, Math.floor(place.room / UI_CHARACTER))}
      </text>
    </g>
  )
})
