import { beforeEach, describe, expect, it, vi } from 'vitest'
import twoTowns from '../../../lessons/scenarios/two-towns.json'
import { instant } from '../../base/time'
import { bundledScenario } from '../../world/bundledScenario'
import { createRun } from './createRun'

const database = await vi.hoisted(async () => (await import('../testing/keptInMemory')).keptInMemory())
vi.mock('../keeping/database', () => database.module)

const scenario = bundledScenario(twoTowns)

beforeEach(() => {
  database.texts.clear()
  database.kept.clear()
})

describe('a run that is watched again slowly', () => {
  const watched = async () => {
    const run = createRun('test', scenario)
    await run.ready()
    run.actions.intervene({ type: 'collected', host: 'bob-laptop', account: 'bob@bird.example' })
    run.actions.goToEnd()
    run.actions.setSpeed(2)
    run.actions.watchAgain(0.5)
    expect(run.get()).toMatchObject({ t: 0, speed: 0.5, playing: true })
    return run
  }

  it('has the speed that was chosen before once it has played to its end', async () => {
    const run = await watched()
    run.actions.pause()
    run.actions.stepForward()
    run.actions.seek(instant(run.view().end - 0.001))
    run.actions.play()
    expect(run.get()).toMatchObject({ speed: 0.5, playing: true })
    await vi.waitFor(() => expect(run.get()).toMatchObject({ speed: 2, playing: false, t: run.view().end }))
  })

  it.each<[string, (run: Awaited<ReturnType<typeof watched>>) => unknown]>([
    ['goes to its end', (run) => run.actions.goToEnd()],
    ['does something new', (run) => run.actions.intervene({ type: 'hostStopped', host: 'root' })],
    ['undoes what was done', (run) => run.actions.undo()],
    ['resets the run', (run) => run.actions.restart()],
  ])('has it back when the learner %s', async (_, act) => {
    const run = await watched()
    act(run)
    expect(run.get().speed).toBe(2)
  })

  it('is slow for this once, also if it is watched again before its end', async () => {
    const run = await watched()
    run.actions.watchAgain(0.5)
    run.actions.goToEnd()
    expect(run.get().speed).toBe(2)
  })

  it('keeps a speed that is chosen meanwhile', async () => {
    const run = await watched()
    run.actions.setSpeed(4)
    run.actions.goToEnd()
    expect(run.get().speed).toBe(4)
  })

  it('has it back after a reload in the middle', async () => {
    const run = await watched()
    run.actions.pause()
    const kept = async (): Promise<number> => {
      const again = createRun('test', scenario)
      await again.ready()
      expect(again.get().timeline.interventions).toHaveLength(1)
      return again.get().speed
    }
    // The first version that is stored has the run, and the speed from before it was chosen.
    await vi.waitFor(async () => expect(await kept()).toBe(2), 5000)
  })
})
