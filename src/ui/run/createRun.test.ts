import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import twoTowns from '../../../lessons/scenarios/two-towns.json'
import { instant } from '../../base/time'
import { namesOf } from '../../view/run/names'
import { captionAt } from '../../view/stage/scene'
import type { Intervention } from '../../world/intervention'
import type { Scenario } from '../../world/scenario'
import { createRun } from './createRun'
import type { SavedRun } from './storage'

/** What is saved of a run, and when: the storage of a browser is played by this. */
const storage = vi.hoisted(() => ({ kept: undefined as unknown }))
vi.mock('./storage', () => ({
  loadRun: async () => storage.kept,
  saveRun: async (_: string, saved: unknown) => {
    storage.kept = saved
  },
  leavePlace: () => undefined,
  leftPlace: () => undefined,
}))

const scenario = twoTowns as unknown as Scenario
const COLLECTED: Intervention = {
  type: 'collected',
  host: 'bob-laptop',
  account: 'bob@bird.example',
  at: instant(100),
}
const SAVED: SavedRun = {
  version: 1,
  scenario: scenario.name,
  seed: scenario.seed,
  stepBy: 'hop',
  speed: 2,
  interventions: [COLLECTED],
  t: 150,
  until: 0,
  undo: [],
}

beforeEach(() => {
  vi.useFakeTimers()
  storage.kept = SAVED
})
afterEach(() => {
  vi.useRealTimers()
})

describe('a run before it is ready', () => {
  it('has an empty timeline, and lets nothing be done in it', () => {
    const run = createRun('test', scenario)
    expect(run.get().timeline).toMatchObject({ scenario, seed: scenario.seed, interventions: [], trace: [], until: 0 })
    expect(run.view().moments('line')).toEqual([])
    expect(() => run.actions.intervene(COLLECTED)).toThrow(/ready/)
    expect(() => run.actions.runOn()).toThrow(/ready/)
  })

  it('saves nothing over what is not back yet', async () => {
    const run = createRun('test', scenario)
    run.actions.select({ host: 'bob-laptop' })
    run.actions.setSpeed(4)
    await vi.advanceTimersByTimeAsync(10_000)
    expect(storage.kept).toBe(SAVED)
  })

  it('is ready once: the same promise for all who wait', () => {
    const run = createRun('test', scenario)
    expect(run.ready()).toBe(run.ready())
  })
})

describe('a run that is ready', () => {
  it('stands where it was left, and keeps what was chosen meanwhile', async () => {
    const run = createRun('test', scenario)
    run.actions.select({ host: 'bob-laptop' })
    await run.ready()
    expect(run.get()).toMatchObject({ t: 150, stepBy: 'hop', speed: 2, selection: { host: 'bob-laptop' } })
    expect(run.get().timeline.interventions).toEqual([COLLECTED])
    expect(run.get().timeline.trace.some((fact) => fact.type === 'intervened')).toBe(true)
  })

  it('begins anew where another scenario was saved under its name', async () => {
    storage.kept = { ...SAVED, scenario: 'another' }
    const run = createRun('test', scenario)
    await run.ready()
    expect(run.get()).toMatchObject({ t: 0, stepBy: 'line', speed: 1 })
    expect(run.get().timeline.interventions).toEqual([])
    expect(run.get().timeline.trace.length).toBeGreaterThan(0)
  })

  it.each([
    { type: 'hostStopped', host: 'mx.bird.example' },
    { type: 'policyChanged', host: 'mx.bird.example', policy: 'relayForStrangers', value: true },
    { type: 'linkChanged', between: ['resolver', 'root'], up: false },
  ] as const)('stands where it stood when the world itself is changed: $type', async (change) => {
    storage.kept = undefined
    const run = createRun('test', scenario)
    await run.ready()
    run.actions.seek(instant(2000))
    const { t } = run.get()
    expect(run.actions.intervene(change)[0]?.type).toBe('intervened')
    expect(run.get()).toMatchObject({ t, playing: false, canUndo: true })
    run.actions.undo()
    expect(run.get().timeline.interventions).toEqual([])
  })

  it('that is another’s is only looked at: nothing of it is saved', async () => {
    storage.kept = undefined
    const run = createRun('test', scenario, { readOnly: true, seed: 7 })
    await run.ready()
    expect(run.get().timeline.seed).toBe(7)
    run.put({ t: instant(100) })
    run.actions.enter('resolver')
    await vi.advanceTimersByTimeAsync(10_000)
    expect(storage.kept).toBeUndefined()
    expect(run.get()).toMatchObject({ t: 100, room: 'resolver' })
  })

  it('shows what an intervention would bring without doing it, and saves what is done', async () => {
    storage.kept = undefined
    const run = createRun('test', scenario)
    await run.ready()
    const before = run.get().timeline
    expect(run.preview(COLLECTED).interventions).toEqual([{ ...COLLECTED, at: 0 }])
    expect(run.get().timeline).toBe(before)
    expect(run.actions.intervene(COLLECTED)[0]?.type).toBe('intervened')
    run.actions.pause()
    expect(storage.kept).toMatchObject({ interventions: [{ ...COLLECTED, at: 0 }] })
  })
})

describe('a run that is sought', () => {
  it('lets panels look at the line that the map shows, from the instant it leaves', async () => {
    const run = createRun('test', scenario)
    await run.ready()
    const { trace } = run.get().timeline
    const command = trace.find((fact) => fact.type === 'sent' && fact.means.name === 'UIDL')
    expect(command).toBeDefined()
    if (!command) return
    run.actions.seek(command.at)
    expect(run.get().selection.fact).toBe(command.order)
    const names = namesOf(scenario)
    expect(captionAt(run.view(), names, command.at)?.fact).toBe(command.order)
  })
})
