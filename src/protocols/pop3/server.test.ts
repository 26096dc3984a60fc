import { describe, expect, it } from 'vitest'
import { octets } from '../../base/octets'
import type { Session } from '../../session/session'
import { startSession, step } from '../../session/step'
import { legalCommands, refusedCommands } from './probe'
import { pop3Server } from './server'
import type { ServerInput } from './serverTypes'
import { End, MemoryHost, peer } from './testing/memoryHost'

const input = { hostName: 'store.bird.example', plaintextAuth: true }
const LOGIN = 'USER bob@bird.example\r\nPASS secret\r\n'

function server(said = '', host = new MemoryHost(), settings: ServerInput = input): End {
  const end = new End(pop3Server, settings, host)
  end.give({ type: 'opened', peer })
  end.sent()
  if (said !== '') end.give({ type: 'received', octets: octets(said) })
  return end
}
const state = (end: End): unknown => end.session.machine.value
const names = (commands: readonly { name: string }[]): string => commands.map((command) => command.name).join(' ')

/** Clients that guess passwords or speak another protocol. RFC 1939 gives no rule; RFC 9051 section 11 does for IMAP. */
describe('mistakes', () => {
  const guess = (end: End): string => {
    end.give({ type: 'received', octets: octets('USER bob@bird.example\r\nPASS wrong\r\n') })
    return end.sent()
  }
  const timers = (end: End) =>
    end.outputs.flatMap((output) =>
      output.type === 'setTimer' && output.timer.includes('mistakePause') ? [output] : [],
    )
  const waited = (end: End): string => {
    end.give({ type: 'expired', timer: timers(end).at(-1)?.timer ?? '' })
    return end.sent()
  }

  it.each([
    ['wrong passwords', guess],
    [
      'wrong commands',
      (end: End) => {
        end.give({ type: 'received', octets: octets('BLURB\r\n') })
        return end.sent()
      },
    ],
    [
      'lines that are too long',
      (end: End) => {
        end.give({ type: 'received', octets: octets(`${'A'.repeat(300)}\r\n`) })
        return end.sent()
      },
    ],
  ])('%s: five are answered at once, the next after longer and longer pauses, and the sixteenth ends it', (_, err) => {
    const end = server()
    for (let n = 1; n <= 5; n++) expect(err(end)).toMatch(/-ERR .*\r\n$/)
    expect(timers(end)).toEqual([])
    for (let n = 6; n <= 15; n++) {
      expect(err(end)).not.toContain('-ERR')
      expect(waited(end)).toMatch(/^-ERR .*\r\n$/)
    }
    expect(timers(end).map(({ after }) => after)).toEqual([1, 2, 4, 8, 15, 15, 15, 15, 15, 15].map((n) => n * 1000))
    expect(err(end)).toMatch(/-ERR there were too many mistakes/)
    expect(state(end)).toBe('closed')
    expect(end.outputs.at(-1)).toMatchObject({ type: 'entered', state: 'closed' })
  })

  it('a pause reads nothing, pipelined commands included', () => {
    const end = server('BLURB\r\n'.repeat(6) + LOGIN)
    end.sent()
    expect(end.host.questions).toEqual([])
    expect(waited(end)).toMatch(/^-ERR .*\r\n\+OK .*\r\n\+OK /)
    expect(state(end)).toEqual({ transaction: 'ready' })
  })

  it('a pause keeps the name that USER gave', () => {
    const end = server('BLURB\r\n'.repeat(5) + 'USER bob@bird.example\r\nBLURB\r\nPASS secret\r\n')
    waited(end)
    expect(state(end)).toEqual({ transaction: 'ready' })
  })

  it('a web page whose request line is too long gets no further than its first header field', () => {
    const end = server(`GET /${'x'.repeat(300)} HTTP/1.1\r\nHost: 127.0.0.1:110\r\n\r\n${LOGIN}DELE 1\r\nQUIT\r\n`)
    expect(end.sent()).toMatch(/-ERR this is POP3, not HTTP: goodbye\r\n$/)
    expect(end.host.questions).toEqual([])
    expect(state(end)).toBe('closed')
  })

  it.each(['GET / HTTP/1.1', 'POST /mail HTTP/1.0', 'OPTIONS * HTTP/2'])(
    'a web page gets no further than %s',
    (line) => {
      const end = server(`${line}\r\nHost: 127.0.0.1:110\r\n\r\n${LOGIN}DELE 1\r\nQUIT\r\n`)
      expect(end.sent()).toBe('-ERR this is POP3, not HTTP: goodbye\r\n')
      expect(end.host.questions).toEqual([])
      expect(state(end)).toBe('closed')
    },
  )
})

