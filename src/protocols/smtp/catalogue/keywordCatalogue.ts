import type { CatalogueEntry } from '../../../session/catalogue'

/** Catalogue entries of the EHLO keywords and of the parameters of MAIL and RCPT. */

/** An EHLO keyword. AUTH and STARTTLS are commands too, so they stand among the commands. */
const keyword = (
  name: string,
  syntax: string,
  term: string,
  rfc: string,
  meaning: string,
  slip: string,
): CatalogueEntry => ({
  name,
  protocol: 'SMTP',
  kind: 'capability',
  syntax,
  meaning,
  term,
  rfc,
  slip,
  example: `250-${syntax.replace('octets', '10485760').replace('number', '100')}`,
})

export const keywordEntries: readonly CatalogueEntry[] = [
  keyword(
    'SIZE',
    'SIZE octets',
    'message size declaration',
    'RFC 1870, section 3',
    'The largest letter that the server takes, in octets.',
    'It counts the letter as it is, without doubled dots; an attachment in base64 is a third larger than its file.',
  ),
  keyword(
    '8BITMIME',
    '8BITMIME',
    '8-bit MIME transport',
    'RFC 6152, section 2',
    'The body of a letter may have octets above 127, such as text in UTF-8.',
    'It is about the body. Letters beyond ASCII in the header or in an address need SMTPUTF8.',
  ),
  keyword(
    'SMTPUTF8',
    'SMTPUTF8',
    'internationalized email',
    'RFC 6531, section 3',
    'Addresses and header fields may have letters of any language, in UTF-8. The word behind MAIL says that a letter makes use of it; behind VRFY, that the reply may.',
    'Each server on the way has to offer it: one that does not cannot take the letter at all.',
  ),
  keyword(
    'DSN',
    'DSN',
    'delivery status notifications',
    'RFC 3461, section 3',
    'The client may say of what it wants to hear: delivery, failure, delay, or nothing.',
    'A notice of delivery says that the letter is in the mailbox, not that anybody has read it.',
  ),
  keyword(
    'CHUNKING',
    'CHUNKING',
    'large and binary messages',
    'RFC 3030, section 2',
    'A letter may be handed over by BDAT, in pieces of known length, instead of DATA.',
    'DATA goes on working; only the two must not be mixed within one letter.',
  ),
  keyword(
    'LIMITS',
    'LIMITS RCPTMAX=number',
    'operational limits',
    'RFC 9422, section 3',
    'Where the server will stop: RCPTMAX is how many readers it takes for one letter.',
    'It is a promise about this session only; the answer to each command still decides.',
  ),
  keyword(
    'PIPELINING',
    'PIPELINING',
    'command pipelining',
    'RFC 2920, section 3',
    'The client may send several commands without waiting for each answer. The answers come in the same order.',
    'EHLO, DATA, QUIT and a few others still have to be the last of a group.',
  ),
  keyword(
    'ENHANCEDSTATUSCODES',
    'ENHANCEDSTATUSCODES',
    'enhanced error codes',
    'RFC 2034, section 3',
    'Each answer carries a second code of three numbers, such as 5.1.1, that says more exactly what is meant.',
    'The first number of both codes is the same. Programs go by the first code, people by the second.',
  ),
]

const parameter = (
  name: string,
  syntax: string,
  term: string,
  rfc: string,
  states: readonly string[],
  meaning: string,
  slip: string,
): CatalogueEntry => ({
  name,
  protocol: 'SMTP',
  kind: 'parameter',
  syntax,
  meaning,
  term,
  rfc,
  states,
  slip,
})

/** The states that accept MAIL, and those that accept RCPT. */
const ofMail = ['session.ready.greeted']
const ofRcpt = ['session.ready.transaction.senderKnown', 'session.ready.transaction.recipientsKnown']

export const parameterEntries: readonly CatalogueEntry[] = [
  parameter(
    'SIZE=',
    'MAIL FROM:<address> SIZE=octets',
    'declared message size',
    'RFC 1870, section 4',
    ofMail,
    'How large the letter is going to be, so that a server that cannot take it says so before it comes.',
    'It is an estimate: the server counts again, and may still say 552 after the dot.',
  ),
  parameter(
    'BODY=',
    'MAIL FROM:<address> BODY=8BITMIME',
    'body type',
    'RFC 6152, section 2',
    ofMail,
    'What kind of octets the letter has: 7BIT for ASCII alone, 8BITMIME for any.',
    'BODY=8BITMIME does not encode anything: it only says what comes.',
  ),
  parameter(
    'RET=',
    'MAIL FROM:<address> RET=HDRS',
    'what to return',
    'RFC 3461, section 4.3',
    ofMail,
    'How much of the letter a notice of failure brings back: FULL, the whole; HDRS, its header alone.',
    'It is said once for the letter, behind MAIL. What to report is said of each reader, behind RCPT.',
  ),
  parameter(
    'ENVID=',
    'MAIL FROM:<address> ENVID=text',
    'envelope identifier',
    'RFC 3461, section 4.4',
    ofMail,
    'A name for this letter, which every notice about it repeats, so that the sender knows which one is meant.',
    'It is written as xtext: a space is +20, a plus sign +2B.',
  ),
  parameter(
    'AUTH=',
    'MAIL FROM:<address> AUTH=<>',
    'authenticated author',
    'RFC 4954, section 5',
    ofMail,
    'Who handed the letter in, as another server found out. This server does not believe it, and passes it to nobody.',
    'It proves nothing by itself. The command AUTH is the one that asks for a password.',
  ),
  parameter(
    'NOTIFY=',
    'RCPT TO:<address> NOTIFY=SUCCESS,FAILURE',
    'conditions of notification',
    'RFC 3461, section 4.1',
    ofRcpt,
    'Of what the sender wants to hear for this reader: SUCCESS, FAILURE, DELAY, several with commas between, or NEVER.',
    'NEVER stands alone. Without NOTIFY= only failures are reported, and perhaps delays.',
  ),
  parameter(
    'ORCPT=',
    'RCPT TO:<address> ORCPT=rfc822;address',
    'original recipient',
    'RFC 3461, section 4.2',
    ofRcpt,
    'Whom the sender wrote to at first, before any forwarding; notices name this address.',
    'The type before the semicolon is needed: rfc822; for addresses of the Internet.',
  ),
]
