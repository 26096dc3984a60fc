import { describe, expect, it } from 'vitest'
import { fromText } from '../../base/octets'
import type { InterventionBody } from '../../world/intervention'
import { cacheRows } from '../dns/resolver'
import type { ResolverState } from '../dns/resolverState'
import { type MailWorldInput, mailWorld } from './testing/mailWorld'

/** An administrator works at servers that are running: holds the queue, forgets the cache, ends sessions, moves mailboxes. */

const [A, B] = ['203.0.113.1', '203.0.113.2'] as const
const MESSAGE = { reversePath: 'ann@here.test', forwardPaths: ['you@there.test'], port: 587 }
const RECORDS = ['there.test. 300 IN MX 10 a.there.test.', `a.there.test. 300 IN A ${A}`]
const toThere = (input: MailWorldInput = {}) =>
  mailWorld({ messages: [MESSAGE], records: RECORDS, scripts: { [A]: {} }, ...input })
const turned = (policy: string, value: boolean): InterventionBody => ({
  type: 'policyChanged',
  host: 'mail',
  policy,
  value,
})
const [held, released] = [turned('holdQueue', true), turned('holdQueue', false)]
const MINUTE = 60

describe('a queue that is held', () => {
  it('keeps what it takes, and lets all go at once when it is released', () => {
    const run = toThere({ messages: [MESSAGE, MESSAGE] })
      .do(held)
      .pass(10 * MINUTE)
    expect(run.all('messageQueued')).toHaveLength(2)
    expect(Object.keys(run.server.queue)).toHaveLength(2)
    expect(run.dialled).toEqual([])
    expect(run.all('lookupStarted').filter(({ host }) => host === 'mail')).toEqual([])
    run.do(released).pass(1)
    expect(run.server.queue).toEqual({})
    expect(run.all('messageRelayed')).toHaveLength(2)
  })

  it('is not released by another switch', () => {
    const run = toThere().do(held).pass(1).do(turned('outgoingPipelining', true)).pass(MINUTE)
    expect(run.dialled).toEqual([])
  })

  it('still delivers to mailboxes of its own', () => {
    const run = toThere({ messages: [{ ...MESSAGE, forwardPaths: ['postmaster@here.test'] }] })
      .do(held)
      .pass(10)
    expect(run.inbox('postmaster@here.test')).toHaveLength(1)
  })

  it('keeps a message whose next try is due, and tries it when it is released', () => {
    const run = toThere()
      .do({ type: 'hostStopped', host: A })
      .pass(10 * MINUTE)
    expect(run.all('messageDeferred')).toHaveLength(1)
    run
      .do(held)
      .do({ type: 'hostStarted', host: A })
      .pass(45 * MINUTE)
    expect(run.all('messageRelayed')).toEqual([])
    run.do(released).pass(1)
    expect(run.all('messageRelayed')).toHaveLength(1)
  })

  it('does not call back a message that is on its way', () => {
    const run = toThere()
    for (let tries = 0; run.heard(A).length === 0 && tries < 200; tries++) run.pass(0.01)
    run.do(held).pass(10)
    expect(run.all('messageRelayed')).toHaveLength(1)
  })

  it('is held after a loss of power, too', () => {
    const run = toThere().do(held).pass(10)
    run.do({ type: 'hostStopped', host: 'mail' }).pass(1).do({ type: 'hostStarted', host: 'mail' }).pass(MINUTE)
    expect(run.dialled).toEqual([])
    run.do(released).pass(1)
    expect(run.all('messageRelayed')).toHaveLength(1)
  })

  it('loses nothing, whenever it is held and released', () => {
    for (let ms = 0; ms <= 300; ms += 20) {
      const run = toThere()
        .pass(ms / 1000)
        .do(held)
        .pass(7 * MINUTE)
        .do(released)
        .pass(MINUTE)
      expect(run.server.queue, `held at ${ms} ms`).toEqual({})
      expect(run.all('messageRelayed'), `held at ${ms} ms`).toHaveLength(1)
    }
  })
})

describe('a domain whose mailboxes move', () => {
  const names = [`a.here.test. 300 IN A ${A}`, `b.here.test. 300 IN A ${B}`]
  const moved = (deliverTo: string): InterventionBody => ({
    type: 'domainSet',
    host: 'mail',
    domain: 'moved.test',
    recipients: ['you'],
    postmaster: 'you',
    deliverTo,
  })

  it('has its waiting messages sent to the new host at the next try', () => {
    const run = toThere({
      messages: [],
      records: names,
      scripts: { [A]: { replies: { RCPT: '450 4.2.0 later' } }, [B]: {} },
    }).do(moved('a.here.test'))
    run.dialogue(25, [
      'EHLO far',
      'MAIL FROM:<z@far.test>',
      'RCPT TO:<you@moved.test>',
      'DATA',
      'Subject: x\r\n\r\nx\r\n.',
    ])
    run.pass(MINUTE)
    expect(run.dialled).toEqual([A])
    run.do(moved('b.here.test')).pass(MINUTE)
    expect(run.dialled).toEqual([A])
    run.pass(31 * MINUTE)
    expect(run.dialled).toEqual([A, B])
    expect(run.server.queue).toEqual({})
  })
})

