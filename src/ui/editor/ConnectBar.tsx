import { useId, useState } from 'react'
import styles from './editor.module.css'
import type { Terminal } from './terminal'

/** The doors of this world. */
const DOORS: readonly { readonly host: string; readonly port: number; readonly words: string }[] = [
  { host: 'mx.bird.example', port: 25, words: 'Bob’s exchanger, SMTP' },
  { host: 'mx-out.paper.example', port: 587, words: 'submission, SMTP' },
  { host: 'store.bird.example', port: 110, words: 'mailbox store, POP3' },
  { host: 'store.bird.example', port: 143, words: 'mailbox store, IMAP' },
]
const ELSEWHERE = 'elsewhere'

interface ConnectBarProps {
  readonly terminal: Terminal | undefined
  onConnect(to: string, port: number): void
  onHangUp(): void
}

/** Which door to knock at. */
export function ConnectBar({ terminal, onConnect, onHangUp }: ConnectBarProps) {
  const id = useId()
  const [door, setDoor] = useState('0')
  const [host, setHost] = useState('mx.bird.example')
  const [port, setPort] = useState('25')
  const [complaint, setComplaint] = useState<string>()

  if (terminal && terminal.phase !== 'ended') {
    return (
      <div className={styles.connect}>
        <span className={styles.speaking}>
          <b>{terminal.to}</b> <span className={styles.aside}>port {terminal.port}</span>
        </span>
        <button className={styles.link} type="button" onClick={onHangUp}>
          Hang up
        </button>
      </div>
    )
  }

  const connect = (): void => {
    const chosen = DOORS[Number(door)]
    const to = chosen?.host ?? host.trim()
    const number = chosen?.port ?? Number(port)
    if (!/^[A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9.])?$/.test(to))
      setComplaint('Give a host by name or by address, as mx.bird.example.')
    else if (!Number.isInteger(number) || number < 1 || number > 65_535)
      setComplaint('A port is a whole number from 1 to 65535.')
    else {
      setComplaint(undefined)
      onConnect(to, number)
    }
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
        aria-label="Server to connect to"
        value={door}
        onChange={(event) => {
          setDoor(event.target.value)
          setComplaint(undefined)
        }}
      >
        {DOORS.map(({ host: name, port: number, words }, n) => (
          <option key={`${name}:${number}`} value={n}>
            {name} {number}, {words}
          </option>
        ))}
        <option value={ELSEWHERE}>another host or port</option>
      </select>
      {door === ELSEWHERE && (
        <>
          <input
            className={styles.host}
            aria-label="Host"
            aria-describedby={`${id}-said`}
            value={host}
            spellCheck={false}
            autoCapitalize="off"
            onChange={(event) => setHost(event.target.value)}
          />
          <input
            className={styles.port}
            aria-label="Port"
            aria-describedby={`${id}-said`}
            value={port}
            inputMode="numeric"
            onChange={(event) => setPort(event.target.value)}
          />
        </>
      )}
      <button className={styles.action} type="submit">
        Connect
      </button>
      <span id={`${id}-said`} className={styles.complaint} role="alert" hidden={complaint === undefined}>
        {complaint}
      </span>
    </form>
  )
}
