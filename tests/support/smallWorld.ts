import { RandomChoices } from '../../src/adapters/node/storm/randomChoices'
import { stormScenario } from '../../src/adapters/node/storm/stormWorld'
import { fromText } from '../../src/base/octets'
import { instant, later, seconds } from '../../src/base/time'
import type { MailProgramConfig } from '../../src/hosts/mailProgram/state'
import type { MailServerConfig } from '../../src/hosts/mailServer/config'
import { advance, intervene, nextDue } from '../../src/world/advance'
import { buildWorld } from '../../src/world/build'
import type { Fact } from '../../src/world/fact'
import type { InterventionBody } from '../../src/world/intervention'
import type { Catalogue } from '../../src/world/role'
import type { Scenario, ScenarioHost } from '../../src/world/scenario'
import type { Snapshot, Timeline } from '../../src/world/timeline'
import type { World } from '../../src/world/world'

/**
 * A small world of mail under bad link conditions, from a seed: messages to several recipients, some of whom do not exist or
 * have a full mailbox, hosts that lose power, links that break, two devices that fetch, and a person who types IMAP.
 */
export interface SmallRun {
  readonly timeline: Timeline
  /** The world at each instant with a fact, in order, after all of that instant. */
  readonly worlds: readonly World[]
}

const RECIPIENTS = [
  'bob@bird.example',
  'dave@bird.example',
  'carol@paper.example',
  'ghost@bird.example',
  'nobody@bird.example',
  'zed@closed.example',
] as const
const MORTALS = ['out', 'mx1', 'mx2', 'store', 'laptop', 'phone', 'reader', 'resolver'] as const
/** Virtual seconds of the run. */
const WATCHED = 20

function scenarioOf(random: RandomChoices): Scenario {
  const storm = stormScenario(random)
  const device = (name: string, address: string, config: Omit<MailProgramConfig, 'resolver'>): ScenarioHost => ({
    name,
    address,
    role: 'mailProgram',
    config: { resolver: '192.0.2.53', knownHosts: { store: '203.0.113.143' }, ...config },
  })
  const hosts = storm.hosts.map((host): ScenarioHost => {
    if (host.name !== 'store') return host
    const config = host.config as Partial<MailServerConfig>
    const services = [
      ...(config.services ?? []),
      { port: 143, service: 'imap' } as const,
      { port: 110, service: 'pop3' } as const,
    ]
    const accounts = (config.accounts ?? []).map((account) =>
      account.address.startsWith('dave') ? { ...account, quota: { messages: random.pick([0, 1]) } } : account,
    )
    return { ...host, config: { ...config, services, accounts } }
  })
  const bob = { address: 'bob@bird.example', user: 'bob@bird.example', password: 'b' }
  const dave = { address: 'dave@bird.example', user: 'dave@bird.example', password: 'd' }
  const first = random.between(0, 5)
  return {
    ...storm,
    hosts: [
      ...hosts,
      device('phone', '192.0.2.11', {
        accounts: random.pick([[bob], [bob], [bob, dave]]).map((account) => ({
          ...account,
          retrieval: { protocol: 'IMAP', host: 'store', port: 143, idle: true, first },
        })),
      }),
      device('reader', '192.0.2.12', {
        accounts: [{ ...bob, retrieval: { protocol: 'POP3', host: 'store', port: 110, first: first + 4, every: 9 } }],
      }),
    ],
  }
}

type Deed = InterventionBody & { readonly at: number }

