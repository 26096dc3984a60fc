import { drawBelow, type RandomState, seeded } from '../base/random'
import { instant } from '../base/time'
import { composeMessage } from '../mail/compose'
import type { Intervention } from '../world/intervention'
import type { Scenario } from '../world/scenario'

/**
 * The world of an exam: `lessons/scenarios/exam.json` with three things that are drawn, so that its lines cannot be learnt by
 * heart. The two domains have other names; one of the reader's two exchangers, the one that is preferred, has no power; one
 * record on the way to the sender's domain is wrong, so that a letter from the reader waits until it is mended.
 */
export interface ExamWorld {
  readonly scenario: Scenario
  readonly key: ExamKey
  readonly words: ExamWords
}

/** The words of this world for those that `lessons/exam.yaml` uses: the names of towns, and what was drawn, in capitals. */
export type ExamWords = Readonly<Record<string, string>>

/** Answers to the exam's questions, which grading compares with the learner's. */
export interface ExamKey {
  readonly sender: string
  readonly reader: string
  /** The exchangers of the reader's domain, the preferred and dark one first. */
  readonly exchangers: readonly [Exchanger, Exchanger]
  /** A word in the text of the letter that already lies in the reader's mailbox. */
  readonly secret: string
  readonly wrong: WrongRecord
}

export interface Exchanger {
  readonly host: string
  readonly address: string
  readonly preference: number
}

export interface WrongRecord {
  /** The name server and the zone in which it stands. */
  readonly host: string
  readonly apex: string
  /** The wrong line of the zone's text, and the right one. */
  readonly line: string
  readonly right: string
  /** The whole text as it should be. */
  readonly mended: string
}

/** Names of domains: short, so that the map has room for them. */
const TOWNS = ['fox', 'owl', 'elm', 'oak', 'fig', 'ivy', 'hill', 'lake', 'mill', 'barn', 'dune', 'cove'] as const
const SECRETS = [
  'acorn',
  'kettle',
  'ladder',
  'marble',
  'needle',
  'pepper',
  'saddle',
  'thimble',
  'velvet',
  'walnut',
] as const
const PREFERENCES = [
  [5, 10],
  [10, 20],
  [10, 50],
  [1, 100],
] as const

/** The zones of the base that can have the wrong record, with the line, and a line that leads nowhere. */
const FAULTS = [
  {
    host: 'ns.paper.example',
    apex: 'paper.example.',
    right: 'mx-out A 192.0.2.25',
    lines: ['mx-out A 192.0.2.52', 'mx-out A 192.0.2.125', 'mx-out A 192.0.2.205'],
  },
  {
    host: 'ns.example',
    apex: 'example.',
    right: 'ns.paper 60 A 198.51.100.3',
    lines: ['ns.paper 60 A 198.51.100.4', 'ns.paper 60 A 198.51.100.30'],
  },
  {
    host: 'ns.example',
    apex: 'example.',
    right: 'paper 60 NS ns.paper',
    lines: ['paper 60 NS ns.bird', 'paper 60 NS ns'],
  },
] as const

/** The instants at which the reader writes to the sender, and to himself. */
const WRITTEN_AT = 500
const PREPARED_AT = 1000

