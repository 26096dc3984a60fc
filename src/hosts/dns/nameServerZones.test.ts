import { describe, expect, it } from 'vitest'
import { instant } from '../../base/time'
import { advance, intervene } from '../../world/advance'
import type { Fact } from '../../world/fact'
import type { World } from '../../world/world'
import { type AskerState, ask, catalogue, stateAt, worldFor } from '../testing/dnsWorld'
import { type NameServerState, zonesOf } from './nameServer'

/** Zones are edited while the world runs. */

const BIRD = `$TTL 60
@ 3600 SOA ns hostmaster 2 7200 900 1209600 300 ; raised
@ NS ns
@ MX 5 other
ns A 198.51.100.4
other A 203.0.113.26
`

interface Edit {
  readonly at: number
  readonly apex: string
  readonly text: string
}

/** The run of a world in which zones of `ns.bird` are edited. */
function runWith(wishes: Parameters<typeof worldFor>[0], edits: readonly Edit[], until = 30_000) {
  let world: World = worldFor(wishes)
  const facts: Fact[] = []
  const take = (step: { world: World; facts: readonly Fact[] }): void => {
    world = step.world
    facts.push(...step.facts)
  }
  for (const { at, apex, text } of edits) {
    take(advance(world, instant(at), catalogue))
    take(intervene(world, { at: instant(at), type: 'zoneEdited', host: 'ns.bird', apex, text }, catalogue))
  }
  take(advance(world, instant(until), catalogue))
  const outcomes = stateAt<AskerState>(world, 'asker').ended.map(({ outcome }) => outcome)
  return { world, facts, outcomes, zones: zonesOf(stateAt<NameServerState>(world, 'ns.bird')) }
}
const noted = (facts: readonly Fact[]) => facts.filter(({ type }) => type === 'zoneChanged' || type === 'zoneRefused')

describe('a zone that is edited', () => {
  it('is served from then on', () => {
    const { facts, outcomes, zones } = runWith(
      [ask('bird.example', 'MX', 1000)],
      [{ at: 500, apex: 'bird.example.', text: BIRD }],
    )
    expect(outcomes[0]?.records).toMatchObject([{ preference: 5, exchange: 'other.bird.example.' }])
    expect(noted(facts)).toMatchObject([
      { type: 'zoneChanged', at: 500, host: 'ns.bird', apex: 'bird.example.', serial: 2 },
    ])
    expect(zones).toMatchObject([{ apex: 'bird.example.', serial: 2, text: BIRD }])
    expect(zones[0]?.served).toContain('MX    5 other')
  })

  it('does not reach resolvers with the old records in their cache until the time to live is over', () => {
    const wishes = [ask('bird.example', 'MX'), ask('bird.example', 'MX', 10_000), ask('bird.example', 'MX', 3_700_000)]
    const { outcomes } = runWith(wishes, [{ at: 5000, apex: 'bird.example.', text: BIRD }], 3_800_000)
    expect(outcomes.map(({ records }) => records[0])).toMatchObject([
      { preference: 10 },
      { preference: 10 },
      { preference: 5 },
    ])
  })

  it('stays unchanged if the new text cannot be read, and the place of the error is reported', () => {
    const text = BIRD.replace('MX 5', 'MX five')
    const { facts, outcomes, zones } = runWith(
      [ask('bird.example', 'MX', 1000)],
      [{ at: 500, apex: 'bird.example.', text }],
    )
    expect(outcomes[0]?.records).toMatchObject([{ preference: 10 }])
    expect(noted(facts)).toMatchObject([
      {
        type: 'zoneRefused',
        host: 'ns.bird',
        apex: 'bird.example.',
        line: 4,
        column: 6,
        fault: { is: 'notNumber', what: 'preference', word: 'five', most: 65535 },
      },
    ])
    expect(zones[0]).toMatchObject({ serial: 1 })
  })

  it.each([
    ['a loop', `${BIRD}a CNAME b\nb CNAME a\n`, 7, 'aliasLoop'],
    ['no text', '', 1, 'noSoa'],
    ['another zone', BIRD.replaceAll('@', 'x'), 2, 'soaElsewhere'],
  ])('is refused with %s', (_, text, line, is) => {
    const { facts } = runWith([], [{ at: 1, apex: 'bird.example.', text }])
    expect(noted(facts)).toMatchObject([{ type: 'zoneRefused', line, fault: { is } }])
  })

  it('may be new to the server', () => {
    const { facts, zones } = runWith([], [{ at: 1, apex: 'wood.example.', text: BIRD }])
    expect(noted(facts)).toMatchObject([{ type: 'zoneChanged', apex: 'wood.example.' }])
    expect(zones.map(({ apex }) => apex)).toEqual(['bird.example.', 'wood.example.'])
  })

  it('leaves what others intervene alone', () => {
    const world = worldFor([])
    const { facts } = intervene(
      world,
      { at: instant(0), type: 'policyChanged', host: 'ns.bird', policy: 'x', value: 1 },
      catalogue,
    )
    expect(noted(facts)).toEqual([])
  })
})
