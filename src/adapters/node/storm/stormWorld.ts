import type { NameServerConfig } from '../../../hosts/dns/nameServer'
import type { ResolverConfig } from '../../../hosts/dns/resolverState'
import type { MailProgramConfig } from '../../../hosts/mailProgram/state'
import type { MailServerConfig } from '../../../hosts/mailServer/config'
import type { Scenario, ScenarioHost, ScenarioLink } from '../../../world/scenario'
import type { HostName } from '../../../world/world'
import type { RandomChoices } from './randomChoices'
import type { SenderConfig } from './sender'

/**
 * A small world with everything that mail depends on: a mail program, its submission server, another domain with two exchangers
 * that relay mail to a store, a program that sends directly, a resolver and two name servers.
 */

const ADDRESS = {
  laptop: '192.0.2.10',
  out: '192.0.2.25',
  resolver: '192.0.2.53',
  sender: '198.51.100.77',
  root: '198.51.100.1',
  ns: '198.51.100.2',
  mx1: '203.0.113.25',
  mx2: '203.0.113.26',
  store: '203.0.113.143',
} as const

/** Hosts that are responsible for stored mail. */
export const MAIL_SERVERS: readonly HostName[] = ['out', 'mx1', 'mx2', 'store']
/** Hosts that may lose power. The one that represents the rest of the world does not. */
export const CAN_STOP: readonly HostName[] = [...MAIL_SERVERS, 'laptop', 'resolver', 'root', 'ns']

/** The recipients, with their results without faults. */
export const RECIPIENTS = [
  'bob@bird.example',
  'dave@bird.example',
  'carol@paper.example',
  // The exchangers accept it, the store does not.
  'ghost@bird.example',
  // No server accepts it.
  'nobody@bird.example',
  'zed@gone.example',
  'zed@closed.example',
  // Its exchanger is off for ever.
  'zed@dead.example',
] as const

const WIRES: readonly (readonly [HostName, HostName])[] = [
  ['laptop', 'out'],
  ['out', 'resolver'],
  ['mx1', 'resolver'],
  ['mx2', 'resolver'],
  ['resolver', 'root'],
  ['resolver', 'ns'],
  ['out', 'mx1'],
  ['out', 'mx2'],
  ['mx1', 'store'],
  ['mx2', 'store'],
  ['sender', 'mx1'],
  ['sender', 'mx2'],
  ['sender', 'out'],
]

export const zone = (apex: string, ...lines: readonly string[]) => ({
  apex,
  text: ['$TTL 3600', '@ SOA ns hostmaster 1 1800 900 604800 300', '@ NS ns.paper.example.', ...lines],
})

function host<Config extends object>(name: keyof typeof ADDRESS, role: string, config: Config): ScenarioHost {
  return { name, address: ADDRESS[name], role, config }
}

/**
 * Time-outs in seconds. They are longer than any storm, since a notice that is given up is rightly lost (RFC 5321 section 6.1);
 * deliveries are given up only after the faults, for `dead.example`.
 */
function patience(
  random: RandomChoices,
): Pick<MailServerConfig, 'retryIntervals' | 'giveUpTime' | 'delayNoticeAfter' | 'queueDelay'> {
  return {
    retryIntervals: random.pick([[30, 300, 1800], [20, 20, 1200], [600]]),
    giveUpTime: random.pick([4200, 4200, 14_400]),
    delayNoticeAfter: random.pick([240, 14_400]),
    queueDelay: random.pick([0, 0, 200]),
  }
}

