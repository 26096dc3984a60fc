import { describe, expect, it, vi } from 'vitest'
import { forgetRuns } from './examRun'

const database = await vi.hoisted(async () => (await import('../testing/keptInMemory')).keptInMemory())
vi.mock('../keeping/database', () => database.module)

describe('the stored runs of exams', () => {
  it('are forgotten with their worked ways, and nothing else is', async () => {
    for (const key of ['run:exam:1', 'run:exam:1:worked', 'run:exam:12', 'run:lesson:a/b', 'progress'])
      database.kept.set(key, {})
    await forgetRuns([{ seed: 1, at: 0, answers: {}, left: [], sure: {} }])
    expect([...database.kept.keys()]).toEqual(['run:exam:12', 'run:lesson:a/b', 'progress'])
  })
})
