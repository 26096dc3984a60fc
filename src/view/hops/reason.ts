import type { Instant } from '../../base/time'
import { hopsText } from '../../messages/hops'
import type { Fact, FactOf, FactType, MessageId } from '../../world/fact'
import { factOf, type Trace } from '../../world/trace'
import type { HostName } from '../../world/world'
import { listingOf, messageOfFact } from '../events/listing'
import { glossOf } from '../gloss/gloss'
import { type Journey, journeysIn } from '../message/journey'
import type { RunView } from '../run/runView'
import { replyIn } from '../run/turns'
import type { Decision, Hop } from './decision'
import { hopsOf, refusalTold } from './hops'
import { standardOf } from './standards'
import { decisionText } from './words'

/** Why something was said or happened: what a host decided, in the same words wherever that is asked. */
export interface Reason {
  /** One or two sentences, in which "it" is the host. */
  readonly text: string
  readonly host: HostName
  /** The place of the rule in the standards. */
  readonly standard?: string
  /** The deciding fact, which the way of its message shows; absent for one that belongs to no message. */
  readonly shown?: { readonly fact: number; readonly at: Instant; readonly message: MessageId }
}

/** Facts that follow from a decision of the same host in a few steps. Others have causes of another kind. */
const DECIDED: ReadonlySet<FactType> = new Set<FactType>([
  'sent',
  'queried',
  'packetSent',
  'connectionOpening',
  'connectionOpened',
  'messageQueued',
  'messageRelayed',
  'messageDelivered',
  'messageDeferred',
  'messageBounced',
  'messageFetched',
  'messageRemoved',
  'messageWritten',
  'submissionFailed',
])
/** Facts that come to a host from outside: a host decides only afterwards. */
const OUTSIDE: ReadonlySet<FactType> = new Set<FactType>([
  'read',
  'packetArrived',
  'responded',
  'retransmitted',
  'timerExpired',
  'intervened',
])
/** Steps from a fact to the decision that it follows from. */
const STEPS = 12

/** The reason for a fact, if a host decided it: a refusal, and every decision about a message. */
export function reasonOf(view: RunView, order: number): Reason | undefined {
  const { trace } = view.timeline
  const asked = factOf(trace, order)
  const fact = asked && told(view, asked)
  if (!fact || !DECIDED.has(fact.type)) return undefined
  return decidedReason(view, fact) ?? (fact.type === 'sent' ? saidReason(trace, fact) : undefined)
}

/** The fact that tells of a decision best: a reply for what led to it or was read of it, a failure for the notice about it. */
function told({ timeline: { trace }, history }: RunView, fact: Fact): Fact {
  switch (fact.type) {
    case 'connectionOpened':
      return openingOf(trace, fact) ?? fact
    case 'questionAnswered':
    case 'read': {
      const next = factOf(trace, fact.order + 1)
      if (next?.type === 'sent' && next.cause === fact.order && (fact.type !== 'read' || next.means.refused))
        return next
      return fact.type === 'read' && fact.means.refused ? (sentBefore(trace, fact) ?? fact) : fact
    }
    case 'messageQueued':
    case 'messageDelivered':
    case 'messageFetched':
      return history.happenings.returned.get(fact.letter)?.[0] ?? fact
    default:
      return fact
  }
}

/** Facts among which a line that was read is looked for. */
const LOOKED_AT = 400

function sentBefore(trace: Trace, { order, connection, host, octets }: FactOf<'read'>): Fact | undefined {
  for (let at = order - 1; at > order - LOOKED_AT; at--) {
    const fact = factOf(trace, at)
    if (fact?.type === 'sent' && fact.connection === connection && fact.host !== host && fact.octets === octets)
      return fact
  }
  return undefined
}

function openingOf(trace: Trace, { connection, order }: FactOf<'connectionOpened'>): Fact | undefined {
  for (let at = order - 1; at >= 0; at--) {
    const fact = factOf(trace, at)
    if (!fact || (fact.type === 'connectionOpening' && fact.connection === connection)) return fact
  }
  return undefined
}

