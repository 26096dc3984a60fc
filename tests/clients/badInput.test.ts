import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { MAX_CONNECTIONS } from '../../src/adapters/node/serve/limits'
import { Line } from '../support/line'
import { type ServedWorld, serveWorld } from '../support/servedWorld'
import { collect } from './maildrop'
import { EVERYTHING } from './testMessage'

/** Input of strangers at a socket. Each time the servers must stay up, and lose no accepted message. */
let world: ServedWorld
beforeEach(async () => {
  world = await serveWorld(...EVERYTHING)
})
afterEach(async () => {
  await stillServes()
  await world.end()
})

/** A message still goes through. */
async function stillServes(): Promise<void> {
  const line = await Line.to(world.port('smtp'))
  line.say('EHLO me\r\nMAIL FROM:<>\r\nRCPT TO:<bob@example.test>\r\nDATA\r\n')
  await line.until(/^354/m)
  line.say('Subject: still here\r\n\r\n.\r\nQUIT\r\n')
  await line.until(/^221 /m)
  expect((await collect(world, 'bob@example.test')).at(-1)).toContain('Subject: still here')
}

/** A session of SMTP after EHLO. */
async function greeted(): Promise<Line> {
  const line = await Line.to(world.port('smtp'))
  line.say('EHLO me\r\n')
  await line.until(/^250 .*\r\n/m)
  return line
}

describe('SMTP', () => {
  it.each([1000, 10_000, 1_000_000])('a line of %i octets is refused, and the next one is read', async (length) => {
    const line = await greeted()
    line.say(`${'x'.repeat(length)}\r\nNOOP\r\n`)
    const replies = (await line.until(/^250 .*\r\n/m)).split('\r\n')
    expect(replies).toEqual([expect.stringMatching(/^500 /), expect.stringMatching(/^250 /), ''])
  })

  it('a line that never ends takes bounded memory', async () => {
    const line = await greeted()
    const before = process.memoryUsage().heapUsed
    for (let sent = 0; sent < 8; sent++) {
      line.say('x'.repeat(1_048_576))
      await new Promise((resolve) => setImmediate(resolve))
    }
    line.say('\r\nNOOP\r\n')
    await line.until(/^250 .*\r\n/m)
    expect(process.memoryUsage().heapUsed - before).toBeLessThan(64 * 1_048_576)
  })

  it.each([
    ['NUL', '\0'],
    ['8-bit octets', 'M\xe4IL FROM:<\xff@\xfe>'],
    ['an empty line', ''],
    ['a TLS ClientHello', '\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03'],
  ])('%s is no command', async (_, text) => {
    const line = await greeted()
    line.say(`${text}\r\nNOOP\r\n`)
    expect(await line.until(/^250 2.*\r\n/m)).toMatch(/^50\d /)
  })

  it('a request of HTTP ends the connection, so a web page delivers nothing', async () => {
    const line = await greeted()
    line.say('POST / HTTP/1.1\r\nMAIL FROM:<>\r\n')
    await line.until(/^421 4\.7\.0 .*\r\n/m)
    await expect(line.until(/^250/m)).rejects.toThrow('the server closed')
  })

  it('10,000 times the same recipient: the letter arrives once', async () => {
    const line = await greeted()
    line.say(`MAIL FROM:<>\r\n${'RCPT TO:<bob@example.test>\r\n'.repeat(10_000)}DATA\r\n`)
    const replies = (await line.until(/^354 .*\r\n/m)).split('\r\n').slice(1, -2)
    expect(replies).toHaveLength(10_000)
    expect(replies.filter((reply) => !/^(250 2\.1\.5|452 4\.5\.3) /.test(reply))).toEqual([])
    line.say('Subject: many\r\n\r\n.\r\n')
    await line.until(/^250 2/m)
    expect(await collect(world, 'bob@example.test')).toHaveLength(1)
  })

  it('10,000 recipients: the first hundred are taken, and every other is put off with 452', async () => {
    const line = await Line.to(world.port('submission'))
    const plain = Buffer.from('\0alice@example.test\0secret').toString('base64')
    const recipients = Array.from({ length: 10_000 }, (_, at) => `RCPT TO:<r${at}@elsewhere.test>\r\n`)
    line.say(`EHLO me\r\nAUTH PLAIN ${plain}\r\nMAIL FROM:<alice@example.test>\r\n`)
    await line.until(/^250 2\.1\.0 .*\r\n/m)
    line.say(`${recipients.join('')}RSET\r\n`)
    const replies = (await line.until(/^250 2\.0\.0 .*\r\n/m)).split('\r\n').slice(0, -2)
    expect(replies.slice(0, 100).filter((reply) => !reply.startsWith('250 2.1.5 '))).toEqual([])
    expect(replies.slice(100).filter((reply) => !reply.startsWith('452 4.5.3 '))).toEqual([])
    expect(replies).toHaveLength(10_000)
  })

  it.each(['2147483648', '99999999999999999999', '-1', '1e9'])('SIZE=%s is refused before the letter', async (size) => {
    const line = await greeted()
    line.say(`MAIL FROM:<> SIZE=${size}\r\n`)
    expect(await line.until(/\r\n/)).toMatch(/^5(52 5\.3\.4|01 5\.5\.)/)
  })

  it('more data than the limit is refused at its end, without being kept', async () => {
    const line = await greeted()
    line.say('MAIL FROM:<>\r\nRCPT TO:<bob@example.test>\r\nDATA\r\n')
    await line.until(/^354/m)
    const piece = `${'x'.repeat(76)}\r\n`.repeat(1000)
    for (let sent = 0; sent < 100; sent++) line.say(piece)
    line.say('\r\n.\r\n')
    expect(await line.until(/\r\n/)).toMatch(/^552 5\.3\.4 /)
  })

  it('a BDAT chunk above the limit is discarded and refused (RFC 3030 section 2)', async () => {
    const line = await greeted()
    line.say('MAIL FROM:<>\r\nRCPT TO:<bob@example.test>\r\n')
    await line.until(/^250 2\.1\.5/m)
    line.say(`BDAT 4000000 LAST\r\n${'x'.repeat(4_000_000)}NOOP\r\n`)
    expect(await line.until(/^250 .*\r\n/m)).toMatch(/^552 5\.3\.4 .*\r\n250 2\.0\.0 /)
  })

  it('a client that breaks off in the middle of a letter sends nothing', async () => {
    for (const breakOff of ['reset', 'hangUp'] as const) {
      const line = await greeted()
      line.say('MAIL FROM:<>\r\nRCPT TO:<bob@example.test>\r\nDATA\r\n')
      await line.until(/^354/m)
      line.say('Subject: half\r\n\r\nhalf a let')
      line[breakOff]()
    }
    expect(await collect(world, 'bob@example.test')).toEqual([])
  })

  it('a client that sends everything at once and closes gets every reply', async () => {
    const line = await Line.to(world.port('smtp'))
    line.say('EHLO me\r\nMAIL FROM:<>\r\nRCPT TO:<bob@example.test>\r\nNOOP\r\n')
    line.finish()
    expect(await line.rest()).toMatch(/250 2\.1\.5 .*\r\n250 2\.0\.0 .*\r\n/)
  })

  it('the server stops reading from a client that does not read, until it reads again', async () => {
    const line = await greeted()
    line.stopReading()
    const HELPS = 20_000
    line.say('HELP\r\n'.repeat(HELPS))
    await stillServes()
    line.readAgain()
    line.say('QUIT\r\n')
    const replies = await line.until(/^221 .*\r\n/m)
    expect(replies.match(/^214 .*\r\n/gm)).toHaveLength(HELPS)
  })
})

