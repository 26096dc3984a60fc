import type { Scenario } from '../../world/scenario'
import { keptScenario } from './keptScenario'

const files = import.meta.glob<Scenario>('../../../lessons/scenarios/*.json', { eager: true, import: 'default' })

/** The world that the lab opens on. */
const FIRST = 'two-towns'

/** The worlds that the lab can open, that of the first lesson first. */
export const scenarios: readonly Scenario[] = Object.values(files).sort(
  (a, b) => Number(b.name === FIRST) - Number(a.name === FIRST) || (a.title < b.title ? -1 : 1),
)

/** The world of that name; undefined if there is none. Without a name, the world that the lab opens on. */
export const scenarioNamed = (name: string = FIRST): Scenario | undefined =>
  scenarios.find((scenario) => scenario.name === name) ?? keptScenario(name)

/** The key of a world's run in the database. The first world's run has the key of the lab itself. */
export const runKeyOf = ({ name }: Scenario): string => (name === FIRST ? 'lab' : `lab:${name}`)

export const pathOf = ({ name }: Scenario): string => (name === FIRST ? '/lab' : `/lab/${name}`)
