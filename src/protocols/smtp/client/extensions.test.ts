import { describe, expect, it } from 'vitest'
import { EMPTY, octets } from '../../../base/octets'
import { BOB, ClientUnderTest, converse, messageTo } from '../testing/stubClient'
import { guardedInput, inputs, relayInput, ServerUnderTest } from '../testing/stubHost'
import type { SmtpMessage } from './types'

describe('a server with TLS', () => {
  const user = { helloName: 'laptop.paper.example', credentials: { user: 'alice', password: 'secret' } }
  const said = (client: ClientUnderTest): string[] =>
    client.said.split('\r\n').map((line) => line.split(' ').slice(0, 2).join(' '))

  it('is asked for TLS, greeted again, and only then gets the password', () => {
    const client = new ClientUnderTest([messageTo([BOB])], { ...user, tls: 'opportunistic', mechanisms: ['PLAIN'] })
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

  it('gets no password if TLS is `never` and the server refuses plaintext logins', () => {
    const client = new ClientUnderTest([messageTo([BOB])], { ...user, mechanisms: ['PLAIN'] })
    converse(client, new ServerUnderTest(guardedInput))
    expect(client.said).not.toMatch(/AUTH|STARTTLS/)
    expect(client.reports).toMatchObject([{ outcome: 'refused', reply: { code: 530 } }])
  })

  it('is greeted once with implicit TLS', () => {
    const client = new ClientUnderTest([messageTo([BOB])], { ...user, tls: 'implicit' })
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
  ] as const)('that %s gets no message if encryption is required', (_, input, replies) => {
    const client = new ClientUnderTest([messageTo([BOB])], { helloName: 'a.example', tls: 'required' })
    if (input) converse(client, new ServerUnderTest(input))
    else for (const reply of replies) client.receive(reply)
    expect(client.said).not.toContain('MAIL')
    expect(client.said).toMatch(/QUIT\r\n$/)
    expect(client.reports).toMatchObject([{ outcome: 'deferred', accepted: [], reply: { enhanced: '4.7.4' } }])
  })

  it('that offers TLS and cannot begin it gets the message in plaintext if TLS is opportunistic', () => {
    const client = new ClientUnderTest([messageTo([BOB])], { helloName: 'a.example', tls: 'opportunistic' })
    client.receive('220 mx ESMTP\r\n')
    expect(client.receive('250-mx\r\n250 STARTTLS\r\n')).toBe('STARTTLS\r\n')
    expect(client.receive('454 4.7.0 No certificate\r\n')).toBe('MAIL FROM:<alice@paper.example>\r\n')
  })

  it('loses all extensions from before TLS', () => {
    const client = new ClientUnderTest([messageTo([BOB])], { helloName: 'a.example', tls: 'opportunistic' })
    client.receive('220 mx ESMTP\r\n')
    client.receive('250-mx\r\n250-SIZE 10\r\n250 STARTTLS\r\n')
    // Plaintext after 220 may come from an attacker.
    client.receive('220 Go\r\n250-mx\r\n250 AUTH PLAIN\r\n')
    client.input({ type: 'secured' })
    expect(client.said).toMatch(/STARTTLS\r\nEHLO a\.example\r\n$/)
    client.pending = EMPTY
    // Nor an earlier offer: this server knows only HELO.
    expect(client.receive('500 What?\r\n')).toBe('HELO a.example\r\n')
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
    const client = new ClientUnderTest([messageTo([BOB])], {
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
    const client = new ClientUnderTest([messageTo([BOB])], {
      helloName: 'a.example',
      credentials: { user: 'alice', password: 'secret' },
      nonce,
    })
    client.receive('220 mx ESMTP\r\n')
    client.receive('250-mx\r\n250 AUTH SCRAM-SHA-256\r\n')
    return client
  }

  it('is cancelled if the challenge is malformed', () => {
    const client = scram()
    expect(client.receive('334 !!!\r\n')).toBe('*\r\n')
    expect(client.receive('501 5.7.0 Cancelled\r\n')).toBe('QUIT\r\n')
    expect(client.reports).toMatchObject([{ outcome: 'refused', reply: { code: 501 } }])
  })

  it('fails at a server that has not proven itself', () => {
    const client = scram()
    expect(client.receive('235 2.7.0 Come in\r\n')).toBe('QUIT\r\n')
    expect(client.reports).toMatchObject([{ outcome: 'deferred', reply: { enhanced: '4.7.0' } }])
  })
})

describe('an extension of the server', () => {
  const dsn = {
    ret: 'HDRS',
    envid: 'one two',
    recipients: { [BOB]: { notify: ['SUCCESS', 'DELAY'], orcpt: 'rfc822;bob+x@bird.example' } },
  } as const
  const asking = (): SmtpMessage => ({
    ...messageTo([BOB, 'carol@bird.example']),
    envelope: { ...messageTo([BOB]).envelope, dsn },
  })

  it('is used: notices', () => {
    const client = new ClientUnderTest([asking()])
    const server = new ServerUnderTest()
    converse(client, server)
    expect(client.said).toContain('MAIL FROM:<alice@paper.example> SIZE=28 RET=HDRS ENVID=one+20two\r\n')
    expect(client.said).toContain(
      'RCPT TO:<bob@bird.example> NOTIFY=SUCCESS,DELAY ORCPT=rfc822;bob+2Bx@bird.example\r\n',
    )
    expect(server.taken[0]?.envelope).toEqual({ reversePath: 'alice@paper.example', forwardPaths: [BOB], dsn })
  })

  it('is not assumed: no notices', () => {
    const client = new ClientUnderTest([asking()])
    client.receive('220 mx ESMTP\r\n')
    expect(client.receive('250 mx\r\n')).toBe('MAIL FROM:<alice@paper.example>\r\n')
    expect(client.receive('250 Ok\r\n')).toBe('RCPT TO:<bob@bird.example>\r\n')
  })

  it('is used: addresses beyond ASCII, and only if the message needs it', () => {
    const abroad: SmtpMessage = {
      envelope: { reversePath: 'zo\u00eb@paper.example', forwardPaths: [BOB], smtpUtf8: true },
      message: octets('Hello.\r\n'),
    }
    const client = new ClientUnderTest([
      abroad,
      { ...messageTo([BOB]), envelope: { ...messageTo([BOB]).envelope, smtpUtf8: true } },
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

  it('is not assumed: a message that needs SMTPUTF8 fails, and the next one is sent', () => {
    const client = new ClientUnderTest([messageTo(['j\u00fcrgen@b\u00fccher.example']), messageTo([BOB])])
    client.receive('220 mx ESMTP\r\n')
    expect(client.receive('250-mx\r\n250 8BITMIME\r\n')).toBe('MAIL FROM:<alice@paper.example>\r\n')
    expect(client.reports).toMatchObject([{ outcome: 'refused', reply: { enhanced: '5.6.7' } }])
  })
})
