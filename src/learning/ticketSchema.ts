import { z } from 'zod'
import type { Check } from './check'
import { checkSchema } from './checkSchema'
import type { Deed } from './deed'
import { deedSchema, idSchema } from './deedSchema'

/**
 * Repair tickets: `lessons/tickets.yaml`. Something is wrong in a world, a user complains in a few words, and whatever makes the
 * world right is a repair. The description of a field is also the remedy of its error.
 */

const text = z.string().min(1)
const deeds = z.array(deedSchema).min(1)

/** A ticket as the file has it. */
export interface WrittenTicket {
  readonly id: string
  readonly title: string
  readonly from: string
  readonly subject: string
  readonly practises: string
  readonly after: string
  /** A world of lessons/scenarios/ with a fault in it. */
  readonly world: string
  readonly complaint: string
  readonly deeds: readonly Deed[]
  readonly symptom: Check
  readonly goal: Check
  readonly wanted: string
  readonly noHarm: readonly WrittenCare[]
  readonly hints: readonly [string, string, string]
  readonly was: string
  readonly couldBeKnown: string
  readonly repairs: Readonly<Record<string, readonly Deed[]>>
  readonly wishes: Readonly<Record<string, WrittenWish>>
}

interface WrittenCare {
  readonly check: Check
  readonly stays: string
  readonly harmed: string
}

interface WrittenWish {
  readonly does: 'nothing' | 'harm'
  readonly seen?: Check
  readonly says?: string
  readonly deeds: readonly Deed[]
}

const ticketSchema: z.ZodType<WrittenTicket> = z.strictObject({
  id: idSchema,
  title: text.describe('What it was: shown once it is mended.'),
  from: z
    .string()
    .regex(/^[^<>]+ <[^<>@ ]+@[^<>@ ]+>$/, 'a user is written "Bob <bob@bird.example>"')
    .describe('The user who complains.'),
  subject: text.describe('The complaint in a few words of the user. It gives nothing away.'),
  practises: text.describe('What one practises, in a few words.'),
  after: text.describe('The lesson from which on one knows enough.'),
  world: idSchema.describe('A file of lessons/scenarios/, without .json.'),
  complaint: text.describe("The ticket, in the user's voice."),
  deeds: z.array(deedSchema).default([]).describe('What happens before the ticket comes in.'),
  symptom: checkSchema.describe('What the user has seen: it holds when the ticket comes in.'),
  goal: checkSchema.describe('Holds when the world is right, however it was made so.'),
  wanted: text.describe('The goal in words.'),
  noHarm: z
    .array(
      z.strictObject({
        check: checkSchema.describe('Holds all the while.'),
        stays: text.describe('The same in words.'),
        harmed: text.describe('What was harmed, what follows from it, what to do.'),
      }),
    )
    .min(1),
  hints: z.tuple([text, text, text]).describe('A nudge, a pointer, a line.'),
  was: text.describe('The closing card: what it was.'),
  couldBeKnown: text.describe('The closing card: how one could have known in a minute.'),
  repairs: z.record(idSchema, deeds).describe('Each reaches the goal.'),
  wishes: z
    .record(
      idSchema,
      z
        .strictObject({
          does: z.enum(['nothing', 'harm']),
          seen: checkSchema.exactOptional().describe('It has been done, and it is not mended yet.'),
          says: text.exactOptional().describe('A word about it.'),
          deeds,
        })
        .refine(
          ({ does, seen, says }) =>
            (seen === undefined) === (does === 'harm') && (says === undefined) === (does === 'harm'),
          'a wish that does nothing has "seen" and "says"; one that does harm is told by what was harmed',
        ),
    )
    .describe('What one tries first: it helps nothing, or reaches the goal by doing harm.'),
})

/** `lessons/tickets.yaml` */
export const ticketsSchema = z.strictObject({ tickets: z.array(ticketSchema).min(1) })
