import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { everythingIsHere } from '../support/everything'
import { type SpawnedWorld, spawnWorld } from '../support/servedWorld'
import { allPass, casesArePresent, folder, PLAYED, PLAYING_TIME, PROTOCOLS, replay } from './replay'

if (!casesArePresent) console.log(`The cases of ${folder} are not here: they are left out, over sockets and in memory.`)

it.runIf(everythingIsHere)('the cases are here', () => expect(casesArePresent).toBe(true))

describe.runIf(casesArePresent)('every case passes against ehlo serve', () => {
  let world: SpawnedWorld
  beforeAll(async () => {
    const open = PROTOCOLS.flatMap((name) => [`--${name}`, '0'])
    world = await spawnWorld('--scenario', 'example-test', '--allow-plaintext-auth', ...open)
  })
  afterAll(async () => {
    await world.end()
  })

  it.each(PLAYED)('%s of %s', { timeout: PLAYING_TIME }, async (collection, protocol) => {
    expect(await replay(collection, protocol, world.ready.ports)).toBe(allPass(collection, protocol))
  })
})
