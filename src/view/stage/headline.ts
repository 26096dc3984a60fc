import type { Instant } from '../../base/time'
import type { HostName } from '../../world/world'
import { lineIn } from '../run/flights'
import { type EventFact, keeperOf, lastBy } from '../run/happenings'
import type { History } from '../run/history'
import type { RunView } from '../run/runView'
import { crossing, eventSentence, type Namer } from './sentence'

/** The fate of a message: it has arrived, it comes or came back, or it waits for another try. */
export type Fate = 'arrived' | 'returned' | 'later'

/** A message in a mailbox of a server, or on a device. */
export interface Lying {
  readonly host: HostName
  /** The user of the mailbox; on a device the account. */
  readonly account: string
  /** Absent on a device. */
  readonly mailbox?: string
  readonly uid: string
  /** It is a notice of non-delivery. */
  readonly notice: boolean
}

/** The last event of a message or a connection that needs words. */
export interface Headline {
  readonly text: string
  readonly fate?: Fate
  /** Where the message, or the notice about it, can be read. */
  readonly lies?: Lying
}

const made = new WeakMap<object, Headline>()

/**
 * The headline of an instant; while a message is under way, between which hosts. The same event gives the same object, so that
 * it can be compared by identity.
 */
export function headlineAt({ history }: RunView, names: Namer, t: Instant): Headline | undefined {
  const line = lineIn(history.flights, t)?.flight
  const flying = line?.message && t >= line.sent && t < line.arrives ? line : undefined
  if (flying) return made.get(flying) ?? kept(flying, { text: crossing(flying, names) })
  const event = lastBy(history.happenings.headlines, t)
  return event && (made.get(event) ?? kept(event, ofEvent(event, names, history)))
}

function kept(about: object, headline: Headline): Headline {
  made.set(about, headline)
  return headline
}

function ofEvent(event: EventFact, names: Namer, history: History): Headline {
  const fate = fateOf(event, history)
  const lies = lyingAfter(event, history)
  return { text: eventSentence(event, names, history), ...(fate && { fate }), ...(lies && { lies }) }
}

const isReturned = ({ happenings }: History, message: string): boolean => happenings.returned.has(message)

function fateOf(event: EventFact, history: History): Fate | undefined {
  switch (event.type) {
    case 'messageDelivered':
    case 'messageFetched':
      return isReturned(history, event.letter) ? 'returned' : 'arrived'
    case 'messageQueued':
      return isReturned(history, event.letter) ? 'returned' : undefined
    case 'messageRemoved':
      return keeperOf(history.happenings, event) === undefined ? undefined : 'arrived'
    case 'messageBounced':
      return 'returned'
    case 'messageDeferred':
      return 'later'
    case 'submissionFailed':
      return event.nextTry === undefined ? 'returned' : 'later'
    default:
      return undefined
  }
}

function lyingAfter(event: EventFact, history: History): Lying | undefined {
  switch (event.type) {
    case 'messageDelivered': {
      const { host, user: account, mailbox, uid, letter } = event
      return { host, account, mailbox, uid: String(uid), notice: isReturned(history, letter) }
    }
    case 'messageFetched': {
      const { host, account, uid, letter } = event
      return { host, account, uid, notice: isReturned(history, letter) }
    }
    case 'messageRemoved': {
      // The copy that POP3 took home.
      const keeper = keeperOf(history.happenings, event)
      const { headlines: events } = history.happenings
      for (
        let place = events.countUpTo(({ order }) => order, event.order) - 1;
        keeper !== undefined && place >= 0;
        place--
      ) {
        const fetched = events.get(place)
        if (fetched?.type === 'messageFetched' && fetched.host === keeper && fetched.account === event.user)
          return lyingAfter(fetched, history)
      }
      return undefined
    }
    default:
      return undefined
  }
}
