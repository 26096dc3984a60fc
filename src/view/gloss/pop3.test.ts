import { expect, it } from 'vitest'
import { octets } from '../../base/octets'
import { pop3Server } from '../../protocols/pop3'
import { End, MemoryHost, peer } from '../../protocols/pop3/testing/memoryHost'
import { glossOf } from './gloss'
import './known'

function said(text: string): readonly (string | undefined)[] {
  const input = { hostName: 'store.bird.example', plaintextAuth: true, mechanisms: ['LOGIN'] }
  const end = new End(pop3Server, input, new MemoryHost())
  end.give({ type: 'opened', peer })
  end.give({ type: 'received', octets: octets(text) })
  return end.outputs.flatMap((output) =>
    output.type === 'send' || output.type === 'read' ? [glossOf(output.means)] : [],
  )
}

it('explains each line of POP3 in plain words', () => {
  expect(said('USER bob@bird.example\r\nPASS secret\r\nSTAT\r\nRETR 1\r\nDELE 9\r\n')).toEqual([
    'Hello, a maildrop server is listening.',
    'I come for the letters of bob@bird.example.',
    'And the password?',
    'Here is my password.',
    'Welcome: the maildrop is open, and locked for you alone.',
    'How many letters are waiting?',
    '2 letters, 87 octets.',
    'Give me letter 1.',
    'Here it is: 41 octets.',
    'The letter itself, and a lonely dot to end it.',
    'Mark letter 9 as deleted.',
    'No: there is no message 9, there are 2 messages.',
  ])
})

it('explains lists and lines that are no commands in plain words', () => {
  expect(said('BLURB\r\nCAPA\r\nGET / HTTP/1.1\r\n').slice(1)).toEqual([
    'A line that this server cannot read.',
    'No: there is no command BLURB.',
    'What can you do?',
    'Here is what I can do.',
    expect.stringMatching(/^UIDL, |TOP, /),
    'A web page wants something of a web server.',
    'No: this is POP3, not HTTP: goodbye.',
  ])
})
