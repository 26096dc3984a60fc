import { describe, expect, it } from 'vitest'
import twoTowns from '../../lessons/scenarios/two-towns.json'
import { fromText } from '../base/octets'
import { type Instant, instant, minutes, START } from '../base/time'
import { bundledScenario } from '../world/bundledScenario'
import type { InterventionBody } from '../world/intervention'
import { startTimeline, worldAt } from '../world/timeline'
import type { World } from '../world/world'
import { catalogue } from './catalogue'
import { copiesAt, isUp, lettersIn, lettersQueuedAt, mailboxNamesOf, settingOf, zoneTextOf } from './inspect'

const scenario = bundledScenario(twoTowns)
const [OUT, EXCHANGER, STORE] = ['mx-out.paper.example', 'mx.bird.example', 'store.bird.example'] as const
const BOB = 'bob@bird.example'

const MESSAGE = [
  'From: =?utf-8?Q?Al=C3=AFce?= <alice@paper.example>',
  `To: ${BOB}`,
  'Cc: carol@bird.example',
  'Subject: Plums',
  'MIME-Version: 1.0',
  'Content-Type: multipart/mixed; boundary="b"',
  '',
  '--b',
  'Content-Type: text/plain; charset=utf-8',
  'Content-Transfer-Encoding: base64',
  '',
  'TWlsawpicmVhZCDinJM=',
  '--b',
  'Content-Type: image/png',
  '',
  'picture',
  '--b--',
  '',
]
const sent = (lines: readonly string[] = MESSAGE): InterventionBody => ({
  type: 'submitted',
  host: 'alice-laptop',
  account: 'alice@paper.example',
  forwardPaths: [BOB],
  message: fromText(lines.join('\r\n')),
})
function worldOf(bodies: readonly InterventionBody[], t: Instant): World {
  const interventions = bodies.map((body) => ({ ...body, at: START }))
  return worldAt(startTimeline(scenario, catalogue, { interventions }), catalogue, t)
}
const rests = (host: string): InterventionBody => ({ type: 'policyChanged', host, policy: 'rests', value: true })
const off = (host: string): InterventionBody => ({ type: 'hostStopped', host })

describe('a world is read for checks', () => {
  const delivered = worldOf([rests('bob-laptop'), sent()], instant(minutes(1)))

  it('a message in a mailbox by its contents', () => {
    expect(lettersIn(delivered, STORE, BOB)).toMatchObject([
      {
        uid: 1,
        flags: [],
        from: 'Alïce <alice@paper.example>',
        to: BOB,
        cc: 'carol@bird.example',
        subject: 'Plums',
        returnPath: 'alice@paper.example',
        received: 3,
        text: 'Milk\nbread ✓',
      },
    ])
    expect(lettersIn(delivered, STORE, BOB)[0]?.octets).toContain('Return-Path: <alice@paper.example>\r\n')
  })

  it('a header field that is missing is missing, and a text has one kind of line end', () => {
    const [only] = lettersIn(
      worldOf([rests('bob-laptop'), sent(['', 'one', 'two', ''])], instant(minutes(1))),
      STORE,
      BOB,
    )
    expect(only).toMatchObject({ text: 'one\ntwo\n' })
    expect(only).not.toHaveProperty('subject')
    expect(only).not.toHaveProperty('cc')
  })

  it('a message that is only a picture has no text', () => {
    const picture = ['Content-Type: image/png', '', 'picture']
    const [only] = lettersIn(worldOf([rests('bob-laptop'), sent(picture)], instant(minutes(1))), STORE, BOB)
    expect(only?.text).toBe('')
  })

  it('the names of mailboxes', () => {
    expect(mailboxNamesOf(delivered, STORE, BOB)).toEqual(['INBOX', 'Drafts', 'Junk', 'Sent', 'Trash'])
  })

  it('a copy on a device, with its flags', () => {
    expect(copiesAt(delivered, 'bob-phone', BOB)).toMatchObject([
      { uid: '1', by: 'IMAP', flags: [], subject: 'Plums', received: 3 },
    ])
    expect(copiesAt(delivered, 'bob-laptop', BOB)).toEqual([])
  })

  it('a message that waits in a queue, with its next try', () => {
    const waiting = worldOf([off(EXCHANGER), sent()], instant(minutes(5)))
    const [queued, ...more] = lettersQueuedAt(waiting, OUT)
    expect(more).toEqual([])
    expect(queued).toMatchObject({
      reversePath: 'alice@paper.example',
      forwardPaths: [BOB],
      subject: 'Plums',
      received: 1,
    })
    expect(queued?.nextTry).toBeGreaterThan(minutes(30))
    expect(lettersQueuedAt(delivered, OUT)).toEqual([])
    // During the try there is no next one.
    expect(lettersQueuedAt(worldOf([off(EXCHANGER), sent()], instant(10_000)), OUT)[0]).not.toHaveProperty('nextTry')
  })

  it('power', () => {
    const stopped = worldOf([off(EXCHANGER)], instant(10))
    expect([EXCHANGER, STORE, 'nowhere'].map((host) => isUp(stopped, host))).toEqual([false, true, false])
  })

  it('options, with their defaults, and the habits of a device', () => {
    const tls = worldOf([{ type: 'policyChanged', host: STORE, policy: 'tls', value: 'required' }], instant(10))
    expect([settingOf(tls, STORE, 'tls'), settingOf(delivered, STORE, 'tls')]).toEqual(['required', 'none'])
    expect(settingOf(delivered, STORE, 'maxRecipients')).toBe(100)
    expect(settingOf(delivered, STORE, 'hostName')).toBeUndefined()
    expect([settingOf(delivered, 'bob-laptop', 'rests'), settingOf(delivered, 'bob-phone', 'rests')]).toEqual([
      true,
      false,
    ])
    expect(settingOf(delivered, 'bob-laptop', 'leaveOnServer')).toBe(false)
    expect(settingOf(delivered, 'root', 'rests')).toBeUndefined()
  })

  it('a zone’s text, with or without the last dot of its name', () => {
    const edited = worldOf(
      [
        {
          type: 'zoneEdited',
          host: 'ns.bird.example',
          apex: 'bird.example.',
          text: '; none\n@ SOA ns h 2 1 1 1 1\n@ NS ns\nns A 192.0.2.1\n',
        },
      ],
      instant(10),
    )
    for (const apex of ['bird.example', 'bird.example.', 'BIRD.example'])
      expect(zoneTextOf(edited, 'ns.bird.example', apex)).toContain('; none')
    expect(zoneTextOf(edited, 'ns.bird.example', 'paper.example')).toBeUndefined()
  })

  it.each(['nowhere', 'root', 'constructor'])('nothing at %s', (host) => {
    expect(lettersIn(delivered, host, BOB)).toEqual([])
    expect(lettersIn(delivered, STORE, host)).toEqual([])
    expect(lettersIn(delivered, STORE, BOB, host)).toEqual([])
    expect(mailboxNamesOf(delivered, host, BOB)).toEqual([])
    expect(lettersQueuedAt(delivered, host)).toEqual([])
    expect(copiesAt(delivered, host, BOB)).toEqual([])
    expect(settingOf(delivered, host, 'tls')).toBeUndefined()
    expect(settingOf(delivered, STORE, host)).toBeUndefined()
    expect(zoneTextOf(delivered, host, 'bird.example')).toBeUndefined()
  })
})
