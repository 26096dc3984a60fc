import { describe, expect, it } from 'vitest'
import twoTowns from '../../../lessons/scenarios/two-towns.json'
import { instant } from '../../base/time'
import { bundledScenario } from '../../world/bundledScenario'
import { namesOf } from '../run/names'
import { viewOf } from '../run/runView'
import { sentMessage } from '../testing/sentMessage'
import { accepts } from './filter/accepts'
import { armed, type Breakpoint, filterOf, firstHit, type Hit, type PauseWhen } from './pauses'
import { askedRows } from './sift'

const scenario = bundledScenario(twoTowns)
const names = namesOf(scenario)
const view = viewOf(sentMessage(scenario, 'nobody@bird.example'))
const one = (when: PauseWhen, on = true): readonly Breakpoint[] => [{ id: 1, when, on }]
const BEGINNING = { t: instant(-1), fact: -1 }

/** Every hit from the beginning, each looked for in small steps after the one before, as in playing. */
function hits(breakpoints: readonly Breakpoint[], step: number): readonly Hit[] {
  const found: Hit[] = []
  let passed = BEGINNING
  for (let t = 0; t <= view.end + step; ) {
    const hit = firstHit(view, names, armed(breakpoints), passed, instant(t))
    if (hit) {
      found.push(hit)
      passed = { t: hit.at, fact: hit.fact }
    } else {
      passed = { t: instant(t), fact: Number.POSITIVE_INFINITY }
      t += step
    }
  }
  return found
}

describe('playing pauses', () => {
  it.each<[PauseWhen, number]>([
    [{ type: 'refused' }, 1],
    [{ type: 'later' }, 0],
    [{ type: 'command', field: 'smtp.command', command: 'RCPT' }, 2],
    [{ type: 'queue', host: 'mx-out.paper.example' }, 2],
    [{ type: 'flag', flag: '\\Seen' }, 0],
    [{ type: 'filter', filter: 'dns.type == MX and kind == query' }, 4],
    [{ type: 'filter', filter: 'this is none' }, 0],
    [{ type: 'filter', filter: '' }, 0],
  ])('at each event of %j, however large the steps of time are', (when, least) => {
    const small = hits(one(when), 3)
    const wide = hits(one(when), 500)
    expect(small.map(({ fact }) => fact)).toEqual(wide.map(({ fact }) => fact))
    expect(small.map(({ at }) => at)).toEqual(wide.map(({ at }) => at))
    expect(small.length >= least && (least > 0 || small.length === 0)).toBe(true)
  })

  it('at every event that the filter lets pass', () => {
    const filter = armed(one({ type: 'filter', filter: 'smtp.reply' }))[0]?.filter
    const expected = [...askedRows(view, names)].filter((asked) => accepts(filter, asked))
    expect(
      hits(one({ type: 'filter', filter: 'smtp.reply' }), 7)
        .map(({ fact }) => fact)
        .sort((a, b) => a - b),
    ).toEqual(expected.map(({ row }) => row.fact.order))
  })

  it('at the first instant at which the line is the one in focus', () => {
    const [hit] = hits(one({ type: 'refused' }), 10)
    const line = [...view.history.flights.lines].find(({ flight }) => flight.fact === hit?.fact)
    expect(hit?.at).toBe(line?.from)
  })

  it('not at breakpoints that are off', () => {
    expect(hits(one({ type: 'refused' }, false), 10)).toEqual([])
  })

  it('once for all breakpoints that an event hits', () => {
    const both = [
      ...one({ type: 'refused' }),
      { id: 2, on: true, name: 'mine', when: { type: 'filter', filter: 'smtp.reply == 550' } } as const,
    ]
    expect(hits(both, 10).map(({ breakpoints }) => breakpoints.map(({ id }) => id))).toEqual([[1, 2]])
  })
})

it.each<[PauseWhen, string]>([
  [{ type: 'flag', flag: '\\Seen' }, 'flag == \\Seen'],
  [{ type: 'command', field: 'imap.command', command: 'UID FETCH' }, 'imap.command == "UID FETCH"'],
  [{ type: 'queue', host: 'mx.bird.example' }, 'kind == queued and from == mx.bird.example'],
])('%j is the filter %s', (when, filter) => {
  expect(filterOf(when)).toBe(filter)
  expect(armed(one(when))).toHaveLength(1)
})
