import type { Instant } from '../../base/time'
import { LEAVE_ON_SERVER, RESTS } from '../../hosts/mailProgram/habits'
import { storyText } from '../../messages/story'
import { switchesText } from '../../messages/switches'
import type { FactOf } from '../../world/fact'
import { exactReason, faultText, plainReason } from '../gloss/gloss'
import { type Change, type EventFact, type HopFact, keeperOf } from '../run/happenings'
import type { History } from '../run/history'
import type { Names } from '../run/names'
import { lastAsked } from '../run/unanswered'
import { waitText } from '../waitText'

/**
 * An event of the letter or a connection in one sentence.
 *
 * @param history the history of the run. Earlier events decide whether a letter was lost or fetched.
 * @param t the instant at which it is said; the time until another try is counted from there. Default: that of the event.
 */
export function eventInWords(fact: HopFact | EventFact, names: Names, history: History, t: Instant = fact.at): string {
  const late = 'letter' in fact ? history.happenings.warnings.get(fact.letter)?.join(', ') : undefined
  switch (fact.type) {
    case 'messageWritten':
      return storyText('written', { host: names.title(fact.host), recipients: fact.forwardPaths.join(', ') })
    case 'connectionOpened':
      return storyText('connected', {
        client: names.short(fact.client),
        server: names.short(fact.server),
        port: fact.port,
      })
    case 'connectionFailed':
      return storyText(`cannotReach.${fact.why}`, {
        client: names.short(fact.client),
        server: names.short(fact.server),
        port: fact.port,
      })
    case 'messageQueued':
      if (late !== undefined) return storyText('warningQueued', { recipients: late, host: names.short(fact.host) })
      return history.happenings.returned.has(fact.letter)
        ? storyText('returnQueued', { ...returnedIn(fact.letter, names, history), host: names.short(fact.host) })
        : fact.reversePath === ''
          ? storyText('noticeQueued', { recipients: fact.forwardPaths.join(', '), host: names.short(fact.host) })
          : storyText('queued', { host: names.short(fact.host) })
    case 'messageDeferred':
      return storyText('deferred', {
        host: names.short(fact.host),
        wait: waitText(fact.nextTry - t),
        why: whyNot(fact, names, history),
      })
    case 'messageDelivered':
      if (late !== undefined) return storyText('warningDelivered', { recipients: late, user: fact.user })
      return history.happenings.returned.has(fact.letter)
        ? storyText('returnDelivered', { ...returnedIn(fact.letter, names, history), user: fact.user })
        : storyText(history.flights.notices.has(fact.letter) ? 'noticeDelivered' : 'delivered', {
            mailbox: fact.mailbox,
            user: fact.user,
          })
    case 'messageBounced':
      return storyText('bounced', {
        host: names.short(fact.host),
        recipient: fact.forwardPath,
        why: whyNot(fact, names, history),
      })
    case 'messageFetched':
      if (late !== undefined) return storyText('warningFetched', { recipients: late, host: names.title(fact.host) })
      return history.happenings.returned.has(fact.letter)
        ? storyText('returnFetched', {
            ...returnedIn(fact.letter, names, history),
            host: names.title(fact.host),
          })
        : storyText(history.flights.notices.has(fact.letter) ? 'noticeFetched' : 'fetched', {
            host: names.title(fact.host),
            protocol: fact.by,
          })
    case 'messageRemoved': {
      const keeper = keeperOf(history.happenings, fact)
      return keeper === undefined
        ? storyText('removed', { mailbox: fact.mailbox, user: fact.user, protocol: fact.by })
        : storyText('carriedHome', { host: names.title(keeper) })
    }
    case 'submissionFailed':
      return fact.nextTry === undefined
        ? storyText('submissionFailed', {
            host: names.title(fact.host),
            why: whyNot(fact, names, history),
          })
        : storyText('submissionDeferred', {
            host: names.title(fact.host),
            wait: waitText(fact.nextTry - t),
            why: whyNot(fact, names, history),
          })
    case 'tlsStarted':
      return storyText('tlsStarted', { host: names.short(fact.host) })
    case 'octetsDiscarded':
      return storyText(fact.why === 'plaintext' ? 'discarded.plaintext' : 'discarded.other', {
        host: names.short(fact.host),
      })
    case 'hostStopped':
      return storyText('hostStopped', { host: names.title(fact.host) })
    case 'hostStarted':
      return storyText('hostStarted', { host: names.title(fact.host) })
    case 'zoneChanged':
      return storyText('zoneChanged', { host: names.short(fact.host), apex: fact.apex, serial: fact.serial })
    case 'zoneRefused':
      return storyText('zoneRefused', {
        host: names.short(fact.host),
        apex: fact.apex,
        line: fact.line,
        why: faultText(fact.fault),
      })
    case 'changeRefused':
      return storyText('changeRefused', { host: names.short(fact.host), why: exactReason(fact.reason) })
    case 'intervened':
      return changeSentence(fact.intervention, names)
  }
}

