import { z } from 'zod'
import { checkSchema, measureSchema } from './checkSchema'
import { idSchema as id, playSchema } from './deedSchema'
import { momentSchema } from './patternSchema'

/**
 * The fields of `quiz.yaml`, a kind of question each. Used when the site is built and in tests; the page never loads it. A
 * field's meaning is its description; an example of each kind is in the README.
 */

const text = z.string().min(1)

const many = z.array(text).min(1)
const runId = id.exactOptional().describe('The id of a run; by default the run of the question.')

/** A moment by its id in `moments`, or written in place. */
const when = z.union([id, momentSchema])
const field = text.default('means.name').describe('A field of what happens then; by default its name: RCPT, 250, +OK.')

const proofSchema = z.union([
  z.strictObject({ run: runId, happens: when.describe('This happens in the run.') }),
  z.strictObject({ run: runId, never: when.describe('This never happens in the run.') }),
  z.strictObject({ run: runId, holds: checkSchema.describe('This check holds at the end of the run.') }),
  z.strictObject({ run: runId, at: when, field, is: z.coerce.string().describe('The value of the field then.') }),
])
const reportProof = z.strictObject({
  reports: text.describe("A field of the report in the question's letter: Remote-MTA."),
  is: text.describe('The value of that field.'),
})
const noProof = z.strictObject({
  none: text.describe('Why no run can prove it: a definition, a figure from outside the world.'),
})
const proofs = z.union([z.array(z.union([reportProof, ...proofSchema.options])).min(1), noProof])
export type ProofSource = z.infer<typeof proofSchema>
export type ReportSource = z.infer<typeof reportProof>
export type ProofsSource = z.infer<typeof proofs>

const show = z
  .strictObject({ run: runId, moment: when })
  .describe('The moment that shows it. Left out where nothing is to be seen.')

const misconception = z
  .string()
  .regex(/^M\d\d$/, 'a misconception is M and two digits')
  .exactOptional()
  .describe('The idea behind a wrong answer: M11.')
const because = text.describe('The cause, inline Markdown: why it is right, or what is wrong with the idea.')
const foreseen = { because, misconception }

const asked = {
  id: id.describe('Unique over all quiz files: progress is kept by it.'),
  facts: z
    .array(z.string().regex(/^[A-Z]\d+$/, 'a fact is a letter and a number'))
    .min(1)
    .describe('What it asks about: C4, F6, Q3. Questions with a common fact are forms of each other.'),
  form: z.array(id).default([]).describe('Names shared with other forms of it, where no fact is common.'),
  run: id.exactOptional().describe('The run of its proofs and moments, where they name no other.'),
  show: show.exactOptional(),
}
const whole = {
  ...asked,
  text: text.describe('The question, inline Markdown.'),
  letter: z
    .string()
    .regex(/^[\w-]+\.eml$/, 'a stored letter is a file beside the quiz: notice.eml')
    .exactOptional()
    .describe('A letter that is shown with the question: a file beside the quiz, notice.eml.'),
}

const optionSchema = z.strictObject({
  id,
  text: text.describe('The answer, inline Markdown.'),
  right: z.boolean().default(false),
  ...foreseen,
  is: z.coerce.string().exactOptional().describe('The value of what the question "asks", if this is the answer.'),
  proof: proofs.exactOptional().describe('What is the case if this is right. For a wrong answer it must not hold.'),
})
const options = z.array(optionSchema).min(2).max(9)
const asks = z
  .strictObject({ run: runId, at: when, field })
  .exactOptional()
  .describe('The field of a moment that answers it; each option then says only what it "is".')
const commonProof = proofs.exactOptional().describe('For all options that bring none of their own.')

const choiceSchema = z.strictObject({
  kind: z.enum(['single', 'multiple']),
  ...whole,
  asks,
  options,
  proof: commonProof,
})

const predictSchema = z.strictObject({
  kind: z.literal('predict'),
  ...whole,
  show: show.describe('The moment at which the run answers. It is played after the answer.'),
  from: when.exactOptional().describe('The moment at which the stage stands while it is asked.'),
  asks,
  options: options.exactOptional(),
  proof: commonProof,
  number: z
    .strictObject({
      key: z.number().describe('The number that the run gives.'),
      within: z.number().min(0).default(0).describe('How far from it an answer may lie.'),
      unit: text.exactOptional().describe('Said after the number: octets.'),
      because,
      slips: z
        .array(z.strictObject({ number: z.number(), ...foreseen }))
        .default([])
        .describe('Foreseen wrong numbers.'),
      measure: measureSchema.describe('How the run gives the number.'),
    })
    .exactOptional()
    .describe('Asks for a number instead of one of the options.'),
})

