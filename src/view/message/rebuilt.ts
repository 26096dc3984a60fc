import { civilTime } from '../../base/time'
import { isDomain, parseAddress } from '../../mail/address'
import type { ReceivedPath } from '../../mail/receivedPath'
import { addressesOf } from '../../protocols/imap/items/envelopeAddresses'
import type { HostSymbol, LinkSettings, MapLayout, MapRegion, Scenario, ScenarioHost } from '../../world/scenario'
import type { Way } from './way'

/** The texts for people in a world that is made from a header. */
export interface RebuiltWords {
  readonly title: string
  readonly writer: string
  readonly reader: string
  readonly resolver: string
  readonly root: string
  readonly west: string
  readonly sea: string
  readonly east: string
  readonly body: string
  readonly simplifies: Scenario['simplifies']
}

/** A server of the world, with the time that a message waits there. */
interface Server {
  readonly name: string
  /** Milliseconds. */
  readonly wait: number
  readonly isTrusted: boolean
}

/** The map has places for this many servers; of a longer way the last ones are built. */
const MOST_SERVERS = 8
/** A transfer itself takes about this long in such a world, in milliseconds. */
const TRANSFER = 300

const [LAPTOP, PHONE, RESOLVER, ROOT] = ['writer-laptop', 'reader-phone', 'resolver', 'root']
const RESOLVER_ADDRESS = '192.0.2.53'
const ROOT_ADDRESS = '198.51.100.1'
const PASSWORD = 'paperboat'

/**
 * A world of the servers that a header names, each of which holds a message as long as it did on that way. The servers have
 * addresses of documentation (RFC 5737) in place of their own, and each knows the next one. A clock that disagrees gives no wait.
 * Undefined if no server is named.
 */
export function rebuiltScenario(path: ReceivedPath, way: Way, words: RebuiltWords): Scenario | undefined {
  const servers = serversOf(way)
  const last = servers.at(-1)
  const first = servers[0]
  if (!first || !last) return undefined
  const reader = addressIn(path.notes.at(-1)?.forAddress) ?? `reader@${last.name}`
  const author = addressIn(firstAddress(path.author)) ?? 'writer@author.example'
  const addresses = new Map(
    servers.map(({ name, isTrusted }, n) => [name, `${isTrusted ? '203.0.113' : '192.0.2'}.${25 + n}`]),
  )
  const hosts = [
    laptop(author, first.name, addresses),
    ...servers.map((server, n) => mailServer(server, servers[n + 1], { author, reader, isFirst: n === 0, addresses })),
    phone(reader, last.name, addresses),
    resolver,
    root,
  ]
  const pairs = [LAPTOP, ...servers.map(({ name }) => name), PHONE]
  const link: LinkSettings = { latency: 10, jitter: 0, bandwidth: 100_000, loss: 0 }
  const text = JSON.stringify([servers, author, reader])
  return {
    name: `rebuilt-${hash(text)}`,
    title: words.title,
    epoch: epochOf(way),
    seed: 25,
    hosts,
    links: pairs.slice(1).map((name, n) => ({ between: [pairs[n] ?? '', name], ...link })),
    internet: { latency: 30, jitter: 0, bandwidth: 50_000, loss: 0 },
    letter: {
      host: LAPTOP,
      account: author,
      from: author,
      to: reader,
      subject: path.subject ?? '',
      body: words.body,
    },
    simplifies: words.simplifies,
    map: mapOf(servers, words, author, reader),
  }
}

/** The servers by their names; neighbours with one name are one server, and names that are none get one. */
function serversOf({ stations, legs, trusted }: Way): readonly Server[] {
  const servers: Server[] = []
  for (const [n, { note, name }] of stations.entries()) {
    if (note === undefined) continue
    const wait = Math.max((legs[n]?.delay ?? 0) - TRANSFER, 0)
    const wanted = hostNameOf(name) ?? `server-${note + 1}.example`
    const before = servers.at(-1)
    if (before?.name === wanted) servers[servers.length - 1] = { ...before, wait: before.wait + wait }
    else if (servers.every((server) => server.name !== wanted))
      servers.push({ name: wanted, wait, isTrusted: n >= trusted })
  }
  return servers.slice(-MOST_SERVERS).map((server, n, all) => (n < all.length - 1 ? server : { ...server, wait: 0 }))
}

