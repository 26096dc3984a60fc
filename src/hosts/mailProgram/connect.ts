import { startLookup } from '../dns/lookup'
import type { WantedConnection } from './purpose'
import type { ProgramTurn } from './state'

/** A connection to open, by the host's name. */
export type ConnectWish = WantedConnection & { readonly name: string }

const ADDRESS = /^\d{1,3}(\.\d{1,3}){3}$/

/** Connects to a host by name: from its own table, or by asking the resolver first. */
export function connect(turn: ProgramTurn, { name, ...to }: ConnectWish): void {
  const address = ADDRESS.test(name) ? name : turn.state.config.knownHosts?.[name]
  if (address !== undefined) {
    turn.do({ type: 'connect', address, ...to })
    return
  }
  const [lookups, effects] = startLookup(turn.host, turn.state.lookups, name, 'A', to, turn.env)
  turn.change({ lookups })
  for (const effect of effects) turn.do(effect)
}
