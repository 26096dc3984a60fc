import { CornerDownLeft } from 'lucide-react'
import { type KeyboardEvent, useEffect, useId, useLayoutEffect, useRef, useState } from 'react'
import { chairsText } from '../../messages/chairs'
import { type Fitting, fittingReplies } from '../../protocols/smtp'
import type { Session } from '../../session/session'
import { isForField } from '../dom/isForField'
import { useMedia } from '../shell/useMedia'
import styles from './answering.module.css'

const DIGITS = [2, 3, 4, 5] as const
type Digit = (typeof DIGITS)[number]

interface AnsweringProps {
  /** The session of the line that waits. */
  readonly session: Session
  /** The field has the focus as soon as it is there, unless it would cover a phone. */
  readonly takesFocus: boolean
  onSay(text: string): void
  onTakeBack(): void
}

/** The reply as it is typed: its lines with their codes. */
function textOf({ reply: { code: number, enhanced, text } }: Fitting): string {
  const lines = typeof text === 'string' ? [text] : text
  const prefix = enhanced === undefined ? '' : `${enhanced} `
  return lines.map((line, at) => `${number}${at === lines.length - 1 ? ' ' : '-'}${prefix}${line}`).join('\n')
}

const numberOf = ({ reply: { code: number, enhanced } }: Fitting): string =>
  enhanced === undefined ? String(number) : `${number} ${enhanced}`

const digitIn = (draft: string): Digit | undefined => DIGITS.find((digit) => draft.startsWith(String(digit)))

