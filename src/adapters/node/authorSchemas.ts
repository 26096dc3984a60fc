import { readdirSync } from 'node:fs'
import { basename } from 'node:path'
import { z } from 'zod'
import { VERBS } from '../../learning/patternSchema'
import { quizSchema, runsSchema } from '../../learning/questionSchema'
import { courseSchema, solutionSchema } from '../../learning/schema'
import type { Scenario } from '../../world/scenario'
import { readScenario } from './scenarios'

/**
 * The schemas of an author's files as JSON Schema, so that an editor completes fields and names, and marks what is wrong. They are
 * made from the schemas by which the files are read; `npm run schemas` writes them.
 */

const FILES = {
  'course.json': courseSchema,
  'quiz.json': quizSchema,
  'runs.json': runsSchema,
  'solution.json': solutionSchema,
} as const

type Json = { [key: string]: unknown }

/** Each file by its name in `lessons/schemas/`. `scenarios` are the worlds whose machines and people an author may name. */
export function authorSchemas(scenarios: ReadonlyMap<string, Scenario>): Readonly<Record<string, string>> {
  const examples = examplesFrom(scenarios)
  return Object.fromEntries(
    Object.entries(FILES).map(([file, schema]) => {
      const made = z.toJSONSchema(schema, {
        io: 'input',
        unrepresentable: 'any',
        reused: 'ref',
        override: ({ zodSchema, jsonSchema }) => {
          // YAML reads the code 250 as a number.
          if ('coerce' in zodSchema._zod.def && jsonSchema.type === 'string')
            Object.assign(jsonSchema, { type: ['string', 'number'] })
        },
      })
      return [file, `${JSON.stringify(withExamples(made, examples), null, 1)}\n`]
    }),
  )
}

/** Names that exist, by the field that takes them. They are offered, and another name may be written. */
function examplesFrom(scenarios: ReadonlyMap<string, Scenario>): ReadonlyMap<string, readonly string[]> {
  const [machines, people] = [machinesIn(scenarios), peopleIn(scenarios)]
  return new Map([
    ...['host', 'machine', ...Object.keys(VERBS)].map((field) => [field, machines] as const),
    ...['user', 'account', 'mailbox', 'address'].map((field) => [field, people] as const),
    ['scenario', sorted([...scenarios.keys()])],
  ])
}

/** The machines of all worlds. */
export const machinesIn = (scenarios: ReadonlyMap<string, Scenario>): readonly string[] =>
  sorted([...scenarios.values()].flatMap(({ hosts }) => hosts.map(({ name }) => name)))

/** The addresses of all worlds. */
export const peopleIn = (scenarios: ReadonlyMap<string, Scenario>): readonly string[] =>
  sorted(JSON.stringify([...scenarios.values()]).match(/[a-z]+@[a-z]+\.example\b/g) ?? [])

const sorted = (names: readonly string[]): readonly string[] => [...new Set(names)].sort()

/** The same schema with the names beside the fields that take them. */
function withExamples(schema: unknown, examples: ReadonlyMap<string, readonly string[]>): unknown {
  if (Array.isArray(schema)) return schema.map((each) => withExamples(each, examples))
  if (typeof schema !== 'object' || schema === null) return schema
  return Object.fromEntries(
    Object.entries(schema as Json).map(([key, value]) => {
      const inside = withExamples(value, examples)
      return [key, key === 'properties' ? named(inside as Json, examples) : inside]
    }),
  )
}

const named = (properties: Json, examples: ReadonlyMap<string, readonly string[]>): Json =>
  Object.fromEntries(
    Object.entries(properties).map(([field, schema]) => {
      const names = examples.get(field)
      return [field, names ? { ...(schema as Json), examples: names } : schema]
    }),
  )

/** The worlds of the course by their names. */
export const courseWorlds = (): ReadonlyMap<string, Scenario> =>
  new Map(
    readdirSync('lessons/scenarios')
      .filter((file) => file.endsWith('.json'))
      .map((file) => basename(file, '.json'))
      .map((name) => [name, readScenario(name)]),
  )
