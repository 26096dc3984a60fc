import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import Pop3Command from 'node-pop3'
import { describe, expect, it, vi } from 'vitest'
import { describeWith, run } from '../support/program'
import { asWritten, collect, deliver } from './maildrop'
import { testMessage } from './testMessage'
import {
  asInFile,
  BOB,
  file,
  folder,
  inFiles,
  onTwoMessages,
  serveAnew,
  testMessages,
  world,
  written,
} from './twoMessages'

/** Real programs that collect mail by POP3. Two messages lie in Bob's maildrop. */
onTwoMessages()

/** A third message with UTF-8 in its header, and its form for a program without UTF8. */
const third = testMessage('third')
const inUtf8 = third.replace('third', 'Gr\xc3\xbc\xc3\x9fe')
const inAscii = third.replace('third', '=?UTF-8?B?R3LDvMOfZQ==?=')

/** The messages of an mbox file, without the additions of the format. */
const mbox = (path: string): readonly (string | undefined)[] =>
  written(
    readFileSync(path, 'latin1')
      .split(/^From .*\n/m)
      .slice(1)
      // The format puts an empty line after each message.
      .map((message) => message.replace(/\n$/, '')),
  )

describeWith(
  'curl',
  ['curl', '--version'],
  'curl',
)('curl', () => {
  const ask = (url: string, ...more: readonly string[]) =>
    run('curl', ['-sS', '-k', '-u', `${BOB}:secret`, url, ...more])

  it.each([
    ['in the clear', () => [`pop3://127.0.0.1:${world.port('pop3')}`]],
    ['after STLS', () => [`pop3://127.0.0.1:${world.port('pop3')}`, '--ssl-reqd']],
    ['under TLS from the start', () => [`pop3s://127.0.0.1:${world.port('pop3s')}`]],
  ] as [string, () => string[]][])('lists and retrieves %s', async (_, how) => {
    const [url = '', ...options] = how()
    const list = await ask(`${url}/`, ...options)
    expect(
      list.stdout
        .trim()
        .split(/\r?\n/)
        .map((line) => line.split(' ')[0]),
    ).toEqual(['1', '2'])
    const second = await ask(`${url}/2`, ...options)
    expect(written([second.stdout])).toEqual([testMessages[1]])
  })

  it('deletes', async () => {
    expect(await ask(`pop3://127.0.0.1:${world.port('pop3')}/1`, '-X', 'DELE', '--head')).toMatchObject({ code: 0 })
    expect(written(await collect(world, BOB))).toEqual([testMessages[1]])
  })
})

describeWith(
  'fetchmail',
  ['fetchmail', '--version'],
  'fetchmail',
)('fetchmail', () => {
  const fetch = (protocol: string, port: string, ssl: string) => {
    const user = `user "${BOB}" password "secret" mda "cat >> ${folder}/%T" ${ssl}`
    const rc = file('fetchmailrc', `poll 127.0.0.1 protocol ${protocol} port ${world.port(port)}\n  ${user}\n`)
    return run('fetchmail', ['-f', rc, '--nodetach', '--nosyslog', '--mda', `cat >> ${folder}/got`], {
      env: { FETCHMAILHOME: folder, HOME: folder, LC_ALL: 'C' },
    })
  }

  it.each([
    ['POP3', 'pop3', 'sslproto ""'],
    ['POP3', 'pop3', 'sslproto "TLS1+" no sslcertck'],
    ['POP3', 'pop3s', 'ssl no sslcertck'],
    ['IMAP', 'imap', 'sslproto "TLS1+" no sslcertck'],
    ['IMAP', 'imaps', 'ssl no sslcertck'],
  ])('empties the mailbox by %s at --%s with %s', async (protocol, port, ssl) => {
    expect(await fetch(protocol, port, ssl)).toMatchObject({ code: 0 })
    const got = readFileSync(join(folder, 'got'), 'latin1')
    for (const text of inFiles) expect(got).toContain(text.slice(text.indexOf('\n\n')).trimEnd())
    expect(await collect(world, BOB)).toEqual([])
    // 1: there was no mail.
    expect(await fetch(protocol, port, ssl)).toMatchObject({ code: 1 })
  })

  it('takes a letter with UTF-8 in its header with the others', async () => {
    await deliver(world, BOB, [inUtf8])
    expect(await fetch('POP3', 'pop3', 'sslproto ""')).toMatchObject({ code: 0 })
    const got = readFileSync(join(folder, 'got'), 'latin1')
    expect([...got.matchAll(/^Subject: .*/gm)].map(String)).toEqual(
      ['first', 'second', '=?UTF-8?B?R3LDvMOfZQ==?='].map((subject) => `Subject: ${subject}`),
    )
    expect(await collect(world, BOB)).toEqual([])
  })
})

