import type { Intervention } from '../../../world/intervention'
import { MAX_RECORDED } from './limits'

/**
 * The interventions so far, for pages that come later: with the scenario and its seed they are the whole run. Above a limit
 * they are dropped: later pages are told so, and earlier ones continue.
 */
export class Recording {
  private readonly interventions: Intervention[] = []
  private size = 0

  /** All interventions, or undefined if there were too many to keep. */
  get whole(): readonly Intervention[] | undefined {
    return this.size > MAX_RECORDED ? undefined : this.interventions
  }

  add(intervention: Intervention): void {
    // The size of an intervention without its octets.
    this.size += 100 + ('octets' in intervention ? intervention.octets.length : 0)
    if (this.size > MAX_RECORDED) this.interventions.length = 0
    else this.interventions.push(intervention)
  }
}
