import { toText } from '../../base/octets'
import type { Instant } from '../../base/time'
import { storyText } from '../../messages/story'
import type { FactOf } from '../../world/fact'
import { plainReason } from '../gloss/gloss'
import { lineIn } from '../run/flights'
import { isHappening, keeperOf, lastBy } from '../run/happenings'
import type { History } from '../run/history'
import { isOutside, type Names } from '../run/names'
import type { RunView } from '../run/runView'
import { replyIn, type Turn } from '../run/turns'
import { eventInWords, shortEvent } from './events'
import { shortFates, wholeEvent } from './fates'
import { handingSentence } from './handing'
import type { Fate, Headline, Lying } from './headline'
import { recoveredSentence } from './recovery'
import { crossing } from './sentence'

const made = new WeakMap<object, Headline>()

/** The headline of an instant; undefined while nothing has happened. */
export function fateAt(view: RunView, names: Names, t: Instant): Headline | undefined {
  const { history } = view
  const line = lineIn(history.flights, t)?.flight
  const flying = line?.message && t >= line.sent && t < line.arrives ? line : undefined
  if (flying) return kept(flying, names.sentence(crossing(flying, names)))
  const turn = lastBy(history.turns.all, t)
  if (turn)
    return kept(turn, names.sentence(turnSentence(turn, names, view, t)), () => fateAfter(turn, names, history, t))
  const opened = lastBy(history.happenings.opened, t)
  return (
    opened &&
    kept(opened, storyText('lookingForMail', { host: names.title(opened.client) }), () => ({ nothingSent: true }))
  )
}

function kept(about: object, text: string, more?: () => Omit<Headline, 'text'>): Headline {
  const before = made.get(about)
  if (before?.text === text) return before
  const headline = { text, ...more?.() }
  made.set(about, headline)
  return headline
}

function turnSentence(turn: Turn, names: Names, view: RunView, t: Instant): string {
  const { history } = view
  const { scenario } = view.timeline
  switch (turn.type) {
    case 'messageWritten':
      return storyText('onItsWay', { recipients: turn.forwardPaths.join(', ') })
    case 'sent':
      return refusalSentence(turn, names)
    case 'questionAsked':
      return storyText('anotherTry', { host: names.short(turn.host) })
    case 'connectionOpening':
      return storyText('anotherTry', { host: names.title(turn.client) })
    case 'connectionOpened':
      return storyText(isOutside(scenario, turn.client) ? 'outsideSpeaks' : 'youSpeak', {
        server: names.short(turn.server),
        port: turn.port,
      })
    case 'connectionClosed':
      return storyText('spoken', { server: names.short(turn.server) })
    case 'messageDeferred':
    case 'submissionFailed':
      return waitSentence(turn, names, history, t)
    case 'messageQueued': {
      const whole = wholeEvent(turn, names, history, t)
      const isAlone = whole === eventInWords(turn, names, history, t)
      return (isAlone ? handingSentence(turn, names, view, t) : undefined) ?? whole
    }
    default:
      return wholeEvent(turn, names, history, t)
  }
}

function waitSentence(
  turn: FactOf<'messageDeferred' | 'submissionFailed'>,
  names: Names,
  history: History,
  t: Instant,
): string {
  // A server that has lost its power in between does not try again at that moment.
  if (turn.nextTry !== undefined && turn.nextTry <= t) return wholeEvent(turn, names, history)
  const all = wholeEvent(turn, names, history, t)
  const isAlone = all === eventInWords(turn, names, history, t)
  return (isAlone ? recoveredSentence(turn, names, history, t) : undefined) ?? all
}

/** A server's reply by which it does not take a message, or not now. */
function refusalSentence(fact: FactOf<'sent'>, names: Names): string {
  const { means, host, octets } = fact
  const { answers, address, enhancedStatusCode: status } = replyIn(fact) ?? {}
  const [reply = ''] = toText(octets).split('\r\n')
  const why = plainReason({ id: 'said', server: host, reply, ...(status && { status }) }, names, host)
  const later = means.refused === 'later'
  return answers === 'RCPT' && address !== undefined
    ? storyText(later ? 'putOffTo' : 'refusedTo', { recipient: address, why })
    : storyText(later ? 'putOffFrom' : 'refusedFrom', { server: names.short(host), why })
}

function fateAfter(turn: Turn, names: Names, history: History, t: Instant): Omit<Headline, 'text'> {
  const fate = fateOf(turn, history)
  const lies = lyingAfter(turn, history)
  const short = isHappening(turn)
    ? (shortFates(turn, names, history, t) ?? shortEvent(turn, names, history))
    : undefined
  return { ...(short !== undefined && { short: names.sentence(short) }), ...(fate && { fate }), ...(lies && { lies }) }
}

const isReturned = ({ happenings }: History, message: string): boolean => happenings.returned.has(message)

function fateOf(event: Turn, history: History): Fate | undefined {
  if ('letter' in event && history.happenings.warnings.has(event.letter)) return 'later'
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
    case 'sent':
      return event.means.refused === 'later' ? 'later' : 'returned'
    case 'questionAsked':
    case 'connectionOpening':
      return 'later'
    case 'submissionFailed':
      return event.nextTry === undefined ? 'returned' : 'later'
    default:
      return undefined
  }
}

function lyingAfter(event: Turn, history: History): Lying | undefined {
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
      const { events } = history.happenings
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
