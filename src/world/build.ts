import { seeded } from '../base/random'
import { instant, milliseconds, START } from '../base/time'
import { AgendaDraft, emptyAgenda } from './agenda'
import { FIRST_PORT } from './ephemeralPorts'
import type { Catalogue } from './role'
import type { LinkSettings, WorldPlan } from './scenario'
import { type Host, type Link, type LinkConditions, linkId, type World } from './world'

/** An invalid scenario; `where` is the place in its file. */
export class ScenarioError extends Error {
  readonly where: string
  constructor(where: string, message: string, options?: ErrorOptions) {
    super(`${where}: ${message}`, options)
    this.name = 'ScenarioError'
    this.where = where
  }
}

/** Unix milliseconds of an ISO 8601 time in UTC with seconds, `2026-11-21T09:30:00Z`. */
export function epochOf(iso: string): number {
  const parts = /^(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d):(\d\d)Z$/.exec(iso)
  if (!parts) throw new ScenarioError('epoch', `"${iso}" is not a time such as 2026-11-21T09:30:00Z`)
  const [year, month, day, hour, minute, second] = parts.slice(1).map(Number) as [
    number,
    number,
    number,
    number,
    number,
    number,
  ]
  // Days since 1970-01-01, counted in years that begin on 1 March.
  const y = month <= 2 ? year - 1 : year
  const era = Math.floor(y / 400)
  const yearOfEra = y - era * 400
  const dayOfYear = Math.floor((153 * (month > 2 ? month - 3 : month + 9) + 2) / 5) + day - 1
  const dayOfEra = yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear
  const days = era * 146_097 + dayOfEra - 719_468
  return ((days * 24 + hour) * 60 + minute) * 60_000 + second * 1000
}

const conditionsOf = (conditions: LinkSettings): LinkConditions => ({
  latency: milliseconds(conditions.latency),
  jitter: milliseconds(conditions.jitter),
  // Kilobits per second are bits per millisecond.
  bandwidth: conditions.bandwidth / 8,
  loss: conditions.loss,
  ...(conditions.duplication === undefined ? {} : { duplication: conditions.duplication }),
  ...(conditions.mtu === undefined ? {} : { mtu: conditions.mtu }),
})

/** The world at instant 0. Throws a ScenarioError with one clear sentence if the scenario is invalid. */
export function buildWorld(scenario: WorldPlan, catalogue: Catalogue, seed: number = scenario.seed): World {
  const hosts: Record<string, Host> = {}
  const addresses = new Map<string, string>()
  const agenda = new AgendaDraft(emptyAgenda)
  scenario.hosts.forEach((given, at) => {
    const where = `hosts[${at}] (${given.name})`
    if (hosts[given.name]) throw new ScenarioError(where, 'another host has this name; give each host its own')
    for (const address of [given.address, ...(given.addresses ?? [])]) {
      const twin = addresses.get(address)
      if (twin !== undefined) throw new ScenarioError(where, `its address ${address} belongs to ${twin} already`)
      addresses.set(address, given.name)
    }
    const role = catalogue.roles[given.role]
    if (!role) {
      const known = Object.keys(catalogue.roles).join(', ')
      throw new ScenarioError(where, `there is no role "${given.role}"; the roles are ${known}`)
    }
    const self = { name: given.name, address: given.address }
    let state: object
    try {
      state = role.start(given.config, self)
    } catch (error) {
      throw new ScenarioError(where, (error as Error).message, { cause: error })
    }
    hosts[given.name] = {
      ...self,
      ...(given.addresses === undefined ? {} : { addresses: given.addresses }),
      role: given.role,
      up: true,
      listeners: role.listeners(state, self),
      sessions: {},
      state,
      nextPort: FIRST_PORT,
    }
    agenda.add(START, { type: 'boots', host: given.name }, undefined)
  })
  const links: Record<string, Link> = {}
  scenario.links.forEach((given, at) => {
    const [a, b] = given.between
    for (const end of given.between) {
      if (!hosts[end]) throw new ScenarioError(`links[${at}]`, `there is no host "${end}"`)
    }
    const id = linkId(a, b)
    links[id] = {
      id,
      ends: a < b ? [a, b] : [b, a],
      ...conditionsOf(given),
      up: true,
      busyUntil: [instant(0), instant(0)],
    }
  })
  return {
    now: START,
    random: seeded(seed),
    epoch: epochOf(scenario.epoch),
    hosts,
    links,
    internet: conditionsOf(scenario.internet),
    connections: {},
    agenda: agenda.freeze(),
    counters: { fact: 0, packet: 0, connection: 0, session: 0 },
  }
}
