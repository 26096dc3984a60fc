import { fromText } from '../../src/base/octets'
import { deliver } from '../../src/mail/store'
import { BOB, EPOCH, MemoryHost } from '../../src/protocols/imap/testing/memoryHost'
import type { ImapClient } from './imapClient'
import { dovecotIsHere, type ImapServer, startDovecot, startEhlo } from './imapServers'
import { median, type Result, ratioOf } from './result'

/** A mail program's waiting times in a large mailbox: the same program with `ehlo serve` and with Dovecot, over loopback. */

const MESSAGES = 10_000
const COPIES = 10
const ROUNDS = 9

const FETCH = 'FETCH 1:* ENVELOPE'
const UID_FETCH = 'UID FETCH 1:* (FLAGS ENVELOPE)'

interface Measured {
  readonly name: string
  readonly command: string
  /** Converts a time in milliseconds to the printed figure. */
  readonly unit: 'envelopes a second' | 'ms'
}

const MEASURED: readonly Measured[] = [
  { name: 'fetch', command: FETCH, unit: 'envelopes a second' },
  { name: 'uidFetch', command: UID_FETCH, unit: 'envelopes a second' },
  { name: 'searchText', command: `SEARCH TEXT needle${MESSAGES - 1}x`, unit: 'ms' },
]

const SELECT: Measured = { name: `select${MESSAGES * COPIES}`, command: 'SELECT Archive', unit: 'ms' }

function message(n: number): string {
  const header = [
    `Received: from mx-out.paper.example by mx.bird.example with ESMTPS id ${n};\r\n\tSat, 21 Nov 2026 09:30:00 +0000`,
    `From: "Alice ${n}" <alice${n}@paper.example>`,
    'To: Bob <bob@bird.example>, carol@bird.example',
    `Subject: Letter number ${n}`,
    'Date: Sat, 21 Nov 2026 09:30:00 +0000',
    `Message-ID: <${n}@paper.example>`,
    'MIME-Version: 1.0',
    'Content-Type: text/plain; charset=utf-8',
  ]
  const body = `${'The quick brown fox jumps over the lazy dog, and over again.\r\n'.repeat(20)}needle${n}x\r\n`
  return `${header.join('\r\n')}\r\n\r\n${body}`
}

/** A server with the messages in its INBOX, open, and ten times as many in its Archive. */
async function filled(server: ImapServer): Promise<ImapClient> {
  const client = await server.login()
  const messages = Array.from({ length: MESSAGES }, (_, n) => message(n + 1))
  for (let at = 0; at < MESSAGES; at += 100) {
    await client.command(...messages.slice(at, at + 100).map((text) => `APPEND INBOX {${text.length}+}\r\n${text}`))
  }
  await client.command('CREATE Archive', 'SELECT INBOX')
  for (let copy = 0; copy < COPIES; copy++) await client.command('UID COPY 1:* Archive')
  return client
}

/** The envelopes in the answer, by message: both servers must have done the same work. */
function envelopesIn(told: Buffer): readonly string[] {
  return [...told.toString('latin1').matchAll(/^\* [0-9]+ FETCH \(ENVELOPE (.*)\)\r$/gm)].map(
    ([, text]) => text as string,
  )
}

async function timesOf(clients: readonly ImapClient[], command: string, before?: string): Promise<readonly number[][]> {
  const times: number[][] = clients.map(() => [])
  for (let round = 0; round < ROUNDS; round++) {
    for (const [at, client] of clients.entries()) {
      if (before !== undefined) await client.command(before)
      times[at]?.push(await client.timed(command))
    }
  }
  return times
}

/** Our server without a wire: the time of the answer itself. */
function fromMemory(): Result {
  const host = new MemoryHost()
  for (let n = 1; n <= MESSAGES; n++) host.store = deliver(host.store, BOB, 'INBOX', fromText(message(n)), EPOCH)[0]
  const end = host.connect().selectInbox()
  const times = Array.from({ length: ROUNDS + 1 }, () => {
    const started = performance.now()
    end.receive(`a ${FETCH}\r\n`)
    return performance.now() - started
  })
  return resultOf({ name: 'fetchFromMemory', command: FETCH, unit: 'envelopes a second' }, [times.slice(1)])
}

function resultOf({ name, unit }: Measured, [ours = [], theirs]: readonly (readonly number[])[]): Result {
  const figure = (times: readonly number[]): number =>
    unit === 'ms' ? Math.round(median(times) * 10) / 10 : Math.round((MESSAGES / median(times)) * 1000)
  return {
    name,
    unit,
    ours: figure(ours),
    ...(theirs ? { peer: figure(theirs), ratio: ratioOf(ours, theirs) } : {}),
  }
}

export async function fetch(): Promise<Result> {
  const servers: ImapServer[] = []
  try {
    servers.push(await startEhlo())
    if (dovecotIsHere()) servers.push(await startDovecot())
    else process.stderr.write('Dovecot is not here, so nothing is compared (Debian has it in dovecot-imapd).\n')
    const clients: ImapClient[] = []
    for (const server of servers) clients.push(await filled(server))
    const told: string[] = []
    for (const client of clients) {
      const envelopes = envelopesIn(await client.command(FETCH))
      if (envelopes.length !== MESSAGES) throw new Error(`${envelopes.length} of ${MESSAGES} envelopes were told`)
      told.push(envelopes.join('\n'))
    }
    if (told.some((each) => each !== told[0])) throw new Error('the servers tell different envelopes')
    const results: Result[] = []
    for (const each of MEASURED) results.push(resultOf(each, await timesOf(clients, each.command)))
    results.push(fromMemory())
    results.push(resultOf(SELECT, await timesOf(clients, SELECT.command, 'UNSELECT')))
    for (const client of clients) client.close()
    const [first, ...also] = results
    return { ...(first as Result), also }
  } finally {
    for (const server of servers) await server.end()
  }
}
