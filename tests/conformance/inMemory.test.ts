import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { allPass, casesArePresent, PLAYING_TIME, PROTOCOLS, replay } from './replay'

const preload = ['--import', 'tsx', '--import', join(import.meta.dirname, 'worldInMemory.ts')]
/** Names of places, no more: nothing listens. */
const ports = Object.fromEntries(PROTOCOLS.map((name, at) => [name, at + 1]))

describe.runIf(casesArePresent)('every case passes in memory, without a socket', () => {
  it.each(PROTOCOLS)('%s', { timeout: PLAYING_TIME }, async (protocol) => {
    expect(await replay(protocol, ports, preload)).toBe(allPass(protocol))
  })
})
