import { interventionsOf } from '../../learning/play'
import { lessonProgress } from '../../learning/progress'
import { withTexts } from '../../messages/topic'
import { viewOf } from '../../view/run/runView'
import { playedAhead } from '../run/playedAhead'
import { firstShown } from './lessonRuns'
import { openLesson } from './lessons'
import { openProgress } from './progressStore'

/** Whatever the page of a lesson needs besides the lesson. */
const loadPage = () =>
  Promise.all([
    withTexts(import('../run/engine')),
    withTexts(import('./LessonPage')),
    // It reads whether the run was stored.
    import('../run/savedRun'),
  ])

/**
 * Loads a lesson that is likely to be opened next, and plays the run that it opens with, unless `isStale` says by then that it is
 * another one. The lesson's own run is not begun, since another window may be working in it.
 */
export async function makeReady(id: string, isStale: () => boolean = () => false): Promise<void> {
  try {
    const [opened, [{ engine }]] = await Promise.all([openLesson(id), loadPage()])
    if (!opened || 'broken' in opened || isStale()) return
    const { lesson, scenarios } = opened
    const { run } = firstShown(lesson, lessonProgress(openProgress().get().progress, lesson.id))
    const [play, scenario] = [lesson.runs[run], scenarios[run]]
    if (!play || !scenario) return
    const timeline = playedAhead(engine, scenario, { interventions: interventionsOf(play, scenario) })
    // The stage derives what it shows from it, which is kept too.
    void viewOf(timeline).history
  } catch {
    // A failure shows when the lesson is opened.
  }
}