describeWith(
  'getmail',
  ['getmail', '--version'],
  'getmail6',
)('getmail', () => {
  // It starts the command before it listens for the command's end; an end before that it misses, and waits a minute.
  // On Linux, the command waits until SIGCHLD (17, bit 16) is among the signals that its parent catches.
  const UNTIL_AWAITED =
    'while [ -e /proc/$PPID/status ] && ! grep -q SigCgt.*[13579bdf]....$ /proc/$PPID/status; do :; done'

  const configured = (retriever: string, port: string): string =>
    file(
      'getmailrc',
      [
        '[retriever]',
        `type = ${retriever}`,
        'server = 127.0.0.1',
        `port = ${world.port(port)}`,
        `username = ${BOB}`,
        'password = secret',
        '[destination]',
        // It delivers to files only for users other than root.
        'type = MDA_external',
        'path = /bin/sh',
        `arguments = ("-c", "${UNTIL_AWAITED}; cat >> ${folder}/got")`,
        'allow_root_commands = true',
        '[options]',
        'read_all = false',
        'delivered_to = false',
        'received = false',
        '',
      ].join('\n'),
    )
  const fetch = (rc: string) => run('getmail', ['--rcfile', rc, '--getmaildir', folder], { env: { HOME: folder } })
  const got = (): readonly (string | undefined)[] => {
    const messages = readFileSync(join(folder, 'got'), 'latin1').split(/^Return-Path: .*\n/m)
    // After IMAP it adds its own field.
    return written(messages.slice(1).map((message) => message.replace(/^X-getmail-.*\n/m, '')))
  }

  it.each([
    ['SimplePOP3Retriever', 'pop3'],
    ['SimplePOP3SSLRetriever', 'pop3s'],
    ['SimpleIMAPRetriever', 'imap'],
    ['SimpleIMAPSSLRetriever', 'imaps'],
  ])('fetches each letter once with %s', async (retriever, port) => {
    const rc = configured(retriever, port)
    for (let round = 0; round < 2; round++) {
      expect(await fetch(rc)).toMatchObject({ code: 0, stderr: '' })
      expect(got()).toEqual(inFiles)
    }
  })

  it('fetches a letter with UTF-8 in its header with the others', async () => {
    await deliver(world, BOB, [inUtf8])
    expect(await fetch(configured('SimplePOP3Retriever', 'pop3'))).toMatchObject({ code: 0, stderr: '' })
    expect(got()).toEqual([...inFiles, asInFile(inAscii)])
  })
})

describeWith(
  'mpop',
  ['mpop', '--version'],
  'mpop',
)('mpop', () => {
  const fetch = (port: string, ...more: readonly string[]) =>
    run('mpop', [
      '--host=127.0.0.1',
      `--port=${world.port(port)}`,
      `--user=${BOB}`,
      '--passwordeval=echo secret',
      `--uidls-file=${folder}/uidls`,
      `--delivery=mbox,${folder}/mbox`,
      '--received-header=off',
      ...more,
    ])
  const tls = ['--tls=on', '--tls-certcheck=off']

  it.each([
    ['pop3', ['--auth=user', ...tls]],
    ['pop3', ['--auth=plain', ...tls]],
    ['pop3', ['--auth=scram-sha-256', ...tls]],
    ['pop3', ['--auth=scram-sha-256', '--tls=off']],
    ['pop3s', ['--auth=on', ...tls, '--tls-starttls=off']],
  ] as [string, string[]][])('collects and deletes at --%s with %j', async (port, options) => {
    expect(await fetch(port, ...options, '--keep=off')).toMatchObject({ code: 0, stderr: '' })
    expect(mbox(join(folder, 'mbox'))).toEqual(inFiles)
    expect(await collect(world, BOB)).toEqual([])
  })

  it('leaves letters on the server and knows them again by their unique-ids', async () => {
    for (let round = 0; round < 2; round++) {
      expect(await fetch('pop3', '--auth=on', ...tls, '--keep=on')).toMatchObject({ code: 0 })
      expect(mbox(join(folder, 'mbox'))).toEqual(inFiles)
    }
    expect(await collect(world, BOB)).toHaveLength(2)
  })

  it('collects a letter with UTF-8 in its header with the others', async () => {
    await deliver(world, BOB, [inUtf8])
    expect(await fetch('pop3', '--auth=on', ...tls, '--keep=off')).toMatchObject({ code: 0, stderr: '' })
    expect(mbox(join(folder, 'mbox'))).toEqual([...inFiles, asInFile(inAscii)])
    expect(await collect(world, BOB)).toEqual([])
  })

  it('does not mistake a letter of another start for one that it has', async () => {
    vi.useFakeTimers({ toFake: ['Date'] })
    try {
      for (const [at, subject] of ['in one world', 'in the next'].entries()) {
        vi.setSystemTime(Date.UTC(2026, 10, 23, 7, 0, at))
        await serveAnew()
        await deliver(world, BOB, [testMessage(subject)])
        expect(await fetch('pop3', '--auth=on', '--tls=off', '--keep=on')).toMatchObject({ code: 0 })
      }
    } finally {
      vi.useRealTimers()
    }
    expect(mbox(join(folder, 'mbox'))).toEqual(
      ['in one world', 'in the next'].map((subject) => asInFile(testMessage(subject))),
    )
  })
})

