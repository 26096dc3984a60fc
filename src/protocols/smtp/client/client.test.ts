import { describe, expect, it } from 'vitest'
import { octets } from '../../../base/octets'
import type { Input, Session } from '../../../session/session'
import { startSession, step } from '../../../session/step'
import { BOB, ClientUnderTest, converse, messageTo } from '../testing/stubClient'
import { relayInput, ServerUnderTest, submissionInput } from '../testing/stubHost'
import { smtpClient } from './client'
import type { SmtpTransferReport } from './types'

describe('client and server, back to back', () => {
  const throughJson = (session: Session): Session => JSON.parse(JSON.stringify(session))

  it.each([
    ['whole', 100_000, undefined],
    ['octet by octet', 1, undefined],
    ['through JSON after every input', 7, throughJson],
  ])('transfer messages over one connection, %s', (_, size, between) => {
    const many = ['nobody@bird.example', BOB, 'carol@bird.example']
    const client = new ClientUnderTest(
      [
        messageTo([BOB]),
        messageTo(many, 'gr\u00fc\u00dfe'),
        messageTo(['nobody@bird.example']),
        messageTo([BOB], '', ''),
      ],
      undefined,
      between,
    )
    const server = new ServerUnderTest(relayInput, between)
    converse(client, server, size)
    expect(client.said).toBe(
      [
        'EHLO mx-out.paper.example',
        'MAIL FROM:<alice@paper.example> SIZE=28',
        'RCPT TO:<bob@bird.example>',
        'DATA',
        'Subject: Lunch?',
        '',
        '..Hello.',
        '.',
        'MAIL FROM:<alice@paper.example> SIZE=7 BODY=8BITMIME',
        'RCPT TO:<nobody@bird.example>',
        'RCPT TO:<bob@bird.example>',
        'RCPT TO:<carol@bird.example>',
        'DATA',
        'gr\u00fc\u00dfe',
        '.',
        'MAIL FROM:<alice@paper.example> SIZE=28',
        'RCPT TO:<nobody@bird.example>',
        'RSET',
        'MAIL FROM:<> SIZE=0',
        'RCPT TO:<bob@bird.example>',
        'DATA',
        '.',
        'QUIT',
        '',
      ].join('\r\n'),
    )
    const noSuchUser = {
      forwardPath: 'nobody@bird.example',
      reply: { code: 550, enhanced: '5.1.1', text: 'No such user here' },
    }
    const queued = (id: string) => ({ code: 250, enhanced: '2.0.0', text: `Ok: queued as ${id}` })
    expect(client.reports).toEqual([
      { outcome: 'accepted', accepted: [BOB], refused: [], reply: queued('Q1'), dsn: true },
      {
        outcome: 'accepted',
        accepted: [BOB, 'carol@bird.example'],
        refused: [noSuchUser],
        reply: queued('Q2'),
        dsn: true,
      },
      { outcome: 'refused', accepted: [], refused: [noSuchUser], reply: noSuchUser.reply, dsn: true },
      { outcome: 'accepted', accepted: [BOB], refused: [], reply: queued('Q3'), dsn: true },
    ])
    expect(server.taken.map(({ message }) => message)).toEqual([
      'Subject: Lunch?\r\n\r\n.Hello.\r\n',
      'gr\u00fc\u00dfe\r\n',
      '',
    ])
    for (const end of [client, server]) {
      expect(end.closed).toBe(true)
      expect(end.session.machine.status).toBe('done')
    }
  })

  it('log in at the submission port', () => {
    const client = new ClientUnderTest([messageTo(['friend@elsewhere.example'])], {
      helloName: 'laptop.paper.example',
      credentials: { user: 'alice', password: 'secret' },
    })
    const server = new ServerUnderTest(submissionInput)
    converse(client, server)
    expect(client.said).toContain('AUTH PLAIN AGFsaWNlAHNlY3JldA==\r\nMAIL')
    expect(client.reports).toMatchObject([{ outcome: 'accepted' }])
    expect(server.taken[0]).toMatchObject({ user: 'alice', protocol: 'ESMTPA' })
  })

  it('end the connection at a wrong password', () => {
    const client = new ClientUnderTest([messageTo([BOB])], {
      helloName: 'laptop.paper.example',
      credentials: { user: 'alice', password: 'wrong' },
    })
    const server = new ServerUnderTest(submissionInput)
    converse(client, server)
    expect(client.reports).toEqual([
      {
        outcome: 'refused',
        accepted: [],
        refused: [],
        reply: { code: 535, enhanced: '5.7.8', text: 'Authentication credentials invalid' },
        dsn: true,
      },
    ])
    expect(client.said).toMatch(/QUIT\r\n$/)
    expect(client.session.machine.status).toBe('done')
  })
})

