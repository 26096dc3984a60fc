import { z } from 'zod'
import type { Intervention } from '../world/intervention'
import type { MapRegion, Scenario, ScenarioHost, ScenarioLink } from '../world/scenario'
import type { Deed } from './deed'
import { deedSchema } from './deedSchema'
import { applied, isRecord, type Path, type Tell } from './patch'
import { interventionsOf } from './play'
import { LessonError, type Problem } from './problem'
import { scenarioOf, simplification } from './scenarioSchema'
import { readYaml } from './yaml'

/**
 * A scenario file that extends another: the other's world with some changes, so that a world that differs in one option is a
 * file of ten lines. Used when the site is built, by the command line and in tests; the page gets the whole world.
 */

/** A file of `lessons/scenarios/`. */
export interface ScenarioFile {
  /** As problems name it. */
  readonly file: string
  /** JSON. */
  readonly text: string
}

/** Finds the file of the scenario of that name; undefined if there is none. */
export type FindScenario = (name: string) => ScenarioFile | undefined

const text = z.string().min(1)
const fields = z.record(z.string(), z.unknown())
const some = <T extends z.ZodType>(value: T) => value.nullable().exactOptional()

const hostChange = z.strictObject({
  address: text.exactOptional().describe('An IPv4 address; a new host needs one.'),
  addresses: z.array(text).exactOptional().describe('Further addresses.'),
  role: text
    .exactOptional()
    .describe('mailProgram, mailServer, resolver, nameServer or gateway; a new host needs one.'),
  config: fields
    .exactOptional()
    .describe(
      'What its configuration gets. null removes; lists of accounts, domains, zones and services are objects by address, domain, apex and port, or whole lists.',
    ),
  place: fields
    .exactOptional()
    .describe('Its place on the map: x, y, symbol, title, label, region; a new host needs all.'),
})

const changesSchema = z.strictObject({
  hosts: z
    .record(text, hostChange.nullable())
    .exactOptional()
    .describe('By name: what a host gets, a new host, or null: the host is removed with its place and its links.'),
  zones: z
    .record(text, z.union([text, z.array(z.string())]))
    .exactOptional()
    .describe('By apex: the new text of a zone, wherever it is served.'),
  links: z
    .array(z.looseObject({ between: z.tuple([text, text]) }))
    .exactOptional()
    .describe('Links found by their two ends, with what changes; a new one needs latency, jitter, bandwidth and loss.'),
  internet: fields.exactOptional().describe('The path between hosts without a link.'),
  regions: z.record(text, some(fields)).exactOptional().describe('By key: what a region of the map gets.'),
  letter: fields.exactOptional().describe('What the ready letter gets: host, account, from, to, subject, body.'),
  seed: z.int().exactOptional(),
  epoch: text.exactOptional(),
  simplifies: z.array(simplification).exactOptional().describe('Simplifications beside those of the other world.'),
})

/** A scenario file that extends another. */
export const extensionSchema = z.strictObject({
  extends: text.describe('The name of another file of lessons/scenarios/.'),
  name: text.describe("The file's own name, without .json."),
  title: text,
  inLab: z.boolean().exactOptional().describe('True: the lab offers it among its worlds.'),
  changes: changesSchema.exactOptional(),
  before: z
    .array(deedSchema)
    .exactOptional()
    .describe('What every run of this world begins with, as the deeds of a run.'),
})
type Extension = Omit<z.infer<typeof extensionSchema>, 'before'> & { readonly before?: readonly Deed[] }
type Changes = NonNullable<Extension['changes']>

const REMEDY = 'The fields of a scenario that extends another, and what they mean, are in src/learning/extension.ts.'

/** True if the data of a scenario file is an extension of another scenario. */
export const isExtension = (data: unknown): boolean => isRecord(data) && 'extends' in data

/** The world of a file that extends another. Throws a LessonError with all problems. */
export function extendedScenario(source: ScenarioFile, find: FindScenario): Scenario {
  return resolved(source, find, [])
}

/** The files that make up the world of a file: itself, and those that it extends. Never throws. */
export function filesOf(source: ScenarioFile, find: FindScenario): readonly ScenarioFile[] {
  const files = [source]
  for (let each: ScenarioFile | undefined = source; each; ) {
    const data = parsed(each)
    const next: ScenarioFile | undefined =
      isRecord(data) && typeof data['extends'] === 'string' ? find(data['extends']) : undefined
    each = next && !files.some(({ file }) => file === next.file) ? next : undefined
    if (each) files.push(each)
  }
  return files
}

