import { EMPTY, type Octets, toText } from '../../base/octets'
import type { Rehearsal } from '../../session/knowledge'
import type { Input, Protocol, Session } from '../../session/session'
import { stateName, step } from '../../session/step'
import { legalNow, rehearsalOf } from '../knowledge'

/**
 * The way to a command that is refused now: the fewest lines after which the server would carry it out. Every line is said to a
 * copy of the session, so the way that is shown is one that works, if the host agrees to what is asked of it.
 */

export interface WayStep {
  /** The line without its end. */
  readonly line: string
  /** The states that it leads through, the last of them the one in which the next line is read. */
  readonly states: readonly string[]
}

/** More lines than any way needs. */
const MOST = 6

interface Reached {
  readonly session: Session
  readonly legal: readonly string[]
  readonly steps: readonly WayStep[]
}

/** The shortest way, or undefined if no line leads there in this session. */
export const wayTo = (protocol: Protocol, session: Session, command: string): readonly WayStep[] | undefined =>
  waysFrom(protocol, session).get(command)

/** The shortest way to each command that is not legal now; one that is not among them cannot be reached in this session. */
export function waysFrom(protocol: Protocol, session: Session): ReadonlyMap<string, readonly WayStep[]> {
  const ways = new Map<string, readonly WayStep[]>()
  const rehearsal = rehearsalOf(protocol.name)
  if (!rehearsal) return ways
  const late = rehearsal.reluctant ?? []
  const legalIn = (here: Session): readonly string[] => legalNow(protocol.name, here).map(({ name }) => name)
  const begin: Reached = { session, legal: legalIn(session), steps: [] }
  const seen = new Set([keyOf(begin)])
  let reached: readonly Reached[] = [begin]
  for (let length = 1; length <= MOST && reached.length > 0; length++) {
    const next: Reached[] = []
    for (const { session: here, legal, steps } of reached) {
      const names = [...legal.filter((name) => !late.includes(name)), ...legal.filter((name) => late.includes(name))]
      for (const name of names) {
        const line = rehearsal.line(here, name)
        const after = line === undefined ? undefined : said(protocol, rehearsal, here, line)
        if (!after || !line || isSame(after.session, here)) continue
        const found: Reached = {
          session: after.session,
          legal: legalIn(after.session),
          steps: [...steps, { line: toText(line).trimEnd(), states: after.states }],
        }
        if (seen.has(keyOf(found))) continue
        seen.add(keyOf(found))
        next.push(found)
        for (const command of found.legal)
          if (!begin.legal.includes(command) && !ways.has(command)) ways.set(command, found.steps)
      }
    }
    reached = next
  }
  return ways
}

/** Two sessions in the same state that would carry out the same commands are the same for a way. */
const keyOf = ({ session, legal }: Pick<Reached, 'session' | 'legal'>): string =>
  [stateName(session.machine.value), ...legal].join(' ')

/** A line that changes nothing leads nowhere, which is found out faster than what is legal after it. */
const isSame = (one: Session, other: Session): boolean =>
  stateName(one.machine.value) === stateName(other.machine.value) &&
  JSON.stringify(one.machine.context) === JSON.stringify(other.machine.context)

/** More questions than any command asks. */
const QUESTIONS = 6

/** A copy of the session after a line, with the host's answers; undefined if it ends, or the host would have to know more. */
export function said(
  protocol: Protocol,
  rehearsal: Rehearsal,
  session: Session,
  line: Octets,
): { readonly session: Session; readonly states: readonly string[] } | undefined {
  let here: Session = { ...session, inbox: EMPTY }
  let input: Input | undefined = { type: 'received', octets: line }
  const states: string[] = []
  for (let asked = 0; input && asked < QUESTIONS; asked++) {
    const [after, outputs] = step(protocol, here, input)
    here = after
    input = undefined
    for (const output of outputs) {
      if (output.type === 'entered') states.push(output.state)
      if (output.type === 'startTls') input = { type: 'secured' }
      if (output.type === 'ask' && output.question.type !== 'saslCancelled') {
        const answer = rehearsal.agrees(output.question)
        if (!answer) return undefined
        input = { type: 'answered', answer }
      }
    }
  }
  return here.machine.status === 'active' ? { session: here, states } : undefined
}
