import { scenarioOf } from '../../learning/scenarioSchema'
import type { Scenario } from '../../world/scenario'
import { readText, writeText } from '../keeping/database'

/** Worlds that are made in this browser tab. They stay in it, and go with it. */

const keyOf = (name: string): string => `scenario:${name}`

/** A world is the same object whenever it is asked for, as long as the page lasts. */
const known = new Map<string, Scenario>()

export function keepScenario(scenario: Scenario): void {
  known.set(scenario.name, scenario)
  writeText('session', keyOf(scenario.name), JSON.stringify(scenario))
}

/** The kept world of this name; undefined if there is none, or if it cannot be read. */
export function keptScenario(name: string): Scenario | undefined {
  const found = known.get(name) ?? read(name)
  if (found) known.set(name, found)
  return found
}

function read(name: string): Scenario | undefined {
  const text = readText('session', keyOf(name))
  if (text === undefined) return undefined
  try {
    const reading = scenarioOf(JSON.parse(text))
    return 'scenario' in reading ? reading.scenario : undefined
  } catch {
    return undefined
  }
}
