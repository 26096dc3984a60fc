import { Link } from 'wouter'
import type { Progress } from '../../learning/progress'
import { ticketsText } from '../../messages/tickets'
import { stateOf, TICKETS } from './ticketList'
import styles from './tickets.module.css'

/** The way to the repair desk from the course. */
export function DeskRow({ progress }: { readonly progress: Progress }) {
  const mended = TICKETS.filter(({ id }) => stateOf(progress, id) === 'mended').length
  return (
    <section className={`course-unit ${styles.desk}`} aria-labelledby="repair-desk">
      <span className="course-number" aria-hidden="true">
        +
      </span>
      <div>
        <h2 id="repair-desk">{ticketsText('title')}</h2>
        <p>{ticketsText('short')}</p>
      </div>
      <div className={styles.deskText}>
        <p>{ticketsText('deskLine')}</p>
        <p>
          <Link href="/learn/tickets">{ticketsText('toDesk', { mended })}</Link>{' '}
          <small>{ticketsText('deskMended', { mended, count: TICKETS.length })}</small>
        </p>
      </div>
    </section>
  )
}
