import type { MapLayout, Scenario, ScenarioHost } from '../../../world/scenario'

/** A scenario in the form for serving: with a gateway, at the present time, with the options of the command line. */

const GATEWAY = 'gateway'
/** Kilobits a second: output to an outside program takes no virtual time. */
const GREAT_BANDWIDTH = 1e12
/**
 * Octets of the largest packet between an outside program and a host, as on a loopback: several fit in the window, so no end
 * waits for the other.
 */
const LOOPBACK_MTU = 16_384

/** An address of the documentation ranges (RFC 5737) that no host has. */
function freeAddress(scenario: Scenario): string {
  const taken = new Set(scenario.hosts.map(({ address }) => address))
  for (let last = 254; last > 0; last--) if (!taken.has(`192.0.2.${last}`)) return `192.0.2.${last}`
  throw new Error('a scenario leaves one address of 192.0.2.0/24 free')
}

/** The host that represents outside programs: the scenario's own, or an added one. */
export function withGateway(scenario: Scenario): { readonly scenario: Scenario; readonly gateway: string } {
  const own = scenario.hosts.find(({ role }) => role === 'gateway')
  if (own) return { scenario: { ...scenario, links: linksTo(scenario, own.name) }, gateway: own.name }
  const host: ScenarioHost = { name: GATEWAY, address: freeAddress(scenario), role: 'gateway', config: {} }
  const place: MapLayout['hosts'][string] = {
    x: 80,
    y: 340,
    symbol: 'laptop',
    title: 'your programs',
    label: 'below',
    region: scenario.map.regions[0]?.key ?? '',
  }
  const hosts = [...scenario.hosts, host]
  const map = { ...scenario.map, hosts: { ...scenario.map.hosts, [GATEWAY]: place } }
  return { scenario: { ...scenario, hosts, map, links: linksTo(scenario, GATEWAY) }, gateway: GATEWAY }
}

/** All links, and one without delay from the gateway to every host without a link to it. */
function linksTo(scenario: Scenario, gateway: string): Scenario['links'] {
  const linked = new Set(
    scenario.links.filter(({ between }) => between.includes(gateway)).flatMap(({ between }) => [...between]),
  )
  const missing = scenario.hosts.filter(({ name }) => name !== gateway && !linked.has(name))
  return [
    ...scenario.links,
    ...missing.map(({ name }) => ({
      between: [gateway, name] as const,
      latency: 0,
      jitter: 0,
      bandwidth: GREAT_BANDWIDTH,
      loss: 0,
      mtu: LOOPBACK_MTU,
    })),
  ]
}

type Config = ScenarioHost['config']

/** The scenario with the configuration of all its mail servers changed. */
const withServers = (scenario: Scenario, change: (config: Config) => Config): Scenario => ({
  ...scenario,
  hosts: scenario.hosts.map((host) => (host.role === 'mailServer' ? { ...host, config: change(host.config) } : host)),
})

/**
 * The scenario with its beginning at a second of the civil clock, that of `unixMs`, so that `Date:` and `Received:` have the
 * real time. Each beginning has empty mailboxes and counts from UID 1 again, so it has its own UIDVALIDITY, unless the scenario
 * names one (RFC 9051 section 2.3.1.1): UIDs of IMAP and unique-ids of POP3 from an earlier world are invalid in this one.
 */
export const beginningAt = (scenario: Scenario, unixMs: number): Scenario => ({
  ...withServers(scenario, (config) => ({ uidValidity: uidValidityAt(unixMs), ...config })),
  epoch: new Date(unixMs).toISOString().replace(/\.\d+Z$/, 'Z'),
})

/**
 * Eighths of a second since 2026: they fit in the 32 bits of a UIDVALIDITY until 2043, and grow faster than a program can
 * create mailboxes, each of which takes the next number.
 */
const uidValidityAt = (unixMs: number): number =>
  (Math.max(0, Math.floor((unixMs - Date.UTC(2026, 0, 1)) / 125)) % 0xffff_0000) + 1

/** The scenario whose servers all accept passwords without TLS. */
export const withPlaintextAuth = (scenario: Scenario): Scenario =>
  withServers(scenario, (config) => ({ ...config, plaintextAuth: true }))
