import { describe, expect, it } from 'vitest'
import { octets } from '../../../base/octets'
import { instant } from '../../../base/time'
import type { Fact, FactBody, FactOf } from '../../../world/fact'
import { type Acceptance, acceptancesOf, failureIn, type Kept } from './evidence'
import { type Evidence, judge } from './judge'

const sent = { id: '1@storm', reversePath: 'alice@paper.example', forwardPaths: ['bob@bird.example'] }
const taken: Acceptance = { letter: '1@storm', host: 'out', ...sent, promised: true, heard: true }
const unheard: Acceptance = { ...taken, heard: false }
const copy: Kept = { user: 'bob@bird.example', id: '1@storm' }
const notice = (id: string, about = '1@storm', recipient = 'bob@bird.example'): Kept => ({
  user: 'alice@paper.example',
  id,
  failure: { letter: about, recipients: [recipient] },
})
const silent = {
  type: 'messageBounced',
  letter: '1@storm',
  forwardPath: 'bob@bird.example',
  notice: 'none',
} as unknown as FactOf<'messageBounced'>

const kinds = (evidence: Partial<Evidence>): string[] =>
  judge({
    messages: [sent],
    acceptances: [taken],
    kept: [copy],
    bounces: [],
    queued: [],
    atHome: [],
    ...evidence,
  }).map(({ kind }) => kind)

describe('the judge', () => {
  const cases: readonly (readonly [string, Partial<Evidence>, readonly string[]])[] = [
    ['a letter that arrived once', {}, []],
    ['a letter that was returned', { kept: [notice('n1')] }, []],
    ['a letter that nobody took', { acceptances: [], kept: [] }, []],
    [
      'a letter that was taken but not promised',
      { acceptances: [{ ...taken, promised: false, heard: false }], kept: [] },
      [],
    ],
    ['a letter that was accepted and is nowhere', { kept: [] }, ['lost']],
    ['a letter in another mailbox', { kept: [{ ...copy, user: 'dave@bird.example' }] }, ['lost']],
    ['a notice about another letter', { kept: [notice('n1', '2@storm')] }, ['lost', 'unwanted notice']],
    ['a notice about another recipient', { kept: [notice('n1', '1@storm', 'dave@bird.example')] }, ['lost']],
    ['a notice to somebody else', { kept: [{ ...notice('n1'), user: 'carol@paper.example' }] }, ['false notice']],
    ['a letter that arrived twice', { kept: [copy, copy] }, ['duplicate']],
    ['twice, where one 250 was not heard', { acceptances: [unheard, taken], kept: [copy, copy] }, []],
    [
      'three times, where one 250 was not heard',
      { acceptances: [unheard, taken], kept: [copy, copy, copy] },
      ['duplicate'],
    ],
    ['a letter that arrived and was returned', { kept: [copy, notice('n1')] }, ['false notice']],
    ['both, where one 250 was not heard', { acceptances: [unheard, taken], kept: [copy, notice('n1')] }, []],
    ['a letter returned twice', { kept: [notice('n1'), notice('n2')] }, ['false notice']],
    [
      'a notice of success that came twice',
      { kept: [copy, { user: 'alice@paper.example', id: 'n3' }, { user: 'alice@paper.example', id: 'n3' }] },
      ['duplicate'],
    ],
    ['a notice that came twice', { kept: [notice('n1'), notice('n1')] }, ['duplicate']],
    [
      'a letter without a reverse-path that was dropped in silence',
      { messages: [{ ...sent, reversePath: '' }], kept: [], bounces: [silent] },
      [],
    ],
    [
      'one for which no notice was wanted that was',
      { messages: [{ ...sent, notify: 'NEVER' }], kept: [], bounces: [silent] },
      [],
    ],
    [
      'a notice that was not wanted',
      { messages: [{ ...sent, notify: 'NEVER' }], kept: [notice('n1')] },
      ['unwanted notice'],
    ],
    ['one with a reverse-path that was', { kept: [], bounces: [silent] }, ['lost']],
    [
      'a notice about a letter without a reverse-path',
      { messages: [{ ...sent, reversePath: '' }], kept: [notice('n1')] },
      ['false notice', 'unwanted notice'],
    ],
    ['a notice about a notice', { kept: [copy, notice('n2', 'n1')] }, ['unwanted notice']],
    ['a queue that holds something', { queued: [{ host: 'mx1', queueId: 'A1' }] }, ['queue not empty']],
    ['a letter that its author still has', { acceptances: [], kept: [], atHome: ['1@storm'] }, ['never settled']],
  ]
  it.each(cases)('%s', (_, evidence, expected) => {
    expect(kinds(evidence)).toEqual(expected)
  })
})

