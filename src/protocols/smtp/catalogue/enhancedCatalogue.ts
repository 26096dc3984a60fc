import type { CatalogueEntry } from '../../../session/catalogue'

/** Enhanced status codes (RFC 3463 and the registry of RFC 5248) with their class, for replies and notices. */

const code = (name: string, term: string, rfc: string): CatalogueEntry => ({
  name,
  protocol: 'SMTP',
  kind: 'statusCode',
  term,
  rfc,
})

const ADDRESS = 'RFC 3463, section 3.2'
const MAILBOX = 'RFC 3463, section 3.3'
const SYSTEM = 'RFC 3463, section 3.4'
const NETWORK = 'RFC 3463, section 3.5'
const PROTOCOL = 'RFC 3463, section 3.6'
const CONTENT = 'RFC 3463, section 3.7'
const SECURITY = 'RFC 3463, section 3.8'
const AUTHENTICATION = 'RFC 4954, section 6'
const INTERNATIONAL = 'RFC 6531, section 4.2'

export const enhancedEntries: readonly CatalogueEntry[] = [
  code('2.0.0', 'other undefined status', 'RFC 3463, section 3.1'),
  code('2.1.0', 'other address status', ADDRESS),
  code('2.1.5', 'destination address valid', ADDRESS),
  code('2.5.0', 'other or undefined protocol status', PROTOCOL),
  code('2.6.8', 'UTF-8 string reply required', INTERNATIONAL),
  code('2.7.0', 'other or undefined security status', AUTHENTICATION),
  code('4.0.0', 'other undefined status', 'RFC 3463, section 3.1'),
  code('4.1.8', "bad sender's system address", ADDRESS),
  code('4.2.0', 'other mailbox status', MAILBOX),
  code('4.2.1', 'mailbox disabled', MAILBOX),
  code('4.2.2', 'mailbox full', MAILBOX),
  code('4.3.0', 'other mail system status', SYSTEM),
  code('4.3.1', 'mail system full', SYSTEM),
  code('4.3.2', 'system not accepting messages', SYSTEM),
  code('4.4.0', 'other network status', NETWORK),
  code('4.4.1', 'no answer from host', NETWORK),
  code('4.4.2', 'bad connection', NETWORK),
  code('4.4.3', 'directory server failure', NETWORK),
  code('4.4.4', 'unable to route', NETWORK),
  code('4.4.7', 'delivery time expired', NETWORK),
  code('4.5.0', 'other or undefined protocol status', PROTOCOL),
  code('4.5.3', 'too many recipients', PROTOCOL),
  code('4.5.4', 'invalid command arguments', PROTOCOL),
  code('4.7.0', 'other or undefined security status', SECURITY),
  code('4.7.1', 'delivery not authorized, message refused', SECURITY),
  code('4.7.4', 'security features not supported', SECURITY),
  code('4.7.12', 'password transition needed', AUTHENTICATION),
  code('5.0.0', 'other undefined status', 'RFC 3463, section 3.1'),
  code('5.1.0', 'other address status', ADDRESS),
  code('5.1.1', 'bad destination mailbox address', ADDRESS),
  code('5.1.2', 'bad destination system address', ADDRESS),
  code('5.1.3', 'bad destination mailbox address syntax', ADDRESS),
  code('5.1.6', 'destination mailbox has moved', ADDRESS),
  code('5.1.7', "bad sender's mailbox address syntax", ADDRESS),
  code('5.1.8', "bad sender's system address", ADDRESS),
  code('5.1.10', 'recipient address has null MX', 'RFC 7505, section 4.2'),
  code('5.2.0', 'other mailbox status', MAILBOX),
  code('5.2.1', 'mailbox disabled', MAILBOX),
  code('5.2.2', 'mailbox full', MAILBOX),
  code('5.2.3', 'message length exceeds administrative limit', MAILBOX),
  code('5.3.0', 'other mail system status', SYSTEM),
  code('5.3.2', 'system not accepting messages', SYSTEM),
  code('5.3.4', 'message too big for system', SYSTEM),
  code('5.4.0', 'other network status', NETWORK),
  code('5.4.1', 'no answer from host', NETWORK),
  code('5.4.3', 'directory server failure', NETWORK),
  code('5.4.4', 'unable to route', NETWORK),
  code('5.4.6', 'routing loop detected', NETWORK),
  code('5.4.7', 'delivery time expired', NETWORK),
  code('5.5.0', 'other or undefined protocol status', PROTOCOL),
  code('5.5.1', 'invalid command', PROTOCOL),
  code('5.5.2', 'syntax error', PROTOCOL),
  code('5.5.3', 'too many recipients', PROTOCOL),
  code('5.5.4', 'invalid command arguments', PROTOCOL),
  code('5.5.6', 'authentication exchange line is too long', AUTHENTICATION),
  code('5.6.0', 'other or undefined media error', CONTENT),
  code('5.6.3', 'conversion required but not supported', CONTENT),
  code('5.6.7', 'non-ASCII addresses not permitted', INTERNATIONAL),
  code('5.6.8', 'UTF-8 string reply required', INTERNATIONAL),
  code('5.6.9', 'UTF-8 header message cannot be transferred', INTERNATIONAL),
  code('5.6.11', 'invalid characters', 'RFC 5248, registry'),
  code('5.7.0', 'other or undefined security status', SECURITY),
  code('5.7.1', 'delivery not authorized, message refused', SECURITY),
  code('5.7.4', 'security features not supported', SECURITY),
  code('5.7.8', 'authentication credentials invalid', AUTHENTICATION),
  code('5.7.9', 'authentication mechanism is too weak', AUTHENTICATION),
  code('5.7.11', 'encryption required for requested authentication mechanism', AUTHENTICATION),
]
