import { fromText, type Octets } from '../../../base/octets'
import { type Duration, type Instant, instant, milliseconds, minutes, seconds } from '../../../base/time'
import type { InterventionBody } from '../../../world/intervention'
import type { Scenario } from '../../../world/scenario'
import type { HostName } from '../../../world/world'
import { Dice } from './dice'
import { NOTIFY, NOTIFY_FIELD, type Notify } from './sender'
import { MAIL_SERVERS, MORTALS, RECIPIENTS, stormScenario } from './stormWorld'
import type { Trouble } from './trouble'

/** The plan of a storm: its world, its messages, and its faults with their times. All of it follows from the seed. */
export interface Plan {
  readonly seed: number
  readonly scenario: Scenario
  readonly letters: readonly StormLetter[]
  /** In the order of their instants. */
  readonly deeds: readonly Deed[]
  /** The servers' faults from each deed to the next. */
  readonly troubles: readonly Trouble[]
  /** The instant at which all faults end. */
  readonly clears: Instant
}

export interface StormLetter {
  /** Message-ID without angle brackets. */
  readonly id: string
  readonly reversePath: string
  readonly forwardPaths: readonly string[]
  /** The notices that the sender requests (RFC 3461 section 4.1); the mail program requests none. */
  readonly notify?: Notify
}

/** A fault or action in the world, not before its instant. */
export interface Deed {
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
  const dice = new Dice(seed ^ 0x5707_3141)
  const scenario = stormScenario(dice)
  const clears = minutes(dice.pick([3, 10, 40]))
  const letters: StormLetter[] = []
  const deeds: Deed[] = []
  for (let n = 1, count = dice.pick([1, 1, 2, 3]); n <= count; n++) {
    const [letter, deed] = letterDeed(dice, `${n}.${seed}@storm.example`, clears)
    letters.push(letter)
    deeds.push(deed)
  }
  const times = deeds.map(({ at }) => at)
  for (let n = dice.between(0, 3); n > 0; n--)
    deeds.push(powerCut(dice, dice.pick([...times, instant(dice.between(0, clears))])))
  for (let n = dice.between(0, 3); n > 0; n--) deeds.push(aimed(dice, dice.pick(times)))
  if (dice.chance(0.4)) deeds.push(switched(dice, dice.pick(times)))
  if (dice.chance(0.4)) deeds.push(dnsFailure(dice, dice.pick(times)))
  for (let n = dice.between(0, 5); n > 0; n--) deeds.push(badLink(dice, scenario, clears))
  deeds.sort((a, b) => a.at - b.at)
  const troubles = Array.from({ length: dice.between(1, 6) }, () => trouble(dice))
  return { seed, scenario, letters, deeds, troubles, clears: instant(clears) }
}

function letterDeed(dice: Dice, id: string, within: Duration): readonly [StormLetter, Deed] {
  const host = dice.pick(['laptop', 'sender'])
  // The sender has a list of exchangers for one domain a message; the mail program has its server, which accepts all.
  const choice =
    host === 'laptop'
      ? RECIPIENTS
      : RECIPIENTS.filter((path) => path.endsWith('@bird.example') || path.startsWith('carol'))
  const any = dice.some(choice, dice.pick([1, 2, 2, 4]))
  const domain = any[0]?.split('@')[1]
  const forwardPaths = host === 'laptop' ? any : any.filter((path) => path.endsWith(`@${domain}`))
  const reversePath =
    host === 'laptop' ? 'alice@paper.example' : dice.pick(['carol@paper.example', 'bob@bird.example', ''])
  const notify = host === 'sender' ? dice.pick([undefined, undefined, ...NOTIFY]) : undefined
  const message = messageOf(dice, id, reversePath, forwardPaths, notify)
  const at = instant(dice.between(0, Math.floor(within / 2)))
  return [
    { id, reversePath, forwardPaths, ...(notify === undefined ? {} : { notify }) },
    { at, facts: 0, body: { type: 'submitted', host, account: reversePath, forwardPaths, message } },
  ]
}

function messageOf(dice: Dice, id: string, from: string, to: readonly string[], notify: Notify | undefined): Octets {
  const lines = dice.pick([1, 1, 3, 60, 600])
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

function powerCut(dice: Dice, near: Instant): Deed {
  // Mostly the servers that have promised something.
  const host: HostName = dice.pick(dice.chance(0.75) ? MAIL_SERVERS : MORTALS)
  const at = instant(near + dice.pick([0, 0, 0, 1000, 60_000]))
  return { at, facts: dice.between(0, FACTS), body: { type: 'hostStopped', host }, lasts: pause(dice) }
}

/** An administrator changes a policy in the middle; `play` restores it when the faults end. */
function switched(dice: Dice, near: Instant): Deed {
  const [policy, value] = dice.pick([
    ['maxRecipients', 1],
    ['tls', 'none'],
    ['tls', 'required'],
    ['outgoingTls', 'never'],
    ['outgoingTls', 'required'],
    ['outgoingPipelining', true],
    ['outgoingChunking', true],
  ] as const)
  return {
    at: near,
    facts: dice.between(0, FACTS),
    body: { type: 'policyChanged', host: dice.pick(MAIL_SERVERS), policy, value },
  }
}

/** A name server or the resolver fails just when it is needed: SERVFAIL, or no response at all. */
function dnsFailure(dice: Dice, near: Instant): Deed {
  const host = dice.pick(['resolver', 'resolver', 'root', 'ns'])
  return {
    at: near,
    facts: dice.pick([0, dice.between(0, FACTS_OF_A_HANDOVER * 4)]),
    body: { type: 'hostStopped', host },
    lasts: dice.pick([seconds(8), minutes(1), minutes(10)]),
  }
}

const pause = (dice: Dice): Duration => dice.pick([milliseconds(50), seconds(2), seconds(20), minutes(4), minutes(30)])

const aimed = (dice: Dice, near: Instant): Deed => ({
  at: instant(near + dice.pick([0, 0, 20_000])),
  facts: dice.between(0, FACTS_OF_A_HANDOVER),
  body: { type: 'aim', at: dice.pick(['server', 'client', 'wire']) },
  lasts: pause(dice),
})

function badLink(dice: Dice, scenario: Scenario, within: Duration): Deed {
  const { between } = dice.pick(scenario.links)
  const bad = dice.pick([
    { up: false },
    { loss: 0.05 },
    { loss: 0.3 },
    { loss: 0.9 },
    { jitter: 50, duplication: 0.1 },
    { jitter: 3000, duplication: 0.5 },
    { latency: 2500, loss: 0.1, duplication: 0.1, jitter: 500 },
  ])
  return {
    at: instant(dice.between(0, within)),
    facts: dice.pick([0, dice.between(0, FACTS)]),
    body: { type: 'linkChanged', between, ...bad },
    lasts: dice.pick([seconds(1), seconds(15), minutes(3), minutes(60)]),
  }
}

function trouble(dice: Dice): Trouble {
  const salt = dice.between(0, 1_000_000_000)
  const none = { salt, putsOff: 0, code: 451, refuses: 0, dies: 0 } as const
  if (dice.chance(0.4)) return none
  return {
    ...none,
    putsOff: dice.pick([0, 0.05, 0.2]),
    code: dice.pick([451, 421]),
    refuses: dice.pick([0, 0.1, 0.5]),
    dies: dice.pick([0, 0.05, 0.2]),
  }
}
