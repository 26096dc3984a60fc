import { lazy, Suspense, useEffect, useMemo, useState } from 'react'
import { toText } from '../../base/octets'
import { editorText } from '../../messages/editor'
import { withTexts } from '../../messages/topic'
import { completionsOf, tagged } from '../../view/editor/completions'
import { startOf } from '../../view/knowledge'
import type { Terminal } from '../../view/run/terminal'
import { readText, writeText } from '../keeping/database'
import { takeOffers } from '../run/offer'
import { useRun, useRunActions } from '../run/RunContext'
import { code, joined } from '../shell/rich'
import { useMedia } from '../shell/useMedia'
import { ConnectBar } from './ConnectBar'
import styles from './editor.module.css'
import { PaneBoundary } from './PaneBoundary'
import { PlainPane } from './PlainPane'
import { type TerminalUse, useTerminal } from './useTerminal'

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

/** A dialogue by hand: lines are sent exactly as they are typed, and the machine's replies are shown. */
export function DialogueEditor() {
  const use = useTerminal()
  const { terminal, protocol, lines, data, legal, people } = use
  const [plain, choosePlain] = usePlain()
  const [input, setInput] = useState('')
  const [focus, setFocus] = useState(0)
  /** The terminal whose end has already been announced. */
  const [over, setOver] = useState<string>()
  const canType = terminal?.phase === 'open'
  const history = useMemo(() => lines.filter((line) => line.command).map((line) => toText(line.octets)), [lines])
  const completions = useMemo(() => completionsOf(input, protocol, legal, people), [input, protocol, legal, people])

  const offer = (text: string): void => {
    setInput(tagged(protocol, text, history.length))
    setFocus((count) => count + 1)
  }
  useEffect(() => {
    const stop = takeOffers(offer)
    return stop
  })
  useEffect(() => {
    if (canType) setFocus((count) => count + 1)
  }, [canType, terminal?.id])

  const send = (text: string): void => {
    setInput('')
    use.type(text)
  }

  const pane = { protocol, lines, input, canType, data, completions, history, focus, onInput: setInput, onSend: send }

  return (
    <section className={styles.editor} aria-label={editorText('title')}>
      <div className={styles.bar}>
        <ConnectBar
          terminal={terminal}
          typedAt={use.machine}
          onChange={() => setOver(terminal?.id)}
          onConnect={(where) => {
            setOver(undefined)
            use.connect(where)
          }}
          onHangUp={use.hangUp}
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
      </div>
      <div className={styles.pane}>
        {terminal ? (
          plain ? (
            <PlainPane {...pane} />
          ) : (
            <PaneBoundary fallback={<PlainPane {...pane} />}>
              <Suspense fallback={<p className={styles.empty}>{editorText('fetching')}</p>}>
                <MonacoPane {...pane} />
              </Suspense>
            </PaneBoundary>
          )
        ) : (
          <Empty people={people} />
        )}
      </div>
      {(terminal?.phase !== 'ended' || terminal.id !== over) && <Status use={use} onOffer={offer} />}
      <p className="unseen" translate="no" aria-live="polite">
        {lastAnswer(lines)}
      </p>
    </section>
  )
}

/** The last reply, for screen readers. */
function lastAnswer(lines: TerminalUse['lines']): string {
  const last = lines.at(-1)
  if (last?.speaker !== 'server') return ''
  return lines
    .filter((line) => line.fact === last.fact)
    .slice(-4)
    .map((line) => toText(line.octets))
    .join(', ')
}

function Empty({ people: { from, to, hello } }: { readonly people: TerminalUse['people'] }) {
  return (
    <div className={styles.empty}>
      <p>{editorText('intro')}</p>
      <p>{joined(editorText.parts('firstLetter', { hello, from: `<${from}>`, to: `<${to[0]}>`, code }))}</p>
    </div>
  )
}

function Status({ use, onOffer }: { readonly use: TerminalUse; onOffer(text: string): void }) {
  const { terminal, legal, stopped } = use
  if (!terminal) return null
  if (terminal.phase !== 'open') return <Waiting terminal={terminal} stopped={stopped} />
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
}

function Waiting({ terminal, stopped }: WaitingProps) {
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