describe('421', () => {
  const before = ['220 mx ESMTP\r\n', '250 mx\r\n', '250 Ok\r\n', '250 Ok\r\n', '354 Go\r\n']

  it.each(before.map((_, at) => [at] as const).concat([[before.length]]))(
    'ends the connection after %i replies',
    (count) => {
      const client = new ClientUnderTest([messageTo([BOB])])
      for (const reply of before.slice(0, count)) client.receive(reply)
      expect(client.receive('421 4.3.2 Closing\r\n')).toBe('')
      expect(client.closed).toBe(true)
      expect(client.session.machine.status).toBe('done')
      expect(client.reports).toMatchObject([{ outcome: 'deferred', accepted: [], reply: { code: 421 } }])
    },
  )

  it('after RSET does not change the report', () => {
    const client = new ClientUnderTest([messageTo([BOB])])
    for (const reply of [...before.slice(0, 3), '550 5.1.1 No\r\n', '421 4.3.2 Closing\r\n']) client.receive(reply)
    expect(client.reports).toMatchObject([{ outcome: 'refused', reply: { code: 550 } }])
  })

  it('after QUIT is not reported', () => {
    const client = new ClientUnderTest([])
    for (const reply of [...before.slice(0, 2), '421 4.3.2 Closing\r\n']) client.receive(reply)
    expect(client.reports).toEqual([])
    expect(client.closed).toBe(true)
  })
})

it('treats 552 to RCPT as "too many", which may be retried (RFC 5321 section 4.5.3.1.10)', () => {
  const client = new ClientUnderTest([messageTo([BOB, 'carol@bird.example'])])
  for (const reply of ['220 mx ESMTP\r\n', '250 mx\r\n', '250 Ok\r\n', '250 Ok\r\n']) client.receive(reply)
  expect(client.receive('552 Too many recipients\r\n')).toBe('DATA\r\n')
  client.receive('354 Go\r\n')
  client.receive('250 Ok\r\n')
  expect(client.reports).toMatchObject([
    { outcome: 'accepted', accepted: [BOB], refused: [{ forwardPath: 'carol@bird.example', reply: { code: 452 } }] },
  ])
})

const GREETING = '220 mx ESMTP\r\n'
const EHLO = '250-mx\r\n250-8BITMIME\r\n250 SIZE 1000\r\n'

describe('a server that sends', () => {
  const cases: [string, string[], Partial<SmtpTransferReport>, string][] = [
    [
      'no at the door',
      ['554 No mail here\r\n'],
      { outcome: 'refused', reply: { code: 554, text: 'No mail here' }, atGreeting: true },
      'QUIT',
    ],
    ['later at the door', ['451 Busy\r\n'], { outcome: 'deferred' }, 'QUIT'],
    ['nothing that makes sense', ['HTTP/1.1 400 Bad Request\r\n'], { outcome: 'deferred' }, 'QUIT'],
    ['no to EHLO', [GREETING, '550 No\r\n'], { outcome: 'refused' }, 'QUIT'],
    ['no to HELO', [GREETING, '502 What?\r\n', '501 No\r\n'], { outcome: 'refused' }, 'QUIT'],
    ['later to MAIL', [GREETING, EHLO, '451 Later\r\n'], { outcome: 'deferred' }, 'QUIT'],
    ['too large to MAIL', [GREETING, EHLO, '552 5.3.4 Too large\r\n'], { outcome: 'refused' }, 'QUIT'],
    [
      'later to the only recipient',
      [GREETING, EHLO, '250 Ok\r\n', '450 Busy\r\n', '250 Ok\r\n'],
      { outcome: 'deferred', refused: [{ forwardPath: BOB, reply: { code: 450, text: 'Busy' } }] },
      'QUIT',
    ],
    [
      'no to DATA',
      [GREETING, EHLO, '250 Ok\r\n', '250 Ok\r\n', '554 No\r\n', '250 Ok\r\n'],
      { outcome: 'refused', accepted: [] },
      'QUIT',
    ],
    [
      'no to DATA and no to RSET',
      [GREETING, EHLO, '250 Ok\r\n', '250 Ok\r\n', '451 No\r\n', '500 No\r\n'],
      { outcome: 'deferred', accepted: [] },
      'QUIT',
    ],
    [
      '250 to DATA',
      [GREETING, EHLO, '250 Ok\r\n', '250 Ok\r\n', '250 Ok\r\n', '250 Ok\r\n'],
      { outcome: 'deferred' },
      'QUIT',
    ],
    [
      'no to the letter',
      [GREETING, EHLO, '250 Ok\r\n', '250 Ok\r\n', '354 Go\r\n', '554 5.6.0 Spam\r\n'],
      { outcome: 'refused', accepted: [] },
      'QUIT',
    ],
    [
      'later to the letter',
      [GREETING, EHLO, '250 Ok\r\n', '250 Ok\r\n', '354 Go\r\n', '452 Full\r\n'],
      { outcome: 'deferred', accepted: [] },
      'QUIT',
    ],
  ]
  it.each(cases)('%s', (_, replies, report, last) => {
    const client = new ClientUnderTest([messageTo([BOB])])
    let said = ''
    for (const reply of replies) said = client.receive(reply)
    expect(client.reports).toHaveLength(1)
    expect(client.reports[0]).toMatchObject(report)
    expect(said).toBe(`${last}\r\n`)
    client.receive('221 Bye\r\n')
    expect(client.closed).toBe(true)
    expect(client.session.machine.status).toBe('done')
  })

  it('500 to EHLO gets HELO and no extensions', () => {
    const client = new ClientUnderTest([messageTo([BOB])])
    client.receive(GREETING)
    expect(client.receive('500 What?\r\n')).toBe('HELO mx-out.paper.example\r\n')
    expect(client.receive('250 mx\r\n')).toBe('MAIL FROM:<alice@paper.example>\r\n')
  })

  it('HELO only gets no 8-bit message', () => {
    const client = new ClientUnderTest([messageTo([BOB], 'gr\u00fc\u00dfe')])
    client.receive(GREETING)
    client.receive('500 What?\r\n')
    expect(client.receive('250 mx\r\n')).toBe('QUIT\r\n')
    expect(client.reports).toMatchObject([{ outcome: 'refused', reply: { enhanced: '5.6.3' } }])
  })
})