const orderItems = z
  .array(z.strictObject({ id, text, moment: when.exactOptional().describe('When it happens in the run.') }))
  .min(2)
  .max(14)
  .describe('In the right order. Moments of one instant may stand either way.')
const orderFields = {
  ties: z.array(z.array(id).min(2)).default([]).describe('Groups of items whose order does not matter.'),
  slips: z
    .array(z.strictObject({ first: id, next: id, ...foreseen }))
    .default([])
    .describe('Foreseen mistakes: "first" was put before "next".'),
}
const orderSchema = z.strictObject({
  kind: z.literal('order'),
  ...whole,
  items: orderItems,
  ...orderFields,
  because,
  proof: noProof.exactOptional().describe('Where no moments show the order.'),
})

const lineSlip = z.strictObject({
  name: text.exactOptional().describe('The verb that was said: HELO.'),
  reply: z.coerce.string().exactOptional().describe('The reply that it drew: 501.'),
  says: text.exactOptional().describe('Text in the line or in the reply.'),
  ...foreseen,
})
const slipOf = z.strictObject({ says: many.describe('The wrong words, or others for them.'), ...foreseen })

const fillSchema = z.strictObject({
  kind: z.literal('fill'),
  ...whole,
  say: z
    .strictObject({
      run: runId.describe('The run in whose state the line is said.'),
      host: text.exactOptional().describe('The machine of the person who says it; by default as in the run.'),
      terminal: text.exactOptional().describe("Its terminal in the run; by default the run's last one."),
      at: when.exactOptional().describe('When it is said; by default at the end of the run.'),
      right: many.describe('Right lines. Every legal spelling of the same meaning is right by itself.'),
      free: z.array(text).default([]).describe('Parts that may be anything: helloName, user, mailbox.'),
    })
    .exactOptional()
    .describe('One line, said to a server.'),
  blanks: z
    .array(
      z.strictObject({
        accept: many.describe('Right words; the first is shown. Case and spaces are free.'),
        slips: z.array(slipOf).default([]).describe('Foreseen wrong words.'),
      }),
    )
    .min(1)
    .exactOptional()
    .describe('For each ____ in the text. Write the text in quotes.'),
  anyOrder: z
    .array(z.array(z.int().min(1)).min(2))
    .default([])
    .describe('Blanks, counted from 1, whose words may change places.'),
  slips: z.array(lineSlip).default([]).describe('Foreseen wrong lines.'),
  because,
  proof: proofs.exactOptional().describe('For a sentence with blanks.'),
})

const recallKey = z.strictObject({
  label: text.describe('As it is shown. It is recognized too.'),
  says: z.array(text).default([]).describe('Other words for it.'),
  because: because.exactOptional(),
  proof: proofs.exactOptional(),
})
const recallSchema = z.strictObject({
  kind: z.literal('recall'),
  ...whole,
  keys: z.array(recallKey).min(1),
  bonus: z.array(recallKey).default([]).describe('Recognized, but not asked for.'),
  enough: z.int().min(1).exactOptional().describe('How many of the keys are enough; by default all.'),
  slips: z
    .array(z.strictObject({ label: text, says: z.array(text).default([]), ...foreseen }))
    .default([])
    .describe('Foreseen wrong items.'),
  because,
  proof: proofs.exactOptional().describe('For all keys that bring none of their own.'),
})

const script = text.describe('Lines that a person says. A line (hang up) cuts the connection.')
const fixSchema = z.strictObject({
  kind: z.literal('fix'),
  ...whole,
  dialogues: z
    .array(
      z.strictObject({
        host: text.describe('The machine at which the person sits.'),
        to: text.describe('The server that is called.'),
        port: z.int(),
        implicitTls: z.literal(true).exactOptional().describe('TLS begins with the connection.'),
        script: script.describe('The dialogue with its flaw.'),
        mended: script.describe('A good one. Any other that reaches the goal is right too.'),
      }),
    )
    .min(1)
    .describe('Held one after the other, after the run.'),
  goal: checkSchema.describe('Must hold at the end, however it was reached.'),
  slips: z.array(lineSlip).default([]).describe('Foreseen mistakes that are still in it.'),
  because,
})

