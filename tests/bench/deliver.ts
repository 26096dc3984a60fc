import { createTransport } from 'nodemailer'
import { SMTPServer } from 'smtp-server'
import { fromText, type Octets } from '../../src/base/octets'
import { instant } from '../../src/base/time'
import { delivery } from '../../src/hosts/mailServer/delivery'
import { mailServer } from '../../src/hosts/mailServer/mailServer'
import { smtpClient, smtpServer } from '../../src/protocols/smtp'
import { advance } from '../../src/world/advance'
import { buildWorld } from '../../src/world/build'
import type { Fact } from '../../src/world/fact'
import type { Catalogue, Effect, HostRole } from '../../src/world/role'
import type { Scenario } from '../../src/world/scenario'

/** Deliveries a second: 1 KiB messages over 20 connections that stay open, whole dialogues. */

const CONNECTIONS = 20
const SIZE = 1024

function message(): Octets {
  const header =
    'From: alice@paper.example\r\nTo: bob@bird.example\r\nSubject: bench\r\nMessage-ID: <bench@paper.example>\r\n\r\n'
  const line = `${'x'.repeat(70)}\r\n`
  const body = line.repeat(Math.ceil((SIZE - header.length) / line.length)).slice(0, SIZE - header.length - 2)
  return fromText(`${header}${body}\r\n`)
}

interface SenderState {
  readonly left: number
}

/** Keeps its connections busy until all messages are transferred. */
const sender: HostRole<SenderState, { messages: number }> = {
  start: ({ messages }) => ({ left: messages }),
  listeners: () => [],
  react(host, happening): readonly [SenderState, readonly Effect[]] {
    const { state } = host
    if (happening.type === 'booted') {
      const connect: Effect = {
        type: 'connect',
        address: '192.0.2.2',
        port: 25,
        protocol: 'smtp.client',
        input: { helloName: 'sender.example' },
      }
      return [state, Array.from({ length: CONNECTIONS }, () => connect)]
    }
    if (happening.type !== 'asked') return [state, []]
    const answer =
      state.left === 0
        ? { type: 'noMessage' }
        : {
            type: 'letter',
            envelope: { reversePath: 'alice@paper.example', forwardPaths: ['bob@bird.example'] },
            message: MESSAGE,
          }
    return [{ left: Math.max(0, state.left - 1) }, [{ type: 'answer', session: happening.session, answer }]]
  },
}

const MESSAGE = message()

const benchCatalogue: Catalogue = {
  protocols: { 'smtp.client': smtpClient, 'smtp.server': smtpServer, 'mta.delivery': delivery },
  roles: { sender, mailServer },
}

function scenario(messages: number): Scenario {
  return {
    name: 'bench',
    title: 'Bench',
    epoch: '2026-11-21T09:30:00Z',
    seed: 1,
    hosts: [
      { name: 'sender', address: '192.0.2.1', role: 'sender', config: { messages } },
      {
        name: 'mx',
        address: '192.0.2.2',
        role: 'mailServer',
        config: {
          hostName: 'mx.bird.example',
          resolver: '192.0.2.53',
          services: [{ port: 25, service: 'relay' }],
          domains: [{ domain: 'bird.example', recipients: ['bob'], postmaster: 'bob' }],
          accounts: [{ address: 'bob@bird.example', password: 'x' }],
        },
      },
    ],
    links: [{ between: ['sender', 'mx'], latency: 1, jitter: 0, bandwidth: 1e9, loss: 0 }],
    internet: { latency: 1, jitter: 0, bandwidth: 1e9, loss: 0 },
    letter: { host: 'sender', account: '', from: '', to: '', subject: '', body: '' },
    simplifies: [],
    map: { hosts: {}, regions: [] },
  }
}

/** Milliseconds that the engine takes for this many messages, with every fact kept. */
export function ours(messages: number): number {
  const world = buildWorld(scenario(messages), benchCatalogue)
  const started = performance.now()
  const { facts } = advance(world, instant(1e12), benchCatalogue)
  const took = performance.now() - started
  const delivered = facts.filter((fact: Fact) => fact.type === 'messageDelivered').length
  if (delivered !== messages) throw new Error(`${delivered} of ${messages} letters were delivered`)
  return took
}

/**
 * Milliseconds that nodemailer and smtp-server take for the same over loopback, with client and server in one process as ours
 * are.
 */
export async function peer(messages: number): Promise<number> {
  let taken = 0
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS', 'AUTH'],
    disableReverseLookup: true,
    logger: false,
    onData(stream, _session, done) {
      const chunks: Buffer[] = []
      stream.on('data', (chunk: Buffer) => chunks.push(chunk))
      stream.on('end', () => {
        taken += Buffer.concat(chunks).length > 0 ? 1 : 0
        done()
      })
    },
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.server.address() as { port: number }
  const transport = createTransport({
    pool: true,
    host: '127.0.0.1',
    port,
    ignoreTLS: true,
    maxConnections: CONNECTIONS,
    maxMessages: Number.POSITIVE_INFINITY,
  } as never)
  const envelope = { from: 'alice@paper.example', to: ['bob@bird.example'] }
  const raw = Buffer.from(MESSAGE, 'latin1')
  const started = performance.now()
  await Promise.all(Array.from({ length: messages }, () => transport.sendMail({ envelope, raw })))
  const took = performance.now() - started
  transport.close()
  await new Promise<void>((resolve) => server.close(() => resolve()))
  if (taken !== messages) throw new Error(`${taken} of ${messages} letters were taken`)
  return took
}
