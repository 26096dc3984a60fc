import { useMemo } from 'react'
import type { MailServerState } from '../../hosts/mailServer/state'
import { accountsOf, servicesOf } from '../../view/panels/machineRoom'
import type { Host } from '../../world/world'
import styles from '../panels/panels.module.css'
import type { RoomProps } from './MachinePanel'
import own from './machine.module.css'
import { Policies } from './Policies'
import { Queue } from './Queue'
import { Section } from './Section'

/** A mail server: its ports, its outgoing queue, its switches, its accounts. */
export function MailServerRoom({ host, world }: RoomProps) {
  const server = host as Host & { readonly state: MailServerState }
  const services = useMemo(() => servicesOf(world, server), [world, server])
  const accounts = useMemo(() => accountsOf(server), [server])
  return (
    <>
      <Queue host={server} world={world} />
      <Section title="Ports" aside={<span className={styles.wire}>{host.address}</span>}>
        <table className={styles.table} aria-label="Ports">
          <tbody>
            {services.map(({ port, what, tls, connected }) => (
              <tr key={port}>
                <td className={`${styles.wire} ${own.short}`}>{port}</td>
                <td>{what}</td>
                <td>{tls}</td>
                <td className={styles.number}>{connected === 0 ? '' : `${connected} connected`}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </Section>
      <Policies host={server} />
      {accounts.length > 0 && (
        <Section title="Accounts">
          <table className={styles.table} aria-label="Accounts">
            <thead>
              <tr>
                <th scope="col">address</th>
                <th scope="col">password</th>
                <th scope="col" className={styles.number}>
                  letters
                </th>
              </tr>
            </thead>
            <tbody>
              {accounts.map(({ address, password, letters }) => (
                <tr key={address}>
                  <td className={styles.wire}>{address}</td>
                  <td className={styles.wire}>{password}</td>
                  <td className={`${styles.wire} ${styles.number}`}>{letters}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </Section>
      )}
    </>
  )
}
