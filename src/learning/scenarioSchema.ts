import { z } from 'zod/mini'
import { OPTIONS, type Option } from '../hosts/mailServer/options'
import { MAIL_SERVICES } from '../session/service'
import type { Scenario } from '../world/scenario'

/** The schema of a scenario file; `Scenario` in `world/scenario.ts` explains each field. */

const conditions = {
  latency: z.number().check(z.nonnegative()),
  jitter: z.number().check(z.nonnegative()),
  bandwidth: z.number().check(z.positive()),
  loss: z.number().check(z.gte(0), z.lte(1)),
  duplication: z.exactOptional(z.number().check(z.gte(0), z.lte(1))),
  mtu: z.exactOptional(z.int().check(z.gte(576), z.lte(65_536))),
}
const address = z.string().check(z.regex(/^\d{1,3}(\.\d{1,3}){3}$/, 'an IPv4 address such as 192.0.2.10 is wanted'))
const port = z.int().check(z.gte(1), z.lte(65_535))
const hostsFile = z.optional(z.record(z.string(), address))
const mailAddress = z.string().check(z.regex(/^[^\s@]+@[^\s@]+$/, 'an address such as alice@paper.example is wanted'))

const mailProgram = z.strictObject({
  resolver: address,
  knownHosts: hostsFile,
  rests: z.exactOptional(z.boolean()),
  accounts: z.array(
    z.strictObject({
      address: mailAddress,
      user: z.string(),
      password: z.string(),
      submission: z.optional(
        z.strictObject({
          host: z.string(),
          port,
          tls: z.optional(z.enum(['never', 'opportunistic', 'required', 'implicit'])),
        }),
      ),
      retrieval: z.optional(
        z.strictObject({
          protocol: z.enum(['IMAP', 'POP3']),
          host: z.string(),
          port,
          tls: z.optional(z.enum(['never', 'opportunistic', 'required', 'implicit'])),
          mechanisms: z.optional(z.array(z.enum(['PLAIN', 'LOGIN', 'CRAM-MD5', 'SCRAM-SHA-256']))),
          leaveOnServer: z.optional(z.boolean()),
          idle: z.optional(z.boolean()),
          first: z.optional(z.number().check(z.nonnegative())),
          afterSending: z.optional(z.number().check(z.nonnegative())),
          every: z.optional(z.number().check(z.positive())),
        }),
      ),
    }),
  ),
})

const account = z.strictObject({
  address: mailAddress,
  password: z.string(),
  quota: z.optional(
    z.strictObject({
      storage: z.optional(z.int().check(z.nonnegative())),
      messages: z.optional(z.int().check(z.nonnegative())),
    }),
  ),
})

/** The schema of an option's value. */
function schemaOf(option: Option): z.ZodMiniType {
  switch (option.kind) {
    case 'choice':
      return z.enum(option.values)
    case 'choices':
      return z.array(z.enum(option.values))
    case 'flag':
      return z.boolean()
    case 'amounts':
      return z.array(z.number().check(z.positive())).check(z.minLength(1))
    case 'amount': {
      const { least, most = Number.MAX_SAFE_INTEGER, whole } = option
      return (whole ? z.int() : z.number()).check(z.gte(least), z.lte(most))
    }
  }
}

const options = Object.fromEntries(
  Object.entries<Option>(OPTIONS).map(([name, option]) => [name, z.optional(schemaOf(option))]),
)

const mailServer = z.strictObject({
  hostName: z.string().check(z.minLength(1)),
  services: z.array(z.strictObject({ port, service: z.enum(MAIL_SERVICES) })),
  domains: z
    .array(
      z.strictObject({
        domain: z.string(),
        recipients: z.array(z.string()),
        postmaster: z.string(),
        deliverTo: z.optional(z.string()),
      }),
    )
    .check(z.minLength(1)),
  accounts: z.optional(z.array(account)),
  resolver: address,
  knownHosts: hostsFile,
  ...options,
})

const resolver = z.strictObject({ hints: z.array(z.strictObject({ name: z.string(), address })).check(z.minLength(1)) })

