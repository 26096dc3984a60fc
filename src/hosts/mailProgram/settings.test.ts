import { describe, expect, it } from 'vitest'
import { instant } from '../../base/time'
import type { InterventionBody, RetrievalSettings, SubmissionSettings } from '../../world/intervention'
import { intervene, type Timeline, worldAt } from '../../world/timeline'
import { catalogue } from '../catalogue'
import { copiesAt, lettersIn } from '../inspect'
import { all, BOB, type Deed, LAPTOP, look, MINUTE, message, PHONE, rests, run } from './testing/bobsDevices'

/** Settings of a mail program change while the world runs. */

const [ALICE, STORE, OUT] = ['alice-laptop', 'store.bird.example', 'mx-out.paper.example'] as const
const sending = (submission: SubmissionSettings | 'none'): InterventionBody => ({
  type: 'accountChanged',
  host: ALICE,
  account: 'alice@paper.example',
  submission,
})
const fetching = (host: string, retrieval: RetrievalSettings | 'none'): InterventionBody => ({
  type: 'accountChanged',
  host,
  account: BOB,
  retrieval,
})
const upTo = (timeline: Timeline, minutes: number): Timeline =>
  intervene(timeline, catalogue, { type: 'waited', at: instant(minutes * MINUTE) })
const at = (timeline: Timeline, minutes: number) => worldAt(timeline, catalogue, instant(minutes * MINUTE))
/** The ports that a host calls after a minute, with the server. */
const calls = (timeline: Timeline, host: string, from = 0): readonly string[] =>
  all(timeline, 'connectionOpening', from).flatMap((fact) =>
    fact.client === host ? [`${fact.server} ${fact.port}`] : [],
  )
const done = (deeds: readonly Deed[], minutes: number): Timeline => upTo(run(deeds), minutes)
const refusals = (timeline: Timeline) => all(timeline, 'changeRefused').map(({ reason }) => reason)

const POP3 = { protocol: 'POP3', host: STORE, port: 110 } as const
const IMAP = { protocol: 'IMAP', host: STORE, port: 143 } as const

describe('a server for sending', () => {
  it('is used for the next message', () => {
    const timeline = done(
      [
        [1, sending({ host: OUT, port: 25 })],
        [2, message],
      ],
      3,
    )
    expect(calls(timeline, ALICE, 2)[0]).toBe(`${OUT} 25`)
    // At port 25 she is a stranger even at home.
    expect(all(timeline, 'submissionFailed')[0]?.reason).toMatchObject({ status: '5.7.1' })
  })

  it('is tried at once with a message that waits', () => {
    const waits = run([
      [1, sending({ host: OUT, port: 465 })],
      [2, message],
    ])
    expect(all(waits, 'submissionFailed')[0]).toMatchObject({ nextTry: expect.any(Number) as number })
    const mended = upTo(intervene(waits, catalogue, { ...sending({ host: OUT, port: 587 }), at: waits.until }), 5)
    const delivered = all(mended, 'messageDelivered')
    expect(delivered).toHaveLength(1)
    expect((delivered[0]?.at ?? 0) - waits.until).toBeLessThan(2000)
    expect(all(upTo(mended, 30), 'messageDelivered')).toHaveLength(1)
  })

  it('may be none: then nothing can be sent, and that is told', () => {
    const timeline = done(
      [
        [1, sending('none')],
        [2, message],
      ],
      3,
    )
    expect(refusals(timeline)).toEqual([{ id: 'sendsNothing', address: 'alice@paper.example' }])
  })

  it('that waits for the other end, since both wait for the first word, times out after minutes', () => {
    const timeline = done(
      [
        [1, sending({ host: OUT, port: 587, tls: 'implicit' })],
        [2, message],
      ],
      20,
    )
    const [failed] = all(timeline, 'submissionFailed')
    expect(failed?.at).toBeGreaterThan(4 * MINUTE)
  })
})

