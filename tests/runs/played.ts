import { readFileSync } from 'node:fs'
import { expect } from 'vitest'
import { readScenario } from '../../src/adapters/node/scenarios'
import { catalogue } from '../../src/hosts/catalogue'
import { type InspectedInMailbox, lettersIn } from '../../src/hosts/inspect'
import { parseRuns } from '../../src/learning/parseQuiz'
import { interventionsOf } from '../../src/learning/play'
import { reasonText } from '../../src/view/reasonText'
import type { Fact, FactOf, FactType } from '../../src/world/fact'
import { type Snapshot, startTimeline, type Timeline } from '../../src/world/timeline'

/** The runs of `lessons/runs.yaml`, played, and what their tests ask about them. */

const FILE = 'lessons/runs.yaml'
const runsIn = (file: string) => parseRuns({ file, yaml: readFileSync(file, 'utf8') })
/** Those of the course, and those to which its lessons invite. */
export const RUNS = { ...runsIn(FILE), ...runsIn('tests/runs/invited.yaml') }

const played = new Map<string, Timeline>()
export function timelineOf(id: string): Timeline {
  const known = played.get(id)
  if (known) return known
  const play = RUNS[id]
  if (!play) throw new Error(`There is no run "${id}" in ${FILE}`)
  const scenario = readScenario(play.scenario)
  const timeline = startTimeline(scenario, catalogue, { interventions: interventionsOf(play, scenario) })
  played.set(id, timeline)
  return timeline
}

/** The facts of a kind, in order. */
export const facts = <T extends FactType>(id: string, type: T): readonly FactOf<T>[] =>
  timelineOf(id).trace.filter((fact: Fact): fact is FactOf<T> => fact.type === type)

/** The end of a run's world. */
const lastWorld = (id: string) => (timelineOf(id).snapshots.at(-1) as Snapshot).world

/** The letters of a mailbox at the end of a run; Bob's inbox if nothing else is said. */
export const box = (
  id: string,
  { host = 'store.bird.example', user = 'bob@bird.example', mailbox = 'INBOX' } = {},
): readonly InspectedInMailbox[] => lettersIn(lastWorld(id), host, user, mailbox)

export const subjects = (id: string): readonly (string | undefined)[] => box(id).map(({ subject }) => subject)

/** A server's answers on the nth connection that a person opened in a run, a string for each. */
export function said(id: string, nth = 0): readonly string[] {
  const opened = facts(id, 'connectionOpened').filter(({ protocol }) => protocol === 'text.client')[nth]
  if (!opened) throw new Error(`In the run "${id}" no person has opened connection ${nth}`)
  return facts(id, 'sent')
    .filter(({ connection, host }) => connection === opened.connection && host === opened.server)
    .map(({ octets }) => octets.trimEnd())
}

/** A person's connection got these answers, one after another: each begins with these words, or has this in it. */
export function expectSaid(id: string, wanted: readonly (string | RegExp)[], nth = 0): void {
  expect(said(id, nth)).toEqual(
    wanted.map((each) => expect.stringMatching(typeof each === 'string' ? new RegExp(`^${quoted(each)}`) : each)),
  )
}

/** The answer to the command with this tag, without the tag; and the untagged lines before it. */
export function answered(id: string, tag: string, nth = 0): readonly string[] {
  const lines = said(id, nth).flatMap((each) => each.split('\r\n'))
  const end = lines.findIndex((line) => line.startsWith(`${tag} `))
  const before = lines.slice(0, end)
  const start = before.findLastIndex((line) => !line.startsWith('*') && /^\w+ (?:OK|NO|BAD) /.test(line))
  return [...before.slice(start + 1), (lines[end] ?? '').slice(tag.length + 1)]
}

/** The calls as client, server and port, in the order in which the connections were opened. */
export const calls = (id: string): readonly string[] =>
  facts(id, 'connectionOpened').map(({ client, server, port }) => `${client} ${server}:${port}`)

/** Why letters were put off, refused to their sender or given back, with the host that says so. */
export const reasons = (
  id: string,
  type: 'messageDeferred' | 'messageBounced' | 'submissionFailed',
): readonly string[] => facts(id, type).map(({ host, reason }) => `${host}: ${reasonText(reason)}`)

/** When letters reached a mailbox of this host, in milliseconds. */
export const deliveredAt = (id: string, at = 'store.bird.example'): readonly number[] =>
  facts(id, 'messageDelivered').flatMap(({ host, at: instant }) => (host === at ? [instant] : []))

/** The datagrams of the DNS. */
export const datagrams = (id: string) =>
  timelineOf(id).trace.filter((fact) => fact.type === 'queried' || fact.type === 'responded')

const quoted = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
