import { concat, type Octets } from '../../base/octets'
import { dnsServer } from '../../protocols/dns'
import { type ByHandIntent, judgeReply, saidSoFar, smtpByHand, smtpServer, understudyOf } from '../../protocols/smtp'
import { asks } from '../../session/asks'
import type { Question } from '../../session/session'
import type { InterventionBody } from '../../world/intervention'
import type { RefusedChange } from '../../world/reason'
import type { Effect, Happening, HostEnvironment, HostOf, HostRole } from '../../world/role'
import type { HostedSession, Listener, SessionId } from '../../world/world'
import { DNS_PORT } from '../dns/nameServerPort'
import { answerByPerson, happeningOf, noteOfQuery, queryFor, type WaitingQuery, withQuery } from './dnsChair'
import { machineReply } from './understudy'

/**
 * A person may take the chair of a server: each call to that port then waits for the person's replies, line by line. The role
 * beside it goes on as before, and takes what the person accepts.
 */
export interface Chair {
  /** The ports whose chair a person has taken. */
  readonly seats: readonly number[]
  /** The questions to a resolver that wait for the person. */
  readonly queries: readonly WaitingQuery[]
}

/** The state of a host with a chair; it is undefined until a person takes it. */
export interface WithChair {
  readonly chair: Chair | undefined
}

/** The interventions of a person in the chair. */
const AT_CHAIR = [
  'seatTaken',
  'seatLeft',
  'replied',
  'resolved',
  'callEnded',
] as const satisfies readonly InterventionBody['type'][]

/** The servers that a person can stand in for, and the person's server. */
const BY_HAND: Readonly<Record<string, string>> = {
  [smtpServer.key]: smtpByHand.key,
  // Its questions come by datagram: the listener is only for those over TCP, which the machine answers.
  [dnsServer.key]: dnsServer.key,
}

/** A role whose servers' chairs can be taken. */
export function withChair<State extends object, Config extends object>(
  role: HostRole<State, Config>,
): HostRole<State & WithChair, Config> {
  const { restart, takes } = role
  return {
    ...(takes && { takes: new Set([...takes, ...AT_CHAIR]) }),
    start: (config, host) => ({ ...role.start(config, host), chair: undefined }),
    listeners: (state, host) => role.listeners(state, host).map((listener) => seated(state, listener)),
    ...(restart && {
      restart: (state) => ({ ...restart(state), chair: state.chair && { ...state.chair, queries: [] } }),
    }),
    react(host, happening, env) {
      const own = reactChair(role, host, happening, env)
      if (own) return [{ ...(own[2] ?? host.state), chair: own[0] }, own[1]]
      const [state, effects] = role.react(host, happening, env)
      return [state === host.state ? host.state : { ...state, chair: host.state.chair }, effects]
    },
  }
}

function seated({ chair }: WithChair, listener: Listener): Listener {
  const protocol = chair?.seats.includes(listener.port) ? BY_HAND[listener.protocol] : undefined
  return protocol === undefined ? listener : { ...listener, protocol }
}

/** `state`: the role's, where the role has reacted as well. */
type Reaction<State = object> = readonly [chair: Chair | undefined, effects: readonly Effect[], state?: State]
type Role<State extends object> = Pick<HostRole<State, never>, 'react' | 'listeners'>

/** Handles a happening of the chair, or returns undefined for one of the role. */
function reactChair<State extends object>(
  role: Role<State>,
  host: HostOf<State & WithChair>,
  happening: Happening,
  env: HostEnvironment,
): Reaction<State> | undefined {
  const { chair } = host.state
  const query = chair?.seats.includes(DNS_PORT) ? queryFor(host, happening) : undefined
  if (chair && query) {
    const queries = withQuery(chair.queries, query)
    if (!queries) return undefined
    return [{ ...chair, queries }, queries === chair.queries ? [] : [noteOfQuery(host, query)]]
  }
  if (happening.type === 'asked') {
    const { session, question } = happening
    const port = portOf(host, session, question)
    if (port === undefined) return undefined
    // The person has left the chair: the machine answers the rest of the call.
    return chair?.seats.includes(port) ? [chair, []] : [chair, byMachine(role, host, session, env)]
  }
  return happening.type === 'intervened' ? intervened(role, host, happening.intervention, env) : undefined
}

function portOf(host: HostOf<object>, session: SessionId, question: Question): number | undefined {
  const asking = host.sessions[session]?.session
  return asks(smtpByHand, asking, question) && question.type === 'replyWanted' ? question.localPort : undefined
}

