// Loaded before a program that connects to servers through `net.connect`: its connections then lead into a world in this
// process, by streams in memory. No socket is opened. EHLO_PORTS says which port leads to which service, {"2525":"smtp"}.
import net from 'node:net'
import { Duplex } from 'node:stream'
import { startLive } from '../../src/adapters/node/serve/serve'
import { implicitTls, type MailOption, mailPlace } from '../../src/adapters/node/serve/services'
import { accept } from '../../src/adapters/node/serve/streamListener'

const ports = JSON.parse(process.env['EHLO_PORTS'] ?? '{}') as Readonly<Record<string, MailOption>>
const { scenario, contextFor } = await startLive({ scenario: 'example-test', allowPlaintextAuth: true })

/** One end of a connection: written octets come out of the other end a moment later, as on a network. */
class End extends Duplex {
  other: End | undefined

  override _read(): void {}

  override _write(bytes: Uint8Array, _: BufferEncoding, done: () => void): void {
    setImmediate(() => {
      this.other?.push(bytes)
      done()
    })
  }

  override _final(done: () => void): void {
    setImmediate(() => {
      this.other?.push(null)
      done()
    })
  }

  override _destroy(error: Error | null, done: (error: Error | null) => void): void {
    setImmediate(() => this.other?.destroy())
    done(error)
  }

  setNoDelay(): this {
    return this
  }
}

function connect({ port }: { readonly port: number }): net.Socket {
  const option = ports[port]
  if (option === undefined) throw new Error(`no world stands behind port ${port}`)
  const here = new End()
  const there = new End()
  here.other = there
  there.other = here
  accept(there, contextFor(mailPlace(scenario, option), implicitTls(option)))
  process.nextTick(() => here.emit('connect'))
  return here as unknown as net.Socket
}

net.connect = connect as unknown as typeof net.connect
net.Socket.prototype.connect = () => {
  throw new Error('a test in memory opens no socket')
}
