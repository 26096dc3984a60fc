import { describe, expect, it } from 'vitest'
import { NO_PROGRESS, openedStep } from '../../learning/progress'
import { createProgressStore, type ProgressStorage } from './progressStore'

/** A browser's storage as a test needs it. */
function storage(stored: unknown, fails = false): ProgressStorage & { saved: unknown; aside: unknown[] } {
  return {
    saved: stored,
    aside: [],
    load() {
      return fails ? Promise.reject(new Error('no storage')) : Promise.resolve(this.saved)
    },
    save(progress) {
      if (fails) return Promise.reject(new Error('no storage'))
      this.saved = progress
      return Promise.resolve()
    },
    keepDamaged(data) {
      this.aside.push(data)
      return Promise.resolve()
    },
  }
}
const some = openedStep(NO_PROGRESS, 'the-journey/one-letter-three-steps', 'ready')

describe('stored progress', () => {
  it('is back after a reload', async () => {
    const kept = storage(undefined)
    const first = createProgressStore(kept)
    await first.ready
    first.change(() => some)
    const second = createProgressStore(kept)
    await second.ready
    expect(second.get()).toEqual({ progress: some })
  })

  it('that is damaged is put aside: the learner starts fresh and is told so', async () => {
    const kept = storage({ version: 1, lessons: 'oops' })
    const store = createProgressStore(kept)
    await store.ready
    expect(store.get().progress).toEqual(NO_PROGRESS)
    expect(store.get().notice).toContain('start fresh')
    expect(kept.aside).toEqual([{ version: 1, lessons: 'oops' }])
  })

  it('may be forbidden by the browser: the page works and says what to do', async () => {
    const store = createProgressStore(storage(undefined, true))
    await store.ready
    store.change(() => some)
    expect(store.get().progress).toEqual(some)
    expect(store.get().notice).toContain('save it to a file')
  })

  it('is taken along as a file', async () => {
    const here = createProgressStore(storage(some))
    await here.ready
    const there = storage(undefined)
    const store = createProgressStore(there)
    await store.ready
    store.imported(here.exported())
    expect(store.get()).toEqual({ progress: some })
    expect(there.saved).toEqual(some)
  })

  it.each(['', '{}', '{"version":9}', 'not JSON'])('refuses the file %j and keeps what there is', async (text) => {
    const store = createProgressStore(storage(some))
    await store.ready
    store.imported(text)
    expect(store.get().progress).toEqual(some)
    expect(store.get().notice).toContain('choose one')
  })
})
