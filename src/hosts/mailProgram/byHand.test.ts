import { describe, expect, it } from 'vitest'
import { instant } from '../../base/time'
import { findMailbox, type StoredMessage } from '../../mail/store'
import type { InterventionBody } from '../../world/intervention'
import { intervene, startTimeline, type Timeline, worldAt } from '../../world/timeline'
import { catalogue } from '../catalogue'
import {
  afterwards,
  all,
  BOB,
  type Deed,
  LAPTOP,
  look,
  MINUTE,
  message,
  PHONE,
  rests,
  run,
  scenario,
} from './testing/bobsDevices'

/** A person reads on a device: every action is told to the server, and shows on both sides. */

const STORE = 'store.bird.example'

const leaves = (value: boolean): InterventionBody => ({
  type: 'policyChanged',
  host: LAPTOP,
  policy: 'leaveOnServer',
  value,
})
const marked = (as: 'seen' | 'unseen' | 'flagged' | 'unflagged' | 'removed'): InterventionBody => ({
  type: 'marked',
  host: PHONE,
  account: BOB,
  uid: 1,
  as,
})
const filed = (mailbox: string): InterventionBody => ({ type: 'filed', host: PHONE, account: BOB, uid: 1, mailbox })

/** The commands that a host says from a moment on, without tags. */
const said = (timeline: Timeline, host: string, from: number): readonly string[] =>
  all(timeline, 'sent', from).flatMap((fact) =>
    fact.host === host ? [fact.octets.trimEnd().replace(/^a\d+ /, '')] : [],
  )
const stateOf = (timeline: Timeline, host: string): object =>
  worldAt(timeline, catalogue, timeline.until).hosts[host]?.state ?? {}
/** Half an hour later, the message that the laptop has fetched is deleted on it. */
function withoutFetched(timeline: Timeline): Timeline {
  const [fetched] = all(timeline, 'messageFetched').filter(({ host }) => host === LAPTOP)
  return afterwards(timeline, [30, { type: 'deleted', host: LAPTOP, account: BOB, uid: fetched?.uid ?? '' }])
}
/** The flags of each message in a mailbox on the server. */
function onServer(timeline: Timeline, mailbox = 'INBOX'): readonly (readonly string[])[] {
  const { store } = stateOf(timeline, STORE) as { store: Parameters<typeof findMailbox>[0] }
  return (findMailbox(store, BOB, mailbox)?.messages ?? []).map(({ flags }: StoredMessage) => flags)
}
/** The flags of each message on a device. */
function onDevice(timeline: Timeline, host: string): readonly (readonly string[])[] {
  const { kept } = stateOf(timeline, host) as { kept: readonly { readonly flags: readonly string[] }[] }
  return kept.map(({ flags }) => flags)
}

