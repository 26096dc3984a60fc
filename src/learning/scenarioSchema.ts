import { z } from 'zod/mini'

/** The shape of a scenario file; `Scenario` in `world/scenario.ts` says what each field means. */

const weather = {
  latency: z.number().check(z.nonnegative()),
  jitter: z.number().check(z.nonnegative()),
  bandwidth: z.number().check(z.positive()),
  loss: z.number().check(z.gte(0), z.lte(1)),
}
const address = z.string().check(z.regex(/^\d{1,3}(\.\d{1,3}){3}$/, 'an IPv4 address such as 192.0.2.10 is wanted'))
const side = z.object({ title: z.string(), domain: z.string(), network: z.string() })

export const scenarioSchema = z.object({
  name: z.string().check(z.minLength(1)),
  title: z.string(),
  epoch: z.string(),
  seed: z.int(),
  hosts: z
    .array(
      z.object({
        name: z.string().check(z.minLength(1)),
        address,
        role: z.string(),
        config: z.record(z.string(), z.unknown()),
      }),
    )
    .check(z.minLength(1)),
  links: z.array(z.object({ between: z.tuple([z.string(), z.string()]), ...weather })),
  internet: z.object(weather),
  letter: z.object({
    host: z.string(),
    account: z.string(),
    from: z.string(),
    to: z.string(),
    subject: z.string(),
    body: z.string(),
  }),
  simplifies: z.array(z.string()),
  map: z.object({
    hosts: z.record(
      z.string(),
      z.object({
        x: z.number(),
        y: z.number(),
        symbol: z.enum([
          'laptop',
          'phone',
          'submissionServer',
          'exchanger',
          'mailboxStore',
          'resolver',
          'root',
          'topLevel',
          'zone',
        ]),
        title: z.string(),
        label: z.enum(['below', 'left', 'right']),
        side: z.enum(['alice', 'internet', 'bob']),
      }),
    ),
    sides: z.object({ alice: side, internet: z.object({ title: z.string(), network: z.string() }), bob: side }),
  }),
})

const placeOf = (path: readonly PropertyKey[]): string =>
  path
    .map((part, at) => (typeof part === 'number' ? `[${part}]` : at === 0 ? String(part) : `.${String(part)}`))
    .join('')

/** What is wrong with a scenario's shape, in one sentence with its place, or undefined where nothing is. */
export function scenarioProblem(data: unknown): string | undefined {
  const result = scenarioSchema.safeParse(data)
  if (result.success) return undefined
  const issue = result.error.issues[0]
  return issue ? `${placeOf(issue.path) || 'the file'}: ${issue.message}.` : 'it does not have the shape of a scenario.'
}