export function stormScenario(random: RandomChoices): Scenario {
  const tls = () => random.pick(['none', 'none', 'offered'] as const)
  const exchanger = (name: 'mx1' | 'mx2'): ScenarioHost =>
    host<MailServerConfig>(name, 'mailServer', {
      hostName: `${name}.bird.example`,
      resolver: ADDRESS.resolver,
      knownHosts: { 'store.bird.example': ADDRESS.store },
      services: [{ port: 25, service: 'relay' }],
      domains: [
        {
          domain: 'bird.example',
          recipients: ['bob', 'dave', 'ghost'],
          postmaster: 'bob',
          deliverTo: 'store.bird.example',
        },
      ],
      tls: tls(),
      ...patience(random),
    })
  const hosts = [
    host<MailProgramConfig>('laptop', 'mailProgram', {
      resolver: ADDRESS.resolver,
      knownHosts: { 'out.paper.example': ADDRESS.out },
      accounts: [
        {
          address: 'alice@paper.example',
          user: 'alice',
          password: 'a',
          submission: { host: 'out.paper.example', port: 587 },
        },
      ],
    }),
    host<MailServerConfig>('out', 'mailServer', {
      hostName: 'out.paper.example',
      resolver: ADDRESS.resolver,
      services: [
        { port: 25, service: 'relay' },
        { port: 587, service: 'submission' },
      ],
      domains: [{ domain: 'paper.example', recipients: ['alice', 'carol'], postmaster: 'carol' }],
      accounts: [
        { address: 'alice@paper.example', password: 'a' },
        { address: 'carol@paper.example', password: 'c' },
      ],
      tls: tls(),
      ...patience(random),
    }),
    exchanger('mx1'),
    exchanger('mx2'),
    host<MailServerConfig>('store', 'mailServer', {
      hostName: 'store.bird.example',
      resolver: ADDRESS.resolver,
      services: [{ port: 25, service: 'relay' }],
      domains: [{ domain: 'bird.example', recipients: ['bob', 'dave'], postmaster: 'bob' }],
      accounts: [
        { address: 'bob@bird.example', password: 'b' },
        { address: 'dave@bird.example', password: 'd' },
      ],
      tls: tls(),
    }),
    host<SenderConfig>('sender', 'sender', {
      helloName: 'sender.far.example',
      exchangers: { 'bird.example': [ADDRESS.mx1, ADDRESS.mx2], 'paper.example': [ADDRESS.out] },
    }),
    host<ResolverConfig>('resolver', 'resolver', { hints: [{ name: 'a.root.example.', address: ADDRESS.root }] }),
    host<NameServerConfig>('root', 'nameServer', {
      zones: [
        {
          apex: '.',
          text: [
            '$TTL 518400',
            '@ SOA a.root.example. hostmaster.root.example. 1 1800 900 604800 300',
            '@ NS a.root.example.',
            `a.root.example. A ${ADDRESS.root}`,
            ...['paper', 'bird', 'closed', 'dead'].map((name) => `${name}.example. NS ns.paper.example.`),
            `ns.paper.example. A ${ADDRESS.ns}`,
          ],
        },
      ],
    }),
    host<NameServerConfig>('ns', 'nameServer', {
      zones: [
        zone('paper.example.', '@ MX 10 out', `out A ${ADDRESS.out}`, `ns A ${ADDRESS.ns}`),
        zone('bird.example.', '@ MX 10 mx1', '@ MX 20 mx2', `mx1 A ${ADDRESS.mx1}`, `mx2 A ${ADDRESS.mx2}`),
        zone('closed.example.', '@ MX 0 .'),
        zone('dead.example.', '@ MX 10 mx', 'mx A 192.0.2.99'),
      ],
    }),
  ]
  const link = (between: readonly [HostName, HostName]): ScenarioLink => ({
    between,
    latency: random.pick([1, 10, 40]),
    jitter: 0,
    bandwidth: random.pick([1000, 50_000]),
    loss: 0,
  })
  return {
    name: 'storm',
    title: 'A storm',
    epoch: '2026-11-21T09:30:00Z',
    seed: 0,
    hosts,
    links: WIRES.map(link),
    internet: { latency: 20, jitter: 0, bandwidth: 50_000, loss: 0 },
    letter: { host: 'laptop', account: '', from: '', to: '', subject: '', body: '' },
    simplifies: [],
    map: { hosts: {}, regions: [] },
  }
}
