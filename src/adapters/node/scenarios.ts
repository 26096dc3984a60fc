import { existsSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { scenarioOf } from '../../learning/scenarioSchema'
import { ZoneError } from '../../protocols/dns'
import { zoneFaultText } from '../../view/gloss/zoneFault'
import { ScenarioError } from '../../world/build'
import type { Scenario } from '../../world/scenario'

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
  const read = scenarioOf(data)
  if (read.problem !== undefined) throw new Complaint(`The scenario ${path} cannot be used: ${read.problem}`)
  return read.scenario
}
