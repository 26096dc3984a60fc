import { type NameServerState, type ZoneView, zonesOf } from '../../hosts/dns/nameServer'
import styles from '../panels/panels.module.css'
import type { RoomProps } from './MachinePanel'
import own from './machine.module.css'
import { Section } from './Section'
import { ZoneEditor } from './ZoneEditor'

/** A name server: each of its zones as a text that can be edited while it is served. */
export function ZoneRoom({ host }: RoomProps) {
  return (
    <>
      {zonesOf(host.state as NameServerState).map((zone) => (
        <Zone key={zone.apex} host={host.name} up={host.up} zone={zone} />
      ))}
    </>
  )
}

function Zone({ host, up, zone }: { readonly host: string; readonly up: boolean; readonly zone: ZoneView }) {
  const aside = (
    <>
      serial <span className={styles.wire}>{zone.serial}</span>
    </>
  )
  return (
    <Section title={`Zone ${zone.apex}`} aside={aside}>
      {!up && <p className={own.note}>It serves nobody now: a change waits until it has power again.</p>}
      <ZoneEditor host={host} up={up} zone={zone} />
    </Section>
  )
}
