import { useEffect, useId, useMemo, useRef, useState } from 'react'
import type { ZoneView } from '../../hosts/dns/nameServer'
import { machineText } from '../../messages/machine'
import { type Problem, readZone, serialOf } from '../../protocols/dns'
import { zoneFaultText } from '../../view/gloss/zoneFault'
import styles from '../panels/panels.module.css'
import { useRunActions, useRunStore } from '../run/RunContext'
import own from './machine.module.css'
import { useZoneDraft } from './zoneDrafts'

interface ZoneEditorProps {
  readonly host: string
  readonly up: boolean
  readonly zone: ZoneView
}

const LEAST_ROWS = 8
const MOST_ROWS = 24

/**
 * A master file in a plain text field. It is parsed while it is typed; a fault is marked in its place, and a faulty zone is never
 * applied.
 */
export function ZoneEditor({ host, up, zone: { apex, text: served, serial } }: ZoneEditorProps) {
  const { key, readOnly } = useRunStore()
  const actions = useRunActions()
  const id = useId()
  const field = useRef<HTMLTextAreaElement>(null)
  const [typing, setTyping] = useState(false)
  const [draft, setDraft] = useZoneDraft(`${key} ${host} ${apex}`)
  const text = draft ?? served
  const changed = text !== served
  const reading = useMemo(() => readZone(apex, text), [apex, text])
  const errors = 'errors' in reading ? reading.errors : []
  const warnings = 'zone' in reading ? reading.warnings : []
  const canApply = changed && up
  const lines = text.split('\n')
  const sameSerial = changed && 'zone' in reading && serialOf(reading.zone) === serial

  // A draft that equals the served zone is no draft any more.
  useEffect(() => {
    if (draft !== undefined && draft === served) setDraft(undefined)
  }, [draft, served, setDraft])

  const goTo = ({ line, column, length }: Problem): void => {
    const before = lines.slice(0, line - 1).reduce((sum, one) => sum + one.length + 1, 0)
    field.current?.focus()
    field.current?.setSelectionRange(before + column - 1, before + column - 1 + length)
  }
  const apply = (): void => {
    const [first] = errors
    if (first) goTo(first)
    else actions.intervene({ type: 'zoneEdited', host, apex, text })
  }

  return (
    <div className={own.zone}>
      {/* Above the text, so that faults and remedies are in sight even if the zone is long or the panel low. */}
      <div className={own.serving}>
        {/* Silent at each key: it describes the field, and the button by which one goes on. */}
        <div id={`${id}-said`} className={own.told} role="status" aria-live={typing ? 'off' : 'polite'}>
          {errors.length > 0 ? (
            <Problems problems={errors} onGo={goTo} />
          ) : (
            <p className={own.about}>
              {machineText(changed ? 'typed' : 'served')}{' '}
              {sameSerial && machineText('sameSerial', { serial: String(serial) })}
            </p>
          )}
          {warnings.length > 0 && <Problems problems={warnings} mild onGo={goTo} />}
        </div>
        {!readOnly && (
          <p className={own.buttons}>
            <button
              className={`${styles.button} ${own.plain}`}
              type="button"
              aria-disabled={!changed}
              onClick={() => setDraft(undefined)}
            >
              {machineText('putBack')}
            </button>
            <button
              className={`${styles.button} ${own.strong}`}
              type="button"
              aria-disabled={!canApply}
              aria-describedby={`${id}-said`}
              onClick={() => canApply && apply()}
            >
              {machineText('apply')}
            </button>
          </p>
        )}
      </div>
      <div className={own.paper}>
        <ol className={own.numbers} aria-hidden="true">
          {lines.map((_, n) => (
            <li key={n} data-wrong={errors.some(({ line }) => line === n + 1) ? '' : undefined} />
          ))}
        </ol>
        <div className={own.sheet}>
          <pre className={own.under} aria-hidden="true" translate="no">
            {markedText(lines, errors)}
          </pre>
          <textarea
            ref={field}
            className={own.text}
            aria-label={machineText('zone', { apex })}
            aria-describedby={`${id}-said`}
            aria-invalid={errors.length > 0}
            rows={Math.min(Math.max(lines.length, LEAST_ROWS), MOST_ROWS)}
            value={text}
            readOnly={readOnly}
            spellCheck={false}
            autoCapitalize="off"
            autoComplete="off"
            wrap="off"
            onChange={(event) => setDraft(event.target.value)}
            onFocus={() => setTyping(true)}
            onBlur={() => setTyping(false)}
            onKeyDown={(event) => {
              if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
                event.preventDefault()
                apply()
              }
            }}
            onScroll={({ currentTarget: box }) => {
              box.parentElement?.style.setProperty('--scroll-x', `${-box.scrollLeft}px`)
              box.parentElement?.parentElement?.style.setProperty('--scroll-y', `${-box.scrollTop}px`)
            }}
          />
        </div>
      </div>
    </div>
  )
}

interface ProblemsProps {
  readonly problems: readonly Problem[]
  /** Warnings: odd records that are served nevertheless. */
  readonly mild?: boolean
  onGo(problem: Problem): void
}

function Problems({ problems, mild = false, onGo }: ProblemsProps) {
  return (
    <ul className={mild ? `${own.problems} ${own.mild}` : own.problems}>
      {problems.map((problem) => (
        <ProblemView key={`${problem.line} ${problem.column} ${problem.fault.is}`} problem={problem} onGo={onGo} />
      ))}
    </ul>
  )
}

function ProblemView({ problem, onGo }: { readonly problem: Problem; onGo(problem: Problem): void }) {
  const { line, column, fault } = problem
  return (
    <li>
      <button type="button" onClick={() => onGo(problem)}>
        {machineText('place', { line, column })}
      </button>
      <span>{zoneFaultText(fault)}</span>
    </li>
  )
}

/** The text again, under the field. Only its marks are visible. */
function markedText(lines: readonly string[], problems: readonly Problem[]) {
  return lines.map((line, n) => {
    const [problem] = problems.filter((one) => one.line === n + 1)
    if (!problem) return `${line}\n`
    const from = problem.column - 1
    const to = Math.max(from + problem.length, from + 1)
    return (
      <span key={n}>
        {line.slice(0, from)}
        <mark>{line.slice(from, to) || ' '}</mark>
        {`${line.slice(to)}\n`}
      </span>
    )
  })
}
