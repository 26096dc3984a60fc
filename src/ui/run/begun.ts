import { type Instant, START } from '../../base/time'
import type { Intervention } from '../../world/intervention'
import type { Run } from './createRun'

const beginnings = new WeakMap<Run, Promise<void>>()

/**
 * Resolves when the run is ready. A run without interventions gets these, and stands where `stands` says, so that it is drawn there
 * at once.
 */
export function begun(
  run: Run,
  begins: readonly Intervention[],
  stands: () => Instant | undefined = () => undefined,
): Promise<void> {
  let ready = beginnings.get(run)
  if (!ready) {
    ready = run.ready(begins.length > 0).then(() => {
      if (run.get().timeline.interventions.length > 0) return
      run.actions.replace(begins, START)
      const t = stands()
      if (t !== undefined) run.actions.seek(t)
    })
    beginnings.set(run, ready)
    // After a failure, the next call tries again.
    ready.catch(() => beginnings.delete(run))
  }
  return ready
}
