import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import twoTowns from '../../../lessons/scenarios/two-towns.json'
import { fromText } from '../../base/octets'
import { instant, minutes } from '../../base/time'
import { namesOf } from '../../view/run/names'
import { captionAt } from '../../view/stage/scene'
import { bundledScenario } from '../../world/bundledScenario'
import type { Intervention } from '../../world/intervention'
import { createRun } from './createRun'
import { engine } from './engine'
import { making } from './making'
import { RunFailed } from './opening'
import type { SavedRun } from './savedRun'

/** The part of a browser's storage that runs use. */
const database = await vi.hoisted(async () => (await import('../testing/keptInMemory')).keptInMemory())
vi.mock('../keeping/database', () => database.module)
const storage = {
  get kept(): unknown {
    return database.kept.get('run:test')
  },
  set kept(value: unknown) {
    database.kept.clear()
    if (value !== undefined) database.kept.set('run:test', value)
  },
}
/** The intervention from which the stored run was made. */
const keptInterventions = (): unknown => {
  const { all, current } = storage.kept as SavedRun
  return all.find(({ id }) => id === current)?.interventions
}

const scenario = bundledScenario(twoTowns)
const COLLECTED: Intervention = {
  type: 'collected',
  host: 'bob-laptop',
  account: 'bob@bird.example',
  at: instant(100),
}
const SAVED = {
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

/** A run at whose end a message waits for its next try, since the exchanger is stopped. */
async function deferredRun(): Promise<ReturnType<typeof createRun>> {
  storage.kept = undefined
  const run = createRun('test', scenario)
  await run.ready()
  run.actions.intervene({ type: 'hostStopped', host: 'mx.bird.example' })
  const { host, account, to } = scenario.letter
  run.actions.intervene({
    type: 'submitted',
    host,
    account,
    forwardPaths: [to],
    message: fromText('Subject: x\r\n\r\n'),
  })
  run.actions.goToEnd()
  return run
}

beforeEach(() => {
  vi.useFakeTimers()
  database.texts.clear()
  storage.kept = SAVED
})
afterEach(() => {
  vi.useRealTimers()
})

describe('a run before it is ready', () => {
  it('has an empty timeline that cannot be changed', () => {
    const run = createRun('test', scenario)
    expect(run.get().timeline).toMatchObject({ scenario, seed: scenario.seed, interventions: [], trace: [], until: 0 })
    expect(run.view().history.flights.lines).toHaveLength(0)
    expect(() => run.actions.intervene(COLLECTED)).toThrow(/ready/)
    expect(() => run.actions.runOn()).toThrow(/ready/)
  })

  it('does not overwrite the saved run before it is restored', async () => {
    const run = createRun('test', scenario)
    run.actions.select({ host: 'bob-laptop' })
    run.actions.setSpeed(4)
    await vi.advanceTimersByTimeAsync(10_000)
    expect(storage.kept).toBe(SAVED)
  })

  it('is ready once: all callers get the same promise', () => {
    const run = createRun('test', scenario)
    expect(run.ready()).toBe(run.ready())
  })
})

describe('a stored run', () => {
  it.each([
    ['of some hours says nothing while it is made again', 6 * 3_600_000, false],
    ['of two days tells how far it has come, since one has to wait for it', 2 * 86_400_000, true],
  ])('%s', async (_, until, waits) => {
    storage.kept = { ...SAVED, until }
    const told: unknown[] = []
    const leave = making.subscribe(() => told.push(making.get()?.reached))
    const run = createRun('test', scenario)
    let done = false
    void run.ready().then(() => {
      done = true
    })
    while (!done) await vi.advanceTimersByTimeAsync(1)
    leave()
    expect(run.get().timeline.until).toBeGreaterThanOrEqual(until)
    expect(making.get()).toBeUndefined()
    expect(told.length > 2).toBe(waits)
    for (const text of told.slice(0, -1)) expect(text).toMatch(/^\d.* of 2 d 00:00:00$/)
  })
})

describe('a letter that comes back', () => {
  const toNobody = async () => {
    storage.kept = undefined
    const run = createRun('test', scenario)
    await run.ready()
    const { host, account } = scenario.letter
    const message = fromText('From: alice@paper.example\r\nTo: nobody@bird.example\r\n\r\nHello\r\n')
    run.actions.intervene({ type: 'submitted', host, account, forwardPaths: ['nobody@bird.example'], message })
    run.actions.goToEnd()
    return run
  }
  const fetchedIn = ({ get }: ReturnType<typeof createRun>) =>
    get().timeline.trace.findLast(({ type }) => type === 'messageFetched')

  it('is followed until the laptop of its author has the notice, and is so again after a reload', async () => {
    const run = await toNobody()
    expect(fetchedIn(run)).toMatchObject({ host: 'alice-laptop', by: 'IMAP' })
    await vi.advanceTimersByTimeAsync(1000)
    const again = createRun('test', scenario)
    const ready = again.ready()
    await vi.advanceTimersByTimeAsync(1000)
    await ready
    expect(fetchedIn(again)).toEqual(fetchedIn(run))
    expect(again.get().timeline.until).toBe(run.get().timeline.until)
  })

  it('is not waited for if no device checks for it soon', async () => {
    const run = await toNobody()
    run.actions.seek(instant(2000))
    run.actions.intervene({ type: 'hostStopped', host: 'alice-laptop' })
    expect(fetchedIn(run)).toBeUndefined()
    expect(run.get().timeline.until).toBeLessThan(10_000)
  })
})

describe('a run that is ready', () => {
  it('is at the instant where it was left, and keeps choices made meanwhile', async () => {
    const run = createRun('test', scenario)
    run.actions.select({ host: 'bob-laptop' })
    await run.ready()
    expect(run.get()).toMatchObject({ t: 150, stepBy: 'hop', speed: 2, selection: { host: 'bob-laptop' } })
    expect(run.get().timeline.interventions).toEqual([COLLECTED])
    expect(run.get().timeline.trace.some((fact) => fact.type === 'intervened')).toBe(true)
  })

  it('starts again if another scenario was saved under its name', async () => {
    storage.kept = { ...SAVED, scenario: 'another' }
    const run = createRun('test', scenario)
    await run.ready()
    expect(run.get()).toMatchObject({ t: 0, stepBy: 'line', speed: 1 })
    expect(run.get().timeline.interventions).toEqual([])
    expect(run.get().timeline.trace.length).toBeGreaterThan(0)
  })

  it.each([
    ['another scenario', { ...SAVED, scenario: 'another' }],
    ['no run', 'oops'],
    ['an intervention of no kind', { ...SAVED, interventions: [{ type: 'shouted', at: 0, host: 'bob-laptop' }] }],
    ['a host that is not there', { ...SAVED, interventions: [{ ...COLLECTED, host: 'carol-laptop' }] }],
    ['interventions out of order', { ...SAVED, interventions: [COLLECTED, { ...COLLECTED, at: 50 }] }],
  ])('reports an unreadable saved run and puts it aside: %s', async (_, kept) => {
    storage.kept = kept
    const run = createRun('test', scenario)
    await run.ready()
    expect(run.get().notice).toBe('dropped')
    expect(run.get().timeline.interventions).toEqual([])
    expect(database.kept.get('run:test:damaged')).toEqual(kept)
  })

  it('reports a fault of the engine as such, and does not change the saved run', async () => {
    const broken = vi.spyOn(engine, 'remake').mockImplementationOnce(() => {
      throw new Error('a fault of the engine')
    })
    const run = createRun('test', scenario)
    const failed = await run.ready().catch((error: unknown) => error)
    broken.mockRestore()
    expect(failed).toBeInstanceOf(RunFailed)
    expect((failed as RunFailed).message).toBe('a fault of the engine')
    expect(storage.kept).toBe(SAVED)
    await run.ready()
    expect(run.get().timeline.interventions).toEqual([COLLECTED])
  })

  it('can be started again after a fault of the engine; the saved run is put aside', async () => {
    const broken = vi.spyOn(engine, 'remake').mockImplementationOnce(() => {
      throw new Error('a fault of the engine')
    })
    const run = createRun('test', scenario)
    const failed = await run.ready().catch((error: unknown) => error)
    broken.mockRestore()
    await (failed as RunFailed).beginAnew()
    await run.ready()
    expect(run.get().timeline.interventions).toEqual([])
    expect(run.get().timeline.trace.length).toBeGreaterThan(0)
    expect(database.kept.get('run:test:damaged')).toMatchObject({ version: 2, all: [{ interventions: [COLLECTED] }] })
  })

  it('undoes every intervention, also after a reload', async () => {
    storage.kept = undefined
    const first = createRun('test', scenario)
    await first.ready()
    for (const host of ['root', 'resolver', 'mx.bird.example']) first.actions.intervene({ type: 'hostStopped', host })
    first.actions.undo()
    first.actions.intervene({ type: 'hostStopped', host: 'ns.example' })
    await vi.advanceTimersByTimeAsync(1000)
    const run = createRun('test', scenario)
    await run.ready()
    const stopped = () => run.get().timeline.interventions.map((each) => 'host' in each && each.host)
    expect(stopped()).toEqual(['root', 'resolver', 'ns.example'])
    const seen: unknown[] = []
    while (run.get().canUndo) {
      run.actions.undo()
      seen.push(stopped())
    }
    expect(seen).toEqual([['root', 'resolver'], ['root'], []])
  })

  it('leaps far ahead in slices, stops there, and is there again after a reload', async () => {
    storage.kept = undefined
    const run = createRun('test', scenario)
    await run.ready()
    const from = run.get().timeline.until
    run.actions.runOn(minutes(24 * 60))
    expect(run.get().leaping).toMatchObject({ from, to: from + 86_400_000 })
    expect(run.get().leaping?.at).toBeLessThan(from + 86_400_000)
    await vi.advanceTimersByTimeAsync(5000)
    expect(run.get()).toMatchObject({ playing: false, leaping: undefined })
    const { until } = run.get().timeline
    expect(until).toBeGreaterThanOrEqual(from + 86_400_000)
    expect(run.get().t).toBe(until)
    await vi.advanceTimersByTimeAsync(1000)
    const again = createRun('test', scenario)
    const ready = again.ready()
    await vi.advanceTimersByTimeAsync(1000)
    await ready
    expect(again.get().timeline.until).toBe(until)
    expect(again.get().t).toBe(until)
  })

  it('goes to the next try of a message with one press, counts the clock there, and plays the whole try', async () => {
    const run = await deferredRun()
    const deferred = () => run.get().timeline.trace.filter((fact) => fact.type === 'messageDeferred')
    const [first] = deferred()
    const begins = run.get().t
    run.actions.runOnTo('try')
    await vi.advanceTimersByTimeAsync(450)
    expect(run.get().leaping).toMatchObject({ to: first?.nextTry })
    expect(run.get().t).toBeGreaterThan(begins)
    expect(run.get().t).toBeLessThan(first?.nextTry ?? 0)
    await vi.advanceTimersByTimeAsync(550)
    expect(run.get()).toMatchObject({ leaping: undefined, playing: true })
    expect(run.get().t).toBeGreaterThanOrEqual(first?.nextTry ?? Number.POSITIVE_INFINITY)
    expect(deferred()).toHaveLength(2)
  })

  it('goes to the end of a message: it is in the mailbox at once when the exchanger is up again', async () => {
    const run = await deferredRun()
    run.actions.intervene({ type: 'hostStarted', host: 'mx.bird.example' })
    run.actions.runOnTo('letter')
    // How far it will lead is not known yet.
    expect(run.get().leaping).toMatchObject({ to: undefined })
    await vi.advanceTimersByTimeAsync(2000)
    const delivered = run.get().timeline.trace.find((fact) => fact.type === 'messageDelivered')
    expect(delivered).toMatchObject({ forwardPaths: [scenario.letter.to] })
    expect(run.get().timeline.until).toBeLessThan((delivered?.at ?? 0) + minutes(1))
  })

  /** A run of two days in which something was done at the end, saved, and opened again. */
  const twoDaysOld = async () => {
    storage.kept = undefined
    const first = createRun('test', scenario)
    await first.ready()
    first.actions.runOn(minutes(2 * 24 * 60))
    await vi.advanceTimersByTimeAsync(10_000)
    const before = first.get().timeline
    first.actions.intervene({ type: 'hostStopped', host: 'root' })
    await vi.advanceTimersByTimeAsync(1000)
    const run = createRun('test', scenario)
    const ready = run.ready()
    await vi.advanceTimersByTimeAsync(10_000)
    await ready
    return { run, before }
  }

  it('goes back to a run of many days after a reload in slices, and reports its progress', async () => {
    const { run, before } = await twoDaysOld()
    const after = run.get().timeline
    const told: number[] = []
    run.subscribe(() => {
      const { leaping, timeline } = run.get()
      if (!leaping) return
      expect(leaping).toMatchObject({ from: 0, to: before.until, again: true })
      expect(timeline).toBe(after)
      told.push(leaping.at)
    })
    run.actions.undo()
    while (run.get().leaping) {
      const turns = told.length
      await vi.advanceTimersToNextTimerAsync()
      // One turn of the event loop runs exactly one slice.
      expect(told.length).toBeLessThanOrEqual(turns + 1)
    }
    expect(told.length).toBeGreaterThan(before.trace.length / 1000)
    expect(told).toEqual(told.toSorted((a, b) => a - b))
    const { timeline, t, canUndo } = run.get()
    expect({ t, canUndo }).toEqual({ t: before.until, canUndo: false })
    expect(timeline.trace.length).toBe(before.trace.length)
    expect(timeline.trace.at(-1)).toEqual(before.trace.at(-1))
  }, 60_000)

  it('cancels an undo when it is asked to stop, or at another action', async () => {
    const { run } = await twoDaysOld()
    const { timeline } = run.get()
    run.actions.undo()
    await vi.advanceTimersToNextTimerAsync()
    run.actions.stopLeap()
    await vi.advanceTimersByTimeAsync(10_000)
    expect(run.get()).toMatchObject({ leaping: undefined, canUndo: true })
    expect(run.get().timeline).toBe(timeline)
    run.actions.undo()
    run.actions.intervene({ type: 'hostStarted', host: 'root' })
    await vi.advanceTimersByTimeAsync(10_000)
    expect(run.get().timeline.interventions).toHaveLength(2)
  }, 60_000)

  it('stops a leap at the instant that it has reached', async () => {
    storage.kept = undefined
    const run = createRun('test', scenario)
    await run.ready()
    run.actions.runOn(minutes(10 * 24 * 60))
    await vi.advanceTimersToNextTimerAsync()
    run.actions.stopLeap()
    const { timeline, t } = run.get()
    expect(timeline.until).toBeGreaterThan(minutes(60))
    expect(timeline.until).toBeLessThan(minutes(24 * 60))
    expect(t).toBe(timeline.until)
    await vi.advanceTimersByTimeAsync(1000)
    expect(run.get().timeline).toBe(timeline)
  })

  it('clears the selection in another branch, where numbers mean other things', async () => {
    storage.kept = undefined
    const run = createRun('test', scenario)
    await run.ready()
    const opening = run.get().timeline.trace.findLast((fact) => fact.type === 'connectionOpening')
    const connection = opening?.type === 'connectionOpening' ? opening.connection : ''
    const session = run.get().timeline.trace.findLast((fact) => fact.type === 'sessionStarted')?.session
    run.actions.select({ fact: opening?.order, connection, session, host: 'bob-laptop' } as never)
    // The new run differs from the beginning, though it has a connection with the same number.
    run.put({ t: instant(0) })
    run.actions.intervene({ type: 'hostStopped', host: 'root' })
    expect(run.get().timeline.trace.some((fact) => 'connection' in fact && fact.connection === connection)).toBe(true)
    expect(run.get().selection).toEqual({ host: 'bob-laptop' })
  })

  it.each([
    { type: 'hostStopped', host: 'mx.bird.example' },
    { type: 'policyChanged', host: 'mx.bird.example', policy: 'relayForStrangers', value: true },
    { type: 'linkChanged', between: ['resolver', 'root'], up: false },
  ] as const)('stays at its instant when the world itself is changed: $type', async (change) => {
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

  it('is only viewed and not saved if it belongs to a served world', async () => {
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

  it('shows the effect of an intervention without making it, and saves it when it is made', async () => {
    storage.kept = undefined
    const run = createRun('test', scenario)
    await run.ready()
    const before = run.get().timeline
    expect(run.preview(COLLECTED).interventions).toEqual([{ ...COLLECTED, at: 0 }])
    expect(run.get().timeline).toBe(before)
    expect(run.actions.intervene(COLLECTED)[0]?.type).toBe('intervened')
    run.actions.pause()
    await vi.advanceTimersByTimeAsync(0)
    expect(keptInterventions()).toEqual([{ ...COLLECTED, at: 0 }])
  })
})

describe('a run after a seek', () => {
  it('selects the line that the map shows, from the instant of its sending', async () => {
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

describe('a run that is asked to show the way to an instant', () => {
  it('is there at once, and its map knows where it comes from', async () => {
    const run = createRun('test', scenario)
    await run.ready()
    const from = run.get().t
    run.actions.seek(instant(from + 1), true)
    expect(run.get()).toMatchObject({ t: from + 1, steppedFrom: from, playing: false })
    run.actions.seek(instant(from))
    expect(run.get().steppedFrom).toBeUndefined()
  })
})

describe('a run in two windows', () => {
  const opened = async () => {
    const run = createRun('test', scenario)
    await run.ready()
    return run
  }
  const settled = () => vi.advanceTimersByTimeAsync(1000)
  const stop = (host: string) => ({ type: 'hostStopped', host }) as const

  it('is not overwritten silently: the second window stores its own separately and asks', async () => {
    storage.kept = undefined
    const [one, two] = [await opened(), await opened()]
    one.actions.intervene(stop('root'))
    await settled()
    two.actions.intervene(stop('resolver'))
    await settled()
    expect(one.get().notice).toBeUndefined()
    expect(two.get().notice).toBe('elsewhere')
    expect(keptInterventions()).toMatchObject([stop('root')])
    // After a reload, its own run and the question are both back.
    const again = await opened()
    expect(again.get().timeline.interventions).toMatchObject([stop('resolver')])
    expect(again.get().notice).toBe('elsewhere')
  })

  it('is taken from the other window if the learner chooses that', async () => {
    storage.kept = undefined
    const [one, two] = [await opened(), await opened()]
    one.actions.intervene(stop('root'))
    await settled()
    two.actions.intervene(stop('resolver'))
    await settled()
    await two.actions.takeOther()
    expect(two.get().notice).toBeUndefined()
    expect(two.get().timeline.interventions).toMatchObject([stop('root')])
    two.actions.intervene(stop('ns.example'))
    await settled()
    expect(two.get().notice).toBeUndefined()
    expect(keptInterventions()).toMatchObject([stop('root'), stop('ns.example')])
  })

  it('is kept as it is here if the learner chooses that, and the other window asks when it continues', async () => {
    storage.kept = undefined
    const [one, two] = [await opened(), await opened()]
    one.actions.intervene(stop('root'))
    await settled()
    two.actions.intervene(stop('resolver'))
    await settled()
    two.actions.keepMine()
    await settled()
    expect(two.get().notice).toBeUndefined()
    expect(keptInterventions()).toMatchObject([stop('resolver')])
    one.actions.intervene(stop('ns.example'))
    await settled()
    expect(one.get().notice).toBe('elsewhere')
    expect(keptInterventions()).toMatchObject([stop('resolver')])
  })

  it('may be viewed in both: another instant is no change', async () => {
    const [one, two] = [await opened(), await opened()]
    one.actions.seek(instant(100))
    two.actions.seek(instant(50))
    await settled()
    expect([one, two].map((run) => run.get().notice)).toEqual([undefined, undefined])
  })
})
