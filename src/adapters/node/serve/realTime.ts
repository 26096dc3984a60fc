import { concat, type Octets } from '../../../base/octets'
import type { Instant } from '../../../base/time'
import { advance, intervene, nextDue } from '../../../world/advance'
import type { Fact } from '../../../world/fact'
import type { Intervention, InterventionBody } from '../../../world/intervention'
import type { Catalogue } from '../../../world/role'
import type { ConnectionId, HostName, SessionId, World } from '../../../world/world'

/**
 * A world as programs outside it see it: what they do goes in as interventions at the gateway, what the world says to
 * them comes out. Pure: whoever calls brings the instant. Facts are read and dropped, so a long run does not grow.
 */
export interface RealTime {
  readonly world: World
  /** The host that represents outside programs. */
  readonly gateway: HostName
  /** The open terminals, by name. */
  readonly terminals: Readonly<Record<string, Terminal>>
}

interface Terminal {
  readonly session: SessionId
  readonly connection: ConnectionId
  /** Octets of the far end that have arrived here: an offset in the stream. */
  readonly said: number
  readonly heard: number
  readonly wire: 'plain' | 'goAheadSaid' | 'encrypted'
}

type Writable<T> = { -readonly [K in keyof T]: T[K] }

/** Output of the world for an outside program. */
export type WorldOutput =
  | { readonly type: 'octets'; readonly terminal: string; readonly octets: Octets }
  /** The server has agreed to TLS, and all its earlier output has been handed out. */
  | { readonly type: 'tlsStarted'; readonly terminal: string }
  | { readonly type: 'closed'; readonly terminal: string; readonly why: 'finished' | 'broken' }
  | { readonly type: 'datagram'; readonly port: number; readonly octets: Octets }

/** The result of a call: the new state, and the output in order. */
export interface Advanced {
  readonly state: RealTime
  readonly outputs: readonly WorldOutput[]
}

export const realTime = (world: World, gateway: HostName): RealTime => ({ world, gateway, terminals: {} })

/** Carries the world on to an instant. One that has passed changes nothing. */
export function carryOn(state: RealTime, at: Instant, catalogue: Catalogue): Advanced {
  const { world, facts } = advance(state.world, at, catalogue)
  return listen({ ...state, world }, facts)
}

/**
 * Carries out an outside program's action, at an instant or, if the world is ahead of it, now; then everything that follows at
 * the same instant. Returns the intervention with its instant.
 */
export function act(
  state: RealTime,
  at: Instant,
  body: InterventionBody,
  catalogue: Catalogue,
): Advanced & { readonly intervention: Intervention } {
  const before = carryOn(state, at, catalogue)
  const intervention: Intervention = { at: before.state.world.now, ...body }
  const { world, facts } = intervene(before.state.world, intervention, catalogue)
  const opened = body.type === 'connected' ? sessionOpened(facts, state.gateway) : undefined
  const terminals =
    body.type === 'connected' && opened
      ? { ...before.state.terminals, [body.terminal]: newTerminal(opened, body.implicitTls === true) }
      : before.state.terminals
  const during = listen({ ...before.state, world, terminals }, facts)
  const after = carryOn(during.state, intervention.at, catalogue)
  return { state: after.state, outputs: [...before.outputs, ...during.outputs, ...after.outputs], intervention }
}

/** The instant of the next due item, or undefined. */
export const dueAt = (state: RealTime): Instant | undefined => nextDue(state.world)

const newTerminal = (opened: Pick<Terminal, 'session' | 'connection'>, implicitTls: boolean): Terminal => ({
  ...opened,
  said: 0,
  heard: 0,
  wire: implicitTls ? 'encrypted' : 'plain',
})

function sessionOpened(
  facts: readonly Fact[],
  gateway: HostName,
): Pick<Terminal, 'session' | 'connection'> | undefined {
  for (const fact of facts) {
    if (fact.type === 'sessionStarted' && fact.host === gateway && fact.connection !== undefined) {
      return { session: fact.session, connection: fact.connection }
    }
  }
  return undefined
}

/** Adds octets to the output, joined with the previous ones, so that they leave in one write. */
function say(outputs: WorldOutput[], terminal: string, octets: Octets): void {
  const last = outputs.at(-1)
  const goesOn = last?.type === 'octets' && last.terminal === terminal
  if (goesOn) outputs.pop()
  outputs.push({ type: 'octets', terminal, octets: goesOn ? concat(last.octets, octets) : octets })
}

/** Selects the facts that outside programs can see. */
function listen(state: RealTime, facts: readonly Fact[]): Advanced {
  const { gateway } = state
  // Copied once, not for each line.
  const terminals = new Map<string, Writable<Terminal>>()
  const bySession = new Map<SessionId, string>()
  const byConnection = new Map<ConnectionId, string>()
  for (const [name, terminal] of Object.entries(state.terminals)) {
    terminals.set(name, { ...terminal })
    bySession.set(terminal.session, name)
    byConnection.set(terminal.connection, name)
  }
  const outputs: WorldOutput[] = []
  /** The agreement to TLS must be handed out before TLS begins. */
  const settle = (name: string, terminal: Writable<Terminal>): void => {
    if (terminal.wire !== 'goAheadSaid' || terminal.heard < terminal.said) return
    terminal.wire = 'encrypted'
    outputs.push({ type: 'tlsStarted', terminal: name })
  }
  const close = (name: string | undefined, why: 'finished' | 'broken'): void => {
    if (name !== undefined && terminals.delete(name)) outputs.push({ type: 'closed', terminal: name, why })
  }
  for (const fact of facts) {
    switch (fact.type) {
      case 'sent': {
        const terminal = fact.host === gateway ? undefined : terminals.get(byConnection.get(fact.connection) ?? '')
        if (terminal) terminal.said = fact.end
        break
      }
      case 'tlsStarted': {
        const name = fact.host === gateway ? undefined : byConnection.get(fact.connection)
        const terminal = terminals.get(name ?? '')
        if (name === undefined || terminal?.wire !== 'plain') break
        terminal.wire = 'goAheadSaid'
        settle(name, terminal)
        break
      }
      case 'read': {
        const name = fact.host === gateway ? bySession.get(fact.session) : undefined
        const terminal = terminals.get(name ?? '')
        if (name === undefined || !terminal) break
        say(outputs, name, fact.octets)
        terminal.heard = fact.end
        settle(name, terminal)
        break
      }
      case 'connectionFailed':
        if (fact.host === gateway) close(byConnection.get(fact.connection), 'broken')
        break
      case 'stateEntered':
        // `over` is a program that hung up and got the server's last output.
        if (fact.state === 'closed' || fact.state === 'over') close(bySession.get(fact.session), 'finished')
        break
      case 'datagramReceived':
        if (fact.host === gateway) outputs.push({ type: 'datagram', port: fact.port, octets: fact.octets })
        break
      default:
    }
  }
  return { state: { ...state, terminals: Object.fromEntries(terminals) }, outputs }
}
