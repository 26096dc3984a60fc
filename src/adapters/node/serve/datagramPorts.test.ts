import { expect, it } from 'vitest'
import { octets } from '../../../base/octets'
import { DatagramPorts } from './datagramPorts'
import { MAX_DATAGRAM_CLIENTS } from './limits'

const nobody = (): void => {}

it('a client that asks again keeps its port', () => {
  const ports = new DatagramPorts()
  const port = ports.portOf('a', nobody)
  expect(ports.portOf('b', nobody)).not.toBe(port)
  expect(ports.portOf('a', nobody)).toBe(port)
})

it('a datagram to a port is passed only to the client of that port', () => {
  const ports = new DatagramPorts()
  const heard: string[] = []
  const a = ports.portOf('a', (octets) => heard.push(`a ${octets}`))
  ports.portOf('b', (octets) => heard.push(`b ${octets}`))
  ports.deliver(a, octets('answer'))
  ports.deliver(1, octets('for nobody'))
  expect(heard).toEqual(['a answer'])
})

it('if no port is free, the client that was silent longest loses its port', () => {
  const ports = new DatagramPorts()
  const heard: string[] = []
  const first = ports.portOf('0', () => heard.push('0'))
  const second = ports.portOf('1', () => heard.push('1'))
  for (let at = 2; at < MAX_DATAGRAM_CLIENTS; at++) ports.portOf(String(at), nobody)
  ports.portOf('0', () => heard.push('0 again'))
  expect(ports.portOf('one more', () => heard.push('one more'))).toBe(second)
  ports.deliver(first, octets(''))
  ports.deliver(second, octets(''))
  expect(heard).toEqual(['0 again', 'one more'])
})
