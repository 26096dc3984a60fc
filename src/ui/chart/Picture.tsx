import { useEffect, useRef } from 'react'
import { middle, type Point, pathThrough } from '../../view/chart/geometry'
import type { Chart, ChartNode, Word } from '../../view/chart/layout'
import type { Stub, TakenArrow } from '../../view/chart/overlay'
import { scrollIntoSight } from '../dom/scroll'
import styles from './chart.module.css'
import type { Choice } from './choice'

interface PictureProps {
  readonly chart: Chart
  readonly room: string
  readonly present: string | undefined
  /** No session has begun: all is pale. */
  readonly asleep: boolean
  readonly ended: boolean
  readonly taken: readonly TakenArrow[]
  readonly stub: Stub | undefined
  readonly way: readonly (readonly Point[])[]
  /** Where the keys are. */
  readonly cursor: string | undefined
  readonly choice: Choice | undefined
  onChoose(choice: Choice): void
}

/** The picture of a chart. The lists beside it say the same, so it has no words for screen readers. */
export function Picture({
  chart,
  room,
  present,
  asleep,
  ended,
  taken,
  stub,
  way,
  cursor,
  choice,
  onChoose,
}: PictureProps) {
  const picture = useRef<SVGSVGElement>(null)
  const looked = cursor ?? present
  useEffect(() => {
    if (looked !== undefined) scrollIntoSight(picture.current?.querySelector('[data-looked]'), 'nearest')
  }, [looked])
  const drawn = new Set(chart.arrows.map(({ id }) => id))
  const last = taken.at(-1)
  const marks = new Set(taken.flatMap(({ from, to }) => [from, to]))
  return (
    <svg
      ref={picture}
      className={styles.picture}
      data-asleep={asleep ? '' : undefined}
      viewBox={`0 0 ${chart.width} ${chart.height}`}
      width={chart.width}
      height={chart.height}
      aria-hidden="true"
    >
      {chart.frames.map(({ name, title, box, room: own }) => (
        <g key={name} className={styles.frame} data-here={own !== undefined && own === room ? '' : undefined}>
          <rect x={box.x} y={box.y} width={box.width} height={box.height} rx="5" />
          <text className={styles.halo} x={box.x + 24} y={box.y + 4.5}>
            {title}
          </text>
          <text x={box.x + 24} y={box.y + 4.5}>
            {title}
          </text>
        </g>
      ))}
      {chart.bands.map(({ x, y, width, height }) => (
        <rect key={`${x} ${y}`} className={styles.band} x={x} y={y} width={width} height={height} />
      ))}
      {chart.rules.map(({ x, y, width }) => (
        <path key={`${x} ${y}`} className={styles.rule} d={`M${x} ${y}h${width}`} />
      ))}
      {chart.arrows.map(({ id, points, label }) => {
        const lit = taken.some((one) => one.id === id)
        return (
          <g
            key={id}
            className={styles.arrow}
            data-taken={lit ? '' : undefined}
            data-last={id === last?.id ? '' : undefined}
            data-chosen={choice?.kind === 'arrow' && choice.id === id ? '' : undefined}
            onClick={() => onChoose({ kind: 'arrow', id })}
          >
            <path className={styles.hit} d={pathThrough(points)} />
            <path d={pathThrough(points)} />
            <Head points={points} />
            {label && <Words words={label.words} x={label.box.x} y={label.box.y} />}
          </g>
        )
      })}
      {taken
        .filter(({ id }) => !drawn.has(id))
        .map(({ id, points }) => (
          <g key={id} className={styles.arrow} data-taken="" data-last={id === last?.id ? '' : undefined}>
            <path d={pathThrough(points)} />
            <Head points={points} />
          </g>
        ))}
      {way.map((points, nth) => (
        <g key={`${nth} ${points.length}`} className={styles.way}>
          <path d={pathThrough(points)} />
          <Head points={points} />
        </g>
      ))}
      {stub && <Refused stub={stub} />}
      {chart.notes.map(({ words, box, strong, of }) => (
        <Words key={`${box.x} ${box.y}`} words={words} x={box.x} y={box.y} strong={strong} of={of} />
      ))}
      {chart.nodes.map((node) => (
        <Pill
          key={node.id}
          node={node}
          now={node.id === present}
          ended={ended}
          taken={marks.has(node.id)}
          looked={node.id === looked}
          cursor={node.id === cursor}
          chosen={choice?.kind === 'state' && choice.id === node.id}
          onChoose={() => onChoose({ kind: 'state', id: node.id })}
        />
      ))}
    </svg>
  )
}

