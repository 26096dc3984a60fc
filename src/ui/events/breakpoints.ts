import { useEffect, useMemo } from 'react'
import type { Breakpoint, PauseWhen } from '../../view/events/pauses'
import { createStore, type Store, useStore } from '../keeping/createStore'
import { putAside, readKept, writeKept } from '../keeping/database'
import { useRunStore } from '../run/RunContext'
import { watchFor } from './watch'

/** The breakpoints of a world, kept in this browser. */
export interface Breakpoints extends Store<readonly Breakpoint[]> {
  add(when: PauseWhen, name: string): void
  remove(id: number): void
  turn(id: number, on: boolean): void
  /** True if what was kept could not be read. */
  readonly damaged: Store<boolean>
}

/** The greatest number of breakpoints of a world. */
export const MOST_BREAKPOINTS = 30

const keyOf = (run: string): string => `breakpoints:${run}`

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const text = (value: unknown): value is string => typeof value === 'string' && value.length <= 1000

function readWhen(value: unknown): PauseWhen | undefined {
  if (!isRecord(value)) return undefined
  const { type, field, command, host, flag, filter } = value
  if (type === 'later' || type === 'refused') return { type }
  if (type === 'command' && text(field) && text(command)) return { type, field, command }
  if (type === 'queue' && text(host)) return { type, host }
  if (type === 'flag' && text(flag)) return { type, flag }
  return type === 'filter' && text(filter) ? { type, filter } : undefined
}

function readOne(value: unknown): Breakpoint | undefined {
  if (!isRecord(value)) return undefined
  const { id, name, on } = value
  const when = readWhen(value['when'])
  if (typeof id !== 'number' || typeof on !== 'boolean' || !when) return undefined
  return { id, on, when, ...(text(name) ? { name } : {}) }
}

/** Breakpoints as they were kept; undefined if these are none. */
export function readBreakpoints(kept: unknown): readonly Breakpoint[] | undefined {
  if (kept === undefined) return []
  if (!Array.isArray(kept) || kept.length > MOST_BREAKPOINTS) return undefined
  const read = kept.map(readOne)
  return read.every((each) => each !== undefined) ? read : undefined
}

function createBreakpoints(run: string): Breakpoints {
  const store = createStore<readonly Breakpoint[]>([])
  const damaged = createStore(false)
  const key = keyOf(run)
  /** A change that is made before the kept ones are read is made after. */
  const read = readKept(key).then(
    async (kept) => {
      const found = readBreakpoints(kept)
      if (!found) {
        damaged.set(true)
        await putAside(key, kept, Date.now())
      }
      store.set(found ?? [])
    },
    // Storage may be forbidden: then they last as long as the page.
    () => undefined,
  )
  const change = (by: (before: readonly Breakpoint[]) => readonly Breakpoint[]): void => {
    void read.then(() => {
      store.set(by(store.get()))
      return writeKept(key, store.get()).catch(() => undefined)
    })
  }
  return {
    ...store,
    damaged,
    add: (when, name) =>
      change((before) => {
        if (before.length >= MOST_BREAKPOINTS) return before
        const id = Math.max(0, ...before.map((each) => each.id)) + 1
        return [...before, { id, when, on: true, ...(name.trim() === '' ? {} : { name: name.trim() }) }]
      }),
    remove: (id) => change((before) => before.filter((each) => each.id !== id)),
    turn: (id, on) => change((before) => before.map((each) => (each.id === id ? { ...each, on } : each))),
  }
}

const opened = new Map<string, Breakpoints>()

/** The breakpoints of the run of that name. */
export function breakpointsOf(run: string): Breakpoints {
  const known = opened.get(run)
  if (known) return known
  const made = createBreakpoints(run)
  opened.set(run, made)
  return made
}

export function useBreakpoints(): readonly [all: readonly Breakpoint[], breakpoints: Breakpoints] {
  const { key } = useRunStore()
  const breakpoints = breakpointsOf(key)
  return [useStore(breakpoints), breakpoints]
}

/** Lets the run pause at its breakpoints as long as the component is shown. */
export function usePauses(): void {
  const run = useRunStore()
  const [all] = useBreakpoints()
  const watch = useMemo(() => watchFor(all, run.scenario), [all, run.scenario])
  useEffect(() => {
    run.watch(watch)
    return () => run.watch(undefined)
  }, [run, watch])
}
