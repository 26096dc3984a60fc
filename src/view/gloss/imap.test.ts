import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { fromText } from '../../base/octets'
import { imapClient, refusedCommands } from '../../protocols/imap'
import { BOB, End, MemoryHost, message, peer, type ServerEnd } from '../../protocols/imap/testing/memoryHost'
import { glossOf } from './gloss'
import './known'

const open = (): ServerEnd => new MemoryHost([message('one'), message('two')]).connect()

/** The explanations of the dialogue from here on, one per line or message: C for the client, S for the server. */
function saidAfter(end: ServerEnd, text: string): readonly string[] {
  const before = end.outputs.length
  end.receive(text)
  return end.outputs.slice(before).flatMap((output) => {
    if (output.type === 'read') return [`C ${output.means.name}: ${glossOf(output.means)}`]
    return output.type === 'send' ? [`S ${output.means.name}: ${glossOf(output.means)}`] : []
  })
}

it('explains each line of a session in plain words', () => {
  const end = open()
  expect(saidAfter(end, `a LOGIN ${BOB} secret\r\nb SELECT INBOX\r\n`)).toEqual([
    'C LOGIN: I am bob@bird.example, and this is my password.',
    'S OK: You are logged in.',
    'C SELECT: Anything new in INBOX?',
    'S FLAGS: These marks are in use here.',
    'S OK: You may set these marks, and make new ones.',
    'S EXISTS: 2 letters are here, numbers 1 to 2.',
    'S RECENT: None of them is new since a program last looked.',
    'S OK: Letter 1 is the first unread one.',
    'S OK: While this number stays, each UID means the same letter.',
    'S OK: The next letter will get UID 3.',
    'S OK: The latest change here has the number 3.',
    'S OK: The mailbox is open.',
  ])
  expect(
    saidAfter(
      end,
      'c FETCH 1 ENVELOPE\r\nd UID STORE 2 +FLAGS (\\Deleted)\r\ne EXPUNGE\r\nf EXPUNGE\r\ng IDLE\r\nDONE\r\nh BLURB\r\ni LOGOUT\r\n',
    ),
  ).toEqual([
    'C FETCH: Who wrote letter 1, when, and what is it about?',
    'S FETCH: Letter 1, "one": this is who wrote it, and when.',
    'S OK: Done.',
    'C UID STORE: Mark the letter with UID 2 as deleted.',
    'S FETCH: Letter 2 is now marked as deleted.',
    'S OK: Done.',
    'C EXPUNGE: Throw out everything I marked as deleted.',
    'S EXPUNGE: Letter 2 is gone; any after it move up.',
    'S OK: They are gone.',
    'C EXPUNGE: Throw out everything I marked as deleted.',
    'S OK: Done.',
    'C IDLE: Tell me when something comes.',
    'S +: I will tell you when something comes.',
    'C DONE: Thank you, that is enough.',
    'S OK: Good, let us go on.',
    'C BLURB: This line cannot be read.',
    'S BAD: There is no command BLURB.',
    'C LOGOUT: That is all. Goodbye.',
    'S BYE: Goodbye.',
    'S OK: Done.',
  ])
})

