import { once } from 'node:events'
import { connect, type Socket } from 'node:net'

/** The client of the IMAP benches: sends a command, reads everything until its tagged response, and does no more. */

/** A response line with its tag is not longer than this here. */
const TAIL = 4096

export class ImapClient {
  private readonly socket: Socket
  private tags = 0

  private constructor(socket: Socket) {
    this.socket = socket
  }

  /** Connects to a port of this machine and logs in. */
  static async login(port: number, user: string, password: string): Promise<ImapClient> {
    const socket = connect({ port, host: '127.0.0.1', noDelay: true })
    await once(socket, 'connect')
    await once(socket, 'data')
    const client = new ImapClient(socket)
    await client.command(`LOGIN ${user} ${password}`)
    return client
  }

  /** Sends one command, or several without waiting between them, and returns all output. Rejects if the last one fails. */
  async command(...commands: readonly string[]): Promise<Buffer> {
    const tagged = commands.map((command) => `t${++this.tags} ${command}\r\n`)
    const ended = new RegExp(`(?:^|\\n)t${this.tags} (OK|NO|BAD)[^\\n]*\\n$`)
    const chunks: Buffer[] = []
    let tail = ''
    return new Promise((resolve, reject) => {
      const stop = (): void => void this.socket.removeAllListeners('data').removeAllListeners('close')
      this.socket.once('close', () => reject(new Error(`the server closed after ${tail}`)))
      this.socket.on('data', (chunk: Buffer) => {
        chunks.push(chunk)
        tail = (tail + chunk.toString('latin1', Math.max(0, chunk.length - TAIL))).slice(-TAIL)
        const status = ended.exec(tail)?.[1]
        if (status === undefined) return
        stop()
        if (status === 'OK') resolve(Buffer.concat(chunks))
        else reject(new Error(tail))
      })
      this.socket.write(tagged.join(''), 'latin1')
    })
  }

  /** Sends a command and returns the milliseconds until its end. */
  async timed(command: string): Promise<number> {
    const started = performance.now()
    await this.command(command)
    return performance.now() - started
  }

  close(): void {
    this.socket.destroy()
  }
}
