import { concat, EMPTY, type Octets, octets } from '../../../base/octets'
import type { Input, Session } from '../../../session/session'
import { startSession, step } from '../../../session/step'
import { smtpClient } from '../client/client'
import type { SmtpClientInput, SmtpClientQuestion, SmtpMessage, SmtpTransferReport } from '../client/types'
import type { ServerUnderTest } from './stubHost'

/** A client for tests, with a host that has messages to send, and a wire between it and a server. */

export const messageTo = (
  to: readonly string[],
  message = 'Subject: Lunch?\r\n\r\n.Hello.\r\n',
  reversePath = 'alice@paper.example',
): SmtpMessage => ({
  envelope: { reversePath, forwardPaths: to },
  message: octets(message),
})
export const BOB = 'bob@bird.example'

/** A client whose host has the given messages to send. `between` may replace the session after each input. */
export class ClientUnderTest {
  session: Session
  pending: Octets = EMPTY
  said = ''
  closed = false
  /** STARTTLS got 220, and the handshake is still to come. */
  securing = false
  readonly reports: SmtpTransferReport[] = []
  /** The number of messages that the host has given to the client. */
  handedOver = 0
  private messages: SmtpMessage[]

  constructor(
    messages: readonly SmtpMessage[],
    input: SmtpClientInput = { helloName: 'mx-out.paper.example' },
    private readonly between: (session: Session) => Session = (session) => session,
    port = 25,
  ) {
    this.messages = [...messages]
    ;[this.session] = startSession(smtpClient, input)
    if (port > 0)
      this.input({
        type: 'opened',
        peer: { name: 'mx.bird.example', address: '203.0.113.25', port, localPort: 40_000 },
      })
  }

  /** Gives octets and returns the client's output. */
  receive(text: string): string {
    this.input({ type: 'received', octets: octets(text) })
    const said = this.pending
    this.pending = EMPTY
    return said
  }

  input(input: Input): void {
    const [session, outputs] = step(smtpClient, this.session, input)
    this.session = this.between(session)
    for (const output of outputs) {
      if (output.type === 'send') {
        this.pending = concat(this.pending, output.octets)
        this.said += output.octets
      }
      if (output.type === 'close') this.closed = true
      if (output.type === 'startTls') this.securing = true
      if (output.type === 'ask') this.answer(output.question as SmtpClientQuestion)
    }
  }

  private answer(question: SmtpClientQuestion): void {
    if (question.type === 'transferEnded') {
      this.reports.push(question.report)
      if (!question.open) return
    }
    const next = this.messages.shift()
    if (next) this.handedOver++
    this.input({ type: 'answered', answer: next ? { type: 'letter', ...next } : { type: 'noMessage' } })
  }
}

/** Lets both ends talk until they are silent, each write cut into pieces of `size` octets. */
export function converse(client: ClientUnderTest, server: ServerUnderTest, size = 100_000): void {
  let toClient: string = server.sent
  while (toClient !== '') {
    let toServer = ''
    for (let at = 0; at < toClient.length; at += size) toServer += client.receive(toClient.slice(at, at + size))
    toClient = ''
    for (let at = 0; at < toServer.length; at += size) toClient += server.receive(toServer.slice(at, at + size))
    if (client.securing) {
      client.securing = false
      server.input({ type: 'secured' })
      client.input({ type: 'secured' })
      toClient += server.receive(client.receive(''))
    }
  }
}