describe('acceptances', () => {
  const message = octets('Message-ID: <1@storm>\r\n\r\nhello\r\n')
  const { reversePath, forwardPaths } = sent
  const at = { session: 's2', host: 'out' }
  const question = { type: 'takeMessage', envelope: { reversePath, forwardPaths }, message }
  const asked = { type: 'questionAsked', ...at, question } as FactBody
  const queued = {
    type: 'messageQueued',
    host: 'out',
    letter: '1@storm',
    queueId: 'A',
    reversePath,
    forwardPaths,
  } as FactBody
  const answered = (type: string) => ({ type: 'questionAnswered', ...at, answer: { type } }) as FactBody
  const line = { octets: octets(''), connection: 'c1', start: 0 }
  const says = (name: string, end = 10) =>
    ({ type: 'sent', ...at, ...line, means: { kind: 'reply', name }, end }) as FactBody
  const reads = (end: number, session = 's1') =>
    ({ type: 'read', host: 'laptop', session, ...line, means: { kind: 'reply', name: '250' }, end }) as FactBody
  const of = (...bodies: readonly FactBody[]) =>
    acceptancesOf(bodies.map((body, order) => ({ at: instant(0), order, ...body }) as Fact)).map(
      ({ letter: id, promised, heard }) => `${id}${promised ? ' promised' : ''}${heard ? ' heard' : ''}`,
    )

  it('are promised with 250, and heard when the client has read it', () => {
    const before = [asked, queued, answered('messageTaken'), says('250')]
    expect(of(...before)).toEqual(['1@storm promised'])
    expect(of(...before, reads(10))).toEqual(['1@storm promised heard'])
    expect(of(...before, reads(9))).toEqual(['1@storm promised'])
    expect(of(...before, reads(10, 's2'))).toEqual(['1@storm promised'])
  })

  it('exist without a promise if the server died in between', () => {
    expect(of(asked, queued)).toEqual(['1@storm'])
  })

  it('are of the session that was asked last, where an earlier one died without an answer', () => {
    const envelope = { reversePath, forwardPaths: ['dave@bird.example'] }
    const died = { type: 'questionAsked', ...at, session: 's0', question: { ...question, envelope } } as FactBody
    const facts = [died, asked, queued].map((body, order) => ({ at: instant(0), order, ...body }) as Fact)
    expect(acceptancesOf(facts)).toMatchObject([{ forwardPaths, promised: false }])
  })

  it('do not exist if the server refused', () => {
    expect(of(asked, answered('messageRefused'), says('452'))).toEqual([])
    expect(of(asked)).toEqual([])
  })

  it('count a 250 without a queued message', () => {
    expect(of(asked, answered('messageTaken'), says('250'))).toEqual(['1@storm promised'])
  })
})

describe('a notice of failure', () => {
  const report = (...groups: readonly string[]) =>
    octets(
      [
        'Content-Type: multipart/report; report-type=delivery-status;',
        '\tboundary="b"',
        'Message-ID: <n1@out>',
        '',
        '--b',
        'Content-Type: message/delivery-status',
        '',
        'Reporting-MTA: dns; out',
        '',
        ...groups,
        '--b',
        'Content-Type: text/rfc822-headers',
        '',
        'From: a',
        'Message-ID: <1@storm>',
        '',
        '--b--',
        '',
      ].join('\r\n'),
    )
  const group = (path: string, action: string) =>
    `Final-Recipient: rfc822; ${path}\r\nAction: ${action}\r\nStatus: 5.1.1\r\n`

  it('names its letter and whom it failed for (RFC 3464)', () => {
    expect(failureIn(report(group('bob@bird.example', 'failed'), group('dave@bird.example', 'delayed')))).toEqual({
      letter: '1@storm',
      recipients: ['bob@bird.example'],
    })
  })

  it('is no delay, and no letter', () => {
    expect(failureIn(report(group('bob@bird.example', 'delayed')))).toBeUndefined()
    expect(failureIn(octets('Subject: Action: failed\r\n\r\nAction: failed\r\n'))).toBeUndefined()
  })
})
