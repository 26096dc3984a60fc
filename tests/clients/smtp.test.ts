import { createTransport } from 'nodemailer'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { describeWith, run } from '../support/program'
import { type ServedWorld, serveWorld } from '../support/servedWorld'
import { asWritten, collect } from './maildrop'
import { EVERYTHING, testMessage } from './testMessage'

/** Real programs that send mail, with a served world. */
let world: ServedWorld
beforeAll(async () => {
  world = await serveWorld(...EVERYTHING)
})
afterAll(async () => {
  await world.end()
})

const port = (option: string): string => String(world.port(option))

/** Bob has received this message and nothing else, as it was written. */
async function bobHas(subject: string): Promise<string> {
  const messages = await collect(world, 'bob@example.test')
  expect(messages.map((message) => asWritten(message, 'Subject'))).toEqual([testMessage(subject)])
  return messages[0] as string
}

/** The trace field's `with`, which shows the protocol in the server's view (RFC 3848). */
const protocolOf = (message: string): string | undefined => /\swith (\S+)/.exec(message)?.[1]

describeWith(
  'curl',
  ['curl', '--version'],
  'curl',
)('curl', () => {
  const send = (url: string, ...more: readonly string[]) =>
    run(
      'curl',
      ['-sS', '-k', url, '--mail-from', 'alice@example.test', '--mail-rcpt', 'bob@example.test', '-T', '-', ...more],
      { input: testMessage('curl') },
    )
  const user = ['--user', 'alice@example.test:secret']

  it('hands a letter to port 25', async () => {
    expect(await send(`smtp://127.0.0.1:${port('smtp')}/me.example`)).toMatchObject({ code: 0, stderr: '' })
    expect(protocolOf(await bobHas('curl'))).toBe('ESMTP')
  })

  it('hands over a file with line feeds alone: they are lines of the letter, and end nothing', async () => {
    const text = 'Subject: curl\n\nOne line.\n.\nAnother.\n'
    const sent = await run(
      'curl',
      ['-sS', `smtp://127.0.0.1:${port('smtp')}/me.example`, '--mail-from', 'alice@example.test'].concat([
        '--mail-rcpt',
        'bob@example.test',
        '-T',
        '-',
      ]),
      { input: text },
    )
    expect(sent).toMatchObject({ code: 0, stderr: '' })
    const [message, ...more] = await collect(world, 'bob@example.test')
    expect(more).toEqual([])
    expect(message).toContain(text.replaceAll('\n', '\r\n'))
  })

  it.each(['PLAIN', 'LOGIN', 'CRAM-MD5'])('submits with AUTH %s', async (mechanism) => {
    const auth = [...user, '--login-options', `AUTH=${mechanism}`]
    expect(await send(`smtp://127.0.0.1:${port('submission')}/me.example`, ...auth)).toMatchObject({
      code: 0,
      stderr: '',
    })
    expect(protocolOf(await bobHas('curl'))).toBe('ESMTPA')
  })

  it('submits under STARTTLS', async () => {
    const sent = await send(`smtp://127.0.0.1:${port('submission')}/me.example`, '--ssl-reqd', ...user)
    expect(sent).toMatchObject({ code: 0, stderr: '' })
    expect(protocolOf(await bobHas('curl'))).toBe('ESMTPSA')
  })

  it('submits under TLS from the start', async () => {
    const sent = await send(`smtps://127.0.0.1:${port('submissions')}/me.example`, ...user)
    expect(sent).toMatchObject({ code: 0, stderr: '' })
    expect(protocolOf(await bobHas('curl'))).toBe('ESMTPSA')
  })

  it('is told of a wrong password', async () => {
    // 67: the user name, password, or similar was not accepted.
    const sent = await send(`smtp://127.0.0.1:${port('submission')}/me.example`, '--user', 'alice@example.test:wrong')
    expect(sent.code).toBe(67)
    expect(await collect(world, 'bob@example.test')).toEqual([])
  })
})