describe('on a phone that reads by IMAP, a person', () => {
  // The laptop would take the message off the server.
  const begin: readonly Deed[] = [
    [0, rests(LAPTOP)],
    [1, message],
  ]

  it('sets and clears flags', () => {
    const timeline = run([...begin, [20, marked('seen')], [21, marked('flagged')], [22, marked('unseen')]])
    expect(said(timeline, PHONE, 20).filter((line) => line.startsWith('UID STORE'))).toEqual([
      'UID STORE 1 +FLAGS (\\Seen)',
      'UID STORE 1 +FLAGS (\\Flagged)',
      'UID STORE 1 -FLAGS (\\Seen)',
    ])
    expect([onServer(timeline), onDevice(timeline, PHONE)]).toEqual([[['\\Flagged']], [['\\Flagged']]])
    const back = run([...begin, [20, marked('flagged')], [21, marked('unflagged')]])
    expect([onServer(back), onDevice(back, PHONE)]).toEqual([[[]], [[]]])
  })

  it('removes a message', () => {
    const timeline = run([...begin, [20, marked('removed')]])
    expect(said(timeline, PHONE, 20)).toEqual(expect.arrayContaining(['UID EXPUNGE 1']))
    expect([onServer(timeline), onDevice(timeline, PHONE)]).toEqual([[], []])
  })

  it('files a message into another mailbox', () => {
    const timeline = run([...begin, [20, filed('Archive')]])
    expect(said(timeline, PHONE, 20).slice(0, 2)).toEqual(['DONE', 'UID MOVE 1 Archive'])
    expect([onServer(timeline), onServer(timeline, 'Archive').length]).toEqual([[], 1])
    expect(onDevice(timeline, PHONE)).toEqual([])
    expect(all(timeline, 'copyDropped')).toMatchObject([{ host: PHONE, uid: '1' }])
  })

  it('files it into a mailbox that does not exist yet, which is created', () => {
    const timeline = run([...begin, [20, filed('Gärten')]])
    expect(said(timeline, PHONE, 20).slice(0, 4)).toEqual([
      'DONE',
      'UID MOVE 1 G&AOQ-rten',
      'CREATE G&AOQ-rten',
      'UID MOVE 1 G&AOQ-rten',
    ])
    expect(onServer(timeline, 'Gärten')).toHaveLength(1)
  })

  it('does all this on a phone at rest, too: it connects for each action', () => {
    const timeline = run([...begin, [19, rests(PHONE)], [20, marked('seen')], [21, filed('Archive')]])
    expect(said(timeline, PHONE, 20)).toEqual(
      expect.arrayContaining(['UID STORE 1 +FLAGS (\\Seen)', 'UID MOVE 1 Archive']),
    )
    expect(all(timeline, 'connectionOpening', 20).filter(({ client }) => client === PHONE)).toHaveLength(2)
    expect(onServer(timeline, 'Archive')).toEqual([['\\Seen']])
  })

  it('is told nothing wrong if the message is gone: the wish is over', () => {
    const timeline = run([...begin, [20, marked('removed')], [21, filed('Archive')]])
    expect(onServer(timeline, 'Archive')).toEqual([])
    expect(stateOf(timeline, PHONE)).toMatchObject({ imap: { [BOB]: { wishes: [] } } })
  })
})

describe('on a laptop that fetches by POP3, a person', () => {
  const begin: readonly Deed[] = [
    [0, rests(LAPTOP)],
    [1, message],
  ]

  it('lets fetched messages stay on the server, or takes them off it', () => {
    const timeline = run([...begin, [10, leaves(true)], [20, look(LAPTOP)]])
    expect(said(timeline, LAPTOP, 20)).not.toContain('DELE 1')
    expect([onServer(timeline).length, onDevice(timeline, LAPTOP).length]).toEqual([1, 1])
    const taken = intervene(intervene(timeline, catalogue, { ...leaves(false), at: instant(30 * MINUTE) }), catalogue, {
      ...look(LAPTOP),
      at: instant(31 * MINUTE),
    })
    expect(said(taken, LAPTOP, 30)).toContain('DELE 1')
    expect([onServer(taken).length, onDevice(taken, LAPTOP).length]).toEqual([0, 1])
  })

  it('deletes a message that stayed there: here and there, once and for all', () => {
    const timeline = run([...begin, [10, leaves(true)], [20, look(LAPTOP)]])
    const gone = withoutFetched(timeline)
    expect(said(gone, LAPTOP, 30)).toContain('DELE 1')
    expect(said(gone, LAPTOP, 30)).not.toContain('RETR 1')
    expect([onServer(gone), onDevice(gone, LAPTOP)]).toEqual([[], []])
  })

  it('deletes only the copy of one that was taken off the server', () => {
    const timeline = run([...begin, [20, look(LAPTOP)]])
    const gone = withoutFetched(timeline)
    expect(said(gone, LAPTOP, 30)).toEqual([])
    expect(onDevice(gone, LAPTOP)).toEqual([])
  })
})

it('a run with such actions is the same when it is made again', () => {
  const first = run([
    [0, rests(LAPTOP)],
    [1, message],
    [20, marked('seen')],
    [21, filed('Archive')],
  ])
  const { interventions, seed } = first
  expect(startTimeline(scenario, catalogue, { seed, interventions }).trace).toEqual(first.trace)
})
