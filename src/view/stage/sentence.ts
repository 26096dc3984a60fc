import type { Instant } from '../../base/time'
import { storyText } from '../../messages/story'
import { switchesText } from '../../messages/switches'
import type { Fact, FactOf } from '../../world/fact'
import type { InterventionBody } from '../../world/intervention'
import { sizeOf } from '../../world/packet'
import { factOf } from '../../world/trace'
import type { HostName } from '../../world/world'
import { glossOf } from '../gloss/gloss'
import { reasonText } from '../reasonText'
import { countUpTo } from '../run/countUpTo'
import { isLine, type LineFact } from '../run/flights'
import { HOPS, type StepSize } from '../run/moments'
import type { Names } from '../run/names'
import { focusAt, type TraceIndex } from '../run/traceIndex'
import { type WireText, wireTextOf } from '../run/wire'

export type Namer = Names

/** What the map shows at this moment, said in plain words: for the polite live region and the line under the map. */
export function sentenceAt(index: TraceIndex, names: Namer, t: Instant, step: StepSize = 'line'): string {
  const hop = step === 'hop' ? hopAt(index, names, t) : undefined
  if (hop !== undefined) return hop
  const focus = focusAt(index, t, step === 'packet')
  const event = lastEvent(index, t)
  if (event && (!focus || event.at >= focus.flight.arrives)) return eventSentence(event, names, index.trace) as string
  const opened = lastOpened(index, t)
  if (opened && (!focus || opened.at >= focus.flight.arrives))
    return eventSentence(opened, names, index.trace) as string
  const fact = focus && factOf(index.trace, focus.flight.fact)
  if (!focus || !fact) return storyText('nothingSaid')
  const { from, to, arrived } = focus.flight
  const ended = (sentence: string): string =>
    arrived || t < focus.flight.arrives ? sentence : storyText('lostOnTheWay', { sentence })
  if (fact.type === 'packetSent') {
    const { wire, gloss } = packetInWords(fact, names)
    return ended(storyText('packet', { from: names.short(from), to: names.short(to), wire: wire.text, gloss }))
  }
  return isLine(fact) ? ended(lineSentence(fact, names.short(from), names.short(to))) : ''
}

/** The leg of the journey that ends or begins at this very instant. */
function hopAt(index: TraceIndex, names: Namer, t: Instant): string | undefined {
  const facts = index.trace.filter((fact) => fact.at === t && HOPS.has(fact.type))
  return facts.map((fact) => eventSentence(fact, names, index.trace)).findLast((sentence) => sentence !== undefined)
}

function lineSentence(fact: LineFact, from: string, to: string): string {
  const { text } = wireTextOf(fact)
  const { kind, refused } = fact.means
  const gloss = glossOf(fact.means)
  // Of a name server only REFUSED is a refusal (RFC 1035 section 4.1.1): "no such name" answers the question.
  const refuses = fact.type === 'responded' ? fact.means.name === 'REFUSED' : refused
  const verb =
    fact.type === 'responded' || kind === 'reply' || kind === 'response'
      ? refuses
        ? 'refuses'
        : 'answers'
      : kind === 'greeting'
        ? 'greets'
        : gloss?.endsWith('?')
          ? 'asks'
          : 'tells'
  return gloss
    ? storyText(`explains.${verb}`, { from, to, gloss, wire: text })
    : storyText(`says.${verb}`, { from, to, wire: text })
}

/** One packet in words: what it is on the wire, and what it is for. */
export function packetInWords(fact: FactOf<'packetSent'>, names: Namer): { wire: WireText; gloss: string } {
  const { packet } = fact
  const octets = sizeOf(packet)
  if (packet.kind === 'datagram') {
    return {
      wire: { text: `UDP ${packet.source.port} > ${packet.destination.port}`, lines: 1 },
      gloss: storyText('datagram', { octets }),
    }
  }
  const flags = Object.keys(packet.flags)
    .map((flag) => flag.toUpperCase())
    .join(' ')
  const { syn, ack, fin, rst } = packet.flags
  const length = packet.payload.length
  const gloss = rst
    ? storyText('rst')
    : syn
      ? ack
        ? storyText('synAck')
        : storyText('syn', { host: names.short(packet.to), port: packet.destination.port })
      : length > 0
        ? storyText('payload', { carried: length, octets })
        : fin
          ? storyText('fin')
          : storyText('ack')
  // What a bare ACK says is its acknowledgment number (RFC 9293 section 3.4); its sequence number tells nothing new.
  const bare = ack && !syn && !fin && !rst && length === 0
  const number = bare ? `ack ${packet.acknowledgement}` : `seq ${packet.sequence}`
  return { wire: { text: `TCP ${flags} ${number}`, lines: 1 }, gloss }
}

const EVENTS: ReadonlySet<Fact['type']> = new Set<Fact['type']>([
  'connectionFailed',
  'messageQueued',
  'messageDeferred',
  'messageDelivered',
  'messageBounced',
  'messageFetched',
  'messageRemoved',
  'submissionFailed',
  'tlsStarted',
  'octetsDiscarded',
  'hostStopped',
  'hostStarted',
  'zoneChanged',
  'zoneRefused',
  'changeRefused',
])
/** What a person does to the world itself; what is done in it shows in what follows. */
const CHANGES: ReadonlySet<InterventionBody['type']> = new Set<InterventionBody['type']>([
  'policyChanged',
  'linkChanged',
  'leaveTaken',
])
/** What no line tells of, and is not over when it has been told. */
const NEWS: ReadonlySet<Fact['type']> = new Set<Fact['type']>([
  'connectionOpened',
  'connectionFailed',
  'hostStopped',
  'hostStarted',
  'zoneChanged',
  'zoneRefused',
  'changeRefused',
  'intervened',
])
const isEvent = (fact: Fact): boolean =>
  EVENTS.has(fact.type) || (fact.type === 'intervened' && CHANGES.has(fact.intervention.type))

