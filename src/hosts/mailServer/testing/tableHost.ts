import type { Octets } from '../../../base/octets'
import { START } from '../../../base/time'
import { imapServer } from '../../../protocols/imap'
import { pop3Server } from '../../../protocols/pop3'
import { asks } from '../../../session/asks'
import type { Input, Protocol, Session } from '../../../session/session'
import { startSession, step } from '../../../session/step'
import type { HostOf } from '../../../world/role'
import type { SessionId } from '../../../world/world'
import { Turn } from '../../turn'
import { answerImapSession } from '../imapSide'
import { deliverHere, mailboxSessionEnded } from '../mailboxes'
import { answerPop3Session } from '../pop3Side'
import { type MailServerState, startState } from '../state'

/** A mail server in memory: its role and its sessions, with octets handed over directly. No network, no time. */

export const BOB = 'bob@bird.example'

const DELIVERED = { letter: 'letter', queueId: 'A', forwardPaths: [BOB] }

const PROTOCOLS: Readonly<Record<string, Protocol>> = { IMAP: imapServer, POP3: pop3Server }

export class TableHost {
  state: MailServerState
  readonly #sessions = new Map<SessionId, Session>()
  readonly #said = new Map<SessionId, string>()
  #next = 1

  constructor() {
    const config = {
      hostName: 'store.bird.example',
      services: [],
      domains: [],
      accounts: [{ address: BOB, password: 'secret' }],
      resolver: '192.0.2.53',
    }
    this.state = startState(config, { address: '203.0.113.2' })
  }

  open(service: 'IMAP' | 'POP3'): SessionId {
    const id = `s${this.#next++}`
    const input = { hostName: 'store.bird.example', plaintextAuth: true, tls: 'none', mechanisms: ['PLAIN'] }
    this.#sessions.set(id, startSession(PROTOCOLS[service] as Protocol, input)[0])
    this.#said.set(id, '')
    this.#give(id, { type: 'opened', peer: { name: 'here', address: '203.0.113.9', port: 50_000, localPort: 143 } })
    return id
  }

  isOpen(id: SessionId): boolean {
    return this.#sessions.has(id)
  }

  /** Gives a line to a session and returns its output, with earlier unrequested output. */
  say(id: SessionId, text: string): string {
    this.#give(id, { type: 'received', octets: text as Octets })
    return this.hear(id)
  }

  hear(id: SessionId): string {
    const said = this.#said.get(id) ?? ''
    this.#said.set(id, '')
    return said
  }

  /** The connection breaks. */
  drop(id: SessionId): void {
    this.#give(id, { type: 'closed', why: 'reset' })
  }

  deliver(message: Octets): void {
    this.#react((turn) => deliverHere(turn, BOB, DELIVERED, 'alice@paper.example', message))
  }

  #give(id: SessionId, input: Input): void {
    const session = this.#sessions.get(id)
    if (!session) return
    const protocol = session.protocol === 'imap.server' ? imapServer : pop3Server
    const [after, outputs] = step(protocol, session, input)
    this.#sessions.set(id, after)
    for (const output of outputs) {
      if (output.type === 'send') this.#said.set(id, (this.#said.get(id) ?? '') + output.octets)
      if (output.type !== 'ask') continue
      const { question } = output
      this.#react((turn) => {
        if (asks(imapServer, session, question)) answerImapSession(turn, id, question)
        else if (asks(pop3Server, session, question)) answerPop3Session(turn, id, question)
      })
    }
    if (this.#sessions.get(id)?.machine.status === 'done') {
      this.#sessions.delete(id)
      this.#react((turn) => mailboxSessionEnded(turn, id))
    }
  }

  #react(act: (turn: Turn<MailServerState>) => void): void {
    const sessions = Object.fromEntries([...this.#sessions].map(([id, session]) => [id, { session, timers: [] }]))
    const host = { name: 'store', state: this.state, sessions } as unknown as HostOf<MailServerState>
    const turn = new Turn(host, { now: START, epoch: 1_795_253_400_000, chance: 0.5 })
    act(turn)
    this.state = turn.state
    for (const effect of turn.effects)
      if (effect.type === 'answer') this.#give(effect.session, { type: 'answered', answer: effect.answer })
  }
}
