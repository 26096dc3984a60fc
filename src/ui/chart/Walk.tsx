import { chartText } from '../../messages/chart'
import type { Chart } from '../../view/chart/layout'
import { pathOfPlace } from '../../view/chart/table'
import styles from './chart.module.css'

interface WalkProps {
  readonly chart: Chart
  readonly present: string | undefined
  readonly ended: boolean
  onChoose(id: string): void
}

/** The good session as a vertical line of states, for a narrow screen. */
export function Walk({ chart, present, ended, onChoose }: WalkProps) {
  const walk = chart.table.good.map((path) => chart.nodes.findLast((node) => pathOfPlace(node.id) === path))
  return (
    <ol className={styles.walk}>
      {walk.map((node, nth) => {
        if (!node || walk.indexOf(node) < nth) return null
        const next = walk[nth + 1]
        const arrow = next && chart.arrows.find(({ from, to }) => from === node.id && to === next.id)
        return (
          <li key={node.id}>
            <button
              type="button"
              className={styles.pill}
              data-kind={node.kind}
              data-now={node.id === present ? '' : undefined}
              data-ended={ended ? '' : undefined}
              aria-current={node.id === present ? 'step' : undefined}
              onClick={() => onChoose(node.id)}
            >
              {node.title}
            </button>
            {arrow?.label && (
              <span className={styles.step}>
                {arrow.label.words.map(({ text, wire }) => (
                  <span key={text} className={wire ? styles.wire : undefined} translate={wire ? 'no' : undefined}>
                    {text}{' '}
                  </span>
                ))}
                {next && walk.indexOf(next) < nth && <em>{chartText('backTo', { state: next.title })}</em>}
              </span>
            )}
          </li>
        )
      })}
    </ol>
  )
}
