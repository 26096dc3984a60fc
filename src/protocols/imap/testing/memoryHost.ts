import { fromText, type Octets } from '../../../base/octets'
import {
  deliver,
  emptyStore,
  type MessageStore,
  type Quota,
  type StoredMailbox,
  storedMailbox,
} from '../../../mail/store'
import { continueServerExchange, type SaslServer, type ServerExchange, startServerExchange } from '../../../sasl'
import type { Answer, Input, Output, Protocol, Question, Session } from '../../../session/session'
import { startSession, step } from '../../../session/step'
import { imapServer } from '../server/server'
import { newsFor } from '../session/newsFor'
import type { ImapServerInput } from '../session/serverContext'
import { existsChanges } from '../store/mailboxChanges'
import { answerImap } from '../store/storeAnswers'
import type { ImapQuestion, MailboxChange } from '../store/storeQuestions'

/** A host for tests: the store in memory, password `secret` for every user, and all its sessions. */

export const BOB = 'bob@bird.example'
export const EPOCH = 1_795_253_400_000
export const peer = { name: 'bob-phone.example', address: '203.0.113.21', port: 50_001, localPort: 143 }

export const message = (subject: string, body = 'Hello.'): Octets =>
  fromText(
    `From: Alice <alice@paper.example>\r\nTo: bob@bird.example\r\nSubject: ${subject}\r\n` +
      `Date: Sat, 21 Nov 2026 09:30:00 +0000\r\nMessage-ID: <${subject}@paper.example>\r\n\r\n${body}\r\n`,
  )

const SELECT_INBOX = { type: 'selectMailbox', mailbox: 'INBOX', readOnly: false }

/** No message is \Recent at the start. */
export class MemoryHost {
  store: MessageStore
  readonly sessions: ServerEnd[] = []
  /** INTERNALDATE of delivered and appended messages. */
  now = EPOCH

  constructor(messages: readonly Octets[] = [], users: readonly string[] = [BOB, 'eve@bird.example'], quota?: Quota) {
    this.store = emptyStore(users, { uidValidity: 7, ...(quota ? { quota } : {}) })
    for (const each of messages) this.deliver(each)
    this.lookThrough()
  }

  deliver(octets: Octets, user = BOB): void {
    const [store, uid] = deliver(this.store, user, 'INBOX', octets, this.now)
    this.store = store
    this.tell(existsChanges(user, storedMailbox(store, user, 'INBOX') as StoredMailbox, [uid]))
  }

  /** Removes \Recent from all messages in Bob's INBOX. */
  lookThrough(): void {
    if (!Object.hasOwn(this.store.users, BOB)) return
    this.store = answerImap(this.store, { user: BOB }, SELECT_INBOX, this.now).store
  }

  connect(input: Partial<ImapServerInput> = {}): ServerEnd {
    const end = new ServerEnd(this, { hostName: 'store.bird.example', plaintextAuth: true, ...input })
    this.sessions.push(end)
    end.give({ type: 'opened', peer })
    return end
  }

  answer(from: ServerEnd, question: Question): Answer | undefined {
    const asked = question as ImapQuestion
    if (asked.type === 'saslCancelled') return undefined
    if (asked.type === 'authenticate' || asked.type === 'saslResponse') return from.prove(this.#sasl, asked)
    if (asked.type === 'login') {
      if (asked.password !== 'secret' || !Object.hasOwn(this.store.users, asked.user)) return { type: 'loginFailed' }
      from.user = asked.user
      return { type: 'loggedIn', user: asked.user } as Answer
    }
    const who = from.user === undefined ? {} : { user: from.user }
    const { store, answer, changes } = answerImap(this.store, who, question, this.now)
    this.store = store
    this.tell(changes, from)
    return answer
  }

  tell(changes: readonly MailboxChange[], except?: ServerEnd): void {
    if (changes.length === 0) return
    const watchers = this.sessions.filter(({ alive }) => alive).map((end) => ({ id: end, session: end.session }))
    const [store, news] = newsFor(this.store, changes, watchers, except)
    this.store = store
    for (const [end, told] of news)
      end.give({ type: 'answered', answer: { type: 'mailboxChanged', changes: told } as Answer })
  }

  get #sasl(): SaslServer {
    return {
      hostName: 'store.bird.example',
      unixMs: EPOCH,
      seed: 'test',
      find: (user) => (Object.hasOwn(this.store.users, user) ? { user, password: 'secret' } : undefined),
    }
  }
}

