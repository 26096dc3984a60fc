import {
  array,
  boolean,
  discriminatedUnion,
  exactOptional,
  int,
  literal,
  maximum,
  minimum,
  number,
  object,
  enum as oneOf,
  optional,
  pipe,
  refine,
  safeParse,
  strictObject,
  string,
  transform,
  tuple,
  union,
} from 'zod/mini'
import { octets } from '../../base/octets'
import { type Instant, instant } from '../../base/time'
import { hostsOf, type Intervention } from '../../world/intervention'
import type { Scenario } from '../../world/scenario'
import type { Branches } from './branches'
import type { StepSize } from './run'

/** A stored run: its scenario, its seed, and the interventions of each branch. */
export interface SavedRun extends Branches {
  readonly version: 2
  readonly scenario: string
  readonly seed: number
  readonly stepBy: StepSize
  readonly speed: number
  /** Changes with each intervention, so that a window notices when another one has changed the run. */
  readonly revision: string
}

const host = string()
const terminal = string()
/** An instant of virtual time, in milliseconds. */
export const at = pipe(
  number().check(minimum(0)),
  transform((ms): Instant => instant(ms)),
)
const theOctets = pipe(
  string().check(refine((text) => !/[\u0100-\u{10ffff}]/u.test(text))),
  transform((text) => octets(text)),
)
const share = number().check(minimum(0), maximum(1))

/** A server in the settings of a mail program. */
const server = {
  host: string(),
  port: number(),
  tls: exactOptional(oneOf(['never', 'opportunistic', 'required', 'implicit'])),
}

/** The schema of interventions in data from outside. */
export const intervention = discriminatedUnion('type', [
  strictObject({
    type: literal('submitted'),
    at,
    host,
    account: string(),
    forwardPaths: array(string()),
    message: theOctets,
  }),
  strictObject({ type: literal('collected'), at, host, account: string() }),
  strictObject({
    type: literal('marked'),
    at,
    host,
    account: string(),
    uid: int(),
    as: oneOf(['seen', 'unseen', 'flagged', 'unflagged', 'removed']),
  }),
  strictObject({ type: literal('filed'), at, host, account: string(), uid: int(), mailbox: string() }),
  strictObject({ type: literal('deleted'), at, host, account: string(), uid: string() }),
  strictObject({
    type: literal('connected'),
    at,
    host,
    terminal,
    to: string(),
    port: int(),
    implicitTls: exactOptional(literal(true)),
  }),
  strictObject({ type: literal('typed'), at, host, terminal, octets: theOctets }),
  strictObject({ type: literal('hungUp'), at, host, terminal }),
  strictObject({ type: literal('secured'), at, host, terminal }),
  strictObject({
    type: literal('datagramSent'),
    at,
    host,
    to: string(),
    port: int(),
    fromPort: int(),
    octets: theOctets,
  }),
  strictObject({
    type: literal('dug'),
    at,
    host,
    name: string(),
    rrType: string(),
    server: exactOptional(string()),
    recursion: boolean(),
  }),
  strictObject({ type: literal('seatTaken'), at, host, port: int() }),
  strictObject({ type: literal('seatLeft'), at, host, port: int() }),
  strictObject({
    type: literal('replied'),
    at,
    host,
    octets: exactOptional(theOctets),
    session: exactOptional(string()),
  }),
  strictObject({
    type: literal('resolved'),
    at,
    host,
    rcode: oneOf(['NOERROR', 'NXDOMAIN', 'SERVFAIL']),
    records: array(string()),
  }),
  strictObject({ type: literal('callEnded'), at, host, session: exactOptional(string()) }),
  strictObject({ type: literal('hostStopped'), at, host }),
  strictObject({ type: literal('hostStarted'), at, host }),
  strictObject({ type: literal('leaveTaken'), at, host }),
  strictObject({
    type: literal('policyChanged'),
    at,
    host,
    policy: string(),
    value: union([string(), number(), boolean()]),
  }),
  strictObject({
    type: literal('accountSet'),
    at,
    host,
    address: string(),
    password: string(),
    quota: exactOptional(strictObject({ storage: exactOptional(int()), messages: exactOptional(int()) })),
  }),
  strictObject({
    type: literal('accountChanged'),
    at,
    host,
    account: string(),
    submission: exactOptional(union([literal('none'), strictObject(server)])),
    retrieval: exactOptional(
      union([
        literal('none'),
        strictObject({
          ...server,
          protocol: oneOf(['IMAP', 'POP3']),
          leaveOnServer: exactOptional(boolean()),
          idle: exactOptional(boolean()),
          every: exactOptional(number()),
          first: exactOptional(number()),
        }),
      ]),
    ),
  }),
  strictObject({ type: literal('accountRemoved'), at, host, address: string() }),
  strictObject({
    type: literal('domainSet'),
    at,
    host,
    domain: string(),
    recipients: array(string()),
    postmaster: string(),
    deliverTo: exactOptional(string()),
  }),
  strictObject({ type: literal('domainRemoved'), at, host, domain: string() }),
  strictObject({ type: literal('zoneEdited'), at, host, apex: string(), text: string() }),
  strictObject({
    type: literal('linkChanged'),
    at,
    between: tuple([host, host]),
    up: exactOptional(boolean()),
    loss: exactOptional(share),
    latency: exactOptional(number().check(minimum(0))),
    jitter: exactOptional(number().check(minimum(0))),
    duplication: exactOptional(share),
  }),
  strictObject({ type: literal('cacheFlushed'), at, host }),
  strictObject({
    type: literal('dismissed'),
    at,
    host,
    session: exactOptional(string()),
    client: exactOptional(string()),
    port: exactOptional(int()),
  }),
  strictObject({ type: literal('waited'), at }),
])