describe('a server to fetch from', () => {
  it('is asked by the laptop by IMAP instead of POP3, and the messages stay there', () => {
    const timeline = done(
      [
        [1, fetching(LAPTOP, { ...IMAP, idle: true })],
        [2, message],
      ],
      30,
    )
    expect(calls(timeline, LAPTOP, 1)).toEqual([`${STORE} 143`])
    expect(lettersIn(at(timeline, 30), STORE, BOB)).toHaveLength(1)
    expect(copiesAt(at(timeline, 30), LAPTOP, BOB)).toMatchObject([{ by: 'IMAP' }])
  })

  it('is asked by the phone by POP3 instead of IMAP: the line that waited for news is closed', () => {
    const timeline = done(
      [
        [1, fetching(PHONE, { ...POP3, every: 60, leaveOnServer: true })],
        [2, rests(LAPTOP)],
        [2, message],
      ],
      5,
    )
    const said = all(timeline, 'sent', 1).flatMap(({ host, means }) => (host === PHONE ? [means.name] : []))
    expect(said.slice(0, 3)).toEqual(['DONE', 'LOGOUT', 'CAPA'])
    expect(calls(timeline, PHONE, 1)).toEqual(Array(5).fill(`${STORE} 110`))
    expect(copiesAt(at(timeline, 5), PHONE, BOB)).toMatchObject([{ by: 'POP3' }])
    expect(lettersIn(at(timeline, 5), STORE, BOB)).toHaveLength(1)
  })

  it('is asked as often as it says, and only when told if it says nothing', () => {
    const often = done([[1, fetching(LAPTOP, { ...POP3, every: 120 })]], 10)
    expect(calls(often, LAPTOP, 1)).toHaveLength(5)
    const never = done([[1, fetching(LAPTOP, POP3)]], 40)
    expect(calls(never, LAPTOP, 1)).toEqual([])
    expect(calls(intervene(never, catalogue, { ...look(LAPTOP), at: never.until }), LAPTOP, 1)).toHaveLength(1)
  })

  it('is asked again after a loss of power', () => {
    const timeline = done(
      [
        [1, fetching(LAPTOP, { ...POP3, every: 3600 })],
        [2, { type: 'hostStopped', host: LAPTOP }],
        [3, { type: 'hostStarted', host: LAPTOP }],
      ],
      5,
    )
    expect(calls(timeline, LAPTOP, 2)).toEqual([`${STORE} 110`])
  })

  it('may be none: then it fetches nothing, and says so when it is told to', () => {
    const timeline = done(
      [
        [1, fetching(LAPTOP, 'none')],
        [2, message],
        [3, look(LAPTOP)],
      ],
      30,
    )
    expect(calls(timeline, LAPTOP, 1)).toEqual([])
    expect(refusals(timeline)).toEqual([{ id: 'collectsNothing', address: BOB }])
  })

  it('is not asked by a device that rests', () => {
    const timeline = done(
      [
        [0, rests(LAPTOP)],
        [1, fetching(LAPTOP, { ...POP3, every: 60 })],
      ],
      10,
    )
    expect(calls(timeline, LAPTOP, 1)).toEqual([])
  })

  it('changes in the middle of a session, which goes on, and the next one is of the new kind', () => {
    const opens = all(run([]), 'connectionOpened').find(({ client }) => client === LAPTOP)?.at ?? 0
    const timeline = done([[opens / MINUTE, fetching(LAPTOP, { ...IMAP, idle: true })]], 3)
    expect(calls(timeline, LAPTOP)).toEqual([`${STORE} 110`, `${STORE} 143`])
    expect(all(timeline, 'sent').some(({ host, octets }) => host === LAPTOP && octets === 'QUIT\r\n')).toBe(true)
  })
})

it.each([
  ['an account that is not there', { account: 'max@bird.example', retrieval: POP3 }, 'noSuchAccount'],
  ['a port of 0', { retrieval: { ...POP3, port: 0 } }, 'notAPort'],
  ['a port of 70000', { submission: { host: STORE, port: 70_000 } }, 'notAPort'],
  ['half a port', { submission: { host: STORE, port: 25.5 } }, 'notAPort'],
  ['no server', { submission: { host: '', port: 25 } }, 'notAHost'],
  ['a server with a space', { retrieval: { ...IMAP, host: 'store bird' } }, 'notAHost'],
  ['a check every 0 seconds', { retrieval: { ...POP3, every: 0 } }, 'notWhole'],
  ['a check every half second', { retrieval: { ...POP3, every: 0.5 } }, 'notWhole'],
  ['a first check before the beginning', { retrieval: { ...POP3, first: -1 } }, 'notWhole'],
])('%s is refused, and the settings stay', (_, change, id) => {
  const timeline = run([[1, { type: 'accountChanged', host: LAPTOP, account: BOB, ...change }]])
  expect(refusals(timeline)).toMatchObject([{ id }])
  expect(at(timeline, 1).hosts[LAPTOP]?.state).toEqual(at(run([]), 1).hosts[LAPTOP]?.state)
})
