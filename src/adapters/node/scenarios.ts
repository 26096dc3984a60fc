import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { extendedScenario, type FindScenario, filesOf, isExtension, type ScenarioFile } from '../../learning/extension'
import { LessonError } from '../../learning/problem'
import { scenarioOf } from '../../learning/scenarioSchema'
import { ZoneError } from '../../protocols/dns'
import { zoneFaultText } from '../../view/gloss/zoneFault'
import { ScenarioError } from '../../world/build'
import type { Scenario } from '../../world/scenario'
import { named } from './named'

const FOLDER = join(dirname(fileURLToPath(import.meta.url)), '../../../lessons/scenarios')

/** A sentence for people: the error, its place, and the remedy. Printed without a stack. */
export class Complaint extends Error {}

/** A scenario's error as a Complaint that ends with one full stop; any other error unchanged. */
export const unusable = (name: string, error: unknown): unknown =>
  error instanceof ScenarioError
    ? new Complaint(`The scenario ${name} cannot be used: ${sentenceOf(error).replace(/\.+$/, '')}.`)
    : error

const sentenceOf = ({ message, where, cause }: ScenarioError): string =>
  cause instanceof ZoneError ? `${where}: ${cause.place}: ${zoneFaultText(cause.fault)}` : message

/** Reads a scenario by name (a file of `lessons/scenarios/`) or by path. Throws a Complaint. */
export function readScenario(nameOrPath: string): Scenario {
  const path = nameOrPath.endsWith('.json') ? nameOrPath : join(FOLDER, `${nameOrPath}.json`)
  if (!/^[\w.-]+$/.test(nameOrPath) && !nameOrPath.endsWith('.json')) {
    throw new Complaint(`"${nameOrPath}" is no scenario: give a name such as two-towns, or a path that ends in .json.`)
  }
  if (!existsSync(path)) throw new Complaint(`There is no scenario "${nameOrPath}": ${path} does not exist.`)
  let data: unknown
  try {
    data = JSON.parse(readFileSync(path, 'utf8'))
  } catch (error) {
    throw new Complaint(`The scenario ${path} is not JSON: ${(error as Error).message}.`)
  }
  if (isExtension(data)) return extended(path)
  const read = scenarioOf(data)
  if (read.problem !== undefined) throw new Complaint(`The scenario ${path} cannot be used: ${read.problem}`)
  return read.scenario
}

/** The names of all scenarios in `lessons/scenarios/`. */
export const scenarioNames = (): readonly string[] =>
  readdirSync(FOLDER).flatMap((file) => (file.endsWith('.json') ? [file.slice(0, -'.json'.length)] : []))

function extended(path: string): Scenario {
  try {
    return readExtension(path)
  } catch (error) {
    throw error instanceof LessonError ? new Complaint(error.message) : error
  }
}

/** Reads a scenario file that extends another. Throws a LessonError with all problems. */
export const readExtension = (path: string): Scenario => extendedScenario(fileAt(path), beside(path))

/** The paths of the files that make up a scenario: its own, and those that it extends. */
export const scenarioFiles = (path: string): readonly string[] =>
  filesOf(fileAt(path), beside(path)).map(({ file }) => resolve(file))

const fileAt = (path: string): ScenarioFile => ({ file: named(path), text: readFileSync(path, 'utf8') })

/** Finds what a file extends: in its own folder, or among the scenarios of the course. */
const beside =
  (path: string): FindScenario =>
  (name) => {
    if (!/^[\w-]+$/.test(name)) return undefined
    const found = [dirname(path), FOLDER].map((folder) => join(folder, `${name}.json`)).find(existsSync)
    return found === undefined ? undefined : fileAt(found)
  }