const inOrder = (interventions: readonly { readonly at: number }[]): boolean =>
  interventions.every((each, n) => n === 0 || each.at >= (interventions[n - 1]?.at ?? 0))

const place = {
  interventions: array(intervention).check(refine(inOrder)),
  t: number().check(minimum(0)),
  until: number().check(minimum(0)),
}
const run = {
  scenario: string(),
  seed: number(),
  stepBy: oneOf(['hop', 'line', 'packet']),
  speed: number().check(minimum(0.25), maximum(4)),
}
const branch = strictObject({ ...place, id: int(), parent: optional(int()), name: optional(string()) })

const second = strictObject({
  version: literal(2),
  ...run,
  all: array(branch),
  current: int(),
  revision: string(),
}).check(refine(({ all, current }) => all.some(({ id }) => id === current)))

/** The format of earlier versions of the page: one run, and a stack of the runs before it. */
const first = object({ version: literal(1), ...run, ...place, undo: array(object(place)) })

/**
 * The stored run of this scenario, or undefined if it is damaged or of another scenario. Runs stored by version 1 of the page are
 * read too.
 */
export function readSavedRun(data: unknown, scenario: Scenario): SavedRun | undefined {
  const saved = ofAnyVersion(data)
  if (saved?.scenario !== scenario.name) return undefined
  const hosts = new Set(scenario.hosts.map(({ name }) => name))
  const fits = (each: Intervention): boolean => hostsOf(each).every((name) => hosts.has(name))
  return saved.all.every(({ interventions }) => interventions.every(fits)) ? saved : undefined
}

function ofAnyVersion(data: unknown): SavedRun | undefined {
  const now = safeParse(second, data)
  if (now.success) return now.data
  const before = safeParse(first, data)
  if (!before.success) return undefined
  const { undo, interventions, t, until, scenario, seed, stepBy, speed } = before.data
  const all = [...undo, { interventions, t, until }].map((each, id) => ({
    ...each,
    id,
    ...(id === 0 ? {} : { parent: id - 1 }),
  }))
  return { version: 2, scenario, seed, stepBy, speed, all, current: all.length - 1, revision: '' }
}
