import { useMemo } from 'react'
import type { Host, World } from '../../world/world'
import styles from '../panels/panels.module.css'
import { useRun, useRunActions, useRunStore } from '../run/RunContext'
import { type Moment, useMoment, useNames, useWorld } from '../run/useMoment'
import { CacheRoom } from './CacheRoom'
import { MailProgramRoom } from './MailProgramRoom'
import { MailServerRoom } from './MailServerRoom'
import own from './machine.module.css'
import { Weather } from './Weather'
import { ZoneRoom } from './ZoneRoom'

/** Inside one host at this moment: what it serves, keeps and waits for, its switches, its power and its links. */
export function MachinePanel() {
  const moment = useMoment()
  const world = useWorld(moment)
  const names = useNames()
  const actions = useRunActions()
  const { scenario, readOnly } = useRunStore()
  const entered = useRun((run) => run.room)
  const first = useMemo(() => scenario.hosts.find(({ role }) => role === 'mailServer') ?? scenario.hosts[0], [scenario])
  const host = world.hosts[entered ?? ''] ?? world.hosts[first?.name ?? '']

  return (
    <section className={styles.panel} aria-label="Machine">
      {host && (
        <>
          <div className={styles.head}>
            <select
              className={`${styles.select} ${own.pick}`}
              aria-label="Host"
              value={host.name}
              onChange={(event) => actions.enter(event.target.value)}
            >
              {scenario.hosts.map(({ name }) => (
                <option key={name} value={name}>
                  {titleOf(names.title(name), name)}
                </option>
              ))}
            </select>
            <span className={own.power} data-up={host.up}>
              {host.up ? 'running' : 'stopped'}
            </span>
            {!readOnly && (
              <button
                className={own.button}
                type="button"
                onClick={() => actions.intervene({ type: host.up ? 'hostStopped' : 'hostStarted', host: host.name })}
              >
                {host.up ? 'Stop this host' : 'Start this host'}
              </button>
            )}
          </div>
          {/* Another host is looked at from its top. */}
          <div className={styles.body} key={host.name}>
            {!host.up && (
              <p className={own.note}>
                Without power it answers nothing and nobody is told. What it had on disk is there when it starts.
              </p>
            )}
            <Room host={host} world={world} moment={moment} />
            {!readOnly && <Weather host={host} world={world} moment={moment} />}
          </div>
        </>
      )}
    </section>
  )
}

const titleOf = (title: string, name: string): string => (title === name ? title : `${title} (${name})`)

export interface RoomProps {
  readonly host: Host
  readonly world: World
  readonly moment: Moment
}

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
      return <p className={own.note}>It stands for programs outside of this world: what they do comes from here.</p>
  }
}
