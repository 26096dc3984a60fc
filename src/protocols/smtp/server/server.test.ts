import { describe, expect, it } from 'vitest'
import { USUAL_POLICY } from '../../../session/defence'
import type { Stopping } from '../../../session/session'
import { inputs, relayInput, ServerUnderTest, submissionInput } from '../testing/stubHost'
import { COMMAND_LINE_LIMIT, MAIL_DATA_PIECE } from './server'
import type { SmtpServerContext } from './types'

const shutDown: Stopping = { type: 'stopping', why: 'shuttingDown' }

const envelope = 'EHLO a.example\r\nMAIL FROM:<alice@paper.example>\r\nRCPT TO:<bob@bird.example>\r\nDATA\r\n'

function afterData(input = relayInput): ServerUnderTest {
  const server = new ServerUnderTest(input)
  server.receive(envelope)
  return server
}

describe('the end of mail data', () => {
  it.each([
    ['LF.LF', 'text\n.\nMAIL FROM:<evil@outside.example>\r\n'],
    ['LF.CRLF', 'text\n.\r\nMAIL FROM:<evil@outside.example>\r\n'],
    ['CRLF.LF', 'text\r\n.\nMAIL FROM:<evil@outside.example>\r\n'],
    ['CRLF.CR', 'text\r\n.\rMAIL FROM:<evil@outside.example>\r\n'],
    ['CR.CRLF', 'text\r.\r\nMAIL FROM:<evil@outside.example>\r\n'],
    ['CRCRLF.CRCRLF', 'text\r\r\n.\r\r\nMAIL FROM:<evil@outside.example>\r\n'],
    ['CRLF.NUL CRLF', 'text\r\n.\0\r\nMAIL FROM:<evil@outside.example>\r\n'],
  ])('is not %s', (name, data) => {
    const server = afterData()
    expect(server.receive(data)).toBe('')
    expect(server.receive('.\r\n')).toBe('250 2.0.0 Ok: queued as Q1\r\n')
    expect(server.taken).toHaveLength(1)
    expect(server.taken[0]?.message).toContain('MAIL FROM:<evil@outside.example>')

    // If lone CR and LF are refused, this is all one message that is refused; a NUL is neither.
    const strict = afterData({ ...relayInput, bareLineFeed: 'refuse' })
    expect(strict.receive(data)).toBe('')
    expect(strict.receive('.\r\n')).toMatch(name.includes('NUL') ? /^250/ : /^550 5\.6\.11/)
    expect(strict.receive('DATA\r\n')).toBe('503 5.5.1 Need MAIL command first\r\n')
  })

  it('may come in any pieces', () => {
    const data = 'Subject: cut\r\n\r\n..body\r\n.\r\n'
    for (let cut = 1; cut < data.length; cut++) {
      const server = afterData()
      const answers = server.receive(data.slice(0, cut)) + server.receive(data.slice(cut))
      expect(answers).toBe('250 2.0.0 Ok: queued as Q1\r\n')
      expect(server.taken[0]?.message).toBe('Subject: cut\r\n\r\n.body\r\n')
    }
  })
})

