import { withTexts } from '../../messages/topic'
import { createStore, type Store } from '../keeping/createStore'
import type { StopStates } from '../lesson/stopStates'

const states = createStore<StopStates>(new Map())

export const courseStates: Store<StopStates> = states

/** Progress is read after the first paint: the home page waits neither for it nor for the code that reads it. */
export function loadCourseStates(): void {
  void withTexts(import('../lesson/stopStates')).then(async ({ storedStates }) => states.set(await storedStates()))
}
