import { describe, expect, it } from 'vitest'
import { scrolledTo } from './showIn'

describe('scrolledTo', () => {
  const box = { top: 100, height: 50 }
  it.each([
    ['what is in sight stays', { from: 110, to: 140 }, 100],
    ['what is above comes down', { from: 60, to: 80 }, 60],
    ['what is below comes up, no more than it must', { from: 160, to: 180 }, 130],
    ['what is half in sight', { from: 140, to: 160 }, 110],
    ['of what is longer than the box, the beginning', { from: 120, to: 400 }, 120],
  ])('%s', (_, stretch, top) => {
    expect(scrolledTo(box, stretch)).toBe(top)
  })
})