describe('a message', () => {
  it('reaches the host with all data of a trace field', () => {
    const server = afterData()
    server.receive('Hello.\r\n.\r\n')
    expect(server.taken).toEqual([
      {
        type: 'takeMessage',
        port: 'relay',
        envelope: { reversePath: 'alice@paper.example', forwardPaths: ['bob@bird.example'] },
        message: 'Hello.\r\n',
        helloName: 'a.example',
        peerAddress: '192.0.2.25',
        peerName: 'mx-out.paper.example',
        protocol: 'ESMTP',
      },
    ])
  })

  it('of a user who logged in carries the user', () => {
    const server = new ServerUnderTest(submissionInput)
    server.receive(envelope.replace('MAIL', 'AUTH PLAIN AGFsaWNlAHNlY3JldA==\r\nMAIL'))
    server.receive('.\r\n')
    expect(server.taken[0]).toMatchObject({ protocol: 'ESMTPA', user: 'alice', message: '' })
  })

  it('larger than a piece arrives unchanged, whatever its lines', () => {
    const input = { ...relayInput, maxSize: 1_000_000 }
    const line = '.dot and text \u00e9\r\n'
    for (const message of [
      line.repeat(20_000),
      `${'x'.repeat(MAIL_DATA_PIECE * 2 + 1)}\r\n${line}`,
      `${'.\r\n'.repeat(100_000)}`,
    ]) {
      const wire = `${message.startsWith('.') ? '.' : ''}${message.replace(/\r\n\./g, '\r\n..')}.\r\n`
      for (const size of [1460, 4099, wire.length]) {
        const server = afterData(input)
        for (let at = 0; at < wire.length; at += size) {
          server.receive(wire.slice(at, at + size))
          if (size === 1460) expect(server.session.inbox.length).toBeLessThan(MAIL_DATA_PIECE)
        }
        expect(server.taken[0]?.message === message).toBe(true)
      }
    }
  })

  it('may be as large as SIZE says and not an octet larger', () => {
    for (const [size, reply] of [
      [10_000, '250 2.0.0 Ok: queued as Q1\r\n'],
      [10_001, '552 5.3.4 Message size exceeds fixed limit\r\n'],
      [500_000, '552 5.3.4 Message size exceeds fixed limit\r\n'],
    ] as const) {
      const server = afterData()
      expect(server.receive(`.${'.'.repeat(size - 2)}\r\n.\r\n`)).toBe(reply)
      expect(server.receive('NOOP\r\n')).toBe('250 2.0.0 Ok\r\n')
      expect((server.session.machine.context as { mailData: string }).mailData).toBe('')
    }
  })

  it('costs time in proportion to its length', () => {
    const server = afterData({ ...relayInput, maxSize: 20_000_000 })
    const segment = `${'x'.repeat(1458)}\r\n`
    for (let count = 0; count < 7_000; count++) server.receive(segment)
    server.receive('.\r\n')
    expect(server.taken[0]?.message.length).toBe(7_000 * 1460)
  }, 5_000)
})

