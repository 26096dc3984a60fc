import type { Octets } from '../../../base/octets'
import { type Instant, instant } from '../../../base/time'
import type { Intervention, InterventionBody } from '../../../world/intervention'
import type { Catalogue } from '../../../world/role'
import type { HostName, World } from '../../../world/world'
import { DatagramPorts } from './datagramPorts'
import { act, carryOn, dueAt, type RealTime, realTime, type WorldOutput } from './realTime'
import { type Clock, Turns } from './turns'

/** The destination of an outside program: a host's address and port. */
export interface Place {
  readonly address: string
  readonly port: number
}

/** The receiver of the world's output on one connection. */
export interface Caller {
  octets(octets: Octets): void
  /** The plaintext dialogue is over: later octets belong to TLS. */
  tlsStarted(): void
  closed(why: 'finished' | 'broken'): void
  /** Input may come again, after `type` returned false. */
  hungry(): void
}

/** A program that is gone, while its last input is worked off. */
const GONE: Caller = { octets: () => {}, tlsStarted: () => {}, closed: () => {}, hungry: () => {} }

/** The longest time-out that Node accepts. */
const LONGEST_TIMEOUT = 2_147_483_647

/**
 * A world that runs by the wall clock. Virtual time is the clock's time since the start; one timer waits for the next due item.
 * This is the thin edge of `realTime.ts`: it adds only the clock and the receivers.
 */
export class LiveWorld {
  readonly gateway: HostName
  /** Gets each intervention as it was made, in order. */
  onIntervention: ((intervention: Intervention) => void) | undefined
  /** Gets our own mistakes, never those of an outside program. */
  onMistake: (error: unknown) => void = (error) => {
    throw error
  }
  private state: RealTime
  private readonly catalogue: Catalogue
  private readonly clock: Clock
  private readonly begun: number
  private timer: NodeJS.Timeout | undefined
  private stopped = false
  private readonly callers = new Map<string, Caller>()
  private readonly turns: Turns
  private terminals = 0
  private readonly datagramPorts = new DatagramPorts()
  /** Said and not told yet: who is told may act at once, and what follows waits for its turn. */
  private readonly outputs: WorldOutput[] = []

  /** `clock` counts from `offset` milliseconds before the world's beginning: the world starts in the middle of a second. */
  constructor(world: World, gateway: HostName, catalogue: Catalogue, clock: Clock, offset = 0) {
    this.gateway = gateway
    this.catalogue = catalogue
    this.clock = clock
    this.begun = clock() - offset
    const taken = {
      type: (terminal: string, octets: Octets): void =>
        this.do({ type: 'typed', host: this.gateway, terminal, octets }),
      hungry: (terminal: string): void => this.callers.get(terminal)?.hungry(),
    }
    this.turns = new Turns(taken, clock)
    this.state = realTime(world, gateway)
    this.carryOn()
  }

  /** The present virtual instant, in whole microseconds. */
  get now(): Instant {
    return instant(Math.round((this.clock() - this.begun) * 1000) / 1000)
  }

  get world(): World {
    return this.state.world
  }

  /** Opens a connection to a server of the world. Returns the terminal's name. */
  connect(place: Place, caller: Caller, implicitTls = false): string {
    this.terminals++
    const terminal = `t${this.terminals}`
    this.callers.set(terminal, caller)
    this.do({
      type: 'connected',
      host: this.gateway,
      terminal,
      to: place.address,
      port: place.port,
      ...(implicitTls ? { implicitTls } : {}),
    })
    return terminal
  }

  /**
   * Input of a program, which is worked off in turn with that of the others. Returns false if so much waits that the program should
   * be read from no more until its caller is hungry.
   */
  type(terminal: string, octets: Octets): boolean {
    return !this.callers.has(terminal) || this.turns.add(terminal, octets)
  }

  /** TLS has been agreed with the program at a terminal. */
  secured(terminal: string): void {
    this.after(terminal, () => this.do({ type: 'secured', host: this.gateway, terminal }))
  }

  /** The program has ended its output. Its caller still gets the server's output. */
  hangUp(terminal: string): void {
    this.after(terminal, () => this.do({ type: 'hungUp', host: this.gateway, terminal }))
  }

  /** The program is gone. Its caller gets nothing more; what it has sent is worked off. */
  forget(terminal: string): void {
    if (!this.callers.has(terminal)) return
    this.callers.set(terminal, GONE)
    this.hangUp(terminal)
    this.after(terminal, () => this.leave(terminal))
  }

  /** Sends a datagram for a client; `client` names it, so that its repetitions come from the same port. */
  datagram(client: string, place: Place, octets: Octets, deliver: (octets: Octets) => void): void {
    const fromPort = this.datagramPorts.portOf(client, deliver)
    this.do({ type: 'datagramSent', host: this.gateway, to: place.address, port: place.port, fromPort, octets })
  }

  /** The servers end the connections of outside programs with a last reply. */
  shutDown(): void {
    for (const { name, up } of Object.values(this.world.hosts)) if (up) this.do({ type: 'leaveTaken', host: name })
  }

  /** Stops time; no receiver gets anything more. */
  stop(): void {
    this.stopped = true
    clearTimeout(this.timer)
    this.callers.clear()
    this.turns.stop()
  }

  /** Does something once all input of a program so far has been worked off, if it is still connected then. */
  private after(terminal: string, deed: () => void): void {
    if (!this.callers.has(terminal)) return
    this.turns.after(terminal, () => {
      if (this.callers.has(terminal)) deed()
    })
  }

  private leave(terminal: string): void {
    this.callers.delete(terminal)
    this.turns.forget(terminal)
  }

  private do(body: InterventionBody): void {
    if (this.stopped) return
    try {
      const { state, outputs, intervention } = act(this.state, this.now, body, this.catalogue)
      this.state = state
      this.onIntervention?.(intervention)
      this.tell(outputs)
    } catch (error) {
      // The world is a value, so it is unchanged, and only this program loses its connection.
      this.onMistake(error)
      if ('terminal' in body) this.tell([{ type: 'closed', terminal: body.terminal, why: 'broken' }])
    }
    this.wait()
  }

  private carryOn(): void {
    if (this.stopped) return
    const { state, outputs } = carryOn(this.state, this.now, this.catalogue)
    this.state = state
    this.tell(outputs)
    this.wait()
  }

  private wait(): void {
    clearTimeout(this.timer)
    const due = dueAt(this.state)
    if (this.stopped || due === undefined) return
    const after = Math.min(Math.max(0, Math.ceil(due - this.now)), LONGEST_TIMEOUT)
    this.timer = setTimeout(() => this.carryOn(), after)
  }

  private tell(outputs: readonly WorldOutput[]): void {
    const telling = this.outputs.length > 0
    this.outputs.push(...outputs)
    if (telling) return
    for (let output = this.outputs[0]; output; output = this.outputs[0]) {
      this.tellOne(output)
      this.outputs.shift()
    }
  }

  private tellOne(output: WorldOutput): void {
    if (output.type === 'datagram') {
      this.datagramPorts.deliver(output.port, output.octets)
      return
    }
    const caller = this.callers.get(output.terminal)
    if (output.type === 'octets') caller?.octets(output.octets)
    else if (output.type === 'tlsStarted') {
      // Plaintext after the go-ahead is no part of the dialogue in TLS.
      this.turns.drop(output.terminal)
      caller?.tlsStarted()
    } else {
      this.leave(output.terminal)
      caller?.closed(output.why)
    }
  }
}