describeWith(
  'swaks',
  ['swaks', '--version'],
  'swaks',
)('swaks', () => {
  const send = (to: string, ...more: readonly string[]) => {
    const envelope = ['--helo', 'me.example', '--from', 'alice@example.test', '--to', 'bob@example.test']
    return run('swaks', ['--server', `127.0.0.1:${to}`, ...envelope, '--data', '-', ...more], {
      // It adds an end of line to its input.
      input: testMessage('swaks').replace(/\r\n/g, '\n').replace(/\n$/, ''),
    })
  }
  const user = ['--auth-user', 'alice@example.test', '--auth-password', 'secret']

  it('hands a letter to port 25', async () => {
    expect(await send(port('smtp'))).toMatchObject({ code: 0 })
    expect(protocolOf(await bobHas('swaks'))).toBe('ESMTP')
  })

  it.each(['PLAIN', 'LOGIN', 'CRAM-MD5'])('submits with AUTH %s', async (mechanism) => {
    expect(await send(port('submission'), '--auth', mechanism, ...user)).toMatchObject({ code: 0 })
    expect(protocolOf(await bobHas('swaks'))).toBe('ESMTPA')
  })

  it.each(['PLAIN', 'LOGIN', 'CRAM-MD5'])('submits with AUTH %s under STARTTLS', async (mechanism) => {
    expect(await send(port('submission'), '--tls', '--auth', mechanism, ...user)).toMatchObject({ code: 0 })
    expect(protocolOf(await bobHas('swaks'))).toBe('ESMTPSA')
  })

  it('submits under TLS from the start', async () => {
    expect(await send(port('submissions'), '--tls-on-connect', '--auth', ...user)).toMatchObject({ code: 0 })
    expect(protocolOf(await bobHas('swaks'))).toBe('ESMTPSA')
  })

  it('pipelines', async () => {
    expect(await send(port('smtp'), '--pipeline')).toMatchObject({ code: 0 })
    await bobHas('swaks')
  })

  it.each([
    ['a user who does not exist', 'nobody@example.test', '550 5.1.1'],
    ['another domain: port 25 relays for nobody', 'friend@elsewhere.test', '5.7.1'],
  ])('is refused %s', async (_, to, reply) => {
    // 24: no recipient was accepted.
    const sent = await send(port('smtp'), '--to', to)
    expect(sent.code).toBe(24)
    expect(sent.stdout).toContain(reply)
  })
})

describeWith(
  'msmtp',
  ['msmtp', '--version'],
  'msmtp',
)('msmtp', () => {
  const send = (to: string, ...more: readonly string[]) =>
    run(
      'msmtp',
      [
        '--file=/dev/null',
        '--host=127.0.0.1',
        `--port=${to}`,
        '--domain=me.example',
        '--from=alice@example.test',
        ...more,
        'bob@example.test',
      ],
      { input: testMessage('msmtp').replace(/\r\n/g, '\n') },
    )
  const user = ['--user=alice@example.test', '--passwordeval=echo secret']
  const tls = ['--tls=on', '--tls-certcheck=off']

  it('hands a letter to port 25', async () => {
    expect(await send(port('smtp'))).toMatchObject({ code: 0, stderr: '' })
    expect(protocolOf(await bobHas('msmtp'))).toBe('ESMTP')
  })

  it.each(['cram-md5', 'scram-sha-256'])('submits with %s in plaintext', async (mechanism) => {
    expect(await send(port('submission'), `--auth=${mechanism}`, ...user)).toMatchObject({ code: 0, stderr: '' })
    expect(protocolOf(await bobHas('msmtp'))).toBe('ESMTPA')
  })

  it.each(['plain', 'login', 'cram-md5', 'scram-sha-256'])('submits with %s under STARTTLS', async (mechanism) => {
    expect(await send(port('submission'), `--auth=${mechanism}`, ...user, ...tls)).toMatchObject({
      code: 0,
      stderr: '',
    })
    expect(protocolOf(await bobHas('msmtp'))).toBe('ESMTPSA')
  })

  it('submits under TLS from the start', async () => {
    const sent = await send(port('submissions'), '--auth=on', ...user, ...tls, '--tls-starttls=off')
    expect(sent).toMatchObject({ code: 0, stderr: '' })
    expect(protocolOf(await bobHas('msmtp'))).toBe('ESMTPSA')
  })

  it('is told of a wrong password', async () => {
    // EX_NOPERM of sysexits.h.
    const sent = await send(
      port('submission'),
      '--auth=scram-sha-256',
      '--user=alice@example.test',
      '--passwordeval=echo no',
    )
    expect(sent.code).toBe(77)
  })
})

