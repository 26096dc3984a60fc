import type { CourseUnit } from './course'
import type { LessonMeta } from './lesson'
import { meant, nearest } from './nearest'
import { LessonError, type Problem } from './problem'
import { courseSchema } from './schema'
import { readYaml } from './yaml'

export interface CourseText {
  /** The file's name in problems: `lessons/course.yaml`. */
  readonly file: string
  readonly yaml: string
}

/** Parses the course as below. Throws a LessonError with every problem. */
export function parseCourse(text: CourseText, written: readonly LessonMeta[]): readonly CourseUnit[] {
  const { units, problems } = courseIn(text, written)
  if (!units || problems.length > 0) throw new LessonError(problems)
  return units
}

/** The units, if the file has any that can be read, and every problem. */
export interface ReadCourse {
  readonly units?: readonly CourseUnit[]
  readonly problems: readonly Problem[]
}

/**
 * Parses the course.
 *
 * @param written the existing lessons: each must have its place in the course, under its own title and unit
 * @param unreadable the ids of those of which no more is known
 */
export function courseIn(
  { file, yaml }: CourseText,
  written: readonly LessonMeta[],
  unreadable: readonly string[] = [],
): ReadCourse {
  const read = readYaml(yaml, courseSchema, file)
  if (!read.value) return { problems: read.problems }
  const { units } = read.value
  const problems: Problem[] = []
  const report = (path: readonly (string | number)[], message: string, remedy: string): void => {
    problems.push({ file, ...read.placeOf(path), message, remedy })
  }
  const unplaced = new Map(written.map((meta) => [meta.id, meta]))
  const seenUnits = new Set<string>()
  const placed = new Set<string>()
  units.forEach((unit, u) => {
    if (seenUnits.has(unit.title))
      report(
        ['units', u, 'title'],
        `there are two units "${unit.title}"`,
        'Lessons name their unit by its title: rename one.',
      )
    seenUnits.add(unit.title)
    const titles = new Set<string>()
    unit.lessons.forEach(({ title, id }, l) => {
      const at = (field: string) => ['units', u, 'lessons', l, field]
      if (titles.has(title))
        report(at('title'), `"${unit.title}" has two lessons "${title}"`, 'Give one of them another title.')
      titles.add(title)
      if (id === undefined) return
      const meta = unplaced.get(id)
      if (placed.has(id)) report(at('id'), `the lesson "${id}" has two places`, 'Remove one of them.')
      else if (!meta && unreadable.includes(id)) {
        // Its own file says why.
      } else if (!meta)
        report(at('id'), `there is no lesson "${id}"`, 'Write its folder in lessons/, or leave the id out until then.')
      else {
        if (meta.title !== title)
          report(
            at('title'),
            `the lesson calls itself "${meta.title}"`,
            'Write the same title here and in its lesson.md.',
          )
        if (meta.unit !== unit.title)
          report(at('id'), `the lesson says that its unit is "${meta.unit}"`, 'Move it there, or mend its lesson.md.')
      }
      placed.add(id)
      unplaced.delete(id)
    })
  })
  for (const { id, title, unit } of unplaced.values()) {
    const u = units.findIndex((each) => each.title === unit)
    const titles = units.map((each) => each.title)
    if (u < 0 && nearest(unit, titles) !== undefined) {
      report(
        ['units'],
        `the lesson "${id}" says that its unit is "${unit}"`,
        `${meant(unit, titles, '')} Mend it in its lesson.md.`,
      )
      continue
    }
    report(
      u < 0 ? ['units'] : ['units', u, 'lessons'],
      `the lesson "${id}" has no place in the course`,
      `Add { title: '${title}', id: ${id} } to the unit "${unit}".`,
    )
  }
  return { units, problems }
}
