import type { Instant } from '../../base/time'
import { fatesText } from '../../messages/fates'
import type { FactOf, MessageId } from '../../world/fact'
import type { EventFact, HopFact } from '../run/happenings'
import type { History } from '../run/history'
import type { Names } from '../run/names'
import { waitText } from '../waitText'
import { eventInWords, whyNot } from './events'
import { recoveredWords, type Wait } from './recovery'

/** How a message with several recipients fares with each of them, if not with all alike. */
interface Fates {
  readonly has: readonly string[]
  /** Those for whom nothing has been settled. */
  readonly way: readonly string[]
  /** With an instant for the next try, or without one if it could not be sent at all. */
  readonly waits: Groups<Wait>
  readonly back: Groups<FactOf<'messageBounced'>>
  /** Its notice has been fetched. */
  readonly home: boolean
}

type Groups<By> = readonly (readonly [by: By, recipients: readonly string[]])[]

/** An event of a message: alone, or with the fates of the other recipients of the same message. */
export function wholeEvent(fact: HopFact | EventFact, names: Names, history: History, t: Instant = fact.at): string {
  const own = eventInWords(fact, names, history, t)
  const fates = fatesAfter(fact, history)
  if (!fates) return own
  // The words of the event name the one who has the message now.
  if (isArrival(fact, history)) return [own, ...sentences({ ...fates, has: [] }, names, history, t, false)].join(' ')
  return [...sentences(fates, names, history, t, true), ...noticeWords(fact, names)].join(' ')
}

/** The same in fewer words, for a small screen; undefined if all recipients fare alike. */
export function shortFates(fact: HopFact | EventFact, names: Names, history: History, t: Instant): string | undefined {
  const fates = fatesAfter(fact, history)
  return fates && !isArrival(fact, history) ? sentences(fates, names, history, t, true, true).join(' ') : undefined
}

function isArrival(fact: HopFact | EventFact, { happenings }: History): boolean {
  const arrives = fact.type === 'messageDelivered' || fact.type === 'messageFetched' ? fact.letter : undefined
  return fact.type === 'messageRemoved' || (arrives !== undefined && !happenings.returned.has(arrives))
}

/** One for each fate. `begins`: no sentence before names the message. */
function sentences(
  { has, way, waits, back, home }: Fates,
  names: Names,
  history: History,
  t: Instant,
  begins: boolean,
  short = false,
): readonly string[] {
  // A try that has begun is not waited for.
  const [tried, waiting] = [waits.filter(([by]) => isTried(by, t)), waits.filter(([by]) => !isTried(by, t))]
  const under = [...way, ...tried.flatMap(([, to]) => to)]
  const first = begins && has.length === 0
  const all: string[] = []
  if (has.length > 0) all.push(fatesText('has', { recipients: has.join(', '), count: has.length }))
  if (under.length > 0) all.push(fatesText(first ? 'wayFirst' : 'way', { recipients: under.join(', ') }))
  for (const [by, to] of waiting) all.push(waitWords(by, to.join(', '), names, history, t, short))
  const backHome = home ? 'yes' : 'no'
  if (short && back.length > 0)
    all.push(fatesText('backShort', { recipients: back.flatMap(([, to]) => to).join(', '), home: backHome }))
  else
    for (const [by, to] of back)
      all.push(
        fatesText(begins && all.length === 0 ? 'backFirst' : 'back', {
          recipients: to.join(', '),
          home: backHome,
          why: whyNot(by, names, history),
        }),
      )
  return all
}

const isTried = ({ nextTry }: Wait, t: Instant): boolean => nextTry !== undefined && nextTry <= t

function waitWords(by: Wait, recipients: string, names: Names, history: History, t: Instant, short: boolean): string {
  const { nextTry, host, type } = by
  if (nextTry === undefined)
    return short
      ? fatesText('unsentShort', { recipients })
      : fatesText('unsent', { recipients, why: whyNot(by, names, history) })
  const then = {
    recipients,
    host: type === 'submissionFailed' ? names.title(host) : names.short(host),
    wait: waitText(nextTry - t),
  }
  return short
    ? fatesText('waitsShort', then)
    : fatesText('waits', { ...then, why: recoveredWords(by, names, history, t) ?? whyNot(by, names, history) })
}

function noticeWords(fact: HopFact | EventFact, names: Names): readonly string[] {
  switch (fact.type) {
    case 'messageQueued':
      return [fatesText('noticeQueued', { host: names.short(fact.host) })]
    case 'messageDelivered':
      return [fatesText('noticeDelivered', { user: fact.user })]
    case 'messageFetched':
      return [fatesText('noticeFetched', { host: names.title(fact.host) })]
    default:
      return []
  }
}

const known = new WeakMap<object, Fates | false>()

