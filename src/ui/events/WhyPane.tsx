import { useMemo } from 'react'
import { whyText } from '../../messages/why'
import type { Names } from '../../view/run/names'
import type { RunView } from '../../view/run/runView'
import { type Why, type WhyStep, whyOf } from '../../view/why/chain'
import { timeInWords } from '../run/useMoment'
import { ReasonNote } from '../stage/ReasonNote'
import styles from './events.module.css'

export interface WhyPaneProps {
  readonly view: RunView
  readonly names: Names
  /** The order of the chosen fact. */
  readonly fact: number | undefined
  onGo(order: number): void
}

/** The causes of the chosen event, from the nearest one to what somebody did. */
export function WhyPane({ view, names, fact, onGo }: WhyPaneProps) {
  const why = useMemo(() => (fact === undefined ? undefined : whyOf(view, fact, names)), [view, fact, names])
  return (
    <section className={styles.why} aria-label={whyText('title')}>
      <h2 className={styles.whyTitle}>{whyText('title')}</h2>
      {why?.event ? (
        <Chain why={why} event={why.event} names={names} onGo={onGo} />
      ) : (
        <p className={styles.empty}>{whyText(why ? 'begins.dropped' : 'nothingChosen')}</p>
      )}
    </section>
  )
}

interface ChainProps extends Pick<WhyPaneProps, 'names' | 'onGo'> {
  readonly why: Why
  readonly event: WhyStep
}

function Chain({ why, event, names, onGo }: ChainProps) {
  const { reason, near, between, far, begins } = why
  return (
    <>
      <p className={styles.whyEvent}>{event.words}</p>
      {reason && (
        <div className={styles.whyReason}>
          <p>{reason.text}</p>
          <ReasonNote reason={reason} names={names} />
        </div>
      )}
      {near.length === 0 ? (
        <p className={styles.quiet}>{whyText(begins === 'dropped' ? 'begins.dropped' : 'noCause')}</p>
      ) : (
        <>
          <p className={styles.quiet}>{whyText(reason ? 'before' : 'because')}</p>
          <ol className={styles.chain}>
            {near.map((step) => (
              <Step key={step.fact} step={step} onGo={onGo} />
            ))}
            {between > 0 && <li className={styles.between}>{whyText('between', { count: between })}</li>}
            {far.map((step) => (
              <Step key={step.fact} step={step} onGo={onGo} />
            ))}
          </ol>
          <p className={styles.quiet}>{whyText(`begins.${begins}`)}</p>
        </>
      )}
    </>
  )
}

function Step({ step: { fact, at, words }, onGo }: { readonly step: WhyStep; onGo(order: number): void }) {
  return (
    <li>
      <button type="button" className={styles.step} onClick={() => onGo(fact)}>
        <span className={styles.stepTime}>{timeInWords(at)}</span> <span>{words}</span>
      </button>
    </li>
  )
}
