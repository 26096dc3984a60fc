import { useMemo } from 'react'
import type { MailServerState } from '../../hosts/mailServer/state'
import { machineText } from '../../messages/machine'
import { sessionsOf } from '../../view/panels/machineRoom'
import type { Host, World } from '../../world/world'
import styles from '../panels/panels.module.css'
import { useRunActions, useRunStore } from '../run/RunContext'
import { useNames } from '../run/useMoment'
import own from './machine.module.css'
import { Section } from './Section'

interface SessionsProps {
  readonly host: Host & { readonly state: MailServerState }
  readonly world: World
}

/** The clients that are connected to a mail server. Its administrator can end the connection of each. */
export function Sessions({ host, world }: SessionsProps) {
  const actions = useRunActions()
  const { readOnly } = useRunStore()
  const names = useNames()
  const rows = useMemo(() => sessionsOf(world, host), [world, host])
  return (
    <Section title={machineText('sessions')} aside={machineText('sessionCount', { count: rows.length })}>
      {rows.length === 0 ? (
        <p className={own.note}>{machineText('noSessions')}</p>
      ) : (
        <table className={`${styles.table} ${own.stacked}`} aria-label={machineText('sessions')}>
          <thead>
            <tr>
              <th scope="col">{machineText('client')}</th>
              <th scope="col">{machineText('port')}</th>
              <th scope="col">{machineText('user')}</th>
              {!readOnly && (
                <th scope="col">
                  <span className="unseen">{machineText('end')}</span>
                </th>
              )}
            </tr>
          </thead>
          <tbody>
            {rows.map(({ session, client, port, protocol, user }) => (
              <tr key={session}>
                <td data-head={machineText('client')}>{names.title(client)}</td>
                <td data-head={machineText('port')}>{machineText('portAndProtocol', { port, protocol })}</td>
                <td className={user === undefined ? styles.quiet : styles.wire} data-head={machineText('user')}>
                  {user ?? machineText('notLoggedIn')}
                </td>
                {!readOnly && (
                  <td className={own.deeds}>
                    <button
                      type="button"
                      className={`as-link ${styles.textButton}`}
                      aria-label={machineText('endOne', { client: names.title(client), port })}
                      onClick={() => actions.intervene({ type: 'dismissed', host: host.name, session })}
                    >
                      {machineText('end')}
                    </button>
                  </td>
                )}
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </Section>
  )
}
