import type { ReactNode } from 'react'
import { type NameServerState, type ZoneView, zonesOf } from '../../hosts/dns/nameServer'
import { machineText } from '../../messages/machine'
import styles from '../panels/panels.module.css'
import { joined } from '../shell/rich'
import own from './machine.module.css'
import type { RoomProps } from './room'
import { Section } from './Section'
import { ZoneEditor } from './ZoneEditor'

/** A name server: each of its zones as text that can be edited while it is served. */
export function ZoneRoom({ host }: RoomProps) {
  return (
    <>
      {zonesOf(host.state as NameServerState).map((zone) => (
        <Zone key={zone.apex} host={host.name} up={host.up} zone={zone} />
      ))}
    </>
  )
}

const wire = (inside: readonly ReactNode[]) => <span className={styles.wire}>{joined(inside)}</span>

function Zone({ host, up, zone }: { readonly host: string; readonly up: boolean; readonly zone: ZoneView }) {
  const aside = joined(machineText.parts('serial', { serial: String(zone.serial), code: wire }))
  return (
    <Section title={machineText('zone', { apex: zone.apex })} aside={aside}>
      {!up && <p className={own.note}>{machineText('zoneNoPower')}</p>}
      <ZoneEditor host={host} up={up} zone={zone} />
    </Section>
  )
}