const zoneText = z.union(
  [z.string(), z.array(z.string())],
  'a master file is wanted, as one string or a string for each line',
)

const nameServer = z.strictObject({
  zones: z.array(z.strictObject({ apex: z.string(), text: zoneText })).check(z.minLength(1)),
  resolver: z.exactOptional(address),
})

const hostName = z.string().check(z.minLength(1))
const addresses = z.exactOptional(z.array(z.union([address, z.ipv6()])))
const host = z.discriminatedUnion('role', [
  z.strictObject({ name: hostName, address, addresses, role: z.literal('mailProgram'), config: mailProgram }),
  z.strictObject({ name: hostName, address, addresses, role: z.literal('mailServer'), config: mailServer }),
  z.strictObject({ name: hostName, address, addresses, role: z.literal('resolver'), config: resolver }),
  z.strictObject({ name: hostName, address, addresses, role: z.literal('nameServer'), config: nameServer }),
  z.strictObject({ name: hostName, address, addresses, role: z.literal('gateway'), config: z.strictObject({}) }),
])

const place = {
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
}

const region = z.object({
  key: z.string().check(z.minLength(1)),
  title: z.string(),
  domain: z.exactOptional(z.string()),
  network: z.string(),
  kind: z.enum(['land', 'sea']),
  east: z.exactOptional(z.number()),
})

/** How far a border is drawn from its place, at most, in the drawing's units: coasts lean. */
const COASTS_LEAN = { west: 106, east: 22 }

const map = z
  .object({
    hosts: z.record(z.string(), z.object({ ...place, region: z.string() })),
    regions: z.array(region).check(z.minLength(1, 'a map has at least one region')),
  })
  .check(({ value: { hosts, regions }, issues }) => {
    const complain = (path: readonly PropertyKey[], message: string): void => {
      issues.push({ code: 'custom', path: [...path], message, input: regions })
    }
    const keys = regions.map(({ key }) => key)
    keys.forEach((key, i) => {
      if (keys.indexOf(key) < i) complain(['regions', i, 'key'], `two regions have the key "${key}"`)
    })
    let west = Number.NEGATIVE_INFINITY
    regions.slice(0, -1).forEach(({ east }, i) => {
      if (east === undefined) complain(['regions', i, 'east'], 'only the last region has no end in the east')
      else if (east <= west) complain(['regions', i, 'east'], 'regions are listed from west to east')
      else west = east
    })
    for (const [name, { region: key, x }] of Object.entries(hosts)) {
      const at = keys.indexOf(key)
      if (at === -1) {
        complain(['hosts', name, 'region'], `no region has the key "${key}"; there are ${listed(keys)}`)
        continue
      }
      const begins = regions[at - 1]?.east
      const ends = at < regions.length - 1 ? regions[at]?.east : undefined
      if (begins !== undefined && x < begins - COASTS_LEAN.west)
        complain(['hosts', name, 'x'], `${x} is west of its region "${key}", which begins at ${begins}`)
      if (ends !== undefined && x > ends + COASTS_LEAN.east)
        complain(['hosts', name, 'x'], `${x} is east of its region "${key}", which ends at ${ends}`)
    }
  })

const listed = (keys: readonly string[]): string => keys.map((key) => `"${key}"`).join(', ')

const side = z.object({ title: z.string(), domain: z.string(), network: z.string() })

/** The map as older files have it: two lands with a sea between them. */
const mapOfSides = z.object({
  hosts: z.record(z.string(), z.object({ ...place, side: z.enum(['alice', 'internet', 'bob']) })),
  sides: z.object({ alice: side, internet: z.object({ title: z.string(), network: z.string() }), bob: side }),
})

/** A simplification of a world or a lesson. */
export const simplification = z.strictObject({
  here: z.string().check(z.minLength(1)),
  instead: z.exactOptional(z.string().check(z.minLength(1))),
  standard: z.exactOptional(z.string().check(z.regex(/^RFC \d+(?: section [\d.]+)?$/))),
})

/** A simplification in older files: one sentence. */
const sentence = z.pipe(
  z.string(),
  z.transform((here) => ({ here })),
)

