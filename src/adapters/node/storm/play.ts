import { type Duration, type Instant, instant, later, minutes } from '../../../base/time'
import type { MailProgramState } from '../../../hosts/mailProgram/state'
import { complete, type MailServerConfig } from '../../../hosts/mailServer/config'
import type { MailServerState } from '../../../hosts/mailServer/state'
import { advance, intervene } from '../../../world/advance'
import { buildWorld } from '../../../world/build'
import type { Fact } from '../../../world/fact'
import type { InterventionBody } from '../../../world/intervention'
import type { Catalogue } from '../../../world/role'
import type { ScenarioLink } from '../../../world/scenario'
import { type Host, type HostName, linkId, type World } from '../../../world/world'
import { type ServerFaults, withFaults, withoutFaults } from './faultyServers'
import type { Aim, Plan, PlannedEvent } from './plan'
import { type SenderState, unsettled } from './sender'
import { CAN_STOP, MAIL_SERVERS } from './stormWorld'

/** A storm after it was played. */
export interface Storm {
  readonly plan: Plan
  readonly trace: readonly Fact[]
  /** Long after all faults have ended. */
  readonly world: World
}

/** The time after the end of all faults in which the world may still deliver mail: longer than any give-up time. */
const PATIENCE = minutes(60 * 24 * 12)

/** Plays a storm: the faults, then none until all mail is settled. `base` is the behaviour of the world's hosts. */
export function play(plan: Plan, base: Catalogue = withoutFaults): Storm {
  const run = new Run(buildWorld(plan.scenario, base, plan.seed))
  const events = [...plan.events]
  const behaviourFor = (n: number): Catalogue =>
    withFaults(base, plan.serverFaults[n % plan.serverFaults.length] as ServerFaults)
  for (let n = 0; events[0] && events[0].at < plan.faultsEnd; n++) {
    const event = events.shift() as PlannedEvent
    run.until(event.at, behaviourFor(n))
    const body =
      event.body.type === 'aim' ? aim(run, event.body, event.facts, plan.faultsEnd, behaviourFor(n)) : event.body
    if (!body) continue
    if (event.body.type !== 'aim' && event.facts > 0) run.facts(event.facts, plan.faultsEnd, behaviourFor(n))
    run.do(body, base)
    const undone = event.lasts === undefined ? undefined : undoOf(plan, body)
    if (undone) insert(events, { at: later(run.now, event.lasts as Duration), facts: 0, body: undone })
  }
  run.until(plan.faultsEnd, behaviourFor(events.length))
  clear(run, plan, base)
  const end = later(run.now, PATIENCE)
  for (let step = 0; run.now < end; step++) {
    run.until(later(run.now, minutes(step < 60 ? 10 : 120)), base)
    if (allSettled(run.world)) break
  }
  // Time for the end of sessions that only wait.
  run.until(later(run.now, minutes(60)), base)
  return { plan, trace: run.trace, world: run.world }
}

/**
 * Waits for a client that has sent its mail data, and a few facts more; returns the target, or undefined if there was no such
 * client.
 */
function aim(run: Run, { at }: Aim, facts: number, limit: Instant, catalogue: Catalogue): InterventionBody | undefined {
  const data = run.next((fact) => fact.type === 'sent' && fact.means.kind === 'mailData', limit, catalogue)
  if (data?.type !== 'sent') return undefined
  const opening = run.trace.find((fact) => fact.type === 'connectionOpening' && fact.connection === data.connection)
  if (opening?.type !== 'connectionOpening') return undefined
  if (facts > 0) run.facts(facts, limit, catalogue)
  const { client, server } = opening
  if (at === 'wire') return { type: 'linkChanged', between: [client, server], up: false }
  const host = at === 'server' ? server : client
  return CAN_STOP.includes(host) ? { type: 'hostStopped', host } : undefined
}

/** The intervention that undoes a deed: power again, or the link's original conditions. */
function undoOf({ scenario }: Plan, body: InterventionBody): InterventionBody | undefined {
  if (body.type === 'hostStopped') return { type: 'hostStarted', host: body.host }
  if (body.type !== 'linkChanged') return undefined
  const { between } = body
  const id = linkId(...between)
  const link = scenario.links.find((listed) => linkId(...listed.between) === id)
  return link ? fair(link) : undefined
}

const fair = ({ between, latency }: ScenarioLink): InterventionBody => ({
  type: 'linkChanged',
  between,
  up: true,
  loss: 0,
  jitter: 0,
  duplication: 0,
  latency,
})

function insert(events: PlannedEvent[], event: PlannedEvent): void {
  const at = events.findIndex((other) => other.at > event.at)
  events.splice(at === -1 ? events.length : at, 0, event)
}

/** Restores every link and every policy, and gives every host power. */
function clear(run: Run, { scenario }: Plan, base: Catalogue): void {
  for (const link of scenario.links) run.do(fair(link), base)
  for (const { name } of scenario.hosts) run.do({ type: 'hostStarted', host: name }, base)
  for (const { name, role, config } of scenario.hosts) {
    if (role !== 'mailServer') continue
    const { tls, outgoingTls, outgoingPipelining, outgoingChunking, maxRecipients, holdQueue } = complete(
      config as MailServerConfig,
    )
    const switches = { tls, outgoingTls, outgoingPipelining, outgoingChunking, maxRecipients, holdQueue }
    for (const [policy, value] of Object.entries(switches))
      run.do({ type: 'policyChanged', host: name, policy, value }, base)
  }
}

/** True if no host has anything left to deliver. */
export function allSettled(world: World): boolean {
  return MAIL_SERVERS.every((name) => queueOf(world, name).length === 0) && atHome(world).length === 0
}

const stateOf = (world: World, host: HostName): object => (world.hosts[host] as Host).state

/** Message-IDs in a server's queue. */
export const queueOf = (world: World, server: string): readonly string[] =>
  Object.keys((stateOf(world, server) as MailServerState).queue)

/** Messages that the mail program or the sender still has to send. */
export function atHome(world: World): readonly string[] {
  const { outbox } = stateOf(world, 'laptop') as MailProgramState
  const waiting = outbox
    .filter(({ state }) => state !== 'sent' && state !== 'failed')
    .map(({ letter: message }) => message)
  return [...waiting, ...unsettled(stateOf(world, 'sender') as SenderState).map(({ id }) => id)]
}

class Run {
  readonly trace: Fact[] = []
  world: World

  constructor(world: World) {
    this.world = world
  }
  get now(): Instant {
    return this.world.now
  }
  until(at: Instant, catalogue: Catalogue): void {
    if (at > this.now) this.#take(advance(this.world, at, catalogue))
  }
  /** Runs until so many facts have happened, or the instant has come. */
  facts(count: number, limit: Instant, catalogue: Catalogue): void {
    this.#take(advance(this.world, instant(limit), catalogue, count))
  }
  /** Runs until a fact of this kind has happened, one step at a time; undefined where the instant came first. */
  next(matches: (fact: Fact) => boolean, limit: Instant, catalogue: Catalogue): Fact | undefined {
    while (this.now < limit) {
      const from = this.trace.length
      this.facts(1, limit, catalogue)
      for (let at = from; at < this.trace.length; at++) if (matches(this.trace[at] as Fact)) return this.trace[at]
    }
    return undefined
  }
  do(body: InterventionBody, catalogue: Catalogue): void {
    this.#take(intervene(this.world, { at: this.now, ...body }, catalogue))
  }
  #take({ world, facts }: { readonly world: World; readonly facts: readonly Fact[] }): void {
    this.world = world
    for (const fact of facts) this.trace.push(fact)
  }
}
