import { fromText, type Octets } from '../../../base/octets'
import { type Instant, instant } from '../../../base/time'
import { findMailbox, INBOX } from '../../../mail/store'
import type {
  SmtpClientAnswer,
  SmtpClientInput,
  SmtpClientQuestion,
  SmtpEnvelope,
  SmtpTransferReport,
} from '../../../protocols/smtp'
import { advance, intervene } from '../../../world/advance'
import { buildWorld } from '../../../world/build'
import type { Fact, FactOf, FactType } from '../../../world/fact'
import type { InterventionBody } from '../../../world/intervention'
import type { Catalogue, HostRole } from '../../../world/role'
import type { World } from '../../../world/world'
import { catalogue } from '../../catalogue'
import { type Purpose, purposeReader } from '../../purpose'
import { Turn } from '../../turn'
import type { MailServerConfig } from '../config'
import type { MailServerState } from '../state'
import { type ScriptConfig, scripted, scriptedHost } from './scriptedMachine'

/**
 * A small world for tests of a mail server: a poster that sends messages by SMTP, a resolver, one name server that knows all
 * names, the server under test at 192.0.2.25, and other hosts of the test.
 */

/** A message that the poster sends when it starts, and its port. */
export interface Posted extends SmtpEnvelope {
  readonly message?: string
  readonly port?: number
  readonly to?: string
}

interface PosterState {
  readonly messages: readonly Posted[]
  readonly reports: readonly SmtpTransferReport[]
}

const MESSAGE =
  'From: ann@here.test\r\nTo: you@there.test\r\nSubject: one\r\nMessage-ID: <one@here.test>\r\n\r\nHello.\r\n'

/** The number of a session's message. */
interface PostedPurpose extends Purpose {
  readonly kind: 'posted'
  readonly at: number
}

const purposeOf = purposeReader<PostedPurpose>({ posted: true })

/** Sends each of its messages once, on separate connections. */
const poster: HostRole<PosterState, { readonly messages: readonly Posted[] }> = {
  start: ({ messages }) => ({ messages, reports: [] }),
  listeners: () => [],
  react(host, happening, env) {
    const turn = new Turn(host, env)
    if (happening.type === 'booted') {
      turn.state.messages.forEach(({ port = 25, to = SERVER }, at) => {
        const credentials = { user: 'ann@here.test', password: 'secret' }
        const input: SmtpClientInput = { helloName: 'poster.test', credentials, nonce: `poster${at}` }
        turn.do({ type: 'connect', address: to, port, protocol: 'smtp.client', input, purpose: { kind: 'posted', at } })
      })
    } else if (happening.type === 'asked') {
      const question = happening.question as SmtpClientQuestion
      const at = purposeOf(host.sessions[happening.session]?.purpose)?.at ?? 0
      if (question.type === 'nextMessage') {
        const { message = MESSAGE, port: _, to: __, ...envelope } = turn.state.messages[at] as Posted
        turn.answer<SmtpClientAnswer>(happening.session, { type: 'letter', envelope, message: fromText(message) })
      } else {
        turn.change({ reports: [...turn.state.reports, question.report] })
        turn.answer<SmtpClientAnswer>(happening.session, { type: 'noMessage' })
      }
    }
    return turn.result
  },
}

export const testCatalogue: Catalogue = {
  protocols: { ...catalogue.protocols, [scripted.key]: scripted },
  roles: { ...catalogue.roles, poster, scripted: scriptedHost },
}

export const SERVER = '192.0.2.25'

export interface TestHost {
  readonly name: string
  readonly address: string
  readonly addresses?: readonly string[]
  readonly role: string
  readonly config: object
}

export interface MailWorldInput {
  /** Of the server under test, `mail.here.test`: it serves `here.test`, where ann lives. */
  readonly server?: Partial<MailServerConfig>
  readonly messages?: readonly Posted[]
  /** Records of the one zone, in master-file lines with whole names. */
  readonly records?: readonly string[]
  /** Servers that answer by a script, by address. */
  readonly scripts?: Readonly<Record<string, ScriptConfig>>
  /** More mail servers, by address. */
  readonly servers?: Readonly<Record<string, Partial<MailServerConfig> & { readonly hostName: string }>>
  /** Hosts of any other role. */
  readonly hosts?: readonly TestHost[]
  readonly seed?: number
}

const ZONE = [
  '. 86400 IN SOA a.root. hostmaster.root. 1 1800 900 604800 60',
  '. 86400 IN NS a.root.',
  'a.root. 86400 IN A 198.51.100.1',
  'here.test. 300 IN MX 10 mail.here.test.',
  `mail.here.test. 300 IN A ${SERVER}`,
]

/** A running world with the queries of tests. Its own methods run it on. */
export class MailWorld {
  world: World
  readonly facts: Fact[] = []

