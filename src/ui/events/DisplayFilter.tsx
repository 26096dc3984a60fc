import { useId, useRef, useState } from 'react'
import { eventsText } from '../../messages/events'
import type { Asked } from '../../view/events/fields'
import { type Completion, completionsAt } from '../../view/events/filter/complete'
import { type FilterFault, parseFilter } from '../../view/events/filter/parse'
import { useAfterRender } from '../dom/useAfterRender'
import styles from './events.module.css'
import { faultText } from './faultText'

export interface DisplayFilterProps {
  readonly label: string
  readonly text: string
  /** Rows whose values are offered. */
  rows(): Iterable<Asked>
  onText(text: string): void
}

/** One line in the filter language, with completion. A fault is shown in its place. */
export function DisplayFilter({ label, text, rows, onText }: DisplayFilterProps) {
  const id = useId()
  const field = useRef<HTMLInputElement>(null)
  const [caret, setCaret] = useState(text.length)
  const [open, setOpen] = useState(false)
  const [chosen, choose] = useState(-1)
  const afterRender = useAfterRender()
  const { fault } = parseFilter(text)
  const offered = open ? completionsAt(text, Math.min(caret, text.length), rows()) : undefined
  const found = offered?.found ?? []
  const shown = found.length > 0

  const moved = (): void => {
    setCaret(field.current?.selectionStart ?? text.length)
    choose(-1)
  }
  const take = ({ text: word }: Completion): void => {
    if (!offered) return
    const before = text.slice(0, offered.start)
    const after = text.slice(offered.end)
    const isClose = word === '(' || word === ')'
    const added = `${before !== '' && !/[\s(!]$/.test(before) && !isClose ? ' ' : ''}${word}${after === '' && word !== '(' ? ' ' : ''}`
    onText(before + added + after)
    const at = before.length + added.length
    setCaret(at)
    choose(-1)
    // The caret goes after the word once the field has the new text.
    afterRender(() => field.current?.setSelectionRange(at, at))
  }

  return (
    <div className={styles.display}>
      <label className={styles.displayLabel} htmlFor={id}>
        {label}
      </label>
      <div className={styles.displayField}>
        <input
          ref={field}
          id={id}
          className={styles.displayInput}
          type="text"
          role="combobox"
          translate="no"
          spellCheck={false}
          autoComplete="off"
          autoCapitalize="none"
          placeholder={eventsText('displayHint')}
          aria-autocomplete="list"
          aria-expanded={shown}
          aria-controls={`${id}-list`}
          aria-activedescendant={shown && chosen >= 0 ? `${id}-${chosen}` : undefined}
          aria-invalid={fault !== undefined}
          aria-describedby={`${id}-fault`}
          value={text}
          onChange={(event) => {
            onText(event.target.value)
            setCaret(event.target.selectionStart ?? event.target.value.length)
            setOpen(true)
            choose(-1)
          }}
          onSelect={moved}
          onFocus={() => setOpen(true)}
          onBlur={() => setOpen(false)}
          onKeyDown={(event) => {
            if (event.key === 'ArrowDown' && !open) setOpen(true)
            else if (event.key === 'ArrowDown' && shown) choose((chosen + 1) % found.length)
            else if (event.key === 'ArrowUp' && shown) choose(chosen <= 0 ? found.length - 1 : chosen - 1)
            else if ((event.key === 'Enter' || event.key === 'Tab') && shown && chosen >= 0)
              take(found[chosen] as Completion)
            else if (event.key === 'Escape' && shown) setOpen(false)
            else return
            event.preventDefault()
          }}
        />
        <div
          id={`${id}-list`}
          className={styles.completions}
          role="listbox"
          aria-label={eventsText('completions')}
          hidden={!shown}
        >
          {found.map((completion, n) => (
            <div
              key={completion.text}
              id={`${id}-${n}`}
              role="option"
              tabIndex={-1}
              aria-selected={n === chosen}
              onMouseDown={(event) => {
                // The field keeps the focus.
                event.preventDefault()
                take(completion)
              }}
            >
              <span translate="no">{completion.text}</span>{' '}
              <span className={styles.quiet}>{eventsText(`completion.${completion.is}`)}</span>
            </div>
          ))}
        </div>
      </div>
      <div id={`${id}-fault`} className={styles.fault} role="status">
        {fault && !(shown && isUnderWay(fault, text)) && <Fault text={text} fault={fault} />}
      </div>
    </div>
  )
}

/** A filter that is still being written ends too early by nature: that is said once the words to go on with are not shown. */
const isUnderWay = ({ end }: FilterFault, text: string): boolean => end >= text.trimEnd().length

function Fault({ text, fault }: { readonly text: string; readonly fault: FilterFault }) {
  return (
    <>
      <p className={styles.faultPlace} translate="no" aria-hidden="true">
        {text.slice(0, fault.start)}
        <mark>{text.slice(fault.start, fault.end) || '␣'}</mark>
        {text.slice(fault.end)}
      </p>
      <p>{eventsText('filterFault', { fault: faultText(fault) })}</p>
    </>
  )
}
