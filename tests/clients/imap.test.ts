import { mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { ImapFlow } from 'imapflow'
import { describe, expect, it } from 'vitest'
import { describeWith, run } from '../support/program'
import { asWritten, collect, deliver } from './maildrop'
import { testMessage } from './testMessage'
import { BOB, file, folder, inFiles, onTwoMessages, testMessages, world, written } from './twoMessages'

/** Real programs that read mail by IMAP. Two messages lie in Bob's INBOX. */
onTwoMessages()

/** The messages of a Maildir, in the order of their subjects. */
const maildir = (path: string): readonly string[] =>
  ['new', 'cur']
    .flatMap((part) => readdirSync(join(path, part)).map((name) => readFileSync(join(path, part, name), 'latin1')))
    // mbsync writes its own mark into each message.
    .map((message) => (asWritten(message, 'Subject') ?? '').replace(/^X-TUID: .*\n/m, ''))
    .sort()
/** Every file below a folder with its contents: they must not change if there is nothing to do. */
const tree = (path: string): readonly string[] =>
  readdirSync(path, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .map((name) => `${name}\n${readFileSync(name, 'latin1')}`)
    .sort()

describeWith(
  'curl',
  ['curl', '--version'],
  'curl',
)('curl', () => {
  const ask = (url: string, ...more: readonly string[]) =>
    run('curl', ['-sS', '-k', '-u', `${BOB}:secret`, url, ...more])

  it.each([
    ['in the clear', () => [`imap://127.0.0.1:${world.port('imap')}`]],
    ['after STARTTLS', () => [`imap://127.0.0.1:${world.port('imap')}`, '--ssl-reqd']],
    ['under TLS from the start', () => [`imaps://127.0.0.1:${world.port('imaps')}`]],
  ] as [string, () => string[]][])('lists, searches and fetches %s', async (_, how) => {
    const [url = '', ...options] = how()
    const list = await ask(`${url}/`, ...options)
    const names = list.stdout.match(/\S+(?=\r?$)/gm)?.map((name) => name.replaceAll('"', ''))
    expect(names?.sort()).toEqual(['Drafts', 'INBOX', 'Junk', 'Sent', 'Trash'])
    expect((await ask(`${url}/INBOX?SUBJECT%20second`, ...options)).stdout.trim()).toBe('* SEARCH 2')
    expect(written([(await ask(`${url}/INBOX;UID=2`, ...options)).stdout])).toEqual([testMessages[1]])
    expect((await ask(`${url}/INBOX;UID=1;SECTION=HEADER.FIELDS%20(SUBJECT)`, ...options)).stdout.trim()).toBe(
      'Subject: first',
    )
  })

  it('appends', async () => {
    const url = `imap://127.0.0.1:${world.port('imap')}`
    expect(await ask(`${url}/Sent`, '-T', file('letter', testMessage('third')))).toMatchObject({ code: 0 })
    expect(written([(await ask(`${url}/Sent;UID=1`)).stdout])).toEqual([testMessage('third')])
  })
})

describeWith(
  'mbsync',
  ['mbsync', '--version'],
  'isync',
)('mbsync', () => {
  it.each([
    ['imap', 'SSLType STARTTLS'],
    ['imaps', 'SSLType IMAPS'],
  ])('synchronizes in both directions at --%s, and has nothing to do the second time', async (port, ssl) => {
    const host = `Host 127.0.0.1\nPort ${world.port(port)}\nUser ${BOB}\nPass secret\nAuthMechs *\n${ssl}\nCertificateFile ${await certificate(port)}`
    const local = join(folder, 'mail')
    mkdirSync(local)
    const rc = file(
      'mbsyncrc',
      `IMAPAccount there\n${host}\n\nIMAPStore far\nAccount there\n\nMaildirStore near\nPath ${local}/\nInbox ${local}/INBOX\n\n` +
        'Channel all\nFar :far:\nNear :near:\nPatterns *\nCreate Both\nRemove Both\nExpunge Both\nSyncState *\n',
    )
    const sync = () => run('mbsync', ['-c', rc, '-a'], { env: { HOME: folder } })
    expect(await sync()).toMatchObject({ code: 0 })
    expect(maildir(join(local, 'INBOX'))).toEqual(inFiles)
    expect(readdirSync(local).sort()).toEqual(['Drafts', 'INBOX', 'Junk', 'Sent', 'Trash'])
    const before = tree(folder)
    expect(await sync()).toMatchObject({ code: 0 })
    expect(tree(folder)).toEqual(before)
    // A message put into the local mailbox, and one flagged as deleted there.
    file('mail/INBOX/new/1.local', inFiles[0]?.replace('first', 'third') ?? '')
    const [first = ''] = readdirSync(join(local, 'INBOX/new')).filter((name) =>
      readFileSync(join(local, 'INBOX/new', name), 'latin1').includes('Subject: second'),
    )
    rmSync(join(local, 'INBOX/new', first))
    expect(await sync()).toMatchObject({ code: 0 })
    expect(written(await collect(world, BOB)).map((text) => text?.split('\r\n')[0])).toEqual([
      'Subject: first',
      'Subject: third',
    ])
  })
})

/** The certificate of a world, for programs that insist on knowing it. */
async function certificate(port: string): Promise<string> {
  const starttls = port === 'imap' ? ['-starttls', 'imap'] : []
  const { stdout } = await run('openssl', ['s_client', '-connect', `127.0.0.1:${world.port(port)}`, ...starttls])
  const pem = /-----BEGIN CERTIFICATE-----[\s\S]*?-----END CERTIFICATE-----/.exec(stdout)?.[0]
  return file('certificate.pem', `${pem}\n`)
}

describeWith(
  'offlineimap',
  ['offlineimap', '--version'],
  'offlineimap3',
)('offlineimap', () => {
  it('synchronizes in both directions, and has nothing to do the second time', async () => {
    const rc = file(
      'offlineimaprc',
      [
        '[general]',
        'accounts = bob',
        `metadata = ${folder}/state`,
        'ui = quiet',
        '[Account bob]',
        'localrepository = near',
        'remoterepository = far',
        '[Repository near]',
        'type = Maildir',
        `localfolders = ${folder}/mail`,
        '[Repository far]',
        'type = IMAP',
        'remotehost = localhost',
        `remoteport = ${world.port('imaps')}`,
        `remoteuser = ${BOB}`,
        'remotepass = secret',
        'ssl = yes',
        `sslcacertfile = ${await certificate('imaps')}`,
        '',
      ].join('\n'),
    )
    const sync = () => run('offlineimap', ['-c', rc, '-o'], { env: { HOME: folder } })
    expect(await sync()).toMatchObject({ code: 0 })
    expect(maildir(join(folder, 'mail/INBOX'))).toEqual(inFiles)
    const before = tree(join(folder, 'mail'))
    expect(await sync()).toMatchObject({ code: 0 })
    expect(tree(join(folder, 'mail'))).toEqual(before)
    file('mail/INBOX/new/1.local', inFiles[0]?.replace('first', 'third') ?? '')
    expect(await sync()).toMatchObject({ code: 0 })
    expect(written(await collect(world, BOB)).map((text) => text?.includes('Subject: third'))).toEqual([
      false,
      false,
      true,
    ])
  })
})

describeWith(
  'mutt',
  ['mutt', '-v'],
  'mutt',
)('mutt', () => {
  it('opens the mailbox and copies a letter into a file', async () => {
    const rc = file(
      'muttrc',
      [
        `set folder = imaps://127.0.0.1:${world.port('imaps')}`,
        `set imap_user = "${BOB}"`,
        'set imap_pass = secret',
        'set spoolfile = +INBOX',
        'set ssl_usesystemcerts = no',
        `set certificate_file = ${await certificate('imaps')}`,
        'set ssl_verify_host = no',
        'set confirmappend = no',
        'set confirmcreate = no',
        'set delete = yes',
        `push "<delete-pattern>~s first<enter><tag-pattern>~A<enter><tag-prefix><copy-message>${folder}/copy<enter><untag-pattern>~A<enter><quit>"`,
        '',
      ].join('\n'),
    )
    // It needs a terminal.
    const ran = await run('script', ['-qec', `mutt -n -F ${rc}`, '/dev/null'], { env: { HOME: folder, TERM: 'vt100' } })
    expect(ran.code).toBe(0)
    const copied = readFileSync(join(folder, 'copy'), 'latin1')
    for (const subject of ['first', 'second']) expect(copied).toContain(`Subject: ${subject}\n`)
    expect(written(await collect(world, BOB))).toEqual([testMessages[1]])
  })
})

describeWith(
  'Python',
  ['python3', '-c', 'import imaplib'],
  'python3',
)('imaplib of Python', () => {
  it.each([
    ['in the clear', "m = imaplib.IMAP4('127.0.0.1', PORT)", 'imap'],
    ['after STARTTLS', "m = imaplib.IMAP4('127.0.0.1', PORT); m.starttls(tls)", 'imap'],
    ['under TLS from the start', "m = imaplib.IMAP4_SSL('127.0.0.1', PORT, ssl_context=tls)", 'imaps'],
  ])('walks through a mailbox %s', async (_, open, port) => {
    const script = [
      'import imaplib, json, ssl',
      'tls = ssl._create_unverified_context()',
      open.replace('PORT', String(world.port(port))),
      `m.login('${BOB}', 'secret')`,
      'told = {}',
      "told['exists'] = m.select('INBOX')[1][0].decode()",
      "told['messages'] = [m.fetch(n, '(BODY.PEEK[])')[1][0][1].decode('latin1') for n in ('1', '2')]",
      "told['found'] = m.search(None, 'SUBJECT', 'second')[1][0].decode()",
      "m.create('Work'); m.copy('1', 'Work'); m.store('1', '+FLAGS', '(\\\\Deleted)'); m.expunge()",
      "told['left'] = m.uid('search', None, 'ALL')[1][0].decode()",
      "told['copied'] = m.status('Work', '(MESSAGES)')[1][0].decode()",
      'print(json.dumps(told))',
      'm.close(); m.logout()',
    ].join('\n')
    const { code, stdout, stderr } = await run('python3', ['-c', script])
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
    const told = JSON.parse(stdout)
    expect(told).toMatchObject({ exists: '2', found: '2', left: '2' })
    expect(told.copied).toMatch(/^"?Work"? \(MESSAGES 1\)$/)
    expect(written(told.messages)).toEqual(testMessages)
  })
})

describeWith(
  'Mail::IMAPClient',
  ['perl', '-MMail::IMAPClient', '-e1'],
  'libmail-imapclient-perl',
)('Mail::IMAPClient of Perl', () => {
  it.each([
    ['in the clear', 'imap', ''],
    ['after STARTTLS', 'imap', 'Starttls => [SSL_verify_mode => 0],'],
    ['under TLS from the start', 'imaps', 'Ssl => [SSL_verify_mode => 0],'],
  ])('walks through a mailbox %s', async (_, port, tls) => {
    const script = [
      'use strict; use Mail::IMAPClient;',
      `my $m = Mail::IMAPClient->new(Server => '127.0.0.1', Port => ${world.port(port)}, ${tls} User => '${BOB}', Password => 'secret', Uid => 1) or die $@;`,
      "$m->select('INBOX') or die;",
      'print join(",", $m->messages), "\\n";',
      'print join(",", $m->search(SUBJECT => $m->Quote("second"))), "\\n";',
      'print join(",", sort $m->folders), "\\n";',
      "$m->move('Trash', 1) or die $m->LastError; $m->expunge;",
      'print $m->message_count("INBOX"), $m->message_count("Trash"), "\\n";',
      'print $m->message_string(2); $m->logout;',
    ].join('\n')
    const { code, stdout, stderr } = await run('perl', ['-e', script])
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
    const [all, found, names, counts] = stdout.split('\n')
    expect([all, found, names, counts]).toEqual(['1,2', '2', 'Drafts,INBOX,Junk,Sent,Trash', '11'])
    expect(written([stdout])).toEqual([testMessages[1]])
  })
})

describe('imapflow', () => {
  it.each(['imap', 'imaps'])('reads, sets flags, moves and gets notifications at --%s', async (option) => {
    const client = new ImapFlow({
      host: '127.0.0.1',
      port: world.port(option),
      secure: option === 'imaps',
      auth: { user: BOB, pass: 'secret' },
      tls: { rejectUnauthorized: false },
      logger: false,
    })
    await client.connect()
    const uses = (await client.list()).map(({ path, specialUse }) => [path, specialUse])
    expect(Object.fromEntries(uses)).toEqual({
      INBOX: '\\Inbox',
      Drafts: '\\Drafts',
      Sent: '\\Sent',
      Trash: '\\Trash',
      Junk: '\\Junk',
    })
    const lock = await client.getMailboxLock('INBOX')
    const subjects: (string | undefined)[] = []
    for await (const message of client.fetch('1:*', { envelope: true, source: true, bodyStructure: true })) {
      subjects.push(message.envelope?.subject)
      expect(message.bodyStructure?.type).toBe('text/plain')
      expect(written([message.source?.toString('latin1') ?? ''])).toEqual([testMessages[message.seq - 1]])
    }
    expect(subjects).toEqual(['first', 'second'])
    await client.messageFlagsAdd('1', ['\\Seen', '$Important'])
    expect(await client.search({ seen: true })).toEqual([1])
    expect(await client.messageMove('1', 'Trash')).toMatchObject({ destination: 'Trash' })
    const news = new Promise((resolve) => client.once('exists', resolve))
    void client.idle()
    await deliver(world, BOB, [testMessage('third')])
    expect(await news).toMatchObject({ path: 'INBOX', count: 2, prevCount: 1 })
    lock.release()
    expect(await client.status('Trash', { messages: true })).toMatchObject({ messages: 1 })
    await client.logout()
  })

  it('with QRESYNC learns of every message that was removed while it was offline', async () => {
    const open = async () => {
      const client = new ImapFlow({
        host: '127.0.0.1',
        port: world.port('imap'),
        secure: false,
        auth: { user: BOB, pass: 'secret' },
        tls: { rejectUnauthorized: false },
        logger: false,
        qresync: true,
      })
      await client.connect()
      const { highestModseq = 0n } = await client.mailboxOpen('INBOX')
      return { client, highestModseq }
    }
    const removed = async (...uids: readonly number[]): Promise<readonly number[]> => {
      const { client: first, highestModseq: changedSince } = await open()
      await first.logout()
      const { client: other } = await open()
      await other.messageDelete(uids.join(','), { uid: true })
      await other.logout()
      const { client: again } = await open()
      const heard: number[] = []
      again.on('expunge', ({ uid = 0 }) => heard.push(uid))
      for await (const _ of again.fetch('1:*', { uid: true, flags: true }, { uid: true, changedSince }));
      await again.logout()
      return heard
    }
    expect(await removed(2)).toEqual([2])
    await deliver(world, BOB, [testMessage('third')])
    expect(await removed(1, 3)).toEqual([1, 3])
  })
})