describeWith(
  'Python',
  ['python3', '-c', 'import poplib'],
  'python3',
)('poplib of Python', () => {
  it.each([
    ['in the clear', "p = poplib.POP3('127.0.0.1', PORT)", 'pop3'],
    ['after STLS', "p = poplib.POP3('127.0.0.1', PORT); p.stls(context=tls)", 'pop3'],
    ['under TLS from the start', "p = poplib.POP3_SSL('127.0.0.1', PORT, context=tls)", 'pop3s'],
  ])('walks through a maildrop %s', async (_, open, port) => {
    const script = [
      'import json, poplib, ssl',
      'tls = ssl._create_unverified_context()',
      open.replace('PORT', String(world.port(port))),
      `p.user('${BOB}'); p.pass_('secret')`,
      "messages = ['\\r\\n'.join(l.decode('latin1') for l in p.retr(n)[1]) + '\\r\\n' for n in (1, 2)]",
      'top = len(p.top(1, 0)[1])',
      'uidl = [l.split()[0].decode() for l in p.uidl()[1]]',
      'p.dele(1); p.noop(); count = p.stat()[0]; p.rset()',
      "print(json.dumps({'messages': messages, 'uidl': uidl, 'count': count, 'all': p.stat()[0], 'capa': sorted(p.capa())}))",
      'p.quit()',
    ].join('\n')
    const { code, stdout, stderr } = await run('python3', ['-c', script])
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
    const told = JSON.parse(stdout)
    expect(written(told.messages)).toEqual(testMessages)
    expect(told).toMatchObject({ uidl: ['1', '2'], count: 1, all: 2 })
    expect(told.capa).toEqual(expect.arrayContaining(['TOP', 'UIDL', 'PIPELINING', 'RESP-CODES']))
  })

  it.each([
    ['as it is in UTF-8 mode', 'p.utf8();', inUtf8],
    ['in ASCII without', '', inAscii],
  ])('reads a letter with UTF-8 in its header %s, and hears its true size', async (_, mode, expected) => {
    await deliver(world, BOB, [inUtf8])
    const script = [
      'import json, poplib',
      `p = poplib.POP3('127.0.0.1', ${world.port('pop3')}); ${mode} p.user('${BOB}'); p.pass_('secret')`,
      "messages = [b'\\r\\n'.join(p.retr(n)[1] + [b'']).decode('latin1') for n in (1, 2, 3)]",
      'sizes = [int(l.split()[1]) for l in p.list()[1]]',
      "print(json.dumps({'messages': messages, 'sizes': sizes, 'all': p.stat()[1]}))",
      'p.quit()',
    ].join('\n')
    const { code, stdout, stderr } = await run('python3', ['-c', script])
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
    const told = JSON.parse(stdout) as { messages: string[]; sizes: number[]; all: number }
    expect(written(told.messages)).toEqual([...testMessages, expected])
    expect(told.sizes).toEqual(told.messages.map(({ length }) => length))
    expect(told.all).toBe(told.sizes.reduce((sum, size) => sum + size, 0))
  })
})

describe('node-pop3', () => {
  it.each(['pop3', 'pop3s'])('retrieves and deletes at --%s', async (option) => {
    const pop3 = new Pop3Command({
      host: '127.0.0.1',
      port: world.port(option),
      user: BOB,
      password: 'secret',
      ...(option === 'pop3s' ? { tls: true, tlsOptions: { rejectUnauthorized: false } } : {}),
    })
    const list = (await pop3.UIDL()) as readonly (readonly string[])[]
    expect(list.map(([number]) => number)).toEqual(['1', '2'])
    // It returns the lines of the response unchanged, byte-stuffing included, without empty ones at the end.
    const stuffed = asWritten(String(await pop3.RETR(1)), 'Subject')
    expect(stuffed?.replace(/^\.\./gm, '.').trimEnd()).toBe(testMessages[0]?.trimEnd())
    await pop3.command('DELE', '1')
    await pop3.QUIT()
    expect(written(await collect(world, BOB))).toEqual([testMessages[1]])
  })
})
