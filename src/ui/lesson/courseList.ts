import type { CourseLesson, CourseUnit } from '../../learning/course'

/** The course's titles: all that the first screen needs of it. Lessons themselves are in `lessons.ts`, which loads later. */
const courses = import.meta.glob<readonly CourseUnit[]>('../../../lessons/course.yaml', {
  query: '?course',
  import: 'default',
  eager: true,
})

/** The units in their order, as `lessons/course.yaml` has them. */
export const COURSE: readonly CourseUnit[] = Object.values(courses).flat()

/** The stops of all units in order; one without an id is not written yet. */
const STOPS: readonly CourseLesson[] = COURSE.flatMap(({ lessons }) => lessons)

/** The ids of the lessons that are written, in order. */
export const WRITTEN: readonly string[] = STOPS.flatMap(({ id }) => (id === undefined ? [] : [id]))
