import { createServer, type Server, Socket } from 'node:net'
import type { Duplex } from 'node:stream'
import { type SecureContext, TLSSocket } from 'node:tls'
import type { Octets } from '../../../base/octets'
import { HANDSHAKE_TIME, IDLE_TIME, LINGER_TIME, MAX_CONNECTIONS, MAX_UNSENT } from './limits'
import type { Caller, LiveWorld, Place } from './liveWorld'

/** The world, the server and the connections that a listener works with. */
export interface ListenerContext {
  readonly live: LiveWorld
  readonly place: Place
  /** TLS begins with the connection (RFC 8314). */
  readonly implicitTls: boolean
  readonly secureContext: SecureContext
  /** Connections of all listeners of this world. */
  readonly outsideConnections: Set<OutsideConnection>
}

/** One program outside, connected by a stream to a server of the world. */
export class OutsideConnection implements Caller {
  private readonly raw: Duplex
  private readonly context: ListenerContext
  /** The present stream: the raw one, or TLS on top of it. */
  private stream: Duplex
  private terminal: string | undefined
  private waiting: NodeJS.Timeout | undefined
  /** So much of its input waits that no more is read. */
  private isFed = false

  constructor(raw: Duplex, context: ListenerContext) {
    this.raw = raw
    this.stream = raw
    this.context = context
    context.outsideConnections.add(this)
    raw.on('error', () => raw.destroy())
    raw.once('close', () => this.gone())
    if (raw instanceof Socket) {
      raw.setNoDelay(true)
      raw.setTimeout(IDLE_TIME, () => raw.destroy())
    }
    if (context.implicitTls) this.beginTls(() => this.connect())
    else {
      this.connect()
      this.read(raw)
    }
  }

  octets(octets: Octets): void {
    this.stream.write(octets, 'latin1')
    if (this.stream.writableLength > MAX_UNSENT) this.raw.destroy()
    // We do not read from a program that does not read.
    else if (this.stream.writableNeedDrain) this.stream.pause()
  }

  hungry(): void {
    if (!this.stream.writableNeedDrain) this.stream.resume()
    this.isFed = false
  }

  tlsStarted(): void {
    this.isFed = false
    this.stream.removeAllListeners('data')
    this.stream.pause()
    // The agreement leaves in plaintext before TLS begins.
    this.raw.write('', () => this.beginTls(() => this.terminal && this.context.live.secured(this.terminal)))
  }

  closed(why: 'finished' | 'broken'): void {
    this.terminal = undefined
    if (why === 'broken') {
      if (this.raw instanceof Socket) this.raw.resetAndDestroy()
      else this.raw.destroy()
      return
    }
    this.stream.end()
    this.within(LINGER_TIME)
  }

  /** Resolves when the server's last output has been handed over, or when the program is gone. */
  flushed(): Promise<void> {
    return new Promise((resolve) => {
      this.stream.once('finish', resolve)
      this.raw.once('close', resolve)
    })
  }

  /** Ends the connection from our side, at once. */
  destroy(): void {
    this.raw.destroy()
  }

  private connect(): void {
    const { live, place, implicitTls } = this.context
    this.terminal = live.connect(place, this, implicitTls)
  }

  private read(stream: Duplex): void {
    this.stream = stream
    stream.on('data', (bytes: Buffer) => {
      // Latin-1 is one character for each octet.
      if (this.terminal === undefined || this.context.live.type(this.terminal, bytes.toString('latin1') as Octets))
        return
      this.isFed = true
      stream.pause()
    })
    stream.on('drain', () => {
      if (!this.isFed) stream.resume()
    })
    stream.once('end', () => this.terminal !== undefined && this.context.live.hangUp(this.terminal))
  }

  private beginTls(done: () => void): void {
    if (this.raw.destroyed) return
    const stream = new TLSSocket(this.raw as Socket, { isServer: true, secureContext: this.context.secureContext })
    stream.on('error', () => this.raw.destroy())
    stream.once('close', () => this.raw.destroy())
    // A program that hangs up in the middle of the handshake gets no output.
    const leave = (): void => void this.raw.destroy()
    stream.once('end', leave)
    stream.once('secure', () => {
      stream.off('end', leave)
      clearTimeout(this.waiting)
      this.read(stream)
      done()
    })
    this.within(HANDSHAKE_TIME)
  }

  /** Cuts the connection unless it has made progress by then. */
  private within(time: number): void {
    clearTimeout(this.waiting)
    this.waiting = setTimeout(() => this.raw.destroy(), time)
    this.waiting.unref()
  }

  private gone(): void {
    clearTimeout(this.waiting)
    this.context.outsideConnections.delete(this)
    if (this.terminal !== undefined) this.context.live.forget(this.terminal)
  }
}

/** Lets a stream in, or refuses it if there are too many. */
export function accept(stream: Duplex, context: ListenerContext): void {
  if (context.outsideConnections.size >= MAX_CONNECTIONS) stream.destroy()
  else new OutsideConnection(stream, context)
}

/** Listens on a port of this machine, 0 for a free one. Rejects where the port cannot be had. */
export function listenForStreams(host: string, port: number, context: ListenerContext): Promise<Server> {
  const server = createServer({ allowHalfOpen: true }, (socket) => accept(socket, context))
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen({ host, port, exclusive: true }, () => {
      server.off('error', reject)
      // An error while accepting concerns one program, not the listener.
      server.on('error', () => {})
      resolve(server)
    })
  })
}
