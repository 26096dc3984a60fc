import { describe, expect, it } from 'vitest'
import type { Instant } from '../../base/time'
import type { InterventionBody } from '../../world/intervention'
import { runOn, startTimeline, type Timeline } from '../../world/timeline'
import { catalogue } from '../catalogue'
import { all, LAPTOP, look, MINUTE, message, PHONE, rests, run, scenario } from './testing/bobsDevices'

/** Bob's devices at rest: what comes for them lies on the server until somebody tells them to look. */

/** Runs on to an instant, through quiet times. */
function upTo(timeline: Timeline, minutes: number): Timeline {
  let far = timeline
  while (far.until < minutes * MINUTE) {
    const next = runOn(far, catalogue)
    if (next.until <= far.until) break
    far = next
  }
  return far
}
const calls = (timeline: Timeline, host: string, from = 0): readonly Instant[] =>
  all(timeline, 'connectionOpening', from).flatMap(({ client, at }) => (client === host ? [at] : []))
/** The timers of a device: at rest it waits for nothing. */
const timers = (timeline: Timeline, host: string, from = 0): readonly string[] =>
  all(timeline, 'timerSet', from).flatMap((fact) => (fact.host === host ? [fact.timer] : []))
const fetchedBy = (timeline: Timeline, host: string): number =>
  all(timeline, 'messageFetched').filter((fact) => fact.host === host).length

describe('a device that rests', () => {
  const resting = [
    [0, rests(PHONE)],
    [0, rests(LAPTOP)],
  ] as const

  it('opens no connection, and a message that comes stays on the server', () => {
    const quiet = upTo(run([...resting, [1, message]]), 180)
    expect(all(quiet, 'messageDelivered')).toHaveLength(1)
    expect([...calls(quiet, PHONE), ...calls(quiet, LAPTOP)]).toEqual([])
    expect(all(quiet, 'messageFetched')).toEqual([])
    // The same run without rest, so that the silence is not the scenario's.
    const busy = upTo(run([[1, message]]), 180)
    expect(fetchedBy(busy, PHONE)).toBe(1)
    expect(calls(busy, LAPTOP).length).toBeGreaterThan(0)
  })

  it('looks once when its user says so, and rests again', () => {
    const told = upTo(run([...resting, [1, message], [60, look(PHONE)], [70, look(LAPTOP)]]), 180)
    expect(calls(told, PHONE)).toHaveLength(1)
    expect(calls(told, LAPTOP)).toHaveLength(1)
    expect([fetchedBy(told, PHONE), fetchedBy(told, LAPTOP)]).toEqual([1, 1])
    expect(all(told, 'connectionClosed').map(({ client }) => client)).toEqual(expect.arrayContaining([PHONE, LAPTOP]))
  })

  it('logs out of the server on which it waited for news', () => {
    const asleep = upTo(
      run([
        [30, rests(PHONE)],
        [31, message],
      ]),
      60,
    )
    const said = all(asleep, 'sent', 30).flatMap(({ host, means }) => (host === PHONE ? [means.name] : []))
    expect(said).toEqual(['DONE', 'LOGOUT'])
    expect(fetchedBy(asleep, PHONE)).toBe(0)
  })

  it('looks at once when it wakes, and then goes on by itself', () => {
    const awake = upTo(run([...resting, [1, message], [60, rests(PHONE, false)], [90, message]]), 120)
    expect(calls(awake, PHONE)[0]).toBe(60 * MINUTE)
    expect(fetchedBy(awake, PHONE)).toBe(2)
  })

  it('looks even if it is told so while it logs out', () => {
    const told = upTo(
      run([
        [30, rests(PHONE)],
        [30, look(PHONE)],
      ]),
      60,
    )
    expect(calls(told, PHONE, 30)).toHaveLength(1)
    const awake = upTo(
      run([
        [30, rests(PHONE)],
        [30, rests(PHONE, false)],
        [31, message],
      ]),
      60,
    )
    expect(fetchedBy(awake, PHONE)).toBe(1)
  })

  it('rests on after a loss of power', () => {
    const off = upTo(
      run([
        ...resting,
        [1, message],
        [10, { type: 'hostStopped', host: PHONE }],
        [11, { type: 'hostStarted', host: PHONE }],
      ]),
      180,
    )
    expect(calls(off, PHONE)).toEqual([])
    expect(timers(off, PHONE, 10)).toEqual([])
  })

  it('may rest from the beginning of a scenario', () => {
    const hosts = scenario.hosts.map((host) =>
      host.name === PHONE ? { ...host, config: { ...host.config, rests: true } } : host,
    )
    const quiet = upTo(run([[1, message]], { ...scenario, hosts }), 60)
    expect(calls(quiet, PHONE)).toEqual([])
    expect(timers(quiet, PHONE)).toEqual([])
  })
})

it('a switch that a mail program does not have, or a value that is none, changes nothing', () => {
  const wrong = run([
    [0, { type: 'policyChanged', host: PHONE, policy: 'apop', value: true }],
    [0, rests(PHONE, 'often')],
  ])
  expect(all(wrong, 'changeRefused').map(({ reason }) => reason.id)).toEqual(['noSuchPolicy', 'notAmong'])
  expect(calls(upTo(wrong, 30), PHONE).length).toBeGreaterThan(0)
})

it('a run with rest and waking is the same when it is made again', () => {
  const first = upTo(
    run([
      [1, message],
      [3, rests(PHONE)],
      [4, look(PHONE)],
      [8, rests(PHONE, false)],
    ]),
    30,
  )
  const { interventions, seed } = first
  const second = upTo(startTimeline(scenario, catalogue, { seed, interventions }), 30)
  expect(second.trace).toEqual(first.trace)
})

describe('a program that checks after sending', () => {
  const ALICE = 'alice-laptop'
  /** Its calls to the server from which it collects. */
  const checks = (timeline: Timeline): readonly number[] =>
    all(timeline, 'connectionOpening').flatMap(({ client, port, at }) =>
      client === ALICE && port === 143 ? [Math.round(at / MINUTE)] : [],
    )

  it('makes no check before it has sent something, then one at once and one each hour', () => {
    expect(checks(upTo(run([]), 180))).toEqual([])
    expect(checks(upTo(run([[10, message]]), 150))).toEqual([10, 70, 130])
  })

  it('makes none while it rests, and one when it wakes', () => {
    const resting = [
      [1, rests(ALICE)],
      [10, message],
    ] as const
    expect(checks(upTo(run(resting), 180))).toEqual([])
    expect(checks(upTo(run([...resting, [30, rests(ALICE, false)]]), 60))).toEqual([30])
    expect(
      checks(
        upTo(
          run([
            [1, rests(ALICE)],
            [30, rests(ALICE, false)],
          ]),
          60,
        ),
      ),
    ).toEqual([])
  })

  it('checks after a loss of power if it had sent something', () => {
    const off: InterventionBody = { type: 'hostStopped', host: ALICE }
    const on: InterventionBody = { type: 'hostStarted', host: ALICE }
    expect(
      checks(
        upTo(
          run([
            [10, message],
            [20, off],
            [90, on],
          ]),
          120,
        ),
      ),
    ).toEqual([10, 90])
    expect(
      checks(
        upTo(
          run([
            [20, off],
            [90, on],
          ]),
          120,
        ),
      ),
    ).toEqual([])
  })
})
