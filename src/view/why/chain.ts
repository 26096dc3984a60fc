import type { Instant } from '../../base/time'
import { whyText } from '../../messages/why'
import type { Fact, FactOf } from '../../world/fact'
import type { Intervention } from '../../world/intervention'
import { factOf } from '../../world/trace'
import { isListed } from '../events/listing'
import { eventWords } from '../events/row'
import { type Reason, reasonOf } from '../hops/reason'
import { connectionIn } from '../run/connections'
import { isLine, type LineFact } from '../run/flight'
import { packetNumbered } from '../run/flights'
import type { Names } from '../run/names'
import type { RunView } from '../run/runView'
import { lineSentence } from '../stage/sentence'
import { causesOf } from './causes'

/** One cause on the way back from an event to its beginning, in words. */
export interface WhyStep {
  /** The order of its fact. */
  readonly fact: number
  readonly at: Instant
  readonly words: string
}

/** Why something happened: from its nearest cause back to the beginning. */
export interface Why {
  /** The event itself. */
  readonly event: WhyStep | undefined
  /** The decision of a host, which is the first answer. */
  readonly reason?: Reason
  /** The nearest causes, the last one first. */
  readonly near: readonly WhyStep[]
  /** The number of causes between the nearest ones and the first ones. */
  readonly between: number
  /** The first causes, the last one first; the last of them is the beginning. */
  readonly far: readonly WhyStep[]
  /**
   * How the chain begins: something that a person did, the world as it was set up, or a fact that has been dropped because the
   * run is too long.
   */
  readonly begins: 'person' | 'world' | 'dropped'
}

/** Causes that are told from the near end of a chain. */
const NEAR = 6
/** Causes that are told from the far end. */
const FAR = 2
/** The chain of causes of a fact, in words, up to what somebody did. Its length is bounded. */
export function whyOf(view: RunView, order: number, names: Names): Why {
  const fact = factOf(view.timeline.trace, order)
  if (!fact) return { event: undefined, near: [], between: 0, far: [], begins: 'dropped' }
  /** The facts of the nearest causes, and the last ones that were met. */
  const near: Fact[] = []
  const far: Fact[] = []
  let between = 0
  let first = fact
  for (const cause of causesOf(view, fact)) {
    first = cause
    if (!isTold(cause)) continue
    if (near.length < NEAR) {
      near.push(cause)
      continue
    }
    far.push(cause)
    if (far.length > FAR) {
      far.shift()
      between++
    }
  }
  const told = (each: Fact): WhyStep => ({ fact: each.order, at: each.at, words: causeWords(view, each, names) })
  const reason = reasonOf(view, order)
  return {
    event: told(fact),
    ...(reason && { reason }),
    near: near.map(told),
    between,
    far: far.map(told),
    begins: first.cause !== undefined ? 'dropped' : first.type === 'intervened' ? 'person' : 'world',
  }
}

/** Facts that say something to a person. The others only lead from one of these to the next. */
const TOLD: ReadonlySet<Fact['type']> = new Set<Fact['type']>([
  'intervened',
  'timerExpired',
  'lookupStarted',
  'retransmitted',
  'packetLost',
  'packetDuplicated',
])

const isTold = (fact: Fact): boolean => isListed(fact) || TOLD.has(fact.type)

/** A fact as a cause, in one sentence. */
function causeWords(view: RunView, fact: Fact, names: Names): string {
  if (isLine(fact)) return lineWords(view, fact, names)
  if (fact.type === 'intervened') return doneWords(fact.intervention, names)
  if (isListed(fact)) return eventWords(fact, view, names)
  switch (fact.type) {
    case 'timerExpired':
      return timerWords(fact, names)
    case 'lookupStarted':
      return whyText('lookup', { host: names.short(fact.host), type: fact.rrType, name: fact.name })
    case 'retransmitted':
      return whyText('again', { host: names.short(fact.host) })
    case 'packetLost':
      return whyText(`lost.${fact.why}`)
    case 'packetDuplicated':
      return whyText('twice')
    case 'timerSet':
      return whyText('setUp', { host: names.title(fact.host) })
    case 'packetSent':
      return whyText('packet', { from: names.short(fact.packet.from), to: names.short(fact.packet.to) })
    case 'packetArrived':
      return whyText('arrived', { host: names.short(fact.host) })
    case 'read':
      return whyText('read', { host: names.short(fact.host), name: fact.means.name })
    default:
      return 'host' in fact ? whyText('inside', { host: names.short(fact.host) }) : whyText('network')
  }
}

function lineWords(view: RunView, fact: LineFact, names: Names): string {
  const to = receiverOf(view, fact)
  return names.sentence(lineSentence(fact, names.short(fact.host), to === undefined ? '' : names.short(to)))
}

function receiverOf({ history, seen }: RunView, fact: LineFact): string | undefined {
  if (fact.type !== 'sent') return packetNumbered(history.flights, fact.packet)?.flight.to
  const connection = connectionIn(seen.connections, fact.connection)
  return connection?.client === fact.host ? connection.server : connection?.client
}

/** The purposes of timers, by their names. */
const TIMERS = [
  [/^look /, 'timer.look'],
  [/queueDelay/, 'timer.queue'],
  [/retry/i, 'timer.retry'],
  [/giveUp/i, 'timer.giveUp'],
  [/timeout/i, 'timer.silence'],
] as const

function timerWords({ timer, host }: FactOf<'timerExpired'>, names: Names): string {
  const known = TIMERS.find(([pattern]) => pattern.test(timer))
  const at = { host: names.short(host) }
  return known ? whyText(known[1], at) : whyText('timer.other', at)
}

/** An action of a person, in one sentence. */
export function doneWords(done: Intervention, names: Names): string {
  switch (done.type) {
    case 'submitted':
      return whyText('did.submitted', { host: names.title(done.host), recipients: done.forwardPaths.join(', ') })
    case 'marked':
      return whyText(`did.marked.${done.as}`, { host: names.title(done.host) })
    case 'dug':
      return whyText('did.dug', { host: names.title(done.host), name: done.name, type: done.rrType })
    case 'filed':
      return whyText('did.filed', { host: names.title(done.host), mailbox: done.mailbox })
    case 'connected':
      return whyText('did.connected', { host: names.title(done.host), to: done.to, port: String(done.port) })
    case 'datagramSent':
      return whyText('did.datagramSent', { host: names.title(done.host), to: done.to })
    case 'linkChanged': {
      const [a, b] = done.between
      return whyText('did.linkChanged', { a: names.short(a), b: names.short(b) })
    }
    case 'zoneEdited':
      return whyText('did.zoneEdited', { host: names.short(done.host), apex: done.apex })
    case 'waited':
      return whyText('did.waited')
    default:
      return whyText(`did.${done.type}`, { host: names.title(done.host) })
  }
}
