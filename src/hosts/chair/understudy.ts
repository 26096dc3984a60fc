import { EMPTY, type Octets } from '../../base/octets'
import { smtpServer, understudyOf } from '../../protocols/smtp'
import type { Output } from '../../session/session'
import { step } from '../../session/step'
import type { HostEnvironment, HostOf, HostRole } from '../../world/role'
import type { SessionId } from '../../world/world'

/** A machine that goes on asking its host without a reply is cut off. */
const MOST_STEPS = 100

/**
 * The reply that the server's own machine would give to the line that waits for a person. Machine and role run on a copy:
 * nothing that they would do is done. Undefined if no line waits, or if the role would not answer at once.
 */
export function machineReply<State extends object>(
  { react }: Pick<HostRole<State, never>, 'react'>,
  host: HostOf<State>,
  id: SessionId,
  env: HostEnvironment,
): Octets | undefined {
  const hosted = host.sessions[id]
  const understudy = hosted && understudyOf(hosted.session)
  if (!understudy) return undefined
  let { session } = understudy
  let { state } = host
  let said = EMPTY
  const events: { readonly type: string }[] = [...understudy.events]
  const asks = (question: Extract<Output, { type: 'ask' }>['question']): void => {
    const copy = { ...host, state, sessions: { ...host.sessions, [id]: { ...hosted, session } } }
    const [next, effects] = react(copy, { type: 'asked', session: id, question }, env)
    state = next
    const answers = effects.flatMap((effect) =>
      effect.type === 'answer' && effect.session === id ? [effect.answer] : [],
    )
    events.unshift(...answers)
  }
  for (let steps = 0; steps < MOST_STEPS; steps++) {
    const event = events.shift()
    if (!event) break
    const [next, outputs] = step(smtpServer, session, { type: 'answered', answer: event })
    session = next
    for (const output of outputs) {
      if (output.type === 'send') said = output.octets
      else if (output.type === 'ask') asks(output.question)
    }
  }
  return said === EMPTY ? undefined : said
}
