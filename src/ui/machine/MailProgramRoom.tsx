import { useId } from 'react'
import { type Habit, LEAVE_ON_SERVER, RESTS } from '../../hosts/mailProgram/habits'
import type { MailProgramConfig, MailProgramState } from '../../hosts/mailProgram/state'
import { machineText } from '../../messages/machine'
import { reasonText } from '../../view/reasonText'
import type { Host } from '../../world/world'
import styles from '../panels/panels.module.css'
import { useRunActions, useRunStore } from '../run/RunContext'
import { AccountSettings } from './AccountSettings'
import own from './machine.module.css'
import type { RoomProps } from './room'
import { Section } from './Section'
import { Switch } from './Switch'

/** A mail program: its servers for sending and fetching, and the letters that are still in its outbox. */
export function MailProgramRoom({ host }: RoomProps) {
  const program = host as Host & { readonly state: MailProgramState }
  const { config, outbox } = program.state
  const waiting = outbox.filter(({ state }) => state === 'sending' || state === 'waiting')
  return (
    <>
      <Section title={machineText('accounts')} aside={<span className={styles.wire}>{host.address}</span>}>
        <table className={`${styles.table} ${own.stacked}`} aria-label={machineText('accounts')}>
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
                <td className={styles.wire} data-head={machineText('address')} translate="no">
                  {address}
                </td>
                <td className={styles.wire} data-head={machineText('handsTo')}>
                  {submission ? `${submission.host} ${submission.port}` : machineText('nobody')}
                </td>
                <td className={styles.wire} data-head={machineText('fetchesFrom')}>
                  {retrieval ? `${retrieval.host} ${retrieval.port}, ${retrieval.protocol}` : machineText('nowhere')}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
        {config.accounts.map((account) => (
          <AccountSettings key={account.address} host={program} account={account} />
        ))}
      </Section>
      <ByItself host={host} config={config} />
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

/** The switches of a program: what it does by itself. */
function ByItself({ host, config }: { readonly host: Host; readonly config: MailProgramConfig }) {
  const byPop3 = config.accounts.filter(({ retrieval }) => retrieval?.protocol === 'POP3')
  const stays = byPop3.every(({ retrieval }) => retrieval?.leaveOnServer)
  return (
    <Section title={machineText('byItself')}>
      <HabitSwitch
        host={host}
        habit={RESTS}
        on={config.rests ?? false}
        title={machineText('rests')}
        about={machineText('restsAbout')}
      />
      {byPop3.length > 0 && (
        <HabitSwitch
          host={host}
          habit={LEAVE_ON_SERVER}
          on={stays}
          title={machineText('leaveOnServer')}
          about={machineText('leaveOnServerAbout')}
        />
      )}
    </Section>
  )
}

interface HabitSwitchProps {
  readonly host: Host
  readonly habit: Habit
  readonly on: boolean
  readonly title: string
  readonly about: string
}

function HabitSwitch({ host, habit, on, title, about }: HabitSwitchProps) {
  const id = useId()
  const actions = useRunActions()
  const { readOnly } = useRunStore()
  return (
    <div className={own.policy}>
      <label htmlFor={id}>{title}</label>
      <span className={own.control}>
        <Switch
          id={id}
          told={`${id}-about`}
          on={on}
          disabled={readOnly || !host.up}
          onChange={(value) => actions.intervene({ type: 'policyChanged', host: host.name, policy: habit, value })}
        />
      </span>
      <p id={`${id}-about`} className={own.about}>
        {about}
      </p>
    </div>
  )
}
