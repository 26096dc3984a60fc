import { describe, expect, it } from 'vitest'
import twoTowns from '../../../lessons/scenarios/two-towns.json'
import { type Instant, instant } from '../../base/time'
import { bundledScenario } from '../../world/bundledScenario'
import { namesOf } from '../run/names'
import { viewOf } from '../run/runView'
import { sentMessage } from '../testing/sentMessage'
import { begunBy, linesOfLookup, lookupsAmong, lookupTitle, lookupWith } from './lookups'

const scenario = bundledScenario(twoTowns)
const names = namesOf(scenario)
const view = viewOf(sentMessage(scenario, scenario.letter.to))
const lookupsAt = (t: Instant) => lookupsAmong(view.history, begunBy(view.history, t))

describe('lookups in the transcript', () => {
  it('are there once their first question is asked, and grow message by message', () => {
    expect(lookupsAt(instant(149))).toEqual([])
    const [lookup] = lookupsAt(instant(151))
    if (!lookup) throw new Error('mx-out asks the way')
    expect(lookupTitle(view, lookup, names)).toBe('DNS mx-out asks MX? bird.example.')
    const said = (t: number) =>
      linesOfLookup(view, lookup, instant(t)).map(
        ({ from, to, text }) => `${names.short(from)} ${names.short(to)} ${text}`,
      )
    expect(said(175)).toEqual([
      'mx-out resolver MX? bird.example.',
      'resolver root MX? bird.example.',
      'root resolver example. NS ns.example.',
    ])
    expect(said(1000)).toHaveLength(12)
    expect(said(1000).at(-1)).toBe('resolver mx-out A 203.0.113.25')
  })

  it('belong together by every one of their messages, and nothing else belongs to them', () => {
    const [lookup] = lookupsAt(view.end)
    if (!lookup) throw new Error('mx-out asks the way')
    const lines = linesOfLookup(view, lookup, view.end)
    expect(lines.every(({ gloss }) => gloss !== '')).toBe(true)
    for (const { fact } of lines) expect(lookupWith(view.history, fact)?.began).toBe(lookup.began)
    const others = view.timeline.trace.filter(({ type }) => type === 'sent')
    expect(others.length).toBeGreaterThan(40)
    for (const { order } of others) expect(lookupWith(view.history, order)).toBeUndefined()
  })
})
