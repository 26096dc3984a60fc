import { once } from 'node:events'
import { connect, type Socket } from 'node:net'
import { connect as connectTls } from 'node:tls'

/** The longest wait for a server's output, in milliseconds. */
const PATIENCE = 10_000

/** A connection to a server, driven by hand. */
export class Line {
  private socket: Socket
  private heard = ''
  private wake = (): void => {}
  /** Resolves when the server has closed. */
  readonly closed: Promise<void>
  private over = false

  private constructor(socket: Socket) {
    this.socket = socket
    this.closed = new Promise((resolve) => {
      socket.once('close', () => {
        this.over = true
        this.wake()
        resolve()
      })
    })
    this.listen(socket)
  }

  static async to(port: number, host = '127.0.0.1'): Promise<Line> {
    const socket = connect({ port, host, noDelay: true })
    await once(socket, 'connect')
    return new Line(socket)
  }

  /** Octets go out as Latin-1: one for each character. */
  say(text: string): void {
    this.socket.write(text, 'latin1')
  }

  /** All output since the last call, as soon as it matches. Rejects if the server closes first or is silent. */
  async until(pattern: RegExp): Promise<string> {
    const deadline = Date.now() + PATIENCE
    while (!pattern.test(this.heard)) {
      if (this.over) throw new Error(`the server closed after ${JSON.stringify(this.heard.slice(-200))}`)
      if (Date.now() > deadline)
        throw new Error(`the server went silent after ${JSON.stringify(this.heard.slice(-200))}`)
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, PATIENCE)
        this.wake = () => {
          clearTimeout(timer)
          resolve()
        }
      })
    }
    const { heard } = this
    this.heard = ''
    return heard
  }

  async startTls(): Promise<void> {
    this.socket.removeAllListeners('data')
    const secure = connectTls({ socket: this.socket, rejectUnauthorized: false })
    await once(secure, 'secureConnect')
    this.listen(secure)
    this.socket = secure
  }

  /** Stops reading: the server's output stays in the network. */
  stopReading(): void {
    this.socket.pause()
  }

  readAgain(): void {
    this.socket.resume()
  }

  /** Ends its own direction: FIN. */
  finish(): void {
    this.socket.end()
  }

  /** All output until the server has closed. */
  async rest(): Promise<string> {
    await this.closed
    return this.heard
  }

  /** RST instead of FIN. */
  reset(): void {
    this.socket.resetAndDestroy()
  }

  hangUp(): void {
    this.socket.destroy()
  }

  private listen(socket: Socket): void {
    socket.on('error', () => {})
    socket.on('data', (bytes: Buffer) => {
      this.heard += bytes.toString('latin1')
      this.wake()
    })
  }
}
