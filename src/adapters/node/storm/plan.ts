import { fromText, type Octets } from '../../../base/octets'
import { type Duration, type Instant, instant, milliseconds, minutes, seconds } from '../../../base/time'
import type { InterventionBody } from '../../../world/intervention'
import type { Scenario } from '../../../world/scenario'
import type { HostName } from '../../../world/world'
import type { ServerFaults } from './faultyServers'
import { RandomChoices } from './randomChoices'
import { NOTIFY, NOTIFY_FIELD, type Notify } from './sender'
import { CAN_STOP, MAIL_SERVERS, RECIPIENTS, stormScenario } from './stormWorld'

/** The plan of a storm: its world, its messages, and its faults with their times. All of it follows from the seed. */
export interface Plan {
  readonly seed: number
  readonly scenario: Scenario
  readonly messages: readonly StormMessage[]
  /** In the order of their instants. */
  readonly events: readonly PlannedEvent[]
  /** The servers' faults from each deed to the next. */
  readonly serverFaults: readonly ServerFaults[]
  /** The instant at which all faults end. */
  readonly faultsEnd: Instant
}

export interface StormMessage {
  /** Message-ID without angle brackets. */
  readonly id: string
  readonly reversePath: string
  readonly forwardPaths: readonly string[]
  /** The notices that the sender requests (RFC 3461 section 4.1); the mail program requests none. */
  readonly notify?: Notify
}

/** A fault or action in the world, not before its instant. */
export interface PlannedEvent {
  readonly at: Instant
  /** It waits until this many more facts have happened, so that a host can stop in the middle of anything. */
  readonly facts: number
  readonly body: InterventionBody | Aim
  /** Its duration; without one it is never undone. */
  readonly lasts?: Duration
}

/**
 * A fault during the transfer of a message: it waits until a client has sent its mail data, and then hits the server, the
 * client or the link between them, while responsibility for the message is uncertain.
 */
export interface Aim {
  readonly type: 'aim'
  readonly at: 'server' | 'client' | 'wire'
}

/** The greatest number of other facts before a fault. */
const FACTS = 250
/** The same once the mail data is on its way. */
const FACTS_OF_A_HANDOVER = 12

export function planOf(seed: number): Plan {
  // The world uses the seed itself: these random numbers must be different.
  const random = new RandomChoices(seed ^ 0x5707_3141)
  const scenario = stormScenario(random)
  const faultsEnd = minutes(random.pick([3, 10, 40]))
  const messages: StormMessage[] = []
  const events: PlannedEvent[] = []
  for (let n = 1, count = random.pick([1, 1, 2, 3]); n <= count; n++) {
    const [message, event] = messageEvent(random, `${n}.${seed}@storm.example`, faultsEnd)
    messages.push(message)
    events.push(event)
  }
  const times = events.map(({ at }) => at)
  for (let n = random.between(0, 3); n > 0; n--)
    events.push(powerCut(random, random.pick([...times, instant(random.between(0, faultsEnd))])))
  for (let n = random.between(0, 3); n > 0; n--) events.push(aimed(random, random.pick(times)))
  if (random.chance(0.4)) events.push(switched(random, random.pick(times)))
  if (random.chance(0.4)) events.push(dnsFailure(random, random.pick(times)))
  for (let n = random.between(0, 5); n > 0; n--) events.push(badLink(random, scenario, faultsEnd))
  events.sort((a, b) => a.at - b.at)
  const serverFaults = Array.from({ length: random.between(1, 6) }, () => chosenFaults(random))
  return { seed, scenario, messages, events, serverFaults, faultsEnd: instant(faultsEnd) }
}

function messageEvent(random: RandomChoices, id: string, within: Duration): readonly [StormMessage, PlannedEvent] {
  const host = random.pick(['laptop', 'sender'])
  // The sender has a list of exchangers for one domain a message; the mail program has its server, which accepts all.
  const choice =
    host === 'laptop'
      ? RECIPIENTS
      : RECIPIENTS.filter((path) => path.endsWith('@bird.example') || path.startsWith('carol'))
  const any = random.some(choice, random.pick([1, 2, 2, 4]))
  const domain = any[0]?.split('@')[1]
  const forwardPaths = host === 'laptop' ? any : any.filter((path) => path.endsWith(`@${domain}`))
  const reversePath =
    host === 'laptop' ? 'alice@paper.example' : random.pick(['carol@paper.example', 'bob@bird.example', ''])
  const notify = host === 'sender' ? random.pick([undefined, undefined, ...NOTIFY]) : undefined
  const message = messageOf(random, id, reversePath, forwardPaths, notify)
  const at = instant(random.between(0, Math.floor(within / 2)))
  return [
    { id, reversePath, forwardPaths, ...(notify === undefined ? {} : { notify }) },
    { at, facts: 0, body: { type: 'submitted', host, account: reversePath, forwardPaths, message } },
  ]
}

