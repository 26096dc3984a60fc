import { useId, useState } from 'react'
import { type Calibration, calibrationOf, type Level, SAID, saidIn } from '../../learning/calibration'
import type { Progress } from '../../learning/progress'
import { reviewText } from '../../messages/review'
import styles from './review.module.css'

const [WIDTH, HEIGHT, LEFT, TOP] = [420, 320, 44, 12]
/** The scale of what was said begins a little below guessing. */
const FROM = 20
const x = (said: number): number => LEFT + ((said - FROM) / (100 - FROM)) * WIDTH
const y = (right: number): number => TOP + (1 - right / 100) * HEIGHT
const share = ({ right, count }: Level): number => (100 * right) / count

/** How sure one was against how often one was right, of all answers that said it. */
export function Curve({ progress }: { readonly progress: Progress }) {
  const found = calibrationOf(saidIn(progress))
  const [isTable, showTable] = useState(false)
  const name = useId()
  return (
    <section className={styles.curve} aria-labelledby={name}>
      <div className={styles.curveHead}>
        <h2 id={name}>{reviewText('curve')}</h2>
        {found.count > 0 && (
          <button type="button" className={styles.asText} aria-pressed={isTable} onClick={() => showTable(!isTable)}>
            {reviewText('asTable')}
          </button>
        )}
      </div>
      {found.count === 0 ? (
        <p className={styles.note}>{reviewText('noCurve')}</p>
      ) : (
        <>
          {!isTable && <Picture found={found} />}
          <Table found={found} className={isTable ? styles.table : 'unseen'} />
          <Reading found={found} />
        </>
      )}
    </section>
  )
}

function Picture({ found }: { readonly found: Calibration }) {
  const levels = found.levels.filter(({ count }) => count > 0)
  return (
    <figure className={styles.figure} aria-hidden="true">
      <figcaption>{reviewText('curveOf')}</figcaption>
      <svg viewBox={`0 0 ${LEFT + WIDTH + 40} ${TOP + HEIGHT + 34}`}>
        {[0, 25, 50, 75, 100].map((at) => (
          <g key={at}>
            <line x1={LEFT} x2={LEFT + WIDTH} y1={y(at)} y2={y(at)} className={styles.grid} />
            <text x={LEFT - 10} y={y(at) + 4} textAnchor="end">
              {at}
            </text>
          </g>
        ))}
        <line x1={x(FROM)} y1={y(FROM)} x2={x(100)} y2={y(100)} className={styles.diagonal} />
        <text
          className={styles.diagonalName}
          transform={`translate(${x(72)} ${y(72) - 8}) rotate(${(-Math.atan2(HEIGHT / 100, WIDTH / (100 - FROM)) * 180) / Math.PI})`}
          textAnchor="middle"
        >
          {reviewText('diagonal')}
        </text>
        <polyline
          className={styles.line}
          points={levels.map((level) => `${x(SAID[level.sure])},${y(share(level))}`).join(' ')}
        />
        {levels.map((level) => {
          const [cx, cy] = [x(SAID[level.sure]), y(share(level))]
          return (
            <g key={level.sure}>
              <circle
                cx={cx}
                cy={cy}
                r={level.few ? 5 : 8}
                data-few={level.few || undefined}
                className={styles.point}
              />
              <text
                x={cx}
                y={cy < y(SAID[level.sure]) && cy > TOP + 16 ? cy - 16 : cy + 26}
                textAnchor="middle"
                className={styles.pointName}
              >
                {reviewText('point', { right: level.right, count: level.count })}
              </text>
            </g>
          )
        })}
        {found.levels.map(({ sure }) => (
          <text key={sure} x={x(SAID[sure])} y={TOP + HEIGHT + 24} textAnchor="middle" className={styles.level}>
            {reviewText(`level.${sure}`)}
          </text>
        ))}
      </svg>
    </figure>
  )
}

function Table({ found, className }: { readonly found: Calibration; readonly className: string | undefined }) {
  return (
    <table className={className}>
      <thead>
        <tr>
          <th scope="col">{reviewText('said')}</th>
          <th scope="col">{reviewText('youWereRight')}</th>
        </tr>
      </thead>
      <tbody>
        {found.levels.map((level) => (
          <tr key={level.sure}>
            <th scope="row">{reviewText(`level.${level.sure}`)}</th>
            <td>
              {reviewText('point', { right: level.right, count: level.count })}
              {level.few && <span className={styles.note}> {reviewText('few')}</span>}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

/** One word, and one sentence. */
function Reading({ found: { aim, farthest } }: { readonly found: Calibration }) {
  if (!aim) return null
  return (
    <p className={styles.reading}>
      <strong>{reviewText(`aim.${aim}`)}</strong>{' '}
      {farthest
        ? reviewText('farthest', { sure: farthest.sure, right: farthest.right, count: farthest.count })
        : reviewText(`reading.${aim}`)}
    </p>
  )
}
