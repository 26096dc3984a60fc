import { expect, it } from 'vitest'
import { fromText } from '../../../base/octets'
import { type Judgement, judgeReply } from './judgement'

/** A person's reply beside the machine's, by meaning. */
const table: readonly [said: string, machine: string, Judgement][] = [
  ['250 Ok', '250 2.1.0 Ok', 'same'],
  ['250 welcome', '250-mx.bird.example greets you\n250 SIZE 1000', 'same'],
  ['220 hello', '250 2.1.0 Ok', 'same'],
  ['251 elsewhere', '250 2.1.5 Ok', 'same'],
  ['354 go on', '354 End data with <CR><LF>.<CR><LF>', 'same'],
  ['550 no such user', '550 5.1.1 <x@bird.example>: User unknown', 'same'],
  ['550 5.7.1 no', '550 5.7.1 <carol@stone.example>: Relay access denied', 'same'],
  ['554 5.7.1 Relay access denied', '550 5.7.1 Relay access denied', 'same'],
  ['550 5.7.0 policy', '550 5.7.1 Relay access denied', 'same'],
  ['550 5.1.1 nobody of that name', '550 5.7.1 Relay access denied', 'otherCause'],
  ['550 5.1.2 no such domain', '550 5.1.1 User unknown', 'otherCause'],
  ['552 too large', '550 5.1.1 User unknown', 'otherCause'],
  ['451 4.3.0 disk', '452 4.2.2 full', 'otherCause'],
  ['452 4.2.2 full', '452 4.2.2 The mailbox is full', 'same'],
  ['250 2.1.5 Ok', '550 5.1.1 User unknown', 'otherDigit'],
  ['450 later', '550 5.1.1 User unknown', 'otherDigit'],
  ['550 5.1.1 nobody', '250 2.1.5 Ok', 'otherDigit'],
  ['354 go', '250 2.1.5 Ok', 'otherDigit'],
  ['250 Ok', '354 go', 'otherDigit'],
  ['221 bye', '250 2.1.0 Ok', 'goodbye'],
  ['421 closing', '451 4.3.0 later', 'goodbye'],
  ['221 bye', '221 2.0.0 Bye', 'same'],
  ['hello', '250 Ok', 'noReply'],
  ['650 what', '250 Ok', 'noReply'],
  ['250-one\n251 two', '250 Ok', 'noReply'],
  ['', '250 Ok', 'noReply'],
  ['250-more follows', '250 Ok', 'unfinished'],
]

const wire = (text: string) => fromText(`${text.replaceAll('\n', '\r\n')}\r\n`)

it.each(table)('“%s” where the machine says “%s”: %s', (said, machine, judged) => {
  expect(judgeReply(wire(said), wire(machine))).toBe(judged)
})
