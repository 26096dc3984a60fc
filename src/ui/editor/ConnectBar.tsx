import { useId, useMemo, useState } from 'react'
import { editorText } from '../../messages/editor'
import { isImplicitTls } from '../../session/service'
import { complaintAbout, doorsOf } from '../../view/run/doors'
import type { Terminal } from '../../view/run/terminal'
import { useRunStore } from '../run/RunContext'
import styles from './editor.module.css'

const ELSEWHERE = 'elsewhere'

interface ConnectBarProps {
  readonly terminal: Terminal | undefined
  /** Another try is being made: what was said of the last one is over. */
  onChange(): void
  onConnect(to: string, port: number, implicitTls: boolean): void
  onHangUp(): void
}

/** Which door to knock at. */
export function ConnectBar({ terminal, onChange, onConnect, onHangUp }: ConnectBarProps) {
  const id = useId()
  const [door, setDoor] = useState('0')
  const { scenario } = useRunStore()
  const doors = useMemo(() => doorsOf(scenario), [scenario])
  const [host, setHost] = useState(doors[0]?.host ?? '')
  const [port, setPort] = useState('25')
  const [complaint, setComplaint] = useState<string>()

  if (terminal && terminal.phase !== 'ended') {
    return (
      <div className={styles.connect}>
        <span className={styles.speaking}>
          <b translate="no">{terminal.to}</b>{' '}
          <span className={styles.aside}>
            {editorText(terminal.connection?.encrypted ? 'portEncrypted' : 'port', { port: terminal.port })}
          </span>
        </span>
        <button className={styles.link} type="button" onClick={onHangUp}>
          {editorText('hangUp')}
        </button>
      </div>
    )
  }

  const connect = (): void => {
    const chosen = doors[Number(door)]
    const to = chosen?.host ?? host.trim()
    const number = chosen?.port ?? Number(port)
    const wrong = complaintAbout(to, number)
    setComplaint(wrong)
    onChange()
    if (!wrong) onConnect(to, number, chosen?.implicitTls ?? isImplicitTls(number))
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
        aria-label={editorText('server')}
        value={door}
        onChange={(event) => {
          setDoor(event.target.value)
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
      <button className={styles.action} type="submit">
        {editorText('connect')}
      </button>
      <span id={`${id}-said`} className={styles.complaint} role="alert" hidden={complaint === undefined}>
        {complaint}
      </span>
    </form>
  )
}
