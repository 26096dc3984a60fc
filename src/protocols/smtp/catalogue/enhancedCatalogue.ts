import type { CatalogueEntry } from '../../../session/catalogue'

/** Enhanced status codes (RFC 3463 and the registry of RFC 5248) with their class, for replies and notices. */

const code = (name: string, term: string, rfc: string, meaning: string, slip?: string): CatalogueEntry => {
  const entry = { name, protocol: 'SMTP', kind: 'statusCode', meaning, term, rfc } as const
  return slip === undefined ? entry : { ...entry, slip }
}

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
  code(
    '2.0.0',
    'other undefined status',
    'RFC 3463, section 3.1',
    'Done; there is no more to say.',
    'The first number tells success (2), try again later (4) or no for good (5). The second tells what it is about.',
  ),
  code('2.1.0', 'other address status', ADDRESS, 'The sender is noted.'),
  code('2.1.5', 'destination address valid', ADDRESS, 'The reader is known, or will be reached from here.'),
  code('2.5.0', 'other or undefined protocol status', PROTOCOL, 'The command was understood, but nothing is told.'),
  code(
    '2.6.8',
    'UTF-8 string reply required',
    INTERNATIONAL,
    'The answer has letters beyond ASCII, and the question did not allow them.',
    'Ask again with SMTPUTF8 behind the name.',
  ),
  code('2.7.0', 'other or undefined security status', AUTHENTICATION, 'The name and password fit.'),
  code('4.0.0', 'other undefined status', 'RFC 3463, section 3.1', 'Not now, and no more is told.'),
  code('4.1.8', "bad sender's system address", ADDRESS, "The sender's domain cannot be found just now."),
  code('4.2.0', 'other mailbox status', MAILBOX, 'Something about the mailbox stands in the way for now.'),
  code('4.2.1', 'mailbox disabled', MAILBOX, 'The mailbox takes nothing just now.'),
  code(
    '4.2.2',
    'mailbox full',
    MAILBOX,
    'The mailbox has no room until its owner makes some.',
    'It is about one reader. When the server itself has no room the code is 4.3.1.',
  ),
  code('4.3.0', 'other mail system status', SYSTEM, 'The server has a trouble of its own. Try again later.'),
  code('4.3.1', 'mail system full', SYSTEM, 'The server has no room just now.'),
  code(
    '4.3.2',
    'system not accepting messages',
    SYSTEM,
    'The server is being closed or looked after. Try again later.',
  ),
  code('4.4.0', 'other network status', NETWORK, 'Something on the way went wrong. It is tried again.'),
  code('4.4.1', 'no answer from host', NETWORK, 'The next server could not be reached.'),
  code('4.4.2', 'bad connection', NETWORK, 'The connection broke off, or was silent too long.'),
  code('4.4.3', 'directory server failure', NETWORK, 'The name servers gave no usable answer.'),
  code('4.4.4', 'unable to route', NETWORK, 'No way to the next server is known just now.'),
  code(
    '4.4.7',
    'delivery time expired',
    NETWORK,
    'The letter has waited long, or too long.',
    'In a notice of delay it is no failure yet: the letter is still tried.',
  ),
  code('4.5.0', 'other or undefined protocol status', PROTOCOL, 'The other side said something that is no answer.'),
  code(
    '4.5.3',
    'too many recipients',
    PROTOCOL,
    'Enough readers for one letter; hand the letter in again for the rest.',
    'The readers named before are kept: go on with DATA, then begin anew for the others.',
  ),
  code('4.5.4', 'invalid command arguments', PROTOCOL, 'What was asked for after the address cannot be done now.'),
  code('4.7.0', 'other or undefined security status', SECURITY, 'Something about security stands in the way for now.'),
  code(
    '4.7.1',
    'delivery not authorized, message refused',
    SECURITY,
    'Not allowed just now, as when a server lets strangers wait.',
  ),
  code('4.7.4', 'security features not supported', SECURITY, 'No encryption is to be had, and it is insisted on.'),
  code('4.7.12', 'password transition needed', AUTHENTICATION, 'The account has to be made ready first.'),
  code('5.0.0', 'other undefined status', 'RFC 3463, section 3.1', 'No, and no more is told.'),
  code('5.1.0', 'other address status', ADDRESS, 'Something about the address makes it impossible.'),
  code(
    '5.1.1',
    'bad destination mailbox address',
    ADDRESS,
    'The domain is right, but nobody of that name is there.',
    'It is the part before the @ that is wrong. A wrong domain is 5.1.2.',
  ),
  code('5.1.2', 'bad destination system address', ADDRESS, 'There is no such domain.'),
  code('5.1.3', 'bad destination mailbox address syntax', ADDRESS, "The reader's address is not written as one."),
  code('5.1.6', 'destination mailbox has moved', ADDRESS, 'The reader is elsewhere now, and nobody knows where.'),
  code('5.1.7', "bad sender's mailbox address syntax", ADDRESS, "The sender's address is not written as one."),
  code('5.1.8', "bad sender's system address", ADDRESS, "There is no such domain as the sender's."),
  code(
    '5.1.10',
    'recipient address has null MX',
    'RFC 7505, section 4.2',
    'The domain says that it takes no mail at all.',
  ),
  code('5.2.0', 'other mailbox status', MAILBOX, 'Something about the mailbox makes it impossible.'),
  code('5.2.1', 'mailbox disabled', MAILBOX, 'The mailbox is there, but takes no letters.'),
  code('5.2.2', 'mailbox full', MAILBOX, 'The mailbox has no room, and has had none for long.'),
  code('5.2.3', 'message length exceeds administrative limit', MAILBOX, 'Too large for this mailbox.'),
  code('5.3.0', 'other mail system status', SYSTEM, 'The server has a trouble that will not pass.'),
  code('5.3.2', 'system not accepting messages', SYSTEM, 'This host takes no mail.'),
  code(
    '5.3.4',
    'message too big for system',
    SYSTEM,
    'The letter is larger than the server takes.',
    'The limit stands behind SIZE in the answer to EHLO.',
  ),
  code('5.4.0', 'other network status', NETWORK, 'Something on the way makes it impossible.'),
  code('5.4.1', 'no answer from host', NETWORK, 'The next server could not be reached, and is not tried again.'),
  code(
    '5.4.3',
    'directory server failure',
    NETWORK,
    'The name servers gave no usable answer, and are not asked again.',
  ),
  code('5.4.4', 'unable to route', NETWORK, 'The domain has no host that takes its mail.'),
  code(
    '5.4.6',
    'routing loop detected',
    NETWORK,
    'The letter goes in circles: it has been through too many servers.',
    'The Received lines at its top show the circle.',
  ),
  code('5.4.7', 'delivery time expired', NETWORK, 'The letter was tried for days and is given up.'),
  code('5.5.0', 'other or undefined protocol status', PROTOCOL, 'Something was said that does not fit the rules.'),
  code(
    '5.5.1',
    'invalid command',
    PROTOCOL,
    'The command is not offered, or not now.',
    'Look at what comes before it.',
  ),
  code('5.5.2', 'syntax error', PROTOCOL, 'The line could not be read.'),
  code('5.5.3', 'too many recipients', PROTOCOL, 'More readers than the server takes, for good.'),
  code('5.5.4', 'invalid command arguments', PROTOCOL, 'The command is known; what stands behind it is not.'),
  code('5.5.6', 'authentication exchange line is too long', AUTHENTICATION, 'No proof has a line as long as that.'),
  code('5.6.0', 'other or undefined media error', CONTENT, 'Something about the letter itself is not right.'),
  code(
    '5.6.3',
    'conversion required but not supported',
    CONTENT,
    'The letter has octets above 127, and the next server takes none.',
    'A letter in base64 or quoted-printable has none and can go anywhere.',
  ),
  code(
    '5.6.7',
    'non-ASCII addresses not permitted',
    INTERNATIONAL,
    'The address has letters beyond ASCII where they cannot be carried.',
    'Where the server offers SMTPUTF8, the word has to stand behind MAIL.',
  ),
  code('5.6.8', 'UTF-8 string reply required', INTERNATIONAL, 'The name exists, but can only be told in UTF-8.'),
  code(
    '5.6.9',
    'UTF-8 header message cannot be transferred',
    INTERNATIONAL,
    'A reader cannot take a header beyond ASCII.',
  ),
  code(
    '5.6.11',
    'invalid characters',
    'RFC 5248, registry',
    'A CR or LF stands alone in the letter, which no line may have.',
    'A line ends with both, CR and LF. A program that sends LF alone is at fault.',
  ),
  code('5.7.0', 'other or undefined security status', SECURITY, 'Not like this: a password or encryption comes first.'),
  code(
    '5.7.1',
    'delivery not authorized, message refused',
    SECURITY,
    'The server may not do this for you, such as carry a letter from a stranger to elsewhere.',
    'Hand the letter in where you have a password, at the submission port.',
  ),
  code('5.7.4', 'security features not supported', SECURITY, 'No encryption is to be had, and it is insisted on.'),
  code('5.7.8', 'authentication credentials invalid', AUTHENTICATION, 'The name and password do not fit.'),
  code(
    '5.7.9',
    'authentication mechanism is too weak',
    AUTHENTICATION,
    'A stronger way to prove who you are is needed.',
  ),
  code(
    '5.7.11',
    'encryption required for requested authentication mechanism',
    AUTHENTICATION,
    'A password is not taken in the open.',
    'STARTTLS first, then EHLO again, then AUTH.',
  ),
]
