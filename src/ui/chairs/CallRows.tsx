import { CircleCheck, SquareX } from 'lucide-react'
import { Fragment } from 'react'
import { chairsText } from '../../messages/chairs'
import type { Call, CallRow } from '../../view/chairs/calls'
import { type Beside, besideOf, followsFrom } from '../../view/chairs/follows'
import { timeInWords } from '../run/useMoment'
import { code, joined } from '../shell/rich'
import styles from './rows.module.css'
import { useLastRowInSight } from './useLastRowInSight'

interface CallRowsProps {
  readonly call: Call
  /** The name of the caller and the address of the sender, for the sentences of what follows. */
  readonly caller: string
  readonly sender: string
}

/** The lines of a call, each answer beside the machine's. A different one is explained by what follows from it. */
export function CallRows({ call, caller, sender }: CallRowsProps) {
  const { rows, over } = call
  const { box, list } = useLastRowInSight(rows.length)
  return (
    <div ref={box} className={styles.call}>
      <p className={styles.head} aria-hidden="true">
        <span>{chairsText('head.seconds')}</span>
        <span>{chairsText('head.caller')}</span>
        <span>{chairsText('head.you')}</span>
        <span>{chairsText('head.beside')}</span>
      </p>
      <ol ref={list} className={styles.rows} aria-label={chairsText('dialogue')}>
        {rows.map((row) => {
          const follows = followsFrom(row, { caller, sender })
          const beside = besideOf(row)
          return (
            <li
              key={row.order}
              className={styles.item}
              data-now={!row.answer || undefined}
              data-other={beside?.same === false || undefined}
            >
              <div className={styles.row}>
                <span className={styles.time}>{timeInWords(row.at)}</span>
                <Heard row={row} />
                <Said row={row} />
                <span className={styles.beside}>
                  {beside ? (
                    <>
                      <Mark same={beside.same} />
                      <span>
                        <BesideText beside={beside} />
                      </span>
                    </>
                  ) : (
                    !over && <strong>{chairsText('turnHere')}</strong>
                  )}
                </span>
              </div>
              {follows !== undefined && <p className={styles.follows}>{follows}</p>}
            </li>
          )
        })}
        {over && (
          <li className={styles.over}>
            {timeInWords(over.at)} {chairsText(over.byPerson ? 'hungUp' : 'over')}
          </li>
        )}
      </ol>
    </div>
  )
}

const COMMAND = /^(?:MAIL FROM:|RCPT TO:|[A-Za-z]+)/i

function Heard({ row: { heard, line, size } }: { readonly row: CallRow }) {
  if (heard === 'greeting') return <span className={styles.heard} />
  if (size !== undefined)
    return <span className={`${styles.heard} ${styles.message}`}>{chairsText('message', { size })}</span>
  const text = line?.octets.trimEnd() ?? ''
  const verb = COMMAND.exec(text)?.[0] ?? ''
  return (
    <code className={styles.heard} translate="no">
      <b>{verb}</b>
      {text.slice(verb.length)}
    </code>
  )
}

function Said({ row: { answer } }: { readonly row: CallRow }) {
  if (!answer) return <span className={styles.said} />
  const [first = '', ...more] = answer.said.trimEnd().split('\r\n')
  const number = /^\d{3}/.exec(first)?.[0] ?? ''
  return (
    <span className={styles.said}>
      <code translate="no">
        <b>{number}</b>
        {first.slice(number.length)}
      </code>
      {more.length > 0 && <span className={styles.more}>{chairsText('moreLines', { count: more.length })}</span>}
    </span>
  )
}

/** The words beside an answer. */
export function BesideText({ beside }: { readonly beside: Beside }) {
  const { key, number = '' } = beside
  if (key === 'likeIt' || key === 'machineSays') return joined(chairsText.parts(`beside.${key}`, { number, code }))
  return <Fragment>{chairsText(`beside.${key}`)}</Fragment>
}

/** The sign of an answer that means what the machine's does, or of another one. */
export function Mark({ same }: { readonly same: boolean }) {
  const Sign = same ? CircleCheck : SquareX
  return <Sign className={styles.mark} data-same={same} aria-hidden="true" />
}
