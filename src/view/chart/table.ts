import type { Graph } from './graph'

/**
 * Where a machine's states stand in its chart. The tables are made by hand (`tables.ts`), so that a chart stays as it is from one
 * version to the next; arrows find their way between them (`route.ts`). A state that its table does not know stands in a lane of
 * its own at the foot, which a test forbids for our own machines.
 */
export interface Table {
  readonly width: number
  readonly height: number
  /**
   * The middle of each state, in pixels. A state that belongs to several rooms stands in each of them: `asking@ready.notAuthenticated`.
   */
  readonly at: Readonly<Record<string, readonly [x: number, y: number]>>
  readonly frames?: readonly Frame[]
  readonly strips?: readonly Strip[]
  readonly lanes?: readonly Lane[]
  /** The arrows that are always drawn. The others are drawn when they are taken, or looked at. */
  readonly arrows: readonly PlacedArrow[]
  /** Words above and beneath a state. */
  readonly captions?: Readonly<Record<string, Caption>>
  /** A walk through the states of a session in which all goes well. */
  readonly good: readonly string[]
  /** The event of a step of that walk, by `FROM>TO`, where several lead there; else the first in the machine. */
  readonly goodEvents?: Readonly<Record<string, string>>
  /** The state that leads back to the room that one is in. */
  readonly back?: string
}

/** A frame with a name, from which arrows may come. */
export interface Frame {
  readonly name: string
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
  /** The state to which its room belongs: one is in the room while the machine is there, or comes back to it. */
  readonly room?: string
}

/** The common answers of all states inside a state. */
export interface Strip {
  readonly of: string
  readonly events: readonly string[]
  readonly x: number
  readonly y: number
  readonly width: number
}

/** A ruled lane with a title. */
export interface Lane {
  readonly name: string
  readonly x: number
  readonly y: number
  readonly width: number
  /** True where a line is ruled above it. */
  readonly ruled?: true
}

/** From, to, and the events that its label names; without them, all on which it is taken. A frame is named `frame:NAME`. */
export type PlacedArrow = readonly [from: string, to: string, events?: readonly string[]]

export interface Caption {
  /** Commands that lead there. */
  readonly above?: readonly string[]
  /** The name of the words beneath. */
  readonly below?: string
}

/** The path of a place: `asking` of `asking@ready.notAuthenticated`. */
export const pathOfPlace = (place: string): string => place.split('@', 1)[0] ?? place

/** The room of a place that stands in several. */
export const roomOfPlace = (place: string): string | undefined => place.split('@')[1]

/** The states that a table does not place. */
export const unplaced = (graph: Graph, { at }: Pick<Table, 'at'>): readonly string[] => {
  const placed = new Set(Object.keys(at).map(pathOfPlace))
  return graph.states.flatMap(({ path }) => (placed.has(path) ? [] : [path]))
}
