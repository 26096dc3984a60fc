import { expect, it } from 'vitest'
import { onAnyPort } from './anyPort'

/** Fails this many times, then opens. */
function opensAfter(failures: number) {
  let tries = 0
  const open = async (): Promise<string> => {
    tries++
    if (tries <= failures) throw new Error(`taken ${tries}`)
    return 'open'
  }
  return { open, tries: () => tries }
}

it('asks for another port where any will do', async () => {
  const door = opensAfter(3)
  expect(await onAnyPort(0, door.open)).toBe('open')
  expect(door.tries()).toBe(4)
})

it('asks once for the port that was named', async () => {
  const door = opensAfter(1)
  await expect(onAnyPort(5353, door.open)).rejects.toThrow('taken 1')
  expect(door.tries()).toBe(1)
})

it('gives up where none is to be had', async () => {
  await expect(onAnyPort(0, opensAfter(Infinity).open)).rejects.toThrow('taken 50')
})
