import type { CatalogueEntry } from '../../../session/catalogue'

/** Catalogue entries of the EHLO keywords and of the parameters of MAIL and RCPT. */

/** An EHLO keyword. AUTH and STARTTLS are commands too, so they stand among the commands. */
const keyword = (name: string, syntax: string, term: string, rfc: string): CatalogueEntry => ({
  name,
  protocol: 'SMTP',
  kind: 'capability',
  syntax,
  term,
  rfc,
  example: `250-${syntax.replace('octets', '10485760').replace('number', '100')}`,
})

export const keywordEntries: readonly CatalogueEntry[] = [
  keyword('SIZE', 'SIZE octets', 'message size declaration', 'RFC 1870, section 3'),
  keyword('8BITMIME', '8BITMIME', '8-bit MIME transport', 'RFC 6152, section 2'),
  keyword('SMTPUTF8', 'SMTPUTF8', 'internationalized email', 'RFC 6531, section 3'),
  keyword('DSN', 'DSN', 'delivery status notifications', 'RFC 3461, section 3'),
  keyword('CHUNKING', 'CHUNKING', 'large and binary messages', 'RFC 3030, section 2'),
  keyword('LIMITS', 'LIMITS RCPTMAX=number', 'operational limits', 'RFC 9422, section 3'),
  keyword('PIPELINING', 'PIPELINING', 'command pipelining', 'RFC 2920, section 3'),
  keyword('ENHANCEDSTATUSCODES', 'ENHANCEDSTATUSCODES', 'enhanced error codes', 'RFC 2034, section 3'),
]

const parameter = (
  name: string,
  syntax: string,
  term: string,
  rfc: string,
  states: readonly string[],
): CatalogueEntry => ({
  name,
  protocol: 'SMTP',
  kind: 'parameter',
  syntax,
  term,
  rfc,
  states,
})

/** The states that accept MAIL, and those that accept RCPT. */
const ofMail = ['ready.greeted']
const ofRcpt = ['ready.transaction.senderKnown', 'ready.transaction.recipientsKnown']

export const parameterEntries: readonly CatalogueEntry[] = [
  parameter('SIZE=', 'MAIL FROM:<address> SIZE=octets', 'declared message size', 'RFC 1870, section 4', ofMail),
  parameter('BODY=', 'MAIL FROM:<address> BODY=8BITMIME', 'body type', 'RFC 6152, section 2', ofMail),
  parameter('RET=', 'MAIL FROM:<address> RET=HDRS', 'what to return', 'RFC 3461, section 4.3', ofMail),
  parameter('ENVID=', 'MAIL FROM:<address> ENVID=text', 'envelope identifier', 'RFC 3461, section 4.4', ofMail),
  parameter('AUTH=', 'MAIL FROM:<address> AUTH=<>', 'authenticated author', 'RFC 4954, section 5', ofMail),
  parameter(
    'NOTIFY=',
    'RCPT TO:<address> NOTIFY=SUCCESS,FAILURE',
    'conditions of notification',
    'RFC 3461, section 4.1',
    ofRcpt,
  ),
  parameter('ORCPT=', 'RCPT TO:<address> ORCPT=rfc822;address', 'original recipient', 'RFC 3461, section 4.2', ofRcpt),
]
