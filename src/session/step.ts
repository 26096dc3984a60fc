import type { AnyMachineSnapshot, AnyStateMachine } from 'xstate'
import { createActor } from 'xstate'
import { assert } from '../base/assert'
import { concat, EMPTY, type Octets, slice } from '../base/octets'
import { milliseconds } from '../base/time'
import type { Input, MachineAction, MachineState, Output, Protocol, Reader, Session, SessionEvent } from './session'

/**
 * The one place that drives a machine.
 *
 * `transition()` of XState builds a throw-away actor on every call. A machine only needs a scope to write its actions to, so
 * each machine gets one inert scope, which all its sessions share.
 */
interface Driver {
  readonly machine: AnyStateMachine
  readonly scope: Scope
}
type Scope = Parameters<AnyStateMachine['transition']>[2]
type Executable = { type: string; params: unknown }

const drivers = new WeakMap<AnyStateMachine, Driver>()
/** Actions of the transition under way. The engine is synchronous, so one list serves all machines. */
let emitted: Executable[] = []

function driverOf(machine: AnyStateMachine): Driver {
  let driver = drivers.get(machine)
  if (!driver) {
    const self = createActor(machine, { input: {} as never })
    const nothing = (): void => {}
    const scope = {
      self,
      id: '',
      sessionId: '',
      logger: nothing,
      defer: nothing,
      stopChild: nothing,
      emit: nothing,
      system: self.system,
      actionExecutor: (action: Executable) => {
        emitted.push(action)
      },
    } as unknown as Scope
    driver = { machine, scope }
    drivers.set(machine, driver)
  }
  return driver
}

/** A machine state that remembers its live snapshot. A state from JSON is plain and has to be resolved again. */
class LiveState implements MachineState {
  readonly value: unknown
  readonly context: object
  readonly status: 'active' | 'done'
  // Private, so that it is left out of the data's JSON and equality.
  readonly #snapshot: AnyMachineSnapshot

  constructor(snapshot: AnyMachineSnapshot) {
    this.value = snapshot.value
    this.context = snapshot.context as object
    this.status = snapshot.status === 'done' ? 'done' : 'active'
    this.#snapshot = snapshot
  }

  static thaw(machine: AnyStateMachine, state: MachineState): AnyMachineSnapshot {
    if (state instanceof LiveState) return state.#snapshot
    return machine.resolveState({ value: state.value, context: state.context, status: state.status } as never)
  }
}

const thaw = LiveState.thaw

function freeze(snapshot: AnyMachineSnapshot): MachineState {
  if (snapshot.status === 'error') throw snapshot.error
  return new LiveState(snapshot)
}

/** The state's path as one word: `session.greeted`. Parallel regions are joined by `+`. */
export function stateName(value: unknown): string {
  if (typeof value === 'string') return value
  let name = ''
  for (const key in value as Record<string, unknown>) {
    const below = stateName((value as Record<string, unknown>)[key])
    const path = below === '' ? key : `${key}.${below}`
    name = name === '' ? path : `${name}+${path}`
  }
  return name
}

/** True while the session's state carries the tag. */
export function hasTag(protocol: Protocol, session: Session, tag: string): boolean {
  return thaw(protocol.machine, session.machine).hasTag(tag)
}

/** The event that this input would be for the machine first; undefined if it reads nothing now, or needs more octets. */
export function eventFor(protocol: Protocol, session: Session, input: Input): SessionEvent | undefined {
  if (input.type !== 'received') return eventOf(input)
  const snapshot = thaw(protocol.machine, session.machine)
  const unit = readerOf(protocol, snapshot)?.(input.octets, snapshot.context as never)
  return unit === undefined || unit === 'needsMore' ? undefined : unit.event
}

/** True if a transition of the current state names this event and its guard holds. Wildcards do not count. */
export function admits(protocol: Protocol, session: Session, event: SessionEvent): boolean {
  return thaw(protocol.machine, session.machine).can(event as never)
}

/** The machine's snapshot of a session, for those who explain what it does. */
export const snapshotOf = (protocol: Protocol, session: Session): AnyMachineSnapshot =>
  thaw(protocol.machine, session.machine)

