import { gradeTask } from '../../learning/grade'
import type { Lesson, LessonStep, Task } from '../../learning/lesson'
import type { Intervention } from '../../world/intervention'
import type { Timeline } from '../../world/timeline'
import { runAt } from './lessonRuns'
import { workIn } from './useLessonRun'

/**
 * The interventions with which a step begins: those of the lesson's run, and the learner's own up to the one that solved the tasks
 * before it in the same run. A task that goes on where another has ended is begun anew there.
 */
export function beginsOf(
  lesson: Lesson,
  step: LessonStep | undefined,
  timeline: Timeline,
  given: readonly Intervention[],
): readonly Intervention[] {
  const before = tasksBefore(lesson, step)
  const { interventions } = timeline
  if (before.length === 0 || interventions.length <= given.length) return given
  const work = workIn(timeline)
  for (let last = given.length; last < interventions.length; last++) {
    const until = interventions[last + 1]?.at
    const next = until === undefined ? -1 : timeline.trace.findIndex(({ at }) => at >= until)
    const count = next < 0 ? timeline.trace.length : next
    if (before.every((task) => gradeTask(task, lesson, { ...work, count }).solved))
      return interventions.slice(0, last + 1)
  }
  return given
}

function tasksBefore(lesson: Lesson, step: LessonStep | undefined): readonly Task[] {
  if (!step?.task) return []
  const run = runAt(lesson, step)
  return lesson.steps
    .slice(0, lesson.steps.indexOf(step))
    .flatMap((each) => (each.task && runAt(lesson, each) === run ? [each.task] : []))
}
