import { describe, expect, it } from 'vitest'
import twoTowns from '../../../lessons/scenarios/two-towns.json'
import { later, minutes } from '../../base/time'
import { catalogue } from '../../hosts/catalogue'
import { bundledScenario } from '../../world/bundledScenario'
import type { InterventionBody } from '../../world/intervention'
import { intervene, runOn, startTimeline, type Timeline } from '../../world/timeline'
import { viewOf } from '../run/runView'
import { sentMessage } from '../testing/sentMessage'
import { explained } from './explain'
import { log, logsOf, noLogs } from './log'
import { asText, linesBy, MOST_SHOWN, type ShownLog, shownLog } from './shown'

const scenario = bundledScenario(twoTowns)

const shownIn = (run: Timeline, host: string, filter = {}, t: number = run.until): ShownLog =>
  shownLog(viewOf(run), host, linesBy(viewOf(run), host, t), { text: '', ...filter })
const linesOf = (run: Timeline, host: string, filter = {}, t?: number): readonly string[] =>
  shownIn(run, host, filter, t).lines.map(({ program, text }) => `${program}: ${text}`)
const runFor = (run: Timeline, ms: number): Timeline => runOn(run, catalogue, later(run.until, minutes(ms)))
const does = (run: Timeline, body: InterventionBody): Timeline => intervene(run, catalogue, { at: run.until, ...body })

describe('the log of a mail server, as Postfix and Dovecot write theirs', () => {
  it('tells of a letter that is taken and handed on', () => {
    expect(linesOf(sentMessage(scenario, 'bob@bird.example'), 'mx-out.paper.example')).toMatchInlineSnapshot(`
      [
        "smtpd: connect from alice-laptop[192.0.2.10]",
        "smtpd: 3C6: client=alice-laptop[192.0.2.10], proto=ESMTPA, helo=<[192.0.2.10]>, sasl_username=alice@paper.example",
        "cleanup: 3C6: message-id=<1795253400.1@paper.example>",
        "qmgr: 3C6: from=<alice@paper.example>, size=331, nrcpt=1 (queue active)",
        "smtpd: disconnect from alice-laptop[192.0.2.10]",
        "smtp: 3C6: to=<bob@bird.example>, relay=mx.bird.example[203.0.113.25]:25, delay=0.64, dsn=2.0.0, status=sent (250 2.0.0 Ok: queued as 398)",
        "qmgr: 3C6: removed",
      ]
    `)
  })

  it('tells of a letter that is delivered, and of the readers who log in', () => {
    const run = runFor(sentMessage(scenario, 'bob@bird.example'), 3)
    expect(linesOf(run, 'store.bird.example').slice(0, 12)).toMatchInlineSnapshot(`
      [
        "smtpd: connect from mx.bird.example[203.0.113.25]",
        "smtpd: 622: client=mx.bird.example[203.0.113.25], proto=ESMTP, helo=<mx.bird.example>",
        "cleanup: 622: message-id=<1795253400.1@paper.example>",
        "qmgr: 622: from=<alice@paper.example>, size=665, nrcpt=1 (queue active)",
        "local: 622: to=<bob@bird.example>, relay=local, delay=0.00, dsn=2.0.0, status=sent (delivered to mailbox)",
        "qmgr: 622: removed",
        "smtpd: disconnect from mx.bird.example[203.0.113.25]",
        "imap-login: Login: user=<bob@bird.example>, rip=bob-phone[203.0.113.20]",
        "pop3-login: Login: user=<bob@bird.example>, rip=bob-laptop[203.0.113.10]",
        "pop3(bob@bird.example): expunge: box=INBOX, uid=1",
        "pop3: Disconnected: rip=bob-laptop[203.0.113.10]",
      ]
    `)
  })

  it('tells of a refusal at both servers, and of the notice', () => {
    const run = sentMessage(scenario, 'nobody@bird.example')
    expect(linesOf(run, 'mx.bird.example', { text: 'reject' })).toEqual([
      'smtpd: NOQUEUE: reject: RCPT from mx-out.paper.example[192.0.2.25]: 550 5.1.1 <nobody@bird.example>: Recipient address rejected: User unknown; from=<alice@paper.example>, to=<nobody@bird.example>',
    ])
    expect(linesOf(run, 'mx-out.paper.example', { queueId: '3C6' }).slice(-3)).toEqual([
      'smtp: 3C6: to=<nobody@bird.example>, relay=mx.bird.example[203.0.113.25], delay=0.58, dsn=5.1.1, status=bounced (host mx.bird.example said: 550 5.1.1 <nobody@bird.example>: Recipient address rejected: User unknown)',
      'bounce: 3C6: sender non-delivery notification: 3C7',
      'qmgr: 3C6: removed',
    ])
    expect(linesOf(run, 'mx-out.paper.example', { queueId: '3C7' })).toEqual([
      'cleanup: 3C7: message-id=<3C7.notice@mx-out.paper.example>',
      'qmgr: 3C7: from=<>, nrcpt=1 (queue active)',
      'local: 3C7: to=<alice@paper.example>, relay=local, delay=0.00, dsn=2.0.0, status=sent (delivered to mailbox)',
      'qmgr: 3C7: removed',
    ])
  })

  it('tells of a server that is not reached, and when it is back', () => {
    let run = does(startTimeline(scenario, catalogue), { type: 'hostStopped', host: 'mx.bird.example' })
    run = runFor(does(run, submitted()), 10)
    const host = 'mx-out.paper.example'
    expect(linesOf(run, host, { text: 'mx.bird.example' })).toEqual([
      'smtp: connect to mx.bird.example[203.0.113.25]:25: Connection timed out',
      expect.stringMatching(
        /^smtp: 3C6: to=<bob@bird\.example>, relay=none, delay=\d+\.\d\d, dsn=4\.4\.1, status=deferred \(connect to mx\.bird\.example:25: Connection timed out\)$/,
      ),
    ])
    run = does(run, { type: 'hostStarted', host: 'mx.bird.example' })
    expect(linesOf(run, 'mx.bird.example').at(-1)).toBe('master: daemon started')
    const deferred = shownIn(run, host, { text: 'status=deferred' }).lines[0]
    expect(deferred && explained(viewOf(run), deferred.entry)).toBe(
      'It could not be handed on for now, so it stays in the queue: 4.4.1 mx.bird.example could not be reached: there was no answer. It is tried again in 30 min.',
    )
  })
})

