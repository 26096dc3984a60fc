import { describe, expect, it } from 'vitest'
import { BOB, MemoryHost, message, type ServerEnd } from './testing/memoryHost'

const OK = expect.stringMatching(/^t OK/)

function login(host: MemoryHost): ServerEnd {
  const end = host.connect()
  end.say(`LOGIN ${BOB} secret`)
  return end
}
const recentIn = (lines: readonly string[]): readonly string[] => lines.filter((line) => line.endsWith(' RECENT'))
const select = (end: ServerEnd, verb = 'SELECT'): readonly string[] => recentIn(end.say(`${verb} INBOX`))

/** A mailbox with two messages that are no longer recent, and two that are. */
function newMessages(): MemoryHost {
  const host = new MemoryHost([message('a'), message('b')])
  host.deliver(message('c'))
  host.deliver(message('d'))
  return host
}

describe('\\Recent (RFC 3501 section 2.3.2)', () => {
  it('is on messages that came since a session last had the mailbox open', () => {
    const host = newMessages()
    const one = login(host)
    expect(one.say('STATUS INBOX (RECENT)')[0]).toBe('* STATUS "INBOX" (RECENT 2)')
    expect(select(one)).toEqual(['* 2 RECENT'])
    expect(one.say('FETCH 2:3 FLAGS')).toEqual(['* 2 FETCH (FLAGS ())', '* 3 FETCH (FLAGS (\\Recent))', OK])
    expect(one.say('STORE 4 +FLAGS (\\Seen)')[0]).toBe('* 4 FETCH (FLAGS (\\Seen \\Recent))')
    expect(one.say('SEARCH RECENT')[0]).toBe('* SEARCH 3 4')
    expect(one.say('SEARCH NEW')[0]).toBe('* SEARCH 3')
    expect(one.say('SEARCH OLD')[0]).toBe('* SEARCH 1 2')
    expect(one.say('STATUS INBOX (RECENT)')[0]).toBe('* STATUS "INBOX" (RECENT 2)')
    const later = login(host)
    expect(later.say('STATUS INBOX (RECENT)')[0]).toBe('* STATUS "INBOX" (RECENT 0)')
    expect(select(later)).toEqual(['* 0 RECENT'])
    expect(later.say('FETCH 3 FLAGS')[0]).toBe('* 3 FETCH (FLAGS ())')
    expect(select(one)).toEqual(['* 0 RECENT'])
  })

  it('is not lost by EXAMINE and STATUS', () => {
    const host = newMessages()
    const looker = login(host)
    expect(select(looker, 'EXAMINE')).toEqual(['* 2 RECENT'])
    expect(looker.say('FETCH 4 FLAGS')[0]).toBe('* 4 FETCH (FLAGS (\\Recent))')
    expect(select(login(host), 'EXAMINE')).toEqual(['* 2 RECENT'])
    host.deliver(message('e'))
    expect(recentIn(looker.say('NOOP'))).toEqual(['* 3 RECENT'])
    expect(select(login(host))).toEqual(['* 3 RECENT'])
  })

  it.each(['NOOP', 'IDLE'])('is told by one of the sessions that look, at %s', (command) => {
    const host = new MemoryHost([message('a')])
    const sessions = [login(host), login(host), login(host)]
    const [looker, one, two] = sessions as [ServerEnd, ServerEnd, ServerEnd]
    select(looker, 'EXAMINE')
    select(one)
    select(two)
    if (command === 'IDLE') for (const each of sessions) each.say('IDLE')
    host.deliver(message('b'))
    const heard = sessions.map((each) => (command === 'IDLE' ? each.sent() : each.say('NOOP').join('\n')))
    expect(heard.map((text) => /\* 2 EXISTS\r?\n\* (\d) RECENT/.exec(text)?.[1])).toEqual(['0', '1', '0'])
    expect(select(login(host))).toEqual(['* 0 RECENT'])
  })

  it('is on appended and copied messages, first of all for the session that adds them', () => {
    const host = new MemoryHost([message('a')])
    const other = login(host)
    select(other)
    const one = login(host)
    select(one)
    expect(one.say('COPY 1 INBOX')).toEqual(['* 2 EXISTS', '* 1 RECENT', OK])
    expect(recentIn(other.say('NOOP'))).toEqual(['* 0 RECENT'])
    one.say('COPY 1 Trash')
    expect(one.say('STATUS Trash (RECENT)')[0]).toBe('* STATUS "Trash" (RECENT 1)')
    expect(one.say('STORE 2 FLAGS (\\Recent)')[0]).toMatch(/^t BAD/)
  })

  it('goes with the message', () => {
    const one = login(newMessages())
    select(one)
    one.say('STORE 3 +FLAGS.SILENT (\\Deleted)')
    one.say('EXPUNGE')
    expect(one.say('SEARCH RECENT')[0]).toBe('* SEARCH 3')
    one.host.deliver(message('e'))
    expect(one.say('NOOP')).toEqual(['* 4 EXISTS', '* 2 RECENT', OK])
  })

  it('is unknown once IMAP4rev2 is switched on (RFC 9051 appendix E)', () => {
    const one = login(newMessages())
    select(one)
    one.say('ENABLE IMAP4rev2')
    expect(one.say('FETCH 4 FLAGS')[0]).toBe('* 4 FETCH (FLAGS ())')
    one.host.deliver(message('e'))
    expect(one.say('NOOP')).toEqual(['* 5 EXISTS', OK])
    expect(select(one)).toEqual([])
  })
})

