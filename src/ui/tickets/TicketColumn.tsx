import { useEffect, useState } from 'react'
import { Link } from 'wouter'
import type { Ticket } from '../../learning/ticket'
import { begunTicket, mendedTicket, ticketProgress, tookTicketHint } from '../../learning/tickets'
import { ticketsText } from '../../messages/tickets'
import lesson from '../lesson/lesson.module.css'
import { Line } from '../lesson/Prose'
import { useProgress } from '../lesson/progressStore'
import { TaskView } from '../lesson/TaskView'
import { useRun, useRunActions } from '../run/RunContext'
import { joined } from '../shell/rich'
import { TICKETS } from './ticketList'
import type { OpenTicket } from './ticketRun'
import styles from './tickets.module.css'

/** The ticket beside the stage: what the user wrote, how far it is mended, hints, and in the end what it was. */
export function TicketColumn({ opened }: { readonly opened: OpenTicket }) {
  const { ticket, begins, cameIn } = opened
  const { progress, change, notice } = useProgress()
  const mine = ticketProgress(progress, ticket.id)
  const [foot, setFoot] = useState<Element | null>(null)
  const at = TICKETS.findIndex(({ id }) => id === ticket.id)
  useEffect(() => {
    // A change is made twice, to what is shown and to what is kept: it is the same both times.
    const now = Date.now()
    change((was) => begunTicket(was, ticket.id, now))
  }, [change, ticket.id])
  const isMended = mine?.mended !== undefined

  return (
    <section className={lesson.lesson} data-lesson-column="" aria-label={ticketsText('tab')}>
      <p className={lesson.head}>
        <Link href="/learn/tickets">{ticketsText('title')}</Link>
        <span>{ticketsText('number', { number: at + 1, count: TICKETS.length })}</span>
      </p>
      <h1 className={lesson.lessonTitle} lang="en">
        {ticket.subject}
      </h1>
      {notice !== undefined && (
        <p className={lesson.note} role="status">
          {notice}
        </p>
      )}
      <Complaint ticket={ticket} />
      <Before opened={opened} />
      <TaskView
        lesson={{ checks: ticket.checks, measures: {} }}
        worked={() => Promise.resolve(ticket.repair)}
        task={ticket.task}
        begins={begins}
        cameIn={cameIn}
        praise={ticketsText('unharmed')}
        closing={isMended && <Closing ticket={ticket} />}
        hintAbout={(grade) => ticketsText('hintAbout', { grade })}
        solved={false}
        hints={mine?.hints ?? []}
        // The way on is then the only button.
        foot={isMended ? null : foot}
        onSolved={() => {
          const now = Date.now()
          change((was) => mendedTicket(was, ticket.id, now))
        }}
        onHint={(grade) => {
          const now = Date.now()
          change((was) => tookTicketHint(was, ticket.id, grade, now))
        }}
      />
      <div className={lesson.move}>
        {!isMended && <span ref={setFoot} className={lesson.acts} />}
        <Onward at={at} isMended={isMended} />
      </div>
    </section>
  )
}

/** The message of the user to the postmaster. */
function Complaint({ ticket: { from, complaint } }: { readonly ticket: Ticket }) {
  const label = (inside: Parameters<typeof joined>[0]) => <span>{joined(inside)}</span>
  const code = (inside: Parameters<typeof joined>[0]) => <code translate="no">{joined(inside)}</code>
  const to = `postmaster@${from.address.slice(from.address.indexOf('@') + 1)}`
  return (
    <div className={styles.complaint}>
      <p className={styles.ends}>
        {joined(ticketsText.parts('letterFrom', { address: from.address, label, code }))}{' '}
        {joined(ticketsText.parts('letterTo', { address: to, label, code }))}
      </p>
      <blockquote>
        <Line inlines={complaint} />
      </blockquote>
    </div>
  )
}

/** Says that the map shows what was before, and leads back to the moment of the ticket. */
function Before({ opened: { cameIn, begins } }: { readonly opened: OpenTicket }) {
  const actions = useRunActions()
  const isBefore = useRun(
    ({ t, timeline, playing }) => !playing && t < cameIn && timeline.interventions.length <= begins.length,
  )
  if (!isBefore) return null
  return (
    <p className={lesson.note}>
      {ticketsText('earlier')}{' '}
      <button type="button" className={lesson.textButton} onClick={() => actions.seek(cameIn, true)}>
        {ticketsText('goThere')}
      </button>
    </p>
  )
}

/** The closing card. */
function Closing({ ticket: { title, was, couldBeKnown } }: { readonly ticket: Ticket }) {
  return (
    <section className={styles.closing} aria-labelledby="what-it-was">
      <h2 id="what-it-was">{ticketsText('was')}</h2>
      <p className={lesson.prose}>
        <strong lang="en">{title}.</strong> <Line inlines={was} />
      </p>
      <h3>{ticketsText('couldBeKnown')}</h3>
      <p className={lesson.prose}>
        <Line inlines={couldBeKnown} />
      </p>
    </section>
  )
}

/** The way on: to the next ticket once this one is mended, else back to the list. */
function Onward({ at, isMended }: { readonly at: number; readonly isMended: boolean }) {
  const next = TICKETS[at + 1]
  return isMended && next ? (
    <Link className="button" href={`/learn/tickets/${next.id}`}>
      {ticketsText('next')}
    </Link>
  ) : (
    <Link className={isMended ? 'button' : lesson.without} href="/learn/tickets">
      {ticketsText('back')}
    </Link>
  )
}
