import { describe, expect, it, vi } from 'vitest'
import { NO_PROGRESS, openedStep, type Progress } from '../../learning/progress'
import { answered } from '../../learning/review'
import { createProgressStore, type ProgressStorage } from './progressStore'

/** A browser's storage as a test needs it. */
function storage(
  stored: unknown,
  fails = false,
): ProgressStorage & {
  saved: unknown
  aside: unknown[]
  listeners: (() => void)[]
} {
  return {
    saved: stored,
    aside: [],
    load() {
      return fails ? Promise.reject(new Error('no storage')) : Promise.resolve(this.saved)
    },
    async change(next) {
      if (fails) throw new Error('no storage')
      const kept = next(this.saved)
      this.saved = kept
      for (const heard of this.listeners) heard()
      return kept
    },
    onChange(heard) {
      this.listeners.push(heard)
    },
    listeners: [],
    keepDamaged(data) {
      this.aside.push(data)
      return Promise.resolve()
    },
  }
}
const some = openedStep(NO_PROGRESS, 'the-journey/one-letter-three-steps', 'ready')

describe('stored progress', () => {
  it('is restored after a reload', async () => {
    const kept = storage(undefined)
    const first = createProgressStore(kept)
    await first.ready
    first.change(() => some)
    const second = createProgressStore(kept)
    await second.ready
    expect(second.get()).toEqual({ progress: some })
  })

  it('is put aside if it is damaged: the learner starts again and gets a notice', async () => {
    const kept = storage({ version: 2, lessons: 'oops' })
    const store = createProgressStore(kept)
    await store.ready
    expect(store.get().progress).toEqual(NO_PROGRESS)
    expect(store.get().notice).toContain('start fresh')
    expect(kept.aside).toEqual([{ version: 2, lessons: 'oops' }])
  })

  it('may be forbidden by the browser: the page still works and says what to do', async () => {
    const store = createProgressStore(storage(undefined, true))
    await store.ready
    store.change(() => some)
    expect(store.get().progress).toEqual(some)
    expect(store.get().notice).toContain('save it to a file')
  })

  it('is exported as a file and imported again', async () => {
    const here = createProgressStore(storage(some))
    await here.ready
    const there = storage(undefined)
    const store = createProgressStore(there)
    await store.ready
    store.imported(here.exported())
    expect(store.get()).toEqual({ progress: some })
    expect(there.saved).toEqual(some)
  })

  it('of two windows is merged, and each window shows what the other has added', async () => {
    const kept = storage(undefined)
    const [one, two] = [createProgressStore(kept), createProgressStore(kept)]
    await Promise.all([one.ready, two.ready])
    one.change((progress) => answered(progress, { item: 'a', answer: ['x'], right: true }, 0))
    await vi.waitFor(() => expect(two.get().progress.quiz).toHaveProperty('a'))
    // Both at once: neither has heard of the other's answer yet.
    one.change((progress) => answered(progress, { item: 'b', answer: ['x'], right: true }, 0))
    two.change((progress) => answered(progress, { item: 'c', answer: ['x'], right: false }, 0))
    await vi.waitFor(() => {
      for (const { get } of [one, two]) expect(Object.keys(get().progress.quiz).sort()).toEqual(['a', 'b', 'c'])
    })
    expect(Object.keys((kept.saved as Progress).quiz).sort()).toEqual(['a', 'b', 'c'])
  })

  it('of version 1 is carried over, and written in the new form with the next change', async () => {
    const kept = storage({ version: 1, lessons: some.lessons, quiz: { i: { answer: 'x', right: true, missed: 0 } } })
    const store = createProgressStore(kept)
    await store.ready
    expect(store.get().progress.lessons).toEqual(some.lessons)
    store.change((progress) => openedStep(progress, 'other', 'one'))
    await vi.waitFor(() =>
      expect(kept.saved).toMatchObject({ version: 2, quiz: { i: { answers: [{ answer: ['x'] }] } } }),
    )
  })

  it('of a newer version stays as it is, and the learner is told to reload', async () => {
    const newer = { version: 3, lessons: {}, stars: 5 }
    const kept = storage(newer)
    const store = createProgressStore(kept)
    await store.ready
    expect(store.get().notice).toContain('Reload')
    store.change(() => some)
    await vi.waitFor(() => expect(store.get().progress).toEqual(some))
    expect(kept.saved).toBe(newer)
  })

  it('of a newer version in another window stays too, while this one is open', async () => {
    const kept = storage(undefined)
    const store = createProgressStore(kept)
    await store.ready
    const newer = { version: 3, lessons: {}, stars: 5 }
    kept.saved = newer
    store.change(() => some)
    await vi.waitFor(() => expect(store.get().notice).toContain('Reload'))
    expect(kept.saved).toBe(newer)
  })

  it('stays unchanged when a file of fifty megabytes is chosen, which is not even read', async () => {
    const store = createProgressStore(storage(some))
    await store.ready
    await store.importedFile({ size: 50_000_000, text: () => Promise.reject(new Error('read')) })
    expect(store.get().progress).toEqual(some)
    expect(store.get().fileNotice).toContain('too long')
  })

  it('says a refusal again when the same file is chosen again', async () => {
    const store = createProgressStore(storage(some))
    await store.ready
    const file = { size: 3, text: () => Promise.resolve('???') }
    await store.importedFile(file)
    const said: (string | undefined)[] = []
    store.subscribe(() => said.push(store.get().fileNotice))
    await store.importedFile(file)
    expect(said).toEqual([undefined, expect.stringContaining('cannot be read')])
  })

  it('stays unchanged when a newer file is chosen, and says so', async () => {
    const store = createProgressStore(storage(some))
    await store.ready
    store.imported('{"version":9}')
    expect(store.get().progress).toEqual(some)
    expect(store.get().fileNotice).toContain('newer version')
  })

  it.each(['', '{}', '{"version":2}', 'not JSON'])('stays unchanged when the file %j is refused', async (text) => {
    const store = createProgressStore(storage(some))
    await store.ready
    store.imported(text)
    expect(store.get().progress).toEqual(some)
    expect(store.get().fileNotice).toContain('Choose one')
  })
})
