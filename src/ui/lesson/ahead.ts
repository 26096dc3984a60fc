import { withTexts } from '../../messages/topic'
import { openLesson } from './lessons'

const loadPage = () => withTexts(import('./LessonPage'))

/** Loads a lesson that is likely to be opened next. A failure shows when it is opened. */
export function loadAhead(id: string): void {
  void Promise.all([loadPage(), openLesson(id)]).catch(() => undefined)
}

/** Makes the lesson ready that a learner most likely goes on with, run and all; any other then has the program it needs. */
export async function makeReady(id: string | undefined): Promise<void> {
  try {
    const [opened] = await Promise.all([id === undefined ? undefined : openLesson(id), loadPage()])
    const { beginAhead } = await import('./lessonRuns')
    if (opened && !('broken' in opened)) await beginAhead(opened)
  } catch {
    // A failure shows when the lesson is opened.
  }
}
