/** The course in the page's form, from `lessons/course.yaml`: checked when the site is built (`parseCourse.ts`). */

/** A part of the course, with its lessons in order. */
export interface CourseUnit {
  readonly title: string
  readonly about: string
  readonly protocol: 'SMTP' | 'DNS' | 'POP3' | 'IMAP' | 'all'
  readonly lessons: readonly CourseLesson[]
}

export interface CourseLesson {
  readonly title: string
  /** The lesson's id; absent if it is not written yet. */
  readonly id?: string
}
