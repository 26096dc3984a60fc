import { lazy, Suspense, useEffect, useId, useMemo, useRef, useState } from 'react'
import { toText } from '../../base/octets'
import { editorText } from '../../messages/editor'
import { withTexts } from '../../messages/topic'
import { serviceAt } from '../../session/service'
import { authLine, completionsOf, tagged } from '../../view/editor/completions'
import { isMembersDoor, machinesOf, peopleAt } from '../../view/editor/people'
import { startOf } from '../../view/knowledge'
import { doorOf } from '../../view/run/doors'
import type { Terminal } from '../../view/run/terminal'
import type { HostName } from '../../world/world'
import { readText, writeText } from '../keeping/database'
import { takeOffers, takeSeats } from '../run/offer'
import { useRun, useRunActions, useRunStore } from '../run/RunContext'
import { useNames } from '../run/useMoment'
import { code, joined } from '../shell/rich'
import { useMedia } from '../shell/useMedia'
import { ConnectBar, MachineChoice, NewDialogue } from './ConnectBar'
import { DialogueTabs } from './DialogueTabs'
import { DnsPane } from './DnsPane'
import styles from './editor.module.css'
import { lastAnswer } from './lastAnswer'
import { PaneBoundary } from './PaneBoundary'
import { PlainPane } from './PlainPane'
import { type Dialogues, DNS, NEW, useDialogues } from './useDialogues'
import { type TerminalUse, useTerminal, type Where } from './useTerminal'

const MonacoPane = lazy(() => withTexts(import('./MonacoPane')))

const PLAIN = 'plain-input'

function usePlain(): readonly [plain: boolean, choose: (plain: boolean) => void] {
  const small = useMedia('(pointer: coarse), (max-width: 600px)')
  const [chosen, setChosen] = useState(() => readText('local', PLAIN))
  return [
    chosen === undefined ? small : chosen === 'yes',
    (plain) => {
      const word = plain ? 'yes' : 'no'
      setChosen(word)
      writeText('local', PLAIN, word)
    },
  ]
}

type Door = Pick<Where, 'to' | 'port'>

interface DialogueEditorProps {
  readonly first?: Door | undefined
  readonly chooses?: boolean
  /** The machine from which the person speaks, whichever server is chosen; without one it is the usual one of the server. */
  readonly sitsAt?: HostName | undefined
  /** Questions to the DNS are shown first. */
  readonly asksDns?: boolean
  /** A new dialogue is shown first, not one that is open already: whose that is may be what is to be found out. */
  readonly beginsNew?: boolean
}

/**
 * A dialogue by hand, with the server that is offered first; without one it is the first of the list, or the person `chooses`, where
 * finding the server is part of the work. Lines are sent exactly as they are typed, and the machine's replies are shown.
 */
