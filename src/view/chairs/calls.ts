import type { Instant } from '../../base/time'
import { type ReplyWanted, smtpByHand } from '../../protocols/smtp'
import type { Meaning } from '../../session/session'
import type { Fact, FactOf } from '../../world/fact'
import type { ConnectionId, HostName, SessionId } from '../../world/world'

/** The calls that a person in a server's chair has answered, and the line that waits. */

type Judged = FactOf<'answeredByHand'>

/** A line of the caller, or the moment of the greeting, with the person's answer to it. */
export interface CallRow {
  /** The order of the fact with which it began to wait. */
  readonly order: number
  readonly at: Instant
  /** The name of the line, as `answeredByHand` has it. */
  readonly heard: string
  /** The line as it was read; absent for the greeting. */
  readonly line?: FactOf<'read'>
  readonly means?: Meaning
  /** Octets of the message, where the line is one. */
  readonly size?: number
  readonly answer?: Judged
}

export interface Call {
  readonly session: SessionId
  readonly connection: ConnectionId
  readonly caller: HostName
  readonly rows: readonly CallRow[]
  /** The line that waits for an answer, if the call is not over. */
  readonly waiting?: CallRow
  /** The end of the call; `byPerson`: the person hung up. */
  readonly over?: { readonly at: Instant; readonly byPerson: boolean }
}

interface Building {
  session: SessionId
  connection: ConnectionId
  caller: HostName
  rows: CallRow[]
  last: FactOf<'read'> | undefined
  size: number
  over?: { at: Instant; byPerson: boolean }
}

/** The calls to a port of a host up to an instant, in the order in which they began. */
export function callsTo(
  trace: readonly Fact[],
  host: HostName,
  port: number,
  t: Instant = Number.POSITIVE_INFINITY as Instant,
): readonly Call[] {
  const calls = new Map<SessionId, Building>()
  const callers = new Map<ConnectionId, HostName>()
  let hangsUp = false
  for (const fact of trace) {
    if (fact.at > t) break
    if (fact.type === 'intervened') hangsUp = fact.intervention.type === 'callEnded'
    if (fact.type === 'connectionOpening' && fact.server === host && fact.port === port)
      callers.set(fact.connection, fact.client)
    if (!('host' in fact) || fact.host !== host || !('session' in fact) || fact.session === undefined) continue
    if (fact.type === 'sessionStarted') {
      const caller = fact.connection === undefined ? undefined : callers.get(fact.connection)
      if (fact.protocol !== smtpByHand.key || fact.connection === undefined || caller === undefined) continue
      const { session, connection } = fact
      calls.set(session, { session, connection, caller, rows: [], last: undefined, size: 0 })
      continue
    }
    const call = calls.get(fact.session)
    if (!call) continue
    if (fact.type === 'read') {
      call.last = fact
      if (fact.means.kind === 'mailData') call.size += fact.octets.length
    } else if (fact.type === 'questionAsked' && fact.question.type === 'replyWanted') {
      const { heard } = fact.question as ReplyWanted
      const { last, size } = call
      call.rows.push({
        order: fact.order,
        at: fact.at,
        heard,
        ...(last && { line: last, means: last.means }),
        ...(size > 0 && { size }),
      })
      call.size = 0
    } else if (fact.type === 'answeredByHand') {
      const row = call.rows.at(-1)
      if (row) call.rows[call.rows.length - 1] = { ...row, answer: fact }
    } else if (fact.type === 'sessionEnded') call.over = { at: fact.at, byPerson: hangsUp }
  }
  return [...calls.values()].map(({ session, connection, caller, rows, over }) => {
    const last = rows.at(-1)
    return {
      session,
      connection,
      caller,
      rows,
      ...(over && { over }),
      ...(!over && last && !last.answer && { waiting: last }),
    }
  })
}