/** Four keys for the first digit, one line that is spoken as it is, and the codes that a server might say. */
export function Answering({ session, takesFocus, onSay, onTakeBack }: AnsweringProps) {
  const id = useId()
  const field = useRef<HTMLTextAreaElement>(null)
  /** `offered`: the draft is a reply of the list, as it stands there. */
  const [{ draft, offered }, setDraft] = useState({ draft: '', offered: false })
  const byMouse = useMedia('(pointer: fine)')
  const digit = digitIn(draft)
  const fitting = digit === undefined ? [] : fittingReplies(session, digit)
  const isNumber = draft === '' || /^[2-5]\d{0,2}(?:[ -]|$)/.test(draft)

  useEffect(() => {
    // On a phone the focus would bring the keyboard up, over the four keys.
    if (byMouse && takesFocus) field.current?.focus({ preventScroll: true })
  }, [byMouse, takesFocus])
  useLayoutEffect(() => {
    // The next letters that are typed replace all but the digit.
    if (offered && document.activeElement === field.current) field.current?.setSelectionRange(1, draft.length)
  }, [draft, offered])

  const choose = (chosen: Digit): void => {
    const [first] = fittingReplies(session, chosen)
    if (byMouse) field.current?.focus({ preventScroll: true })
    setDraft({ draft: first ? textOf(first) : String(chosen), offered: first !== undefined })
  }
  const move = (by: number): void => {
    const at = fitting.findIndex((each) => textOf(each) === draft)
    const next = fitting[(at + by + fitting.length) % fitting.length]
    if (next) setDraft({ draft: textOf(next), offered: true })
  }
  const say = (): void => {
    if (draft.trim() === '') return
    setDraft({ draft: '', offered: false })
    onSay(draft)
  }
  const pressed = (event: KeyboardEvent<HTMLTextAreaElement>): void => {
    const { key, shiftKey, ctrlKey, metaKey, altKey } = event
    if (event.nativeEvent.isComposing) return
    if (key === 'Enter' && !shiftKey) {
      event.preventDefault()
      say()
    } else if ((ctrlKey || metaKey) && key.toLowerCase() === 'z' && !shiftKey && (draft === '' || offered)) {
      event.preventDefault()
      onTakeBack()
    } else if (ctrlKey || metaKey || altKey) return
    else if (key === 'Escape') setDraft({ draft: '', offered: false })
    else if ((key === 'ArrowUp' || key === 'ArrowDown') && fitting.length > 0 && (offered || !draft.includes('\n'))) {
      event.preventDefault()
      move(key === 'ArrowDown' ? 1 : -1)
    } else if (draft === '' && DIGITS.some((each) => String(each) === key)) {
      event.preventDefault()
      choose(Number(key) as Digit)
    }
  }

  const latest = useRef({ choose, onTakeBack })
  useEffect(() => {
    latest.current = { choose, onTakeBack }
  })
  useEffect(() => {
    const anywhere = (event: globalThis.KeyboardEvent): void => {
      if (event.defaultPrevented || document.querySelector('dialog[open]')) return
      if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === 'z' && !event.shiftKey) {
        if (event.target instanceof Element && event.target.closest('input:not([type=range]), textarea')) return
        event.preventDefault()
        latest.current.onTakeBack()
        return
      }
      const chosen = DIGITS.find((each) => String(each) === event.key)
      if (chosen === undefined || isForField(event)) return
      event.preventDefault()
      field.current?.focus({ preventScroll: true })
      latest.current.choose(chosen)
    }
    window.addEventListener('keydown', anywhere)
    return () => window.removeEventListener('keydown', anywhere)
  }, [])

  return (
    <form
      className={styles.desk}
      onSubmit={(event) => {
        event.preventDefault()
        say()
      }}
    >
      <div className={styles.keys} role="group" aria-label={chairsText('digits')}>
        {DIGITS.map((each) => (
          <button
            key={each}
            type="button"
            className={styles.digit}
            aria-pressed={each === digit}
            aria-label={`${each} ${chairsText(`digit.${each}`)}, ${chairsText(`digitMeans.${each}`)}`}
            onClick={() => choose(each)}
          >
            <b>{each}</b>
            <span className={styles.word}>{chairsText(`digit.${each}`)}</span>
            <span className={styles.means}>{chairsText(`digitMeans.${each}`)}</span>
          </button>
        ))}
      </div>
      <div className={styles.line}>
        <textarea
          ref={field}
          className={styles.field}
          rows={Math.min(draft.split('\n').length, 6)}
          aria-label={chairsText('reply')}
          aria-describedby={`${id}-hint`}
          value={draft}
          translate="no"
          spellCheck={false}
          autoCapitalize="off"
          autoComplete="off"
          autoCorrect="off"
          enterKeyHint="send"
          onChange={(event) => setDraft({ draft: event.target.value, offered: false })}
          onKeyDown={pressed}
        />
        <button type="submit" className={styles.say} aria-disabled={draft.trim() === ''}>
          {chairsText('sayIt')} <CornerDownLeft aria-hidden="true" />
        </button>
      </div>
      <div className={styles.below}>
        <p id={`${id}-hint`} className="unseen">
          {chairsText('replyHint')}
        </p>
        {isNumber ? (
          <Others
            fitting={fitting}
            draft={draft}
            digit={digit}
            onChoose={(text) => setDraft({ draft: text, offered: true })}
          />
        ) : (
          <p role="status">{chairsText('noNumber')}</p>
        )}
        <p className={styles.forPeople}>{chairsText('textForPeople')}</p>
      </div>
    </form>
  )
}

interface OthersProps {
  readonly fitting: readonly Fitting[]
  readonly draft: string
  readonly digit: Digit | undefined
  onChoose(text: string): void
}

function Others({ fitting, draft, digit, onChoose }: OthersProps) {
  if (digit === undefined) return <p>{chairsText('chooseDigit')}</p>
  const others = fitting.filter((each) => textOf(each) !== draft)
  return (
    <div className={styles.others}>
      <span>{chairsText('others', { digit: String(digit) })}</span>
      <ul>
        {others.map((each) => (
          <li key={each.name}>
            <button type="button" onClick={() => onChoose(textOf(each))}>
              <code translate="no">{numberOf(each)}</code> {chairsText(`fit.${each.name}`)}
            </button>
          </li>
        ))}
      </ul>
    </div>
  )
}
