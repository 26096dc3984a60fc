import type { MailProgramState } from '../../hosts/mailProgram/mailProgram'
import styles from '../panels/panels.module.css'
import type { RoomProps } from './MachinePanel'
import own from './machine.module.css'
import { Section } from './Section'

/** A mail program: where it hands letters in, where it fetches them, and what still lies in its outbox. */
export function MailProgramRoom({ host }: RoomProps) {
  const { config, outbox } = host.state as MailProgramState
  const waiting = outbox.filter(({ state }) => state === 'sending' || state === 'waiting')
  return (
    <>
      <Section title="Accounts" aside={<span className={styles.wire}>{host.address}</span>}>
        <table className={styles.table} aria-label="Accounts">
          <thead>
            <tr>
              <th scope="col">address</th>
              <th scope="col">hands letters to</th>
              <th scope="col">fetches them from</th>
            </tr>
          </thead>
          <tbody>
            {config.accounts.map(({ address, submission, retrieval }) => (
              <tr key={address}>
                <td className={styles.wire}>{address}</td>
                <td className={styles.wire}>{submission ? `${submission.host} ${submission.port}` : 'nobody'}</td>
                <td className={styles.wire}>
                  {retrieval ? `${retrieval.host} ${retrieval.port}, ${retrieval.protocol}` : 'nowhere'}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </Section>
      <Section title="Outbox" aside={waiting.length === 1 ? '1 letter' : `${waiting.length} letters`}>
        {waiting.length === 0 ? (
          <p className={own.note}>Nothing waits here.</p>
        ) : (
          <table className={styles.table} aria-label="Outbox">
            <tbody>
              {waiting.map(({ number, forwardPaths, state, tries, why }) => (
                <tr key={number}>
                  <td className={styles.wire}>{forwardPaths.join(', ')}</td>
                  <td className={why === undefined ? styles.quiet : own.later}>{why ?? 'no answer yet'}</td>
                  <td className={styles.number}>
                    {state === 'sending' ? 'being handed over' : `${tries === 1 ? '1 try' : `${tries} tries`} so far`}
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
