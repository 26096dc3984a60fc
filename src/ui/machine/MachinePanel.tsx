import { digText } from '../../messages/dig'
import { machineText } from '../../messages/machine'
import { DnsQuestions } from '../dig/DnsQuestions'
import styles from '../panels/panels.module.css'
import { useSeenHosts } from '../run/fog'
import { useRun, useRunActions, useRunStore } from '../run/RunContext'
import { useMoment, useNames, useWorld } from '../run/useMoment'
import { CacheRoom } from './CacheRoom'
import { LinkConditions } from './LinkConditions'
import { Log } from './Log'
import { MailProgramRoom } from './MailProgramRoom'
import { MailServerRoom } from './MailServerRoom'
import own from './machine.module.css'
import type { RoomProps } from './room'
import { Section } from './Section'
import { ZoneRoom } from './ZoneRoom'

/** The inside of one host at this moment: its services, data, queue, switches, power and links. */
export function MachinePanel() {
  const moment = useMoment()
  const world = useWorld(moment)
  const names = useNames()
  const actions = useRunActions()
  const { scenario, readOnly } = useRunStore()
  const entered = useRun((run) => run.room)
  const isSeen = useSeenHosts()
  const hosts = scenario.hosts.filter(({ name }) => isSeen(name))
  const first = hosts.find(({ role }) => role === 'mailServer') ?? hosts[0]
  const host = world.hosts[entered !== undefined && isSeen(entered) ? entered : ''] ?? world.hosts[first?.name ?? '']

  return (
    <section className={styles.panel} aria-label={machineText('title')}>
      {host && (
        <>
          <div className={styles.head}>
            <select
              className={`${styles.select} ${own.pick}`}
              aria-label={machineText('host')}
              value={host.name}
              onChange={(event) => actions.enter(event.target.value)}
            >
              {hosts.map(({ name }) => (
                <option key={name} value={name}>
                  {titleOf(names.title(name), name)}
                </option>
              ))}
            </select>
            <span className={own.power} data-up={host.up}>
              {machineText(host.up ? 'running' : 'stopped')}
            </span>
            {!readOnly && (
              <button
                className={styles.button}
                type="button"
                onClick={() => actions.intervene({ type: host.up ? 'hostStopped' : 'hostStarted', host: host.name })}
              >
                {machineText(host.up ? 'stop' : 'start')}
              </button>
            )}
          </div>
          {/* For another host, the panel is scrolled to its top. */}
          <div className={styles.body} key={host.name}>
            {!host.up && <p className={own.note}>{machineText('noPower')}</p>}
            <Room host={host} world={world} moment={moment} />
            {host.role !== 'gateway' && (
              <Section title={digText('title')}>
                <DnsQuestions host={host} moment={moment} />
              </Section>
            )}
            <Log host={host} moment={moment} />
            {!readOnly && <LinkConditions host={host} world={world} moment={moment} />}
          </div>
        </>
      )}
    </section>
  )
}

const titleOf = (title: string, name: string): string =>
  title === name ? title : machineText('hostNamed', { title, name })

function Room(props: RoomProps) {
  switch (props.host.role) {
    case 'mailServer':
      return <MailServerRoom {...props} />
    case 'nameServer':
      return <ZoneRoom {...props} />
    case 'resolver':
      return <CacheRoom {...props} />
    case 'mailProgram':
      return <MailProgramRoom {...props} />
    default:
      return <p className={own.note}>{machineText('gateway')}</p>
  }
}