function intervened<State extends object>(
  role: Role<State>,
  host: HostOf<State & WithChair>,
  intervention: InterventionBody,
  env: HostEnvironment,
): Reaction<State> | undefined {
  const { chair } = host.state
  const refused = (reason: RefusedChange): Reaction<State> => [
    chair,
    [{ type: 'note', fact: { type: 'changeRefused', host: host.name, reason } }],
  ]
  switch (intervention.type) {
    case 'seatTaken': {
      const { port } = intervention
      const ports = role.listeners(host.state, host).flatMap((l) => (BY_HAND[l.protocol] ? [l.port] : []))
      if (!ports.includes(port)) return refused({ id: 'noChair', port, ports })
      return [{ seats: [...new Set([...(chair?.seats ?? []), port])], queries: chair?.queries ?? [] }, []]
    }
    case 'seatLeft':
      return seatLeft(role, host, intervention.port, env)
    case 'resolved': {
      const [query, ...queries] = chair?.queries ?? []
      if (!chair || !query) return refused({ id: 'nobodyWaits' })
      const answer = answerByPerson(query, intervention)
      return 'refused' in answer ? refused(answer.refused) : [{ ...chair, queries }, [answer.effect]]
    }
    case 'replied': {
      const id = callOf(host, intervention.session)
      if (id === undefined) return refused({ id: 'nobodyWaits' })
      const { octets } = intervention
      return [chair, octets === undefined ? byMachine(role, host, id, env) : byPerson(role, host, id, octets, env)]
    }
    case 'callEnded': {
      const calls = Object.keys(host.sessions).filter((id) => host.sessions[id]?.session.protocol === smtpByHand.key)
      const id = intervention.session ?? calls[0]
      if (id === undefined || !calls.includes(id)) return refused({ id: 'nobodyWaits' })
      return [chair, [{ type: 'want', session: id, intent: { type: 'hangUp' } satisfies ByHandIntent }]]
    }
    default:
      return undefined
  }
}

/** The machine answers what waits at the port. */
function seatLeft<State extends object>(
  role: Role<State>,
  host: HostOf<State & WithChair>,
  left: number,
  env: HostEnvironment,
): Reaction<State> {
  const { chair } = host.state
  const seats = chair?.seats.filter((port) => port !== left) ?? []
  const effects = waiting(host).flatMap(([id, { session }]) => {
    const { localPort } = session.machine.context as { readonly localPort: number }
    return localPort === left ? byMachine(role, host, id, env) : []
  })
  let state: State = host.state
  const queries = chair?.queries ?? []
  if (left === DNS_PORT) {
    for (const query of queries) {
      const [next, more] = role.react({ ...host, state }, happeningOf(query), env)
      state = next
      effects.push(...more)
    }
  }
  const kept = left === DNS_PORT ? [] : queries
  return [seats.length > 0 ? { seats, queries: kept } : undefined, effects, state]
}

/** The calls whose client waits for a reply, the earliest call first. */
const waiting = ({ sessions }: HostOf<object>): readonly (readonly [SessionId, HostedSession])[] =>
  Object.entries(sessions).filter(
    ([, { session }]) => session.protocol === smtpByHand.key && understudyOf(session) !== undefined,
  )

const callOf = (host: HostOf<object>, wanted: SessionId | undefined): SessionId | undefined =>
  waiting(host).find(([id]) => wanted === undefined || id === wanted)?.[0]

function says(session: SessionId, octets: Octets): Effect {
  const intent: ByHandIntent = { type: 'reply', octets }
  return { type: 'want', session, intent }
}

function byPerson<State extends object>(
  role: Role<State>,
  host: HostOf<State>,
  id: SessionId,
  octets: Octets,
  env: HostEnvironment,
): readonly Effect[] {
  const session = host.sessions[id]?.session
  if (!session) return []
  const said = concat(saidSoFar(session), octets)
  const machine = machineReply(role, host, id, env)
  const judged = machine === undefined ? undefined : judgeReply(said, machine)
  const effect = says(id, octets)
  // The reply goes on: it is judged when it is whole.
  if (judged === 'unfinished') return [effect]
  return [noteOf(host, id, { said, by: 'person', ...(machine && { machine }), ...(judged && { judged }) }), effect]
}

function byMachine<State extends object>(
  role: Role<State>,
  host: HostOf<State>,
  id: SessionId,
  env: HostEnvironment,
): readonly Effect[] {
  const machine = machineReply(role, host, id, env)
  if (machine === undefined) return []
  return [noteOf(host, id, { said: machine, machine, judged: 'same', by: 'machine' }), says(id, machine)]
}

type Note = Extract<Effect, { type: 'note' }>
type Told = Extract<Note['fact'], { type: 'answeredByHand' }>

function noteOf(
  host: HostOf<object>,
  session: SessionId,
  told: Pick<Told, 'said' | 'machine' | 'judged' | 'by'>,
): Note {
  const hosted = host.sessions[session]
  const heard = (hosted && understudyOf(hosted.session)?.heard) ?? 'unknown'
  const connection = hosted?.connection
  return {
    type: 'note',
    fact: {
      type: 'answeredByHand',
      host: host.name,
      session,
      ...(connection !== undefined && { connection }),
      heard,
      ...told,
    },
  }
}
