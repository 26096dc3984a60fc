import { describe, expect, it } from 'vitest'
import { octets } from '../../base/octets'
import { instant } from '../../base/time'
import type { Meaning } from '../../session/session'
import { isIn } from '../../view/panels/chart'
import { lineFields } from '../../view/panels/inspected'
import { hasVerdict, partsOf, rowsOf, titleOf } from '../../view/panels/transcriptRows'
import type { TranscriptLine } from '../../view/run/transcript'

const line = (text: string, kind: Meaning['kind'], name: string, fact = 0, part = 0): TranscriptLine => ({
  fact,
  part,
  at: instant(0),
  speaker: kind === 'reply' || kind === 'response' ? 'server' : 'client',
  host: 'h',
  octets: octets(text),
  start: 0,
  end: text.length + 2,
  means: { kind, name },
  last: true,
  data: kind === 'mailData',
  command: kind === 'command',
  encrypted: false,
})

describe('the fields of a line', () => {
  it.each([
    ['SMTP', 'RCPT TO:<bob@bird.example>\r\n', ['verb', 'path', 'line end']],
    [
      'SMTP',
      '250-SIZE 1000\r\n250 2.1.0 Ok\r\n',
      [
        'reply code',
        'more follows',
        'reply text',
        'line end',
        'reply code',
        'last line',
        'status code',
        'space',
        'reply text',
        'line end',
      ],
    ],
    ['SMTP', 'DATA\r\n', ['verb', 'line end']],
    ['POP3', '+OK 1 120\r\n', ['status', 'space', 'text', 'line end']],
    ['POP3', 'RETR 1\r\n', ['verb', 'space', 'argument', 'line end']],
    ['IMAP', 'a1 SELECT INBOX\r\n', ['tag', 'space', 'word', 'space', 'rest', 'line end']],
    ['IMAP', '* 1 EXISTS\r\n', ['untagged', 'space', 'number', 'space', 'word', 'line end']],
  ] as const)('%s %j', (protocol, payload, names) => {
    const fields = lineFields(octets(payload), protocol)
    expect(fields.map((field) => field.name)).toEqual(names)
    // Every octet belongs to exactly one field.
    let at = 0
    for (const field of fields) {
      expect(field.start).toBe(at)
      at = field.end
    }
    expect(at).toBe(payload.length)
  })

  it('fill the whole packet, however long its payload is', () => {
    const fields = lineFields(octets('x\r\n'.repeat(1000)), 'SMTP')
    expect(fields.length).toBeLessThan(130)
    expect(fields.at(-1)?.end).toBe(3000)
  })
})

describe('rows of a transcript', () => {
  it('number commands and shorten letters until they are opened', () => {
    const message = Array.from({ length: 100 }, (_, n) => line(`line ${n}`, 'mailData', '', 5, n))
    const lines = [
      line('EHLO a', 'command', 'EHLO'),
      line('250 ok', 'reply', '250', 1),
      ...message,
      line('QUIT', 'command', 'QUIT', 6),
    ]
    const rows = rowsOf(lines, new Set())
    expect(rows.at(-2)).toEqual({ type: 'more', fact: 5, part: 0, hidden: 76 })
    expect(rows.at(-1)).toMatchObject({ number: 2 })
    expect(rowsOf(lines, new Set([5]))).toHaveLength(103)
  })

  it.each([
    [line('MAIL FROM:<a@b>', 'command', 'MAIL'), 'MAIL FROM:'],
    [line('250-SIZE', 'reply', '250'), '250'],
    [line('a1 LOGIN bob x', 'command', 'LOGIN'), 'a1 LOGIN'],
    [line('a4 UID FETCH 1 BODY.PEEK[]', 'command', 'UID FETCH'), 'a4 UID FETCH'],
    [line('* 1 EXISTS', 'response', 'EXISTS'), '* 1 EXISTS'],
    [line('EHLO ehlo', 'command', 'EHLO'), 'EHLO'],
    [line('+OK ready', 'reply', '+OK'), '+OK'],
    [line('Subject: hi', 'mailData', ''), ''],
    [line('1 120', 'response', 'listing'), ''],
    [line(')', 'response', 'FETCH', 0, 3), ''],
    [line('AGJvYgB4', 'line', 'AGJVYGB4'), ''],
  ])('emphasize the first word of a line', (said, lead) => {
    expect(partsOf(said)[0]).toBe(lead)
    expect(partsOf(said).join('')).toBe(said.octets)
  })
})

describe('a tick or a cross', () => {
  it('is on the last line of a reply only', () => {
    const last = line('250 Ok', 'reply', '250')
    expect(hasVerdict(last)).toBe(true)
    expect(hasVerdict({ ...last, last: false })).toBe(false)
    expect(hasVerdict({ ...last, octets: octets('.'), means: { kind: 'response', name: 'listing' } })).toBe(false)
    expect(hasVerdict(line('QUIT', 'command', 'QUIT'))).toBe(false)
  })
})

describe('the title of a dialogue', () => {
  it('is its protocol, or "connection" if there was no reply', () => {
    const same = (text: string) => text
    const names = { short: same, title: same, label: same, sentence: same }
    const seen = {
      connection: 'c1',
      client: 'alice-laptop',
      server: 'mx.bird',
      port: 99,
      protocol: 'TEXT',
      typed: true,
      openedAt: instant(0),
      started: 0,
      state: 'timedOut',
      opened: false,
      sessions: {},
      encrypted: false,
    } as const
    expect(titleOf(seen, names)).toBe('A connection, alice-laptop to mx.bird, port 99, typed by hand')
    expect(titleOf({ ...seen, protocol: 'SMTP', typed: false, port: 25 }, names)).toBe(
      'SMTP alice-laptop to mx.bird, port 25',
    )
  })
})

describe('where TLS begins in a transcript', () => {
  const said = (text: string, fact: number, encrypted: boolean): TranscriptLine => ({
    ...line(text, 'command', text, fact),
    encrypted,
  })
  it('is shown once, between the last plaintext line and the first encrypted one', () => {
    const lines = [said('STARTTLS', 1, false), said('EHLO a', 2, true), said('QUIT', 3, true)]
    expect(rowsOf(lines, new Set()).map((row) => (row.type === 'line' ? row.line.octets : row))).toEqual([
      'STARTTLS',
      { type: 'tls', whole: false },
      'EHLO a',
      'QUIT',
    ])
  })
  it('is shown at the top if every line is encrypted, and not at all if none is', () => {
    expect(rowsOf([said('EHLO a', 2, true)], new Set())[0]).toEqual({ type: 'tls', whole: true })
    expect(rowsOf([said('EHLO a', 2, false)], new Set()).some((row) => row.type === 'tls')).toBe(false)
  })
})

describe('isIn', () => {
  it('is true for the present state and the states around it', () => {
    expect(isIn('session.greeted', 'session')).toBe(true)
    expect(isIn('session.greeted', 'session.greeted')).toBe(true)
    expect(isIn('session.greeted', 'sess')).toBe(false)
  })
})