const shortSchema = z.strictObject({
  kind: z.literal('short'),
  ...whole,
  model: text.describe('A good answer, inline Markdown.'),
  parts: z
    .array(z.strictObject({ id, text: text.describe('Said as something the answer says.') }))
    .min(1)
    .max(9)
    .describe('The learner ticks those that the own answer has.'),
  enough: z.int().min(1).exactOptional().describe('How many of the parts are enough; by default all.'),
})

const packetSchema = z.strictObject({
  kind: z.literal('packet'),
  ...whole,
  moment: when.exactOptional().describe('The packet, or the DNS message: the moment at which it is sent.'),
  rows: z
    .array(
      z.strictObject({
        label: text.describe('The name of the field.'),
        field: text.describe('packet.source.port, packet.flags.syn, means.parsed.answers.0.data.exchange'),
        blank: z
          .strictObject({ accept: z.array(text).default([]), slips: z.array(slipOf).default([]) })
          .exactOptional()
          .describe('The learner fills it. Other spellings in "accept"; the key is what the packet has.'),
      }),
    )
    .min(1)
    .exactOptional()
    .describe('The fields of one packet, some of them blank.'),
  packets: orderItems.exactOptional().describe('Packets that are shuffled, in the right order.'),
  ...orderFields,
  because,
})

/** By claim: what the engine must do (happens, holds, is) or must never do (never) for the claim to hold. */
const claims = z.record(id, z.array(proofSchema).min(1))

const tableSchema = z.strictObject({
  kind: z.enum(['sort', 'match']),
  ...asked,
  title: text,
  from: text.exactOptional().describe('Where the question comes from: the unit, or the article.'),
  prompt: text,
  choices: z
    .array(
      z.strictObject({
        id,
        label: text,
        note: text.exactOptional(),
        sign: z.enum(['SMTP', 'DNS', 'IMAP', 'POP3', 'POP3 IMAP']).exactOptional(),
        wire: z.boolean().exactOptional().describe('True where the label is said on the wire.'),
        means: z.array(id).exactOptional().describe('The claims that it stands for, where it is not just itself.'),
        about: text
          .exactOptional()
          .describe('Why it is wrong, wherever an item does not say so itself. Inline Markdown.'),
      }),
    )
    .min(2),
  proof: claims.default({}).describe("Proofs of every item; $subject is the item's own."),
  items: z
    .array(
      z.strictObject({
        id,
        text: text.describe('The statement, inline Markdown.'),
        key: id.describe('The id of the right choice.'),
        because: z
          .record(id, text)
          .describe('For every choice the cause, inline Markdown; a wrong choice may leave it to its own "about".'),
        subject: text.exactOptional().describe('What $subject stands for in the proofs of the question.'),
        proof: z.union([claims, noProof]).default({}),
        show: show.exactOptional(),
      }),
    )
    .min(1),
})

const KINDS = 'single, multiple, sort, match, order, fill, recall, predict, fix, short, packet'
const questionSchema = z.discriminatedUnion(
  'kind',
  [
    choiceSchema,
    predictSchema,
    orderSchema,
    fillSchema,
    recallSchema,
    fixSchema,
    shortSchema,
    packetSchema,
    tableSchema,
  ],
  { error: `a question has a "kind", one of: ${KINDS}` },
)
export type QuestionSource = z.infer<typeof questionSchema>
export type ChoiceSource = z.infer<typeof choiceSchema>
export type PredictSource = z.infer<typeof predictSchema>
export type OrderSource = z.infer<typeof orderSchema>
export type FillSource = z.infer<typeof fillSchema>
export type RecallSource = z.infer<typeof recallSchema>
export type FixSource = z.infer<typeof fixSchema>
export type ShortSource = z.infer<typeof shortSchema>
export type PacketSource = z.infer<typeof packetSchema>
export type TableSource = z.infer<typeof tableSchema>
export type OptionSource = z.infer<typeof optionSchema>

/** `quiz.yaml` */
export const quizSchema = z.strictObject({
  runs: z.record(id, playSchema).default({}).describe('Runs of this file; others are taken from lessons/runs.yaml.'),
  moments: z.record(id, momentSchema).default({}).describe('Instants by id: a proof or "show" may name them.'),
  questions: z.array(questionSchema).min(1),
})

/** `lessons/runs.yaml`: the runs that several quizzes and lessons look at. */
export const runsSchema = z.strictObject({ runs: z.record(id, playSchema) })
