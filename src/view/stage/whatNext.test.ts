import { expect, it } from 'vitest'
import twoTowns from '../../../lessons/scenarios/two-towns.json'
import { instant, START } from '../../base/time'
import { catalogue } from '../../hosts/catalogue'
import { bundledScenario } from '../../world/bundledScenario'
import { intervene, runOn, startTimeline } from '../../world/timeline'
import { viewOf } from '../run/runView'
import { sentMessage } from '../testing/sentMessage'
import { whatNext } from './whatNext'

const scenario = bundledScenario(twoTowns)

it('offers to write a letter after nothing was said', () => {
  const quiet = intervene(startTimeline(scenario, catalogue), catalogue, {
    type: 'hostStopped',
    at: START,
    host: 'bob-phone',
  })
  expect(whatNext(viewOf(quiet))).toContain('write')
})

it('offers another look, an own letter and one to an unknown recipient after a letter has arrived', () => {
  expect(whatNext(viewOf(sentMessage(scenario, 'bob@bird.example')))).toEqual(['slowly', 'write', 'nobody'])
})

it('leads to the notice while it waits for its author, and offers no second such letter once it is home', () => {
  const sent = sentMessage(scenario, 'nobody@bird.example')
  expect(whatNext(viewOf(sent))[0]).toBe('end')
  expect(whatNext(viewOf(runOn(sent, catalogue)))).toEqual(['slowly', 'write'])
})

it('leads to the next try while a letter waits for it', () => {
  const sent = sentMessage(scenario, 'bob@bird.example')
  const stopped = intervene(sent, catalogue, { type: 'hostStopped', at: instant(50), host: 'mx.bird.example' })
  expect(whatNext(viewOf(stopped))).toEqual(['try', 'end', 'slowly'])
})
