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

it('tries another port if any port will do', async () => {
  const listener = opensAfter(3)
  expect(await onAnyPort(0, listener.open)).toBe('open')
  expect(listener.tries()).toBe(4)
})

it('tries a named port once', async () => {
  const listener = opensAfter(1)
  await expect(onAnyPort(5353, listener.open)).rejects.toThrow('taken 1')
  expect(listener.tries()).toBe(1)
})

it('gives up if no port is free', async () => {
  await expect(onAnyPort(0, opensAfter(Infinity).open)).rejects.toThrow('taken 50')
})