interface PillProps {
  readonly node: ChartNode
  readonly now: boolean
  readonly ended: boolean
  readonly taken: boolean
  readonly looked: boolean
  readonly cursor: boolean
  readonly chosen: boolean
  onChoose(): void
}

const LINE = 16

function Pill({ node: { id, kind, lines, box }, now, ended, taken, looked, cursor, chosen, onChoose }: PillProps) {
  const { x, y } = middle(box)
  return (
    <g
      className={styles.state}
      data-state={id}
      data-kind={kind}
      data-now={now ? '' : undefined}
      data-ended={now && ended ? '' : undefined}
      data-taken={taken ? '' : undefined}
      data-looked={looked ? '' : undefined}
      data-chosen={chosen ? '' : undefined}
      onClick={onChoose}
    >
      {cursor && (
        <rect
          className={styles.cursor}
          x={box.x - 4}
          y={box.y - 4}
          width={box.width + 8}
          height={box.height + 8}
          rx={Math.min(20, box.height / 2 + 4)}
        />
      )}
      {kind === 'final' ? (
        <>
          <circle cx={x} cy={y} r="9" />
          <circle className={styles.dot} cx={x} cy={y} r="4.5" />
        </>
      ) : (
        <>
          <rect x={box.x} y={box.y} width={box.width} height={box.height} rx={Math.min(16, box.height / 2)} />
          {lines.map((line, nth) => (
            <text key={line} x={x} y={y + 4.5 + (nth - (lines.length - 1) / 2) * LINE} textAnchor="middle">
              {line}
            </text>
          ))}
        </>
      )}
    </g>
  )
}

interface WordsProps {
  readonly words: readonly Word[]
  readonly x: number
  readonly y: number
  readonly strong?: true | undefined
  readonly of?: string | undefined
}

/** Words in a row; the first letter stands at `x`. */
function Words({ words, x, y, strong, of }: WordsProps) {
  return (
    <text className={styles.words} data-of={of} x={x} y={y + 12.5}>
      {words.map(({ text, wire }, nth) => (
        <tspan
          key={`${nth} ${text}`}
          className={wire ? styles.wire : undefined}
          data-strong={strong || (wire && words.length > 2) ? '' : undefined}
          dx={nth === 0 ? 0 : wire && words.length > 2 ? 14 : 6}
        >
          {text}
        </tspan>
      ))}
    </text>
  )
}

/** The head of an arrow, at its last point. */
function Head({ points }: { readonly points: readonly Point[] }) {
  const [before, end] = points.slice(-2)
  if (!before || !end) return null
  const turn = (Math.atan2(end.y - before.y, end.x - before.x) * 180) / Math.PI
  return (
    <path className={styles.head} d="M-8-4.5L0 0L-8 4.5" transform={`translate(${end.x} ${end.y}) rotate(${turn})`} />
  )
}

/** A line that leads to nothing: the command, its code, and a cross. */
function Refused({ stub: { points, text, box } }: { readonly stub: Stub }) {
  return (
    <g className={styles.stub}>
      <path className={styles.dashes} d={pathThrough(points)} />
      <rect className={styles.patch} x={box.x} y={box.y - 2} width={box.width} height={box.height + 4} />
      <text className={styles.wire} x={box.x + 4} y={box.y + 12.5} data-strong="">
        {text}
      </text>
      <path
        className={styles.cross}
        transform={`translate(${box.x + box.width - 10} ${box.y + 8})`}
        d="M-7-7H7V7H-7ZM-3.5-3.5L3.5 3.5M3.5-3.5L-3.5 3.5"
      />
    </g>
  )
}