describe('the envelope', () => {
  it('carries the parameters of the extensions', () => {
    const server = new ServerUnderTest()
    server.receive('EHLO a.example\r\nMAIL FROM:<> BODY=8BITMIME SMTPUTF8 RET=HDRS ENVID=a+20b\r\n')
    server.receive('RCPT TO:<bob@bird.example> NOTIFY=FAILURE,SUCCESS ORCPT=rfc822;b+2Bb@x\r\n')
    server.receive('RCPT TO:<bob@bird.example>\r\nRCPT TO:<carol@bird.example>\r\nDATA\r\n.\r\n')
    expect(server.taken[0]?.envelope).toEqual({
      reversePath: '',
      forwardPaths: ['bob@bird.example', 'carol@bird.example'],
      body: '8BITMIME',
      smtpUtf8: true,
      dsn: {
        ret: 'HDRS',
        envid: 'a b',
        recipients: { 'bob@bird.example': { notify: ['SUCCESS', 'FAILURE'], orcpt: 'rfc822;b+b@x' } },
      },
    })
  })

  it('of the previous message leaves nothing behind in the next', () => {
    const server = afterData()
    server.receive('.\r\nMAIL FROM:<> RET=FULL\r\nRCPT TO:<bob@bird.example> NOTIFY=NEVER\r\nRSET\r\n')
    server.receive(envelope)
    server.receive('.\r\n')
    expect(server.taken[1]?.envelope).toEqual({
      reversePath: 'alice@paper.example',
      forwardPaths: ['bob@bird.example'],
    })
  })

  it.each([
    ['HELO a.example\r\n', 'relay', '', 'SMTP'],
    ['EHLO a.example\r\n', 'relay', '', 'ESMTP'],
    ['EHLO a.example\r\n', 'relay', ' SMTPUTF8', 'UTF8SMTP'],
    ['EHLO a.example\r\nAUTH PLAIN AGFsaWNlAHNlY3JldA==\r\n', 'submission', '', 'ESMTPA'],
    ['EHLO a.example\r\nAUTH PLAIN AGFsaWNlAHNlY3JldA==\r\n', 'TLS from the start', '', 'ESMTPSA'],
    ['EHLO a.example\r\nAUTH PLAIN AGFsaWNlAHNlY3JldA==\r\n', 'TLS from the start', ' SMTPUTF8', 'UTF8SMTPSA'],
  ] as const)(
    'comes by the protocol that the trace field names: %j at %s%s is %s %s',
    (hello, name, parameter, protocol) => {
      const server = new ServerUnderTest(inputs[name])
      server.receive(`${hello}MAIL FROM:<a@b.example>${parameter}\r\nRCPT TO:<bob@bird.example>\r\nDATA\r\n.\r\n`)
      expect(server.taken[0]?.protocol).toBe(protocol)
    },
  )

  it('accepts no more recipients than its limit and loses none of them, however many are named', () => {
    const server = new ServerUnderTest({ ...submissionInput, maxRecipients: 100 })
    server.receive('EHLO a.example\r\nAUTH PLAIN AGFsaWNlAHNlY3JldA==\r\nMAIL FROM:<>\r\n')
    const named = Array.from({ length: 10_000 }, (_, n) => `RCPT TO:<friend${n}@elsewhere.example>\r\n`).join('')
    const answers = server.receive(named)
    expect(answers.match(/^250 2\.1\.5/gm)).toHaveLength(100)
    expect(answers.match(/^452 4\.5\.3/gm)).toHaveLength(9_900)
    expect(server.receive('DATA\r\n.\r\n')).toMatch(/^354.*\r\n250/)
    expect(server.taken[0]?.envelope.forwardPaths).toHaveLength(100)
  })

  it('counts RCPT commands toward the limit, so an address that is named again counts again (RFC 9422)', () => {
    const server = new ServerUnderTest({ ...relayInput, maxRecipients: 100 })
    const transaction = 'MAIL FROM:<>\r\n' + 'RCPT TO:<bob@bird.example>\r\n'.repeat(100)
    server.receive('EHLO a.example\r\n')
    // RSET resets the count.
    for (const again of [1, 2]) {
      expect(server.receive(transaction).match(/^250 2\.1\.5/gm), `transaction ${again}`).toHaveLength(100)
      expect(server.receive('RCPT TO:<carol@bird.example>\r\n')).toBe('452 4.5.3 Too many recipients\r\n')
      expect(server.receive('RSET\r\n')).toBe('250 2.0.0 Ok\r\n')
    }
    server.receive(`${transaction}DATA\r\n.\r\n`)
    expect(server.taken[0]?.envelope.forwardPaths).toEqual(['bob@bird.example'])
  })
})

