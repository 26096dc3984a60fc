import type { Intervention } from '../../../world/intervention'
import { MAX_RECORDED } from './limits'

/**
 * The interventions so far, for pages that come later: with the scenario and its seed they are the whole run. Past a
 * limit they are dropped, and who comes later is told so; who was there goes on.
 */
export class Recording {
  private readonly interventions: Intervention[] = []
  private size = 0

  /** All interventions, or undefined where there were too many to keep. */
  get whole(): readonly Intervention[] | undefined {
    return this.size > MAX_RECORDED ? undefined : this.interventions
  }

  add(intervention: Intervention): void {
    // What an intervention takes beside what was typed.
    this.size += 100 + ('octets' in intervention ? intervention.octets.length : 0)
    if (this.size > MAX_RECORDED) this.interventions.length = 0
    else this.interventions.push(intervention)
  }
}
