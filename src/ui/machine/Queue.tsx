import type { MailServerState } from '../../hosts/mailServer/state'
import { awayInWords, type QueueRow, queueOf } from '../../view/panels/machineRoom'
import type { Host, World } from '../../world/world'
import styles from '../panels/panels.module.css'
import own from './machine.module.css'
import { Section } from './Section'
import { useSecond } from './useSecond'

interface QueueProps {
  readonly host: Host & { readonly state: MailServerState }
  readonly world: World
}

/** Letters that wait to go on: one row a recipient, with the tries made and the one to come. */
export function Queue({ host, world }: QueueProps) {
  const second = useSecond()
  const rows = queueOf(host, world.epoch, world.now)
  const letters = new Set(rows.map(({ queueId }) => queueId)).size
  return (
    <Section title="Outgoing queue" aside={letters === 1 ? '1 letter' : `${letters} letters`}>
      {rows.length === 0 ? (
        <p className={own.note}>Nothing waits here.</p>
      ) : (
        <table className={`${styles.table} ${own.queue}`} aria-label="Outgoing queue">
          <thead>
            <tr>
              <th scope="col">letter</th>
              <th scope="col">for</th>
              <th scope="col">last answer</th>
              <th scope="col">tries so far</th>
              <th scope="col" className={styles.number}>
                next
              </th>
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <tr key={row.key}>
                <td className={styles.wire}>
                  {row.queueId}
                  {row.notice && <span className={styles.quiet}> notice</span>}
                </td>
                <td className={styles.wire}>{row.forwardPath}</td>
                <td className={row.lastAnswer === undefined ? styles.quiet : own.later}>
                  {row.lastAnswer ?? 'none yet'}
                </td>
                <td>
                  <Tries row={row} left={awayInWords(row.givenUp - second)} />
                </td>
                <td className={`${styles.number} ${own.next}`} data-waits={row.nextTry !== undefined}>
                  {host.up ? nextInWords(row, second) : 'when it starts'}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </Section>
  )
}

const nextInWords = ({ nextTry, tries }: QueueRow, now: number): string =>
  nextTry === undefined ? 'under way' : `try ${tries + 1} in ${awayInWords(nextTry - now)}`

/** Tries are strokes on a line, the next one is a ring, giving up a cross. Drawn by count, not by time. */
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
      <span className={styles.hidden}>{tries === 1 ? '1 try' : `${tries} tries`}, </span>
      <span className={styles.quiet}>given up in {left}</span>
    </span>
  )
}