describeWith(
  'Python',
  ['python3', '-c', 'import smtplib'],
  'python3',
)('smtplib of Python', () => {
  const python = (script: string) =>
    run('python3', ['-c', `import smtplib, ssl, sys\ntls = ssl._create_unverified_context()\n${script}`], {
      input: testMessage('smtplib'),
    })
  const read = "letter = sys.stdin.buffer.read()\nwho = ('alice@example.test', ['bob@example.test'], letter)\n"

  it('hands a letter to port 25', async () => {
    const sent = await python(`${read}with smtplib.SMTP('127.0.0.1', ${port('smtp')}) as s:\n  print(s.sendmail(*who))`)
    expect(sent).toMatchObject({ code: 0, stdout: '{}\n' })
    await bobHas('smtplib')
  })

  it('submits under STARTTLS', async () => {
    const sent = await python(
      `${read}with smtplib.SMTP('127.0.0.1', ${port('submission')}) as s:\n  s.starttls(context=tls)\n` +
        "  print(s.login('alice@example.test', 'secret'))\n  print(s.sendmail(*who))",
    )
    expect(sent).toMatchObject({ code: 0 })
    expect(sent.stdout).toMatch(/^\(235, .*\n\{\}\n$/)
    expect(protocolOf(await bobHas('smtplib'))).toBe('ESMTPSA')
  })

  it('submits under TLS from the start', async () => {
    const sent = await python(
      `${read}with smtplib.SMTP_SSL('127.0.0.1', ${port('submissions')}, context=tls) as s:\n` +
        "  s.login('alice@example.test', 'secret')\n  print(s.sendmail(*who))",
    )
    expect(sent).toMatchObject({ code: 0, stdout: '{}\n' })
    await bobHas('smtplib')
  })

  it('learns which recipients are refused, and the others get the letter', async () => {
    const sent = await python(
      `${read}with smtplib.SMTP('127.0.0.1', ${port('smtp')}) as s:\n` +
        "  print(s.sendmail(who[0], ['nobody@example.test', 'bob@example.test'], letter))",
    )
    expect(sent.stdout).toMatch(/^\{'nobody@example\.test': \(550, b'5\.1\.1 /)
    await bobHas('smtplib')
  })
})

describe('nodemailer', () => {
  const auth = { user: 'alice@example.test', pass: 'secret' }
  const tls = { rejectUnauthorized: false }
  const send = async (options: object): Promise<string> => {
    const transport = createTransport({ host: '127.0.0.1', name: 'me.example', tls, ...options })
    const envelope = { from: 'alice@example.test', to: ['bob@example.test'] }
    const { response } = await transport.sendMail({ envelope, raw: testMessage('nodemailer') })
    return response
  }

  it('hands a letter to port 25', async () => {
    expect(await send({ port: world.port('smtp'), ignoreTLS: true })).toMatch(/^250 2\.0\.0 /)
    expect(protocolOf(await bobHas('nodemailer'))).toBe('ESMTP')
  })

  it.each(['PLAIN', 'LOGIN', 'CRAM-MD5'])('submits with AUTH %s', async (authMethod) => {
    await send({ port: world.port('submission'), ignoreTLS: true, auth, authMethod })
    expect(protocolOf(await bobHas('nodemailer'))).toBe('ESMTPA')
  })

  it('submits under STARTTLS', async () => {
    await send({ port: world.port('submission'), requireTLS: true, auth })
    expect(protocolOf(await bobHas('nodemailer'))).toBe('ESMTPSA')
  })

  it('submits under TLS from the start', async () => {
    await send({ port: world.port('submissions'), secure: true, auth })
    expect(protocolOf(await bobHas('nodemailer'))).toBe('ESMTPSA')
  })

  it('is told of a wrong password', async () => {
    const wrong = send({ port: world.port('submission'), auth: { ...auth, pass: 'wrong' } })
    await expect(wrong).rejects.toMatchObject({ code: 'EAUTH', responseCode: 535 })
  })
})
