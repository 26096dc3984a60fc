import type { Octets } from '../../../base/octets'

/** Milliseconds that never go back. */
export type Clock = () => number

/** The receiver of input whose turn has come. */
export interface TurnTaker {
  /** Works off some input of a program. */
  type(name: string, octets: Octets): void
  /** All but a little of the input of a program that was told to wait has been worked off. */
  hungry(name: string): void
}

/** The longest work before sockets are looked at again, in milliseconds. */
const ROUND = 8
/** The wanted cost of one slice, in milliseconds. Its size in octets is learned from the slices before it. */
const SLICE = 2
const SMALLEST_SLICE = 128
const FIRST_SLICE = 2048
const LARGEST_SLICE = 65_536
/** Input of one program that waits. A program that has sent more is read from again when less than this waits. */
export const MAX_WAITING = 65_536

interface Waiting {
  /** Octets, and what is to be done when those before it have been worked off. */
  readonly queue: (Octets | (() => void))[]
  /** Octets in the queue. */
  octets: number
  /** Octets of the next slice. */
  slice: number
  /** Milliseconds that its input has cost, beside the others. */
  cost: number
  isFull: boolean
}

const processorTime: Clock = () => {
  const { user, system } = process.cpuUsage()
  return (user + system) / 1000
}

/**
 * Chooses the program whose input is worked off next. Programs take turns by the time that their input has cost so far, as
 * processes do in a fair scheduler (M. Jones, "Inside the Linux 2.6 Completely Fair Scheduler"; RFC 8290 for packets): a program
 * that says one line waits for a slice of the others, not for all that they have sent ahead.
 */
export class Turns {
  private readonly taker: TurnTaker
  private readonly clock: Clock
  private readonly spent: Clock
  private readonly programs = new Map<string, Waiting>()
  /** Those with something to do. */
  private readonly waiting = new Set<string>()
  /** The cost of the program that had the last turn: who comes new or was silent begins there. */
  private level = 0
  private next: NodeJS.Immediate | undefined
  private isWorking = false

  /**
   * `spent` measures what input costs, in milliseconds: the processor's time, since the time on the wall would also count what other
   * processes of a busy machine take.
   */
  constructor(taker: TurnTaker, clock: Clock, spent: Clock = processorTime) {
    this.taker = taker
    this.clock = clock
    this.spent = spent
  }

  /** Adds input of a program. Returns false if it should send no more until it is called hungry. */
  add(name: string, octets: Octets): boolean {
    const program = this.queued(name, octets)
    program.octets += octets.length
    this.begin()
    program.isFull = program.octets > MAX_WAITING
    return !program.isFull
  }

  /** Does something after all input of a program so far. */
  after(name: string, deed: () => void): void {
    this.queued(name, deed)
    this.begin()
  }

  /** Input that was not worked off yet is dropped; what is to be done after it stays. */
  drop(name: string): void {
    const program = this.programs.get(name)
    if (!program) return
    const deeds = program.queue.filter((each) => typeof each !== 'string')
    program.queue.splice(0, program.queue.length, ...deeds)
    program.octets = 0
    program.isFull = false
  }

  /** A program is gone, with all that waited. */
  forget(name: string): void {
    this.programs.delete(name)
    this.waiting.delete(name)
  }

  stop(): void {
    clearImmediate(this.next)
    this.programs.clear()
    this.waiting.clear()
  }

  private queued(name: string, entry: Octets | (() => void)): Waiting {
    let program = this.programs.get(name)
    if (!program) {
      program = { queue: [], octets: 0, slice: FIRST_SLICE, cost: this.level, isFull: false }
      this.programs.set(name, program)
    }
    // A silent program has not saved up time.
    if (!this.waiting.has(name)) program.cost = Math.max(program.cost, this.level)
    this.waiting.add(name)
    program.queue.push(entry)
    return program
  }

  /** Works at once if there is no backlog, so that a lone program waits for nothing. */
  private begin(): void {
    if (this.next === undefined && !this.isWorking) this.work()
  }

  private work(): void {
    this.next = undefined
    this.isWorking = true
    const until = this.clock() + ROUND
    try {
      for (let name = this.cheapest(); name !== undefined; name = this.cheapest()) {
        this.turn(name)
        if (this.clock() >= until) break
      }
    } finally {
      this.isWorking = false
      if (this.waiting.size > 0) this.next = setImmediate(() => this.work())
    }
  }

  /** The program whose input has cost least so far; of those within a slice of it the one with the shortest input. */
  private cheapest(): string | undefined {
    let found: string | undefined
    let [least, shortest] = [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY]
    for (const name of this.waiting) {
      const { cost: whole, octets } = this.programs.get(name) as Waiting
      const cost = Math.floor(whole / SLICE)
      if (cost > least || (cost === least && octets >= shortest)) continue
      found = name
      least = cost
      shortest = octets
    }
    return found
  }

  private turn(name: string): void {
    const program = this.programs.get(name) as Waiting
    this.level = program.cost
    const entry = program.queue[0]
    const before = this.spent()
    if (typeof entry === 'function') {
      program.queue.shift()
      entry()
    } else if (entry !== undefined) {
      const octets = entry.slice(0, program.slice) as Octets
      if (octets.length < entry.length) program.queue[0] = entry.slice(octets.length) as Octets
      else program.queue.shift()
      program.octets -= octets.length
      this.taker.type(name, octets)
      const took = this.spent() - before
      if (took > SLICE) program.slice = Math.max(SMALLEST_SLICE, program.slice >> 1)
      else if (took < SLICE / 2 && octets.length === program.slice)
        program.slice = Math.min(LARGEST_SLICE, program.slice << 1)
    }
    program.cost += this.spent() - before
    if (program.queue.length === 0) this.waiting.delete(name)
    if (program.isFull && program.octets < MAX_WAITING / 2 && this.programs.has(name)) {
      program.isFull = false
      this.taker.hungry(name)
    }
  }
}
