import { editorText } from '../../messages/editor'
import type { HostName } from '../../world/world'
import { DnsQuestions } from '../dig/DnsQuestions'
import { useMoment, useNames, useWorld } from '../run/useMoment'
import styles from './editor.module.css'

/** Questions to the DNS in the place of a dialogue, from the machine at which a person sits. */
export function DnsPane({ machine }: { readonly machine: HostName }) {
  const moment = useMoment()
  const world = useWorld(moment)
  const names = useNames()
  const host = world.hosts[machine]
  if (!host) return null
  return (
    <div className={styles.dns}>
      {!host.up && <p className={styles.stopped}>{editorText('stoppedMachine', { machine: names.title(machine) })}</p>}
      <DnsQuestions key={machine} host={host} moment={moment} />
    </div>
  )
}
