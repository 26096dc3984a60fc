import twoTowns from '../../../lessons/scenarios/two-towns.json' with { type: 'json' }
import { bundledScenario } from '../../world/bundledScenario'
import type { Scenario } from '../../world/scenario'
import { keptScenario } from './keptScenario'

/** An entry in the list of worlds. */
export type WorldEntry = Pick<Scenario, 'name' | 'title'>

const entries = import.meta.glob<WorldEntry & { readonly inLab: boolean }>('../../../lessons/scenarios/*.json', {
  query: '?about',
  eager: true,
  import: 'default',
})
const files = import.meta.glob<Scenario>(
  ['../../../lessons/scenarios/*.json', '!../../../lessons/scenarios/two-towns.json'],
  { import: 'default' },
)

/** The world that the lab opens on. The first screen has loaded it. */
const FIRST = bundledScenario(twoTowns)

/** The worlds that the lab offers, that of the first lesson first. It opens the others too, for who has their address. */
export const worlds: readonly WorldEntry[] = Object.values(entries)
  .filter(({ inLab }) => inLab)
  .sort((a, b) => Number(b.name === FIRST.name) - Number(a.name === FIRST.name) || (a.title < b.title ? -1 : 1))

const loading = new Map<string, Promise<Scenario>>()

/** The world of that name; undefined if there is none. Without a name, the world that the lab opens on. */
export function scenarioNamed(name: string = FIRST.name): Scenario | Promise<Scenario> | undefined {
  if (name === FIRST.name) return FIRST
  const load = files[`../../../lessons/scenarios/${name}.json`]
  if (!load) return keptScenario(name)
  const known = loading.get(name)
  if (known) return known
  const begun = load()
  loading.set(name, begun)
  // After a failure, the next call tries again.
  begun.catch(() => loading.delete(name))
  return begun
}

/** The key of a world's run in the database. The first world's run has the key of the lab itself. */
export const runKeyOf = ({ name }: Pick<WorldEntry, 'name'>): string => (name === FIRST.name ? 'lab' : `lab:${name}`)

export const pathOf = ({ name }: Pick<WorldEntry, 'name'>): string => (name === FIRST.name ? '/lab' : `/lab/${name}`)
