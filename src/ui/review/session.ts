import type { Progress } from '../../learning/progress'
import type { ItemEntry } from '../../learning/question'
import { dueItems, formFor } from '../../learning/review'
import { createStore } from '../keeping/createStore'
import { endOfDay } from '../question/days'

/** One question of a review: the item that is due, and the form in which it is asked. */
export interface Asked {
  readonly due: string
  readonly entry: ItemEntry
}

/** A review under way. It outlives the page, so that a look at the moment leads back to it. */
export interface Session {
  readonly since: number
  readonly asked: readonly Asked[]
  readonly at: number
}

export const session = createStore<Session | undefined>(undefined)

/** All that is due today, each once. */
export function beginSession(progress: Progress, entries: readonly ItemEntry[], now: number): void {
  const seen = new Set<string>()
  const due = dueItems(progress, endOfDay(now))
  const asked = due.flatMap((id): Asked[] => {
    const form = formFor(
      progress,
      id,
      entries.filter((other) => other.id === id || !(due.includes(other.id) || seen.has(other.id))),
    )
    const entry = entries.find((each) => each.id === form)
    if (!entry) return []
    seen.add(form)
    return [{ due: id, entry }]
  })
  session.set({ since: now, asked, at: 0 })
}

export function nextAsked(): void {
  const now = session.get()
  if (now) session.set({ ...now, at: now.at + 1 })
}

export const endSession = (): void => session.set(undefined)