  constructor(input: MailWorldInput) {
    const config: MailServerConfig = {
      hostName: 'mail.here.test',
      resolver: '192.0.2.53',
      services: [
        { port: 25, service: 'relay' },
        { port: 587, service: 'submission' },
      ],
      domains: [{ domain: 'here.test', recipients: ['ann', 'postmaster'], postmaster: 'postmaster' }],
      accounts: ['ann', 'postmaster'].map((name) => ({ address: `${name}@here.test`, password: 'secret' })),
      ...input.server,
    }
    const hosts: TestHost[] = [
      { name: 'poster', address: '192.0.2.10', role: 'poster', config: { messages: input.messages ?? [] } },
      { name: 'mail', address: SERVER, addresses: ['2001:db8::1'], role: 'mailServer', config },
      { name: 'outside', address: '192.0.2.11', role: 'gateway', config: {} },
      {
        name: 'resolver',
        address: '192.0.2.53',
        role: 'resolver',
        config: { hints: [{ name: 'a.root.', address: '198.51.100.1' }] },
      },
      {
        name: 'names',
        address: '198.51.100.1',
        role: 'nameServer',
        config: { zones: [{ apex: '.', text: [...ZONE, ...(input.records ?? [])].join('\n') + '\n' }] },
      },
      ...Object.entries(input.scripts ?? {}).map(([address, script]) => ({
        name: address,
        address,
        role: 'scripted',
        config: script,
      })),
      ...Object.entries(input.servers ?? {}).map(([address, other]) => ({
        name: other.hostName,
        address,
        role: 'mailServer',
        config: { resolver: '192.0.2.53', services: [{ port: 25, service: 'relay' }], domains: [], ...other },
      })),
    ]
    hosts.push(...(input.hosts ?? []))
    const conditions = { latency: 10, jitter: 0, bandwidth: 10_000, loss: 0 }
    const scenario = { epoch: '2026-11-21T09:30:00Z', seed: input.seed ?? 1, hosts, links: [], internet: conditions }
    this.world = buildWorld(scenario, testCatalogue)
  }

  /** Lets this many virtual seconds pass. */
  pass(seconds: number): this {
    const { world, facts } = advance(this.world, instant(this.world.now + seconds * 1000), testCatalogue)
    this.world = world
    this.facts.push(...facts)
    return this
  }

  do(intervention: InterventionBody): this {
    const at: Instant = this.world.now
    const { world, facts } = intervene(this.world, { at, ...intervention }, testCatalogue)
    this.world = world
    this.facts.push(...facts)
    return this
  }

  all<T extends FactType>(type: T): readonly FactOf<T>[] {
    return this.facts.filter((fact) => fact.type === type) as FactOf<T>[]
  }
  state<S>(host: string): S {
    return this.world.hosts[host]?.state as S
  }
  get server(): MailServerState {
    return this.state('mail')
  }
  get reports(): readonly SmtpTransferReport[] {
    return this.state<PosterState>('poster').reports
  }
  inbox(user: string, host = 'mail'): readonly Octets[] {
    const { store } = this.state<MailServerState>(host)
    return (findMailbox(store, user, INBOX)?.messages ?? []).map((message) => message.octets)
  }
  /** A scripted host's input, line by line. */
  heard(address: string): readonly string[] {
    return this.facts.flatMap((fact) =>
      fact.type === 'read' && fact.host === address ? [fact.octets.replace(/\r\n$/, '')] : [],
    )
  }
  /**
   * Types lines to a port of the server under test, a second apart. `secured` instead of a line begins TLS. Returns the answer
   * to each, the greeting first.
   */
  dialogue(port: number, lines: readonly string[], implicitTls?: true): readonly string[] {
    const terminal = `t${this.facts.length}`
    const at = { host: 'outside', terminal } as const
    const heard = (): string => {
      const from = this.facts.length
      this.pass(1)
      return this.facts
        .slice(from)
        .flatMap((fact) => (fact.type === 'read' && fact.host === 'outside' ? [fact.octets] : []))
        .join('')
    }
    this.do({ type: 'connected', ...at, to: SERVER, port, ...(implicitTls ? { implicitTls } : {}) })
    const replies = [heard()]
    for (const line of lines) {
      if (line === 'secured') this.do({ type: 'secured', ...at })
      else this.do({ type: 'typed', ...at, octets: fromText(`${line}\r\n`) })
      replies.push(heard())
    }
    return replies
  }
  /** The addresses to which the server under test opened connections, in order. */
  get dialled(): readonly string[] {
    return this.all('packetSent').flatMap(({ packet }) =>
      packet.kind === 'segment' && packet.from === 'mail' && packet.flags.syn && packet.destination.port === 25
        ? [packet.destination.address]
        : [],
    )
  }
}

export const mailWorld = (input: MailWorldInput): MailWorld => new MailWorld(input)
