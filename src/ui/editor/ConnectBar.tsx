import { Plus } from 'lucide-react'
import { type RefObject, useId, useMemo, useState } from 'react'
import { editorText } from '../../messages/editor'
import { isImplicitTls } from '../../session/service'
import { machineFor, machinesOf } from '../../view/editor/people'
import { complaintAbout, doorsOf } from '../../view/run/doors'
import type { Terminal } from '../../view/run/terminal'
import type { HostName } from '../../world/world'
import { useSeenHosts } from '../run/fog'
import { useRunStore } from '../run/RunContext'
import { useMoment, useNames, useWorld } from '../run/useMoment'
import styles from './editor.module.css'
import type { Where } from './useTerminal'

const ELSEWHERE = 'elsewhere'
const THE_DNS = 'dns'
const NONE = 'none'

interface ConnectBarProps {
  readonly terminal: Terminal | undefined
  /** The server that is offered first. */
  readonly first: Pick<Where, 'to' | 'port'> | undefined
  /** Without one the person chooses it. */
  readonly chooses: boolean
  /** The machine at which the person wants to sit; undefined for the usual one of the server. */
  readonly machine: HostName | undefined
  /** The list of servers, to which the focus goes when the person sits down. */
  readonly servers: RefObject<HTMLSelectElement | null>
  onMachine(machine: HostName | undefined): void
  /** Another try begins, so the message about the last one is removed. */
  onChange(): void
  onConnect(where: Where): void
  /** Questions to the DNS are asked instead, from the same machine. */
  onDns(): void
  onHangUp(): void
  /** Another dialogue is begun beside this one; undefined if it is begun elsewhere. */
  readonly onNew: (() => void) | undefined
}

/** The choice of a host and port to connect to, and of the machine to connect from. */
export function ConnectBar({
  terminal,
  first,
  chooses,
  machine,
  servers,
  onMachine,
  onChange,
  onConnect,
  onDns,
  onHangUp,
  onNew,
}: ConnectBarProps) {
  const id = useId()
  const isSeen = useSeenHosts()
  const { scenario } = useRunStore()
  const doors = useMemo(() => doorsOf(scenario), [scenario])
  const wanted = doors.findIndex((each) => each.host === first?.to && each.port === first.port)
  const firstDoor = wanted < 0 ? doors.findIndex((each) => isSeen(each.host)) : wanted
  const [door, setDoor] = useState(chooses && wanted < 0 ? NONE : firstDoor < 0 ? ELSEWHERE : String(firstDoor))
  const [host, setHost] = useState(doors[firstDoor]?.host ?? '')
  const [port, setPort] = useState('25')
  const machines = machinesOf(scenario).filter(isSeen)
  const asksDns = door === THE_DNS
  const world = useWorld(useMoment())
  const names = useNames()
  const [complaint, setComplaint] = useState<string>()

  if (terminal && terminal.phase !== 'ended') {
    return (
      <div className={styles.connect}>
        <span className={styles.speaking}>
          <b translate="no">{terminal.to}</b>{' '}
          <span className={styles.aside}>
            {editorText(terminal.connection?.encrypted ? 'portEncrypted' : 'port', { port: terminal.port })}
            {machines.length > 1 && `, ${editorText('typedAt', { machine: names.title(terminal.host) })}`}
          </span>
        </span>
        <button className={`as-link ${styles.link}`} type="button" onClick={onHangUp}>
          {editorText('hangUp')}
        </button>
        {onNew && <NewDialogue onNew={onNew} />}
      </div>
    )
  }

  const chosen = doors[Number(door)]
  const to = chosen?.host ?? host.trim()
  const number = chosen?.port ?? Number(port)
  const from = machine ?? (asksDns ? scenario.letter.host : machineFor(scenario, to, number))

  const connect = (): void => {
    const wrong =
      (door === NONE ? editorText('chooseFirst') : complaintAbout(to, number)) ??
      (world.hosts[from]?.up === false ? editorText('stoppedMachine', { machine: names.title(from) }) : undefined)
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
        if (asksDns) onDns()
        else connect()
      }}
    >
      <select
        className={styles.select}
        ref={servers}
        aria-label={editorText('server')}
        value={door}
        onChange={(event) => {
          setDoor(event.target.value)
          onMachine(undefined)
          changed()
        }}
      >
        {door === NONE && <option value={NONE}>{editorText('chooseServer')}</option>}
        {doors.map(({ host: name, port: number, words }, n) =>
          isSeen(name) ? (
            <option key={`${name}:${number}`} value={n}>
              {editorText('door', { host: name, port: number, words })}
            </option>
          ) : null,
        )}
        <option value={ELSEWHERE}>{editorText('elsewhere')}</option>
        <option value={THE_DNS}>{editorText('dnsDoor')}</option>
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
      <MachineChoice
        machines={machines}
        machine={from}
        onMachine={(name) => {
          onMachine(name)
          changed()
        }}
      />
      <button className={styles.action} type="submit">
        {editorText(asksDns ? 'askDns' : 'connect')}
      </button>
      <span id={`${id}-said`} className={styles.complaint} role="alert" hidden={complaint === undefined}>
        {complaint}
      </span>
    </form>
  )
}

/** A plus that begins another dialogue beside the present one. */
export function NewDialogue({ onNew }: { readonly onNew: () => void }) {
  return (
    <button
      className={`icon-button ${styles.tabButton}`}
      type="button"
      aria-label={editorText('newDialogue')}
      title={editorText('newDialogue')}
      onClick={onNew}
    >
      <Plus aria-hidden="true" />
    </button>
  )
}

interface MachineChoiceProps {
  readonly machines: readonly HostName[]
  readonly machine: HostName
  onMachine(machine: HostName): void
}

/** The machine at which a person sits; nothing where there is only one. */
export function MachineChoice({ machines, machine, onMachine }: MachineChoiceProps) {
  const names = useNames()
  if (machines.length < 2) return null
  return (
    <select
      className={styles.machine}
      aria-label={editorText('machine')}
      value={machine}
      onChange={(event) => onMachine(event.target.value)}
    >
      {machines.map((name) => (
        <option key={name} value={name}>
          {editorText('typedAt', { machine: names.title(name) })}
        </option>
      ))}
    </select>
  )
}