it.each([
  ['STORE 1 FLAGS (\\Seen work)', 'Mark letter 1 as seen, work, and take all other marks off.', 'Done.'],
  ['STORE 1 FLAGS ()', 'Take all marks off letter 1.', 'Done.'],
  ['UID FETCH 1:* FLAGS', 'Which marks does each letter have?', 'Done.'],
  ['UID FETCH 5:* FLAGS', 'Is anything newer than letter 4?', 'Done.'],
  ['UID SORT (REVERSE DATE) UTF-8 ALL', 'Which letters match this, in order of date? Tell me their UIDs.', 'Done.'],
  ['SEARCH RETURN (SAVE) ALL', 'Which letters match this?', 'I keep the result: $ names it.'],
  ['FETCH 1 BODYSTRUCTURE', 'Which parts does letter 1 have?', 'Done.'],
  ['FETCH 1:2 BODYSTRUCTURE', 'Which parts do letters 1–2 have?', 'Done.'],
  ['FETCH 1 BODY.PEEK[]', 'Give me the whole of letter 1.', 'Done.'],
  ['FETCH 1 BODY.PEEK[TEXT]', 'Give me the text of letter 1, without its header.', 'Done.'],
  ['UID FETCH 1:2 BODY.PEEK[TEXT]', 'Give me the texts of the letters with UIDs 1–2, without their headers.', 'Done.'],
  ['FETCH 1 BODY.PEEK[]<0.9>', 'Give me a part of letter 1.', 'Done.'],
  ['FETCH 1:2 ENVELOPE', 'Who wrote letters 1–2, when, and what are they about?', 'Done.'],
  ['FETCH 1,2 BODY.PEEK[HEADER]', 'Give me the headers of letters 1, 2.', 'Done.'],
  ['UID FETCH 1 BODY.PEEK[1]', 'Give me a part of the letter with UID 1.', 'Done.'],
  ['FETCH 1:* FLAGS', 'Which marks does each letter have?', 'Done.'],
  ['STORE 1:2 -FLAGS (\\Seen)', 'Letters 1–2 are no longer seen.', 'Done.'],
  ['COPY 1 Trash', 'Copy letter 1 to Trash.', 'The copies are made.'],
  ['UID MOVE 9 Trash', 'Move the letter with UID 9 to Trash.', 'Done.'],
  ['LIST (SUBSCRIBED) "" *', 'Which mailboxes am I subscribed to?', 'Done.'],
  ['FETCH 9 FLAGS', 'Which marks does letter 9 have?', 'There is no letter 9: the mailbox has 2 letters.'],
])('explains %j', (line, asked, answered) => {
  const said = saidAfter(open().selectInbox(), `t ${line}\r\n`)
  expect([said[0], said.at(-1)].map((each) => each?.replace(/^.*?: /, ''))).toEqual([asked, answered])
})

it.each([
  ['FETCH 1 BODY[TEXT]', 'Letter 1, "one": this is its text. Reading it has marked it as seen.'],
  ['FETCH 1 BODY[]', 'Letter 1, "one": this is the whole of it. Reading it has marked it as seen.'],
  ['FETCH 1 BODY.PEEK[]', 'Letter 1, "one": this is the whole of it.'],
  ['FETCH 1 (FLAGS BODY[])', 'Letter 1, "one": this is the whole of it.'],
])('tells of a mark in the answer to %j that was not asked for', (line, told) => {
  expect(saidAfter(open().selectInbox(), `t ${line}\r\n`)[1]).toBe(`S FETCH: ${told}`)
})

it('says why a command is refused at this moment', () => {
  const causes = refusedCommands(open().session).map(({ name, means }) => `${name}: ${glossOf(means)}`)
  expect(causes).toContain('SELECT: SELECT needs a login first.')
  expect(causes).toContain('STARTTLS: STARTTLS is not offered here.')
})

it('says what a mail program asks for, and why', () => {
  const server = open()
  const known = { uids: [1], uidValidity: 7, modSeq: 1 }
  const client = new End(imapClient, { user: BOB, password: 'secret', mailbox: 'INBOX', idle: false, known })
  client.give({ type: 'opened', peer })
  for (let heard = server.sent(); heard !== ''; heard = server.receive(client.receive(heard))) {
    // Explains the next lines of each end.
  }
  const said = client.outputs.flatMap((output) => (output.type === 'send' ? [glossOf(output.means)] : []))
  expect(said.slice(0, 5)).toEqual([
    'Let me log in by PLAIN.',
    'Tell me of changes only, and by UID.',
    'What has changed in INBOX since I was here?',
    'Is anything newer than letter 1?',
    'Give me the letter with UID 2, and leave it unread.',
  ])
})

const folder = new URL('../../protocols/imap/dialogues/', import.meta.url)
describe.each(readdirSync(folder))('in the dialogue %s', (file) => {
  const lines = readFileSync(new URL(file, folder), 'utf8').split('\n')
  const said = saidAfter(
    open(),
    lines.map((line) => (line.startsWith('C:') ? fromText(`${line.slice(3)}\r\n`) : '')).join(''),
  )

  it('each line has a sentence', () => {
    expect(said.length).toBeGreaterThan(5)
    for (const line of said) expect(line).toMatch(/^.*?: .+[.?!]$/s)
  })
})
