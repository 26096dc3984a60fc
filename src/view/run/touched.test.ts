import { expect, it } from 'vitest'
import twoTowns from '../../../lessons/scenarios/two-towns.json'
import { instant } from '../../base/time'
import { catalogue } from '../../hosts/catalogue'
import { interventionsOf } from '../../learning/play'
import { bundledScenario } from '../../world/bundledScenario'
import { startTimeline } from '../../world/timeline'
import { furtherIn, type Known } from './touched'

const scenario = bundledScenario(twoTowns)
const { trace } = startTimeline(scenario, catalogue, {
  interventions: [
    ...interventionsOf({ deeds: [{ at: 1000, type: 'readyLetter' }] }, scenario),
    { at: instant(60_000), type: 'dug', host: 'bob-phone', name: 'paper.example', rrType: 'MX', recursion: true },
  ],
})
const after = trace.find(({ type, at }) => type === 'intervened' && at === 60_000)?.order ?? 0
const SEATS: ReadonlySet<string> = new Set(['bob-phone'])
const begins = (from: number): Known => ({ trace, from, count: 0, hosts: SEATS })
const touchedFrom = (from: number): ReadonlySet<string> => furtherIn(begins(from), trace.length).hosts

it('light goes along the wires that are used from a seat on, and what was before counts nothing', () => {
  expect([...touchedFrom(Number.POSITIVE_INFINITY)]).toEqual(['bob-phone'])
  const touched = touchedFrom(after)
  expect(touched.has('resolver')).toBe(true)
  expect(touched.has('ns.paper.example')).toBe(true)
  // Alice's letter went there before.
  expect(touched.has('mx-out.paper.example')).toBe(false)
})

it('going on fact by fact finds the same, and the set is a new one only when a host is new', () => {
  let known = begins(after)
  let changes = 0
  for (let count = 1; count <= trace.length; count++) {
    const next = furtherIn(known, count)
    if (next.hosts !== known.hosts) changes++
    known = next
  }
  expect(known.hosts).toEqual(touchedFrom(after))
  expect(changes).toBe(known.hosts.size - SEATS.size)
})
