import { concat, EMPTY, type Octets, octets } from '../../../base/octets'
import { addressKey, domainOf } from '../../../mail/address'
import {
  continueServerExchange,
  type SaslQuestion,
  type SaslServer,
  type ServerExchange,
  startServerExchange,
} from '../../../sasl'
import type { Input, Output, Protocol, Session } from '../../../session/session'
import { startSession, step } from '../../../session/step'
import { replies } from '../grammar/replies'
import { smtpServer } from '../server/server'
import type { SmtpServerAnswer, SmtpServerInput, SmtpServerQuestion } from '../server/types'

/** A host for tests: it knows four users of bird.example and one password, and answers at once. */

const saslServer: SaslServer = {
  hostName: 'mx.bird.example',
  unixMs: 0,
  seed: 'one login',
  find: (name) => (name === 'alice' ? { user: 'alice', password: 'secret' } : undefined),
}

export type TakenMessage = Extract<SmtpServerQuestion, { type: 'takeMessage' }>

const users = new Set(
  ['bob', 'carol', 'dora', 'alice'].map((name) => `${name}@bird.example`).concat('postmaster', 'jürgen@bücher.example'),
)

/** All questions except those of SASL, which need a memory. */
type PlainQuestion = Exclude<SmtpServerQuestion, SaslQuestion>

function answerOf(question: PlainQuestion, taken: TakenMessage[]): SmtpServerAnswer {
  switch (question.type) {
    case 'verifyRecipient':
      if (question.user !== undefined || users.has(addressKey(question.forwardPath)))
        return { type: 'recipientAccepted' }
      return {
        type: 'recipientRefused',
        reply: domainOf(question.forwardPath) === 'bird.example' ? replies.noSuchUser : replies.relayDenied,
      }
    case 'takeMessage':
      taken.push(question)
      return { type: 'messageTaken', queueId: `Q${taken.length}` }
    case 'verifyUser':
      return question.text.endsWith('@bücher.example')
        ? { type: 'userVerified', reply: { code: 250, enhanced: '2.1.5', text: `<${question.text}>` } }
        : { type: 'userVerified', reply: replies.cannotVerify }
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
/** A good submission server: all mechanisms, and no password without TLS. */
export const guardedInput: SmtpServerInput = {
  ...submissionInput,
  tls: 'offered',
  mechanisms: ['SCRAM-SHA-256', 'CRAM-MD5', 'PLAIN', 'LOGIN'],
  plaintextAuth: false,
}

/** The servers of golden dialogues and path tests, by name. */
export const inputs = {
  relay: relayInput,
  'relay with TLS': { ...relayInput, tls: 'offered', bareLineFeed: 'refuse' },
  submission: submissionInput,
  'guarded submission': guardedInput,
  'TLS first': { ...guardedInput, tls: 'required' },
  'TLS from the start': { ...guardedInput, tls: 'implicit' },
} as const satisfies Record<string, SmtpServerInput>

/** A server with the stub host, as a mutable object for tests. `between` may replace the session after each input. */
export class ServerUnderTest {
  session: Session
  sent: Octets = EMPTY
  closed = false
  exchange: ServerExchange | undefined
  readonly taken: TakenMessage[] = []
  readonly outputs: Output[] = []
  readonly pauses: number[] = []

  constructor(
    input: SmtpServerInput = relayInput,
    private readonly between: (session: Session) => Session = (session) => session,
    private readonly protocol: Protocol = smtpServer,
    /** True if a pause is to go on until the test ends it. */
    private readonly pausesLast: () => boolean = () => false,
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

  /** Gives octets and returns the server's output. */
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
      if (output.type === 'setTimer' && output.timer.includes('mistakePause')) this.pause(output)
      if (output.type === 'ask') this.answer(output.question as SmtpServerQuestion)
    }
  }

  /** Ends and counts the pause after a mistake at once. */
  private pause({ timer, after }: Extract<Output, { type: 'setTimer' }>): void {
    this.pauses.push(after)
    if (!this.pausesLast()) this.input({ type: 'expired', timer })
  }

  private answer(question: SmtpServerQuestion): void {
    let answer: SmtpServerAnswer
    switch (question.type) {
      case 'saslCancelled':
        this.exchange = undefined
        return
      case 'authenticate':
        ;[this.exchange, answer] = startServerExchange(saslServer, question.mechanism, question.response)
        break
      case 'saslResponse':
        if (!this.exchange) throw new Error('a response to no challenge')
        ;[this.exchange, answer] = continueServerExchange(saslServer, this.exchange, question.response)
        break
      default:
        answer = answerOf(question, this.taken)
    }
    this.input({ type: 'answered', answer })
  }
}
