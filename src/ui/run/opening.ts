import { type Instant, START } from '../../base/time'
import { stageText } from '../../messages/stage'
import { withTexts } from '../../messages/topic'
import { viewOf } from '../../view/run/runView'
import { clockText } from '../../view/stage/clock'
import type { Timeline } from '../../world/timeline'
import { keptFrom } from '../../world/trace'
import { putAside } from '../keeping/database'
import { branchOf, parentOf, rootOf } from './branches'
import { making } from './making'
import type { RunStore } from './runStore'
import type { SavedRun } from './savedRun'
import { keptSelection } from './selection'

/** Loads the engine and the stored run, and shows stored runs. */

/**
 * The engine failed at a stored run, which is a fault of the engine. The stored run is not changed unless the scenario is started
 * again.
 */
export class RunFailed extends Error {
  /** Puts the stored run aside and starts its scenario again. */
  readonly beginAnew: () => Promise<void>
  constructor(cause: unknown, beginAnew: () => Promise<void>) {
    super(cause instanceof Error ? cause.message : String(cause), { cause })
    this.name = 'RunFailed'
    this.beginAnew = beginAnew
  }
}

/** A run of fewer facts is there before one asks what happens. */
const LONG = 20_000

/** Shows a stored run. A long one is made in slices. `stood`: the instant of its learner, if not the stored one. */
export async function show(run: RunStore, saved: SavedRun, stood?: number): Promise<void> {
  const { seed, stepBy, speed, all, current } = saved
  const branches = { all, current }
  run.setBranches(branches)
  const { interventions, until, t } = branchOf(branches)
  const timeline = await new Promise<Timeline>((done, failed) =>
    run.slices.begin(run.engine().remake(run.scenario, { seed, interventions }, until as Instant), {
      told: ({ at, facts }) => {
        if (facts < LONG) return
        const reached = stageText('remade', { at: clockText(at), to: clockText(until) })
        making.set({ said: stageText('remaking'), reached })
      },
      done,
      failed,
    }),
  ).finally(() => making.set(undefined))
  const end = Math.max(viewOf(timeline).end, timeline.until)
  run.restore({
    timeline,
    t: Math.max(Math.min(stood ?? t, end), keptFrom(timeline)) as Instant,
    stepBy,
    speed,
    canUndo: parentOf(branches) !== undefined,
    playing: false,
    selection: keptSelection(run.get(), timeline),
  })
}

/**
 * Loads the engine, then shows the stored run, or starts the scenario if there is none. Rejects with `RunFailed` if the engine
 * fails at the stored run; `begunAnew` is called when its scenario was started again. With `begins` a run that is not stored stays
 * empty.
 */
export async function open(
  run: RunStore,
  key: string,
  { seed, begins }: { readonly seed: number | undefined; readonly begins: boolean },
  begunAnew: () => void,
): Promise<void> {
  const [{ engine }, saved] = await Promise.all([withTexts(import('./engine')), run.saving?.load()])
  run.begin(engine)
  const start = (): Timeline => engine.start(run.scenario, seed === undefined ? {} : { seed })
  if (!saved) {
    if (!begins) run.restore({ timeline: start() })
    return
  }
  try {
    await show(run, saved, run.saving?.leftAt())
  } catch (cause) {
    throw new RunFailed(cause, async () => {
      await putAside(`run:${key}`, saved, Date.now())
      run.setBranches(rootOf({ interventions: [], t: START, until: START }))
      run.change({ timeline: start(), t: START })
      begunAnew()
    })
  }
}
