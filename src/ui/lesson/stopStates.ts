import type { Progress } from '../../learning/progress'
import { lessonProgress } from '../../learning/progress'
import type { ItemEntry } from '../../learning/question'
import { lessonText } from '../../messages/lesson'
import { daysAhead, endOfDay } from '../question/days'
import { openItems } from '../question/itemIndex'
import { WRITTEN } from './courseList'
import { minutesOf } from './lessons'
import { openProgress } from './progressStore'

/** A stop of the course for one learner: its sign, and the same in words. */
export interface StopState {
  readonly mark: 'done' | 'due' | 'next' | 'open'
  readonly words: string
  readonly finished: boolean
}

/** The stops by the ids of their lessons. */
export type StopStates = ReadonlyMap<string, StopState>

/** The lesson to go on with: the first that is not finished. */
export const nextLesson = (progress: Progress): string | undefined =>
  WRITTEN.find((id) => !lessonProgress(progress, id).finished)

/** The stops of the course for a learner: what is due, when the rest comes back, and which lesson is the next. */
export function statesOf(progress: Progress, entries: readonly ItemEntry[], now: number): StopStates {
  const next = nextLesson(progress)
  const today = endOfDay(now)
  return new Map(
    WRITTEN.map((id) => {
      const comesBack = entries.flatMap((entry) =>
        entry.lesson === id ? (progress.quiz[entry.id]?.memory?.due ?? []) : [],
      )
      return [id, stateOf(progress, id, comesBack, { today, now, isNext: id === next })]
    }),
  )
}

interface Day {
  readonly now: number
  /** The end of today. */
  readonly today: number
  readonly isNext: boolean
}

function stateOf(progress: Progress, id: string, comesBack: readonly number[], day: Day): StopState {
  const { finished, seen } = lessonProgress(progress, id)
  const due = comesBack.filter((at) => at <= day.today).length
  const minutes = minutesOf(id)
  if (day.isNext) {
    const how = due > 0 ? 'due' : seen.length > 0 ? 'begun' : 'new'
    return { mark: 'next', finished, words: lessonText('stopNext', { how, due, minutes }) }
  }
  if (due > 0) return { mark: 'due', finished, words: lessonText('stopDue', { due }) }
  if (!finished)
    return {
      mark: 'open',
      finished,
      words: lessonText('stopOpen', { how: seen.length > 0 ? 'begun' : 'new', minutes }),
    }
  const days = comesBack.length > 0 ? daysAhead(day.now, Math.min(...comesBack)) : 0
  return { mark: 'done', finished, words: lessonText('stopDone', { days }) }
}

/** The same for the progress that is kept in this browser. Without an answer no list of questions is needed. */
export async function storedStates(): Promise<StopStates> {
  const store = openProgress()
  await store.ready
  const { progress } = store.get()
  const entries = Object.keys(progress.quiz).length > 0 ? await openItems() : []
  return statesOf(progress, entries, Date.now())
}