describe('a malformed command in the wrong state', () => {
  /** Each command well-formed, and with an argument against its grammar. */
  const LINES: readonly (readonly [good: string, bad: string])[] = [
    ['USER bob', 'USER'],
    ['PASS secret', 'PASS'],
    [`APOP bob ${'0'.repeat(32)}`, 'APOP bob short'],
    ['AUTH PLAIN', 'AUTH PLAIN !'],
    ['STLS', 'STLS now'],
    ['UTF8', 'UTF8 please'],
    ['STAT', 'STAT 1'],
    ['LIST', 'LIST x'],
    ['UIDL', 'UIDL x'],
    ['RETR 1', 'RETR'],
    ['TOP 1 0', 'TOP 1'],
    ['DELE 1', 'DELE one'],
    ['RSET', 'RSET 1'],
    ['NOOP', 'NOOP 1'],
  ]
  const BAD_ARGUMENT = /^-ERR (?:the form is|the digest is|the initial response)/

  it.each<[string, string, Partial<ServerInput>, number]>([
    ['before the login', '', { mechanisms: ['PLAIN'] }, 11],
    ['before the login, with APOP and TLS', '', { mechanisms: ['PLAIN'], apop: true, tls: 'offered' }, 9],
    ['before a TLS that the login needs', '', { mechanisms: ['PLAIN'], apop: true, tls: 'required' }, 12],
    ['where passwords need TLS', '', { mechanisms: ['PLAIN'], plaintextAuth: false, tls: 'offered' }, 12],
    ['after USER', 'USER bob\r\n', { mechanisms: ['PLAIN'] }, 10],
    ['after the login', LOGIN, { mechanisms: ['PLAIN'], tls: 'offered' }, 6],
  ])('gets the reason that its argument could not help: %s', (_, said, settings, count) => {
    const answerTo = (line: string): string => {
      const end = server('', new MemoryHost(), { ...input, ...settings })
      end.give({ type: 'received', octets: octets(said) })
      end.sent()
      end.give({ type: 'received', octets: octets(`${line}\r\n`) })
      return end.sent()
    }
    const refused = LINES.filter(([good]) => /^-ERR .*(?:after|before|encrypt|timestamp|TLS)/.test(answerTo(good)))
    expect(refused.map(([, bad]) => `${bad}: ${answerTo(bad)}`)).toEqual(
      refused.map(([good, bad]) => `${bad}: ${answerTo(good)}`),
    )
    expect(refused).toHaveLength(count)
    for (const [, bad] of LINES.filter((line) => !refused.includes(line))) expect(answerTo(bad)).toMatch(BAD_ARGUMENT)
  })
})

describe('AUTHORIZATION', () => {
  it('refuses USER and does not offer it if passwords need TLS', () => {
    const end = server('CAPA\r\nUSER bob\r\nPASS x\r\n', new MemoryHost(), { ...input, plaintextAuth: false })
    const said = end.sent()
    expect(said).not.toContain('\r\nUSER\r\n')
    expect(said).toMatch(/-ERR \[AUTH\] .*\r\n-ERR PASS comes after USER/)
  })

  it('keeps spaces in a password', () => {
    const end = server('USER bob\r\nPASS  two words \r\n')
    expect(end.host.questions).toEqual([{ type: 'verifyPassword', user: 'bob', password: ' two words ' }])
  })

  it('reads nothing while the host checks the password', () => {
    let session: Session = startSession(pop3Server, input)[0]
    session = step(pop3Server, session, { type: 'opened', peer })[0]
    const [waiting, outputs] = step(pop3Server, session, {
      type: 'received',
      octets: octets(`${LOGIN}STAT\r\nQUIT\r\n`),
    })
    expect(waiting.inbox).toBe('STAT\r\nQUIT\r\n')
    expect(outputs.at(-1)).toMatchObject({ type: 'entered', state: 'authorization.verifying' })
    const [after, more] = step(pop3Server, waiting, {
      type: 'answered',
      answer: { type: 'authenticationFailed' },
    })
    expect(after.inbox).toBe('')
    expect(more.filter((output) => output.type === 'send').map((output) => output.means.name)).toEqual([
      '-ERR',
      '-ERR',
      '+OK',
    ])
  })
})