/** One end of a connection: keeps its outputs, and answers questions at once. */
export class End {
  session: Session
  readonly outputs: Output[] = []
  closed = false
  /** The pauses after mistakes, in milliseconds. They end at once unless `pausesLast`. */
  readonly pauses: number[] = []
  pausesLast = false
  /** Applied to the session before every input. */
  between: (session: Session) => Session = (session) => session
  readonly protocol: Protocol
  #unsent: Octets[] = []
  #looked = 0

  constructor(protocol: Protocol, input: object) {
    this.protocol = protocol
    const [session, outputs] = startSession(protocol, input)
    this.session = session
    this.outputs.push(...outputs)
  }

  get alive(): boolean {
    return this.session.machine.status === 'active'
  }

  /** Answers a question of the session, or gives no answer. */
  reply(_question: Question): Answer | undefined {
    return undefined
  }

  give(input: Input): void {
    const [session, outputs] = step(this.protocol, this.between(this.session), input)
    this.session = session
    this.outputs.push(...outputs)
    for (const output of outputs) {
      if (output.type === 'send') this.#unsent.push(output.octets)
      if (output.type === 'close') this.closed = true
    }
    for (const output of outputs) {
      if (output.type !== 'setTimer' || !output.timer.includes('mistakePause')) continue
      this.pauses.push(output.after)
      if (!this.pausesLast) this.give({ type: 'expired', timer: output.timer })
    }
    for (const output of outputs) {
      if (output.type !== 'ask') continue
      const answer = this.reply(output.question)
      if (answer) this.give({ type: 'answered', answer })
    }
  }

  /** True once if the end has requested this output since the last call. */
  starts(type: Output['type']): boolean {
    const found = this.outputs.findIndex((output, at) => at >= this.#looked && output.type === type)
    if (found === -1) return false
    this.#looked = found + 1
    return true
  }

  receive(text: string): Octets {
    this.give({ type: 'received', octets: text as Octets })
    return this.sent()
  }

  /** Octets sent since the last call. */
  sent(): Octets {
    const all = this.#unsent.join('') as Octets
    this.#unsent = []
    return all
  }
}

export class ServerEnd extends End {
  user: string | undefined
  readonly host: MemoryHost
  #exchange: ServerExchange | undefined

  constructor(host: MemoryHost, input: object) {
    super(imapServer, input)
    this.host = host
  }

  override reply(question: Question): Answer | undefined {
    return this.host.answer(this, question)
  }

  prove(server: SaslServer, asked: Extract<ImapQuestion, { type: 'authenticate' | 'saslResponse' }>): Answer {
    const [exchange, answer] =
      asked.type === 'authenticate'
        ? startServerExchange(server, asked.mechanism, asked.response)
        : this.#exchange
          ? continueServerExchange(server, this.#exchange, asked.response)
          : ([undefined, { type: 'authenticationFailed' }] as const)
    this.#exchange = exchange
    if (answer.type === 'authenticated') this.user = answer.user
    return answer
  }

  /** Sends a line with the tag `t` and returns the lines of the answer. */
  say(line: string): readonly string[] {
    return this.receive(`t ${line}\r\n`)
      .split('\r\n')
      .filter((each) => each !== '')
  }

  selectInbox(): this {
    this.say(`LOGIN ${BOB} secret`)
    this.say('SELECT INBOX')
    return this
  }
}
