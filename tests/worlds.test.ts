import { readdirSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { readScenario } from '../src/adapters/node/scenarios'
import { instant } from '../src/base/time'
import { catalogue } from '../src/hosts/catalogue'
import { lettersIn } from '../src/hosts/inspect'
import type { Deed } from '../src/learning/deed'
import { interventionsOf } from '../src/learning/play'
import { reasonText } from '../src/view/reasonText'
import type { Fact, FactOf, FactType } from '../src/world/fact'
import { type Snapshot, startTimeline, type Timeline } from '../src/world/timeline'

/** Each world of the course does what it is for: here a letter goes through it, or does not. */

/** A letter is sent after the beginning of every world. */
const SENT = 45_000
const STORE = 'store.bird.example'

function play(world: string, deeds: readonly Deed[] = [{ at: SENT, type: 'readyLetter' }]): Timeline {
  const scenario = readScenario(world)
  return startTimeline(scenario, catalogue, { interventions: interventionsOf({ deeds }, scenario) })
}
const run = (world: string, deeds?: readonly Deed[]): readonly Fact[] => play(world, deeds).trace

const of = <T extends FactType>(trace: readonly Fact[], type: T): readonly FactOf<T>[] =>
  trace.filter((fact): fact is FactOf<T> => fact.type === type)

/** Bob's letters at the end, by their subjects. */
const inBox = ({ snapshots }: Timeline): readonly (string | undefined)[] =>
  lettersIn((snapshots.at(-1) as Snapshot).world, STORE, 'bob@bird.example').map(({ subject }) => subject)

/** Bob's devices that fetched letters, each with its protocol. */
const fetched = (trace: readonly Fact[]): readonly string[] =>
  of(trace, 'messageFetched').flatMap(({ host, by }) => (host.startsWith('bob-') ? [`${host} ${by}`] : []))

it('are all tried here', () => {
  const tried = readdirSync('lessons/scenarios').flatMap((name) => (name.endsWith('.json') ? [name.slice(0, -5)] : []))
  expect(Object.keys(WORLDS).sort()).toEqual(tried.sort())
})

/** By world: Bob's letters once the ready letter was sent, and who has fetched one. */
const WORLDS: Readonly<Record<string, { readonly letters: readonly string[]; readonly by: readonly string[] }>> = {
  'two-towns': { letters: ['Lunch?'], by: ['bob-phone IMAP'] },
  'example-test': { letters: [], by: [] },
  'quiet-towns': { letters: ['Lunch?'], by: [] },
  doors: { letters: ['Lunch?'], by: ['bob-phone IMAP'] },
  'quiet-doors': { letters: ['Lunch?'], by: [] },
  'full-mailbox': { letters: ['Plums'], by: [] },
  'bobs-box': { letters: ['Plums', 'Pears', 'Invoice', 'Lunch?'], by: [] },
  'bobs-four': { letters: ['Plums', 'Pears', 'Invoice', 'Picnic', 'Lunch?'], by: [] },
  'short-ttl': { letters: ['Lunch?'], by: ['bob-phone IMAP'] },
  'side-by-side': { letters: ['Lunch?'], by: ['bob-phone IMAP'] },
  'leave-on-server': { letters: ['Lunch?'], by: ['bob-phone IMAP'] },
  'two-carriers': { letters: ['Lunch?'], by: [] },
  'two-readers': { letters: ['Lunch?'], by: ['bob-phone IMAP'] },
  'two-devices': { letters: ['Lunch?'], by: ['bob-laptop IMAP', 'bob-phone IMAP'] },
  'on-the-train': { letters: ['Plums', 'Pears', 'Lunch?'], by: ['bob-phone IMAP', 'bob-phone IMAP', 'bob-phone IMAP'] },
  // A person who says nothing sits in the chair.
  'the-chair': { letters: [], by: [] },
  'the-resolver': { letters: [], by: [] },
  'wrong-password': { letters: [], by: [] },
  'wrong-door': { letters: [], by: [] },
  'early-tls': { letters: [], by: [] },
  'late-tls': { letters: [], by: [] },
  'in-circles': { letters: [], by: [] },
  'three-devices': { letters: ['Lunch?'], by: ['bob-tablet IMAP', 'bob-phone IMAP'] },
  'twenty-letters': { letters: ['Lunch?'], by: [] },
  exam: { letters: [], by: [] },
  'by-hand': { letters: [], by: [] },
  // The fault of each, and its repairs: tickets.test.ts.
  'broken-01': { letters: [], by: [] },
  'broken-02': { letters: ['Plums'], by: [] },
  'broken-03': { letters: [], by: [] },
  'broken-04': { letters: [], by: [] },
  'broken-05': { letters: ['Plums', 'Lunch?'], by: ['bob-phone IMAP', 'bob-phone IMAP'] },
  'broken-06': { letters: ['Lunch?'], by: ['bob-phone IMAP'] },
  'broken-07': { letters: ['Plums', 'Pears', 'Invoice'], by: [] },
  'broken-08': { letters: [], by: [] },
  'broken-09': { letters: ['Lunch?'], by: ['bob-phone IMAP'] },
  'broken-10': { letters: [], by: [] },
}

describe('the worlds of the course', () => {
  it.each(Object.entries(WORLDS))('%s', (world, { letters, by }) => {
    const played = play(world)
    expect(inBox(played)).toEqual(letters)
    expect(fetched(played.trace)).toEqual(by)
  })

  it('begin with their own letters well before a lesson does anything', () => {
    for (const world of Object.keys(WORLDS)) {
      const { until, busy } = startTimeline(readScenario(world), catalogue, {
        interventions: readScenario(world).before ?? [],
      })
      expect(busy).toBe(false)
      expect(until, world).toBeLessThan(instant(SENT - 5000))
    }
  })
})

describe('doors', () => {
  const talk = (port: number, lines: readonly string[], more: Partial<Deed> = {}): readonly string[] => {
    const deed = { at: 1000, type: 'talk', host: 'alice-laptop', terminal: 't1', to: 'mx-out.paper.example', port }
    const trace = run('doors', [{ ...deed, every: 500, lines, ...more } as Deed])
    return of(trace, 'sent')
      .filter(({ host }) => host === 'mx-out.paper.example')
      .map(({ octets }) => octets.trim().split('\r\n').at(-1) ?? '')
  }
  const LETTER = ['EHLO laptop', 'MAIL FROM:<alice@paper.example>', 'RCPT TO:<bob@bird.example>']
  const LOGIN = 'AUTH PLAIN AGFsaWNlAHBhcGVyYm9hdA=='

  it('25 takes nothing for strangers', () =>
    expect(talk(25, LETTER)).toContainEqual(expect.stringMatching(/^550 5\.7\.1 /)))
  it('587 asks who one is, with TLS or without', () => {
    expect(talk(587, LETTER)).toContainEqual(expect.stringMatching(/^530 /))
    const [hello, mail, rcpt] = LETTER as [string, string, string]
    expect(talk(587, [hello, LOGIN, mail, rcpt]).slice(-2)).toEqual(['250 2.1.0 Ok', '250 2.1.5 Ok'])
    expect(talk(587, [hello, 'STARTTLS'])).toContainEqual(expect.stringMatching(/^220 2\.0\.0 /))
  })
  it('465 answers who begins with TLS, and others not at all', () => {
    const [hello, mail, rcpt] = LETTER as [string, string, string]
    const lines = [hello, LOGIN, mail, rcpt]
    expect(talk(465, lines, { implicitTls: true } as Partial<Deed>).at(-1)).toBe('250 2.1.5 Ok')
    expect(talk(465, lines).filter((line) => /^(?:2|5)5|^235/.test(line))).toEqual([])
  })
})

describe('a full mailbox', () => {
  it('puts the letter off, and takes it at the next try once Bob has made room', () => {
    const lines = ['USER bob', 'PASS birdsong', 'DELE 1', 'QUIT']
    const deeds: readonly Deed[] = [
      { at: SENT, type: 'readyLetter' },
      { at: 900_000, type: 'talk', host: 'bob-laptop', terminal: 't1', to: STORE, port: 110, every: 500, lines },
    ]
    const { trace } = play('full-mailbox', deeds)
    expect(of(trace, 'messageDeferred').map(({ host, reason }) => `${host}: ${reasonText(reason)}`)).toEqual([
      expect.stringMatching(/^mx\.bird\.example: .*452 4\.2\.2 /),
    ])
    const later = play('full-mailbox', [...deeds, { at: 2_000_000, type: 'waited' }])
    expect(inBox(later)).toEqual(['Lunch?'])
    expect(of(later.trace, 'messageBounced')).toEqual([])
  })
})

describe('a mailbox with two visitors', () => {
  // The laptop collects every ten minutes: 605 seconds is its next time after the letter.
  const later = (world: string): Timeline =>
    play(world, [
      { at: SENT, type: 'readyLetter' },
      { at: 700_000, type: 'waited' },
    ])
  it('is emptied by the laptop', () => {
    expect(inBox(later('side-by-side'))).toEqual([])
    expect(of(later('side-by-side').trace, 'messageRemoved').map(({ by }) => by)).toEqual(['POP3'])
  })
  it('keeps its letters if the laptop leaves them, and the laptop has its copy', () => {
    const left = later('leave-on-server')
    expect(inBox(left)).toEqual(['Lunch?'])
    expect(fetched(left.trace)).toEqual(['bob-phone IMAP', 'bob-laptop POP3'])
  })
  it('gives each letter to the first of two that carry letters home', () => {
    const carried = later('two-carriers')
    expect(fetched(carried.trace)).toEqual(['bob-phone POP3'])
    expect(inBox(carried)).toEqual([])
  })
})

describe('a mailbox for twenty letters', () => {
  const letters = Array.from({ length: 22 }, (_, nth): Deed => ({ at: SENT + nth * 5000, type: 'readyLetter' }))
  const full = (id: Timeline): number =>
    of(id.trace, 'messageDeferred').filter(({ reason }) => reasonText(reason).includes('452 4.2.2')).length
  it('is full for the next ones, unless the laptop collects', () => {
    const rests: Deed = { at: 0, type: 'policyChanged', host: 'bob-laptop', policy: 'rests', value: true }
    const kept = play('twenty-letters', [rests, ...letters])
    expect(inBox(kept)).toHaveLength(20)
    expect(full(kept)).toBe(2)
    const emptied = play('twenty-letters', [
      ...letters.slice(0, 20),
      ...letters.slice(20).map((deed) => ({ ...deed, at: deed.at + 600_000 })),
    ])
    expect(full(emptied)).toBe(0)
    expect(inBox(emptied)).toHaveLength(2)
  })
})

describe('by hand', () => {
  it('nothing moves until a person at each desk carries the letter on', () => {
    const letter = ['EHLO clerk', 'MAIL FROM:<alice@paper.example>', 'RCPT TO:<bob@bird.example>', 'DATA']
    const text = ['Subject: Lunch?', '', 'At noon?', '.', 'QUIT']
    const carry = (at: number, host: string, to: string): Deed => ({
      at,
      type: 'talk',
      host,
      terminal: host,
      to,
      port: 25,
      every: 200,
      lines: [...letter, ...text],
    })
    const queued = (deeds: readonly Deed[]): readonly string[] =>
      of(run('by-hand', [{ at: 1000, type: 'readyLetter' }, ...deeds]), 'messageQueued').map(({ host }) => host)
    expect(queued([])).toEqual(['mx-out.paper.example'])
    const paper = carry(20_000, 'paper-clerk', 'mx.bird.example')
    expect(queued([paper])).toEqual(['mx-out.paper.example', 'mx.bird.example'])
    const bird = carry(40_000, 'bird-clerk', STORE)
    expect(queued([paper, bird])).toEqual(['mx-out.paper.example', 'mx.bird.example', STORE])
  })

  it('the clerk can ask the DNS for the way', () => {
    const trace = run('by-hand', [
      { at: 1000, type: 'dug', host: 'paper-clerk', name: 'bird.example', rrType: 'MX', recursion: true },
    ])
    const ended = of(trace, 'lookupEnded').filter(({ host }) => host === 'paper-clerk')
    expect(ended).toMatchObject([{ name: 'bird.example.', rrType: 'MX', outcome: 'answered' }])
  })
})

it('in circles, the letter comes back when it has passed too many servers', () => {
  const [bounce] = of(run('in-circles'), 'messageBounced')
  expect(bounce?.host).toBe(STORE)
  expect(bounce && reasonText(bounce.reason)).toContain('554 5.4.6')
})
