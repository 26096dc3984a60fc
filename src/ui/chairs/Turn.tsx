import { useState } from 'react'
import { chairsText } from '../../messages/chairs'
import type { CallRow } from '../../view/chairs/calls'
import { clockText } from '../../view/stage/clock'
import { code, joined } from '../shell/rich'
import styles from './chair.module.css'
import { TurnHead } from './TurnHead'
import type { Chair } from './useChair'

interface TurnProps {
  readonly chair: Chair
  readonly row: CallRow
  readonly inLesson: boolean
}

/** The question of the line that waits, three hints, and what else can be done. The task of a lesson has its own hints. */
export function Turn({ chair, row, inLesson }: TurnProps) {
  return (
    <section className={styles.turn} aria-label={chairsText(inLesson ? 'isAsked' : 'yourTurn')}>
      <TurnHead what="answer" inLesson={inLesson} />
      <p className={styles.question}>
        <Question row={row} />
      </p>
      {!inLesson && <Hints key={row.order} chair={chair} row={row} />}
      <Silence key={`${row.order} silence`} chair={chair} />
    </section>
  )
}

function Question({ row: { heard, means, size = 0 } }: { readonly row: CallRow }) {
  const parsed = means?.parsed as { readonly forwardPath?: string; readonly reversePath?: string } | undefined
  switch (heard) {
    case 'MAIL':
      return parsed?.reversePath
        ? joined(chairsText.parts('turn.MAIL', { address: parsed.reversePath, code }))
        : chairsText('turn.MAIL.none')
    case 'RCPT':
      return joined(chairsText.parts('turn.RCPT', { address: parsed?.forwardPath ?? '', code }))
    case 'mailData':
      return chairsText('turn.mailData', { size })
    default:
      return chairsText.found(`turn.${heard}`) ?? chairsText('turn.unknown')
  }
}

const HINTS = ['nudge', 'pointer', 'line'] as const
type Hint = (typeof HINTS)[number]

function Hints({ chair, row }: { readonly chair: Chair; readonly row: CallRow }) {
  const [open, setOpen] = useState<Hint>()
  const machine = open === 'pointer' || open === 'line' ? (chair.machineLine() ?? '') : ''
  return (
    <div className={styles.hints}>
      <p>
        {chairsText('hint')}{' '}
        {HINTS.map((hint) => (
          <button
            key={hint}
            type="button"
            className={`as-link ${styles.link}`}
            aria-expanded={hint === open}
            onClick={() => setOpen(hint === open ? undefined : hint)}
          >
            {chairsText(`hint.${hint}`)}
          </button>
        ))}
      </p>
      <p className={styles.hint} aria-live="polite">
        {open === 'nudge' && (chairsText.found(`nudge.${row.heard}`) ?? chairsText('nudge.other'))}
        {open === 'pointer' && joined(chairsText.parts('pointer', { digit: machine.slice(0, 1), code }))}
        {open === 'line' && joined(chairsText.parts('machineLine', { line: machine.split('\r\n')[0] ?? '', code }))}
      </p>
    </div>
  )
}

/** The person says nothing: the caller waits as long as it does. */
function Silence({ chair }: { readonly chair: Chair }) {
  const [asked, setAsked] = useState(false)
  const { silentUntil } = chair
  if (silentUntil === undefined) return null
  return (
    <div className={styles.silence}>
      {asked ? (
        <p>
          {chairsText('waits', { clock: clockText(silentUntil) })}{' '}
          <button type="button" className={`as-link ${styles.link}`} onClick={chair.skip}>
            {chairsText('skip')}
          </button>
          <button type="button" className={`as-link ${styles.link}`} onClick={() => setAsked(false)}>
            {chairsText('stay')}
          </button>
        </p>
      ) : (
        <p>
          <button type="button" className={`as-link ${styles.link}`} onClick={() => setAsked(true)}>
            {chairsText('silence')}
          </button>
          <button type="button" className={`as-link ${styles.link}`} onClick={chair.hangUp}>
            {chairsText('hangUp')}
          </button>
        </p>
      )}
    </div>
  )
}
