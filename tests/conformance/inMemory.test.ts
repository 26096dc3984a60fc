import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { allPass, casesArePresent, PLAYED, PLAYING_TIME, PROTOCOLS, replay } from './replay'

const preload = ['--import', 'tsx', '--import', join(import.meta.dirname, 'worldInMemory.ts')]
/** Names of places only: there is no listener. */
const ports = Object.fromEntries(PROTOCOLS.map((name, at) => [name, at + 1]))

describe.runIf(casesArePresent)('every case passes in memory, without a socket', () => {
  it.each(PLAYED)('%s of %s', { timeout: PLAYING_TIME }, async (collection, protocol) => {
    expect(await replay(collection, protocol, ports, preload)).toBe(allPass(collection, protocol))
  })
})
