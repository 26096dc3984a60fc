import { describe, expect, it } from 'vitest'
import twoTowns from '../../../lessons/scenarios/two-towns.json'
import { bundledScenario } from '../../world/bundledScenario'
import { pathBetween, pointsAlong, projectionOf, reachOf, WHOLE } from './geometry'

const { map } = bundledScenario(twoTowns)

describe('a line between two hosts', () => {
  const sizes = [
    { width: 1440, height: 387 },
    { width: 820, height: 440 },
    { width: 390, height: 260 },
  ]

  it.each(sizes)('passes the hosts that are not its ends, at $width × $height', (size) => {
    const projection = projectionOf(size, WHOLE)
    for (const [from, to, between] of [
      ['alice-laptop', 'mx.bird.example', ['mx-out.paper.example']],
      ['alice-laptop', 'store.bird.example', ['mx-out.paper.example', 'mx.bird.example']],
    ] as const) {
      const path = pathBetween(map, projection, from, to, 'SMTP')
      expect(path).toBeDefined()
      for (const name of between) {
        const place = map.hosts[name]
        if (!place || !path) continue
        const [x, y] = [projection.x(place.x), projection.y(place.y)]
        const away = Math.min(...pointsAlong(path, 4).map((point) => Math.hypot(point.x - x, point.y - y)))
        expect(away).toBeGreaterThan(reachOf(place.symbol) - 2)
      }
    }
  })

  it('is straight if there is no host in its way', () => {
    const projection = projectionOf({ width: 1440, height: 387 }, WHOLE)
    for (const [from, to] of [
      ['alice-laptop', 'mx-out.paper.example'],
      ['mx-out.paper.example', 'mx.bird.example'],
      ['mx.bird.example', 'store.bird.example'],
    ] as const)
      expect(pathBetween(map, projection, from, to, 'SMTP')?.straight).toBe(true)
  })
})