/** The exam's world of a seed. `base` is `exam.json`. The same seed gives the same world. */
export function examWorld(base: Scenario, seed: number): ExamWorld {
  let random: RandomState = seeded(seed)
  const below = (limit: number): number => {
    const [value, next] = drawBelow(random, limit)
    random = next
    return value
  }
  const pick = <T>(list: readonly T[]): T => list[below(list.length)] as T

  const sender = pick(TOWNS)
  const reader = pick(TOWNS.filter((town) => town !== sender))
  const towns: ExamWords = { paper: sender, bird: reader }
  const named = <T>(data: T): T => reworded(data, towns)

  const preferred = pick(['mx', 'mx2'])
  const second = preferred === 'mx' ? 'mx2' : 'mx'
  const [low, high] = pick(PREFERENCES)
  const secret = pick(SECRETS)
  const fault = pick(FAULTS)
  const line = pick<string>(fault.lines)

  const preferences = { [preferred]: low, [second]: high }
  const texts = (apex: string, given: readonly string[]): readonly string[] =>
    given.map((each) => {
      const exchanger = /^@ MX \d+ (mx2?)$/.exec(each)?.[1]
      if (exchanger !== undefined) return `@ MX ${preferences[exchanger] ?? low} ${exchanger}`
      return apex === fault.apex && each === fault.right ? line : each
    })
  const changed = named({ ...base, seed, name: `exam-${seed}`, hosts: withTexts(base.hosts, texts) })
  const scenario = { ...changed, before: beginning(changed, preferred, reader, secret) }

  const exchanger = (name: string): Exchanger => {
    const host = named(`${name}.bird.example`)
    return { host, address: addressOf(scenario, host), preference: preferences[name] ?? low }
  }
  const right = textOf(base, fault.host, fault.apex).join('\n')
  const exchangers = [exchanger(preferred), exchanger(second)] as const
  const wrong = named({ host: fault.host, apex: fault.apex, line, right: fault.right, mended: right })
  return {
    scenario,
    key: { sender: named('alice@paper.example'), reader: named('bob@bird.example'), exchangers, secret, wrong },
    words: {
      ...towns,
      FIRST: preferred,
      SECOND: second,
      FIRST_ADDRESS: exchangers[0].address,
      SECOND_ADDRESS: exchangers[1].address,
      SECRET: secret,
      WRONG_HOST: wrong.host,
      WRONG_APEX: wrong.apex,
      WRONG_LINE: wrong.line,
      RIGHT_LINE: wrong.right,
      MENDED: wrong.mended,
    },
  }
}

/** Data in which words are replaced by others. A word within a longer one stays. */
export function reworded<T>(data: T, words: ExamWords): T {
  const pattern = new RegExp(`\\b(?:${Object.keys(words).join('|')})\\b`, 'g')
  const text = (given: string): string => given.replace(pattern, (word) => words[word] ?? word)
  const renamed = (value: unknown): unknown => {
    if (typeof value === 'string') return text(value)
    if (Array.isArray(value)) return value.map(renamed)
    if (typeof value !== 'object' || value === null) return value
    return Object.fromEntries(Object.entries(value).map(([key, each]) => [text(key), renamed(each)]))
  }
  return renamed(data) as T
}

interface Zones {
  readonly zones: readonly { readonly apex: string; readonly text: readonly string[] }[]
}

const withTexts = (
  hosts: Scenario['hosts'],
  texts: (apex: string, given: readonly string[]) => readonly string[],
): Scenario['hosts'] =>
  hosts.map((host) =>
    host.role === 'nameServer'
      ? {
          ...host,
          config: {
            ...host.config,
            zones: (host.config as Zones).zones.map((zone) => ({ ...zone, text: texts(zone.apex, zone.text) })),
          },
        }
      : host,
  )

const textOf = ({ hosts }: Scenario, name: string, apex: string): readonly string[] =>
  hosts.flatMap((host) => (host.name === name ? (host.config as Zones).zones : [])).find((zone) => zone.apex === apex)
    ?.text ?? []

const addressOf = ({ hosts }: Scenario, name: string): string => hosts.find((host) => host.name === name)?.address ?? ''

/**
 * The exam begins with a dark exchanger, a letter of the reader that waits for the mended record, and one that the reader wrote to
 * himself. Programs sent them, so that no dialogue tells the word.
 */
function beginning(scenario: Scenario, dark: string, town: string, secret: string): readonly Intervention[] {
  const [alice, bob] = [scenario.letter.account, `bob@${town}.example`]
  const written = (at: number, to: string, subject: string, body: string): Intervention => ({
    at: instant(at),
    type: 'submitted',
    host: 'bob-phone',
    account: bob,
    forwardPaths: [to],
    message: composeMessage({ from: bob, to: [to], subject, body }),
  })
  return [
    { at: instant(0), type: 'hostStopped', host: `${dark}.${town}.example` },
    written(WRITTEN_AT, alice, 'Where are you?', 'Alice,\n\nmy letters do not reach you.\n\nBob'),
    written(PREPARED_AT, bob, 'For you alone', `The word is ${secret}.`),
  ]
}
