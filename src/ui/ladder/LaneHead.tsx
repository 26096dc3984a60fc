import { memo } from 'react'
import { ladderText } from '../../messages/ladder'
import { storyText } from '../../messages/story'
import type { Lane, Lifeline } from '../../view/ladder/lane'
import { HOST_SYMBOLS } from '../../view/network/symbols'
import { typographic } from '../../view/run/names'
import styles from './ladder.module.css'
import { Mark, WIRE } from './RowDrawing'

export const HEAD_HEIGHT = 104
export const PHONE_HEAD_HEIGHT = 62

interface LaneHeadProps {
  readonly lane: Lane
  /** Hosts without power. */
  readonly down: ReadonlySet<string>
  readonly phone: boolean
  /** The host that alone is shown. */
  readonly only: string | undefined
  /** On a phone, what the sea costs. */
  readonly sea?: string | undefined
  onOnly(host: string | undefined): void
}

/** A sea narrower than this has its name in a smaller and closer type. */
const CLOSE_SEA = 160

/** Pixels between two lifelines below which names have two lines. */
const NARROW = 104

/** The heads of the lifelines: the map's symbols on the map's ground, with the sea between the lands. */
export const LaneHead = memo(({ lane, down, phone, only, sea, onOnly }: LaneHeadProps) => {
  const height = phone ? PHONE_HEAD_HEIGHT : HEAD_HEIGHT
  const narrow = lane.lifelines.some(({ x }, i) => i > 0 && x - (lane.lifelines[i - 1]?.x ?? 0) < NARROW)
  return (
    <svg className={styles.laneHead} width={lane.width} height={height} role="group" aria-label={ladderText('heads')}>
      <rect className={styles.land} width={lane.width} height={height} />
      {lane.bands.map(({ region, from, to }, index) => {
        const isSea = region.kind === 'sea'
        const [west, east] = [index > 0, index < lane.bands.length - 1]
        return (
          <g key={region.key}>
            {isSea && (
              <>
                <path
                  className={styles.seaGround}
                  d={`${west ? coast(from, height, 0) : `M${from} ${height}V0`}L${east ? `${coastUp(to, height)}` : `${to} 0V${height}`}Z`}
                />
                {west && <path className={styles.coast} d={coast(from, height, 0)} />}
                {east && <path className={styles.coast} d={coast(to, height, 0)} />}
                {west && <path className={styles.ripple} d={coast(from, height, 7)} />}
                {east && <path className={styles.ripple} d={coast(to, height, -7)} />}
              </>
            )}
            {!phone && to - from > 90 && (
              <text
                className={isSea ? styles.seaName : styles.landName}
                data-close={(isSea && to - from < CLOSE_SEA) || undefined}
                x={
                  isSea
                    ? (from + to) / 2
                    : index === 0
                      ? from + 24
                      : index === lane.bands.length - 1
                        ? to - 24
                        : (from + to) / 2
                }
                y={isSea ? 21 : 20}
                textAnchor={
                  isSea || (index > 0 && index < lane.bands.length - 1) ? 'middle' : index === 0 ? 'start' : 'end'
                }
              >
                {typographic(region.title)}
              </text>
            )}
          </g>
        )
      })}
      {phone && sea !== undefined && (
        <text className={styles.seaName} x={lane.width / 2} y={36} textAnchor="middle">
          {sea}
        </text>
      )}
      {lane.lifelines.map((lifeline) => (
        <HostHead
          key={lifeline.hosts.join(' ')}
          lifeline={lifeline}
          narrow={narrow && !phone}
          phone={phone}
          down={lifeline.hosts.some((host) => down.has(host))}
          chosen={lifeline.hosts[0] === only}
          onOnly={onOnly}
        />
      ))}
    </svg>
  )
})

interface HostHeadProps {
  readonly lifeline: Lifeline
  readonly narrow: boolean
  readonly phone: boolean
  readonly down: boolean
  readonly chosen: boolean
  onOnly(host: string | undefined): void
}

/** A symbol with its name. A double click shows only what this host says. */
function HostHead({ lifeline, narrow, phone, down, chosen, onOnly }: HostHeadProps) {
  const { symbol, label, x, ground, hosts } = lifeline
  const single = hosts.length === 1 ? hosts[0] : undefined
  const toggle = (): void => onOnly(chosen ? undefined : single)
  const lines = narrow ? inTwo(label) : [label]
  // Where the next symbol is near, the word stands beneath the name, not beside the symbol.
  const isBeneath = down && narrow
  const y = phone ? 22 : isBeneath && lines.length > 1 ? 42 : lines.length > 1 || isBeneath ? 46 : 52
  const leading = isBeneath ? 12 : 13
  const lowest = phone ? 54 : isBeneath ? (lines.length > 1 ? 97 : 91) - leading : 90
  const button =
    single === undefined || phone
      ? {}
      : {
          role: 'button',
          tabIndex: 0,
          'aria-pressed': chosen,
          'aria-label': ladderText('onlyOf', { host: label }),
          onDoubleClick: toggle,
          onKeyDown: (event: React.KeyboardEvent) => {
            if (event.key !== 'Enter' && event.key !== ' ') return
            event.preventDefault()
            event.stopPropagation()
            toggle()
          },
        }
  return (
    <g className={styles.hostHead} data-ground={ground} data-chosen={chosen || undefined} {...button}>
      <title>{down ? `${label}, ${storyText('stopped')}` : ladderText('onlyOf', { host: label })}</title>
      <g transform={`translate(${x} ${y}) scale(${phone ? 0.72 : 0.82})`}>
        <rect className={styles.hit} x={-26} y={-26} width={52} height={60} />
        {HOST_SYMBOLS[symbol].map(({ as, d }) => (
          <path key={d} className={styles[as]} d={d} />
        ))}
      </g>
      {down && <Mark kind="lost" x={x + (phone ? 14 : 18)} y={y - (phone ? 11 : 14)} />}
      {down && !phone && (
        <text
          className={styles.down}
          x={isBeneath ? x : x + 24}
          y={isBeneath ? lowest + leading : y + 9}
          textAnchor={isBeneath ? 'middle' : 'start'}
        >
          {storyText('stopped')}
        </text>
      )}
      {lines.map((line, i) => (
        <text key={line} x={x} y={lowest - (lines.length - 1 - i) * leading} textAnchor="middle" {...WIRE}>
          {line}
        </text>
      ))}
    </g>
  )
}

/** A name in two lines, if it has a place for it. */
function inTwo(label: string): readonly string[] {
  const space = label.indexOf(' ')
  return space === -1 ? [label] : [label.slice(0, space), label.slice(space + 1)]
}

const STEP = 8
/** A fixed sum of sines, so that the shore is the same at every visit. */
const wave = (x: number, y: number): number => 3 * Math.sin(y / 17 + x) + 1.6 * Math.sin(y / 7 + 2 * x)
const coastPoints = (x: number, height: number, off: number): readonly string[] => {
  const points: string[] = []
  for (let y = 0; y < height; y += STEP) {
    // At the foot of the head it meets the straight edge of the band below.
    const share = Math.min(1, (height - y) / 24)
    points.push(`${(x + off + wave(x, y) * share).toFixed(1)} ${y}`)
  }
  return [...points, `${(x + off).toFixed(1)} ${height}`]
}
const coast = (x: number, height: number, off: number): string => `M${coastPoints(x, height, off).join('L')}`
const coastUp = (x: number, height: number): string => [...coastPoints(x, height, 0)].reverse().join('L')
