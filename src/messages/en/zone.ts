/** Faults in the text of a zone, and their remedies. */
export default {
  root: 'the root',
  'fault.notOpened': 'This parenthesis was never opened: remove it, or put "(" before it.',
  'fault.notClosed': 'This parenthesis is never closed: put ")" after the last word that belongs to the record.',
  'fault.quotationNotClosed':
    'This quotation mark is never closed: put another at the end of the text, on the same line.',
  'fault.textEscape': 'The text has a "\\" that stands for nothing: write \\" or \\\\, or three digits up to 255.',
  'fault.textTooLong': 'A text has at most 255 octets: split it into several quoted ones.',
  'fault.missing': 'The {what} is missing: write it here.',
  'fault.quotedName': 'The {what} is a name: write it without quotation marks.',
  'fault.hostIsAddress':
    'The {what} is the name of a host, not an address: name the host and give that name an A record.',
  'fault.nameEscape':
    'The {what} "{word}" has a "\\" that stands for nothing: write \\. or \\\\, or three digits up to 255.',
  'fault.emptyLabel': 'The {what} "{word}" has a dot with nothing before it: remove it.',
  'fault.noDomainName':
    'The {what} "{word}" cannot be a domain name: labels of 1 to 63 printable ASCII characters, 255 octets in all.',
  'fault.notTime': 'The {what} "{word}" has to be seconds, at most {most}, or a time such as 1h or 2d.',
  'fault.notNumber': 'The {what} "{word}" has to be a whole number from 0 to {most}.',
  'fault.tooMany': '"{word}" is one word too many for {of}: remove it, or begin a new line.',
  'fault.noAddress': '"{word}" is no IPv{version} address: write one such as {example}.',
  'fault.otherClass': 'The class {class} is not served here: write IN, or leave it out.',
  'fault.otherType': 'The type "{word}" is none of {types}: take one of them.',
  'fault.otherDirective': '"{word}" is none of $ORIGIN and $TTL: take one of them, or write \\$ for a name.',
  'fault.include': 'There are no other files here to include: put their lines in place of $INCLUDE.',
  'fault.noOwner':
    'There is no name yet that this line could continue: begin it with a name, or with @ for the zone itself.',
  'fault.ttlOfSoa':
    'No time to live is stated, so the last number of the SOA is taken: say it with a line such as $TTL 3600.',
  'fault.noTtl': 'No time to live is known for this {type} record: begin the zone with a line such as $TTL 3600.',
  'fault.ttlsDiffer':
    'The {type} records of one name have one time to live, so the least counts: write the same for all.',
  'fault.tooLong': 'The text is longer than {most} characters, which is more than is read here: make it shorter.',
  'fault.apex': 'The name of the zone, "{apex}", has to be a domain name with a dot at its end, as in "bird.example."',
  'fault.noNs': 'The zone names no server of its own: add an NS record at {apex}, such as "@ NS ns".',
  'fault.noSoa': 'The zone has no SOA record: begin it with one, such as "@ SOA ns hostmaster 1 7200 900 1209600 300".',
  'fault.secondSoa': 'A zone has one SOA record: remove this one.',
  'fault.wildcardDelegated': 'A wildcard cannot be delegated (RFC 4592 section 4.2): write each name out.',
  'fault.nullMxNotAlone': 'MX 0 . says that no mail is taken at all: it stands alone (RFC 7505 section 3).',
  'fault.atInMailbox': 'In an SOA record the mailbox is written with a dot in place of the @: hostmaster.bird.example.',
  'fault.twice': 'This record stands here twice: remove one.',
  'fault.soaElsewhere': 'The SOA record stands at {name}, but the zone is {apex}: write @ before it.',
  'fault.outside': '{name} lies outside of the zone {apex}: remove it, or leave out the dot at its end.',
  'fault.dotMissing':
    'This stands for {name} Is a dot missing at the end of a name? Without one, {apex} is added to it.',
  'fault.delegated':
    '{name} is delegated to other servers, so nobody is told this {type} record from here: write it in their zone.',
  'fault.targetIsAlias': '{name} is an alias, and {type} has to name the host itself (RFC 2181 section 10.3).',
  'fault.aliasNotAlone':
    '{name} is an alias here and has other records too: an alias has nothing but its CNAME (RFC 1034 section 3.6.2).',
  'fault.aliasNowhere':
    'There is no {name} in this zone, so the alias leads nowhere: write that name, or mend the target.',
  'fault.noGlue': 'The address of {name} is missing (glue), so nobody can find it: add its A record.',
  'fault.exchangeWithoutAddress': '{name} has no address here, so no mail can be brought to it: add its A record.',
  'fault.aliasLoop':
    'These aliases go round in a loop and never come to an answer: {names}. Let one of them end at a name with an address.',
  'what.address': 'address',
  'what.directive': 'directive',
  'what.exchange': 'exchange',
  'what.expire': 'expire time',
  'what.minimum': 'minimum',
  'what.name': 'name',
  'what.name server': 'name server',
  'what.origin': 'origin',
  'what.owner name': 'owner name',
  'what.preference': 'preference',
  'what.primary server': 'primary server',
  'what.refresh': 'refresh time',
  'what.responsible mailbox': 'responsible mailbox',
  'what.retry': 'retry time',
  'what.serial': 'serial',
  'what.target': 'target',
  'what.text': 'text',
  'what.time to live': 'time to live',
  'what.type': 'type',
} as const