function decidedReason(view: RunView, fact: Fact): Reason | undefined {
  const { trace } = view.timeline
  const listing = listingOf(view.timeline)
  const message = messageOfFact(listing, fact.order)
  const journey = message === undefined ? undefined : journeyOf(trace, message)
  if (!journey) return undefined
  const made = decisionsOf(view, journey)
  let at: Fact | undefined = fact
  for (let step = 0; at && !OUTSIDE.has(at.type) && step < STEPS; step++) {
    const found = made.get(at.order)
    // A client's decision may be shown by its server's line, which has a reason of its own.
    if (found && (!('host' in at) || at.host === found.host)) return reasonFrom(found, at, journey.id)
    const queued = at.type === 'questionAsked' ? queuedBy(trace, at) : undefined
    const taken = queued && made.get(queued.order)
    if (taken) return reasonFrom(taken, queued, journey.id)
    at = at.cause === undefined ? undefined : factOf(trace, at.cause)
  }
  return undefined
}

/** A server that takes a message queues it before it says so. */
function queuedBy(trace: Trace, { order, question }: FactOf<'questionAsked'>): Fact | undefined {
  const next = question.type === 'takeMessage' ? factOf(trace, order + 1) : undefined
  return next?.type === 'messageQueued' ? next : undefined
}

function reasonFrom({ decision, host }: Made, fact: Fact, message: MessageId): Reason {
  const { order, at } = fact
  return {
    text: shortText(ofFact(decision, fact)),
    host,
    standard: standardOf(decision),
    shown: { fact: order, at, message },
  }
}

/** A decision that was made at each try, or for several recipients, as this fact alone tells it. */
function ofFact(decision: Decision, fact: Fact): Decision {
  const facts = [{ fact: fact.order, at: fact.at }]
  if ('nextTry' in decision && 'nextTry' in fact && fact.nextTry !== undefined)
    return { ...decision, nextTry: fact.nextTry, facts }
  const path =
    fact.type === 'sent' ? replyIn(fact)?.address : fact.type === 'messageBounced' ? fact.forwardPath : undefined
  return 'forwardPaths' in decision && path !== undefined
    ? { ...decision, forwardPaths: [path], facts }
    : { ...decision, facts }
}

/** The words of the reply itself are left out: whoever asks why has them before their eyes. */
const shortText = (decision: Decision): string =>
  decisionText('reply' in decision ? { ...decision, reply: '' } : decision).trim()

/** Of a refusal that is about no message: the rule that the reply names, else its meaning in plain words. */
function saidReason(trace: Trace, fact: FactOf<'sent'>): Reason | undefined {
  const { host, means } = fact
  if (!means.refused) return undefined
  const decision = refusalTold(trace, fact)
  const gloss = glossOf(means)
  const general = decision?.is === 'refuses' && !decision.grounds
  if (decision && !(general && gloss !== undefined && shortText(decision) === shortText({ ...decision, name: '' })))
    return { text: shortText(decision), host, standard: standardOf(decision) }
  return gloss === undefined ? undefined : { text: hopsText('refuses.line', { gloss }), host }
}

interface Made {
  readonly decision: Decision
  readonly host: HostName
}

const journeys = new WeakMap<Trace, ReadonlyMap<MessageId, Journey>>()
const decisions = new WeakMap<Journey, ReadonlyMap<number, Made>>()

function journeyOf(trace: Trace, message: MessageId): Journey | undefined {
  const known = journeys.get(trace) ?? new Map(journeysIn(trace).map((journey) => [journey.id, journey]))
  journeys.set(trace, known)
  return known.get(message)
}

/** The decisions about a message by their facts; of several that one fact tells, the first. */
function decisionsOf({ timeline }: RunView, journey: Journey): ReadonlyMap<number, Made> {
  const known = decisions.get(journey) ?? madeIn(hopsOf(timeline.trace, listingOf(timeline), journey))
  decisions.set(journey, known)
  return known
}

function madeIn(hops: readonly Hop[]): ReadonlyMap<number, Made> {
  const made = new Map<number, Made>()
  for (const { host, in: arriving, out } of hops)
    for (const decision of [...arriving, ...out])
      for (const { fact } of decision.facts) if (!made.has(fact)) made.set(fact, { decision, host })
  return made
}
