import { use } from 'react'
import { Link, useParams } from 'wouter'
import { ticketsText } from '../../messages/tickets'
import { RunProvider } from '../run/RunContext'
import { useTitle } from '../shell/useTitle'
import { TicketStage } from './TicketStage'
import { openTicket } from './ticketRun'

/** One broken world, which runs already, and the complaint about it. */
export function TicketPage() {
  const { ticket: id } = useParams<{ ticket: string }>()
  const opened = use(openTicket(id))
  useTitle(opened?.ticket.subject ?? ticketsText('noneTitle'))
  if (!opened) return <NoSuchTicket />
  return (
    <RunProvider key={opened.run.key} run={opened.run} atRest>
      <TicketStage key={id} opened={opened} />
    </RunProvider>
  )
}

function NoSuchTicket() {
  return (
    <div className="trouble">
      <h1>{ticketsText('none')}</h1>
      <p>{ticketsText('noneWhy')}</p>
      <Link className="button" href="/learn/tickets">
        {ticketsText('back')}
      </Link>
    </div>
  )
}
