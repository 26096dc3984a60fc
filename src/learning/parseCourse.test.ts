import { describe, expect, it } from 'vitest'
import type { LessonMeta } from './lesson'
import { parseCourse } from './parseCourse'
import { LessonError } from './problem'

const written = (id: string, title: string, unit: string): LessonMeta => ({
  id,
  title,
  unit,
  summary: 'A sentence.',
  minutes: 5,
  worlds: [],
})
const HELLO = written('pushing/hello', 'Hello', 'Pushing')
const course = (...lessons: readonly string[]): string =>
  ['units:', '  - title: Pushing', '    about: port 25', '    protocol: SMTP', '    lessons:', ...lessons].join('\n')

/** The problems in the form for an author. */
function problems(yaml: string, lessons: readonly LessonMeta[] = [HELLO]): readonly string[] {
  try {
    parseCourse({ file: 'lessons/course.yaml', yaml }, lessons)
  } catch (error) {
    if (error instanceof LessonError) return error.message.split('\n')
    throw error
  }
  return []
}

describe('the course', () => {
  it('has units with lessons in the order of the file, written or not', () => {
    const yaml = course('      - { title: The envelope }', '      - { title: Hello, id: pushing/hello }')
    expect(parseCourse({ file: 'lessons/course.yaml', yaml }, [HELLO])).toEqual([
      {
        title: 'Pushing',
        about: 'port 25',
        protocol: 'SMTP',
        lessons: [{ title: 'The envelope' }, { title: 'Hello', id: 'pushing/hello' }],
      },
    ])
  })

  it.each([
    [
      'a lesson that is not there',
      ['      - { title: Hello, id: pushing/hallo }'],
      [],
      '6:25: there is no lesson "pushing/hallo"',
    ],
    [
      'another title than the lesson has',
      ['      - { title: Hallo, id: pushing/hello }'],
      [HELLO],
      '6:11: the lesson calls itself "Hello"',
    ],
    [
      'a lesson in the unit of another',
      ['      - { title: Hello, id: pushing/hello }'],
      [{ ...HELLO, unit: 'Collecting' }],
      '6:25: the lesson says that its unit is "Collecting"',
    ],
    [
      'a written lesson left out',
      ['      - { title: The envelope }'],
      [HELLO],
      '5:5: the lesson "pushing/hello" has no place',
    ],
    [
      'a written lesson left out whose unit is misspelt',
      ['      - { title: The envelope }'],
      [{ ...HELLO, unit: 'Pushin' }],
      '1:1: the lesson "pushing/hello" says that its unit is "Pushin". Did you mean "Pushing"? Mend it in its lesson.md.',
    ],
    [
      'a lesson at two places',
      ['      - { title: Hello, id: pushing/hello }', '      - { title: Hello again, id: pushing/hello }'],
      [HELLO],
      '7:31: the lesson "pushing/hello" has two places',
    ],
    ['a title twice', ['      - { title: A }', '      - { title: A }'], [], '7:11: "Pushing" has two lessons "A"'],
    [
      'a field that nobody reads',
      ['      - { titel: A }'],
      [],
      '6:11: there is no field "titel" here. Did you mean "title"?',
    ],
    ['no lessons', ['      []'], [], '5:5: "lessons" has too few entries'],
  ] as const)('tells %s with its line and column', (_, lessons, metas, problem) => {
    expect(problems(course(...lessons), metas).join('\n')).toContain(`lessons/course.yaml:${problem}`)
  })

  it('reports two units of one name', () =>
    expect(
      problems(`${course('      - { title: A }')}\n${course('      - { title: B }').slice('units:\n'.length)}`, []),
    ).toEqual([
      'lessons/course.yaml:7:5: there are two units "Pushing". Lessons name their unit by its title: rename one.',
    ]))

  it('reports all problems at once', () =>
    expect(problems(course('      - { title: A, id: x/a }', '      - { title: B, id: x/b }'), [])).toHaveLength(2))
})
