import type { Scenario } from '../../world/scenario'

const files = import.meta.glob<Scenario>('../../../lessons/scenarios/*.json', { eager: true, import: 'default' })

/** The world that the lab opens on. */
const FIRST = 'two-towns'

/** The worlds that the lab can open, that of the first lesson first. */
export const scenarios: readonly Scenario[] = Object.values(files).sort(
  (a, b) => Number(b.name === FIRST) - Number(a.name === FIRST) || (a.title < b.title ? -1 : 1),
)

/** The world of that name; undefined where there is none. The one that the lab opens on where no name is given. */
export const scenarioNamed = (name: string = FIRST): Scenario | undefined =>
  scenarios.find((scenario) => scenario.name === name)

/** The run of each world is kept for itself. The first one's is the lab's own. */
export const runKeyOf = ({ name }: Scenario): string => (name === FIRST ? 'lab' : `lab:${name}`)

export const pathOf = ({ name }: Scenario): string => (name === FIRST ? '/lab' : `/lab/${name}`)
