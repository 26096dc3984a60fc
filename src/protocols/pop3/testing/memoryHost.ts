import { fromText, type Octets, octets } from '../../../base/octets'
import {
  continueServerExchange,
  type SaslAnswer,
  type SaslQuestion,
  type SaslServer,
  type ServerExchange,
  startServerExchange,
} from '../../../sasl'
import type { Input, Output, Protocol, Session } from '../../../session/session'
import { startSession, step } from '../../../session/step'
import { apopDigest } from '../apop'
import type { ClientAnswer, ClientQuestion } from '../clientTypes'
import { handedOut, sizeOf } from '../content'
import type { LoginRefusal, ServerAnswer, ServerQuestion } from '../serverTypes'

/** A host for tests: Bob's maildrop in memory, with the password `secret`; it refuses everything else. */

export interface StoredMessage {
  readonly uid: string
  readonly octets: Octets
}

export const bobsMessages: readonly StoredMessage[] = [
  { uid: 'u1', octets: octets('From: alice@paper.example\r\n\r\nHello Bob.\r\n') },
  { uid: 'u2', octets: octets('From: alice@paper.example\r\n\r\n.hidden\r\n.\r\nend\r\n') },
]

export const utf8Message: StoredMessage = {
  uid: 'u3',
  octets: fromText('From: alice@paper.example\r\nSubject: Grüße\r\n\r\nHello.\r\n'),
}

export const peer = { name: 'bob-laptop', address: '203.0.113.20', port: 50_000, localPort: 110 }

export const TIMESTAMP = '<1896.697170952@store.bird.example>'
const BOB = { user: 'bob@bird.example', password: 'secret' }

/** The host's data for SASL. Nonces come from a fixed seed, so that dialogues can be written down. */
const server: SaslServer = {
  hostName: 'store.bird.example',
  unixMs: 1_795_253_400_000,
  seed: 'golden',
  find: (name) => (name === BOB.user ? BOB : undefined),
}

/** Faults of this host: the reasons why no maildrop opens, no message can be read, or none is removed. */
export interface Mishaps {
  readonly opening?: LoginRefusal
  readonly reading?: 'gone' | 'temporary'
  readonly removing?: true
}

export class MemoryHost {
  messages: readonly StoredMessage[]
  readonly mishaps: Mishaps
  readonly questions: (ServerQuestion | ClientQuestion)[] = []
  #exchange: ServerExchange | undefined

  constructor(messages: readonly StoredMessage[] = bobsMessages, mishaps: Mishaps = {}) {
    this.messages = messages
    this.mishaps = mishaps
  }

  answer(question: ServerQuestion | ClientQuestion): ServerAnswer | ClientAnswer | undefined {
    this.questions.push(question)
    switch (question.type) {
      case 'timestamp':
        return { type: 'timestamped', timestamp: TIMESTAMP }
      case 'verifyPassword':
        return known(question.user, question.password === BOB.password)
      case 'verifyDigest':
        return known(question.user, question.digest === apopDigest(question.timestamp, BOB.password))
      case 'authenticate':
      case 'saslResponse':
      case 'saslCancelled':
        return this.#sasl(question)
      case 'openMaildrop':
        if (this.mishaps.opening) return { type: 'maildropRefused', reason: this.mishaps.opening }
        return {
          type: 'maildropOpened',
          messages: this.messages.map(({ uid, octets }) => ({ uid, size: sizeOf(handedOut(octets, question.utf8)) })),
        }
      case 'retrieve': {
        const found = this.messages.find((message) => message.uid === question.uid)
        if (this.mishaps.reading) return { type: 'notRetrieved', reason: this.mishaps.reading }
        return found
          ? { type: 'retrieved', octets: handedOut(found.octets, question.utf8) }
          : { type: 'notRetrieved', reason: 'gone' }
      }
      case 'update': {
        if (this.mishaps.removing) return { type: 'updated', ok: false, removed: 0 }
        const before = this.mishaps.reading === 'gone' ? [] : this.messages
        this.messages = before.filter((message) => !question.remove.includes(message.uid))
        return { type: 'updated', ok: true, removed: before.length - this.messages.length }
      }
      case 'messageCollected':
        return { type: 'kept' }
      default:
        return undefined
    }
  }

  #sasl(question: SaslQuestion): SaslAnswer | undefined {
    if (question.type === 'saslCancelled') {
      this.#exchange = undefined
      return undefined
    }
    const [exchange, answer] =
      question.type === 'authenticate'
        ? startServerExchange(server, question.mechanism, question.response)
        : continueServerExchange(server, this.#exchange as ServerExchange, question.response)
    this.#exchange = exchange
    return answer
  }
}

const known = (user: string, right: boolean): SaslAnswer =>
  right && user === BOB.user ? { type: 'authenticated', user } : { type: 'authenticationFailed' }

/** One end with its host: answers questions at once and keeps all outputs. */
export class End {
  session: Session
  readonly outputs: Output[] = []
  /** Applied to the session before every input. */
  between: (session: Session) => Session = (session) => session
  readonly protocol: Protocol
  readonly host: MemoryHost
  #unsent: Octets[] = []

  constructor(protocol: Protocol, input: object, host: MemoryHost) {
    this.protocol = protocol
    this.host = host
    const [session, outputs] = startSession(protocol, input)
    this.session = session
    this.#take(outputs)
  }

  give(input: Input): void {
    const [session, outputs] = step(this.protocol, this.between(this.session), input)
    this.session = session
    this.#take(outputs)
  }

  /** Octets sent since the last call. */
  sent(): Octets {
    const all = this.#unsent.join('') as Octets
    this.#unsent = []
    return all
  }

  #take(outputs: readonly Output[]): void {
    this.outputs.push(...outputs)
    for (const output of outputs) if (output.type === 'send') this.#unsent.push(output.octets)
    for (const output of outputs) {
      if (output.type !== 'ask') continue
      const answer = this.host.answer(output.question as ServerQuestion | ClientQuestion)
      if (answer) this.give({ type: 'answered', answer })
    }
  }
}
