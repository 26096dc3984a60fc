import type { Instant } from '../../base/time'
import { fieldBody } from '../../mail/headerFields'
import { messageIdsIn } from '../../mail/messageId'
import type { SmtpClientAnswer } from '../../protocols/smtp'
import type { Answer } from '../../session/session'
import type { Fact, FactOf, FactType, MessageId } from '../../world/fact'
import type { Intervention } from '../../world/intervention'
import { isLine, type LineFact } from '../run/flight'
import { folding } from '../run/fold'
import { type EventFact, type HopFact, isHappening } from '../run/happenings'
import { Table } from '../run/table'
import { Vector } from '../run/vector'

/**
 * Everything that was said and everything that happened in a run, in order: a list that grows with each fact. It is not part of
 * the history, because the stage at rest is drawn without it.
 */

/** Facts that are listed although no step stops at them and no caption tells them. */
const MORE = ['messageRelayed', 'messageAdded', 'flagsChanged'] as const satisfies readonly FactType[]
/** Actions of a person that no other listed fact shows. */
const DONE = ['collected', 'marked', 'filed', 'deleted', 'waited'] as const satisfies readonly Intervention['type'][]

type More = FactOf<(typeof MORE)[number]>
type DoneFact = FactOf<'intervened'> & {
  readonly intervention: Extract<Intervention, { type: (typeof DONE)[number] }>
}

/** A lookup for which no line was said. */
type FromCache = FactOf<'lookupEnded'> & { readonly fromCache: true }

export type ListedFact = LineFact | HopFact | EventFact | More | DoneFact | FromCache

const MORE_TYPES: ReadonlySet<string> = new Set(MORE)
const DONE_TYPES: ReadonlySet<string> = new Set(DONE)
/** True of an action of a person that is listed as such. */
export const isDoneByHand = (type: Intervention['type']): boolean => DONE_TYPES.has(type)
const isMore = (fact: Fact): fact is More => MORE_TYPES.has(fact.type)
const isDone = (fact: Fact): fact is DoneFact => fact.type === 'intervened' && DONE_TYPES.has(fact.intervention.type)
const isFromCache = (fact: Fact): fact is FromCache => fact.type === 'lookupEnded' && fact.fromCache

export const isListed = (fact: Fact): fact is ListedFact =>
  isLine(fact) || isHappening(fact) || isMore(fact) || isDone(fact) || isFromCache(fact)

/** A listed fact. Everything else about it is looked up when it is in sight. */
export interface Listed {
  /** The order of its fact. */
  readonly fact: number
  readonly at: Instant
  /** The message that it is about. */
  readonly message?: MessageId
}

/** A fact that is about a message, listed or not. */
interface About {
  readonly fact: number
  readonly message: MessageId
}

export interface Listing {
  /** The number of facts that it was made of, including those that were dropped. */
  readonly facts: number
  readonly events: Vector<Listed>
  /** In the order of the facts. */
  readonly abouts: Vector<About>
  /** The messages for which sessions work that have no other purpose: a delivery, a lookup. */
  readonly purposes: Table<MessageId>
  /** The messages of the run, in the order in which they were first seen. */
  readonly messages: readonly MessageId[]
}

export const nothingListed: Listing = {
  facts: 0,
  events: Vector.empty(),
  abouts: Vector.empty(),
  purposes: Table.empty(),
  messages: [],
}

/** The list after one more fact. */
export function list(listing: Listing, fact: Fact): Listing {
  const message = messageOf(listing, fact)
  const facts = fact.order + 1
  const events = isListed(fact)
    ? listing.events.push({ fact: fact.order, at: fact.at, ...(message === undefined ? {} : { message }) })
    : listing.events
  if (message === undefined) return events === listing.events ? { ...listing, facts } : { ...listing, facts, events }
  return {
    facts,
    events,
    abouts: about(listing.abouts, fact, message),
    purposes: hasPurpose(fact) ? listing.purposes.with(fact.session, message) : listing.purposes,
    messages: isNew(listing, fact, message) ? [...listing.messages, message] : listing.messages,
  }
}

const isNew = ({ messages }: Listing, fact: Fact, message: MessageId): boolean =>
  'letter' in fact && !messages.includes(message)

/** A fact that names a message is about it, and so is everything that follows from it. */
function messageOf(listing: Listing, fact: Fact): MessageId | undefined {
  if ('letter' in fact) return fact.letter
  // A host that looks for mail from time to time, or a dialogue that lasts, does not go on because of an earlier message.
  if (fact.type === 'timerExpired') return fact.session === undefined ? undefined : listing.purposes.get(fact.session)
  return handedOver(fact) ?? (fact.cause === undefined ? undefined : aboutIn(listing.abouts, fact.cause))
}

/** Sessions of deliveries and lookups have one purpose for their whole life. */
const hasPurpose = (fact: Fact): fact is FactOf<'sessionStarted'> =>
  fact.type === 'sessionStarted' && /^(?:mta|dns)\./.test(fact.protocol)

type NextMessage = Extract<SmtpClientAnswer, { readonly type: 'letter' }>
const isNextMessage = (answer: Answer): answer is NextMessage => answer.type === 'letter'

/** The message that a client is given to transfer next: the connection may have carried another one before. */
function handedOver(fact: Fact): MessageId | undefined {
  if (fact.type !== 'questionAnswered' || !isNextMessage(fact.answer)) return undefined
  return messageIdsIn(fieldBody(fact.answer.message, 'Message-ID') ?? '')[0]
}

const placeIn = (abouts: Vector<About>, order: number): number => abouts.countUpTo(({ fact }) => fact, order) - 1

function aboutIn(abouts: Vector<About>, order: number): MessageId | undefined {
  const found = abouts.get(placeIn(abouts, order))
  return found?.fact === order ? found.message : undefined
}

/** The message that a fact is about, listed or not; undefined if it is about none. */
export const messageOfFact = ({ abouts }: Listing, order: number): MessageId | undefined => aboutIn(abouts, order)

/** A fact that names a message tells of its cause, too, that it was about it: the wish to send it, the question to take it. */
function about(abouts: Vector<About>, { order, cause, ...fact }: Fact, message: MessageId): Vector<About> {
  const own = { fact: order, message }
  if (cause === undefined || !('letter' in fact)) return abouts.push(own)
  const place = placeIn(abouts, cause)
  if (place === abouts.length - 1 && abouts.get(place)?.fact !== cause)
    return abouts.push({ fact: cause, message }).push(own)
  return abouts.push(own)
}

/** The list of a run. A longer run, or a branch, only adds its new facts. */
export const listingOf = folding(nothingListed, list)

/** The place of a fact in the list; undefined if it is not listed. */
export function placeOfFact({ events }: Listing, order: number): number | undefined {
  const place = events.countUpTo(({ fact }) => fact, order) - 1
  return events.get(place)?.fact === order ? place : undefined
}

/** The number of events at or before an instant. */
export const countBy = ({ events }: Listing, t: number): number => events.countUpTo(({ at }) => at, t)
