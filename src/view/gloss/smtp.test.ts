import { expect, it } from 'vitest'
import { glossSmtpText } from '../../messages/glossSmtp'
import { refusedCommands } from '../../protocols/smtp'
import { replies } from '../../protocols/smtp/grammar/replies'
import { meanings } from '../../protocols/smtp/meaning'
import { inputs, ServerUnderTest } from '../../protocols/smtp/testing/stubHost'
import { glossOf } from './gloss'
import './known'
import { smtpGloss } from './smtp'

it('explains each line of SMTP in plain words', () => {
  const server = new ServerUnderTest()
  server.receive('EHLO a.example\r\nMAIL FROM:<alice@paper.example>\r\nRCPT TO:<bob@bird.example>\r\nDATA\r\n')
  server.receive('Hello.\r\n.\r\nRCPT TO:<bob@bird.example>\r\nFROB\r\nQUIT\r\n')
  const said = server.outputs.flatMap((output) => {
    if (output.type === 'read') return [`C ${output.means.name}: ${glossOf(output.means)}`]
    return output.type === 'send' ? [`S ${output.means.name}: ${glossOf(output.means)}`] : []
  })
  expect(said).toEqual([
    'S 220: Good day, I am ready.',
    'C EHLO: Hello, this is a.example. What can you do?',
    'S 250: Hello. This is what I can do.',
    'C MAIL: I have a letter from Alice.',
    'S 250: A letter from Alice, good. Whom is it for?',
    'C RCPT: Will you take a letter for Bob?',
    'S 250: Yes, Bob lives here.',
    'C DATA: Here comes the letter itself.',
    'S 354: Go ahead. End with a dot alone on a line.',
    'C mail data: The letter, and a dot alone on a line to end it.',
    'S 250: Thank you, the letter is mine to carry now.',
    'C RCPT: Will you take a letter for Bob?',
    'S 503: No sender yet, MAIL comes first.',
    'C : A line that this server cannot read.',
    'S 500: I do not know that word.',
    'C QUIT: That is all. Goodbye.',
    'S 221: Goodbye.',
  ])
})

it('explains a typed line of a letter as a line, and its last one as the end', () => {
  const said = ['Subject: hi', '', 'The plum tree.', '.'].map((line) => glossOf(meanings.mailData, line))
  expect(said).toEqual([
    'A line of the letter.',
    'An empty line: the first one ends the header.',
    'A line of the letter.',
    'A dot alone on a line: the letter ends here.',
  ])
})

it('says why a command is refused at this moment', () => {
  const server = new ServerUnderTest()
  const causes = () => refusedCommands(server.session).map(({ name, means }) => `${name}: ${glossOf(means)}`)
  server.receive('EHLO a.example\r\nMAIL FROM:<alice@paper.example>\r\n')
  expect(causes()).toEqual([
    'MAIL: A sender is already known.',
    'DATA: No reader yet, RCPT comes first.',
    'BDAT: No reader yet, RCPT comes first.',
    'STARTTLS: I cannot do that here.',
    'AUTH: Not while a letter is under way.',
  ])
})

it.each([
  ['relay', 'FROB', 'I do not know that word.'],
  ['relay', 'EHLO', 'I know the word, but not what comes after it.'],
  ['relay', 'EXPN staff', 'I know that word, but I do not do it.'],
  ['relay', 'RCPT TO:<nobody@bird.example>', 'No one of that name lives here.'],
  ['relay', 'RCPT TO:<bob@elsewhere.example>', 'I do not carry letters to other houses.'],
  ['relay', 'RCPT TO:<z\u00c3\u00ab@bird.example>', 'I cannot write that address without SMTPUTF8.'],
  ['relay', 'VRFY bob', 'I will not say, but I would take a letter and try.'],
  ['relay', 'AUTH PLAIN', 'Not while a letter is under way.'],
  ['submission', 'AUTH PLAIN AGFsaWNlAHdyb25n', 'That name and password do not fit.'],
  ['submission', 'AUTH PLAIN AGFsaWNlAHNlY3JldA==', 'Welcome, Alice.'],
  ['submission', 'AUTH PLAIN YWJj', 'That is no proof of the kind you named.'],
  ['submission', 'AUTH PLAIN !!!', 'I know the word, but not what comes after it.'],
  ['submission', 'AUTH PLAIN\r\n!!!', 'I cannot read that.'],
  ['submission', 'MAIL FROM:<>', 'First prove who you are.'],
  ['guarded submission', 'AUTH PLAIN', 'Not in the open: first let us make this private.'],
  ['TLS first', 'MAIL FROM:<>', 'First let us make this private.'],
  ['TLS from the start', 'STARTTLS', 'We are private already.'],
] as const)('explains what the server %s says to %j', (name, line, gloss) => {
  const server = new ServerUnderTest(inputs[name])
  server.receive(`EHLO a.example\r\n${name === 'relay' ? 'MAIL FROM:<>\r\n' : ''}${line}\r\n`)
  const last = server.outputs.findLast((output) => output.type === 'send')
  expect(last?.type === 'send' && glossOf(last.means)).toBe(gloss)
})

/** Refusals that the sentence of their command and code explains, or of their code alone: all of it is said by these. */
const SAID_BY_THE_CODE = [
  'mailboxFull',
  'tryAgainLater',
  'unknownCommand',
  'notBase64',
  'notOffered',
  'noHelpOnThat',
  'authenticationRequired',
  'authenticationFailed',
  'encryptionRequired',
  'senderNeedsUtf8',
  'recipientNeedsUtf8',
  'noSuchUser',
  'noSuchDomain',
  'relayDenied',
  'messageTooLarge',
  'transactionFailed',
]

it('has a sentence for the reason of each refusal, if its code does not say all', () => {
  const refusals = Object.entries(replies).filter(([, { code }]) => code >= 400)
  const without = refusals.filter(([name]) => glossSmtpText.found(`reason.${name}`) === undefined)
  expect(without.map(([name]) => name)).toEqual(SAID_BY_THE_CODE)
})

it.each([
  // A relay promises to deliver it or to tell, not that it arrives (RFC 5321, section 6.1).
  [250, '2.1.5', true, 'Yes, I take it for Bob: I hand it on, or tell you if I cannot.'],
  [250, '2.1.5', false, 'Yes, Bob lives here.'],
  [550, '5.1.1', false, 'No one of that name lives here.'],
  [550, '5.1.2', false, 'I know no such domain.'],
  [550, '5.2.2', false, 'No, that mailbox cannot take it.'],
  [550, '5.7.1', false, 'I do not carry letters to other houses.'],
] as const)('says of %d %s to RCPT no more than it means', (code, enhancedStatusCode, relays, gloss) => {
  const address = 'bob@bird.example'
  expect(
    smtpGloss({
      type: 'reply',
      protocol: 'SMTP',
      code,
      enhancedStatusCode,
      answers: 'RCPT',
      address,
      ...(relays && { relays }),
    }),
  ).toBe(gloss)
})

it('says of a 550 to any other command only that it is refused', () => {
  expect(smtpGloss({ type: 'reply', protocol: 'SMTP', code: 550, answers: 'EHLO' })).toBe('No, I do not take that.')
})

it('says of a 250 to VRFY that somebody lives there, and not only that it is good', () => {
  expect(smtpGloss({ type: 'reply', protocol: 'SMTP', code: 250, answers: 'VRFY' })).toBe(
    'Yes, somebody of that name lives here.',
  )
})
