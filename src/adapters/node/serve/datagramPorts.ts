import type { Octets } from '../../../base/octets'
import { MAX_DATAGRAM_CLIENTS } from './limits'

/** Ports of the gateway from which datagrams are sent, below those of its connections. */
const FIRST_PORT = 1024

type Deliver = (octets: Octets) => void

/**
 * The gateway's port for each outside client. A client that asks again keeps its port, so the world sees the same client. The
 * number of clients is limited; a new one replaces the one that was silent longest.
 */
export class DatagramPorts {
  private readonly ports = new Map<string, number>()
  private readonly clients = new Map<number, Deliver>()

  /** The port of a client, by the client's own name. `deliver` gets each datagram to that port. */
  portOf(client: string, deliver: Deliver): number {
    const port = this.ports.get(client) ?? this.freePort()
    // Inserted again, since the order of the map is that of the last datagram.
    this.ports.delete(client)
    this.ports.set(client, port)
    this.clients.set(port, deliver)
    return port
  }

  deliver(port: number, octets: Octets): void {
    this.clients.get(port)?.(octets)
  }

  private freePort(): number {
    if (this.ports.size < MAX_DATAGRAM_CLIENTS) return FIRST_PORT + this.ports.size
    const [client, port] = this.ports.entries().next().value as [string, number]
    this.ports.delete(client)
    return port
  }
}
