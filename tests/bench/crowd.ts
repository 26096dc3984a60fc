import type { Scenario } from '../../src/world/scenario'

/**
 * A world in which many messages are under way at the same instant: each laptop submits one to each server. All dialogues keep
 * step with one another, since all links are alike, so their messages leave together; and no two travel the same way.
 */

/** One way from a laptop to a server is as long as all others, so that the messages stay together. */
const LINK = { latency: 400, jitter: 0, bandwidth: 1_000_000, loss: 0 }

/** The rows in which hosts of one kind stand, in units of the layout. */
const COLUMN = 7
const TOP = 30
const BOTTOM = 350

const laptop = (n: number): string => `laptop-${n}`
const server = (n: number): string => `mx${n}.town.example`
const user = (n: number): string => `user${n}`

/** Where the host of this number stands: from the top down, in columns beside one another. */
function spot(n: number, of: number, x: number): { readonly x: number; readonly y: number } {
  const rows = Math.min(COLUMN, of)
  const row = n % rows
  return { x: x + Math.floor(n / rows) * 90, y: TOP + ((BOTTOM - TOP) * row) / Math.max(1, rows - 1) }
}

/** A world with so many laptops and servers. */
export function crowdedWorld(name: string, laptops: number, servers: number): Scenario {
  const toAll = Array.from({ length: servers }, (_, n) => n)
  const fromAll = Array.from({ length: laptops }, (_, n) => n)
  const knownHosts = Object.fromEntries(toAll.map((n) => [server(n), `203.0.113.${n + 1}`]))
  return {
    name,
    title: `${laptops} laptops and ${servers} servers`,
    epoch: '2026-11-21T09:30:00Z',
    seed: 25,
    hosts: [
      ...fromAll.map((n) => ({
        name: laptop(n),
        address: `192.0.2.${n + 1}`,
        role: 'mailProgram',
        config: {
          resolver: '198.51.100.53',
          knownHosts,
          accounts: toAll.map((to) => ({
            address: `${user(n)}@town${to}.example`,
            user: user(n),
            password: 'secret',
            submission: { host: server(to), port: 587 },
          })),
        },
      })),
      ...toAll.map((n) => ({
        name: server(n),
        address: `203.0.113.${n + 1}`,
        role: 'mailServer',
        config: {
          hostName: server(n),
          resolver: '198.51.100.53',
          services: [{ port: 587, service: 'submission' }],
          domains: [{ domain: `town${n}.example`, recipients: fromAll.map(user), postmaster: user(0) }],
          accounts: fromAll.map((from) => ({ address: `${user(from)}@town${n}.example`, password: 'secret' })),
        },
      })),
    ],
    links: [],
    internet: LINK,
    letter: {
      host: laptop(0),
      account: `${user(0)}@town0.example`,
      from: `${user(0)}@town0.example`,
      to: `${user(0)}@town0.example`,
      subject: 'Hello',
      body: 'Hello.',
    },
    simplifies: [],
    map: {
      hosts: Object.fromEntries([
        ...fromAll.map((n) => [
          laptop(n),
          { ...spot(n, laptops, 60), symbol: 'laptop', title: `laptop ${n}`, label: 'below', region: 'west' },
        ]),
        ...toAll.map((n) => [
          server(n),
          { ...spot(n, servers, 820), symbol: 'exchanger', title: `server ${n}`, label: 'below', region: 'east' },
        ]),
      ]),
      regions: [
        { key: 'west', kind: 'land', title: 'The laptops', network: '192.0.2.0/24', east: 330 },
        { key: 'sea', kind: 'sea', title: 'the sea', network: '198.51.100.0/24', east: 735 },
        { key: 'east', kind: 'land', title: 'The servers', network: '203.0.113.0/24' },
      ],
    },
  }
}

/** The run of such a world, as the browser keeps it, in which each laptop submits a message to each server at the start. */
export function crowdedRun({ name, hosts }: Scenario, until: number): object {
  const servers = hosts.filter(({ role }) => role === 'mailServer').length
  const laptops = hosts.length - servers
  const interventions = Array.from({ length: laptops * servers }, (_, n) => {
    const [from, to] = [n % laptops, Math.floor(n / laptops)]
    const address = `${user(from)}@town${to}.example`
    return {
      type: 'submitted',
      at: 0,
      host: laptop(from),
      account: address,
      forwardPaths: [address],
      message: [`From: ${address}`, `To: ${address}`, `Subject: Message ${n}`, '', 'Hello.', ''].join('\r\n'),
    }
  })
  return {
    version: 2,
    scenario: name,
    seed: 25,
    stepBy: 'line',
    speed: 1,
    all: [{ interventions, t: 0, until, id: 0 }],
    current: 0,
    revision: 'bench',
  }
}
