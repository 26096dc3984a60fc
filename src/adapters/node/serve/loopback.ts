import { BlockList, isIP } from 'node:net'
import { Complaint } from '../scenarios'

const loopback = new BlockList()
loopback.addSubnet('127.0.0.0', 8, 'ipv4')
loopback.addAddress('::1', 'ipv6')

/** True for an address that only programs of this machine can reach (RFC 1122 section 3.2.1.3, RFC 4291 section 2.5.3). */
export function isLoopback(address: string): boolean {
  const version = isIP(address)
  return version !== 0 && loopback.check(address, version === 4 ? 'ipv4' : 'ipv6')
}

/** The address to listen on. Throws a Complaint unless only programs of this machine can reach it. */
export function loopbackAddress(text: string): string {
  const address = text === 'localhost' ? '127.0.0.1' : text
  if (isLoopback(address)) return address
  throw new Complaint(
    `--host ${text} is no loopback address: a world is open to programs on this machine alone; give 127.0.0.1 or ::1.`,
  )
}