describe('connections', () => {
  it(`one more than ${MAX_CONNECTIONS} is turned away; when one is gone, there is room again`, async () => {
    const lines: Line[] = []
    for (let at = 0; at < MAX_CONNECTIONS; at++) lines.push(await Line.to(world.port('smtp')))
    for (const line of lines) await line.until(/^220 /)
    const tooMany = await Line.to(world.port('pop3'))
    await tooMany.closed
    lines[0]?.say('QUIT\r\n')
    await expect.poll(() => world.outsideConnections()).toBe(MAX_CONNECTIONS - 1)
    const next = await Line.to(world.port('pop3'))
    expect(await next.until(/\r\n/)).toMatch(/^\+OK/)
    for (const line of [...lines, next]) line.hangUp()
    await expect.poll(() => world.outsideConnections()).toBe(0)
  })

  it('clients that connect and close at once leave nothing behind', async () => {
    for (let at = 0; at < 500; at++) {
      const line = await Line.to(world.port(['smtp', 'submission', 'imap', 'pop3', 'imaps'][at % 5] as string))
      if (at % 2 === 0) line.reset()
      else line.hangUp()
    }
    await stillServes()
    await expect.poll(() => [world.outsideConnections(), world.connections()]).toEqual([0, 0])
  })
})

describe('POP3 and IMAP', () => {
  it.each([
    ['pop3', 'x'.repeat(100_000), /^-ERR /m, 'QUIT', /^\+OK /m],
    ['pop3', '\0\xff\x00', /^-ERR /m, 'QUIT', /^\+OK /m],
    ['imap', 'a LOGIN {4294967296}', /^(?:a (?:BAD|NO)|\* BYE) /m, 'b NOOP', /^(?:b OK|\* BYE) /m],
    ['imap', 'a LOGIN "x', /^a BAD /m, 'b NOOP', /^b OK /m],
    ['imap', `a ${'('.repeat(5000)}`, /^(?:a|\*) BAD /m, 'b NOOP', /^b OK /m],
    ['imap', '\0\xff', /BAD /m, 'b NOOP', /^b OK /m],
  ])('%s answers input that it cannot parse, and continues', async (option, bad, refusal, good, answer) => {
    const line = await Line.to(world.port(option))
    await line.until(/\r\n/)
    line.say(`${bad}\r\n`)
    expect(await line.until(refusal)).toMatch(refusal)
    line.say(`${good}\r\n`)
    await line.until(answer)
  })
})
