import { describe, expect, it } from 'vitest'
import { fromText } from '../../base/octets'
import { BOB, MemoryHost, message, type ServerEnd } from './testing/memoryHost'

/** Mailbox names in modified UTF-7 (RFC 3501 section 5.1.3) and in UTF-8 (RFC 6855 section 3, RFC 9051 section 5.1). */

function open(enable?: string): ServerEnd {
  const end = new MemoryHost([message('a')]).connect()
  end.say(`LOGIN ${BOB} secret`)
  if (enable) end.say(`ENABLE ${enable}`)
  return end
}
const say = (end: ServerEnd, text: string): readonly string[] => end.say(fromText(text))
const listed = (end: ServerEnd, pattern: string): readonly string[] =>
  say(end, `LIST "" "${pattern}"`).flatMap((line) => /"\/" "(.*)"$/.exec(line)?.[1] ?? [])

describe.each(['IMAP4rev2', 'UTF8=ACCEPT'])('after ENABLE %s', (enable) => {
  it.each(['&AOk-', 'A&-B', 'a&b', '&'])('%j is the name of a mailbox just as it stands', (name) => {
    const end = open(enable)
    say(end, 'CREATE "é"')
    expect(say(end, `CREATE "${name}"`)).toEqual(['t OK Made'])
    expect(listed(end, name)).toEqual([name])
    expect(listed(end, '*&*')).toEqual([name])
    expect(say(end, `SELECT "${name}"`).at(-1)).toMatch(/^t OK \[READ-WRITE\]/)
    expect(say(end, `DELETE "${name}"`)).toEqual(['t OK Deleted'])
    expect(listed(end, 'é')).toEqual([fromText('é')])
  })

  it('names that look alike are not made: characters are composed', () => {
    const end = open(enable)
    expect(say(end, 'CREATE "e\u0301"')).toEqual([
      fromText('t NO [CANNOT] A name is made of composed characters (NFC), as in é'),
    ])
    expect(say(end, 'CREATE "\u00e9"')).toEqual(['t OK Made'])
  })

  it.each(['LIST "" "\xff"', 'SEARCH SUBJECT "\xff"', 'CREATE "\xff"', 'STATUS "\xff" (MESSAGES)'])(
    '%j is BAD: what stands between quotation marks is UTF-8',
    (line) => {
      const end = open(enable)
      end.say('SELECT INBOX')
      expect(end.say(line)).toEqual([expect.stringMatching(/^t BAD .*UTF-8/)])
    },
  )
})

it('a name is told to each session in its own way', () => {
  const host = new MemoryHost()
  const [old, young] = [host.connect(), host.connect()]
  for (const end of [old, young]) end.say(`LOGIN ${BOB} secret`)
  young.say('ENABLE IMAP4rev2')
  expect(say(old, 'CREATE "&AOk-"')).toEqual(['t OK Made'])
  expect(listed(young, 'é')).toEqual([fromText('é')])
  expect(listed(old, '&AOk-')).toEqual(['&AOk-'])
})

it('half a character is no name', () => {
  expect(open().say('CREATE "&2AA-"').at(-1)).toMatch(/^t NO \[CANNOT\]/)
})
