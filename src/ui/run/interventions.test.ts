import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { BOB, LAPTOP, look, message, PHONE, rests, scenario } from '../../hosts/mailProgram/testing/bobsDevices'
import { findMailbox, type MessageStore } from '../../mail/store'
import { digsIn } from '../../view/panels/dig'
import type { InterventionBody } from '../../world/intervention'
import type { Timeline } from '../../world/timeline'
import { createRun } from './createRun'
import { engine } from './engine'

/** All that a learner can do inside a host is undone, and is there again after a reload: what is seen of it, and each fact. */

const database = await vi.hoisted(async () => (await import('../testing/keptInMemory')).keptInMemory())
vi.mock('../keeping/database', () => database.module)

const STORE = 'store.bird.example'
const EXCHANGER = 'mx.bird.example'
const CAROL = 'carol@bird.example'

const account = (address: string, quota?: { readonly messages: number }): InterventionBody => ({
  type: 'accountSet',
  host: STORE,
  address,
  password: 'seed',
  ...(quota && { quota }),
})
const domain = (recipients: readonly string[]): InterventionBody => ({
  type: 'domainSet',
  host: EXCHANGER,
  domain: 'nest.example',
  recipients,
  postmaster: 'bob',
  deliverTo: STORE,
})
const marked = (as: 'seen' | 'flagged' | 'removed'): InterventionBody => ({
  type: 'marked',
  host: PHONE,
  account: BOB,
  uid: 1,
  as,
})

interface ServerState {
  readonly config: {
    readonly accounts?: readonly { readonly address: string; readonly quota?: object }[]
    readonly domains: readonly { readonly domain: string; readonly recipients: readonly string[] }[]
  }
  readonly store: MessageStore
}
interface DeviceState {
  readonly config: { readonly rests?: boolean }
  readonly kept: readonly { readonly flags: readonly string[] }[]
}
const stateOf = (timeline: Timeline, host: string): unknown =>
  engine.worldAt(timeline, timeline.until).hosts[host]?.state
const server = (timeline: Timeline, host = STORE) => stateOf(timeline, host) as ServerState
const device = (timeline: Timeline, host: string) => stateOf(timeline, host) as DeviceState
const onServer = (timeline: Timeline, mailbox = 'INBOX') =>
  (findMailbox(server(timeline).store, BOB, mailbox)?.messages ?? []).map(({ flags }) => flags)
const accounts = (timeline: Timeline) => server(timeline).config.accounts?.map(({ address }) => address)
const domains = (timeline: Timeline) =>
  server(timeline, EXCHANGER).config.domains.map(({ domain: name, recipients }) => `${name} ${recipients.join(' ')}`)

type Row = readonly [
  what: string,
  deed: (timeline: Timeline) => InterventionBody,
  seen: (timeline: Timeline) => unknown,
  before: unknown,
  after: unknown,
]

/** Done when Bob's letter is on the server, on his phone and on his laptop, and Carol and a second domain are there. */
const ROWS: readonly Row[] = [
  ['a phone comes to rest', () => rests(PHONE), (run) => device(run, PHONE).config.rests ?? false, false, true],
  [
    'an account is added',
    () => account('dave@bird.example'),
    accounts,
    [BOB, CAROL],
    [BOB, CAROL, 'dave@bird.example'],
  ],
  [
    'an account gets a quota',
    () => account(CAROL, { messages: 1 }),
    (run) => server(run).config.accounts?.map(({ quota }) => quota),
    [undefined, undefined],
    [undefined, { messages: 1 }],
  ],
  [
    'an account is removed',
    () => ({ type: 'accountRemoved', host: STORE, address: CAROL }),
    accounts,
    [BOB, CAROL],
    [BOB],
  ],
  [
    'a domain gets other people',
    () => domain(['bob', 'carol']),
    domains,
    ['bird.example bob', 'nest.example bob'],
    ['bird.example bob', 'nest.example bob carol'],
  ],
  [
    'a domain is removed',
    () => ({ type: 'domainRemoved', host: EXCHANGER, domain: 'nest.example' }),
    domains,
    ['bird.example bob', 'nest.example bob'],
    ['bird.example bob'],
  ],
  [
    'a question is asked',
    () => ({ type: 'dug', host: 'root', name: 'bird.example', rrType: 'MX', recursion: true }),
    (run) => digsIn(run, 'root').map(({ end }) => end?.said),
    [],
    ['NOERROR, 1 record in the answer. MX 10 mx.bird.example.'],
  ],
  [
    'a named server is asked for what it knows itself',
    () => ({ type: 'dug', host: PHONE, name: 'example', rrType: 'NS', server: '198.51.100.1', recursion: false }),
    (run) => digsIn(run, PHONE).map(({ command }) => command),
    [],
    ['dig @198.51.100.1 ns example +norecurse'],
  ],
  ['a letter is marked as read', () => marked('seen'), onServer, [[]], [['\\Seen']]],
  ['a letter is flagged', () => marked('flagged'), (run) => device(run, PHONE).kept[0]?.flags, [], ['\\Flagged']],
  ['a letter is removed', () => marked('removed'), onServer, [[]], []],
  [
    'a letter is filed',
    () => ({ type: 'filed', host: PHONE, account: BOB, uid: 1, mailbox: 'Archive' }),
    (run) => [onServer(run).length, onServer(run, 'Archive').length],
    [1, 0],
    [0, 1],
  ],
  [
    'a letter is deleted on a laptop',
    ({ trace }) => {
      const fetched = trace.find((fact) => fact.type === 'messageFetched' && fact.host === LAPTOP)
      const uid = fetched?.type === 'messageFetched' ? fetched.uid : ''
      return { type: 'deleted', host: LAPTOP, account: BOB, uid }
    },
    (run) => [onServer(run).length, device(run, LAPTOP).kept.length],
    [1, 1],
    [0, 0],
  ],
]

