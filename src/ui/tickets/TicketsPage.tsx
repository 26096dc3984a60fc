import { Link } from 'wouter'
import { lessonProgress, type Progress } from '../../learning/progress'
import type { TicketMeta } from '../../learning/ticket'
import { ticketsText } from '../../messages/tickets'
import { Mark } from '../home/CourseUnits'
import { lessonTitle } from '../lesson/lessons'
import { Line } from '../lesson/Prose'
import { useProgress } from '../lesson/progressStore'
import { joined } from '../shell/rich'
import { useTitle } from '../shell/useTitle'
import { MARKS, stateOf, TICKETS, type TicketState } from './ticketList'
import styles from './tickets.module.css'

/** The list of all broken worlds: who complains of what, and which of them are mended. */
export function TicketsPage() {
  useTitle(ticketsText('title'))
  const { progress, notice } = useProgress()
  const count = (state: TicketState): number => TICKETS.filter(({ id }) => stateOf(progress, id) === state).length
  return (
    <div className={styles.page}>
      {notice !== undefined && (
        <p className={styles.notice} role="status">
          {notice}
        </p>
      )}
      <div className={styles.top}>
        <h1>{ticketsText('title')}</h1>
        <ul className="course-legend">
          {(['mended', 'begun', 'open'] as const).map((state) => (
            <li key={state}>
              <Mark mark={MARKS[state]} /> {ticketsText('sign', { mark: MARKS[state], count: count(state) })}
            </li>
          ))}
        </ul>
      </div>
      <p className={styles.lead}>{ticketsText(count('mended') === TICKETS.length ? 'allMended' : 'about')}</p>
      <ol className={styles.list} aria-label={ticketsText('list')}>
        {TICKETS.map((ticket, at) => (
          <Row key={ticket.id} ticket={ticket} number={at + 1} progress={progress} />
        ))}
      </ol>
    </div>
  )
}

interface RowProps {
  readonly ticket: TicketMeta
  readonly number: number
  readonly progress: Progress
}

function Row({ ticket: { id, from, subject, practises, after, title }, number, progress }: RowProps) {
  const state = stateOf(progress, id)
  const known = lessonProgress(progress, after).finished
  return (
    <li data-state={state}>
      <span className={styles.number} aria-hidden="true">
        {state === 'open' ? number : <Mark mark={MARKS[state]} />}
      </span>
      <span className={styles.who}>{from.name}</span>
      <p className={styles.subject}>
        <Link href={`/learn/tickets/${id}`} lang="en">
          {subject}
        </Link>
      </p>
      <p className={styles.about}>
        {state === 'mended' ? (
          <span lang="en">{title}</span>
        ) : (
          <>
            <span lang="en">
              <Line inlines={practises} />
            </span>
            <span>
              {joined(
                ticketsText.parts('enough', {
                  known: known ? 'yes' : 'no',
                  title: lessonTitle(after),
                  lesson: (inside) => (
                    <Link href={`/learn/${after}`} lang="en">
                      {joined(inside)}
                    </Link>
                  ),
                }),
              )}
            </span>
          </>
        )}
      </p>
      <span className={styles.state}>{ticketsText('state', { state })}</span>
    </li>
  )
}
