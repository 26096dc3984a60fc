import type { Fact, FactOf } from '../world/fact'

/** The envelope that both ends have agreed on so far (RFC 5321 section 2.3.1). */
export interface EnvelopeState {
  readonly port: number
  readonly reversePath?: AgreedPath
  readonly forwardPaths: readonly AgreedPath[]
}

export interface AgreedPath {
  readonly address: string
  readonly agreed: 'asked' | 'yes' | 'no'
}

type Spoken = FactOf<'sent'> | FactOf<'read'>
const PATH = /^(MAIL FROM|RCPT TO):\s*<([^>]*)>/i

/** The envelope of the latest SMTP transaction after the given number of facts; undefined before the first transaction. */
export function envelopeAt(trace: readonly Fact[], facts: number): EnvelopeState | undefined {
  // From the end: a long run is not read again for each new fact.
  const lastBefore = <Found extends Fact>(end: number, wanted: (fact: Fact) => fact is Found): number => {
    let at = end - 1
    while (at >= 0 && !wanted(trace[at] as Fact)) at--
    return at
  }
  const at = lastBefore(facts, isMail)
  const latest = trace[at]
  if (!latest || !isMail(latest)) return undefined
  const isOpening = (fact: Fact): fact is FactOf<'connectionOpening'> =>
    fact.type === 'connectionOpening' && fact.connection === latest.connection
  const begin = lastBefore(at, isOpening)
  const opening = trace[begin]
  if (!opening || !isOpening(opening)) return undefined

  const spoken = trace
    .slice(begin, facts)
    .filter(
      (fact): fact is Spoken => (fact.type === 'sent' || fact.type === 'read') && fact.connection === latest.connection,
    )
  // The client's commands and the replies that it has read: the nth reply after the greeting answers the nth command.
  const commands = spoken.filter(
    (fact) => fact.type === 'sent' && fact.host === latest.host && fact.means.kind === 'command',
  )
  const replies = spoken.filter(
    (fact) => fact.type === 'read' && fact.host === latest.host && fact.means.kind === 'reply',
  )
  const answers = replies.filter((_, at) => !isAfterMailData(spoken, replies, at))

  let envelope: EnvelopeState = { port: opening.port, forwardPaths: [] }
  for (const [at, command] of commands.entries()) {
    const path = PATH.exec(command.octets)
    if (command.order < latest.order || !path) continue
    const reply = answers[at]
    const agreed: AgreedPath = { address: path[2] ?? '', agreed: !reply ? 'asked' : reply.means.refused ? 'no' : 'yes' }
    envelope =
      command.means.name === 'MAIL'
        ? { ...envelope, reversePath: agreed }
        : { ...envelope, forwardPaths: [...envelope.forwardPaths, agreed] }
  }
  return envelope
}

const isMail = (fact: Fact): fact is FactOf<'sent'> =>
  fact.type === 'sent' && fact.means.kind === 'command' && fact.means.name === 'MAIL'

/** The second reply of DATA answers the mail data, which is no command. */
function isAfterMailData(spoken: readonly Spoken[], replies: readonly Spoken[], at: number): boolean {
  const reply = replies[at] as Spoken
  const from = replies[at - 1]?.order ?? -1
  return spoken.some(
    (fact) => fact.type === 'sent' && fact.means.kind === 'mailData' && fact.order > from && fact.order < reply.order,
  )
}
