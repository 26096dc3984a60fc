import '../gloss/known'
import { expect, it } from 'vitest'
import twoTowns from '../../../lessons/scenarios/two-towns.json'
import { START } from '../../base/time'
import { catalogue } from '../../hosts/catalogue'
import { bundledScenario } from '../../world/bundledScenario'
import { intervene, startTimeline } from '../../world/timeline'
import { viewOf } from '../run/runView'
import { routesOf } from './routes'

const scenario = bundledScenario(twoTowns)

/**
 * The ports between Alice's laptop and the mailbox store for which a line is drawn, after a connection attempt to one of them.
 */
function drawnAfterCall(port: number): readonly (number | undefined)[] {
  const timeline = intervene(startTimeline(scenario, catalogue), catalogue, {
    type: 'connected',
    at: START,
    host: 'alice-laptop',
    terminal: 'terminal-1',
    to: 'store.bird.example',
    port,
  })
  return routesOf(viewOf(timeline), scenario)
    .filter(({ from, to }) => from === 'alice-laptop' && to === 'store.bird.example')
    .map((route) => route.port)
}

it('an accepted connection draws a line, a refused one does not', () => {
  expect(drawnAfterCall(143)).toEqual([143])
  expect(drawnAfterCall(993)).toEqual([])
})
