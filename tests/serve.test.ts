import { once } from 'node:events'
import { createServer, connect as dial } from 'node:net'
import { connect as dialTls } from 'node:tls'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ehlo } from '../src/adapters/node/commandLine'
import { Line } from './support/line'
import { endWithoutReader, type ServedWorld, serveWorld, spawnWorld } from './support/servedWorld'

/** A command line that must fail before anything is served. */
async function refused(...args: readonly string[]): Promise<string> {
  let said = ''
  const code = await ehlo(['serve', ...args], {
    out: (text) => {
      said += text
    },
    err: (text) => {
      said += text
    },
  })
  expect(code).toBe(1)
  expect(said.trimEnd().split('\n')).toHaveLength(1)
  return said
}

describe('ehlo serve refuses in one sentence', () => {
  it.each(['0.0.0.0', '192.0.2.1', '10.0.0.1', '::', 'example.test', '127.0.0.1.example.test', '128.0.0.1', ''])(
    'an address that is not loopback: "%s"',
    async (host) => {
      expect(await refused('--scenario', 'example-test', '--smtp', '0', '--host', host)).toMatch(
        /is no loopback address: .* give 127\.0\.0\.1 or ::1\./,
      )
    },
  )

  const wrong: [string, string[], RegExp][] = [
    ['no scenario', ['--smtp', '0'], /Say which world to serve/],
    ['no port at all', ['--scenario', 'example-test'], /Nothing would be open: give at least one port/],
    ['a port that is a word', ['--scenario', 'example-test', '--smtp', 'smtp'], /--smtp wants a port from 0 to 65535/],
    ['a port too large', ['--scenario', 'example-test', '--dns', '65536'], /--dns wants a port from 0 to 65535/],
    ['an option that nobody knows', ['--scenario', 'example-test', '--lmtp', '0'], /Unknown option '--lmtp'/],
    ['a scenario that nobody knows', ['--scenario', 'nowhere', '--smtp', '0'], /There is no scenario "nowhere"/],
    [
      'a service that the scenario has not',
      ['--scenario', 'two-towns', '--smtp', '0', '--imaps', '0'],
      /No host of two-towns offers imaps: leave --imaps out/,
    ],
    [
      'a name server that the scenario has not',
      ['--scenario', 'two-towns', '--name-server', 'ns.brid.example=0'],
      /no name server "ns\.brid\.example"; there are: root, ns\.example, ns\.paper\.example, ns\.bird\.example\./,
    ],
    ['a name server without a port', ['--scenario', 'two-towns', '--name-server', 'root'], /as in root=5300/],
  ]
  it.each(wrong)('%s', async (_, args, message) => {
    expect(await refused(...args)).toMatch(message)
  })

  it.each(['smtp', 'imaps', 'dns', 'watch'])(
    'a port that is taken, and closes the ports that it had opened: --%s',
    async (option) => {
      const other = createServer().listen(0, '127.0.0.1')
      await once(other, 'listening')
      const { port } = other.address() as { port: number }
      const free = createServer().listen(0, '127.0.0.1')
      await once(free, 'listening')
      const { port: submission } = free.address() as { port: number }
      free.close()
      await once(free, 'close')
      const args = ['--scenario', 'example-test', '--submission', String(submission), `--${option}`, String(port)]
      expect(await refused(...args)).toBe(`Port ${port} (--${option}) is taken: choose another, or 0 for a free one.\n`)
      const again = createServer().listen(submission, '127.0.0.1')
      await once(again, 'listening')
      again.close()
      other.close()
    },
  )
})

