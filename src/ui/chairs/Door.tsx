import { useMemo, useRef } from 'react'
import { chairsText } from '../../messages/chairs'
import { LAYOUT_HEIGHT } from '../../view/network/geometry'
import { shoresOf } from '../../view/network/shore'
import { HOST_SYMBOLS } from '../../view/network/symbols'
import { namesOf } from '../../view/run/names'
import type { HostSymbol, MapLayout, MapRegion, Scenario } from '../../world/scenario'
import type { HostName } from '../../world/world'
import { useWidth } from '../dom/useWidth'
import '../styles/map.css'
import styles from './door.module.css'

const HEIGHT = 176
const REGIONS: readonly MapRegion[] = [
  { key: 'caller', kind: 'land', title: '', network: '', east: 290 },
  { key: 'sea', kind: 'sea', title: '', network: '', east: 690 },
  { key: 'you', kind: 'land', title: '', network: '' },
]

interface DoorProps {
  readonly scenario: Scenario
  readonly caller: HostName | undefined
  readonly host: HostName
  /** The line that waits, with its meaning in italics. */
  readonly line: string | undefined
  readonly gloss: string | undefined
  /** A line has come and waits: its letter is drawn at the door. */
  readonly waits: boolean
  /** The wire between the two is there. */
  readonly open: boolean
  readonly dns?: boolean
}

/** The map as it is seen through the door: the caller at left, the person at right. */
export function Door({ scenario, caller, host, line, gloss, waits, open, dns = false }: DoorProps) {
  const box = useRef<HTMLElement>(null)
  const width = useWidth(box)
  const names = useMemo(() => namesOf(scenario), [scenario])
  const shores = useMemo(() => {
    const scaleX = width / 1000
    const projection = {
      size: { width, height: HEIGHT },
      scaleX,
      scaleY: 1,
      x: (x: number) => x * scaleX,
      // The coast leans over the height of the whole map, of which the door shows a little.
      y: (y: number) => (y * HEIGHT * 9) / LAYOUT_HEIGHT,
    }
    return width > 0 ? shoresOf(projection, REGIONS) : undefined
  }, [width])
  const left = Math.max(56, width * 0.17)
  const right = width - Math.max(56, width * 0.17)
  const narrow = width < 700
  const lane = narrow ? 44 : 82
  const symbolOf = (name: HostName): HostSymbol => (scenario.map as MapLayout).hosts[name]?.symbol ?? 'exchanger'
  const addressOf = (name: HostName): string => scenario.hosts.find((each) => each.name === name)?.address ?? ''
  const hue = dns ? 'var(--dns)' : 'var(--smtp)'
  return (
    <section ref={box} className={styles.door} aria-label={chairsText('door')}>
      <svg className="map" width={width} height={HEIGHT} aria-hidden="true">
        <rect className="land" width="100%" height="100%" />
        {shores?.seas.map((d) => (
          <path key={d} className="sea" d={d} />
        ))}
        {shores?.ripples.map(({ d, fade }) => (
          <path key={d} className="ripple" d={d} opacity={fade} />
        ))}
        {shores?.coasts.map((d) => (
          <path key={d} className="coast" d={d} />
        ))}
        <text className={styles.side} x="24" y="30">
          {caller === undefined ? '' : chairsText(dns ? 'askerSide' : 'callerSide')}
        </text>
        <text className={styles.side} x={width - 24} y="30" textAnchor="end">
          {chairsText('yourSide')}
        </text>
        {caller !== undefined && (
          <path
            d={`M${left + 28} ${lane}H${right - 36}`}
            stroke={open ? hue : 'var(--rule-2)'}
            strokeWidth={open ? 2 : 1.2}
            {...(dns && { strokeDasharray: '0.1 5', strokeLinecap: 'round' })}
          />
        )}
        {caller !== undefined && <HostSign x={left} y={lane} symbol={symbolOf(caller)} />}
        <rect className={styles.chair} x={right - 31} y={lane - 32} width="62" height="64" />
        <HostSign x={right} y={lane} symbol={symbolOf(host)} />
        {caller !== undefined && (
          <>
            <text className={styles.role} x={left} y={lane + 42} textAnchor="middle">
              {names.short(caller)}
            </text>
            <text className={styles.address} x={left} y={lane + 58} textAnchor="middle">
              {addressOf(caller)}
            </text>
          </>
        )}
        <text className={styles.role} x={right} y={lane + 48} textAnchor="middle">
          {chairsText('you')}
        </text>
        <text className={styles.address} x={right} y={lane + 63} textAnchor="middle">
          {narrow ? names.short(host) : host}
        </text>
        {waits && (
          <g transform={`translate(${width * (narrow ? 0.5 : 0.6)} ${lane})`} style={{ color: hue }}>
            {dns ? (
              <path className={styles.letter} d="M0 -13L15 0L0 13L-15 0Z" />
            ) : (
              <>
                <path
                  className={styles.letter}
                  d="M-18.5 -13.5a1.5 1.5 0 0 1 1.5 -1.5h34a1.5 1.5 0 0 1 1.5 1.5v25a1.5 1.5 0 0 1 -1.5 1.5h-34a1.5 1.5 0 0 1 -1.5 -1.5Z"
                />
                <path className={styles.flap} d="M-16.5 -12.5L0 2L16.5 -12.5" />
              </>
            )}
          </g>
        )}
      </svg>
      {waits && (
        <p className={styles.caption}>
          {line !== undefined && (
            <span className={styles.line} translate="no">
              {line}
            </span>
          )}
          {gloss !== undefined && <span className={styles.gloss}>“{gloss}”</span>}
        </p>
      )}
    </section>
  )
}

const HostSign = ({ x, y, symbol }: { readonly x: number; readonly y: number; readonly symbol: HostSymbol }) => (
  <g className="host on-land active" transform={`translate(${x} ${y}) scale(1.1)`}>
    {HOST_SYMBOLS[symbol].map(({ d, as }) => (
      <path key={d} className={as} d={d} />
    ))}
  </g>
)
