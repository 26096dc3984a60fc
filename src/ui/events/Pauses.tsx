import { type FormEvent, useId, useState } from 'react'
import { eventsText } from '../../messages/events'
import { parseFilter } from '../../view/events/filter/parse'
import type { PauseWhen } from '../../view/events/pauses'
import { askedRows } from '../../view/events/sift'
import { catalogueOf, documented } from '../../view/knowledge'
import type { Names } from '../../view/run/names'
import type { RunView } from '../../view/run/runView'
import { useStore } from '../keeping/createStore'
import { MOST_BREAKPOINTS, useBreakpoints } from './breakpoints'
import { DisplayFilter } from './DisplayFilter'
import styles from './events.module.css'
import { nameOf } from './watch'

export interface PausesProps {
  readonly view: RunView
  readonly names: Names
}

/** The moments at which playing pauses: listed, switched on and off, added. */
export function Pauses({ view, names }: PausesProps) {
  const [all, breakpoints] = useBreakpoints()
  const damaged = useStore(breakpoints.damaged)
  const on = all.filter((each) => each.on).length
  return (
    <details className={styles.pauses}>
      <summary>{on === 0 ? eventsText('pauseWhen') : eventsText('pauseWhenOn', { count: on })}</summary>
      <div className={styles.pausesBody}>
        {damaged && <p role="status">{eventsText('unreadableKept')}</p>}
        {all.length === 0 ? (
          <p className={styles.quiet}>{eventsText('noPauses')}</p>
        ) : (
          <ul className={styles.pauseList} aria-label={eventsText('pauses')}>
            {all.map((breakpoint) => {
              const name = nameOf(breakpoint, names)
              return (
                <li key={breakpoint.id}>
                  <label className={styles.check}>
                    <input
                      type="checkbox"
                      checked={breakpoint.on}
                      onChange={() => breakpoints.turn(breakpoint.id, !breakpoint.on)}
                    />{' '}
                    <span translate={breakpoint.name === undefined ? undefined : 'no'}>{name}</span>
                  </label>
                  <button
                    type="button"
                    className={`as-link ${styles.textButton}`}
                    aria-label={eventsText('removeNamed', { name })}
                    onClick={() => breakpoints.remove(breakpoint.id)}
                  >
                    {eventsText('remove')}
                  </button>
                </li>
              )
            })}
          </ul>
        )}
        <NewPause view={view} names={names} full={all.length >= MOST_BREAKPOINTS} onAdd={breakpoints.add} />
      </div>
    </details>
  )
}

const TYPES = ['refused', 'later', 'command', 'queue', 'flag', 'filter'] as const satisfies readonly PauseWhen['type'][]
/** The system flags (RFC 9051 section 2.3.2) and a common keyword. */
const FLAGS = ['\\Seen', '\\Answered', '\\Flagged', '\\Deleted', '\\Draft', '$Forwarded'] as const

interface NewPauseProps extends PausesProps {
  readonly full: boolean
  onAdd(when: PauseWhen, name: string): void
}

function NewPause({ view, names, full, onAdd }: NewPauseProps) {
  const id = useId()
  const { hosts } = view.timeline.scenario
  const commands = documented().flatMap((protocol) =>
    catalogueOf(protocol).flatMap(({ kind, name }) =>
      kind === 'command' ? [{ field: `${protocol.toLowerCase()}.command`, protocol, command: name }] : [],
    ),
  )
  const [type, setType] = useState<PauseWhen['type']>('refused')
  const [command, setCommand] = useState(0)
  const [host, setHost] = useState(hosts[0]?.name ?? '')
  const [flag, setFlag] = useState<string>(FLAGS[0])
  const [filter, setFilter] = useState('')
  const [name, setName] = useState('')
  const [complaint, setComplaint] = useState('')

  const whenOf = (): PauseWhen | undefined => {
    if (type === 'refused' || type === 'later') return { type }
    if (type === 'queue') return { type, host }
    if (type === 'flag') return { type, flag }
    if (type === 'filter') return parseFilter(filter).filter ? { type, filter } : undefined
    const chosen = commands[command]
    return chosen && { type, field: chosen.field, command: chosen.command }
  }
  const add = (event: FormEvent): void => {
    event.preventDefault()
    const when = whenOf()
    setComplaint(full ? eventsText('tooMany', { most: MOST_BREAKPOINTS }) : when ? '' : eventsText('noFilter'))
    if (full || !when) return
    onAdd(when, name)
    setName('')
    setFilter('')
  }

  return (
    <form className={styles.newPause} onSubmit={add}>
      <label className={styles.field}>
        <span>{eventsText('what')}</span>
        <select
          className={styles.select}
          value={type}
          onChange={(event) => setType(TYPES.find((each) => each === event.target.value) ?? 'refused')}
        >
          {TYPES.map((each) => (
            <option key={each} value={each}>
              {eventsText(`when.${each}`)}
            </option>
          ))}
        </select>
      </label>
      {type === 'command' && (
        <label className={styles.field}>
          <span>{eventsText('whichCommand')}</span>
          <select
            className={styles.select}
            translate="no"
            value={command}
            onChange={(event) => setCommand(Number(event.target.value))}
          >
            {commands.map((each, n) => (
              <option key={`${each.field} ${each.command}`} value={n}>
                {each.protocol} {each.command}
              </option>
            ))}
          </select>
        </label>
      )}
      {type === 'queue' && (
        <label className={styles.field}>
          <span>{eventsText('whichHost')}</span>
          <select
            className={styles.select}
            translate="no"
            value={host}
            onChange={(event) => setHost(event.target.value)}
          >
            {hosts.map((each) => (
              <option key={each.name} value={each.name}>
                {names.short(each.name)}
              </option>
            ))}
          </select>
        </label>
      )}
      {type === 'flag' && (
        <label className={styles.field}>
          <span>{eventsText('whichFlag')}</span>
          <select
            className={styles.select}
            translate="no"
            value={flag}
            onChange={(event) => setFlag(event.target.value)}
          >
            {FLAGS.map((each) => (
              <option key={each} value={each}>
                {each}
              </option>
            ))}
          </select>
        </label>
      )}
      {type === 'filter' && (
        <DisplayFilter
          label={eventsText('whichFilter')}
          text={filter}
          rows={() => askedRows(view, names)}
          onText={setFilter}
        />
      )}
      <label className={styles.field}>
        <span>{eventsText('name')}</span>
        <input
          className={styles.text}
          type="text"
          maxLength={80}
          placeholder={eventsText('nameHint')}
          value={name}
          onChange={(event) => setName(event.target.value)}
        />
      </label>
      <button type="submit" className={styles.add} aria-describedby={`${id}-complaint`}>
        {eventsText('add')}
      </button>
      <p id={`${id}-complaint`} role="alert" className={styles.complaint}>
        {complaint}
      </p>
    </form>
  )
}