describe('ehlo serve', () => {
  it('says where it listens, and opens nothing else', async () => {
    const world = await serveWorld('--scenario', 'example-test', '--pop3', '0', '--host', '127.0.0.2')
    expect(world.ready).toEqual({ ready: true, host: '127.0.0.2', ports: { pop3: expect.any(Number) } })
    const line = await Line.to(world.port('pop3'), '127.0.0.2')
    expect(await line.until(/\r\n/)).toMatch(/^\+OK /)
    await world.end()
  })

  it.each([[['SIGINT', 'SIGINT']], [['SIGTERM']], [['SIGHUP']]] as [NodeJS.Signals[]][])(
    'ends with 0 at %j, in the middle of a dialogue',
    async (signals) => {
      const world = await spawnWorld('--scenario', 'example-test', '--smtp', '0', '--dns', '0')
      const line = await Line.to(world.port('smtp'))
      await line.until(/^220/)
      expect(await world.end(...signals)).toBe(0)
      await line.closed
    },
  )

  it('ends with 0 if its standard output is closed before it has written anything', async () => {
    expect(await endWithoutReader('--scenario', 'example-test', '--smtp', '0')).toEqual({ code: 0, complaint: '' })
  })

  it('ends with 421 or BYE to every connected program (RFC 5321 section 3.8, RFC 9051 section 7.1.5)', async () => {
    const world = await spawnWorld('--scenario', 'example-test', '--smtp', '0', '--imap', '0')
    const [smtp, imap] = [await Line.to(world.port('smtp')), await Line.to(world.port('imap'))]
    await smtp.until(/^220 .*\r\n/)
    smtp.say('EHLO me.example\r\n')
    await smtp.until(/^250 .*\r\n/m)
    await imap.until(/^\* OK .*\r\n/)
    const ended = world.end('SIGTERM')
    expect(await smtp.until(/^421.*\r\n/m)).toMatch(/421 4\.3\.2 mail\.example\.test Service shutting down/)
    expect(await imap.until(/^\* BYE.*\r\n/m)).toContain('* BYE The server is being shut down')
    await Promise.all([smtp.closed, imap.closed])
    expect(await ended).toBe(0)
  })

  it('serves the ports that another scenario has, unencrypted', async () => {
    const world = await serveWorld('--scenario', 'two-towns', '--smtp', '0', '--imap', '0', '--pop3', '0', '--dns', '0')
    const line = await Line.to(world.port('smtp'))
    expect(await line.until(/\r\n/)).toMatch(/^220 mx-out\.paper\.example/)
    line.say('EHLO me.example\r\n')
    expect(await line.until(/^250 .*\r\n/m)).not.toContain('STARTTLS')
    await world.end()
  })

  it('accepts passwords in plaintext only with the option for it', async () => {
    const offers = async (...more: readonly string[]): Promise<string> => {
      const world = await serveWorld('--scenario', 'example-test', '--submission', '0', ...more)
      const line = await Line.to(world.port('submission'))
      line.say('EHLO me.example\r\n')
      const reply = await line.until(/^250 .*\r\n/m)
      await world.end()
      return /AUTH (.*)\r/.exec(reply)?.[1] ?? ''
    }
    expect((await offers()).split(' ').sort()).toEqual(['CRAM-MD5', 'SCRAM-SHA-256'])
    expect((await offers('--allow-plaintext-auth')).split(' ').sort()).toEqual([
      'CRAM-MD5',
      'LOGIN',
      'PLAIN',
      'SCRAM-SHA-256',
    ])
  })

  it('uses real time', async () => {
    const world = await serveWorld('--scenario', 'example-test', '--smtp', '0', '--pop3', '0', '--allow-plaintext-auth')
    const smtp = await Line.to(world.port('smtp'))
    const before = Date.now()
    smtp.say('EHLO me\r\nMAIL FROM:<>\r\nRCPT TO:<bob@example.test>\r\nDATA\r\n')
    await smtp.until(/^354/m)
    smtp.say('Subject: now\r\n\r\n.\r\n')
    await smtp.until(/^250 2\.0\.0 .*queued/im)
    const pop3 = await Line.to(world.port('pop3'))
    pop3.say('USER bob@example.test\r\nPASS secret\r\nRETR 1\r\n')
    const received = Date.parse(/Received:[^;]*;\s*(.*)\r\n/.exec(await pop3.until(/^\.\r\n/m))?.[1] ?? '')
    expect(Math.abs(received - before)).toBeLessThan(5000)
    await world.end()
  })
})

describe('TLS', () => {
  let world: ServedWorld
  beforeAll(async () => {
    world = await serveWorld(
      '--scenario',
      'example-test',
      '--smtp',
      '0',
      '--submissions',
      '0',
      '--imaps',
      '0',
      '--pop3s',
      '0',
    )
  })
  afterAll(async () => {
    await world.end()
  })

  it.each(['submissions', 'imaps', 'pop3s'])(
    'begins with the connection on --%s, with a certificate for this machine',
    async (option) => {
      const socket = dialTls({ port: world.port(option), host: '127.0.0.1', rejectUnauthorized: false })
      await once(socket, 'secureConnect')
      expect(socket.getPeerCertificate().subjectaltname).toContain('DNS:localhost')
      expect(socket.getPeerCertificate().subjectaltname).toContain('IP Address:127.0.0.1')
      expect(socket.getPeerCertificate().subjectaltname).toContain('DNS:mail.example.test')
      const [greeting] = (await once(socket, 'data')) as [Buffer]
      expect(greeting.toString()).toMatch(/^(220 |\* OK |\+OK )/)
      socket.destroy()
    },
  )

  it('follows STARTTLS, and plaintext after STARTTLS is discarded', async () => {
    const line = await Line.to(world.port('smtp'))
    line.say('EHLO me\r\n')
    await line.until(/^250 .*\r\n/m)
    line.say('STARTTLS\r\nMAIL FROM:<mallory@example.test>\r\n')
    await line.until(/^220 2.*\r\n$/m)
    await line.startTls()
    line.say('RCPT TO:<bob@example.test>\r\n')
    expect(await line.until(/\r\n/)).toMatch(/^503/)
    line.say('EHLO me\r\n')
    expect(await line.until(/^250 .*\r\n/m)).not.toContain('STARTTLS')
  })

  it('refuses a second handshake on a connection that has had one', async () => {
    const socket = dialTls({
      port: world.port('imaps'),
      host: '127.0.0.1',
      rejectUnauthorized: false,
      maxVersion: 'TLSv1.2',
    })
    await once(socket, 'data')
    const again = new Promise<string>((resolve) => {
      socket.once('error', ({ code = '' }: NodeJS.ErrnoException) => resolve(code))
      socket.renegotiate({ rejectUnauthorized: false }, () => resolve('done'))
    })
    expect(await again).toBe('ERR_SSL_NO_RENEGOTIATION')
    socket.destroy()
  })

  it('half a handshake does not disturb other clients', async () => {
    const half = dial(world.port('submissions'), '127.0.0.1')
    await once(half, 'connect')
    // The first octets of a ClientHello, and then silence.
    half.write(Buffer.from([0x16, 0x03, 0x01, 0x02, 0x00, 0x01]))
    const wrong = dial(world.port('submissions'), '127.0.0.1')
    wrong.on('error', () => {})
    wrong.write('EHLO this is not TLS\r\n')
    await once(wrong, 'close')
    const line = await Line.to(world.port('smtp'))
    expect(await line.until(/\r\n/)).toMatch(/^220 /)
    half.destroy()
  })
})
