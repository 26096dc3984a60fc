import { z } from 'zod'
import type { Check } from './check'
import type { Measure } from './measure'
import { patternSchema } from './patternSchema'
import type { LetterPattern } from './state'

/** Checks as an author writes them: what must have happened, and how the world must be. */

const text = z.string()

const letterSchema: z.ZodType<LetterPattern> = z.strictObject({
  subject: text.exactOptional(),
  from: text.exactOptional().describe('A part of its From field.'),
  to: text.exactOptional(),
  cc: text.exactOptional(),
  sender: text.exactOptional().describe('The sender that the envelope named; empty for a notice.'),
  text: text.exactOptional().describe('A part of its text.'),
  line: text.exactOptional().describe('A whole line of its text.'),
  says: text.exactOptional().describe('A part of the whole letter, header included.'),
  forged: z.boolean().exactOptional().describe('True: its From field names another address than its envelope did.'),
  stamps: z.int().exactOptional().describe('How many Received fields it has.'),
  flags: z.array(text).exactOptional().describe('Marks that it has: \\Seen, \\Flagged.'),
  without: z.array(text).exactOptional().describe('Marks that it must not have.'),
  uid: z.union([z.string(), z.number()]).exactOptional(),
})

const holding = {
  exactly: z.array(letterSchema).exactOptional().describe('It holds just these, in any order.'),
  includes: z.array(letterSchema).exactOptional(),
  lacks: z.array(letterSchema).exactOptional(),
  letters: z.int().min(0).exactOptional().describe('How many it holds.'),
}
const number = z.int().min(0)

export const checkSchema: z.ZodType<Check> = z.lazy(() =>
  z.union([
    z.strictObject({
      inOrder: z.array(patternSchema).min(1).describe('These events, in this order.'),
      without: patternSchema.exactOptional().describe('No such event between the first and the last.'),
    }),
    z.strictObject({ all: z.array(checkSchema).min(1) }),
    z.strictObject({ any: z.array(checkSchema).min(1) }),
    z.strictObject({ not: checkSchema }),
    z.strictObject({
      since: patternSchema.describe('Only what happened after the last such event counts.'),
      check: checkSchema,
    }),
    z.strictObject({
      count: patternSchema,
      distinct: text.exactOptional().describe('Events with the same value in this field count once.'),
      atLeast: number.exactOptional(),
      atMost: number.exactOptional(),
      exactly: number.exactOptional(),
    }),
    z.strictObject({ when: patternSchema.describe('At the instant of such an event.'), check: checkSchema }),
    z.strictObject({
      mailbox: text.describe('Whose: bob@bird.example.'),
      folder: text.exactOptional().describe('By default INBOX.'),
      ...holding,
    }),
    z.strictObject({ queue: text.describe('The server whose queue it is.'), ...holding }),
    z.strictObject({ device: text.describe('The device with copies: bob-phone.'), ...holding }),
    z.strictObject({ machine: text, is: z.enum(['on', 'off']) }),
    z.strictObject({
      machinesOff: z.strictObject({ atLeast: number.exactOptional(), atMost: number.exactOptional() }),
    }),
    z.strictObject({ setting: text, at: text, is: z.union([z.string(), z.number(), z.boolean()]) }),
    z.strictObject({
      zone: text.describe('bird.example.'),
      at: text.describe('The name server: ns.bird.example.'),
      has: text.exactOptional().describe('A record as it is written: @ MX 5 store.'),
      lacks: text.exactOptional(),
    }),
  ]),
)

export const measureSchema: z.ZodType<Measure> = z.union([
  z.strictObject({
    count: patternSchema.describe('How often this happens.'),
    distinct: text.exactOptional(),
    since: patternSchema.exactOptional().describe('After the last such event.'),
    until: patternSchema.exactOptional().describe('Before the next such event.'),
  }),
  z.strictObject({ value: text.describe('A field of the event that is a number.'), of: patternSchema }),
  z.strictObject({ octets: patternSchema.describe('The size of all such lines together.') }),
  z.strictObject({ machinesOffAt: patternSchema.describe('How many machines are off at such an event, at most.') }),
  z.strictObject({
    linesInNewest: text.describe('Whose mailbox: the lines of text of the newest letter in it.'),
    folder: text.exactOptional(),
  }),
])
