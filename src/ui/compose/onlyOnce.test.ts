import { describe, expect, it, vi } from 'vitest'
import { onlyOnce } from './onlyOnce'

describe('onlyOnce', () => {
  it('does nothing again while the work is under way or when it is done', async () => {
    const once = onlyOnce()
    const work = vi.fn<() => Promise<boolean>>(() => Promise.resolve(true))
    await Promise.all([once(work), once(work)])
    await once(work)
    expect(work).toHaveBeenCalledTimes(1)
  })

  it('may be tried again if the work failed', async () => {
    const once = onlyOnce()
    const work = vi.fn<() => Promise<boolean>>(() => Promise.resolve(false))
    await once(work)
    await once(work)
    await expect(once(() => Promise.reject(new Error('no')))).rejects.toThrow('no')
    await once(work)
    expect(work).toHaveBeenCalledTimes(3)
  })
})