const scenario = {
  name: z.string().check(z.minLength(1)),
  title: z.string(),
  epoch: z.string(),
  seed: z.int(),
  hosts: z.array(host).check(z.minLength(1)),
  links: z.array(z.object({ between: z.tuple([z.string(), z.string()]), ...conditions })),
  internet: z.object(conditions),
  letter: z.object({
    host: z.string(),
    account: z.string(),
    from: z.string(),
    to: z.string(),
    subject: z.string(),
    body: z.string(),
  }),
  simplifies: z.array(z.union([simplification, sentence])),
}

export const scenarioSchema = z.object({ ...scenario, map })
const schemaOfSides = z.object({ ...scenario, map: mapOfSides })

const placeOf = (path: readonly PropertyKey[]): string =>
  path
    .map((part, at) => (typeof part === 'number' ? `[${part}]` : at === 0 ? String(part) : `.${String(part)}`))
    .join('')

/** A map of sides, which older files have, as a map of regions. */
function regionsOf({ hosts, sides }: z.output<typeof mapOfSides>): z.output<typeof map> {
  const { alice, internet, bob } = sides
  return {
    hosts: Object.fromEntries(
      Object.entries(hosts).map(([name, { side: region, ...at }]) => [name, { ...at, region }]),
    ),
    regions: [
      { key: 'alice', kind: 'land', ...alice, east: 290 },
      { key: 'internet', kind: 'sea', ...internet, east: 735 },
      { key: 'bob', kind: 'land', ...bob },
    ],
  }
}

/** Reads the data of a scenario file, of an older one too. Gives the scenario, or the problem as `scenarioProblem` does. */
export function scenarioOf(
  data: unknown,
): { readonly scenario: Scenario; readonly problem?: never } | { readonly problem: string } {
  if (!hasSides(data)) {
    const result = scenarioSchema.safeParse(data)
    return result.success ? { scenario: result.data } : { problem: problemIn(data, result.error) }
  }
  const result = schemaOfSides.safeParse(data)
  if (!result.success) return { problem: problemIn(data, result.error) }
  return { scenario: { ...result.data, map: regionsOf(result.data.map) } }
}

const hasSides = (data: unknown): boolean => {
  const given = valueAt(data, ['map'])
  return typeof given === 'object' && given !== null && 'sides' in given
}

/** The first error of a scenario's shape, in one sentence with its place and the expected value; undefined if there is none. */
export const scenarioProblem = (data: unknown): string | undefined => scenarioOf(data).problem

function problemIn(data: unknown, error: { readonly issues: readonly z.core.$ZodIssue[] }): string {
  const issue = error.issues[0]
  if (!issue) return 'it does not have the shape of a scenario; take lessons/scenarios/two-towns.json for a model.'
  const place = placeOf(issue.path)
  if (issue.code === 'invalid_type') {
    const missing = valueAt(data, issue.path) === undefined
    if (place === '') return `it is no scenario: an object is wanted, as in lessons/scenarios/two-towns.json.`
    return missing
      ? `${place} is missing; give it ${nameOf(issue.expected)}.`
      : `${place} must be ${nameOf(issue.expected)}.`
  }
  if (issue.code === 'unrecognized_keys')
    return `${place || 'it'} has "${issue.keys[0]}", which nobody reads; remove it or mend its name.`
  if (issue.code === 'invalid_value')
    return `${place} must be ${issue.values.map((value) => `"${String(value)}"`).join(' or ')}.`
  if (issue.code === 'invalid_union' && place.endsWith('role'))
    return `${place} must be "mailProgram", "mailServer", "resolver", "nameServer" or "gateway".`
  return `${place}: ${lowered(issue.message)}.`
}

const nameOf = (type: string): string => (/^[aeiou]/.test(type) ? `an ${type}` : `a ${type}`)
const lowered = (text: string): string => text.charAt(0).toLowerCase() + text.slice(1)
const valueAt = (data: unknown, path: readonly PropertyKey[]): unknown =>
  path.reduce<unknown>((value, key) => (value as Record<PropertyKey, unknown> | undefined)?.[key], data)