describe('a lost connection', () => {
  it('before it was open', () => {
    const client = new ClientUnderTest([messageTo([BOB])], undefined, undefined, 0)
    client.input({ type: 'closed', why: 'refused' })
    expect(client.reports).toEqual([{ outcome: 'unreachable', accepted: [], refused: [], why: 'refused', dsn: false }])
    expect(client.session.machine.status).toBe('done')
  })

  it.each([
    ['before the greeting', [], 'unreachable'],
    ['before the first letter', [GREETING], 'lost'],
    ['within the envelope', [GREETING, EHLO, '250 Ok\r\n'], 'lost'],
    ['within the letter', [GREETING, EHLO, '250 Ok\r\n', '250 Ok\r\n', '354 Go\r\n'], 'lost'],
  ] as const)('%s', (_, replies, outcome) => {
    const client = new ClientUnderTest([messageTo([BOB])])
    for (const reply of replies) client.receive(reply)
    client.input({ type: 'closed', why: 'reset' })
    expect(client.reports).toEqual([{ outcome, accepted: [], refused: [], why: 'reset', dsn: false }])
    expect(client.session.machine.status).toBe('done')
  })

  it('after QUIT is not reported', () => {
    const client = new ClientUnderTest([])
    client.receive(GREETING)
    expect(client.receive(EHLO)).toBe('QUIT\r\n')
    client.input({ type: 'closed', why: 'finished' })
    expect(client.reports).toEqual([])
    expect(client.session.machine.status).toBe('done')
  })
})

it('gives up a silent server, in each state after its own time-out', () => {
  const times: Record<string, number> = {}
  let [session, outputs] = startSession(smtpClient, { helloName: 'a.example' })
  const put = (input: Input): void => {
    ;[session, outputs] = step(smtpClient, session, input)
    const timer = outputs.find((output) => output.type === 'setTimer')
    const entered = outputs.findLast((output) => output.type === 'entered')
    if (timer?.type === 'setTimer' && entered?.type === 'entered') {
      times[entered.state] = timer.after / 60_000
      const [after, last] = step(smtpClient, session, { type: 'expired', timer: timer.timer })
      expect(after.machine.status).toBe('done')
      expect(last.some((output) => output.type === 'close')).toBe(true)
    }
  }
  put({ type: 'opened', peer: { name: 'mx', address: '203.0.113.25', port: 25, localPort: 1 } })
  put({ type: 'received', octets: octets(GREETING) })
  put({ type: 'received', octets: octets(EHLO) })
  put({ type: 'answered', answer: { type: 'letter', ...messageTo([BOB]) } as never })
  for (const reply of ['250 Ok\r\n', '250 Ok\r\n', '354 Go\r\n', '250 Ok\r\n'])
    put({ type: 'received', octets: octets(reply) })
  put({ type: 'answered', answer: { type: 'noMessage' } })
  expect(times).toEqual({
    awaitingGreeting: 5,
    'initiation.sayingHello': 5,
    'transaction.namingSender': 5,
    'transaction.namingRecipient': 5,
    'transaction.askingToSend': 2,
    'transaction.sendingMailData': 10,
    sayingGoodbye: 5,
  })
})
