import { describe, expect, test } from 'vitest'
import { fromText, octets } from '../../base/octets'
import { countFields, fieldBody } from '../../mail/headerFields'
import { messageIdsIn } from '../../mail/messageId'
import { type MailWorldInput, mailWorld } from '../mailServer/testing/mailWorld'
import type { MailProgramState } from './state'

const MINUTE = 60
const DAY = 86_400
const SCRIPTED = '203.0.113.1'

/** A laptop that submits to the server under test, or to another host. */
const laptop = (submission: object = { host: '192.0.2.25', port: 587 }) => ({
  name: 'laptop',
  address: '192.0.2.12',
  role: 'mailProgram',
  config: {
    resolver: '192.0.2.53',
    accounts: [{ address: 'ann@here.test', user: 'ann', password: 'secret', submission }],
  },
})

const world = (input: MailWorldInput & { readonly submission?: object } = {}) =>
  mailWorld({ ...input, hosts: [laptop(input.submission)] }).pass(1)

const send = (forwardPaths: readonly string[] = ['postmaster@here.test'], message = 'Subject: one\r\n\r\nHello.\r\n') =>
  ({ type: 'submitted', host: 'laptop', account: 'ann@here.test', forwardPaths, message: fromText(message) }) as const

const outbox = (of: ReturnType<typeof world>) => of.state<MailProgramState>('laptop').outbox
const states = (of: ReturnType<typeof world>) => outbox(of).map(({ state }) => state)

