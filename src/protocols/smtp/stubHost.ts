import { concat, EMPTY, type Octets, octets } from '../../base/octets'
import { addressKey, domainOf } from '../../mail/address'
import type { Input, Output, Protocol, Session } from '../../session/session'
import { startSession, step } from '../../session/step'
import { replies } from './replies'
import { smtpServer } from './server'
import type { SmtpServerAnswer, SmtpServerInput, SmtpServerQuestion } from './serverTypes'

/** A host for tests: it knows four users of bird.example, one password, and answers at once. */

export type TakenMessage = Extract<SmtpServerQuestion, { type: 'takeMessage' }>

const users = new Set(['bob', 'carol', 'dora', 'alice'].map((name) => `${name}@bird.example`).concat('postmaster'))

export function answerOf(question: SmtpServerQuestion, taken: TakenMessage[]): SmtpServerAnswer | undefined {
  switch (question.type) {
    case 'verifyRecipient':
      if (question.user !== undefined || users.has(addressKey(question.forwardPath)))
        return { type: 'recipientAccepted' }
      return {
        type: 'recipientRefused',
        reply: domainOf(question.forwardPath) === 'bird.example' ? replies.noSuchUser : replies.relayDenied,
      }
    case 'authenticate':
    case 'saslResponse':
      if (question.response === undefined) return { type: 'saslChallenge', challenge: EMPTY }
      return question.response === '\0alice\0secret'
        ? { type: 'authenticated', user: 'alice' }
        : { type: 'authenticationFailed' }
    case 'saslCancelled':
      return undefined
    case 'takeMessage':
      taken.push(question)
      return { type: 'messageTaken', queueId: `Q${taken.length}` }
    case 'verifyUser':
      return { type: 'userVerified', reply: replies.cannotVerify }
  }
}

export const relayInput: SmtpServerInput = {
  hostName: 'mx.bird.example',
  port: 'relay',
  maxSize: 10_000,
  maxRecipients: 3,
  tls: 'none',
  mechanisms: [],
  plaintextAuth: false,
  requireAuthentication: false,
  bareLineFeed: 'tolerate',
}
export const submissionInput: SmtpServerInput = {
  ...relayInput,
  port: 'submission',
  mechanisms: ['PLAIN'],
  plaintextAuth: true,
  requireAuthentication: true,
}

/** A server with the stub host behind it, as a mutable thing for tests. `between` may replace the session after each input. */
export class ServerUnderTest {
  session: Session
  sent: Octets = EMPTY
  closed = false
  readonly taken: TakenMessage[] = []
  readonly outputs: Output[] = []

  constructor(
    input: SmtpServerInput = relayInput,
    private readonly between: (session: Session) => Session = (session) => session,
    private readonly protocol: Protocol = smtpServer,
  ) {
    ;[this.session] = startSession(protocol, input)
    const peer = {
      name: 'mx-out.paper.example',
      address: '192.0.2.25',
      port: 40_000,
      localPort: input.port === 'relay' ? 25 : 587,
    }
    this.input({ type: 'opened', peer })
  }

  /** Gives octets and returns what was sent in answer. */
  receive(text: string): string {
    const before = this.sent.length
    this.input({ type: 'received', octets: octets(text) })
    return this.sent.slice(before)
  }

  input(input: Input): void {
    const [session, outputs] = step(this.protocol, this.session, input)
    this.session = this.between(session)
    for (const output of outputs) {
      this.outputs.push(output)
      if (output.type === 'send') this.sent = concat(this.sent, output.octets)
      if (output.type === 'close') this.closed = true
      const answer = output.type === 'ask' ? answerOf(output.question as SmtpServerQuestion, this.taken) : undefined
      if (answer) this.input({ type: 'answered', answer })
    }
  }
}