/** The last fact of a kind at an instant. The list of them is kept with its index: it is asked for with every frame. */
function lastOf(isWanted: (fact: Fact) => boolean): (index: TraceIndex, t: Instant) => Fact | undefined {
  const cache = new WeakMap<TraceIndex, readonly Fact[]>()
  return (index, t) => {
    const found = cache.get(index) ?? index.trace.filter(isWanted)
    cache.set(index, found)
    return found[countUpTo(found, (fact) => fact.at, t) - 1]
  }
}

/** The last thing that happened to a letter or a connection and needs words. */
export const lastEvent = lastOf(isEvent)

/** The last connection that was made: it needs words only until something is said. */
const lastOpened = lastOf(({ type }) => type === 'connectionOpened')

/**
 * What has happened in the world since the last line was said, in words: a switch was turned, a host stopped, a connection
 * was made. Undefined while the line says most.
 */
export function newsAt(index: TraceIndex, names: Namer, t: Instant): string | undefined {
  const said = focusAt(index, t)?.flight
  const [event, opened] = [lastEvent(index, t), lastOpened(index, t)].map((fact) =>
    fact && NEWS.has(fact.type) && fact.at >= (said?.arrives ?? 0) ? fact : undefined,
  )
  const last = event && opened && opened.at < event.at ? event : (opened ?? event)
  return last && eventSentence(last, names, index.trace)
}

/** The host that has a letter which POP3 removed, since it had fetched it before; undefined where nobody has. */
function keeperOf(removed: FactOf<'messageRemoved'>, trace: readonly Fact[]): HostName | undefined {
  const { host, user, mailbox, uid, by } = removed
  if (by !== 'POP3') return undefined
  const before = trace.slice(0, trace.indexOf(removed))
  const letter = before.findLast(
    (fact) =>
      fact.type === 'messageDelivered' &&
      fact.host === host &&
      fact.user === user &&
      fact.mailbox === mailbox &&
      fact.uid === uid,
  ) as FactOf<'messageDelivered'> | undefined
  if (!letter) return undefined
  const fetched = before.find(
    (fact) =>
      fact.type === 'messageFetched' && fact.by === 'POP3' && fact.account === user && fact.letter === letter.letter,
  ) as FactOf<'messageFetched'> | undefined
  return fetched?.host
}

/**
 * A thing that happened to the letter or a connection, in one sentence; undefined for what needs no words.
 *
 * @param trace the run that the fact is of: whether a letter was lost or carried home is known by what was before.
 */
export function eventSentence(fact: Fact, names: Namer, trace: readonly Fact[]): string | undefined {
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
      return fact.reversePath === ''
        ? storyText('noticeQueued', { recipients: fact.forwardPaths.join(', '), host: names.short(fact.host) })
        : storyText('queued', { host: names.short(fact.host) })
    case 'messageRelayed':
      return storyText('relayed', { host: names.short(fact.host), to: names.short(fact.to) })
    case 'messageDeferred':
      return storyText('deferred', { host: names.short(fact.host), why: reasonText(fact.reason) })
    case 'messageDelivered':
      return storyText(isNotice(fact.letter) ? 'noticeDelivered' : 'delivered', {
        mailbox: fact.mailbox,
        user: fact.user,
      })
    case 'messageBounced':
      return storyText('bounced', {
        host: names.short(fact.host),
        recipient: fact.forwardPath,
        why: reasonText(fact.reason),
      })
    case 'messageFetched':
      return storyText('fetched', { host: names.title(fact.host), protocol: fact.by })
    case 'messageRemoved': {
      const keeper = keeperOf(fact, trace)
      return keeper === undefined
        ? storyText('removed', { mailbox: fact.mailbox, user: fact.user, protocol: fact.by })
        : storyText('carriedHome', { host: names.title(keeper) })
    }
    case 'submissionFailed':
      return storyText('submissionFailed', { host: names.title(fact.host), why: reasonText(fact.reason) })
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
        why: fact.why,
      })
    case 'changeRefused':
      return storyText('changeRefused', { host: names.short(fact.host), why: reasonText(fact.reason) })
    case 'intervened':
      return changeSentence(fact.intervention, names)
    default:
      return undefined
  }
}

/** Notices are told by their name: a letter's own part of the Message-ID. */
const isNotice = (letter: string): boolean => letter.includes('.notice@')

function changeSentence(intervention: InterventionBody, names: Namer): string | undefined {
  if (intervention.type === 'policyChanged') {
    const { host, policy, value } = intervention
    return storyText('switchTurned', {
      host: names.short(host),
      policy: switchesText.found(`title.${policy}`) ?? policy,
      value:
        typeof value === 'boolean'
          ? switchesText(value ? 'on' : 'off')
          : switchesText('value', { value: String(value) }),
    })
  }
  if (intervention.type === 'leaveTaken') return storyText('leaveTaken', { host: names.title(intervention.host) })
  if (intervention.type !== 'linkChanged') return undefined
  const [a, b] = intervention.between
  const ends = { a: names.short(a), b: names.short(b) }
  if (intervention.up === false) return storyText('linkCut', ends)
  return storyText(intervention.up ? 'linkMended' : 'linkChanged', ends)
}