describe('an outbox', () => {
  test('keeps a message until the server has accepted it', () => {
    const run = world().do(send())
    expect(states(run)).toEqual(['sending'])
    run.pass(10)
    expect(states(run)).toEqual(['sent'])
    expect(run.inbox('postmaster@here.test')).toHaveLength(1)
  })

  test('does not take a message while its host is stopped, and that is told', () => {
    const run = world().do({ type: 'hostStopped', host: 'laptop' }).do(send())
    expect(outbox(run)).toEqual([])
    expect(run.facts.filter(({ type }) => type === 'changeRefused')).toMatchObject([
      { host: 'laptop', reason: { id: 'noPower' } },
    ])
  })

  test('whatever is to be done on a stopped host is refused, and that is told; what programs outside do is not', () => {
    const on = { host: 'laptop', account: 'ann@here.test' }
    const deeds = [
      { type: 'collected', ...on },
      { type: 'marked', ...on, uid: 1, as: 'seen' },
      { type: 'filed', ...on, uid: 1, mailbox: 'Archive' },
      { type: 'deleted', ...on, uid: '1' },
      { type: 'connected', host: 'laptop', terminal: 'one', to: '192.0.2.25', port: 25 },
      { type: 'dug', host: 'laptop', name: 'here.test', rrType: 'MX', recursion: true },
      { type: 'policyChanged', host: 'laptop', policy: 'rests', value: true },
    ] as const
    for (const deed of deeds) {
      const run = world().do({ type: 'hostStopped', host: 'laptop' }).do(deed)
      expect(run.facts.filter(({ type }) => type === 'changeRefused')).toMatchObject([
        { host: 'laptop', reason: { id: 'isOff' } },
      ])
    }
    const run = world()
      .do({ type: 'hostStopped', host: 'laptop' })
      .do({ type: 'hungUp', host: 'laptop', terminal: 'one' })
    expect(run.facts.filter(({ type }) => type === 'changeRefused')).toEqual([])
  })

  test('completes it once: Date and Message-ID are the same at every try', () => {
    const run = world()
    run
      .do({ type: 'hostStopped', host: 'mail' })
      .do(send())
      .pass(30 * MINUTE)
    const before = outbox(run)[0]?.message
    run.do({ type: 'hostStarted', host: 'mail' }).pass(60 * MINUTE)
    expect(before).toMatch(/^Message-ID: <[^<>\s]+@here\.test>\r\nDate: Sat, 21 Nov 2026 09:30:01 \+0000\r\n/)
    expect(run.inbox('postmaster@here.test')[0]?.endsWith(before ?? 'nothing')).toBe(true)
  })

  test.each([
    ['neither field', []],
    ['a line of its text that looks like each', ['', 'Date: Friday at noon', 'Message-ID: <in@body.test>']],
    ['a blank before the colon', ['Date : Sat, 21 Nov 2026 09:00:00 +0000', 'message-id : <1@here.test>']],
    ['an identifier that is folded', ['Message-ID: <left@', ' long-host.example.test>']],
    ['an identifier with quotation marks and a blank', ['Message-ID: <"a b"@here.test>']],
    ['an identifier on a line of its own', ['Message-ID:', ' <1@here.test>']],
    ['a Message-ID field without an identifier', ['Message-ID: none']],
  ])('sends one Date and one Message-ID field if the message has %s', (_, fields) => {
    const run = world().do(send(undefined, ['Subject: one', ...fields, '', 'Hello.', ''].join('\r\n')))
    const sent = outbox(run)[0]?.message ?? octets('')
    expect(countFields(sent, 'Date')).toBe(1)
    expect(countFields(sent, 'Message-ID')).toBe(1)
    expect(messageIdsIn(fieldBody(sent, 'Message-ID') ?? '')).toEqual([outbox(run)[0]?.letter])
  })

  test('tries again if the server cannot be reached, sooner at first, and reports when', () => {
    const run = world()
    run
      .do({ type: 'hostStopped', host: 'mail' })
      .do(send())
      .pass(3 * 3600)
    const tries = run.all('submissionFailed')
    expect(tries.length).toBeGreaterThan(3)
    const waits = tries.map(({ at, nextTry }) => Math.round(((nextTry ?? 0) - at) / 1000))
    expect(waits.slice(0, 4)).toEqual([60, 120, 300, 600])
    expect(states(run)[0]).toMatch(/waiting|sending/)
    run.do({ type: 'hostStarted', host: 'mail' }).pass(3600)
    expect(states(run)).toEqual(['sent'])
    expect(run.inbox('postmaster@here.test')).toHaveLength(1)
  })

  test.each([
    ['greeting', { CONNECT: '421 4.3.2 busy' }],
    ['EHLO', { EHLO: '451 4.3.0 later' }],
    ['MAIL', { MAIL: '451 4.3.0 later' }],
    ['RCPT', { RCPT: '450 4.2.0 later' }],
    ['the end of the letter', { '.': '452 4.3.1 full' }],
    ['a hang-up at MAIL', { MAIL: 'hang up' }],
    ['a hang-up at the end of the letter', { '.': 'hang up' }],
  ])('keeps a message that was deferred by %s', (_, replies) => {
    const run = world({ scripts: { [SCRIPTED]: { replies } }, submission: { host: SCRIPTED, port: 25 } })
    run.do(send()).pass(30)
    expect(states(run)).toEqual(['waiting'])
    run.pass(60 * MINUTE)
    expect(run.all('connectionOpening').length).toBeGreaterThan(3)
    expect(states(run)[0]).toMatch(/waiting|sending/)
  })

  test('a refusal is final, and the user gets the server’s words', () => {
    const run = world()
      .do(send(['nobody@here.test']))
      .pass(DAY)
    expect(states(run)).toEqual(['failed'])
    const [failure, ...more] = run.all('submissionFailed')
    expect(failure?.reason).toMatchObject({ id: 'said', status: '5.1.1' })
    expect(failure).not.toHaveProperty('nextTry')
    expect(more).toEqual([])
  })

  test('a wrong password is not tried again and again', () => {
    const run = world({
      server: {
        accounts: [
          { address: 'ann@here.test', password: 'other' },
          { address: 'postmaster@here.test', password: 'x' },
        ],
      },
    })
    run.do(send()).pass(DAY)
    expect(states(run)).toEqual(['failed'])
    expect(run.all('submissionFailed')).toHaveLength(1)
    expect(run.all('submissionFailed')[0]?.reason).toMatchObject({ reply: expect.stringMatching(/^535/) as string })
  })

  test('each recipient has its own result: accepted, refused, deferred', () => {
    const replies = { RCPT: ['250 fine', '550 5.1.1 unknown', '450 4.2.0 later'] }
    const run = world({ scripts: { [SCRIPTED]: { replies } }, submission: { host: SCRIPTED, port: 25 } })
    run.do(send(['a@x.test', 'b@x.test', 'c@x.test'])).pass(30)
    expect(outbox(run)[0]).toMatchObject({ state: 'waiting', forwardPaths: ['c@x.test'] })
    expect(run.all('submissionFailed').map(({ reason }) => reason)).toMatchObject([
      { reply: '550 5.1.1 unknown' },
      { reply: '450 4.2.0 later' },
    ])
    run.pass(2 * MINUTE)
    expect(
      run
        .heard(SCRIPTED)
        .filter((line) => line.startsWith('RCPT'))
        .at(-1),
    ).toBe('RCPT TO:<c@x.test>')
  })

  test('a silent name server defers it; a name that does not exist fails', () => {
    const silent = world({ submission: { host: 'mail.here.test', port: 587 } })
    silent
      .do({ type: 'hostStopped', host: 'resolver' })
      .do(send())
      .pass(2 * MINUTE)
    expect(states(silent)).toEqual(['waiting'])
    silent.do({ type: 'hostStarted', host: 'resolver' }).pass(20 * MINUTE)
    expect(states(silent)).toEqual(['sent'])
    const unknown = world({ submission: { host: 'nowhere.test', port: 587 } })
      .do(send())
      .pass(DAY)
    expect(states(unknown)).toEqual(['failed'])
    expect(unknown.all('submissionFailed')[0]?.reason).toMatchObject({ id: 'noSuchDomain', name: 'nowhere.test' })
  })

  test('survives a loss of power at every moment', () => {
    for (let ms = 0; ms <= 600; ms += 30) {
      const run = world()
        .do(send())
        .pass(ms / 1000)
      run.do({ type: 'hostStopped', host: 'laptop' }).pass(1).do({ type: 'hostStarted', host: 'laptop' }).pass(MINUTE)
      expect(states(run), `power lost at ${ms} ms`).toEqual(['sent'])
      expect([1, 2], `power lost at ${ms} ms`).toContain(run.inbox('postmaster@here.test').length)
    }
  })

  test('a sent message is not sent again after a restart', () => {
    const run = world().do(send()).pass(10)
    run.do({ type: 'hostStopped', host: 'laptop' }).pass(1).do({ type: 'hostStarted', host: 'laptop' }).pass(MINUTE)
    expect(run.inbox('postmaster@here.test')).toHaveLength(1)
  })

  test('gives up after five days', () => {
    const run = world()
    run
      .do({ type: 'hostStopped', host: 'mail' })
      .do(send())
      .pass(6 * DAY)
    expect(states(run)).toEqual(['failed'])
  })

  test('a message that is submitted twice is sent twice', () => {
    const twice = send(undefined, 'Message-ID: <same@here.test>\r\nSubject: one\r\n\r\nHello.\r\n')
    const run = world().do(twice).do(twice).pass(10)
    expect(states(run)).toEqual(['sent', 'sent'])
    expect(run.inbox('postmaster@here.test')).toHaveLength(2)
  })

  test('port 465 is encrypted from its first octet', () => {
    const server = {
      services: [{ port: 465, service: 'submissions' as const }],
      mechanisms: ['SCRAM-SHA-256'] as const,
    }
    const run = world({ server, submission: { host: '192.0.2.25', port: 465 } })
      .do(send())
      .pass(10)
    expect(run.inbox('postmaster@here.test')[0]).toContain('with ESMTPSA id')
  })
})
