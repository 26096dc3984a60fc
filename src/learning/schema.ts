import { z } from 'zod'
import type { FactType } from '../world/fact'
import type { Check } from './check'
import type { CourseUnit } from './course'
import { deedSchema, idSchema as id, playSchema } from './deedSchema'
import type { Solution } from './lesson'
import type { FactPattern, Moment } from './moment'
import { simplification } from './scenarioSchema'

/**
 * The authors' fields: front matter of `lesson.md`, attributes of its directives, `quiz.yaml`, `course.yaml`. Used when the site
 * is built and in tests; the page never loads it. A field's description is also its error's remedy.
 */

const FACTS: Readonly<Record<FactType, true>> = {
  packetSent: true,
  packetLost: true,
  packetArrived: true,
  packetDuplicated: true,
  connectionOpening: true,
  connectionOpened: true,
  connectionFailed: true,
  connectionClosed: true,
  retransmitted: true,
  tlsStarted: true,
  octetsDiscarded: true,
  hostStopped: true,
  hostStarted: true,
  zoneChanged: true,
  zoneRefused: true,
  changeRefused: true,
  sessionStarted: true,
  sessionEnded: true,
  sent: true,
  read: true,
  stateEntered: true,
  questionAsked: true,
  questionAnswered: true,
  answeredByHand: true,
  timerSet: true,
  timerExpired: true,
  queried: true,
  responded: true,
  datagramReceived: true,
  messageWritten: true,
  messageQueued: true,
  messageRelayed: true,
  messageDeferred: true,
  messageDelivered: true,
  messageBounced: true,
  messageFetched: true,
  messageAdded: true,
  copyDropped: true,
  messageRemoved: true,
  flagsChanged: true,
  submissionFailed: true,
  lookupStarted: true,
  lookupEnded: true,
  intervened: true,
}

const text = z.string().min(1)
const factType = z.enum(Object.keys(FACTS) as [FactType, ...FactType[]])

const patternFields = {
  fact: factType.describe('The kind of fact, as in src/world/fact.ts.'),
  host: text.exactOptional().describe('The host where it happened.'),
  name: z.coerce.string().exactOptional().describe('What was said, by name: RCPT, 250, +OK. For a lookup, the domain.'),
  port: z.int().exactOptional().describe('The port of the server: 25, 587, 110, 143.'),
  says: text.exactOptional().describe('Text that the line contains.'),
  where: z
    .record(z.string(), z.union([z.string(), z.number(), z.boolean()]))
    .exactOptional()
    .describe('Other fields of the fact by path.'),
}

const patternSchema: z.ZodType<FactPattern> = z.strictObject(patternFields)

export const momentSchema: z.ZodType<Moment> = z.strictObject({
  ...patternFields,
  nth: z.int().min(1).exactOptional().describe('Which of them, counted from 1.'),
  after: text.exactOptional().describe('The id of an earlier moment to count from.'),
})

export const checkSchema: z.ZodType<Check> = z.lazy(() =>
  z.union([
    z.strictObject({ inOrder: z.array(patternSchema).min(1) }),
    z.strictObject({ all: z.array(checkSchema).min(1) }),
    z.strictObject({ any: z.array(checkSchema).min(1) }),
    z.strictObject({ not: checkSchema }),
  ]),
)

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
  run: playSchema.describe('The run that the steps look at.'),
  moments: z.record(id, momentSchema).describe('Instants of the run by id.'),
  checks: z.record(id, checkSchema).default({}).describe('What tasks ask for, by id.'),
})
export type FrontMatter = z.infer<typeof frontMatterSchema>

export const directiveSchemas = {
  step: z.strictObject({ id, title: text, moment: id.exactOptional() }),
  watch: z.strictObject({}),
  predict: z.strictObject({ moment: id, field: text.default('means.name'), answer: text }),
  task: z.strictObject({ check: id, opens: z.enum(['letter', 'terminal']).default('letter') }),
  hint: z.strictObject({ grade: z.enum(['nudge', 'pointer', 'line']) }),
  mistake: z.strictObject({ when: id }),
  praise: z.strictObject({}),
  'fine-print': z.strictObject({ id: text, rfc: text }),
  term: z.strictObject({ rfc: text }),
  gloss: z.strictObject({}),
  envelope: z.strictObject({}),
} as const
export type DirectiveName = keyof typeof directiveSchemas

const proofSchema = z.union([
  z.strictObject({ run: id, happens: momentSchema }),
  z.strictObject({ run: id, never: momentSchema }),
  z.strictObject({ run: id, holds: checkSchema }),
  z.strictObject({ run: id, at: momentSchema, field: text.default('means.name'), is: z.coerce.string() }),
])

/** By claim: what the engine must do (happens, holds, is) or must never do (never) for the claim to hold. */
const proofsSchema = z.record(id, z.array(proofSchema).min(1))

const itemSchema = z.strictObject({
  id,
  text: text.describe('The statement, inline Markdown.'),
  key: id.describe('The id of the right choice.'),
  because: z
    .record(id, text)
    .describe('For every choice the cause, inline Markdown; a wrong choice may leave it to its own "about".'),
  subject: text.exactOptional().describe('What $subject stands for in the proofs of the question.'),
  proof: proofsSchema.default({}),
  show: z.strictObject({ run: id, moment: momentSchema }).describe('The moment that shows it.'),
})

/** Of `quiz.yaml`. */
export const quizSchema = z.strictObject({
  runs: z.record(id, playSchema),
  moments: z.record(id, momentSchema).default({}),
  questions: z
    .array(
      z.strictObject({
        id,
        kind: z.enum(['sort', 'match']),
        title: text,
        from: text.describe('Where the question comes from: the unit, or the article.'),
        prompt: text,
        choices: z
          .array(
            z.strictObject({
              id,
              label: text,
              note: text.exactOptional(),
              sign: z.enum(['SMTP', 'DNS', 'IMAP', 'POP3', 'POP3 IMAP']).exactOptional(),
              wire: z.boolean().exactOptional().describe('True where the label is said on the wire.'),
              means: z
                .array(id)
                .exactOptional()
                .describe('The claims that it stands for, where it is not just itself.'),
              about: text
                .exactOptional()
                .describe('Why it is wrong, wherever an item does not say so itself. Inline Markdown.'),
            }),
          )
          .min(2),
        proof: proofsSchema.default({}).describe("Proofs of every item; $subject is the item's own."),
        items: z.array(itemSchema).min(1),
      }),
    )
    .min(1),
})
/** Of `solution.yaml`. */
export const solutionSchema: z.ZodType<Solution> = z.record(
  id,
  z.strictObject({
    ways: z.array(z.array(deedSchema).min(1)).min(1).describe('Ways to solve the task: at least one.'),
    slips: z.record(id, z.array(deedSchema).min(1)).describe('For each mistake that the task names, what makes it.'),
  }),
)

export type QuizSource = z.infer<typeof quizSchema>

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
