import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import twoTowns from '../../../lessons/scenarios/two-towns.json'
import { minutes } from '../../base/time'
import { composeMessage } from '../../mail/compose'
import type { Breakpoint, PauseWhen } from '../../view/events/pauses'
import { bundledScenario } from '../../world/bundledScenario'
import { factOf } from '../../world/trace'
import { createRun, type Run } from '../run/createRun'
import { readBreakpoints } from './breakpoints'
import { watchFor } from './watch'

vi.mock('../keeping/database', () => ({
  readKept: async () => undefined,
  writeKept: async () => undefined,
  changeKept: async (_: string, change: (kept: unknown) => unknown) => change(undefined),
  putAside: async () => undefined,
  readText: () => undefined,
  writeText: () => undefined,
}))

/** The frames that a browser would draw; `next` is undefined while nothing plays. */
const frames = vi.hoisted((): { next: ((elapsed: number) => void) | undefined } => ({ next: undefined }))
vi.mock('d3-timer', () => ({
  timer: (frame: (elapsed: number) => void) => {
    frames.next = frame
    return {
      stop: () => {
        if (frames.next === frame) frames.next = undefined
      },
    }
  },
}))

const scenario = bundledScenario(twoTowns)
const { host, account, from } = scenario.letter

beforeEach(() => {
  vi.useFakeTimers()
})
afterEach(() => {
  vi.useRealTimers()
})

async function runWith(...whens: readonly PauseWhen[]): Promise<Run> {
  const run = createRun('test', scenario)
  await run.ready()
  run.watch(
    watchFor(
      whens.map((when, id): Breakpoint => ({ id, when, on: true })),
      scenario,
    ),
  )
  return run
}

const send = (run: Run, to: string): void => {
  const message = composeMessage({ from, to: [to], subject: 's', body: 'b' })
  run.actions.intervene({ type: 'submitted', host, account, forwardPaths: [to], message })
}
/** Plays until it stops by itself, a frame at a time. */
function played(run: Run): void {
  for (let elapsed = 0; frames.next && elapsed < 600_000; elapsed += 16) frames.next(elapsed)
  expect(run.get().playing).toBe(false)
}
const chosen = (run: Run): unknown => factOf(run.get().timeline.trace, run.get().selection.fact ?? -1)

describe('a run with breakpoints', () => {
  it('stops exactly at a reply that refuses, says which one, and goes on from there', async () => {
    const run = await runWith({ type: 'refused' })
    send(run, 'nobody@bird.example')
    played(run)
    expect(chosen(run)).toMatchObject({ type: 'sent', means: { name: '550' } })
    const { t, paused } = run.get()
    expect(paused).toEqual({ at: t, names: ['a reply refuses (5yz)'] })
    expect(t).toBe(
      run.view().history.flights.lines.get(run.view().history.flights.lines.countUpTo((line) => line.from, t) - 1)
        ?.from,
    )
    run.actions.play()
    played(run)
    expect(run.get().t).toBe(run.view().end)
  })

  it('stops at the first fact of an action, at the very instant at which it is done', async () => {
    const run = await runWith({ type: 'filter', filter: 'kind == written' })
    send(run, 'bob@bird.example')
    played(run)
    expect(run.get().t).toBe(0)
    expect(chosen(run)).toMatchObject({ type: 'messageWritten' })
    run.actions.play()
    played(run)
    expect(run.get().t).toBe(run.view().end)
  })

  it('stops on a leap over a long time', async () => {
    const run = await runWith({ type: 'filter', filter: 'time > 600 and pop3.command == USER' })
    run.actions.goToEnd()
    run.actions.runOn(minutes(60))
    while (run.get().leaping) await vi.advanceTimersToNextTimerAsync()
    expect(chosen(run)).toMatchObject({ type: 'sent', means: { name: 'USER' } })
    expect(run.get().t).toBeGreaterThanOrEqual(600_000)
    expect(run.get().t).toBeLessThan(minutes(20))
    expect(run.get().paused?.at).toBe(run.get().t)
  })

  it('stops on a leap that is made at once', async () => {
    const run = await runWith({ type: 'filter', filter: 'pop3.command == USER' })
    run.actions.goToEnd()
    run.actions.runOn(minutes(10))
    expect(run.get().leaping).toBeUndefined()
    expect(chosen(run)).toMatchObject({ type: 'sent', means: { name: 'USER' } })
    expect(run.get().t).toBeLessThan(run.view().end)
  })

  it('does not stop if all of them are off', async () => {
    const run = await runWith({ type: 'refused' })
    run.watch(watchFor([{ id: 1, when: { type: 'refused' }, on: false }], scenario))
    send(run, 'nobody@bird.example')
    played(run)
    expect(run.get().t).toBe(run.view().end)
    expect(run.get().paused).toBeUndefined()
  })
})

describe('kept breakpoints', () => {
  const good: readonly Breakpoint[] = [
    { id: 1, when: { type: 'refused' }, on: true },
    { id: 2, when: { type: 'queue', host: 'mx.bird.example' }, on: false, name: 'queue' },
    { id: 3, when: { type: 'filter', filter: 'dns' }, on: true },
  ]
  it('are read as they were written', () => {
    expect(readBreakpoints(structuredClone(good))).toEqual(good)
    expect(readBreakpoints(undefined)).toEqual([])
  })
  it.each([
    [null],
    ['x'],
    [{}],
    [[{ id: 1 }]],
    [[{ id: 1, on: true, when: { type: 'command' } }]],
    [[{ id: 'a', on: true, when: { type: 'refused' } }]],
    [Array(31).fill(good[0])],
  ])('that are none are not read: %j', (kept) => {
    expect(readBreakpoints(kept)).toBeUndefined()
  })
})
