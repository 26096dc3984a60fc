import { type Reply, replyText, type SmtpLack, type SmtpTransferReport } from '../protocols/smtp'
import type { TransferReason } from '../world/reason'

/** The reason in a client's report of a transfer: for the queue of a server and the outbox of a mail program. */

/** An enhanced status code anywhere in a reply: some servers write `550 no such user (#5.1.1)`. */
const STATUS = /(?<![\d.])([245]\.\d{1,3}\.\d{1,3})(?![\d.])/

/** The reply that decided; `lack` if it is the client's own, since the server was not asked. */
export function said(server: string, reply: Reply, lack?: SmtpLack): TransferReason {
  const words = replyText(reply)
  const status = STATUS.exec(words)?.[1]
  if (lack) return { id: 'lacks', server, what: lack, status: status ?? '4.0.0' }
  return { id: 'said', server, reply: words, ...(status === undefined ? {} : { status }) }
}

/** The reason if no reply decided, but the connection. */
export function silence(server: string, { outcome, why }: SmtpTransferReport): TransferReason {
  if (outcome === 'lost') return { id: 'brokeOff', server, status: '4.4.2' }
  if (outcome !== 'unreachable') return { id: 'noUsableAnswer', server, status: '4.4.0' }
  return { id: 'unreachable', server, cause: why === 'refused' || why === 'reset' ? why : 'timedOut', status: '4.4.1' }
}