describe('a chunk', () => {
  const toChunks = envelope.replace('DATA\r\n', '')
  const afterRecipients = (input = relayInput): ServerUnderTest => {
    const server = new ServerUnderTest(input)
    server.receive(toChunks)
    return server
  }
  const context = (server: ServerUnderTest) => server.session.machine.context as SmtpServerContext

  it('is taken unchanged: dots, NULs and CRLF.CRLF are only octets', () => {
    const server = afterRecipients()
    const octets = '..a\r\n.\r\n\0\u00ff\r\n'
    expect(server.receive(`BDAT ${octets.length}\r\n${octets}BDAT 0 LAST\r\n`)).toBe(
      '250 2.0.0 12 octets received\r\n250 2.0.0 Ok: queued as Q1\r\n'.replace('12', `${octets.length}`),
    )
    expect(server.taken[0]?.message).toBe(octets)
  })

  it('may end between CR and LF', () => {
    const server = afterRecipients({ ...relayInput, bareLineFeed: 'refuse' })
    server.receive('BDAT 2\r\na\rBDAT 3 LAST\r\n\nb\r')
    expect(server.sent).toMatch(/550 5\.6\.11[^\r\n]*\r\n$/)
    server.receive(`${toChunks}BDAT 2\r\na\rBDAT 4 LAST\r\n\nb\r\n`)
    expect(server.taken[0]?.message).toBe('a\r\nb\r\n')
  })

  it('may fill the message up to the limit and not an octet further', () => {
    for (const [last, reply] of [
      [4_000, '250 2.0.0 Ok: queued as Q1\r\n'],
      [4_001, '552 5.3.4 Message size exceeds fixed limit\r\n'],
    ] as const) {
      const server = afterRecipients()
      server.receive(`BDAT 6000\r\n${'x'.repeat(6_000)}`)
      expect(server.receive(`BDAT ${last} LAST\r\n${'x'.repeat(last)}`)).toBe(reply)
      expect(server.receive('NOOP\r\n')).toBe('250 2.0.0 Ok\r\n')
      expect(context(server).mailData).toBe('')
    }
  })

  it('of two gigabytes is discarded as it comes, and answered at its end', () => {
    const size = 2_147_483_648
    const server = afterRecipients()
    expect(server.receive(`BDAT ${size} LAST\r\n`)).toBe('')
    const piece = 'QUIT\r\n'.repeat(200_000)
    for (let count = 0; count < 5; count++) {
      expect(server.receive(piece)).toBe('')
      expect(server.session.inbox).toBe('')
    }
    expect(context(server).chunk?.left).toBe(size - 5 * piece.length)
    expect(context(server).mailData).toBe('')
  })

  it('costs time in proportion to its length', () => {
    const server = afterRecipients({ ...relayInput, maxSize: 20_000_000 })
    server.receive(`BDAT ${1460 * 7_000} LAST\r\n`)
    for (let count = 0; count < 7_000; count++) {
      server.receive('x'.repeat(1460))
      if (count < 6_999) expect(server.session.inbox.length).toBeLessThan(MAIL_DATA_PIECE)
    }
    expect(server.taken[0]?.message.length).toBe(1460 * 7_000)
  }, 5_000)
})

describe('STARTTLS', () => {
  it('reads nothing until TLS begins, and discards plaintext', () => {
    const server = new ServerUnderTest(inputs['guarded submission'])
    server.receive('EHLO a.example\r\n')
    expect(server.receive('STARTTLS\r\nEHLO evil.example\r\n')).toBe('220 2.0.0 Ready to start TLS\r\n')
    expect(server.receive('NOOP\r\n')).toBe('')
    const before = server.sent.length
    server.input({ type: 'secured' })
    expect(server.sent.slice(before)).toBe('')
    expect(server.receive('MAIL FROM:<>\r\n')).toBe('503 5.5.1 Send EHLO or HELO first\r\n')
  })

  it('asks for the handshake after the reply was sent', () => {
    const server = new ServerUnderTest(inputs['guarded submission'])
    server.receive('EHLO a.example\r\nSTARTTLS\r\n')
    const types = server.outputs.map(({ type }) => type)
    expect(types.lastIndexOf('startTls')).toBeGreaterThan(types.lastIndexOf('send'))
  })

  it('is given up if the handshake never ends', () => {
    const server = new ServerUnderTest(inputs['guarded submission'])
    server.receive('EHLO a.example\r\nSTARTTLS\r\n')
    const timer = server.outputs.findLast((output) => output.type === 'setTimer')
    const before = server.sent.length
    if (timer?.type === 'setTimer') server.input({ type: 'expired', timer: timer.timer })
    expect(server.closed).toBe(true)
    expect(server.sent.slice(before)).toBe('')
  })

  it('clears the login that came before it', () => {
    const server = new ServerUnderTest({ ...inputs['guarded submission'], plaintextAuth: true })
    server.receive('EHLO a.example\r\nAUTH PLAIN AGFsaWNlAHNlY3JldA==\r\nSTARTTLS\r\n')
    server.input({ type: 'secured' })
    server.receive('EHLO a.example\r\n')
    expect(server.receive('MAIL FROM:<>\r\n')).toBe('530 5.7.0 Authentication required\r\n')
  })
})

