import { type Octets, octets } from '../../base/octets'
import type { Input, Output, Protocol, Session } from '../../session/session'
import { startSession, step } from '../../session/step'
import type { ClientAnswer, ClientQuestion } from './clientMachine'
import type { ServerAnswer, ServerQuestion } from './machine'

/** A host for tests: Bob's maildrop in memory, with the password `secret`; everything else is refused. */

export interface StoredMessage {
  readonly uid: string
  readonly octets: Octets
}

export const bobsMessages: readonly StoredMessage[] = [
  { uid: 'u1', octets: octets('From: alice@paper.example\r\n\r\nHello Bob.\r\n') },
  { uid: 'u2', octets: octets('From: alice@paper.example\r\n\r\n.hidden\r\n.\r\nend\r\n') },
]

export const peer = { name: 'bob-laptop', address: '203.0.113.20', port: 50_000, localPort: 110 }

export class MemoryHost {
  messages: readonly StoredMessage[]
  readonly questions: (ServerQuestion | ClientQuestion)[] = []

  constructor(messages: readonly StoredMessage[] = bobsMessages) {
    this.messages = messages
  }

  answer(question: ServerQuestion | ClientQuestion): ServerAnswer | ClientAnswer | undefined {
    this.questions.push(question)
    switch (question.type) {
      case 'openMaildrop':
        if (question.user.startsWith('busy')) return { type: 'maildropRefused', reason: 'inUse' }
        if (question.user !== 'bob@bird.example' || question.password !== 'secret') {
          return { type: 'maildropRefused', reason: 'auth' }
        }
        return { type: 'maildropOpened', messages: this.messages.map((m) => ({ uid: m.uid, size: m.octets.length })) }
      case 'retrieve': {
        const found = this.messages.find((message) => message.uid === question.uid)
        return found ? { type: 'retrieved', octets: found.octets } : { type: 'notRetrieved' }
      }
      case 'update':
        this.messages = this.messages.filter((message) => !question.remove.includes(message.uid))
        return { type: 'updated', ok: true }
      case 'messageCollected':
        return { type: 'kept' }
      default:
        return undefined
    }
  }
}

/** One end with its host: performs questions at once and keeps all that came out. */
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

  /** Octets said since the last call. */
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