const timelineOf = (run: ReturnType<typeof createRun>): Timeline => run.get().timeline

/** Counts the runs: each has a storage of its own. */
let count = 0

async function opened(): Promise<ReturnType<typeof createRun>> {
  const run = createRun(`run-${count}`, scenario)
  const ready = run.ready()
  // A long run is made again in slices.
  await vi.advanceTimersByTimeAsync(100)
  await ready
  return run
}

/** The stored run, in a page that is opened later. */
async function reloaded(): Promise<ReturnType<typeof createRun>> {
  await vi.advanceTimersByTimeAsync(1000)
  return opened()
}

async function undo(run: ReturnType<typeof createRun>): Promise<void> {
  run.actions.undo()
  await vi.advanceTimersByTimeAsync(100)
}

/** The run before all deeds. */
const beginning = (): Timeline => {
  const stays: InterventionBody = { type: 'policyChanged', host: LAPTOP, policy: 'leaveOnServer', value: true }
  const deeds = [rests(LAPTOP), stays, account(CAROL), domain(['bob']), message, look(LAPTOP)]
  return deeds.reduce(
    (timeline, body) => engine.intervene(timeline, { ...body, at: timeline.until }),
    engine.start(scenario),
  )
}
const BEGINNING = beginning()

async function begun(): Promise<ReturnType<typeof createRun>> {
  count++
  const run = await opened()
  run.actions.replace(BEGINNING.interventions, BEGINNING.until)
  return run
}

beforeEach(() => {
  vi.useFakeTimers()
})
afterEach(() => {
  vi.useRealTimers()
})

describe('a deed of a learner inside a host', () => {
  it.each(ROWS)('%s: it shows, it is there after a reload, and it is undone', async (_, deed, seen, before, after) => {
    const run = await begun()
    const first = timelineOf(run)
    expect(seen(first)).toEqual(before)
    const facts = run.actions.intervene(deed(first))
    expect(facts.filter(({ type }) => type === 'changeRefused')).toEqual([])
    run.actions.goToEnd()
    const done = timelineOf(run)
    expect(seen(done)).toEqual(after)

    const again = await reloaded()
    expect(timelineOf(again).trace).toEqual(done.trace)
    expect(seen(timelineOf(again))).toEqual(after)

    await undo(run)
    expect(timelineOf(run)).toBe(first)
    // After a reload, the run before has to be made again.
    await undo(again)
    expect(timelineOf(again).trace).toEqual(first.trace)
    expect(seen(timelineOf(again))).toEqual(before)
  })

  it('in any order and at any time, is the same after a reload, and is undone to the beginning', async () => {
    const step = fc.tuple(fc.constantFrom(...ROWS.map((row) => row[1])), fc.integer({ min: 0, max: 9000 }))
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 4 }), async (steps) => {
        const run = await begun()
        for (const [deed, wait] of steps) {
          run.actions.seek((run.get().t + wait) as never)
          run.actions.intervene(deed(timelineOf(run)))
        }
        const again = await reloaded()
        expect(timelineOf(again).trace).toEqual(timelineOf(run).trace)
        while (again.get().canUndo) await undo(again)
        expect(timelineOf(again).trace).toEqual(BEGINNING.trace)
      }),
      { numRuns: 4, seed: 9 },
    )
  })
})