function deedsOf(random: RandomChoices, scenario: Scenario): readonly Deed[] {
  const deeds: Deed[] = []
  for (let n = random.pick([1, 1, 1, 2]); n > 0; n--) {
    const forwardPaths = random.some(RECIPIENTS, random.between(1, 4))
    const text = `From: alice@paper.example\r\nTo: ${forwardPaths.join(', ')}\r\nMessage-ID: <${n}@small.example>\r\n\r\nHello\r\n`
    deeds.push({
      at: random.between(0, 2000),
      type: 'submitted',
      host: 'laptop',
      account: 'alice@paper.example',
      forwardPaths,
      message: fromText(text),
    })
  }
  for (let n = random.between(0, 2); n > 0; n--) {
    const at = random.between(0, 6000)
    const host = random.pick(MORTALS)
    deeds.push({ at, type: 'hostStopped', host })
    if (random.chance(0.8)) deeds.push({ at: at + random.pick([50, 2000, 9000]), type: 'hostStarted', host })
  }
  for (let n = random.between(0, 2); n > 0; n--) {
    const at = random.between(0, 6000)
    const { between } = random.pick(scenario.links)
    const bad = random.pick([{ up: false }, { loss: 0.5 }, { loss: 0.2, duplication: 0.3, jitter: 200 }])
    deeds.push({ at, type: 'linkChanged', between, ...bad })
    deeds.push({ at: at + random.pick([500, 5000, 30_000]), type: 'linkChanged', between, up: true, loss: 0 })
  }
  if (random.chance(0.4)) deeds.push(...typedDialogue(random))
  if (random.chance(0.2))
    deeds.push({ at: random.between(0, 9000), type: 'policyChanged', host: 'store', policy: 'tls', value: 'required' })
  return deeds.sort((a, b) => a.at - b.at)
}

/** A person moves messages from mailbox to mailbox, and may hang up before an answer. */
function typedDialogue(random: RandomChoices): readonly Deed[] {
  const start = random.between(3000, 8000)
  const person = { host: 'laptop', terminal: 'a' } as const
  const lines = [
    'a LOGIN bob@bird.example b',
    'b CREATE Kept',
    'c SELECT INBOX',
    'd COPY 1:* Kept',
    'e STORE 1 +FLAGS (\\Deleted)',
    'f EXPUNGE',
    'g DELETE Kept',
    'h LOGOUT',
  ].slice(0, random.between(0, 8))
  return [
    { at: start, type: 'connected', ...person, to: '203.0.113.143', port: random.pick([143, 143, 143, 9]) },
    ...lines.map(
      (line, n): Deed => ({
        at: start + 300 * (n + 1),
        type: 'typed',
        ...person,
        octets: fromText(`${line}\r\n`),
      }),
    ),
    { at: start + random.pick([1, 300 * 10]), type: 'hungUp', ...person },
  ]
}

/** Plays one. Like a timeline, it keeps a snapshot after a fixed number of facts. */
export function smallRun(seed: number, catalogue: Catalogue): SmallRun {
  const random = new RandomChoices(seed)
  const scenario = scenarioOf(random)
  const deeds = [...deedsOf(random, scenario)]
  let world = buildWorld(scenario, catalogue, seed)
  const trace: Fact[] = []
  const worlds: World[] = []
  const snapshots: Snapshot[] = [{ world, facts: 0 }]
  const take = (after: { readonly world: World; readonly facts: readonly Fact[] }): void => {
    world = after.world
    trace.push(...after.facts)
  }
  const end = later(instant(0), seconds(WATCHED))
  for (;;) {
    const due = Math.min(nextDue(world) ?? Number.POSITIVE_INFINITY, deeds[0]?.at ?? Number.POSITIVE_INFINITY)
    if (due > end) break
    take(advance(world, instant(due), catalogue))
    while (deeds[0]?.at === due) {
      const { at: _, ...body } = deeds.shift() as Deed
      take(intervene(world, { ...body, at: instant(due) }, catalogue))
      take(advance(world, instant(due), catalogue))
    }
    worlds.push(world)
    if (trace.length - (snapshots.at(-1)?.facts ?? 0) >= 12) snapshots.push({ world, facts: trace.length })
  }
  snapshots.push({ world, facts: trace.length })
  return { timeline: { scenario, seed, interventions: [], snapshots, trace, until: world.now, busy: false }, worlds }
}
