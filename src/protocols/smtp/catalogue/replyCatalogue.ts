import type { CatalogueEntry } from '../../../session/catalogue'

/** Catalogue entries of every reply code of SMTP and of its AUTH extension. */

const reply = (name: string, term: string, rfc: string, example: string): CatalogueEntry => ({
  name,
  protocol: 'SMTP',
  kind: 'reply',
  term,
  rfc,
  example,
})

const CODES = 'RFC 5321, section 4.2.3'

export const replyEntries: readonly CatalogueEntry[] = [
  reply('211', 'system status', CODES, '211 System status'),
  reply('214', 'help message', CODES, '214 2.0.0 For more on one: HELP command'),
  reply('220', 'service ready', CODES, '220 mx.bird.example ESMTP'),
  reply('221', 'service closing', CODES, '221 2.0.0 Bye'),
  reply('235', 'authentication succeeded', 'RFC 4954, section 6', '235 2.7.0 Authentication successful'),
  reply('250', 'requested mail action okay, completed', CODES, '250 2.1.5 Ok'),
  reply('251', 'user not local; will forward', CODES, '251 User not local; will forward to <bob@roof.example>'),
  reply('252', 'cannot verify, but will accept', CODES, '252 2.5.0 Cannot VRFY user'),
  reply('334', 'server challenge', 'RFC 4954, section 4', '334 '),
  reply('354', 'start mail input', CODES, '354 End data with <CR><LF>.<CR><LF>'),
  reply('421', 'service not available', CODES, '421 4.4.2 mx.bird.example Timeout'),
  reply('432', 'password transition needed', 'RFC 4954, section 6', '432 4.7.12 A password transition is needed'),
  reply('450', 'mailbox unavailable', CODES, '450 4.2.0 Mailbox busy'),
  reply('451', 'local error in processing', CODES, '451 4.3.0 Local error in processing'),
  reply('452', 'insufficient system storage', CODES, '452 4.5.3 Too many recipients'),
  reply('454', 'temporary authentication failure', 'RFC 4954, section 6', '454 4.7.0 Temporary authentication failure'),
  reply('455', 'unable to accommodate parameters', CODES, '455 4.5.4 Parameters cannot be accommodated'),
  reply('500', 'syntax error, command unrecognized', CODES, '500 5.5.2 Command not recognized'),
  reply('501', 'syntax error in parameters', CODES, '501 5.5.4 Syntax: MAIL FROM:<address>'),
  reply('502', 'command not implemented', CODES, '502 5.5.1 Command not implemented'),
  reply('503', 'bad sequence of commands', CODES, '503 5.5.1 Need RCPT command first'),
  reply('504', 'parameter not implemented', CODES, '504 5.5.4 Authentication mechanism not supported'),
  reply('530', 'authentication required', 'RFC 4954, section 6', '530 5.7.0 Authentication required'),
  reply('534', 'mechanism too weak', 'RFC 4954, section 6', '534 5.7.9 Authentication mechanism is too weak'),
  reply(
    '535',
    'authentication credentials invalid',
    'RFC 4954, section 6',
    '535 5.7.8 Authentication credentials invalid',
  ),
  reply('538', 'encryption required', 'RFC 4954, section 4', '538 5.7.11 Encryption required'),
  reply('550', 'mailbox unavailable', CODES, '550 5.1.1 No such user here'),
  reply('551', 'user not local', CODES, '551 User not local; please try <bob@roof.example>'),
  reply('552', 'exceeded storage allocation', CODES, '552 5.3.4 Message size exceeds fixed limit'),
  reply('553', 'mailbox name not allowed', CODES, '553 5.1.3 Mailbox name not allowed'),
  reply('554', 'transaction failed', CODES, '554 5.0.0 Transaction failed'),
  reply('555', 'parameters not recognized', CODES, '555 5.5.4 Parameter FROB not recognized'),
]