describe('AUTH', () => {
  it.each([['*'], ['!!!'], ['x'.repeat(13_000)]])('that breaks off is told to the host: %s', (line) => {
    const server = new ServerUnderTest(submissionInput)
    server.receive(`EHLO a.example\r\nAUTH PLAIN\r\n${line}\r\n`)
    const asked = server.outputs.flatMap((output) => (output.type === 'ask' ? [output.question.type] : []))
    expect(asked).toEqual(['authenticate', 'saslCancelled'])
    expect(server.receive('AUTH PLAIN AGFsaWNlAHNlY3JldA==\r\n')).toBe('235 2.7.0 Authentication successful\r\n')
  })

  it('accepts a response line of 12288 octets and no longer one', () => {
    for (const [length, code] of [
      [12_288, '501 5.7.0'],
      [12_292, '500 5.5.6'],
    ] as const) {
      const server = new ServerUnderTest(submissionInput)
      server.receive('EHLO a.example\r\nAUTH PLAIN\r\n')
      const line = 'AAAA'.repeat(length / 4)
      expect(server.receive(`${line}\r\n`).slice(0, 9)).toBe(code)
    }
  })
})

describe('a line that is too long', () => {
  it('gets one reply at its end, and is not stored', () => {
    for (const size of [1, 100, COMMAND_LINE_LIMIT, 1_000_000]) {
      const server = new ServerUnderTest()
      server.receive('EHLO a.example\r\n')
      const wire = `NOOP ${'x'.repeat(6_000)}\r\nNOOP\r\n`
      let answers = ''
      for (let at = 0; at < wire.length; at += size) {
        answers += server.receive(wire.slice(at, at + size))
        expect(server.session.inbox.length).toBeLessThanOrEqual(COMMAND_LINE_LIMIT)
      }
      expect(answers).toBe('500 5.5.2 Line too long\r\n250 2.0.0 Ok\r\n')
    }
  })

  it('begins at the limit', () => {
    const server = new ServerUnderTest()
    expect(server.receive(`NOOP ${'x'.repeat(COMMAND_LINE_LIMIT - 7)}\r\n`)).toBe('250 Ok\r\n')
    expect(server.receive(`NOOP ${'x'.repeat(COMMAND_LINE_LIMIT - 6)}\r\n`)).toBe('500 Line too long\r\n')
  })
})

describe('mistakes', () => {
  it('are tolerated a hundred times', () => {
    for (const [wrong, code] of [
      ['FROB\r\n', '500 5.5.2'],
      ['RSET now\r\n', '501 5.5.4'],
      [`NOOP ${'x'.repeat(2_000)}\r\n`, '500 5.5.2'],
      ['AUTH PLAIN AGFsaWNlAHdyb25n\r\n', '535 5.7.8'],
    ] as const) {
      const server = new ServerUnderTest(submissionInput)
      server.receive('EHLO a.example\r\n')
      for (let count = 0; count < USUAL_POLICY.limit; count++) expect(server.receive(wrong)).toContain(code)
      expect(server.closed).toBe(false)
      expect(server.receive(wrong)).toBe('421 4.7.0 mx.bird.example Too many errors, closing transmission channel\r\n')
      expect(server.closed).toBe(true)
    }
  })

  it('are answered more and more slowly, and the server reads nothing meanwhile', () => {
    const server = new ServerUnderTest(submissionInput)
    server.receive('EHLO a.example\r\n')
    server.receive('FROB\r\nAUTH PLAIN AGFsaWNlAHdyb25n\r\n'.repeat(4))
    expect(server.pauses).toEqual([1_000, 2_000, 3_000])
    const held = { pausing: false }
    const slow = new ServerUnderTest(submissionInput, undefined, undefined, () => held.pausing)
    slow.receive(`EHLO a.example\r\n${'FROB\r\n'.repeat(USUAL_POLICY.free)}`)
    held.pausing = true
    expect(slow.receive('AUTH PLAIN AGFsaWNlAHdyb25n\r\nNOOP\r\n')).toBe('')
    const said = slow.sent.length
    const timer = slow.outputs.findLast((output) => output.type === 'setTimer')
    if (timer?.type === 'setTimer') slow.input({ type: 'expired', timer: timer.timer })
    expect(slow.sent.slice(said)).toBe('535 5.7.8 Authentication credentials invalid\r\n250 2.0.0 Ok\r\n')
  })

  it('are neither unknown recipients nor commands out of order', () => {
    const server = new ServerUnderTest()
    server.receive('EHLO a.example\r\nMAIL FROM:<>\r\n')
    server.receive('RCPT TO:<nobody@bird.example>\r\nDATA\r\nMAIL FROM:<>\r\n'.repeat(USUAL_POLICY.limit + 1))
    expect(server.receive('RCPT TO:<bob@bird.example>\r\n')).toBe('250 2.1.5 Ok\r\n')
  })
})