describe('a new keyword (RFC 9051 section 7.3.5)', () => {
  const news = (...keywords: string[]) => [
    `* FLAGS (\\Answered \\Flagged \\Deleted \\Seen \\Draft ${keywords.join(' ')})`,
    `* OK [PERMANENTFLAGS (\\Answered \\Flagged \\Deleted \\Seen \\Draft ${keywords.join(' ')} \\*)] These marks are kept`,
  ]
  function two() {
    const host = new MemoryHost([message('a'), message('b')])
    const [one, other] = [login(host), login(host)]
    select(one)
    select(other)
    return { host, one, other }
  }

  it('is reported once to the session that sets it and to others, before a message with it is reported', () => {
    const { one, other } = two()
    expect(one.say('STORE 1 +FLAGS (Work)')).toEqual([...news('Work'), '* 1 FETCH (FLAGS (Work))', OK])
    expect(one.say('STORE 2 +FLAGS (work)')).toEqual(['* 2 FETCH (FLAGS (work))', OK])
    expect(other.say('NOOP')).toEqual([...news('Work'), '* 1 FETCH (FLAGS (Work))', '* 2 FETCH (FLAGS (work))', OK])
    expect(other.say('STORE 2 +FLAGS.SILENT (Play)')).toEqual([...news('Work', 'Play'), OK])
    one.say('IDLE')
    other.say('STORE 1 FLAGS.SILENT (Rest)')
    expect(one.sent().split('\r\n').slice(0, -1)).toEqual([...news('Work', 'Play', 'Rest'), '* 1 FETCH (FLAGS (Rest))'])
  })

  it('of a new message is reported with its flags', () => {
    const { one, other } = two()
    one.receive('t APPEND INBOX (Work) {1+}\r\nx\r\n')
    expect(other.say('NOOP')).toEqual(['* 3 EXISTS', '* 0 RECENT', OK])
    expect(other.say('FETCH 3 FLAGS')).toEqual([...news('Work'), '* 3 FETCH (FLAGS (Work))', OK])
  })

  it('may not be set in a mailbox that is open read-only', () => {
    const { one, other } = two()
    select(one, 'EXAMINE')
    other.say('STORE 1 +FLAGS (Work)')
    expect(one.say('NOOP').slice(0, 2)).toEqual([
      '* FLAGS (\\Answered \\Flagged \\Deleted \\Seen \\Draft Work)',
      '* OK [PERMANENTFLAGS ()] No marks can be changed',
    ])
  })
})
