import { useEffect, useRef, useState } from 'react'
import { toText } from '../../base/octets'
import { editorText } from '../../messages/editor'
import { partsOf } from '../../view/panels/transcriptRows'
import { scrollIntoSight } from '../dom/scroll'
import { hueStyle } from '../panels/hue'
import { Verdict } from '../panels/Verdict'
import styles from './editor.module.css'
import type { PaneProps } from './pane'

/** The dialogue and a plain text box, for touch and for people who prefer it. */
export function PlainPane({
  protocol,
  lines,
  input,
  canType,
  completions,
  history,
  focus,
  onInput,
  onSend,
}: PaneProps) {
  const box = useRef<HTMLInputElement>(null)
  const list = useRef<HTMLDivElement>(null)
  const row = useRef<HTMLFormElement>(null)
  const [back, setBack] = useState(0)
  useEffect(() => {
    const element = list.current
    if (element) element.scrollTop = element.scrollHeight
    // A reply makes the dialogue longer, so the input is scrolled back into sight.
    if (row.current?.contains(document.activeElement)) scrollIntoSight(row.current, 'nearest')
  }, [lines])
  useEffect(() => {
    if (focus === 0) return
    box.current?.focus({ preventScroll: true })
    scrollIntoSight(row.current, 'nearest')
  }, [focus])

  const recall = (by: number): void => {
    const next = Math.min(Math.max(back + by, 0), history.length)
    setBack(next)
    onInput(next === 0 ? '' : (history[history.length - next] ?? ''))
  }
  const send = (text: string): void => {
    setBack(0)
    onSend(text)
  }

  return (
    <div className={styles.plain} style={hueStyle(protocol)}>
      <div ref={list} className={styles.said} role="group" translate="no" aria-label={editorText('soFar')} tabIndex={0}>
        {lines.map((line) => {
          const [lead, rest] = partsOf(line)
          return (
            <p key={`${line.fact}-${line.part}`} data-speaker={line.speaker} data-data={line.data ? '' : undefined}>
              <span className="unseen">{line.part === 0 ? editorText(`speaker.${line.speaker}`) : ''}</span>
              <Verdict line={line} />
              <b>{toText(lead as never)}</b>
              {toText(rest as never)}
            </p>
          )
        })}
      </div>
      {canType && (
        <form
          ref={row}
          className={styles.prompt}
          onSubmit={(event) => {
            event.preventDefault()
            send(input)
          }}
        >
          <input
            ref={box}
            className={styles.command}
            aria-label={editorText('command')}
            value={input}
            autoCapitalize="off"
            autoComplete="off"
            autoCorrect="off"
            spellCheck={false}
            enterKeyHint="send"
            onChange={(event) => onInput(event.target.value)}
            onKeyDown={(event) => {
              if (event.key === 'ArrowUp') recall(1)
              else if (event.key === 'ArrowDown') recall(-1)
              else return
              event.preventDefault()
            }}
            onPaste={(event) => {
              const text = event.clipboardData.getData('text/plain')
              if (!/[\r\n]/.test(text)) return
              event.preventDefault()
              const { selectionStart, selectionEnd } = event.currentTarget
              const whole =
                input.slice(0, selectionStart ?? input.length) + text + input.slice(selectionEnd ?? input.length)
              send(whole)
            }}
          />
          <button className={styles.sendLine} type="submit">
            {editorText('sendLine')}
          </button>
        </form>
      )}
      {canType && input !== '' && completions.length > 0 && (
        <ul className={styles.completions} aria-label={editorText('completions')}>
          {completions.map((completion) => (
            <li key={completion.line}>
              <button
                type="button"
                onClick={() => {
                  onInput(completion.line)
                  box.current?.focus()
                }}
              >
                <span className={styles.wire} translate="no">
                  {completion.label}
                </span>{' '}
                {completion.detail}
              </button>
            </li>
          ))}
        </ul>
      )}
    </div>
  )
}