describe('a web page', () => {
  it.each([
    'POST / HTTP/1.1\r\nHost: 127.0.0.1:25\r\nContent-Type: text/plain\r\n',
    'GET /index.html HTTP/1.0\r\n',
    `POST /${'x'.repeat(5_000)} HTTP/1.1\r\nHost: 127.0.0.1\r\n`,
  ])('cannot deliver a message through a browser that sends %j', (request) => {
    const server = new ServerUnderTest()
    const message = `${envelope}Subject: by fetch\r\n\r\nx\r\n.\r\nQUIT\r\n`
    const answers = server.receive(`${request}\r\n${message}`)
    expect(answers).toMatch(/(?:^|\n)421 mx\.bird\.example This is SMTP, not HTTP, closing transmission channel\r\n$/)
    expect(server.closed).toBe(true)
    expect(server.taken).toEqual([])
  })
})

it('closes after five minutes of silence, counted from the last command', () => {
  const server = new ServerUnderTest()
  const timer = () => server.outputs.findLast((output) => output.type === 'setTimer')
  const first = timer()
  expect(first).toMatchObject({ type: 'setTimer', after: 300_000 })
  server.receive('NOOP\r\n')
  expect(server.outputs.filter((output) => output.type === 'setTimer')).toHaveLength(2)
  expect(server.outputs.filter((output) => output.type === 'stopTimer')).toHaveLength(1)
  if (first?.type === 'setTimer') server.input({ type: 'expired', timer: first.timer })
  expect(server.sent).toMatch(/421 mx\.bird\.example Timeout, closing transmission channel\r\n$/)
  expect(server.closed).toBe(true)
  expect(server.session.machine.status).toBe('done')
})

it('sends 421 when its host shuts down, and does not accept an unfinished message (RFC 5321 section 3.8)', () => {
  const server = afterData()
  server.receive('Subject: half a let')
  server.input({ type: 'answered', answer: shutDown })
  expect(server.sent).toMatch(
    /\r\n421 4\.3\.2 mx\.bird\.example Service shutting down, closing transmission channel\r\n$/,
  )
  expect(server.closed).toBe(true)
  expect(server.taken).toEqual([])
  const securing = new ServerUnderTest({ ...relayInput, tls: 'offered' })
  securing.receive('EHLO a.example\r\n')
  securing.receive('STARTTLS\r\n')
  const said = securing.sent
  securing.input({ type: 'answered', answer: shutDown })
  expect([securing.sent, securing.closed]).toEqual([said, true])
})

it('ends when the connection is gone, in every state', () => {
  const server = afterData()
  server.input({ type: 'closed', why: 'reset' })
  expect(server.session.machine).toMatchObject({ value: 'closed', status: 'done' })
  expect(server.taken).toEqual([])
})

it('leaves the inbox alone while a question is out', () => {
  const server = new ServerUnderTest()
  server.receive('EHLO a.example\r\nMAIL FROM:<alice@paper.example>\r\n')
  expect(server.receive('RCPT TO:<nobody@bird.example>\r\nRCPT TO:<bob@bird.example>\r\nDATA\r\n.\r\nRSET\r\n')).toBe(
    '550 5.1.1 No such user here\r\n250 2.1.5 Ok\r\n354 End data with <CR><LF>.<CR><LF>\r\n250 2.0.0 Ok: queued as Q1\r\n250 2.0.0 Ok\r\n',
  )
})
