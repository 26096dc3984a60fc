import { describe, expect, it } from 'vitest'
import { ehlo } from '../src/adapters/node/commandLine'
import { storm } from '../src/adapters/node/storm/command'
import { withoutFaults } from '../src/adapters/node/storm/faultyServers'
import { planOf } from '../src/adapters/node/storm/plan'
import { play } from '../src/adapters/node/storm/play'
import { reportOf } from '../src/adapters/node/storm/report'
import { type Outcome, replayOf, stormOf } from '../src/adapters/node/storm/storm'
import type { Catalogue, HostRole } from '../src/world/role'

const SEEDS = 2000
const AT_ONCE = 100

/** Faults, each with the command that plays its storm again. */
const told = ({ seed, faults }: Outcome): string[] =>
  faults.map(({ kind, words }) => `${kind}: ${words} (${replayOf(seed)})`)

describe('no accepted letter is lost (RFC 5321 section 6.1)', () => {
  const starts = Array.from({ length: SEEDS / AT_ONCE }, (_, n) => 1 + n * AT_ONCE)
  it.each(starts)(`in ${AT_ONCE} storms from seed %i on`, (from) => {
    const found: string[] = []
    for (let seed = from; seed < from + AT_ONCE; seed++) found.push(...told(stormOf(seed)))
    expect(found).toEqual([])
  })
})

describe('a storm', () => {
  it('is the same for the same seed, fact by fact', () => {
    expect(play(planOf(7)).trace).toEqual(play(planOf(7)).trace)
    expect(play(planOf(7)).trace).not.toEqual(play(planOf(8)).trace)
  })

  it('has, over some seeds, every kind of failure that it promises', () => {
    const seen = new Set<string>()
    for (let seed = 1; seed <= 60; seed++) {
      for (const fact of play(planOf(seed)).trace) {
        if (fact.type === 'connectionFailed' || fact.type === 'packetLost') seen.add(`${fact.type} ${fact.why}`)
        else if (fact.type === 'lookupEnded') seen.add(`${fact.type} ${fact.outcome}`)
        else if (fact.type === 'sent' && fact.means.refused === 'later') seen.add(fact.octets.slice(0, 3))
        else seen.add(fact.type)
      }
    }
    expect([...seen]).toEqual(
      expect.arrayContaining([
        'hostStopped',
        'connectionFailed timedOut',
        'connectionFailed reset',
        'packetLost loss',
        'packetLost linkDown',
        'packetLost hostDown',
        'packetDuplicated',
        'lookupEnded timeout',
        'lookupEnded servfail',
        '421',
        '450',
        '451',
        '452',
        'messageBounced',
        'messageDeferred',
        'tlsStarted',
      ]),
    )
  })
})

/** The real mail server with one change for the worse. */
const withServer = (change: (role: HostRole) => Partial<HostRole>): Catalogue => {
  const role = withoutFaults.roles['mailServer'] as HostRole
  return { ...withoutFaults, roles: { ...withoutFaults.roles, mailServer: { ...role, ...change(role) } } }
}
function faultsOf(base: Catalogue, seeds: number): ReadonlySet<string> {
  const kinds = new Set<string>()
  for (let seed = 1; seed <= seeds; seed++) for (const { kind } of stormOf(seed, base).faults) kinds.add(kind)
  return kinds
}

describe('a storm detects', () => {
  it('a server whose queue does not survive a loss of power', () => {
    const restart = (state: object): object => ({ ...state, queue: {} })
    expect(
      faultsOf(
        withServer(() => ({ restart })),
        60,
      ),
    ).toContain('lost')
  })

  it('a server that says 250 before it has the letter', () => {
    const forgetful = withServer((role) => ({
      react(host, happening, env) {
        const [state, effects] = role.react(host, happening, env)
        // Messages of a hundred lines or more get 250 but are not kept.
        const long =
          happening.type === 'asked' &&
          happening.question.type === 'takeMessage' &&
          (happening.question as never as { message: string }).message.length > 1000
        return long
          ? [host.state, effects.filter((effect) => effect.type === 'answer' && effect.session === happening.session)]
          : [state, effects]
      },
    }))
    expect(faultsOf(forgetful, 30)).toContain('lost')
  })

  it('a server that takes a letter twice', () => {
    const eager = withServer((role) => ({
      react(host, happening, env) {
        const [once, effects] = role.react(host, happening, env)
        if (happening.type !== 'asked' || happening.question.type !== 'takeMessage') return [once, effects]
        const [twice, more] = role.react({ ...host, state: once }, happening, env)
        return [twice, [...effects, ...more.filter((effect) => effect.type !== 'answer')]]
      },
    }))
    expect(faultsOf(eager, 10)).toContain('duplicate')
  })

  it('a server that throws, and one that never works on its queue', () => {
    const broken = withServer(() => ({
      restart: () => {
        throw new Error('the disk is gone')
      },
    }))
    expect(faultsOf(broken, 10)).toContain('thrown')
    const idle = withServer((role) => ({
      react: (host, happening, env) =>
        happening.type === 'booted' ? [host.state, []] : role.react(host, happening, env),
    }))
    expect(faultsOf(idle, 40)).toContain('queue not empty')
  })
})

describe('ehlo storm', () => {
  async function called(...args: string[]): Promise<{ status: number; out: string[]; err: string }> {
    let out = ''
    let err = ''
    const status = await ehlo(['storm', ...args], { out: (text) => (out += text), err: (text) => (err += text) })
    return { status, out: out.trimEnd().split('\n'), err }
  }

  it('ends with a summary and 0 if nothing was lost', async () => {
    const { status, out } = await called('--seeds', '3', '--from', '40')
    expect(status).toBe(0)
    expect(out).toHaveLength(1)
    expect(out[0]).toMatch(/^3 storms \(seeds 40 to 42\), \d+ letters, \d+ facts: no accepted letter was lost\.$/)
  })

  it('describes a storm from its first letter to its last', async () => {
    const { out } = await called('--seeds', '1', '--from', '40', '--verbose')
    expect(out.slice(0, -1)).toEqual(reportOf(play(planOf(40)).trace))
    expect(out.join('\n')).toMatch(/is given a letter from/)
  })

  it('names a seed that lost something, and the one command that plays it again', () => {
    const restart = (state: object): object => ({ ...state, queue: {} })
    let out = ''
    const outlet = { out: (text: string) => (out += text), err: () => {} }
    expect(
      storm(
        ['--seeds', '60'],
        outlet,
        withServer(() => ({ restart })),
      ),
    ).toBe(1)
    const lines = out.trimEnd().split('\n')
    const seed = /^seed (\d+): lost: /m.exec(out)?.[1] ?? ''
    expect(lines).toContain(`  play it again: npm run --silent ehlo -- storm --from ${seed} --seeds 1 --verbose`)
    expect(lines.at(-1)).toMatch(/^60 storms \(seeds 1 to 60\), \d+ letters, \d+ facts: \d+ with faults\.$/)
  })

  it.each([
    [['--seeds', '0'], '--seeds wants a whole number from 1 on, not "0".'],
    [['--from', 'x'], '--from wants a whole number from 0 on, not "x".'],
    [['--sees', '1'], "Unknown option '--sees'."],
  ])('reports an error in one sentence: %j', async (args, words) => {
    const { status, err } = await called(...args)
    expect(status).toBe(1)
    expect(err.startsWith(words)).toBe(true)
  })
})
