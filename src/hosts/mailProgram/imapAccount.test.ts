import { describe, expect, it } from 'vitest'
import scenarioFile from '../../../lessons/scenarios/two-towns.json' with { type: 'json' }
import { fromText } from '../../base/octets'
import { instant } from '../../base/time'
import { findMailbox } from '../../mail/store'
import { bundledScenario } from '../../world/bundledScenario'
import type { Fact, FactOf, FactType } from '../../world/fact'
import type { Intervention } from '../../world/intervention'
import { startTimeline, worldAt } from '../../world/timeline'
import { catalogue } from '../catalogue'
import type { MailServerState } from '../mailServer/state'
import type { MailProgramState } from './state'

/** The phone loses its connection, its user goes on reading, and afterwards both sides agree. */

const scenario = bundledScenario(scenarioFile)
const PHONE = 'bob-phone'
const BOB = 'bob@bird.example'

const message = (at: number, subject: string): Intervention => ({
  at: instant(at),
  type: 'submitted',
  host: 'alice-laptop',
  account: 'alice@paper.example',
  forwardPaths: [BOB],
  message: fromText(`From: alice@paper.example\r\nTo: ${BOB}\r\nSubject: ${subject}\r\n\r\nText.\r\n`),
})
const link = (at: number, up: boolean): Intervention => ({
  at: instant(at),
  type: 'linkChanged',
  between: [PHONE, 'store.bird.example'],
  up,
})
const marked = (at: number, uid: number, as: 'seen' | 'flagged' | 'removed'): Intervention => ({
  at: instant(at),
  type: 'marked',
  host: PHONE,
  account: BOB,
  uid,
  as,
})
const collected = (at: number): Intervention => ({ at: instant(at), type: 'collected', host: PHONE, account: BOB })
const MINUTE = 60_000

function run(interventions: readonly Intervention[], until: number) {
  const timeline = startTimeline(scenario, catalogue, { interventions: [...interventions] })
  const world = worldAt(timeline, catalogue, instant(until))
  const phone = (world.hosts[PHONE] as { state: object }).state as MailProgramState
  const server = (world.hosts['store.bird.example'] as { state: object }).state as MailServerState
  const of = <T extends FactType>(type: T): FactOf<T>[] =>
    (timeline.trace as readonly Fact[]).filter((fact) => fact.type === type && fact.at <= until) as FactOf<T>[]
  const said = of('sent')
    .filter((fact) => fact.host === PHONE)
    .map((fact) => fact.octets.trimEnd().replace(/^a\d+ /, ''))
  return { phone, inbox: findMailbox(server.store, BOB, 'INBOX')?.messages ?? [], said }
}

describe('a phone on the train', () => {
  // Bob's laptop would collect and remove the messages, so it is offline here.
  const laptop: Intervention = { ...link(0, false), between: ['bob-laptop', 'store.bird.example'] } as Intervention
  const begin = [laptop, message(0, 'one'), message(1000, 'two')]
  const away = [link(5 * MINUTE, false), marked(6 * MINUTE, 1, 'seen'), marked(6 * MINUTE, 2, 'removed')]
  const back = [message(7 * MINUTE, 'three'), link(90 * MINUTE, true), collected(95 * MINUTE)]

  it('shows changes of the user at once, and keeps them for later', () => {
    const { phone, inbox } = run([...begin, ...away], 6.5 * MINUTE)
    expect(phone.kept.map(({ uid, flags }) => [uid, flags])).toEqual([
      ['1', ['\\Seen']],
      ['2', ['\\Deleted']],
    ])
    expect(phone.imap?.[BOB]).toMatchObject({
      uidValidity: 1,
      wishes: [
        { type: 'markSeen', uid: 1 },
        { type: 'remove', uid: 2 },
      ],
    })
    expect(inbox.map(({ uid, flags }) => [uid, flags])).toEqual([
      [1, []],
      [2, []],
    ])
  })

  it('sends the changes and asks for news when it is back', () => {
    const { phone, inbox, said } = run([...begin, ...away, ...back], 130 * MINUTE)
    const again = said.slice(said.lastIndexOf(said.find((line) => line.startsWith('LOGIN')) ?? ''))
    expect(again.slice(1)).toEqual([
      'ENABLE QRESYNC',
      expect.stringMatching(/^SELECT INBOX \(QRESYNC \(1 \d+ 1:2\)\)$/),
      'UID STORE 1 +FLAGS (\\Seen)',
      'UID STORE 2 +FLAGS.SILENT (\\Deleted)',
      'UID EXPUNGE 2',
      'UID FETCH 2:* (FLAGS RFC822.SIZE ENVELOPE)',
      'UID FETCH 3 BODY.PEEK[]',
      ...again.slice(8),
    ])
    expect(inbox.map(({ uid, flags }) => [uid, flags])).toEqual([
      [1, ['\\Seen']],
      [3, []],
    ])
    expect(phone.kept.map(({ uid, flags }) => [uid, flags])).toEqual([
      ['1', ['\\Seen']],
      ['3', []],
    ])
    expect(phone.imap?.[BOB]?.wishes).toEqual([])
  })
})