describe('UPDATE', () => {
  it('removes deleted messages, and only at QUIT', () => {
    const end = server(`${LOGIN}DELE 1\r\n`)
    expect(end.host.messages).toHaveLength(2)
    end.give({ type: 'received', octets: octets('QUIT\r\n') })
    expect(end.host.messages.map((message) => message.uid)).toEqual(['u2'])
    expect(end.outputs.slice(-2)).toEqual([{ type: 'close' }, { type: 'entered', state: 'closed' }])
    expect(end.session.machine.status).toBe('done')
  })

  it('removes nothing if the connection is lost', () => {
    const end = server(`${LOGIN}DELE 1\r\nDELE 2\r\n`)
    end.give({ type: 'closed', why: 'reset' })
    expect(end.host.messages).toHaveLength(2)
    expect(end.host.questions.map((question) => question.type)).toEqual(['verifyPassword', 'openMaildrop'])
    expect(state(end)).toBe('closed')
  })

  it('removes nothing and sends nothing after ten minutes of silence', () => {
    const end = server(`${LOGIN}DELE 1\r\n`)
    end.sent()
    const timer = end.outputs.findLast((output) => output.type === 'setTimer')
    expect(timer).toMatchObject({ after: 600_000 })
    end.give({ type: 'expired', timer: timer?.timer ?? '' })
    expect(end.sent()).toBe('')
    expect(end.outputs).toContainEqual({ type: 'close' })
    expect(end.host.messages).toHaveLength(2)
  })

  it('reports it if the host could not remove them', () => {
    const end = server(`${LOGIN}DELE 1\r\n`, new MemoryHost(undefined, { removing: true }))
    end.sent()
    end.give({ type: 'received', octets: octets('QUIT\r\n') })
    expect(end.sent()).toMatch(/^-ERR \[SYS\/TEMP\] /)
    expect(end.host.messages).toHaveLength(2)
  })
})

describe('TRANSACTION', () => {
  it('restarts the timer at every command', () => {
    const end = server(LOGIN)
    const before = end.outputs.length
    end.give({ type: 'received', octets: octets('NOOP\r\n') })
    const types = end.outputs.slice(before).map((output) => output.type)
    expect(types).toEqual(['read', 'stopTimer', 'send', 'setTimer'])
  })

  it('answers -ERR if the host cannot hand the message over', () => {
    const host = new MemoryHost()
    const end = server(LOGIN, host)
    host.messages = []
    end.sent()
    end.give({ type: 'received', octets: octets('RETR 1\r\nNOOP\r\n') })
    expect(end.sent()).toMatch(/^-ERR .*\r\n\+OK still here\r\n$/)
  })

  it('refuses a line of 256 octets once and accepts one of 255, however the octets come', () => {
    for (const [length, expected] of [
      [255, /^-ERR there is no command[^\r]*\r\n\+OK still here\r\n$|^-ERR this is no command\r\n\+OK still here\r\n$/],
      [256, /^-ERR the line is longer than 255 octets\r\n\+OK still here\r\n$/],
      [2000, /^-ERR the line is longer than 255 octets\r\n\+OK still here\r\n$/],
    ] as const) {
      const line = `${'x'.repeat(length - 2)}\r\nNOOP\r\n`
      for (const pieces of [[line], [...line]]) {
        const end = server(LOGIN)
        end.sent()
        for (const piece of pieces) {
          end.give({ type: 'received', octets: octets(piece) })
          expect(end.session.inbox.length).toBeLessThan(255)
        }
        expect(end.sent()).toMatch(expected)
      }
    }
  })
})

describe('STLS', () => {
  const offered = { ...input, tls: 'offered', plaintextAuth: false } as const

  it('discards plaintext after it', () => {
    const end = server(`STLS\r\nUSER bob@bird.example\r\nPASS secret\r\n`, undefined, offered)
    expect(end.sent()).toBe('+OK begin the TLS negotiation now\r\n')
    expect(end.outputs).toContainEqual({ type: 'startTls' })
    expect(state(end)).toEqual({ authorization: 'securing' })
    end.give({ type: 'secured' })
    expect(end.sent()).toBe('')
    expect(end.session.inbox).toBe('')
    end.give({ type: 'received', octets: octets(`${LOGIN}STAT\r\n`) })
    expect(end.sent()).toMatch(/\+OK 2 87\r\n$/)
    expect(end.host.questions.map((question) => question.type)).toEqual(['verifyPassword', 'openMaildrop'])
  })

  it('has the same time-out as every command', () => {
    const end = server('STLS\r\n', undefined, offered)
    const timer = end.outputs.findLast((output) => output.type === 'setTimer')
    end.give({ type: 'expired', timer: timer?.timer ?? '' })
    expect(state(end)).toBe('closed')
    expect(end.outputs).toContainEqual({ type: 'close' })
  })
})

