import { Link } from 'wouter'
import { ticketsText } from '../../messages/tickets'
import { joined } from '../shell/rich'

/** The way to the repair desk from the exam. */
export function ToDesk({ from }: { readonly from: 'exam' | 'result' }) {
  return joined(
    ticketsText.parts('fromExam', {
      from,
      link: (inside) => <Link href="/learn/tickets">{joined(inside)}</Link>,
    }),
  )
}
