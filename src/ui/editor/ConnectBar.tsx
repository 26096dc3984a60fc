import { useEffect, useId, useMemo, useRef, useState } from 'react'
import { editorText } from '../../messages/editor'
import { isImplicitTls } from '../../session/service'
import { machineFor, machinesOf } from '../../view/editor/people'
import { complaintAbout, doorsOf } from '../../view/run/doors'
import { namesOf } from '../../view/run/names'
import type { Terminal } from '../../view/run/terminal'
import type { HostName } from '../../world/world'
import { useStore } from '../keeping/createStore'
import { seat, takeSeat } from '../run/offer'
import { useRunStore } from '../run/RunContext'
import styles from './editor.module.css'
import type { Where } from './useTerminal'

const ELSEWHERE = 'elsewhere'

interface ConnectBarProps {
  readonly terminal: Terminal | undefined
  /** The machine of the terminal. */
  readonly typedAt: HostName
  /** Another try begins, so the message about the last one is removed. */
  onChange(): void
  onConnect(where: Where): void
  onHangUp(): void
}

/** The choice of a host and port to connect to, and of the machine to connect from. */
export function ConnectBar({ terminal, typedAt, onChange, onConnect, onHangUp }: ConnectBarProps) {
  const id = useId()
  const [door, setDoor] = useState('0')
  const { scenario } = useRunStore()
  const doors = useMemo(() => doorsOf(scenario), [scenario])
  const [host, setHost] = useState(doors[0]?.host ?? '')
  const [port, setPort] = useState('25')
  const [machine, setMachine] = useState<HostName>()
  const machines = useMemo(() => machinesOf(scenario), [scenario])
  const offered = useStore(seat)
  const servers = useRef<HTMLSelectElement>(null)
  useEffect(() => {
    if (!offered) return
    takeSeat()
    if (machines.includes(offered)) setMachine(offered)
    servers.current?.focus()
  }, [offered, machines])
  const names = useMemo(() => namesOf(scenario), [scenario])
  const [complaint, setComplaint] = useState<string>()

  if (terminal && terminal.phase !== 'ended') {
    return (
      <div className={styles.connect}>
        <span className={styles.speaking}>
          <b translate="no">{terminal.to}</b>{' '}
          <span className={styles.aside}>
            {editorText(terminal.connection?.encrypted ? 'portEncrypted' : 'port', { port: terminal.port })}
            {machines.length > 1 && `, ${editorText('typedAt', { machine: names.title(typedAt) })}`}
          </span>
        </span>
        <button className={`as-link ${styles.link}`} type="button" onClick={onHangUp}>
          {editorText('hangUp')}
        </button>
      </div>
    )
  }

  const chosen = doors[Number(door)]
  const to = chosen?.host ?? host.trim()
  const number = chosen?.port ?? Number(port)
  const from = machine ?? machineFor(scenario, to, number)

  const connect = (): void => {
    const wrong = complaintAbout(to, number)
    setComplaint(wrong)
    onChange()
    if (!wrong) onConnect({ from, to, port: number, implicitTls: chosen?.implicitTls ?? isImplicitTls(number) })
  }
  const changed = (): void => {
    setComplaint(undefined)
    onChange()
  }

  return (
    <form
      className={styles.connect}
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        connect()
      }}
    >
      <select
        className={styles.select}
        ref={servers}
        aria-label={editorText('server')}
        value={door}
        onChange={(event) => {
          setDoor(event.target.value)
          setMachine(undefined)
          changed()
        }}
      >
        {doors.map(({ host: name, port: number, words }, n) => (
          <option key={`${name}:${number}`} value={n}>
            {editorText('door', { host: name, port: number, words })}
          </option>
        ))}
        <option value={ELSEWHERE}>{editorText('elsewhere')}</option>
      </select>
      {door === ELSEWHERE && (
        <>
          <input
            className={styles.host}
            aria-label={editorText('host')}
            aria-describedby={`${id}-said`}
            value={host}
            spellCheck={false}
            autoCapitalize="off"
            onChange={(event) => {
              setHost(event.target.value)
              changed()
            }}
          />
          <input
            className={styles.port}
            aria-label={editorText('portLabel')}
            aria-describedby={`${id}-said`}
            value={port}
            inputMode="numeric"
            onChange={(event) => {
              setPort(event.target.value)
              changed()
            }}
          />
        </>
      )}
      {machines.length > 1 && (
        <select
          className={styles.machine}
          aria-label={editorText('machine')}
          value={from}
          onChange={(event) => {
            setMachine(event.target.value)
            changed()
          }}
        >
          {machines.map((name) => (
            <option key={name} value={name}>
              {editorText('typedAt', { machine: names.title(name) })}
            </option>
          ))}
        </select>
      )}
      <button className={styles.action} type="submit">
        {editorText('connect')}
      </button>
      <span id={`${id}-said`} className={styles.complaint} role="alert" hidden={complaint === undefined}>
        {complaint}
      </span>
    </form>
  )
}