const READS = 'reads:'

function readerOf(protocol: Protocol, snapshot: AnyMachineSnapshot): Reader | undefined {
  for (const tag of snapshot.tags) {
    if (!tag.startsWith(READS)) continue
    const reader = protocol.readers[tag.slice(READS.length)]
    assert(reader, `${protocol.key} has a reader for the tag ${tag}`)
    return reader
  }
  return undefined
}

function collect(protocol: Protocol, outputs: Output[]): void {
  const actions = emitted
  emitted = []
  for (const action of actions) {
    if (action.type === 'xstate.raise') {
      const { event, delay } = action.params as { event: { type: string }; delay?: number }
      // Only a delayed transition leaves with a delay; a plain raise has been taken within the step.
      if (typeof delay === 'number') outputs.push({ type: 'setTimer', timer: event.type, after: milliseconds(delay) })
    } else if (action.type === 'xstate.cancel') {
      outputs.push({ type: 'stopTimer', timer: (action.params as { sendId: string }).sendId })
    } else {
      for (const output of protocol.perform(action as MachineAction)) outputs.push(output)
    }
  }
}

/** A new session in its machine's initial state, with the outputs of entering it. `input` is the machine's input. */
export function startSession(protocol: Protocol, input: object): readonly [Session, readonly Output[]] {
  const { machine, scope } = driverOf(protocol.machine)
  emitted = []
  const snapshot = machine.getInitialSnapshot(scope, input as never)
  const outputs: Output[] = []
  const state = freeze(snapshot)
  collect(protocol, outputs)
  outputs.push({ type: 'entered', state: stateName(snapshot.value) })
  return [{ protocol: protocol.key, machine: state, inbox: EMPTY }, outputs]
}

function eventOf(input: Exclude<Input, { type: 'received' }>): SessionEvent {
  switch (input.type) {
    case 'answered':
      return input.answer
    case 'wanted':
      return input.intent
    case 'expired':
      return { type: input.timer }
    default:
      return input
  }
}

/**
 * Gives the session one input and returns the session after it with all that follows, in order.
 * Reads as many units off the inbox as the machine's states allow. Pure: the same session and input give the same result.
 * The input `secured` empties the inbox first.
 * A session that has ended takes no input and returns nothing.
 */
export function step(protocol: Protocol, session: Session, input: Input): readonly [Session, readonly Output[]] {
  if (session.machine.status === 'done') return [session, []]
  const { machine, scope } = driverOf(protocol.machine)
  const outputs: Output[] = []
  let snapshot = thaw(machine, session.machine)
  let inbox: Octets = session.inbox
  let at = 0
  let name: string | undefined

  const feed = (event: SessionEvent): void => {
    emitted = []
    const before = snapshot
    snapshot = machine.transition(snapshot, event as never, scope)
    collect(protocol, outputs)
    if (snapshot.value !== before.value) {
      name ??= stateName(before.value)
      const entered = stateName(snapshot.value)
      if (entered !== name) outputs.push({ type: 'entered', state: entered })
      name = entered
    }
  }

  if (input.type === 'received') inbox = inbox === '' ? input.octets : concat(inbox, input.octets)
  else {
    // Plaintext that came after STARTTLS may be an attacker's: it is never read (RFC 3207 section 4.2, RFC 2595 section 2.3).
    if (input.type === 'secured') inbox = EMPTY
    feed(eventOf(input))
  }

  while (at < inbox.length && snapshot.status === 'active') {
    const reader = readerOf(protocol, snapshot)
    if (!reader) break
    const rest = at === 0 ? inbox : slice(inbox, at)
    const unit = reader(rest, snapshot.context as never)
    if (unit === 'needsMore') break
    assert(unit.length > 0 && unit.length <= rest.length, 'a reader takes at least one octet and at most all there are')
    at += unit.length
    outputs.push({ type: 'read', octets: slice(rest, 0, unit.length), means: unit.means })
    feed(unit.event)
  }

  return [{ protocol: session.protocol, machine: freeze(snapshot), inbox: slice(inbox, at) }, outputs]
}
