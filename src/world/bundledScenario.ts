import type { Scenario } from './scenario'

/** A type as the compiler reads it off an imported JSON file: words are strings, pairs are lists, what is absent is undefined. */
type InJson<T> = unknown extends T
  ? T
  : T extends string
    ? string
    : T extends readonly (infer Item)[]
      ? readonly InJson<Item>[]
      : T extends object
        ? { readonly [Key in keyof T]: InJson<T[Key]> | (undefined extends T[Key] ? undefined : never) }
        : T

/**
 * A scenario that is imported from `lessons/scenarios/`, with its type. The compiler holds the file to the fields of a
 * scenario; `learning/scenarioSchema.test.ts` reads every such file by the schema, words and pairs too. So nothing is read at
 * run time, and the first screen does without the schema. A file from elsewhere is read by `learning/scenarioSchema.ts`.
 */
export const bundledScenario = (file: InJson<Scenario>): Scenario => file as Scenario
