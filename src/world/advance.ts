import { assert } from '../base/assert'
import type { Instant } from '../base/time'
import { type AgendaItem, firstDue } from './agenda'
import { segmentArrives } from './arrival'
import { dismissals } from './dismissal'
import { Draft, type Upward } from './draft'
import type { Fact } from './fact'
import type { Intervention } from './intervention'
import { changeLink } from './network'
import type { Packet } from './packet'
import { refreshListeners, startHost, stopHost } from './power'
import type { Catalogue } from './role'
import { give, openServerSession, react } from './sessions'
import { acknowledge, retransmit } from './transmission'
import { type HostName, linkId, type World } from './world'

export interface Advanced {
  readonly world: World
  /** The new facts, in order. */
  readonly facts: readonly Fact[]
}

const upward: Upward = { give, accept: openServerSession }

/** The limit of steps within one instant: a host and a session that answer each other forever would never end. */
const MAX_STEPS_AT_ONCE = 100_000

function finishWork(draft: Draft): void {
  // The queue grows during this loop.
  for (let at = 0; at < draft.work.length; at++) {
    assert(at < MAX_STEPS_AT_ONCE, 'the work of one instant comes to an end')
    ;(draft.work[at] as () => void)()
  }
  draft.work.length = 0
}

function arrive(draft: Draft, packet: Packet): void {
  const host = draft.host(packet.to)
  if (!host?.up) {
    draft.emit({
      type: 'packetLost',
      packet: packet.id,
      link: linkId(packet.from, packet.to),
      why: host ? 'hostDown' : 'noHost',
    })
    return
  }
  draft.cause = draft.emit({ type: 'packetArrived', packet: packet.id, host: packet.to })
  if (packet.kind === 'segment') segmentArrives(draft, packet)
  else {
    react(draft, packet.to, {
      type: 'datagram',
      source: packet.source,
      port: packet.destination.port,
      octets: packet.payload,
    })
  }
}

function happen(draft: Draft, item: AgendaItem): void {
  draft.now = item.at
  draft.cause = item.cause
  const { due } = item
  switch (due.type) {
    case 'packetArrives':
      arrive(draft, due.packet)
      break
    case 'timer':
      if (due.session === undefined) {
        draft.cause = draft.emit({ type: 'timerExpired', host: due.host, timer: due.timer })
        react(draft, due.host, { type: 'expired', timer: due.timer })
      } else {
        draft.cause = draft.emit({ type: 'timerExpired', host: due.host, session: due.session, timer: due.timer })
        draft.feed(due.host, due.session, { type: 'expired', timer: due.timer })
      }
      break
    case 'retransmit':
      retransmit(draft, due.connection, due.end)
      break
    case 'acknowledge':
      acknowledge(draft, due.connection, due.end)
      break
    case 'boots':
      react(draft, due.host, { type: 'booted' })
      break
  }
  finishWork(draft)
}

/**
 * Runs the world up to and including an instant. Pure: the same world, instant and catalogue give the same result. With
 * `maxFacts` it stops after the agenda item that brings the count to that number; `world.now` then tells how far it came.
 */
export function advance(world: World, until: Instant, catalogue: Catalogue, maxFacts: number = Infinity): Advanced {
  const draft = new Draft(world, catalogue, upward)
  for (let item = draft.agenda.peek(); item && item.at <= until; item = draft.agenda.peek()) {
    draft.agenda.take()
    happen(draft, item)
    if (draft.facts.length >= maxFacts) return { world: draft.freeze(), facts: draft.facts }
  }
  if (until > draft.now) draft.now = until
  return { world: draft.freeze(), facts: draft.facts }
}

/** The instant of the next due item, or undefined. */
export const nextDue = (world: World): Instant | undefined => firstDue(world.agenda)

/** Interventions that programs outside of the world make, or that end what the loss of power has ended already. */
const FROM_OUTSIDE: ReadonlySet<Intervention['type']> = new Set<Intervention['type']>([
  'hungUp',
  'secured',
  'datagramSent',
  'leaveTaken',
])

type AtHost = Extract<Intervention, { readonly host: HostName }>

/** Hands an intervention to the role of its host, or says why not. */
function atHost(draft: Draft, intervention: AtHost): void {
  const { host: name, type } = intervention
  const host = draft.host(name)
  const refuse = (id: 'noPower' | 'isOff' | 'notItsWork' | 'noSuchSession'): void => {
    draft.emit({ type: 'changeRefused', host: name, reason: { id } })
  }
  // A machine without power has no keyboard.
  if (!host?.up) {
    if (!FROM_OUTSIDE.has(type)) refuse(type === 'submitted' ? 'noPower' : 'isOff')
    return
  }
  const takes = draft.catalogue.roles[host.role]?.takes
  if (takes && !takes.has(type)) {
    if (!FROM_OUTSIDE.has(type)) refuse('notItsWork')
    return
  }
  const given = intervention.type === 'dismissed' ? dismissals(draft, intervention) : [intervention]
  if (given.length === 0) refuse('noSuchSession')
  for (const each of given) react(draft, name, { type: 'intervened', intervention: each })
  refreshListeners(draft, name)
}

/** Applies a learner's intervention to a world that has reached its instant. */
export function intervene(world: World, intervention: Intervention, catalogue: Catalogue): Advanced {
  assert(world.now === intervention.at, 'the world stands at the instant of the intervention')
  const draft = new Draft(world, catalogue, upward)
  draft.cause = draft.emit({ type: 'intervened', intervention })
  switch (intervention.type) {
    case 'linkChanged':
      changeLink(draft, intervention)
      break
    case 'waited':
      break
    case 'hostStopped':
      stopHost(draft, intervention.host)
      break
    case 'hostStarted':
      startHost(draft, intervention.host)
      break
    default:
      atHost(draft, intervention)
  }
  finishWork(draft)
  return { world: draft.freeze(), facts: draft.facts }
}
