import { EMPTY } from '../../base/octets'
import type { Instant } from '../../base/time'
import type { Input, Meaning, Protocol, Session } from '../../session/session'
import { eventFor, step } from '../../session/step'
import { type TransitionTaken, transitionsOn } from '../../session/transitions'
import type { Fact } from '../../world/fact'
import { factsBefore, type Trace } from '../../world/trace'
import type { SessionId } from '../../world/world'

/** The inputs of a session and the reasons for its transitions: read off the trace, and tried on a copy of the session. */

/** One thing that came to a session. */
export interface Happened {
  readonly at: Instant
  /** The order of its fact. */
  readonly order: number
  readonly kind: 'read' | 'answered' | 'expired' | 'opened' | 'closed' | 'secured' | 'told'
  /** The line that was read, the type of the answer, or the name of the timer. */
  readonly what: string
  readonly means?: Meaning
  /** The state before and after it. */
  readonly from: string
  readonly to: string
  readonly input?: Input
}

/** All that came to a session up to an instant, in order. `started` is the order of the fact with which it began. */
export function happenedTo(trace: Trace, session: SessionId, started: number, t: Instant): readonly Happened[] {
  const happened: Happened[] = []
  let state = ''
  // An input leads to one more state at most: a session's state is told once all steps of the machine are taken.
  let open = false
  for (let place = factsBefore(trace, started); place < trace.length; place++) {
    const fact = trace[place]
    if (!fact || fact.at > t) break
    if (!('session' in fact) || fact.session !== session) continue
    const { at, order } = fact
    const came = cameBy(fact)
    if (came) happened.push({ at, order, ...came, from: state, to: state })
    open ||= came !== undefined
    if (fact.type !== 'stateEntered') continue
    const last = happened.at(-1)
    if (open && last?.at === at) happened[happened.length - 1] = { ...last, to: fact.state }
    else if (state !== '')
      happened.push({ at, order, ...withoutOctets(factAt(trace, fact.cause)), from: state, to: fact.state })
    state = fact.state
    open = false
  }
  return happened
}

type Came = Pick<Happened, 'kind' | 'what' | 'means' | 'input'>

function cameBy(fact: Fact): Came | undefined {
  switch (fact.type) {
    case 'read':
      return {
        kind: 'read',
        what: fact.octets.replace(/\r?\n$/, ''),
        means: fact.means,
        input: { type: 'received', octets: fact.octets },
      }
    case 'questionAnswered':
      return { kind: 'answered', what: fact.answer.type, input: { type: 'answered', answer: fact.answer } }
    case 'timerExpired':
      return { kind: 'expired', what: fact.timer, input: { type: 'expired', timer: fact.timer } }
    case 'tlsStarted':
      return { kind: 'secured', what: 'secured', input: { type: 'secured' } }
    default:
      return undefined
  }
}

const NOBODY = { name: '', address: '', port: 0, localPort: 0 }

/** A change of state without a line, an answer or a timer: the connection, or a wish of the host. */
function withoutOctets(cause: Fact | undefined): Came {
  switch (cause?.type) {
    case 'connectionOpened':
    case 'packetArrived':
      return { kind: 'opened', what: 'opened', input: { type: 'opened', peer: NOBODY } }
    case 'connectionClosed':
    case 'connectionFailed':
      return { kind: 'closed', what: 'closed', input: { type: 'closed', why: 'finished' } }
    default:
      return { kind: 'told', what: '' }
  }
}

function factAt(trace: Trace, order: number | undefined): Fact | undefined {
  if (order === undefined) return undefined
  const fact = trace[factsBefore(trace, order)]
  return fact?.order === order ? fact : undefined
}

/** The condition that decided a transition. */
export interface Decision {
  /** The name of the condition. */
  readonly guard: string
  readonly holds: boolean
  /** Where the other answer would have led. */
  readonly otherwise?: string
  /** The conditions in the order in which they were tried. */
  readonly tried: readonly { readonly guard: string; readonly holds: boolean }[]
  /** The numbers and words that the session remembers, for a sentence about it. */
  readonly remembered: Readonly<Record<string, string | number>>
}

/**
 * Why the last of these things led where it did. `before` is the session just before the instant of the last one; the others of
 * the same instant are said to a copy of it first.
 */
export function decisionOn(
  protocol: Protocol,
  before: Session,
  happened: readonly Happened[],
): { readonly steps: readonly TransitionTaken[]; readonly decision?: Decision } | undefined {
  const last = happened.at(-1)
  if (!last?.input) return undefined
  let session: Session = { ...before, inbox: EMPTY }
  for (const { at, input } of happened.slice(0, -1)) {
    if (at < last.at || !input) continue
    session = { ...step(protocol, session, input)[0], inbox: EMPTY }
  }
  const event = eventFor(protocol, session, last.input)
  if (!event) return undefined
  const steps = transitionsOn(protocol, session, event)
  const decision = decidedBy(steps)
  return decision ? { steps, decision } : { steps }
}

/**
 * The condition that decided: of the last step that had conditions, the nearest one that was false and would have led elsewhere,
 * else the one that was true.
 */
export function decidedBy(steps: readonly TransitionTaken[]): Decision | undefined {
  const deciding = steps.findLast(({ tried }) => tried.some(({ guard }) => guard !== undefined))
  if (!deciding) return undefined
  const chosen = deciding.tried.findLast(({ holds }) => holds)
  const missed = deciding.tried.findLast(
    ({ guard, holds, target }) => guard !== undefined && !holds && target !== chosen?.target,
  )
  const decisive = missed ?? chosen
  if (decisive?.guard === undefined) return undefined
  return {
    guard: decisive.guard,
    holds: decisive.holds,
    ...(decisive.holds || decisive.target === undefined ? {} : { otherwise: decisive.target }),
    tried: deciding.tried.flatMap(({ guard, holds }) => (guard === undefined ? [] : [{ guard, holds }])),
    remembered: Object.fromEntries(
      Object.entries(deciding.context).filter(
        (entry): entry is [string, string | number] => typeof entry[1] === 'number' || typeof entry[1] === 'string',
      ),
    ),
  }
}