/** Of a message that comes back, in fewer words and without its recipients; undefined for any other event. */
export function shortEvent(fact: HopFact | EventFact, names: Names, history: History): string | undefined {
  if (fact.type !== 'messageQueued' && fact.type !== 'messageDelivered' && fact.type !== 'messageFetched')
    return undefined
  if (!history.happenings.returned.has(fact.letter)) return undefined
  const { why } = returnedIn(fact.letter, names, history)
  return fact.type === 'messageFetched'
    ? storyText('shortReturned', { why, host: names.title(fact.host) })
    : storyText('shortReturn', { why })
}

/** Why a message was not handed on. If a resolver found out nothing, the name server that it asked last is named. */
export function whyNot(
  { reason, host, at }: FactOf<'messageDeferred' | 'messageBounced' | 'submissionFailed'>,
  names: Names,
  { flights }: History,
): string {
  const { id } = reason.id === 'gaveUp' ? reason.last : reason
  return plainReason(reason, names, host, id === 'lookupFailed' ? lastAsked(flights, host, at) : undefined)
}

/** The recipients to whom the message could not be delivered that this notice returns, and why not to the first of them. */
function returnedIn(notice: string, names: Names, history: History): { recipients: string; why: string } {
  const bounces = history.happenings.returned.get(notice) ?? []
  const [first] = bounces
  return {
    recipients: bounces.map(({ forwardPath }) => forwardPath).join(', '),
    why: first ? whyNot(first, names, history) : '',
  }
}

function changeSentence(intervention: Change, names: Names): string {
  if (intervention.type === 'policyChanged') {
    const { host, policy, value } = intervention
    if (policy === RESTS) return storyText(value === true ? 'goesToRest' : 'wakes', { host: names.title(host) })
    if (policy === LEAVE_ON_SERVER)
      return storyText(value === true ? 'leavesOnServer' : 'takesOffServer', { host: names.title(host) })
    return storyText('switchTurned', {
      host: names.short(host),
      policy: switchesText.found(`title.${policy}`) ?? policy,
      value:
        typeof value === 'boolean'
          ? switchesText(value ? 'on' : 'off')
          : switchesText('value', { value: String(value) }),
    })
  }
  switch (intervention.type) {
    case 'accountSet':
    case 'accountRemoved':
      return storyText(intervention.type, { host: names.short(intervention.host), address: intervention.address })
    case 'accountChanged':
      return storyText('accountChanged', { host: names.title(intervention.host), address: intervention.account })
    case 'domainSet':
      return storyText('domainSet', {
        host: names.short(intervention.host),
        domain: intervention.domain,
        recipients: intervention.recipients.join(', '),
      })
    case 'domainRemoved':
      return storyText('domainRemoved', { host: names.short(intervention.host), domain: intervention.domain })
  }
  if (intervention.type === 'leaveTaken') return storyText('leaveTaken', { host: names.title(intervention.host) })
  if (intervention.type === 'cacheFlushed') return storyText('cacheFlushed', { host: names.title(intervention.host) })
  if (intervention.type === 'dismissed') return storyText('dismissed', { host: names.title(intervention.host) })
  const [a, b] = intervention.between
  const ends = { a: names.short(a), b: names.short(b) }
  if (intervention.up === false) return storyText('linkCut', ends)
  return storyText(intervention.up ? 'linkMended' : 'linkChanged', ends)
}
