import { startLookup } from '../dns/lookup'
import type { Purpose } from '../turn'
import type { ProgramTurn } from './state'

/** The connection to open once the address is known. */
export interface ConnectPurpose extends Purpose {
  readonly kind: 'connect'
  readonly port: number
  readonly protocol: string
  readonly input: object
  readonly purpose: Purpose
  readonly implicitTls?: true
}

/** A connection to open, by the host's name. */
export type ConnectWish = Omit<ConnectPurpose, 'kind'> & { readonly name: string }

const ADDRESS = /^\d{1,3}(\.\d{1,3}){3}$/

/** Connects to a host by name: from its own table, or by asking the resolver first. */
export function connect(turn: ProgramTurn, { name, ...to }: ConnectWish): void {
  const address = ADDRESS.test(name) ? name : turn.state.config.knownHosts?.[name]
  if (address !== undefined) {
    turn.do({ type: 'connect', address, ...to })
    return
  }
  const purpose: ConnectPurpose = { kind: 'connect', ...to }
  const [lookups, effects] = startLookup(turn.host, turn.state.lookups, name, 'A', purpose, turn.env)
  turn.change({ lookups })
  for (const effect of effects) turn.do(effect)
}
