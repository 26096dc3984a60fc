import { interventionsOf } from '../../learning/play'
import { withTexts } from '../../messages/topic'
import { openLesson } from './lessons'

const loadPage = () => withTexts(import('./LessonPage'))

/** Loads a lesson that is likely to be opened next. A failure shows when it is opened. */
export function loadAhead(id: string): void {
  void Promise.all([loadPage(), openLesson(id)]).catch(() => undefined)
}

/**
 * Makes the program ready for the lesson that a learner most likely goes on with: its run is played once and thrown away. The
 * lesson's own run is not begun, since another window may be working in it.
 */
export async function makeReady(id: string | undefined): Promise<void> {
  try {
    const [opened, { engine }] = await Promise.all([
      id === undefined ? undefined : openLesson(id),
      withTexts(import('../run/engine')),
      loadPage(),
    ])
    if (!opened || 'broken' in opened) return
    const [run = ''] = Object.keys(opened.lesson.runs)
    const [play, scenario] = [opened.lesson.runs[run], opened.scenarios[run]]
    if (play && scenario) engine.start(scenario, { interventions: interventionsOf(play, scenario) })
  } catch {
    // A failure shows when the lesson is opened.
  }
}
