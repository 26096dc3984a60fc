import { describe, expect, it } from 'vitest'
import { concat, EMPTY, type Octets, octets } from '../../base/octets'
import type { Input, Session } from '../../session/session'
import { startSession, step } from '../../session/step'
import { smtpClient } from './client'
import type { SmtpClientInput, SmtpClientQuestion, SmtpLetter, SmtpTransferReport } from './clientTypes'
import { guardedInput, inputs, relayInput, ServerUnderTest, submissionInput } from './stubHost'

const letter = (
  to: readonly string[],
  message = 'Subject: Lunch?\r\n\r\n.Hello.\r\n',
  reversePath = 'alice@paper.example',
): SmtpLetter => ({
  envelope: { reversePath, forwardPaths: to },
  message: octets(message),
})
const BOB = 'bob@bird.example'

/** A client whose host has the given letters to hand over. `between` may replace the session after each input. */
class ClientUnderTest {
  session: Session
  pending: Octets = EMPTY
  said = ''
  closed = false
  /** STARTTLS was answered with 220, and the handshake is to come. */
  securing = false
  readonly reports: SmtpTransferReport[] = []
  private letters: SmtpLetter[]

  constructor(
    letters: readonly SmtpLetter[],
    input: SmtpClientInput = { helloName: 'mx-out.paper.example' },
    private readonly between: (session: Session) => Session = (session) => session,
    port = 25,
  ) {
    this.letters = [...letters]
    ;[this.session] = startSession(smtpClient, input)
    if (port > 0)
      this.input({
        type: 'opened',
        peer: { name: 'mx.bird.example', address: '203.0.113.25', port, localPort: 40_000 },
      })
  }

  /** Gives octets and returns what was said in answer. */
  receive(text: string): string {
    this.input({ type: 'received', octets: octets(text) })
    const said = this.pending
    this.pending = EMPTY
    return said
  }

  input(input: Input): void {
    const [session, outputs] = step(smtpClient, this.session, input)
    this.session = this.between(session)
    for (const output of outputs) {
      if (output.type === 'send') {
        this.pending = concat(this.pending, output.octets)
        this.said += output.octets
      }
      if (output.type === 'close') this.closed = true
      if (output.type === 'startTls') this.securing = true
      if (output.type === 'ask') this.answer(output.question as SmtpClientQuestion)
    }
  }

  private answer(question: SmtpClientQuestion): void {
    if (question.type === 'transferEnded') {
      this.reports.push(question.report)
      if (!question.open) return
    }
    const next = this.letters.shift()
    this.input({ type: 'answered', answer: next ? { type: 'letter', ...next } : { type: 'noLetter' } })
  }
}

/** Lets two ends talk until both are silent, each write cut into pieces of `size` octets. */
function converse(client: ClientUnderTest, server: ServerUnderTest, size = 100_000): void {
  let toClient: string = server.sent
  while (toClient !== '') {
    let toServer = ''
    for (let at = 0; at < toClient.length; at += size) toServer += client.receive(toClient.slice(at, at + size))
    toClient = ''
    for (let at = 0; at < toServer.length; at += size) toClient += server.receive(toServer.slice(at, at + size))
    if (client.securing) {
      client.securing = false
      server.input({ type: 'secured' })
      client.input({ type: 'secured' })
      toClient += server.receive(client.receive(''))
    }
  }
}