function hostNameOf(name: string | undefined): string | undefined {
  const lower = name?.toLowerCase().replace(/\.$/, '')
  const taken = [LAPTOP, PHONE, RESOLVER, ROOT]
  return lower === undefined || !isDomain(lower) || /^[\d.]+$/.test(lower) || taken.includes(lower) ? undefined : lower
}

const firstAddress = (field: string | undefined): string | undefined => {
  const found = addressesOf(field ?? '').find(({ mailbox, host }) => mailbox && host)
  return found && `${found.mailbox}@${found.host}`
}

/** An address in small letters whose domain is a name; undefined for any other. */
function addressIn(text: string | undefined): string | undefined {
  const address = text?.toLowerCase()
  const parsed = address === undefined ? undefined : parseAddress(address)
  return parsed && isDomain(parsed.domain) && !/["\s]/.test(parsed.localPart) ? address : undefined
}

const localPart = (address: string): string => address.slice(0, address.lastIndexOf('@'))
const domain = (address: string): string => address.slice(address.lastIndexOf('@') + 1)

type Addresses = ReadonlyMap<string, string>

const known = (name: string, addresses: Addresses) => ({ [name]: addresses.get(name) ?? '' })

const laptop = (author: string, server: string, addresses: Addresses): ScenarioHost => ({
  name: LAPTOP,
  address: '192.0.2.10',
  role: 'mailProgram',
  config: {
    resolver: RESOLVER_ADDRESS,
    knownHosts: known(server, addresses),
    accounts: [
      {
        address: author,
        user: localPart(author),
        password: PASSWORD,
        submission: { host: server, port: 587, tls: 'never' },
      },
    ],
  },
})

const phone = (reader: string, server: string, addresses: Addresses): ScenarioHost => ({
  name: PHONE,
  address: '203.0.113.110',
  role: 'mailProgram',
  config: {
    resolver: RESOLVER_ADDRESS,
    knownHosts: known(server, addresses),
    accounts: [
      {
        address: reader,
        user: localPart(reader),
        password: PASSWORD,
        retrieval: { protocol: 'IMAP', host: server, port: 143, tls: 'never', mechanisms: [], idle: true, first: 1 },
      },
    ],
  },
})

interface Around {
  readonly author: string
  readonly reader: string
  readonly isFirst: boolean
  readonly addresses: Addresses
}

/** A server that passes on to the next one, and the last one with the mailbox. The first also takes the author's submission. */
function mailServer(
  { name, wait }: Server,
  next: Server | undefined,
  { author, reader, isFirst, addresses }: Around,
): ScenarioHost {
  const [to, from] = [domain(reader), domain(author)]
  const users = [localPart(reader), ...(isFirst && from === to && author !== reader ? [localPart(author)] : [])]
  const own = { domain: to, recipients: users, postmaster: users[0], ...(next ? { deliverTo: next.name } : {}) }
  const accounts = [...(isFirst ? [author] : []), ...(next ? [] : [reader])]
  return {
    name,
    address: addresses.get(name) ?? '',
    role: 'mailServer',
    config: {
      hostName: name,
      resolver: RESOLVER_ADDRESS,
      queueDelay: wait,
      ...(next ? { knownHosts: known(next.name, addresses) } : {}),
      services: [
        { port: 25, service: 'relay' },
        ...(isFirst ? [{ port: 587, service: 'submission' }] : []),
        ...(next ? [] : [{ port: 143, service: 'imap' }]),
      ],
      domains: [
        own,
        ...(isFirst && from !== to
          ? [{ domain: from, recipients: [localPart(author)], postmaster: localPart(author) }]
          : []),
      ],
      accounts: [...new Set(accounts)].map((address) => ({ address, password: PASSWORD })),
    },
  }
}

const resolver: ScenarioHost = {
  name: RESOLVER,
  address: RESOLVER_ADDRESS,
  role: 'resolver',
  config: { hints: [{ name: 'a.root.example.', address: ROOT_ADDRESS }] },
}

const root: ScenarioHost = {
  name: ROOT,
  address: ROOT_ADDRESS,
  role: 'nameServer',
  config: {
    resolver: RESOLVER_ADDRESS,
    zones: [
      {
        apex: '.',
        text: [
          '$TTL 518400',
          '@ 86400 SOA a.root.example. hostmaster.root.example. 1 1800 900 604800 86400',
          '@ NS a.root.example.',
          `a.root.example. A ${ROOT_ADDRESS}`,
        ],
      },
    ],
  },
}

/** The drawing's height of the lane, and how far a crowded one swings to both sides. */
const LANE = 250
const SWING = 62
/** The drawing's width between two hosts that stand beside each other. */
const APART = 128

/** Two lands with a sea between them: strangers in the west, the reader's own servers in the east. */
function mapOf(servers: readonly Server[], words: RebuiltWords, author: string, reader: string): MapLayout {
  const trusted = servers.findIndex(({ isTrusted }) => isTrusted)
  const own = trusted === -1 ? servers.length - 1 : Math.max(trusted, servers.length > 1 ? 1 : 0)
  const west = [LAPTOP, ...servers.slice(0, own).map(({ name }) => name)]
  const east = [...servers.slice(own).map(({ name }) => name), PHONE]
  const share = (700 * west.length) / (west.length + east.length)
  const shore = Math.round(Math.min(Math.max(share, 220), 480))
  const coast = shore + 300
  const symbols = new Map<string, HostSymbol>([
    [LAPTOP, 'laptop'],
    [PHONE, 'phone'],
    ...servers.map(({ name }): [string, HostSymbol] => [name, 'exchanger']),
    [servers[0]?.name ?? '', 'submissionServer'],
    [servers.at(-1)?.name ?? '', 'mailboxStore'],
  ])
  const titles = new Map([
    [LAPTOP, words.writer],
    [PHONE, words.reader],
  ])
  const row = (names: readonly string[], from: number, to: number, region: string): MapLayout['hosts'] => {
    const apart = names.length > 1 ? (to - from) / (names.length - 1) : 0
    return Object.fromEntries(
      names.map((name, n) => [
        name,
        {
          x: Math.round(names.length > 1 ? from + n * apart : (from + to) / 2),
          y: apart > 0 && apart < APART ? LANE + (n % 2 === 0 ? -SWING : SWING) : LANE,
          symbol: symbols.get(name) ?? 'exchanger',
          title: titles.get(name) ?? (name.split('.')[0] || name),
          label: 'below' as const,
          region,
        },
      ]),
    )
  }
  const regions: readonly MapRegion[] = [
    { key: 'west', kind: 'land', title: words.west, domain: domain(author), network: '192.0.2.0/24', east: shore },
    { key: 'sea', kind: 'sea', title: words.sea, network: '198.51.100.0/24', east: coast },
    { key: 'east', kind: 'land', title: words.east, domain: domain(reader), network: '203.0.113.0/24' },
  ]
  const sea = { label: 'right' as const, region: 'sea' }
  return {
    hosts: {
      ...row(west, 80, shore - 60, 'west'),
      ...row(east, coast + 60, 930, 'east'),
      [RESOLVER]: { x: shore + 60, y: 110, symbol: 'resolver', title: words.resolver, ...sea },
      [ROOT]: { x: shore + 170, y: 48, symbol: 'root', title: words.root, ...sea },
    },
    regions,
  }
}

/** The moment of the first clock, or a day of the examples. */
function epochOf({ stations }: Way): string {
  const at = stations.find((station) => station.at !== undefined)?.at
  const { year, month, day, hour, minute, second } = civilTime(at ?? Date.UTC(2026, 10, 21, 9, 30))
  if (year < 1970 || year > 9999) return '2026-11-21T09:30:00Z'
  const two = (n: number): string => String(n).padStart(2, '0')
  return `${year}-${two(month)}-${two(day)}T${two(hour)}:${two(minute)}:${two(second)}Z`
}

/** A short name for a text: the same text has the same one (FNV-1a). */
function hash(text: string): string {
  let sum = 0x811c9dc5
  for (let at = 0; at < text.length; at++) sum = Math.imul(sum ^ text.charCodeAt(at), 0x01000193)
  return (sum >>> 0).toString(36)
}
