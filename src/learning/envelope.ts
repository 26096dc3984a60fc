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
  const at = lastBefore(facts, (fact): fact is FactOf<'sent'> => isMail(fact) || isTyped(fact))
  const latest = trace[at]
  if (latest?.type !== 'sent') return undefined
  if (latest.means.kind === 'line') return typedEnvelope(trace.slice(0, facts), latest.connection)
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

/** A line that a person says by hand. Only its server knows whether it is a command or a line of a letter. */
const isTyped = (fact: Fact): fact is FactOf<'sent'> =>
  fact.type === 'sent' && fact.means.kind === 'line' && /^(?:EHLO|HELO|MAIL|RCPT|RSET)\b/im.test(fact.octets)

/** The envelope of a call in which a person types: the server's nth reply after its greeting answers the nth line that it has read. */
function typedEnvelope(trace: readonly Fact[], connection: string | undefined): EnvelopeState | undefined {
  const begin = trace.findLastIndex((fact) => fact.type === 'connectionOpening' && fact.connection === connection)
  const opening = trace[begin]
  if (opening?.type !== 'connectionOpening') return undefined
  const heard: FactOf<'read'>[] = []
  const replies: FactOf<'sent'>[] = []
  for (const fact of trace.slice(begin)) {
    if ((fact.type !== 'sent' && fact.type !== 'read') || fact.connection !== connection) continue
    if (fact.host !== opening.server) continue
    if (fact.type === 'sent' && fact.means.kind === 'reply') replies.push(fact)
    // A chunk is answered with its BDAT.
    else if (fact.type === 'read' && fact.means.name !== 'chunk') heard.push(fact)
  }
  let envelope: EnvelopeState | undefined
  for (const [at, { octets, means }] of heard.entries()) {
    const refused = replies[at]?.means.refused === true
    const path = PATH.exec(octets)
    const agreed: AgreedPath = { address: path?.[2] ?? '', agreed: !replies[at] ? 'asked' : refused ? 'no' : 'yes' }
    if (means.kind !== 'command') continue
    if (BEGINS_ANEW.includes(means.name) && replies[at] && !refused) envelope = undefined
    else if (means.name === 'MAIL' && path && !(refused && envelope))
      envelope = { port: opening.port, reversePath: agreed, forwardPaths: [] }
    else if (means.name === 'RCPT' && path && envelope)
      envelope = { ...envelope, forwardPaths: [...envelope.forwardPaths, agreed] }
  }
  return envelope
}

/** Commands that end a transaction without a letter. */
const BEGINS_ANEW: readonly string[] = ['RSET', 'EHLO', 'HELO']

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