it('a resolver that forgets its cache begins at the root again', () => {
  const run = toThere().pass(10)
  const rows = () => cacheRows(run.state<ResolverState>('resolver'), run.world.now)
  const asked = () => run.all('queried').filter(({ host }) => host === 'resolver').length
  const dug: InterventionBody = { type: 'dug', host: 'mail', name: 'there.test', rrType: 'MX', recursion: true }
  expect(rows().length).toBeGreaterThan(0)
  const before = asked()
  run.do(dug).pass(5)
  expect(asked()).toBe(before)
  run.do({ type: 'cacheFlushed', host: 'resolver' })
  expect(rows()).toEqual([])
  run.do(dug).pass(5)
  expect(asked()).toBeGreaterThan(before)
})

describe('a session that the administrator ends', () => {
  const services = [
    { port: 25, service: 'relay' as const },
    { port: 110, service: 'pop3' as const },
    { port: 143, service: 'imap' as const },
  ]
  const open = (port: number, lines: readonly string[] = []) => {
    const run = mailWorld({ server: { services } })
    run.dialogue(port, lines)
    return run
  }
  const said = (run: ReturnType<typeof open>, from: number) =>
    run.facts.slice(from).flatMap((fact) => (fact.type === 'read' && fact.host === 'outside' ? [fact.octets] : []))
  const dismissed = (rest: object = {}): InterventionBody => ({ type: 'dismissed', host: 'mail', ...rest })

  it.each([
    [25, [], /^421 mail\.here\.test Connection ended by the administrator/],
    [25, ['EHLO me', 'MAIL FROM:<a@b.test>', 'RCPT TO:<ann@here.test>', 'DATA', 'Subject: x'], /^421 4\.3\.2/],
    [143, [], /^\* BYE The administrator/],
    [143, ['a LOGIN ann secret', 'b SELECT INBOX', 'c IDLE'], /^\* BYE The administrator/],
  ])('is told so at port %s after %j, and closed', (port, lines, words) => {
    const run = open(port, lines)
    const from = run.facts.length
    run.do(dismissed({ port })).pass(2)
    expect(said(run, from).join('')).toMatch(words)
    expect(run.all('sessionEnded').filter(({ host }) => host === 'mail')).toHaveLength(1)
    expect(run.all('changeRefused')).toEqual([])
  })

  it('by POP3 is closed without a word: nothing that was marked is removed, and the maildrop is free', () => {
    const run = mailWorld({ server: { services } })
    run.dialogue(25, ['EHLO me', 'MAIL FROM:<>', 'RCPT TO:<ann@here.test>', 'DATA', 'Subject: x\r\n\r\nx\r\n.', 'QUIT'])
    const login = ['USER ann', 'PASS secret']
    run.dialogue(110, [...login, 'DELE 1'])
    expect(run.dialogue(110, login).at(-1)).toMatch(/^-ERR \[IN-USE\]/)
    const from = run.facts.length
    run.do(dismissed({ client: 'outside', port: 110 })).pass(2)
    expect(said(run, from)).toEqual([])
    expect(run.dialogue(110, [...login, 'STAT']).at(-1)).toMatch(/^\+OK 1 /)
    expect(run.all('connectionClosed').length).toBeGreaterThan(1)
  })

  it('is the one that is meant', () => {
    const run = open(25)
    run.dialogue(143, [])
    const [smtp = '', imap = ''] = run
      .all('sessionStarted')
      .flatMap((fact) => (fact.host === 'mail' ? [fact.session] : []))
    run.do(dismissed({ session: imap })).pass(1)
    expect(run.all('sessionEnded').flatMap(({ host, session }) => (host === 'mail' ? [session] : []))).toEqual([imap])
    run.do(dismissed({ session: smtp, port: 143 })).pass(1)
    expect(run.all('changeRefused')).toMatchObject([{ host: 'mail', reason: { id: 'noSuchSession' } }])
  })

  it('is never one that the server has opened itself', () => {
    const run = toThere({ scripts: { [A]: { replies: { EHLO: 'silence' } } } })
      .pass(5)
      .do(dismissed())
    expect(run.all('changeRefused')).toMatchObject([{ reason: { id: 'noSuchSession' } }])
  })
})

it.each([
  ['resolver', turned('holdQueue', true)],
  ['names', { type: 'accountSet', host: 'names', address: 'a@b.test', password: 'x' } as const],
  ['mail', { type: 'cacheFlushed', host: 'mail' } as const],
  ['mail', { type: 'submitted', host: 'mail', account: 'a', forwardPaths: [], message: fromText('') } as const],
])('a deed that %s has no use for is refused', (host, body) => {
  const run = mailWorld({}).do({ ...body, host } as InterventionBody)
  expect(run.all('changeRefused')).toMatchObject([{ host, reason: { id: 'notItsWork' } }])
})
