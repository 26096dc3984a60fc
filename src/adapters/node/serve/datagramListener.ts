import { createSocket, type Socket } from 'node:dgram'
import { fromBytes, toBytes } from '../../../base/octets'
import type { LiveWorld, Place } from './liveWorld'

/** Listens for datagrams on a port of this machine. Rejects where the port cannot be had. */
export function listenForDatagrams(host: string, port: number, live: LiveWorld, place: Place): Promise<Socket> {
  const socket = createSocket(host.includes(':') ? 'udp6' : 'udp4')
  socket.on('message', (bytes, from) => {
    const client = `${place.address} ${from.address} ${from.port}`
    // A datagram that cannot be sent is lost.
    live.datagram(client, place, fromBytes(bytes), (octets) =>
      socket.send(toBytes(octets), from.port, from.address, () => {}),
    )
  })
  return new Promise((resolve, reject) => {
    socket.once('error', reject)
    socket.bind({ address: host, port, exclusive: true }, () => {
      socket.off('error', reject)
      socket.on('error', () => {})
      resolve(socket)
    })
  })
}
