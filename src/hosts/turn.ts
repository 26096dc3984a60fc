import type { Answer } from '../session/session'
import type { FactBody } from '../world/fact'
import type { Effect, Happening, HostEnvironment, HostOf } from '../world/role'
import type { SessionId } from '../world/world'

/**
 * One reaction of a host under way: the present state and the effects so far. It lives for a single call of `react`, which is
 * pure from outside.
 */
export class Turn<State extends object> {
  readonly host: HostOf<State>
  readonly env: HostEnvironment
  readonly effects: Effect[] = []
  state: State

  constructor(host: HostOf<State>, env: HostEnvironment) {
    this.host = host
    this.env = env
    this.state = host.state
  }

  change(change: Partial<State>): void {
    this.state = { ...this.state, ...change }
  }
  /** `Given` names the answers that the session's protocol understands; without it nothing is accepted. */
  answer<Given extends Answer = never>(session: SessionId, answer: NoInfer<Given>): void {
    this.effects.push({ type: 'answer', session, answer })
  }
  note(fact: FactBody): void {
    this.effects.push({ type: 'note', fact })
  }
  do(effect: Effect): void {
    this.effects.push(effect)
  }
  /** Unix milliseconds now. */
  get civil(): number {
    return this.env.epoch + Math.floor(this.env.now)
  }
  get result(): readonly [State, readonly Effect[]] {
    return [this.state, this.effects]
  }
}

export type Asked = Extract<Happening, { type: 'asked' }>
