import { describe, expect, it } from 'vitest'
import { octets } from '../base/octets'
import { instant } from '../base/time'
import type { Fact, FactBody } from '../world/fact'
import { checkTask } from './check'
import { factAt, momentAt } from './moment'

const trace = (...bodies: readonly FactBody[]): readonly Fact[] =>
  bodies.map((body, order) => ({ at: instant(order * 10), order, ...body }))

const opening = (connection: string, port: number): FactBody => ({
  type: 'connectionOpening',
  protocol: 'x',
  connection,
  client: 'a',
  server: 'b',
  port,
})
const sent = (host: string, name: string, line: string, connection = 'c1'): FactBody => ({
  type: 'sent',
  session: 's1',
  host,
  connection,
  octets: octets(`${line}\r\n`),
  means: { kind: 'command', name },
  start: 0,
  end: 1,
})
const queued = (message: string): FactBody => ({
  type: 'messageQueued',
  host: 'b',
  letter: message,
  queueId: '1',
  reversePath: '',
  forwardPaths: ['x@y', 'z@y'],
})
const bounced = (message: string): FactBody => ({
  type: 'messageBounced',
  host: 'b',
  letter: message,
  queueId: '1',
  forwardPath: 'x@y',
  reason: { id: 'said', server: 'mx.test', reply: '550 no' },
  notice: 'none',
})

describe('a moment', () => {
  const run = trace(
    opening('c1', 25),
    sent('a', 'MAIL', 'MAIL FROM:<x@y>'),
    opening('c2', 587),
    sent('a', 'MAIL', 'MAIL FROM:<z@y>', 'c2'),
    queued('l1'),
  )
  it.each([
    ['by kind', { fact: 'messageQueued' }, 40],
    ['by name, the first unless told', { fact: 'sent', name: 'MAIL' }, 10],
    ['by name in any letter case', { fact: 'sent', name: 'mail' }, 10],
    ['the nth', { fact: 'sent', name: 'MAIL', nth: 2 }, 30],
    ['by the port of its connection', { fact: 'sent', name: 'MAIL', port: 587 }, 30],
    ['by what was said', { fact: 'sent', says: '<Z@Y>' }, 30],
    ['by a field within', { fact: 'sent', where: { 'means.kind': 'command' } }, 10],
    ['by a list, joined with spaces', { fact: 'messageQueued', where: { forwardPaths: 'x@y z@y' } }, 40],
    ['counted from another', { fact: 'sent', after: 'first' }, 30],
    ['not there', { fact: 'sent', name: 'RCPT' }, undefined],
    ['not there often enough', { fact: 'sent', nth: 3 }, undefined],
    ['counted from one that is not there', { fact: 'sent', after: 'never' }, undefined],
    ['on another host', { fact: 'sent', host: 'q' }, undefined],
    ['a field that no such fact has', { fact: 'sent', where: { 'means.no.such': 1 } }, undefined],
  ] as const)('%s', (_, moment, at) => {
    expect(momentAt(run, moment, { first: { fact: 'sent' }, never: { fact: 'messageBounced' } })).toBe(at)
  })
  it('is a fact', () => expect(factAt(run, { fact: 'messageQueued' })?.order).toBe(4))
})

describe('a check', () => {
  const same = {
    inOrder: [
      { fact: 'messageQueued', where: { letter: '$letter' } },
      { fact: 'messageBounced', where: { letter: '$letter' } },
    ],
  } as const
  it('binds a message across facts, whichever came first', () => {
    expect(checkTask(same, { trace: trace(queued('l1'), queued('l2'), bounced('l2')) })).toBe(true)
    expect(checkTask(same, { trace: trace(queued('l1'), bounced('l2')) })).toBe(false)
  })
  it('requires the order', () => expect(checkTask(same, { trace: trace(bounced('l1'), queued('l1')) })).toBe(false))
  it('counts only facts since the work began', () => {
    expect(checkTask(same, { trace: trace(queued('l1'), bounced('l1')), from: 1 })).toBe(false)
  })
  it('all, any, not', () => {
    const none = { inOrder: [{ fact: 'messageRemoved' }] } as const
    const facts = trace(queued('l1'), bounced('l1'))
    expect(checkTask({ all: [same, { not: none }] }, { trace: facts })).toBe(true)
    expect(checkTask({ any: [none, same] }, { trace: facts })).toBe(true)
    expect(checkTask({ all: [same, none] }, { trace: facts })).toBe(false)
  })
})