describe('client and server, back to back', () => {
  const throughJson = (session: Session): Session => JSON.parse(JSON.stringify(session))

  it.each([
    ['whole', 100_000, undefined],
    ['octet by octet', 1, undefined],
    ['through JSON after every input', 7, throughJson],
  ])('carry letters over one connection, %s', (_, size, between) => {
    const many = ['nobody@bird.example', BOB, 'carol@bird.example']
    const client = new ClientUnderTest(
      [letter([BOB]), letter(many, 'gr\u00fc\u00dfe'), letter(['nobody@bird.example']), letter([BOB], '', '')],
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
    const client = new ClientUnderTest([letter(['friend@elsewhere.example'])], {
      helloName: 'laptop.paper.example',
      credentials: { user: 'alice', password: 'secret' },
    })
    const server = new ServerUnderTest(submissionInput)
    converse(client, server)
    expect(client.said).toContain('AUTH PLAIN AGFsaWNlAHNlY3JldA==\r\nMAIL')
    expect(client.reports).toMatchObject([{ outcome: 'accepted' }])
    expect(server.taken[0]).toMatchObject({ user: 'alice', protocol: 'ESMTPA' })
  })

  it('part where the password is wrong', () => {
    const client = new ClientUnderTest([letter([BOB])], {
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

describe('a server with TLS', () => {
  const user = { helloName: 'laptop.paper.example', credentials: { user: 'alice', password: 'secret' } }
  const said = (client: ClientUnderTest): string[] =>
    client.said.split('\r\n').map((line) => line.split(' ').slice(0, 2).join(' '))

  it('is asked to encrypt, greeted again, and only then told the password', () => {
    const client = new ClientUnderTest([letter([BOB])], { ...user, tls: 'opportunistic', mechanisms: ['PLAIN'] })
    const server = new ServerUnderTest(guardedInput)
    converse(client, server)
    expect(said(client).slice(0, 4)).toEqual([
      'EHLO laptop.paper.example',
      'STARTTLS',
      'EHLO laptop.paper.example',
      'AUTH PLAIN',
    ])
    expect(client.reports).toMatchObject([{ outcome: 'accepted' }])
    expect(server.taken[0]).toMatchObject({ user: 'alice', protocol: 'ESMTPSA' })
  })

  it('gets no password where encryption is never asked for and the server wants none in the open', () => {
    const client = new ClientUnderTest([letter([BOB])], { ...user, mechanisms: ['PLAIN'] })
    converse(client, new ServerUnderTest(guardedInput))
    expect(client.said).not.toMatch(/AUTH|STARTTLS/)
    expect(client.reports).toMatchObject([{ outcome: 'refused', reply: { code: 530 } }])
  })

  it('is greeted once where the wire is encrypted from the start', () => {
    const client = new ClientUnderTest([letter([BOB])], { ...user, tls: 'implicit' })
    const server = new ServerUnderTest(inputs['TLS from the start'])
    converse(client, server)
    expect(said(client).slice(0, 2)).toEqual(['EHLO laptop.paper.example', 'AUTH CRAM-MD5'])
    expect(server.taken[0]?.protocol).toBe('ESMTPSA')
  })

  it.each([
    ['does not offer it', relayInput, []],
    ['knows no EHLO', undefined, ['220 mx ESMTP\r\n', '500 What?\r\n', '250 mx\r\n']],
    [
      'offers it and cannot',
      undefined,
      ['220 mx ESMTP\r\n', '250-mx\r\n250 STARTTLS\r\n', '454 4.7.0 No certificate\r\n'],
    ],
  ] as const)('that %s gets no letter where encryption is required', (_, input, replies) => {
    const client = new ClientUnderTest([letter([BOB])], { helloName: 'a.example', tls: 'required' })
    if (input) converse(client, new ServerUnderTest(input))
    else for (const reply of replies) client.receive(reply)
    expect(client.said).not.toContain('MAIL')
    expect(client.said).toMatch(/QUIT\r\n$/)
    expect(client.reports).toMatchObject([{ outcome: 'deferred', accepted: [], reply: { enhanced: '4.7.4' } }])
  })

  it('that offers it and cannot gets the letter in the open where encryption is only hoped for', () => {
    const client = new ClientUnderTest([letter([BOB])], { helloName: 'a.example', tls: 'opportunistic' })
    client.receive('220 mx ESMTP\r\n')
    expect(client.receive('250-mx\r\n250 STARTTLS\r\n')).toBe('STARTTLS\r\n')
    expect(client.receive('454 4.7.0 No certificate\r\n')).toBe('MAIL FROM:<alice@paper.example>\r\n')
  })

  it('is believed nothing that it said before', () => {
    const client = new ClientUnderTest([letter([BOB])], { helloName: 'a.example', tls: 'opportunistic' })
    client.receive('220 mx ESMTP\r\n')
    client.receive('250-mx\r\n250-SIZE 10\r\n250 STARTTLS\r\n')
    // What is sent behind 220 in the clear may come from anybody on the way.
    client.receive('220 Go\r\n250-mx\r\n250 AUTH PLAIN\r\n')
    client.input({ type: 'secured' })
    expect(client.said).toMatch(/STARTTLS\r\nEHLO a\.example\r\n$/)
    client.pending = EMPTY
    expect(client.receive('250 mx\r\n')).toBe('MAIL FROM:<alice@paper.example>\r\n')
  })
})

describe('logging in', () => {
  const nonce = 'fyko+d2lbbFgONRv9qkxdawL'
  const strong = { ...guardedInput, plaintextAuth: true }

  it.each([
    ['SCRAM-SHA-256', { nonce }],
    ['CRAM-MD5', {}],
    ['PLAIN', { mechanisms: ['PLAIN', 'LOGIN'] }],
    ['LOGIN', { mechanisms: ['LOGIN'] }],
  ] as const)('is by the strongest mechanism that both know: %s', (mechanism, input) => {
    const client = new ClientUnderTest([letter([BOB])], {
      helloName: 'laptop.paper.example',
      credentials: { user: 'alice', password: 'secret' },
      ...input,
    })
    const server = new ServerUnderTest(strong)
    converse(client, server, 1)
    expect(client.said).toContain(`AUTH ${mechanism}`)
    expect(server.sent).toContain('235 2.7.0')
    expect(client.reports).toMatchObject([{ outcome: 'accepted' }])
  })

  const scram = (): ClientUnderTest => {
    const client = new ClientUnderTest([letter([BOB])], {
      helloName: 'a.example',
      credentials: { user: 'alice', password: 'secret' },
      nonce,
    })
    client.receive('220 mx ESMTP\r\n')
    client.receive('250-mx\r\n250 AUTH SCRAM-SHA-256\r\n')
    return client
  }

  it('is taken back where the server answers nonsense', () => {
    const client = scram()
    expect(client.receive('334 !!!\r\n')).toBe('*\r\n')
    expect(client.receive('501 5.7.0 Cancelled\r\n')).toBe('QUIT\r\n')
    expect(client.reports).toMatchObject([{ outcome: 'refused', reply: { code: 501 } }])
  })

  it('is not believed of a server that has not proven itself', () => {
    const client = scram()
    expect(client.receive('235 2.7.0 Come in\r\n')).toBe('QUIT\r\n')
    expect(client.reports).toMatchObject([{ outcome: 'deferred', reply: { enhanced: '4.7.0' } }])
  })
})

describe('what the server offers', () => {
  const dsn = {
    ret: 'HDRS',
    envid: 'one two',
    recipients: { [BOB]: { notify: ['SUCCESS', 'DELAY'], orcpt: 'rfc822;bob+x@bird.example' } },
  } as const
  const asking = (): SmtpLetter => ({
    ...letter([BOB, 'carol@bird.example']),
    envelope: { ...letter([BOB]).envelope, dsn },
  })

  it('is made use of: notices', () => {
    const client = new ClientUnderTest([asking()])
    const server = new ServerUnderTest()
    converse(client, server)
    expect(client.said).toContain('MAIL FROM:<alice@paper.example> SIZE=28 RET=HDRS ENVID=one+20two\r\n')
    expect(client.said).toContain(
      'RCPT TO:<bob@bird.example> NOTIFY=SUCCESS,DELAY ORCPT=rfc822;bob+2Bx@bird.example\r\n',
    )
    expect(server.taken[0]?.envelope).toEqual({ reversePath: 'alice@paper.example', forwardPaths: [BOB], dsn })
  })

  it('is not asked for more: no notices', () => {
    const client = new ClientUnderTest([asking()])
    client.receive('220 mx ESMTP\r\n')
    expect(client.receive('250 mx\r\n')).toBe('MAIL FROM:<alice@paper.example>\r\n')
    expect(client.receive('250 Ok\r\n')).toBe('RCPT TO:<bob@bird.example>\r\n')
  })

  it('is made use of: addresses beyond ASCII, and only where the letter needs it', () => {
    const abroad: SmtpLetter = {
      envelope: { reversePath: 'zo\u00eb@paper.example', forwardPaths: [BOB], smtpUtf8: true },
      message: octets('Hello.\r\n'),
    }
    const client = new ClientUnderTest([
      abroad,
      { ...letter([BOB]), envelope: { ...letter([BOB]).envelope, smtpUtf8: true } },
    ])
    const server = new ServerUnderTest()
    converse(client, server)
    expect(client.said).toContain('MAIL FROM:<zo\u00c3\u00ab@paper.example> SIZE=8 SMTPUTF8\r\n')
    expect(client.said).toContain('MAIL FROM:<alice@paper.example> SIZE=28\r\n')
    expect(server.taken.map(({ protocol }) => protocol)).toEqual(['UTF8SMTP', 'ESMTP'])
    expect(server.taken[0]?.envelope).toEqual({
      reversePath: 'zo\u00eb@paper.example',
      forwardPaths: [BOB],
      smtpUtf8: true,
    })
  })

  it('is not asked for more: a letter that needs SMTPUTF8 stays here, and the next one goes', () => {
    const client = new ClientUnderTest([letter(['j\u00fcrgen@b\u00fccher.example']), letter([BOB])])
    client.receive('220 mx ESMTP\r\n')
    expect(client.receive('250-mx\r\n250 8BITMIME\r\n')).toBe('MAIL FROM:<alice@paper.example>\r\n')
    expect(client.reports).toMatchObject([{ outcome: 'refused', reply: { enhanced: '5.6.7' } }])
  })
})

describe('421', () => {
  const before = ['220 mx ESMTP\r\n', '250 mx\r\n', '250 Ok\r\n', '250 Ok\r\n', '354 Go\r\n']

  it.each(before.map((_, at) => [at] as const).concat([[before.length]]))(
    'is taken as the end of the connection after %i replies',
    (count) => {
      const client = new ClientUnderTest([letter([BOB])])
      for (const reply of before.slice(0, count)) client.receive(reply)
      expect(client.receive('421 4.3.2 Closing\r\n')).toBe('')
      expect(client.closed).toBe(true)
      expect(client.session.machine.status).toBe('done')
      expect(client.reports).toMatchObject([{ outcome: 'deferred', accepted: [], reply: { code: 421 } }])
    },
  )

  it('after RSET does not change what is reported', () => {
    const client = new ClientUnderTest([letter([BOB])])
    for (const reply of [...before.slice(0, 3), '550 5.1.1 No\r\n', '421 4.3.2 Closing\r\n']) client.receive(reply)
    expect(client.reports).toMatchObject([{ outcome: 'refused', reply: { code: 550 } }])
  })

  it('after QUIT is nothing to report', () => {
    const client = new ClientUnderTest([])
    for (const reply of [...before.slice(0, 2), '421 4.3.2 Closing\r\n']) client.receive(reply)
    expect(client.reports).toEqual([])
    expect(client.closed).toBe(true)
  })
})

it('takes 552 to a recipient as "too many", which is for later (RFC 5321 section 4.5.3.1.10)', () => {
  const client = new ClientUnderTest([letter([BOB, 'carol@bird.example'])])
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

describe('a server that says', () => {
  const cases: [string, string[], Partial<SmtpTransferReport>, string][] = [
    [
      'no at the door',
      ['554 No mail here\r\n'],
      { outcome: 'refused', reply: { code: 554, text: 'No mail here' } },
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
    const client = new ClientUnderTest([letter([BOB])])
    let said = ''
    for (const reply of replies) said = client.receive(reply)
    expect(client.reports).toHaveLength(1)
    expect(client.reports[0]).toMatchObject(report)
    expect(said).toBe(`${last}\r\n`)
    client.receive('221 Bye\r\n')
    expect(client.closed).toBe(true)
    expect(client.session.machine.status).toBe('done')
  })

  it('500 to EHLO is greeted with HELO, and asked for no extensions', () => {
    const client = new ClientUnderTest([letter([BOB])])
    client.receive(GREETING)
    expect(client.receive('500 What?\r\n')).toBe('HELO mx-out.paper.example\r\n')
    expect(client.receive('250 mx\r\n')).toBe('MAIL FROM:<alice@paper.example>\r\n')
  })

  it('HELO only gets no 8-bit letter', () => {
    const client = new ClientUnderTest([letter([BOB], 'gr\u00fc\u00dfe')])
    client.receive(GREETING)
    client.receive('500 What?\r\n')
    expect(client.receive('250 mx\r\n')).toBe('QUIT\r\n')
    expect(client.reports).toMatchObject([{ outcome: 'refused', reply: { enhanced: '5.6.3' } }])
  })
})

describe('a connection that is gone', () => {
  it('before it came about', () => {
    const client = new ClientUnderTest([letter([BOB])], undefined, undefined, 0)
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
    const client = new ClientUnderTest([letter([BOB])])
    for (const reply of replies) client.receive(reply)
    client.input({ type: 'closed', why: 'reset' })
    expect(client.reports).toEqual([{ outcome, accepted: [], refused: [], why: 'reset', dsn: false }])
    expect(client.session.machine.status).toBe('done')
  })

  it('after QUIT is nothing to report', () => {
    const client = new ClientUnderTest([])
    client.receive(GREETING)
    expect(client.receive(EHLO)).toBe('QUIT\r\n')
    client.input({ type: 'closed', why: 'finished' })
    expect(client.reports).toEqual([])
    expect(client.session.machine.status).toBe('done')
  })
})

it('gives up a server that is silent, each state by its own time', () => {
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
  put({ type: 'answered', answer: { type: 'letter', ...letter([BOB]) } as never })
  for (const reply of ['250 Ok\r\n', '250 Ok\r\n', '354 Go\r\n', '250 Ok\r\n'])
    put({ type: 'received', octets: octets(reply) })
  put({ type: 'answered', answer: { type: 'noLetter' } })
  expect(times).toEqual({
    awaitingGreeting: 5,
    sayingHello: 5,
    'transaction.namingSender': 5,
    'transaction.namingRecipient': 5,
    'transaction.askingToSend': 2,
    'transaction.sendingTheLetter': 10,
    sayingGoodbye: 5,
  })
})
