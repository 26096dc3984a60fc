import { expect, it } from 'vitest'
import twoTowns from '../../../lessons/scenarios/two-towns.json'
import { instant } from '../../base/time'
import { catalogue } from '../../hosts/catalogue'
import { interventionsOf } from '../../learning/play'
import { bundledScenario } from '../../world/bundledScenario'
import { startTimeline } from '../../world/timeline'
import { furtherIn, touchedHosts } from './touched'

const scenario = bundledScenario(twoTowns)
const { trace } = startTimeline(scenario, catalogue, {
  interventions: [
    ...interventionsOf({ deeds: [{ at: 1000, type: 'readyLetter' }] }, scenario),
    { at: instant(60_000), type: 'dug', host: 'bob-phone', name: 'paper.example', rrType: 'MX', recursion: true },
  ],
})
const after = trace.find(({ type, at }) => type === 'intervened' && at === 60_000)?.order ?? 0
const SEATS = ['bob-phone'] as const

it('light goes along the wires that are used from a seat on, and what was before counts nothing', () => {
  expect([...touchedHosts(trace, SEATS, Number.POSITIVE_INFINITY)]).toEqual(['bob-phone'])
  const touched = touchedHosts(trace, SEATS, after)
  expect(touched.has('resolver')).toBe(true)
  expect(touched.has('ns.paper.example')).toBe(true)
  // Alice's letter went there before.
  expect(touched.has('mx-out.paper.example')).toBe(false)
})

it('going on fact by fact finds the same, and the set is a new one only when a host is new', () => {
  let known = furtherIn({ trace, from: after, count: 0, hosts: new Set(SEATS) }, 0)
  let changes = 0
  for (let count = 1; count <= trace.length; count++) {
    const next = furtherIn(known, count)
    if (next.hosts !== known.hosts) changes++
    known = next
  }
  expect(known.hosts).toEqual(touchedHosts(trace, SEATS, after))
  expect(changes).toBe(known.hosts.size - SEATS.length)
})
