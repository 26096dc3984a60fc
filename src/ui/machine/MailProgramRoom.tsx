import { useId } from 'react'
import { RESTS } from '../../hosts/mailProgram/habits'
import type { MailProgramState } from '../../hosts/mailProgram/state'
import { machineText } from '../../messages/machine'
import { reasonText } from '../../view/reasonText'
import type { Host } from '../../world/world'
import styles from '../panels/panels.module.css'
import { useRunActions, useRunStore } from '../run/RunContext'
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
      <Rest host={host} rests={config.rests ?? false} />
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

/** The switch by which the program does nothing by itself. */
function Rest({ host, rests }: { readonly host: Host; readonly rests: boolean }) {
  const id = useId()
  const actions = useRunActions()
  const { readOnly } = useRunStore()
  return (
    <Section title={machineText('byItself')}>
      <div className={own.policy}>
        <label htmlFor={id}>{machineText('rests')}</label>
        <span className={own.control}>
          <span className={styles.quiet} aria-hidden="true">
            {machineText(rests ? 'on' : 'off')}
          </span>
          <input
            id={id}
            type="checkbox"
            className={own.switch}
            role="switch"
            aria-describedby={`${id}-about`}
            checked={rests}
            disabled={readOnly || !host.up}
            onChange={(event) =>
              actions.intervene({
                type: 'policyChanged',
                host: host.name,
                policy: RESTS,
                value: event.target.checked,
              })
            }
          />
        </span>
        <p id={`${id}-about`} className={own.about}>
          {machineText('restsAbout')}
        </p>
      </div>
    </Section>
  )
}