function parsed({ text: json }: ScenarioFile): unknown {
  try {
    return JSON.parse(json)
  } catch {
    return undefined
  }
}

function resolved(source: ScenarioFile, find: FindScenario, trail: readonly string[]): Scenario {
  const data = parsed(source)
  if (data !== undefined && !isExtension(data)) return standingAlone(source, data)
  const { value, problems, placeOf } = readYaml<Extension>(source.text, extensionSchema, source.file, 1, REMEDY)
  if (!value) throw new LessonError(problems)
  const found: Problem[] = []
  const tell: Tell = (path, message, remedy) => {
    const where = path.length > 0 ? `${path.join('.')}: ` : ''
    found.push({ file: source.file, ...placeOf([...path]), message: `${where}${message}`, remedy })
  }
  const fail = (): never => {
    throw new LessonError(found)
  }
  if (source.file.split(/[\\/]/).at(-1) !== `${value.name}.json`) {
    tell(['name'], `the file is not called ${value.name}.json`, 'Give the world the name of its file.')
  }
  const around = [...trail, value.name]
  const base = around.includes(value.extends) ? undefined : find(value.extends)
  if (around.includes(value.extends)) {
    tell(
      ['extends'],
      `the worlds extend each other in a circle: ${[...around, value.extends].join(', ')}`,
      'Let one of them stand alone.',
    )
  } else if (!base) {
    tell(['extends'], `there is no world "${value.extends}"`, 'Name a file of lessons/scenarios/, without .json.')
  }
  if (!base) return fail()
  const parent = resolved(base, find, around)
  const changed = changedWorld(parent, value, tell)
  if (found.length > 0) return fail()
  const read = scenarioOf(changed)
  if (read.problem !== undefined) {
    tell(
      ['changes'],
      `with them the world cannot be used: ${named(read.problem, changed).replace(/\.$/, '')}`,
      `Mend the changes, or take ${value.extends} for a model.`,
    )
    return fail()
  }
  return { ...read.scenario, ...beginningOf(read.scenario, parent.before ?? [], value.before ?? []) }
}

function standingAlone({ file }: ScenarioFile, data: unknown): Scenario {
  const read = scenarioOf(data)
  if (read.problem === undefined) return read.scenario
  const problem = { file, line: 1, column: 1, message: read.problem.replace(/\.$/, '') }
  throw new LessonError([{ ...problem, remedy: 'Another world extends this one: mend it first.' }])
}

function beginningOf(
  scenario: Scenario,
  earlier: readonly Intervention[],
  deeds: readonly Deed[],
): Pick<Scenario, 'before'> {
  const before = interventionsOf({ deeds }, { ...scenario, before: earlier })
  return before.length > 0 ? { before } : {}
}

/** `hosts[3].config` by the host's name, since an author of changes counts no hosts. */
const named = (problem: string, { hosts }: Pick<Scenario, 'hosts'>): string =>
  problem.replace(/^hosts\[(\d+)\]/, (whole, at: string) => hosts[Number(at)]?.name ?? whole)

/** The other world with the changes. Its shape is still to be checked. */
function changedWorld(base: Scenario, { name, title, changes = {} }: Extension, tell: Tell): Scenario {
  const { before: _, ...rest } = base
  const hosts = changedHosts(base, changes, tell)
  const kept = new Set(hosts.map((host) => host.name))
  const part = <Key extends 'letter' | 'internet'>(key: Key): Scenario[Key] =>
    changes[key] ? (applied(base[key], changes[key], ['changes', key], tell) as Scenario[Key]) : base[key]
  return {
    ...rest,
    name,
    title,
    epoch: changes.epoch ?? base.epoch,
    seed: changes.seed ?? base.seed,
    hosts: withZones(hosts, changes.zones ?? {}, tell),
    links: changedLinks(base.links, changes.links ?? [], kept, tell),
    internet: part('internet'),
    letter: part('letter'),
    simplifies: [...base.simplifies, ...(changes.simplifies ?? [])],
    map: {
      hosts: changedPlaces(base.map.hosts, changes.hosts ?? {}, tell),
      regions: changedRegions(base.map.regions, changes.regions ?? {}, tell),
    },
  }
}

