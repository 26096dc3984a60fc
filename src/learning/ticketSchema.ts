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
export interface Ticket {
  readonly id: string
  readonly title: string
  /** A world of lessons/scenarios/ with a fault in it. */
  readonly world: string
  readonly complaint: string
  readonly deeds: readonly Deed[]
  readonly symptom: Check
  readonly goal: Check
  readonly wanted: string
  readonly noHarm?: Check
  readonly hints: readonly [string, string, string]
  readonly was: string
  readonly couldBeKnown: string
  readonly repairs: Readonly<Record<string, readonly Deed[]>>
  readonly wishes: Readonly<Record<string, { readonly does: 'nothing' | 'harm'; readonly deeds: readonly Deed[] }>>
}

const ticketSchema: z.ZodType<Ticket> = z.strictObject({
  id: idSchema,
  title: text,
  world: idSchema.describe('A file of lessons/scenarios/, without .json.'),
  complaint: text.describe("The ticket, in the user's voice."),
  deeds: z.array(deedSchema).default([]).describe('What happens before the ticket comes in.'),
  symptom: checkSchema.describe('What the user has seen: it holds when the ticket comes in.'),
  goal: checkSchema.describe('Holds when the world is right, however it was made so.'),
  wanted: text.describe('The goal in words.'),
  noHarm: checkSchema.exactOptional().describe('Holds all the while.'),
  hints: z.tuple([text, text, text]).describe('A nudge, a pointer, a line.'),
  was: text.describe('The closing card: what it was.'),
  couldBeKnown: text.describe('The closing card: how one could have known in a minute.'),
  repairs: z.record(idSchema, deeds).describe('Each reaches the goal.'),
  wishes: z
    .record(idSchema, z.strictObject({ does: z.enum(['nothing', 'harm']), deeds }))
    .describe('What one tries first: it helps nothing, or reaches the goal by doing harm.'),
})

/** `lessons/tickets.yaml` */
export const ticketsSchema = z.strictObject({ tickets: z.array(ticketSchema).min(1) })