export function DialogueEditor({ first, chooses = false, sitsAt, asksDns: asksFirst, beginsNew }: DialogueEditorProps) {
  const dialogues = useDialogues(asksFirst ? DNS : beginsNew ? NEW : undefined)
  const { shown } = dialogues
  const use = useTerminal(shown)
  const { terminal, protocol, lines, data, legal, people } = use
  const [plain, choosePlain] = usePlain()
  /** The line that is being typed in each dialogue. */
  const [inputs, setInputs] = useState<Readonly<Record<string, string>>>({})
  const input = inputs[shown] ?? ''
  const setInput = (text: string): void => setInputs((before) => ({ ...before, [shown]: text }))
  const [focus, setFocus] = useState(0)
  /** The terminal whose end has already been announced. */
  const [over, setOver] = useState<string>()
  const canType = terminal?.phase === 'open'
  const asksDns = shown === DNS
  const tabbed = dialogues.ids.length > 1
  const onNew = tabbed ? undefined : () => beginNew()
  const history = useMemo(() => lines.filter((line) => line.command).map((line) => toText(line.octets)), [lines])
  const completions = useMemo(() => completionsOf(input, protocol, legal, people), [input, protocol, legal, people])

  const offer = (text: string): void => {
    setInput(tagged(protocol, text, history.length))
    setFocus((count) => count + 1)
  }
  const names = useNames()
  const panel = useId()
  useEffect(() => {
    const stop = takeOffers((text, connection) => {
      if (connection === terminal?.connection?.connection) offer(text)
      else dialogues.showOn(connection)
    })
    return stop
  })
  const { scenario } = useRunStore()
  const [machine, setMachine] = useState(sitsAt)
  const seat = machine ?? scenario.letter.host
  const servers = useRef<HTMLSelectElement>(null)
  /** Counts how often a person has sat down. */
  const [sits, setSits] = useState(0)
  /** Counts how often questions to the DNS were wished for. */
  const [asked, setAsked] = useState(0)
  const beginNew = (): void => {
    dialogues.show(NEW)
    setSits((count) => count + 1)
  }
  useEffect(() => {
    const stop = takeSeats((seat, asks) => {
      if (machinesOf(scenario).includes(seat)) setMachine(seat)
      if (asks === 'dns') {
        dialogues.show(DNS)
        setAsked((count) => count + 1)
        return
      }
      if (canType || asksDns) dialogues.show(NEW)
      setSits((count) => count + 1)
    })
    return stop
  })
  useEffect(() => {
    if (sits > 0) servers.current?.focus()
  }, [sits])
  const pane = useRef<HTMLDivElement>(null)
  useEffect(() => {
    if (asked > 0) pane.current?.querySelector('input')?.focus()
  }, [asked])
  const opened = useRef(false)
  useEffect(() => {
    // A dialogue that was open before leaves the focus at the title of a step that has just begun.
    const isFree = opened.current || document.activeElement?.matches('h1') !== true
    opened.current = true
    if (canType && isFree) setFocus((count) => count + 1)
  }, [canType, terminal?.id])

  const connect = (where: Where): void => {
    setOver(undefined)
    dialogues.begins()
    use.connect(where)
  }
  const send = (text: string): void => {
    setInput('')
    use.type(text)
  }

  const parts = { protocol, lines, input, canType, data, completions, history, focus, onInput: setInput, onSend: send }

  return (
    <section className={styles.editor} aria-label={editorText('title')}>
      <DialogueTabs dialogues={dialogues} names={names} panel={panel} onNew={beginNew} />
      <div className={styles.bar}>
        {asksDns ? (
          <div className={styles.connect}>
            <span className={styles.speaking}>
              <b>{editorText('dnsTab')}</b>
            </span>
            <MachineChoice machines={machinesOf(scenario)} machine={seat} onMachine={setMachine} />
            {onNew && <NewDialogue onNew={onNew} />}
          </div>
        ) : (
          <>
            <ConnectBar
              terminal={terminal}
              first={first}
              chooses={chooses}
              machine={machine}
              servers={servers}
              onMachine={(name) => setMachine(name ?? sitsAt)}
              onChange={() => setOver(terminal?.id)}
              onConnect={connect}
              onDns={() => dialogues.show(DNS)}
              onHangUp={use.hangUp}
              onNew={onNew}
            />
            <label className={styles.switch}>
              <input
                type="checkbox"
                role="switch"
                checked={plain}
                onChange={(event) => choosePlain(event.target.checked)}
              />
              {editorText('plain')}
            </label>
          </>
        )}
      </div>
      <div
        ref={pane}
        id={panel}
        className={styles.pane}
        {...(tabbed && { role: 'tabpanel', 'aria-label': editorText('soFar') })}
      >
        {asksDns ? (
          <DnsPane machine={seat} />
        ) : terminal ? (
          plain ? (
            <PlainPane key={terminal.id} {...parts} />
          ) : (
            <PaneBoundary key={terminal.id} fallback={<PlainPane {...parts} />}>
              <Suspense fallback={<p className={styles.empty}>{editorText('fetching')}</p>}>
                <MonacoPane {...parts} />
              </Suspense>
            </PaneBoundary>
          )
        ) : (
          <Empty people={people} first={first} sends={seat === scenario.letter.host} dialogues={dialogues} />
        )}
      </div>
      {(terminal?.phase !== 'ended' || terminal.id !== over) && (
        <Status use={use} onOffer={offer} onConnect={connect} />
      )}
      <p className="unseen" translate="no" aria-live="polite">
        {/* A new element for each answer: one with the same words as the one before is heard too. */}
        <span key={lines.at(-1)?.fact}>{lastAnswer(lines)}</span>
      </p>
    </section>
  )
}