/** The fates of a message just after an event of it; undefined if all its recipients fare alike. An event has one past. */
function fatesAfter(fact: HopFact | EventFact, history: History): Fates | undefined {
  const message = messageOf(fact, history)
  if (message === undefined) return undefined
  const before = known.get(fact)
  const fates = before ?? fatesOf(message, fact, history) ?? false
  known.set(fact, fates)
  return fates || undefined
}

/** The message that an event tells about: of a notice the one that it returns. A warning tells its own. */
function messageOf(fact: HopFact | EventFact, { happenings }: History): MessageId | undefined {
  switch (fact.type) {
    case 'messageBounced':
    case 'messageDeferred':
    case 'submissionFailed':
      return fact.letter
    case 'messageQueued':
      return happenings.returned.get(fact.letter)?.[0]?.letter
    case 'messageDelivered':
    case 'messageFetched':
      return happenings.warnings.has(fact.letter)
        ? undefined
        : (happenings.returned.get(fact.letter)?.[0]?.letter ?? fact.letter)
    case 'messageRemoved': {
      const { host, user, uid, mailbox } = fact
      return happenings.lying.get(`${host} ${user} ${uid} ${mailbox}`)
    }
    default:
      return undefined
  }
}

/** Events among which those of one message are looked for. */
const LOOKED_AT = 2000

function fatesOf(message: MessageId, { order }: HopFact | EventFact, { happenings }: History): Fates | undefined {
  const { hops, returned } = happenings
  const recipients = new Map<string, Fate>()
  let home = false
  const end = hops.countUpTo((hop) => hop.order, order)
  for (let place = Math.max(0, end - LOOKED_AT); place < end; place++) {
    const hop = hops.get(place)
    if (!hop || !('letter' in hop)) continue
    home ||=
      hop.type === 'messageFetched' && returned.get(hop.letter)?.some(({ letter }) => letter === message) === true
    if (hop.letter === message) settle(recipients, hop)
  }
  const of = <Is extends Fate['is']>(is: Is) =>
    [...recipients].flatMap(([path, fate]) =>
      fate.is === is ? [[path, fate as Extract<Fate, { is: Is }>] as const] : [],
    )
  const paths = (all: readonly (readonly [path: string, ...unknown[]])[]) => all.map(([path]) => path)
  const [has, way] = [paths(of('has')), paths([...of('written'), ...of('way')])]
  const waits = grouped(of('waits').map(([path, { by }]) => [path, by, by.order]))
  const back = grouped(of('back').map(([path, { by }]) => [path, by, JSON.stringify(by.reason)]))
  const kinds = [has, way, waits, back].filter(({ length }) => length > 0).length
  return kinds + Math.max(0, waits.length - 1) + Math.max(0, back.length - 1) > 1
    ? { has, way, waits, back, home }
    : undefined
}

type Fate =
  /** Written: no server has it yet. */
  | { readonly is: 'written' }
  | { readonly is: 'way' }
  | { readonly is: 'has' }
  | { readonly is: 'waits'; readonly by: Wait }
  | { readonly is: 'back'; readonly by: FactOf<'messageBounced'> }

function settle(recipients: Map<string, Fate>, hop: HopFact): void {
  const set = (paths: readonly string[], fate: Fate): void => {
    for (const path of paths) if (recipients.get(path)?.is !== 'has') recipients.set(path, fate)
  }
  switch (hop.type) {
    case 'messageWritten':
      set(hop.forwardPaths, { is: 'written' })
      return
    case 'submissionFailed':
      set(
        [...recipients].flatMap(([path, fate]) => (isUnsent(fate) ? [path] : [])),
        { is: 'waits', by: hop },
      )
      return
    case 'messageQueued':
      set(hop.forwardPaths, { is: 'way' })
      return
    case 'messageDeferred':
      set(hop.forwardPaths, { is: 'waits', by: hop })
      return
    case 'messageDelivered':
      set(hop.forwardPaths, { is: 'has' })
      return
    case 'messageBounced':
      set([hop.forwardPath], { is: 'back', by: hop })
      return
    default:
  }
}

/** No server has taken it for this recipient. */
const isUnsent = (fate: Fate): boolean =>
  fate.is === 'written' || (fate.is === 'waits' && fate.by.type === 'submissionFailed')

/** The recipients with the same fact, or with facts of the same key. */
function grouped<By>(
  all: readonly (readonly [path: string, by: By, key: unknown])[],
): readonly (readonly [by: By, paths: readonly string[]])[] {
  const groups = new Map<unknown, [By, string[]]>()
  for (const [path, by, key] of all) {
    const group = groups.get(key) ?? [by, []]
    group[1].push(path)
    groups.set(key, group)
  }
  return [...groups.values()]
}
