import { fromText, type Octets } from '../../../base/octets'
import { instant } from '../../../base/time'
import type { MessageStore } from '../../../mail/store'
import {
  deliver,
  expunge,
  findMailbox,
  INBOX,
  type StoredMailbox,
  storedMailbox,
  withMailbox,
} from '../../../mail/store'
import { advance, intervene } from '../../../world/advance'
import { buildWorld } from '../../../world/build'
import type { Fact, FactOf, FactType } from '../../../world/fact'
import type { InterventionBody } from '../../../world/intervention'
import type { Host, World } from '../../../world/world'
import { catalogue } from '../../catalogue'
import type { MailProgramState, Retrieval } from '../../mailProgram/state'
import type { MailServerConfig } from '../config'
import type { MailServerState } from '../state'

export const BOB = 'bob@bird.test'

/** Bob's maildrop at `store`, a desk with terminals, and a laptop that collects. Time passes until all is quiet. */
export class Maildrop {
  world: World
  readonly facts: Fact[] = []

  constructor(server: Partial<MailServerConfig> = {}, retrieval: Partial<Retrieval> = {}) {
    const config: MailServerConfig = {
      hostName: 'store.bird.test',
      resolver: '192.0.2.53',
      services: [
        { port: 110, service: 'pop3' },
        { port: 143, service: 'imap' },
        { port: 995, service: 'pop3s' },
      ],
      domains: [{ domain: 'bird.test', recipients: ['bob'], postmaster: 'bob' }],
      accounts: [{ address: BOB, password: 'secret' }],
      ...server,
    }
    const account = {
      address: BOB,
      user: BOB,
      password: 'secret',
      retrieval: { protocol: 'POP3', host: '192.0.2.25', port: 110, ...retrieval },
    }
    const scenario = {
      epoch: '2026-11-21T09:30:00Z',
      seed: 1,
      hosts: [
        { name: 'store', address: '192.0.2.25', role: 'mailServer', config },
        { name: 'desk', address: '192.0.2.10', role: 'mailProgram', config: { resolver: '192.0.2.53', accounts: [] } },
        {
          name: 'laptop',
          address: '192.0.2.11',
          role: 'mailProgram',
          config: { resolver: '192.0.2.53', accounts: [account] },
        },
      ],
      links: [],
      internet: { latency: 1, jitter: 0, bandwidth: 100_000, loss: 0 },
    }
    this.world = buildWorld(scenario, catalogue)
  }

  pass(seconds: number): this {
    const { world, facts } = advance(this.world, instant(this.world.now + seconds * 1000), catalogue)
    this.world = world
    this.facts.push(...facts)
    return this
  }
  do(intervention: InterventionBody): this {
    const { world, facts } = intervene(this.world, { at: this.world.now, ...intervention }, catalogue)
    this.world = world
    this.facts.push(...facts)
    return this.pass(1)
  }

  #changeStore(change: (store: MessageStore) => MessageStore): this {
    const { hosts } = this.world
    const state = { ...this.state, store: change(this.state.store) }
    this.world = { ...this.world, hosts: { ...hosts, store: { ...(hosts['store'] as Host), state } } }
    return this
  }
  deliver(...messages: readonly Octets[]): this {
    return this.#changeStore((start) =>
      messages.reduce((store, message) => deliver(store, BOB, INBOX, message, 0)[0], start),
    )
  }
  /** An action of another program by IMAP. */
  expunge(uid: number): this {
    return this.#changeStore((store) => expunge(store, BOB, INBOX, [uid])[0])
  }
  /** Changes the INBOX as if it had been created anew. */
  changeInbox(change: (inbox: StoredMailbox) => StoredMailbox): this {
    return this.#changeStore((store) => {
      const inbox = storedMailbox(store, BOB, INBOX)
      return inbox ? withMailbox(store, BOB, change(inbox)) : store
    })
  }

  connect(terminal: string, port = 110): this {
    return this.do({ type: 'connected', host: 'desk', terminal, to: '192.0.2.25', port })
  }
  /** Types lines at a terminal, one after the other. Returns the desk's input meanwhile. */
  say(terminal: string, ...lines: readonly string[]): string {
    const from = this.facts.length
    for (const line of lines) this.do({ type: 'typed', host: 'desk', terminal, octets: fromText(`${line}\r\n`) })
    return this.heard(from)
  }
  heard(from = 0): string {
    return this.facts
      .slice(from)
      .flatMap((fact) => (fact.type === 'read' && fact.host === 'desk' ? [fact.octets] : []))
      .join('')
  }
  logIn(terminal: string): string {
    return this.connect(terminal).say(terminal, `USER ${BOB}`, 'PASS secret').split('\r\n').at(-2) ?? ''
  }
  collect(): this {
    return this.do({ type: 'collected', host: 'laptop', account: BOB }).pass(5)
  }

  all<T extends FactType>(type: T): readonly FactOf<T>[] {
    return this.facts.filter((fact) => fact.type === type) as FactOf<T>[]
  }
  get state(): MailServerState {
    return (this.world.hosts['store'] as Host).state as MailServerState
  }
  get inbox(): readonly Octets[] {
    return findMailbox(this.state.store, BOB, INBOX)?.messages.map((message) => message.octets) ?? []
  }
  /** The laptop's commands to the server, by verb. */
  get said(): readonly string[] {
    return this.facts.flatMap((fact) =>
      fact.type === 'sent' && fact.host === 'laptop' && fact.means.name !== '' ? [fact.means.name] : [],
    )
  }
  get kept(): readonly Octets[] {
    const { state } = this.world.hosts['laptop'] as Host
    return (state as MailProgramState).kept.map((message) => message.octets)
  }
}
