import type { MailProgramState } from '../../hosts/mailProgram/state'
import { machineText } from '../../messages/machine'
import { reasonText } from '../../view/reasonText'
import styles from '../panels/panels.module.css'
import own from './machine.module.css'
import type { RoomProps } from './room'
import { Section } from './Section'

/** A mail program: its servers for sending and fetching, and the letters that are still in its outbox. */
export function MailProgramRoom({ host }: RoomProps) {
  const { config, outbox } = host.state as MailProgramState
  const waiting = outbox.filter(({ state }) => state === 'sending' || state === 'waiting')
  return (
    <>
      <Section title={machineText('accounts')} aside={<span className={styles.wire}>{host.address}</span>}>
        <table className={styles.table} aria-label={machineText('accounts')}>
          <thead>
            <tr>
              <th scope="col">{machineText('address')}</th>
              <th scope="col">{machineText('handsTo')}</th>
              <th scope="col">{machineText('fetchesFrom')}</th>
            </tr>
          </thead>
          <tbody>
            {config.accounts.map(({ address, submission, retrieval }) => (
              <tr key={address}>
                <td className={styles.wire} translate="no">
                  {address}
                </td>
                <td className={styles.wire}>
                  {submission ? `${submission.host} ${submission.port}` : machineText('nobody')}
                </td>
                <td className={styles.wire}>
                  {retrieval ? `${retrieval.host} ${retrieval.port}, ${retrieval.protocol}` : machineText('nowhere')}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </Section>
      <Section title={machineText('outbox')} aside={machineText('letters', { count: waiting.length })}>
        {waiting.length === 0 ? (
          <p className={own.note}>{machineText('nothingWaits')}</p>
        ) : (
          <table className={styles.table} aria-label={machineText('outbox')}>
            <tbody>
              {waiting.map(({ number, forwardPaths, state, tries, reason }) => (
                <tr key={number}>
                  <td className={styles.wire}>{forwardPaths.join(', ')}</td>
                  <td className={reason ? own.later : styles.quiet}>
                    {reason ? reasonText(reason) : machineText('noAnswerYet')}
                  </td>
                  <td className={styles.number}>
                    {state === 'sending' ? machineText('handedOver') : machineText('triesSoFar', { count: tries })}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        )}
      </Section>
    </>
  )
}
