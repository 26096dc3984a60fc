import { describe, expect, it } from 'vitest'
import { octets } from '../../base/octets'
import { receivedPath } from '../../mail/receivedPath'
import { wayOf } from './way'

const clock = (time: string): string => `Sat, 21 Nov 2026 ${time}`

/** A header with these Received fields, the newest first. */
const wayOfHeader = (...fields: readonly string[]) => wayOf(receivedPath(octets(`${fields.join('\r\n')}\r\n\r\n`)))

const STORE = 'Received: from mx.bird.example (mx.bird.example [203.0.113.25]) by store.bird.example with ESMTP id 3'
const EXCHANGER = 'Received: from out.paper.example (out.paper.example [192.0.2.25]) by mx.bird.example with ESMTP id 2'
const SUBMISSION = 'Received: from [192.0.2.10] (laptop [192.0.2.10]) by out.paper.example with ESMTPA id 1'

describe('the way that a header tells', () => {
  const slow = wayOfHeader(
    `${STORE}; ${clock('10:01:04 +0000')}`,
    `${EXCHANGER}; ${clock('10:30:01 +0100')}`,
    `${SUBMISSION}; ${clock('01:30:00 -0800')}`,
    `Date: ${clock('09:30:00 +0000')}`,
  )

  it('begins at the machine of the author and has every server, with its address if another has seen it', () => {
    expect(slow.stations.map(({ name, address }) => [name, address])).toEqual([
      ['laptop', '192.0.2.10'],
      ['out.paper.example', '192.0.2.25'],
      ['mx.bird.example', '203.0.113.25'],
      ['store.bird.example', undefined],
    ])
  })

  it('compares clocks of different zones', () => {
    expect(slow.legs.map(({ delay }) => delay)).toEqual([0, 1000, 1_863_000])
    expect(slow).toMatchObject({ total: 1_864_000, disagreement: 0, compared: true })
  })

  it('has at most one slow leg, with a likely cause', () => {
    expect(slow.legs.map((leg) => [leg.slow, leg.guess])).toEqual([
      [false, undefined],
      [false, undefined],
      [true, 'queue'],
    ])
  })

  it.each([
    ['09:30:59 +0000', undefined],
    ['09:34:00 +0000', 'soon'],
    ['10:10:00 +0000', 'queue'],
    ['19:30:00 +0000', 'longQueue'],
  ])('a leg until %s is likely to be %s', (time, guess) => {
    const { legs } = wayOfHeader(`${EXCHANGER}; ${clock(time)}`, `${SUBMISSION}; ${clock('09:30:00 +0000')}`)
    expect(legs.at(-1)?.guess).toBe(guess)
  })

  it('a wait before the first server is likely to be in the outbox', () => {
    const { legs } = wayOfHeader(`${SUBMISSION}; ${clock('10:30:00 +0000')}`, `Date: ${clock('09:30:00 +0000')}`)
    expect(legs.map(({ guess }) => guess)).toEqual(['outbox'])
  })

  it('clocks that disagree give no delay, but how far they disagree', () => {
    const { legs, disagreement } = wayOfHeader(
      `${EXCHANGER}; ${clock('09:25:00 +0000')}`,
      `${SUBMISSION}; ${clock('09:30:00 +0000')}`,
      `Date: ${clock('09:30:00 +0000')}`,
    )
    expect(legs).toMatchObject([{ delay: 0 }, { behind: 300_000 }])
    expect(legs[1]?.delay).toBeUndefined()
    expect(disagreement).toBe(300_000)
  })

  it('a note in a form that is not known is a station without a name, and the rest goes on', () => {
    const { stations, legs } = wayOfHeader(
      `${STORE}; ${clock('09:30:02 +0000')}`,
      'Received: (program 77 invoked by uid 500)',
      `${SUBMISSION}; ${clock('09:30:00 +0000')}`,
    )
    expect(stations.map(({ name }) => name)).toEqual(['laptop', 'out.paper.example', undefined, 'store.bird.example'])
    expect(legs.map(({ delay, behind }) => [delay, behind])).toEqual([
      [undefined, undefined],
      [undefined, undefined],
      [undefined, undefined],
    ])
  })

  it.each([
    ['all', 'ESMTPS', 'ESMTPSA'],
    ['some', 'ESMTPS', 'ESMTPA'],
    ['some', 'ESMTPS', 'HTTP'],
    ['none', 'ESMTP', 'ESMTPA'],
    ['unknown', 'HTTP', 'HTTP'],
  ] as const)('encrypted on %s of it: %s after %s', (encryption, second, first) => {
    const fields = [EXCHANGER.replace('ESMTP', second), SUBMISSION.replace('ESMTPA', first)]
    expect(wayOfHeader(...fields).encryption).toBe(encryption)
  })

  it('the line of trust stands before the first server of the reader’s own domain', () => {
    expect(slow.trusted).toBe(2)
    expect(wayOfHeader(`${SUBMISSION}; ${clock('09:30:00 +0000')}`).trusted).toBe(1)
  })

  it('without notes there is no way', () => {
    expect(wayOfHeader('Subject: x')).toMatchObject({ stations: [], legs: [], encryption: 'unknown', compared: false })
  })
})
