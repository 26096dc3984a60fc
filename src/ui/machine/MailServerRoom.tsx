import { useMemo } from 'react'
import type { MailServerState } from '../../hosts/mailServer/state'
import { machineText } from '../../messages/machine'
import { servicesOf } from '../../view/panels/machineRoom'
import type { Host } from '../../world/world'
import styles from '../panels/panels.module.css'
import own from './machine.module.css'
import { Accounts, Domains } from './People'
import { Policies } from './Policies'
import { Queue } from './Queue'
import type { RoomProps } from './room'
import { Section } from './Section'
import { Sessions } from './Sessions'

/** A mail server: its ports, its outgoing queue, its clients, its switches, its people. */
export function MailServerRoom({ host, world }: RoomProps) {
  const server = host as Host & { readonly state: MailServerState }
  const services = useMemo(() => servicesOf(world, server), [world, server])
  return (
    <>
      <Queue host={server} world={world} />
      <Section title={machineText('ports')} aside={<span className={styles.wire}>{host.address}</span>}>
        <table className={styles.table} aria-label={machineText('ports')}>
          <tbody>
            {services.map(({ port, what, tls, connected }) => (
              <tr key={port}>
                <td className={`${styles.wire} ${own.short}`}>{port}</td>
                <td>{what}</td>
                <td>{tls}</td>
                <td className={styles.number}>
                  {connected === 0 ? '' : machineText('connected', { count: connected })}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </Section>
      <Sessions host={server} world={world} />
      <Policies host={server} />
      <Accounts host={server} />
      <Domains host={server} />
    </>
  )
}
