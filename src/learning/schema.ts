import { z } from 'zod'
import { checkSchema, measureSchema } from './checkSchema'
import type { CourseUnit } from './course'
import { deedSchema, idSchema as id, playSchema } from './deedSchema'
import { HELP, HINT_GRADES, OPENS, type Solution } from './lesson'
import { momentSchema } from './patternSchema'
import { simplification } from './scenarioSchema'

/**
 * The authors' fields: front matter of `lesson.md`, attributes of its directives, `quiz.yaml`, `course.yaml`. Used when the site
 * is built and in tests; the page never loads it. A field's description is also its error's remedy.
 */

const text = z.string().min(1)

/** Of `lesson.md`. */
export const frontMatterSchema = z.strictObject({
  title: text.describe('The lesson, in two to five words.'),
  unit: text.describe("The unit's title."),
  summary: text.describe('One sentence for the course list.'),
  minutes: z.int().min(1).max(15).describe('How long it takes, 5 to 10.'),
  covers: z.array(text).min(1).describe('Ids of the facts that it teaches: A1, J2.'),
  finePrint: z.array(text).default([]).describe('Ids of the fine print that it carries: F1.'),
  simplifies: z
    .array(simplification)
    .default([])
    .describe("What the lesson omits beyond its world's omissions: here, instead, standard."),
  run: playSchema.exactOptional().describe('The run that the steps look at, if there is only one.'),
  runs: z.record(id, playSchema).exactOptional().describe('Several runs by id; a step names its own.'),
  moments: z.record(id, momentSchema).describe('Instants of the runs by id.'),
  checks: z.record(id, checkSchema).default({}).describe('What tasks and predictions ask for, by id.'),
  measures: z.record(id, measureSchema).default({}).describe('Numbers that a run gives, by id.'),
  closing: z
    .array(id)
    .exactOptional()
    .describe('The questions that close the lesson; by default all that no step asks.'),
})
export type FrontMatter = z.infer<typeof frontMatterSchema>

const words = z
  .string()
  .transform((list) => list.split(/[\s,]+/).filter((word) => word !== ''))
  .describe('Names, separated by spaces.')

export const directiveSchemas = {
  step: z.strictObject({
    id,
    title: text,
    moment: id.exactOptional(),
    run: id.exactOptional(),
    focus: words.exactOptional(),
  }),
  watch: z.strictObject({}),
  predict: z.strictObject({
    kind: z.enum(['reply', 'happens', 'several', 'number', 'order']).default('reply'),
    moment: id,
    field: text.default('means.name'),
    measure: id.exactOptional(),
    near: z.coerce.number().min(0).max(50).exactOptional(),
    answer: text,
  }),
  task: z.strictObject({
    check: id.exactOptional(),
    'no-harm': id.exactOptional(),
    score: id.exactOptional(),
    best: z.coerce.number().exactOptional(),
    opens: z.enum(OPENS).default('letter'),
    at: text.exactOptional(),
    to: text.exactOptional(),
    port: z.coerce.number().int().exactOptional(),
    section: text.exactOptional(),
  }),
  goal: z.strictObject({ check: id }),
  hint: z.strictObject({ grade: z.enum(HINT_GRADES) }),
  mistake: z.strictObject({ when: id.exactOptional(), reply: text.exactOptional() }),
  praise: z.strictObject({}),
  dialogue: z.strictObject({ help: z.enum(HELP).default('gaps') }),
  'fine-print': z.strictObject({
    id: text.describe('Its id, F3; or the fact of this lesson that it is about, S2.'),
    rfc: text,
  }),
  term: z.strictObject({ rfc: text }),
  gloss: z.strictObject({}),
  envelope: z.strictObject({}),
  recall: z.strictObject({ item: id }),
  try: z.strictObject({}),
  exam: z.strictObject({}),
  curve: z.strictObject({}),
  compare: z.strictObject({ left: id, right: id, moment: id.exactOptional(), names: text.exactOptional() }),
} as const
export type DirectiveName = keyof typeof directiveSchemas

/** Of `solution.yaml`. */
export const solutionSchema: z.ZodType<Solution> = z.record(
  id,
  z.strictObject({
    ways: z
      .array(
        z
          .array(deedSchema)
          .min(1)
          .describe('A way is a list of deeds within the list of ways: it begins with two dashes, - -.'),
      )
      .min(1)
      .describe('Ways to solve the task: at least one.'),
    slips: z
      .record(text, z.array(deedSchema).min(1))
      .default({})
      .describe('For each mistake that the task names, by its check or its reply, what makes it.'),
  }),
)

const saidById = z.record(z.string(), text)

/** `lessons/facts.yaml`: all that the course teaches, and the mistaken ideas that it meets. */
export const factsSchema = z.strictObject({
  facts: saidById,
  finePrint: saidById,
  misconceptions: saidById.describe('Ideas behind wrong answers.'),
})

/** The sentences of `lessons/facts.yaml` by their ids. */
export type FactTable = z.infer<typeof factsSchema>

const courseLesson = z.strictObject({
  title: text.describe("The lesson's title."),
  id: text
    .exactOptional()
    .describe(
      "The lesson's folder without the numbers: the-journey/one-letter-three-steps. Left out while it is not written.",
    ),
})

const courseUnit: z.ZodType<CourseUnit> = z.strictObject({
  title: text.describe('Lessons name their unit by it.'),
  about: text.describe('A few words below the title.'),
  protocol: z.enum(['SMTP', 'DNS', 'POP3', 'IMAP', 'all']).describe('Gives the unit its colour.'),
  lessons: z.array(courseLesson).min(1).describe('In the order of the course.'),
})

/** `lessons/course.yaml`. */
export const courseSchema = z.strictObject({ units: z.array(courseUnit).min(1) })
