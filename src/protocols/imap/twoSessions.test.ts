import { describe, expect, it } from 'vitest'
import type { ServerContext } from './session/serverContext'
import { BOB, MemoryHost, message } from './testing/memoryHost'

const OK = expect.stringMatching(/^t OK/)
function two(...subjects: string[]) {
  const host = new MemoryHost(subjects.map((subject) => message(subject)))
  return { host, one: host.connect().selectInbox(), other: host.connect().selectInbox() }
}

describe('two sessions on one mailbox', () => {
  it('reports removals at NOOP, and never during FETCH, STORE or SEARCH', () => {
    const { one, other } = two('a', 'b', 'c')
    other.say('STORE 1 +FLAGS.SILENT (\\Deleted)')
    expect(other.say('EXPUNGE')).toEqual(['* 1 EXPUNGE', OK])
    expect(one.sent()).toBe('')
    expect(one.say('FETCH 2:3 (UID)')).toEqual(['* 2 FETCH (UID 2)', '* 3 FETCH (UID 3)', OK])
    expect(one.say('SEARCH ALL')).toEqual(['* SEARCH 1 2 3', OK])
    expect(one.say('STORE 3 +FLAGS (\\Seen)')).toEqual(['* 3 FETCH (FLAGS (\\Seen))', OK])
    expect(one.say('NOOP')).toEqual(['* 1 EXPUNGE', OK])
    expect(one.say('FETCH 1:2 (UID)')).toEqual(['* 1 FETCH (UID 2)', '* 2 FETCH (UID 3)', OK])
  })

  it('answers for removed messages until it has reported the removal (RFC 2180 section 4.1.1)', () => {
    const { one, other } = two('a', 'b', 'c')
    other.say('STORE 2 +FLAGS.SILENT (\\Deleted)')
    one.say('NOOP')
    other.say('EXPUNGE')
    const body = '* 2 FETCH (UID 2 BODY[TEXT] {8}'
    expect(one.say('FETCH 2 (UID BODY.PEEK[TEXT])')).toEqual([body, 'Hello.', ')', OK])
    // The flags that it sets there belong to this session, and stay with its kept message.
    expect(one.say('STORE 1:2 +FLAGS (\\Flagged)')).toEqual([
      '* 1 FETCH (FLAGS (\\Flagged))',
      '* 2 FETCH (FLAGS (\\Deleted \\Flagged))',
      OK,
    ])
    expect(one.say('FETCH 2 BODY[TEXT]').at(-2)).toBe(' FLAGS (\\Deleted \\Flagged \\Seen))')
    expect(one.say('STORE 2 -FLAGS.SILENT (\\Flagged)')).toEqual([OK])
    expect(one.say('FETCH 2 FLAGS')).toEqual(['* 2 FETCH (FLAGS (\\Deleted \\Seen))', OK])
    expect(one.say('SEARCH SEEN')).toEqual(['* SEARCH 2', OK])
    expect(one.say('SORT (SUBJECT) UTF-8 ALL')).toEqual(['* SORT 1 2 3', OK])
    expect(one.say('THREAD REFERENCES UTF-8 ALL')).toEqual(['* THREAD (1)(2)(3)', OK])
    // By UID the removal is reported with the answer, so that a removed message is skipped.
    expect(one.say('UID FETCH 1:* (FLAGS)')).toEqual([
      '* 1 FETCH (UID 1 FLAGS (\\Flagged))',
      '* 3 FETCH (UID 3 FLAGS ())',
      '* 2 EXPUNGE',
      OK,
    ])
    expect(one.say('FETCH 2 (UID)')).toEqual(['* 2 FETCH (UID 3)', OK])
    expect(other.say('FETCH 2 (FLAGS)')[0]).toBe('* 2 FETCH (FLAGS ())')
  })

  it('keeps 64 MiB of removed messages, and none once it has reported them', () => {
    const host = new MemoryHost(
      Array.from({ length: 5 }, (_, n) => message(`${n}`, 'x'.repeat(16 * 1024 * 1024 - 300))),
    )
    const one = host.connect().selectInbox()
    const other = host.connect().selectInbox()
    other.say('STORE 1:5 +FLAGS.SILENT (\\Deleted)')
    other.say('EXPUNGE')
    const kept = () => (one.session.machine.context as ServerContext).selected?.news.kept.map(({ uid }) => uid)
    expect(kept()).toEqual([1, 2, 3, 4])
    expect(one.say('FETCH 1:* (UID)')).toEqual([
      ...[1, 2, 3, 4].map((n) => `* ${n} FETCH (UID ${n})`),
      't NO [EXPUNGEISSUED] Another session removed some of these letters; NOOP tells which',
    ])
    one.say('NOOP')
    expect(kept()).toEqual([])
  })

  it('reports removals from the highest number down', () => {
    const { one, other } = two('a', 'b', 'c', 'd')
    other.say('STORE 1,2,4 +FLAGS.SILENT (\\Deleted)')
    expect(other.say('EXPUNGE')).toEqual(['* 4 EXPUNGE', '* 2 EXPUNGE', '* 1 EXPUNGE', OK])
    expect(one.say('UID FETCH 3 (UID)')).toEqual(['* 3 FETCH (UID 3)', '* 4 EXPUNGE', '* 2 EXPUNGE', '* 1 EXPUNGE', OK])
  })

  it('reports new messages during FETCH, with numbers that count unreported removals', () => {
    const { host, one, other } = two('a', 'b')
    other.say('STORE 1 +FLAGS.SILENT (\\Deleted)')
    other.say('EXPUNGE')
    host.deliver(message('c'))
    expect(one.say('FETCH 2 (UID)')).toEqual(['* 2 FETCH (UID 2)', '* 3 EXISTS', '* 1 RECENT', OK])
    expect(one.say('FETCH 3 (UID)')).toEqual(['* 3 FETCH (UID 3)', OK])
    expect(one.say('NOOP')).toEqual(['* 1 EXPUNGE', OK])
    expect(one.say('FETCH 2 (UID)')).toEqual(['* 2 FETCH (UID 3)', OK])
  })

  it('reports flags, and nothing of messages that came and went', () => {
    const { host, one, other } = two('a')
    other.say('STORE 1 +FLAGS.SILENT (\\Flagged)')
    host.deliver(message('b'))
    other.say('NOOP')
    other.say('STORE 2 +FLAGS.SILENT (\\Deleted)')
    other.say('EXPUNGE')
    expect(one.say('NOOP')).toEqual(['* 1 FETCH (FLAGS (\\Flagged))', OK])
  })

  it('reports everything at once while idling', () => {
    const { host, one, other } = two('a', 'b')
    other.say('STORE 1 +FLAGS.SILENT (\\Seen)')
    expect(one.say('IDLE')).toEqual(['+ Waiting for news', '* 1 FETCH (FLAGS (\\Seen))'])
    host.deliver(message('c'))
    expect(one.sent()).toBe('* 3 EXISTS\r\n* 1 RECENT\r\n')
    other.say('STORE 2 +FLAGS (\\Deleted)')
    expect(one.sent()).toBe('* 2 FETCH (FLAGS (\\Deleted))\r\n')
    other.say('EXPUNGE')
    expect(one.sent()).toBe('* 2 EXPUNGE\r\n')
    expect(one.receive('done\r\n')).toBe('t OK No longer waiting\r\n')
    expect(one.say('NOOP')).toEqual([OK])
  })

  it('reports the own changes of a session once', () => {
    const { one, other } = two('a')
    expect(one.say('COPY 1 INBOX')).toEqual(['* 2 EXISTS', '* 1 RECENT', 't OK [COPYUID 7 1 2] Copied'])
    expect(one.say('NOOP')).toEqual([OK])
    expect(other.say('NOOP')).toEqual(['* 2 EXISTS', '* 0 RECENT', OK])
  })

  it('copies nothing if one of the messages named by number is gone (RFC 9051 section 6.4.7)', () => {
    const { one, other } = two('a', 'b', 'c')
    other.say('STORE 2 +FLAGS.SILENT (\\Deleted)')
    other.say('EXPUNGE')
    expect(one.say('COPY 1:3 Sent').at(-1)).toBe(
      't NO [EXPUNGEISSUED] Another session removed some of these letters, so none is copied',
    )
    expect(one.say('STATUS Sent (MESSAGES UIDNEXT)')[0]).toBe('* STATUS "Sent" (MESSAGES 0 UIDNEXT 1)')
    expect(one.say('UID COPY 1:3 Sent').at(-1)).toBe('t OK [COPYUID 9 1,3 1:2] Copied')
  })

  it('names changed messages even if another message is gone (RFC 7162 section 3.1.3)', () => {
    const { one, other } = two('a', 'b', 'c')
    one.say('ENABLE CONDSTORE')
    other.say('STORE 1 +FLAGS.SILENT (\\Flagged)')
    other.say('STORE 2 +FLAGS.SILENT (\\Deleted)')
    other.say('EXPUNGE')
    expect(one.say('STORE 1:3 (UNCHANGEDSINCE 4) +FLAGS.SILENT (\\Seen)').at(-1)).toMatch(/^t OK \[MODIFIED 1:2\] /)
  })

  it('ignores other mailboxes and other users', () => {
    const { host, one, other } = two('a')
    host.deliver(message('x'), 'eve@bird.example')
    other.say('COPY 1 Trash')
    expect(one.say('NOOP')).toEqual([OK])
    one.give({
      type: 'answered',
      answer: { type: 'mailboxChanged', changes: [{ user: BOB, mailbox: 'INBOX', kind: 'exists', uid: 1 }] } as never,
    })
    expect(one.say('NOOP')).toEqual([OK])
  })

  it('reports nothing when the mailbox is closed', () => {
    const { one, other } = two('a', 'b')
    other.say('STORE 1:2 +FLAGS.SILENT (\\Deleted)')
    other.say('UID EXPUNGE 1')
    expect(one.say('CLOSE')).toEqual([OK])
    expect(other.say('NOOP')).toEqual(['* 1 EXPUNGE', OK])
  })

  it('reports flags in their latest state', () => {
    const { one, other } = two('a')
    other.say('STORE 1 +FLAGS.SILENT (\\Flagged)')
    expect(one.say('STORE 1 +FLAGS (\\Seen)')).toEqual([
      '* 1 FETCH (FLAGS (\\Flagged \\Seen))',
      '* 1 FETCH (FLAGS (\\Flagged \\Seen))',
      't OK Marked',
    ])
    other.say('STORE 1 FLAGS.SILENT (\\Draft)')
    expect(one.say('STORE 1 +FLAGS.SILENT (\\Answered)')).toEqual([
      '* 1 FETCH (FLAGS (\\Draft \\Answered))',
      't OK Marked',
    ])
  })

  it('reports to each session in its own form', () => {
    const { host, one } = two('a', 'b', 'c')
    const quick = host.connect()
    quick.say(`LOGIN ${BOB} secret`)
    quick.say('ENABLE QRESYNC')
    quick.say('SELECT INBOX')
    quick.say('IDLE')
    quick.sent()
    one.say('STORE 2 +FLAGS (\\Seen)')
    expect(quick.sent()).toBe('* 2 FETCH (UID 2 FLAGS (\\Seen) MODSEQ (5))\r\n')
    one.say('STORE 1,3 +FLAGS.SILENT (\\Deleted)')
    quick.sent()
    one.say('EXPUNGE')
    expect(quick.sent()).toBe('* VANISHED 1,3\r\n')
    quick.receive('DONE\r\n')
    expect(quick.say('FETCH 1 UID')[0]).toBe('* 1 FETCH (UID 2)')
  })

  it('never reports the latest mod-sequence while a removal waits', () => {
    const { one, other } = two('a', 'b')
    other.say('STORE 1 +FLAGS.SILENT (\\Deleted)')
    one.say('NOOP')
    other.say('EXPUNGE')
    // The removal, number 5, may not be reported here, so the mod-sequence is the one before it.
    expect(one.say('FETCH 2 (MODSEQ)').at(-2)).toBe('* OK [HIGHESTMODSEQ 4] Latest change')
  })

  it('reports from where a client must ask again while a removal waits (RFC 7162 section 3.2)', () => {
    const { host, other } = two('a', 'b', 'c')
    const quick = host.connect()
    quick.say(`LOGIN ${BOB} secret`)
    quick.say('ENABLE QRESYNC')
    quick.say('SELECT INBOX')
    other.say('STORE 3 +FLAGS.SILENT (\\Deleted)')
    other.say('EXPUNGE')
    other.say('STORE 2 +FLAGS.SILENT (\\Flagged)')
    expect(quick.say('FETCH 1 UID')).toEqual([
      '* 1 FETCH (UID 1)',
      '* 2 FETCH (UID 2 FLAGS (\\Flagged) MODSEQ (7))',
      '* OK [HIGHESTMODSEQ 4] Latest change',
      OK,
    ])
    expect(quick.say('STORE 1 +FLAGS (\\Answered)').slice(-2)).toEqual(['* OK [HIGHESTMODSEQ 4] Latest change', OK])
    // The connection breaks here, and the client asks from there.
    const again = host.connect()
    again.say(`LOGIN ${BOB} secret`)
    again.say('ENABLE QRESYNC')
    expect(again.say('SELECT INBOX (QRESYNC (7 4))')).toContain('* VANISHED (EARLIER) 3')
    expect(quick.say('NOOP')).toEqual(['* VANISHED 3', OK])
    expect(quick.say('FETCH 1 UID')).toEqual(['* 1 FETCH (UID 1)', OK])
  })

  it('knows the number of its own latest change', () => {
    const { one } = two('a')
    const latest = (line: string) => /HIGHESTMODSEQ (\d+)/.exec(one.say(line).join())?.[1]
    one.say('STORE 1 +FLAGS (\\Answered)')
    one.say('FETCH 1 BODY[]')
    expect(latest('ENABLE CONDSTORE')).toBe('4')
    expect(latest('STATUS INBOX (HIGHESTMODSEQ)')).toBe('4')
  })

  it('closes a mailbox that another deletes', () => {
    const { one, other } = two()
    one.say('CREATE Box')
    one.say('SELECT Box')
    other.say('DELETE Box')
    expect(one.say('CLOSE')).toEqual(['t OK Closed'])
    expect(one.say('CLOSE')).toEqual([expect.stringMatching(/^t BAD CLOSE needs a mailbox/)])
  })

  it('follows a mailbox that another renames, and empties one that another deletes', () => {
    const { host, one, other } = two()
    one.say('CREATE Box')
    other.say('COPY 1 Box')
    const text = message('x')
    other.receive(`a APPEND Box {${text.length}+}\r\n${text}\r\n`)
    one.say('SELECT Box')
    other.say('RENAME Box Crate')
    expect(one.say('FETCH 1 UID')).toEqual(['* 1 FETCH (UID 1)', OK])
    other.receive(`a APPEND Crate {${text.length}+}\r\n${text}\r\n`)
    expect(one.say('NOOP')).toEqual(['* 2 EXISTS', '* 2 RECENT', OK])
    other.say('DELETE Crate')
    expect(one.say('NOOP')).toEqual(['* 2 EXPUNGE', '* 1 EXPUNGE', OK])
    // A new mailbox of that name is another one.
    other.say('CREATE Crate')
    other.receive(`a APPEND Crate {${text.length}+}\r\n${text}\r\n`)
    expect(one.say('NOOP')).toEqual([OK])
    expect(one.say('EXPUNGE')).toEqual(['t OK Nothing was marked'])
    expect(host.sessions).toHaveLength(2)
  })

  describe('in a mailbox that another deletes, until it is told (RFC 2180 section 3.2)', () => {
    /** `one` has a mailbox open that `other` has deleted, and made again with another message. */
    function deleted() {
      const { host, one, other } = two('a', 'b')
      one.say('CREATE Box')
      other.say('COPY 1:2 Box')
      one.say('SELECT Box')
      other.say('DELETE Box')
      other.say('CREATE Box')
      other.say('APPEND Box {3+}\r\nnew')
      return { host, one, other }
    }
    const GONE = ['* 2 EXPUNGE', '* 1 EXPUNGE']

    it('reads the messages that it knows', () => {
      const { one } = deleted()
      expect(one.say('FETCH 1:2 (UID FLAGS)')).toEqual([
        '* 1 FETCH (UID 1 FLAGS (\\Recent))',
        '* 2 FETCH (UID 2 FLAGS (\\Recent))',
        OK,
      ])
      expect(one.say('FETCH 2 BODY[HEADER.FIELDS (SUBJECT)]').join('\n')).toContain('Subject: b')
      expect(one.say('SEARCH SUBJECT b')).toEqual(['* SEARCH 2', OK])
      expect(one.say('NOOP')).toEqual([...GONE, OK])
      expect(one.say('FETCH 1 UID')).toEqual([expect.stringMatching(/^t BAD There is no letter 1/)])
    })

    it('marks them, which changes nothing that is left', () => {
      const { one, other } = deleted()
      expect(one.say('STORE 2 +FLAGS (\\Flagged)')).toEqual(['* 2 FETCH (FLAGS (\\Flagged \\Recent))', 't OK Marked'])
      expect(one.say('FETCH 1 BODY[TEXT]').join('\n')).toContain('\\Seen')
      other.say('SELECT Box')
      expect(other.say('FETCH 1 FLAGS').join()).not.toMatch(/Seen|Flagged/)
    })

    it.each([
      ['UID FETCH 1:* FLAGS', [...GONE, OK]],
      ['UID STORE 1 +FLAGS (\\Seen)', [...GONE, 't OK Marked']],
      ['UID SEARCH ALL', ['* SEARCH', ...GONE, OK]],
      ['UID COPY 1 Trash', [...GONE, 't OK There was nothing to take']],
      ['UID MOVE 1 Trash', [...GONE, 't OK There was nothing to take']],
      ['EXPUNGE', [...GONE, 't OK Nothing was marked']],
      [
        'COPY 1 Trash',
        [...GONE, 't NO [EXPUNGEISSUED] Another session removed some of these letters, so none is copied'],
      ],
      ['MOVE 1 Trash', [...GONE, 't NO [EXPUNGEISSUED] Another session removed some of these letters']],
      ['COPY 1 Nowhere', [...GONE, 't NO [TRYCREATE] There is no mailbox Nowhere']],
      ['CLOSE', ['t OK Closed']],
    ])('answers %s and tells what is gone', (line, said) => {
      const { one, other } = deleted()
      expect(one.say(line)).toEqual(said)
      expect(other.say('STATUS Box (MESSAGES)')).toEqual(['* STATUS "Box" (MESSAGES 1)', OK])
      expect(other.say('STATUS Trash (MESSAGES)')).toEqual(['* STATUS "Trash" (MESSAGES 0)', OK])
    })
  })

  it('keeps a saved result in step with removals', () => {
    const { one, other } = two('a', 'b', 'c')
    one.say('SEARCH RETURN (SAVE) ALL')
    other.say('STORE 2 +FLAGS.SILENT (\\Deleted)')
    other.say('EXPUNGE')
    one.say('NOOP')
    expect(one.say('FETCH $ UID')).toEqual(['* 1 FETCH (UID 1)', '* 2 FETCH (UID 3)', OK])
    expect(one.say('UID SEARCH NOT $')).toEqual(['* SEARCH', OK])
  })
})