function messageOf(
  random: RandomChoices,
  id: string,
  from: string,
  to: readonly string[],
  notify: Notify | undefined,
): Octets {
  const lines = random.pick([1, 1, 3, 60, 600])
  const header = [
    `From: ${from || 'robot@far.example'}`,
    `To: ${to.join(', ')}`,
    'Date: Sat, 21 Nov 2026 09:30:00 +0000',
    'Subject: In any weather',
    `Message-ID: <${id}>`,
    ...(notify === undefined ? [] : [`${NOTIFY_FIELD}: ${notify}`]),
  ]
  // Lines with a dot at their beginning: they must arrive unchanged.
  const body = Array.from({ length: lines }, (_, n) => `${n % 7 === 0 ? '.' : ''}line ${n}`)
  return fromText(`${[...header, '', ...body].join('\r\n')}\r\n`)
}

function powerCut(random: RandomChoices, near: Instant): PlannedEvent {
  // Mostly the servers that have promised something.
  const host: HostName = random.pick(random.chance(0.75) ? MAIL_SERVERS : CAN_STOP)
  const at = instant(near + random.pick([0, 0, 0, 1000, 60_000]))
  return { at, facts: random.between(0, FACTS), body: { type: 'hostStopped', host }, lasts: pause(random) }
}

/** An administrator changes a policy in the middle; `play` restores it when the faults end. */
function switched(random: RandomChoices, near: Instant): PlannedEvent {
  const [policy, value] = random.pick([
    ['maxRecipients', 1],
    ['tls', 'none'],
    ['tls', 'required'],
    ['outgoingTls', 'never'],
    ['outgoingTls', 'required'],
    ['outgoingPipelining', true],
    ['outgoingChunking', true],
    ['holdQueue', true],
  ] as const)
  return {
    at: near,
    facts: random.between(0, FACTS),
    body: { type: 'policyChanged', host: random.pick(MAIL_SERVERS), policy, value },
  }
}

/** A name server or the resolver fails just when it is needed: SERVFAIL, or no response at all. */
function dnsFailure(random: RandomChoices, near: Instant): PlannedEvent {
  const host = random.pick(['resolver', 'resolver', 'root', 'ns'])
  return {
    at: near,
    facts: random.pick([0, random.between(0, FACTS_OF_A_HANDOVER * 4)]),
    body: { type: 'hostStopped', host },
    lasts: random.pick([seconds(8), minutes(1), minutes(10)]),
  }
}

const pause = (random: RandomChoices): Duration =>
  random.pick([milliseconds(50), seconds(2), seconds(20), minutes(4), minutes(30)])

const aimed = (random: RandomChoices, near: Instant): PlannedEvent => ({
  at: instant(near + random.pick([0, 0, 20_000])),
  facts: random.between(0, FACTS_OF_A_HANDOVER),
  body: { type: 'aim', at: random.pick(['server', 'client', 'wire']) },
  lasts: pause(random),
})

function badLink(random: RandomChoices, scenario: Scenario, within: Duration): PlannedEvent {
  const { between } = random.pick(scenario.links)
  const bad = random.pick([
    { up: false },
    { loss: 0.05 },
    { loss: 0.3 },
    { loss: 0.9 },
    { jitter: 50, duplication: 0.1 },
    { jitter: 3000, duplication: 0.5 },
    { latency: 2500, loss: 0.1, duplication: 0.1, jitter: 500 },
  ])
  return {
    at: instant(random.between(0, within)),
    facts: random.pick([0, random.between(0, FACTS)]),
    body: { type: 'linkChanged', between, ...bad },
    lasts: random.pick([seconds(1), seconds(15), minutes(3), minutes(60)]),
  }
}

function chosenFaults(random: RandomChoices): ServerFaults {
  const salt = random.between(0, 1_000_000_000)
  const none = { salt, putsOff: 0, code: 451, refuses: 0, dies: 0 } as const
  if (random.chance(0.4)) return none
  return {
    ...none,
    putsOff: random.pick([0, 0.05, 0.2]),
    code: random.pick([451, 421]),
    refuses: random.pick([0, 0.1, 0.5]),
    dies: random.pick([0, 0.05, 0.2]),
  }
}
