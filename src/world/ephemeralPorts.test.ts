import { expect, test } from 'vitest'
import { FIRST_PORT, freePort, portAfter } from './ephemeralPorts'

test('after the last port of the dynamic range comes its first (RFC 6335 section 6)', () => {
  expect(portAfter(65_534)).toBe(65_535)
  expect(portAfter(65_535)).toBe(FIRST_PORT)
})

test('taken ports are passed over, round the end of the range', () => {
  const taken = new Set([65_535, FIRST_PORT, FIRST_PORT + 1])
  expect(freePort(65_535, (port) => taken.has(port))).toBe(FIRST_PORT + 2)
  expect(freePort(50_000, (port) => taken.has(port))).toBe(50_000)
})

test('the search ends where every port is taken', () => {
  expect(freePort(50_000, () => true)).toBe(50_000)
})
