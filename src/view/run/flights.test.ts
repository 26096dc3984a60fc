import { expect, it } from 'vitest'
import { instant } from '../../base/time'
import { carriersIn } from './flights'

const segment = (offset: number, length: number, arrivesAt: number, lost = false) => ({
  packet: { offset, payload: { length } },
  sent: { arrivesAt: instant(arrivesAt) },
  lost,
})

it('a line is carried by the segment that brings its last octet first', () => {
  const first = segment(0, 10, 5)
  const second = segment(10, 10, 7)
  const late = segment(20, 10, 30, true)
  const again = segment(20, 10, 50)
  const sent = [first, second, late, again]
  expect(carriersIn(sent)(4)).toBe(first)
  expect(carriersIn(sent)(10)).toBe(first)
  expect(carriersIn(sent)(11)).toBe(second)
  expect(carriersIn(sent)(30)).toBe(again)
  expect(carriersIn([late])(25)).toBe(late)
  expect(carriersIn(sent)(31)).toBeUndefined()
  expect(carriersIn([])(1)).toBeUndefined()
})

it('a segment that is sent again comes after later ones, and is still found', () => {
  const lost = segment(0, 10, 5, true)
  const next = segment(10, 10, 7)
  const again = segment(0, 10, 40)
  expect(carriersIn([lost, next, again])(10)).toBe(again)
  expect(carriersIn([lost, next, again])(20)).toBe(next)
})

it('looks at few segments, however many the connection has sent', () => {
  let looks = 0
  const sent = Array.from({ length: 10_000 }, (_, n) => ({
    ...segment(0, 10, n),
    get packet() {
      looks++
      return { offset: n * 10, payload: { length: 10 } }
    },
  }))
  const carrierOf = carriersIn(sent)
  looks = 0
  expect(carrierOf(43_215)).toBe(sent[4321])
  expect(looks).toBeLessThan(100)
})