describe('AUTH', () => {
  const offered = { ...input, mechanisms: ['PLAIN', 'SCRAM-SHA-256'] } as const
  const CHALLENGED = 'AUTH PLAIN\r\n'

  it('accepts a line of 12,288 octets and refuses a longer one, once, however the octets come', () => {
    for (const [length, expected] of [
      // Its base64 is well-formed, so the host judges it.
      [12_288 - 2, /^-ERR this is no PLAIN message: [^\r]*\r\n\+OK goodbye\r\n$/],
      [12_288, /^-ERR the line is longer than 12288 octets\r\n\+OK goodbye\r\n$/],
      [50_000, /^-ERR the line is longer than 12288 octets\r\n\+OK goodbye\r\n$/],
    ] as const) {
      const wire = `${'A'.repeat(length - (length % 4))}\r\nQUIT\r\n`
      for (const piece of [wire.length, 7, 1]) {
        const end = server(CHALLENGED, undefined, offered)
        end.sent()
        for (let at = 0; at < wire.length; at += piece) {
          end.give({ type: 'received', octets: octets(wire.slice(at, at + piece)) })
          expect(end.session.inbox.length).toBeLessThan(12_288)
        }
        expect(end.sent()).toMatch(expected)
      }
    }
  })

  it('lets the host forget an exchange that ends without a judgement', () => {
    for (const line of ['*', 'no base64', 'A'.repeat(20_000)]) {
      const end = server(`${CHALLENGED}${line}\r\n`, undefined, offered)
      expect(end.host.questions.at(-1)).toEqual({ type: 'saslCancelled' })
      expect(state(end)).toEqual({ authorization: 'noUser' })
    }
  })

  it('keeps nothing of a response', () => {
    const end = server(`AUTH PLAIN AGJvYgBzZWNyZXQ=\r\n${CHALLENGED}AGJvYgBzZWNyZXQ=\r\n`, undefined, offered)
    const meanings = end.outputs.flatMap((output) => (output.type === 'read' ? [output.means.parsed] : []))
    expect(meanings).toEqual([
      { protocol: 'POP3', type: 'AUTH', mechanism: 'PLAIN' },
      { protocol: 'POP3', type: 'AUTH', mechanism: 'PLAIN' },
      { protocol: 'POP3', type: 'saslResponse' },
    ])
  })
})

describe('a line that is no command', () => {
  it.each([
    ['NUL', 'USER bob\0\r\n', '-ERR a command holds no control octets'],
    ['a tab', 'RETR\t1\r\n', '-ERR this is no command'],
    ['a CR of its own', 'USER bob\rPASS x\r\n', '-ERR a command holds no control octets'],
    ['octets that are no UTF-8', 'USER b\xf6b\r\n', '-ERR what follows the command is not UTF-8'],
    ['8-bit octets in front', '\xff\xfe\xff\r\n', '-ERR this is no command'],
    ['a keyword that is too long', `${'A'.repeat(21)}\r\n`, '-ERR this is no command'],
  ])('with %s is refused in words, and the session goes on', (_, line, expected) => {
    const end = server(`${line}QUIT\r\n`)
    expect(end.sent()).toBe(`${expected}\r\n+OK goodbye\r\n`)
  })

  it('accepts a name in UTF-8', () => {
    const end = server('USER j\xc3\xb6rg\r\nPASS gr\xc3\xbc\xc3\x9fe\r\n')
    expect(end.host.questions).toEqual([{ type: 'verifyPassword', user: 'jörg', password: 'grüße' }])
  })
})

describe('the legal commands', () => {
  it('come from the machine in each state', () => {
    const end = server()
    expect(names(legalCommands(end.session))).toBe('USER UTF8 CAPA LANG QUIT')
    expect(refusedCommands(end.session)[0]).toEqual({
      name: 'PASS',
      reply: '-ERR PASS comes after USER: first say who you are',
      means: expect.objectContaining({ name: '-ERR', refused: true }),
    })
    end.give({ type: 'received', octets: octets('USER bob@bird.example\r\n') })
    expect(names(legalCommands(end.session))).toBe('USER PASS UTF8 CAPA LANG QUIT')
    end.give({ type: 'received', octets: octets('PASS secret\r\n') })
    expect(names(legalCommands(end.session))).toBe('STAT LIST UIDL RETR TOP DELE RSET NOOP CAPA LANG QUIT')
    expect(names(refusedCommands(end.session))).toBe('USER PASS APOP AUTH STLS UTF8')
    end.give({ type: 'received', octets: octets('DELE 1\r\nDELE 2\r\n') })
    expect(names(refusedCommands(end.session))).toBe('USER PASS APOP AUTH STLS UTF8 RETR TOP DELE')
    end.give({ type: 'received', octets: octets('QUIT\r\n') })
    expect(legalCommands(end.session)).toEqual([])
  })

  it('change with the offers of the server, and are none within AUTH', () => {
    const all = { ...input, tls: 'offered', mechanisms: ['CRAM-MD5', 'PLAIN'], apop: true } as const
    const end = server('', undefined, all)
    expect(names(legalCommands(end.session))).toBe('USER APOP AUTH STLS UTF8 CAPA LANG QUIT')
    end.give({ type: 'received', octets: octets('AUTH CRAM-MD5\r\n') })
    expect(names(legalCommands(end.session))).toBe('response *')
    expect(refusedCommands(end.session)).toEqual([])
  })
})
