import type { ReactNode } from 'react'
import type { MailServerState } from '../../hosts/mailServer/state'
import { machineText } from '../../messages/machine'
import { awayInWords, type QueueRow, queueOf } from '../../view/panels/machineRoom'
import type { Host, World } from '../../world/world'
import styles from '../panels/panels.module.css'
import { joined } from '../shell/rich'
import own from './machine.module.css'
import { QueuePolicies } from './Policies'
import { Section } from './Section'
import { useSecond } from './useSecond'

interface QueueProps {
  readonly host: Host & { readonly state: MailServerState }
  readonly world: World
}

/** The outgoing queue: one row per recipient, with the past tries and the next one. */
export function Queue({ host, world }: QueueProps) {
  const second = useSecond()
  const rows = queueOf(host, world.epoch, world.now)
  const messages = new Set(rows.map(({ queueId }) => queueId)).size
  return (
    <Section title={machineText('queue')} aside={machineText('letters', { count: messages })}>
      {rows.length === 0 ? (
        <p className={own.note}>{machineText('nothingWaits')}</p>
      ) : (
        <table className={`${styles.table} ${own.queue}`} aria-label={machineText('queue')}>
          <thead>
            <tr>
              <th scope="col">{machineText('letter')}</th>
              <th scope="col">{machineText('for')}</th>
              <th scope="col">{machineText('lastAnswer')}</th>
              <th scope="col">{machineText('triesHead')}</th>
              <th scope="col" className={styles.number}>
                {machineText('next')}
              </th>
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <tr key={row.key}>
                <td className={styles.wire}>
                  {row.notice ? joined(machineText.parts('notice', { queueId: row.queueId, quiet })) : row.queueId}
                </td>
                <td className={styles.wire}>{row.forwardPath}</td>
                <td className={row.lastAnswer === undefined ? styles.quiet : own.later}>
                  {row.lastAnswer ?? machineText('noneYet')}
                </td>
                <td>
                  <Tries row={row} left={awayInWords(row.givenUp - second)} />
                </td>
                <td className={`${styles.number} ${own.next}`} data-waits={row.nextTry !== undefined}>
                  {host.up ? nextInWords(row, second) : machineText('whenItStarts')}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      <QueuePolicies host={host} />
    </Section>
  )
}

const quiet = (inside: readonly ReactNode[]) => <span className={styles.quiet}>{joined(inside)}</span>

const nextInWords = ({ nextTry, tries, held }: QueueRow, now: number): string =>
  held
    ? machineText('held')
    : nextTry === undefined
      ? machineText('underWay')
      : machineText('nextTry', { number: tries + 1, time: awayInWords(nextTry - now) })

/** Tries are strokes on a line, the next one is a ring, giving up is a cross. Their distances show the order, not the time. */
function Tries({ row: { tries, nextTry }, left }: { readonly row: QueueRow; readonly left: string }) {
  const shown = Math.min(tries, 6)
  const ring = 8 + shown * 12
  const end = 112
  return (
    <span className={own.tries}>
      <svg viewBox="0 0 120 12" width="120" height="12" aria-hidden="true">
        <path className={own.line} d={`M2 6H${end}`} />
        {Array.from({ length: shown }, (_, n) => (
          <path key={n} className={own.try} d={`M${4 + n * 12} 1.5V10.5`} />
        ))}
        {nextTry === undefined ? null : <circle className={own.ring} cx={ring} cy={6} r={4} />}
        <path className={own.cross} d={`M${end - 3} 3l6 6M${end + 3} 3l-6 6`} />
      </svg>
      <span className="unseen">{machineText('tries', { count: tries })}, </span>
      <span className={styles.quiet}>{machineText('givenUp', { time: left })}</span>
    </span>
  )
}
