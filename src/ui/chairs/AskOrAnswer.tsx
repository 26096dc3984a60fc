import { useEffect, useId, useRef, useState } from 'react'
import { chairsText } from '../../messages/chairs'
import { isAskable, spoken } from '../../protocols/dns'
import type { AskedOfPerson } from '../../view/chairs/questions'
import { useRun } from '../run/RunContext'
import styles from './resolver.module.css'
import type { Rcode, ResolverSeat } from './useResolver'

const TYPES = ['MX', 'A', 'NS'] as const

interface AskOrAnswerProps {
  readonly seat: ResolverSeat
  readonly waiting: AskedOfPerson
  /** The first of the servers has the focus as soon as it is there. */
  readonly takesFocus: boolean
}

/** Two forms: a question to a name server, and the answer to the one who waits. */
export function AskOrAnswer({ seat, waiting, takesFocus }: AskOrAnswerProps) {
  const desk = useRef<HTMLDivElement>(null)
  useEffect(() => {
    if (takesFocus) desk.current?.querySelector('input')?.focus({ preventScroll: true })
  }, [takesFocus])
  const [chosen, setChosen] = useState<readonly string[]>([])
  const picked = seat.records.filter((record) => chosen.includes(record))
  return (
    <div ref={desk} className={styles.desk}>
      <Ask seat={seat} waiting={waiting} first={picked.length === 0} />
      <Answer seat={seat} picked={picked} onPick={setChosen} />
    </div>
  )
}

type AskProps = Pick<AskOrAnswerProps, 'seat' | 'waiting'> & { readonly first: boolean }

/** `first`: it is what one most likely does next, so its button is the one that stands out. */
function Ask({ seat, waiting, first }: AskProps) {
  const id = useId()
  const hosts = useRun(({ timeline }) => timeline.scenario.hosts)
  const servers = hosts.filter(({ role }) => role === 'nameServer')
  const [server, setServer] = useState('')
  const [name, setName] = useState(spoken(waiting.name))
  const [rrType, setType] = useState(waiting.rrType)
  const whole = name.trim().endsWith('.') ? name.trim() : `${name.trim()}.`
  const wrong = name.trim() === '' || !isAskable(whole)
  return (
    <form
      className={styles.form}
      aria-label={chairsText('askForm')}
      onSubmit={(event) => {
        event.preventDefault()
        if (server !== '' && !wrong) seat.ask(server, whole, rrType)
      }}
    >
      <fieldset className={styles.servers}>
        <legend>{chairsText('whom')}</legend>
        {servers.map(({ name: host, address }) => (
          <label key={host} className={styles.server}>
            <input
              type="radio"
              name={`${id}-server`}
              value={address}
              checked={server === address}
              onChange={() => setServer(address)}
            />
            <span>{host}</span>
            <code translate="no">{address}</code>
          </label>
        ))}
      </fieldset>
      <div className={styles.line}>
        <label className={styles.name}>
          <span>{chairsText('forName')}</span>
          <input
            className="field"
            value={name}
            aria-invalid={wrong}
            spellCheck={false}
            autoCapitalize="off"
            autoComplete="off"
            translate="no"
            onChange={(event) => setName(event.target.value)}
          />
        </label>
        <label>
          <span>{chairsText('forType')}</span>
          <select className="field" value={rrType} onChange={(event) => setType(event.target.value)}>
            {[...new Set([...TYPES, waiting.rrType])].map((type) => (
              <option key={type}>{type}</option>
            ))}
          </select>
        </label>
        <button type="submit" className={first ? 'button' : 'button quiet'} aria-disabled={server === '' || wrong}>
          {chairsText('askIt')}
        </button>
      </div>
      {wrong && <p role="status">{chairsText('notAName')}</p>}
    </form>
  )
}

interface AnswerProps {
  readonly seat: ResolverSeat
  readonly picked: readonly string[]
  onPick(records: readonly string[]): void
}

function Answer({ seat, picked, onPick }: AnswerProps) {
  const say = (rcode: Rcode, records: readonly string[]): void => seat.answer(rcode, records)
  return (
    <form
      className={styles.form}
      aria-label={chairsText('answerForm')}
      onSubmit={(event) => {
        event.preventDefault()
        if (picked.length > 0) say('NOERROR', picked)
      }}
    >
      <fieldset className={styles.servers}>
        <legend>{chairsText('orAnswer')}</legend>
        {seat.records.length === 0 && <p className={styles.nothing}>{chairsText('nothingTold')}</p>}
        {seat.records.map((record) => (
          <label key={record} className={styles.server}>
            <input
              type="checkbox"
              checked={picked.includes(record)}
              onChange={({ target: { checked } }) =>
                onPick(checked ? [...picked, record] : picked.filter((each) => each !== record))
              }
            />
            <code translate="no">{record}</code>
          </label>
        ))}
      </fieldset>
      <div className={styles.line}>
        <button
          type="submit"
          className={picked.length > 0 ? 'button' : 'button quiet'}
          aria-disabled={picked.length === 0}
        >
          {chairsText('answerThese')}
        </button>
        <button type="button" className="button quiet" onClick={() => say('NXDOMAIN', [])}>
          {chairsText('noSuchName')}
        </button>
        <button type="button" className="button quiet" onClick={() => say('SERVFAIL', [])}>
          {chairsText('cannotFind')}
        </button>
      </div>
    </form>
  )
}