const listed = (names: readonly string[]): string => names.join(', ')

function changedHosts(base: Scenario, { hosts: changes = {} }: Changes, tell: Tell): readonly ScenarioHost[] {
  const hosts = [...base.hosts]
  for (const [name, change] of Object.entries(changes)) {
    const path = ['changes', 'hosts', name]
    const at = hosts.findIndex((host) => host.name === name)
    const known = hosts[at]
    if (change === null || !known) {
      if (known) hosts.splice(at, 1)
      else if (change?.address !== undefined && change.role !== undefined && change.config && change.place)
        hosts.push(changedHost({ name, address: change.address, role: change.role, config: {} }, change, path, tell))
      else
        tell(
          path,
          `${base.name} has no host "${name}"`,
          `Its hosts are ${listed(base.hosts.map((host) => host.name))}. A new host needs address, role, config and place.`,
        )
      continue
    }
    hosts[at] = changedHost(known, change, path, tell)
  }
  return hosts
}

function changedHost<Host extends { config: object }>(
  host: Host,
  change: z.infer<typeof hostChange>,
  path: Path,
  tell: Tell,
): Host {
  const { place: _, config = {}, ...own } = change
  return { ...host, ...own, config: applied(host.config, config, [...path, 'config'], tell) as object }
}

function changedPlaces(places: Scenario['map']['hosts'], changes: NonNullable<Changes['hosts']>, tell: Tell) {
  const all: Record<string, unknown> = { ...places }
  for (const [name, change] of Object.entries(changes)) {
    if (change === null) delete all[name]
    else if (change.place) all[name] = applied(all[name] ?? {}, change.place, ['changes', 'hosts', name, 'place'], tell)
  }
  return all as Scenario['map']['hosts']
}

function withZones(
  hosts: readonly ScenarioHost[],
  texts: NonNullable<Changes['zones']>,
  tell: Tell,
): readonly ScenarioHost[] {
  const zonesOf = ({ config }: ScenarioHost): readonly { apex: string }[] =>
    'zones' in config ? (config.zones as readonly { apex: string }[]) : []
  for (const apex of Object.keys(texts)) {
    const apexes = hosts.flatMap(zonesOf).map((zone) => zone.apex)
    if (!apexes.includes(apex))
      tell(['changes', 'zones', apex], `no host serves the zone "${apex}"`, `The zones are ${listed(apexes)}.`)
  }
  return hosts.map((host) =>
    zonesOf(host).some(({ apex }) => apex in texts)
      ? {
          ...host,
          config: {
            ...host.config,
            zones: zonesOf(host).map((zone) => (zone.apex in texts ? { ...zone, text: texts[zone.apex] } : zone)),
          },
        }
      : host,
  )
}

function changedLinks(
  links: readonly ScenarioLink[],
  changes: NonNullable<Changes['links']>,
  hosts: ReadonlySet<string>,
  tell: Tell,
): readonly ScenarioLink[] {
  const ends = ({ between }: { readonly between: readonly string[] }): string => [...between].sort().join()
  const all: object[] = links.filter(({ between }) => between.every((end) => hosts.has(end)))
  changes.forEach((change, i) => {
    for (const end of change.between)
      if (!hosts.has(end))
        tell(['changes', 'links', i, 'between'], `there is no host "${end}"`, `The hosts are ${listed([...hosts])}.`)
    const at = all.findIndex((link) => ends(link as ScenarioLink) === ends(change))
    if (at === -1) all.push(change)
    else all[at] = { ...all[at], ...change }
  })
  return all as ScenarioLink[]
}

function changedRegions(
  regions: readonly MapRegion[],
  changes: NonNullable<Changes['regions']>,
  tell: Tell,
): readonly MapRegion[] {
  for (const key of Object.keys(changes)) {
    if (!regions.some((region) => region.key === key))
      tell(
        ['changes', 'regions', key],
        `the map has no region "${key}"`,
        `Its regions are ${listed(regions.map((region) => region.key))}.`,
      )
  }
  return regions.flatMap((region) => {
    const change = changes[region.key]
    if (change === null) return []
    return change === undefined
      ? [region]
      : [applied(region, change, ['changes', 'regions', region.key], tell) as MapRegion]
  })
}