interface EmptyProps {
  readonly people: TerminalUse['people']
  readonly first: Door | undefined
  /** Letters are written at the machine at which one sits. */
  readonly sends: boolean
  readonly dialogues: Dialogues
}

function Empty({ people: { from, to, hello }, first, sends, dialogues: { closed, show } }: EmptyProps) {
  const names = useNames()
  const { scenario } = useRunStore()
  const login = first && isMembersDoor(first.port) ? peopleAt(scenario, hello, first.to, first.port).login : undefined
  const isForLetters = first === undefined ? sends : serviceAt(first.port)?.protocol === 'SMTP'
  const said = { hello, from: `<${from}>`, to: `<${to[0]}>`, code }
  return (
    <div className={styles.empty}>
      <p>{editorText('intro')}</p>
      {isForLetters && (
        <p>
          {joined(
            login
              ? editorText.parts('firstLetterOfMember', { ...said, auth: authLine(login) })
              : editorText.parts('firstLetter', said),
          )}
        </p>
      )}
      {closed.length > 0 && (
        <div className={styles.closed}>
          <h2>{editorText('closedDialogues')}</h2>
          <ul>
            {closed.map(({ id, to: server, port, host }) => (
              <li key={id}>
                <button type="button" className="as-link" onClick={() => show(id)}>
                  <span className={styles.wire} translate="no">
                    {server} {port}
                  </span>{' '}
                  {editorText('from', { machine: names.title(host) })}
                </button>
              </li>
            ))}
          </ul>
        </div>
      )}
    </div>
  )
}

interface StatusProps {
  readonly use: TerminalUse
  onOffer(text: string): void
  onConnect(where: Where): void
}

function Status({ use, onOffer, onConnect }: StatusProps) {
  const { terminal, legal, stopped } = use
  if (!terminal) return null
  if (terminal.phase !== 'open') return <Waiting terminal={terminal} stopped={stopped} onConnect={onConnect} />
  return (
    <div className={styles.status}>
      {legal.length > 0 ? (
        <>
          <span className={styles.label}>{editorText('legalNow')}</span>
          <ul className={styles.legal} aria-label={editorText('legalNow')}>
            {legal.map((command) => {
              const start = startOf(command)
              return (
                <li key={command.name}>
                  {start === '' ? (
                    <span className={styles.described} translate="no">
                      {command.syntax}
                    </span>
                  ) : (
                    <button className="as-link" type="button" title={command.effect} onClick={() => onOffer(start)}>
                      <span translate="no">{command.name}</span>
                    </button>
                  )}
                </li>
              )
            })}
          </ul>
        </>
      ) : (
        <span className={styles.label}>
          {stopped === undefined ? editorText('readsNothing') : editorText('serverStopped', { host: stopped })}
        </span>
      )}
    </div>
  )
}

interface WaitingProps {
  readonly terminal: Terminal
  /** The server's host if it is stopped. */
  readonly stopped: string | undefined
  onConnect(where: Where): void
}

function Waiting({ terminal, stopped, onConnect }: WaitingProps) {
  const { scenario } = useRunStore()
  const actions = useRunActions()
  const quiet = useRun((run) => run.t >= run.timeline.until)
  const words = {
    lookingUp: editorText('lookingUp', { host: terminal.to }),
    opening: editorText('opening', { host: terminal.to, port: terminal.port }),
    ended: terminal.why ?? editorText('closed'),
    open: '',
  }[terminal.phase]
  return (
    <div className={styles.status}>
      <span className={styles.label} role="status">
        {words}
      </span>
      {terminal.phase === 'ended' && stopped !== undefined && (
        <span className={styles.label}>{editorText('serverStopped', { host: stopped })}</span>
      )}
      {terminal.phase === 'ended' && (
        <button
          className={`as-link ${styles.link}`}
          type="button"
          onClick={() => onConnect({ from: terminal.host, ...doorOf(scenario, terminal) })}
        >
          {editorText('connectAgain')}
        </button>
      )}
      {terminal.phase !== 'ended' && (
        <button
          className={`as-link ${styles.link}`}
          type="button"
          onClick={() => (quiet ? actions.runOn() : actions.play())}
        >
          {editorText(quiet ? 'wait' : 'goOn')}
        </button>
      )}
    </div>
  )
}
