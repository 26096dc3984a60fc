import { START } from '../../base/time'
import type { Intervention } from '../../world/intervention'
import type { Run } from './createRun'

const beginnings = new WeakMap<Run, Promise<void>>()

/** Resolves when the run is ready. A run without interventions gets these. */
export function begun(run: Run, begins: readonly Intervention[]): Promise<void> {
  let ready = beginnings.get(run)
  if (!ready) {
    ready = run.ready().then(() => {
      if (run.get().timeline.interventions.length === 0) run.actions.replace(begins, START)
    })
    beginnings.set(run, ready)
  }
  return ready
}
