import { describe, expect, it } from 'vitest'
import { BOB, letter, MemoryHost } from './memoryHost'

const OK = expect.stringMatching(/^t OK/)
function two(...subjects: string[]) {
  const host = new MemoryHost(subjects.map((subject) => letter(subject)))
  return { host, one: host.connect().selectInbox(), other: host.connect().selectInbox() }
}

describe('two sessions on one mailbox', () => {
  it('tells of removals at NOOP, and never during FETCH, STORE or SEARCH', () => {
    const { one, other } = two('a', 'b', 'c')
    other.say('STORE 1 +FLAGS.SILENT (\\Deleted)')
    expect(other.say('EXPUNGE')).toEqual(['* 1 EXPUNGE', OK])
    expect(one.sent()).toBe('')
    expect(one.say('FETCH 2:3 (UID)')).toEqual(['* 2 FETCH (UID 2)', '* 3 FETCH (UID 3)', OK])
    expect(one.say('SEARCH ALL')).toEqual(['* SEARCH 2 3', OK])
    expect(one.say('STORE 3 +FLAGS (\\Seen)')).toEqual(['* 3 FETCH (FLAGS (\\Seen))', OK])
    expect(one.say('FETCH 1 FLAGS')).toEqual([
      't NO [EXPUNGEISSUED] Another session removed some of these letters; NOOP tells which',
    ])
    expect(one.say('NOOP')).toEqual(['* 1 EXPUNGE', OK])
    expect(one.say('FETCH 1:2 (UID)')).toEqual(['* 1 FETCH (UID 2)', '* 2 FETCH (UID 3)', OK])
  })

  it('tells of removals from the highest number down', () => {
    const { one, other } = two('a', 'b', 'c', 'd')
    other.say('STORE 1,2,4 +FLAGS.SILENT (\\Deleted)')
    expect(other.say('EXPUNGE')).toEqual(['* 4 EXPUNGE', '* 2 EXPUNGE', '* 1 EXPUNGE', OK])
    expect(one.say('UID FETCH 3 (UID)')).toEqual(['* 3 FETCH (UID 3)', '* 4 EXPUNGE', '* 2 EXPUNGE', '* 1 EXPUNGE', OK])
  })

  it('tells of new letters during FETCH, and counts with removals still untold', () => {
    const { host, one, other } = two('a', 'b')
    other.say('STORE 1 +FLAGS.SILENT (\\Deleted)')
    other.say('EXPUNGE')
    host.deliver(letter('c'))
    expect(one.say('FETCH 2 (UID)')).toEqual(['* 2 FETCH (UID 2)', '* 3 EXISTS', OK])
    expect(one.say('FETCH 3 (UID)')).toEqual(['* 3 FETCH (UID 3)', OK])
    expect(one.say('NOOP')).toEqual(['* 1 EXPUNGE', OK])
    expect(one.say('FETCH 2 (UID)')).toEqual(['* 2 FETCH (UID 3)', OK])
  })

  it('tells of flags, and says nothing of letters that came and went', () => {
    const { host, one, other } = two('a')
    other.say('STORE 1 +FLAGS.SILENT (\\Flagged)')
    host.deliver(letter('b'))
    other.say('NOOP')
    other.say('STORE 2 +FLAGS.SILENT (\\Deleted)')
    other.say('EXPUNGE')
    expect(one.say('NOOP')).toEqual(['* 1 FETCH (FLAGS (\\Flagged))', OK])
  })

  it('tells everything at once while idling', () => {
    const { host, one, other } = two('a', 'b')
    other.say('STORE 1 +FLAGS.SILENT (\\Seen)')
    expect(one.say('IDLE')).toEqual(['+ Waiting for news', '* 1 FETCH (FLAGS (\\Seen))'])
    host.deliver(letter('c'))
    expect(one.sent()).toBe('* 3 EXISTS\r\n')
    other.say('STORE 2 +FLAGS (\\Deleted)')
    expect(one.sent()).toBe('* 2 FETCH (FLAGS (\\Deleted))\r\n')
    other.say('EXPUNGE')
    expect(one.sent()).toBe('* 2 EXPUNGE\r\n')
    expect(one.receive('done\r\n')).toBe('t OK No longer waiting\r\n')
    expect(one.say('NOOP')).toEqual([OK])
  })

  it('tells a session its own doings once', () => {
    const { one, other } = two('a')
    expect(one.say('COPY 1 INBOX')).toEqual(['* 2 EXISTS', 't OK [COPYUID 7 1 2] Copied'])
    expect(one.say('NOOP')).toEqual([OK])
    expect(other.say('NOOP')).toEqual(['* 2 EXISTS', OK])
  })

  it('ignores other mailboxes and other users', () => {
    const { host, one, other } = two('a')
    host.deliver(letter('x'), 'eve@bird.example')
    other.say('COPY 1 Trash')
    expect(one.say('NOOP')).toEqual([OK])
    one.give({
      type: 'answered',
      answer: { type: 'mailboxChanged', changes: [{ user: BOB, mailbox: 'INBOX', kind: 'exists', uid: 1 }] } as never,
    })
    expect(one.say('NOOP')).toEqual([OK])
  })

  it('says nothing when the mailbox is closed', () => {
    const { one, other } = two('a', 'b')
    other.say('STORE 1:2 +FLAGS.SILENT (\\Deleted)')
    other.say('UID EXPUNGE 1')
    expect(one.say('CLOSE')).toEqual([OK])
    expect(other.say('NOOP')).toEqual(['* 1 EXPUNGE', OK])
  })
})
