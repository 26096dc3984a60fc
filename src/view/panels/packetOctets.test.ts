import { describe, expect, it } from 'vitest'
import { octets } from '../../base/octets'
import { type Packet, sizeOf } from '../../world/packet'
import { checksum, headerFieldsOf, octetsOf, payloadStart } from './packetOctets'

const ends = {
  from: 'mx-out',
  to: 'mx',
  source: { address: '192.0.2.25', port: 49152 },
  destination: { address: '203.0.113.25', port: 25 },
}
const syn: Packet = {
  kind: 'segment',
  id: 7,
  ...ends,
  connection: 'c1',
  sequence: 4_000_000_000,
  acknowledgement: 0,
  flags: { syn: true },
  window: 65535,
  mss: 1460,
  payload: octets(''),
  offset: 0,
}
const line: Packet = {
  ...syn,
  flags: { ack: true, psh: true },
  payload: octets('EHLO mx-out\r\n'),
  sequence: 4_000_000_001,
  acknowledgement: 9,
  kind: 'segment',
  connection: 'c1',
  window: 65535,
  offset: 0,
}
const { mss: _mss, ...data } = line as typeof line & { mss?: number }
const query: Packet = { kind: 'datagram', id: 3, ...ends, payload: octets('odd') }

const far = {
  source: { address: '2001:db8::1', port: 49152 },
  destination: { address: '2001:db8:2::25', port: 25 },
}
const syn6: Packet = { ...syn, ...far }
const query6: Packet = { ...query, ...far }

const values = (text: string): number[] => Array.from(text, (c) => c.charCodeAt(0))

describe('a packet on the wire', () => {
  it('has the checksum of the example in RFC 1071', () => {
    expect(checksum([0x00, 0x01, 0xf2, 0x03, 0xf4, 0xf5, 0xf6, 0xf7])).toBe(0x220d)
  })

  it.each([
    ['SYN', syn],
    ['line', data as Packet],
    ['datagram', query],
  ])('%s has its size and correct checksums', (_name, packet) => {
    const wire = values(octetsOf(packet))
    expect(wire).toHaveLength(sizeOf(packet))
    // A right checksum makes the whole sum come out as zero (RFC 1071 section 1).
    expect(checksum(wire.slice(0, 20))).toBe(0)
    const transport = wire.slice(20)
    const pseudo = [...wire.slice(12, 20), 0, wire[9] as number, transport.length >> 8, transport.length & 255]
    expect(checksum([...pseudo, ...transport])).toBe(0)
    expect(String.fromCharCode(...wire.slice(payloadStart(packet)))).toBe(packet.payload)
  })

  it.each([
    ['SYN', syn],
    ['line', data as Packet],
    ['datagram', query],
    ['SYN over IPv6', syn6],
    ['datagram over IPv6', query6],
  ])('%s: the fields follow each other without a gap up to the payload', (_name, packet) => {
    let at = 0
    for (const field of headerFieldsOf(packet)) {
      expect(field.start).toBe(at)
      at = field.end
    }
    expect(at).toBe(payloadStart(packet))
  })

  it.each([
    ['SYN', syn6, 6],
    ['datagram', query6, 17],
  ])(
    '%s over IPv6 has a header of 40 octets, its size and a correct checksum (RFC 8200)',
    (_name, packet, protocol) => {
      const wire = values(octetsOf(packet))
      expect(wire).toHaveLength(sizeOf(packet))
      const transport = wire.slice(40)
      expect(wire.slice(0, 8)).toEqual([0x60, 0, 0, 0, 0, transport.length, protocol, 64])
      expect(wire.slice(8, 24)).toEqual([0x20, 0x01, 0x0d, 0xb8, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1])
      const pseudo = [...wire.slice(8, 40), 0, 0, 0, transport.length, 0, 0, 0, protocol]
      expect(checksum([...pseudo, ...transport])).toBe(0)
      expect(headerFieldsOf(packet)[0]).toMatchObject({ group: 'IPv6 header', value: '6, 0, 0' })
      expect(String.fromCharCode(...wire.slice(payloadStart(packet)))).toBe(packet.payload)
    },
  )
})