function submitted(): InterventionBody {
  const { host, account } = scenario.letter
  const first = sentMessage(scenario, 'bob@bird.example').interventions[0]
  if (first?.type !== 'submitted') throw new Error('the letter was sent')
  return { type: 'submitted', host, account, forwardPaths: ['bob@bird.example'], message: first.message }
}

describe('other logs', () => {
  const run = runFor(sentMessage(scenario, 'bob@bird.example'), 3)

  it('of a name server has the questions it was asked', () => {
    expect(linesOf(run, 'ns.bird.example')).toEqual([
      'named: client @192.0.2.53: query: bird.example IN MX: NOERROR aa 1/0/1',
      'named: client @192.0.2.53: query: mx.bird.example IN A: NOERROR aa 1/0/0',
    ])
  })

  it('of a resolver has its own questions too', () => {
    expect(linesOf(run, 'resolver').slice(0, 5)).toMatchInlineSnapshot(`
      [
        "named: resolver: query to 198.51.100.1: bird.example IN MX",
        "named: resolver: query to 198.51.100.2: bird.example IN MX",
        "named: resolver: query to 198.51.100.4: bird.example IN MX",
        "named: resolver: bird.example IN MX: answered",
        "named: client @192.0.2.25: query: bird.example IN MX: NOERROR 1/0/0",
      ]
    `)
  })

  it('of a mail program has what it sent and fetched', () => {
    expect(linesOf(run, 'alice-laptop').slice(0, 2)).toMatchInlineSnapshot(`
      [
        "outbox: from=<alice@paper.example>, to=<bob@bird.example>: queued",
        "outbox: host=mx-out.paper.example port=587 tls=off recipients=bob@bird.example smtpmsg='250 2.0.0 Ok: queued as 3C6' exitcode=EX_OK",
      ]
    `)
    expect(linesOf(run, 'bob-phone').slice(0, 1)).toMatchInlineSnapshot(`
      [
        "imap: fetched for <bob@bird.example>: uid=1, message-id=<1795253400.1@paper.example>",
      ]
    `)
  })
})

describe('the shown lines', () => {
  const run = sentMessage(scenario, 'bob@bird.example')
  const host = 'mx-out.paper.example'

  it('end at the present moment', () => {
    expect(linesOf(run, host, {}, 0)).toEqual([])
    expect(linesOf(run, host, {}, 20)).toEqual([expect.stringMatching(/^smtpd: connect from alice-laptop/)])
  })

  it('are found by their text and by the letter', () => {
    expect(shownIn(run, host).queueIds).toEqual(['3C6'])
    expect(linesOf(run, host, { queueId: '3C6' }).every((line) => line.includes(' 3C6: '))).toBe(true)
    expect(linesOf(run, host, { text: 'STATUS=sent' })).toHaveLength(1)
    expect(linesOf(run, host, { text: 'no such text' })).toEqual([])
  })

  it('are copied with date, host and program', () => {
    const view = viewOf(run)
    expect(asText(view, host, shownIn(run, host).lines).split('\n')[0]).toBe(
      '2026-11-21T09:30:00.018Z mx-out.paper.example smtpd: connect from alice-laptop[192.0.2.10]',
    )
  })

  it('each have a meaning', () => {
    const view = viewOf(runFor(run, 3))
    for (const each of scenario.hosts)
      for (const { entry } of shownIn(view.timeline, each.name).lines) expect(explained(view, entry)).toMatch(/\.$/)
  })

  it('are bounded in a long run, to which new facts are added', () => {
    let long = run
    for (let hour = 0; hour < 26; hour++) long = runFor(long, 60)
    const shown = shownIn(long, 'store.bird.example')
    expect(shown.lines.length).toBe(MOST_SHOWN)
    expect(shown.more).toBe(true)
    expect(linesBy(viewOf(long), 'store.bird.example', long.until)).toBeGreaterThan(MOST_SHOWN)
    const again = runFor(long, 1)
    expect(logsOf(again)).toEqual(again.trace.reduce(log, noLogs))
  })
})
