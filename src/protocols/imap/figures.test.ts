import { expect, it } from 'vitest'
import { fromText } from '../../base/octets'
import { deliver } from '../../mail/store'
import { BOB, EPOCH, MemoryHost } from './testing/memoryHost'

/** The cost of large mailboxes. The best of several tries counts: a busy machine only ever adds time. */

const message = (n: number, lines: number) =>
  fromText(
    `Received: from mx-out.paper.example by mx.bird.example with ESMTPS id ${n};\r\n\tSat, 21 Nov 2026 09:30:00 +0000\r\n` +
      `From: "Alice ${n}" <alice${n}@paper.example>\r\nTo: Bob <bob@bird.example>, carol@bird.example\r\n` +
      `Subject: Letter number ${n}\r\nDate: Sat, 21 Nov 2026 09:30:00 +0000\r\nMessage-ID: <${n}@paper.example>\r\n` +
      `MIME-Version: 1.0\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n` +
      `${'The quick brown fox jumps over the lazy dog, and over again.\r\n'.repeat(lines)}needle${n}\r\n`,
  )

function filled(count: number, lines: number): MemoryHost {
  const host = new MemoryHost()
  let { store } = host
  for (let n = 0; n < count; n++) [store] = deliver(store, BOB, 'INBOX', message(n, lines), EPOCH)
  host.store = store
  return host
}

function best(tries: number, act: () => void): number {
  const times = Array.from({ length: tries }, () => {
    const begin = performance.now()
    act()
    return performance.now() - begin
  })
  return Math.min(...times)
}

it('a mailbox of 100,000 messages opens in 50 ms, and one more message is delivered in 1 ms', {
  timeout: 120_000,
}, () => {
  const host = filled(100_000, 1)
  const end = host.connect()
  end.say(`LOGIN ${BOB} secret`)
  expect(best(7, () => expect(end.receive('a SELECT INBOX\r\n')).toContain('* 100000 EXISTS\r\n'))).toBeLessThan(50)
  const idler = host.connect().selectInbox()
  expect(best(20, () => (host.store = deliver(host.store, BOB, 'INBOX', message(1, 1), EPOCH)[0]))).toBeLessThan(1)
  expect(idler.alive).toBe(true)
})

it('10,000 messages are searched for a text in 300 ms, and their envelopes fetched in a second', {
  timeout: 120_000,
}, () => {
  const end = filled(10_000, 20).connect().selectInbox()
  const searched = best(5, () =>
    expect(end.receive('a SEARCH TEXT needle9999\r\n')).toBe('* SEARCH 10000\r\na OK That is all\r\n'),
  )
  expect(searched).toBeLessThan(300)
  const told = best(3, () => expect(end.receive('a FETCH 1:* ENVELOPE\r\n').length).toBeGreaterThan(2_000_000))
  expect(told).toBeLessThan(1000)
})
