/** The meaning of each word of DNS, by its kind and name; `.slip` is a common mistake and its repair. */
export default {
  'recordType.MX':
    'Names a host that takes mail for this domain. Of several, the one with the lowest preference is tried first.',
  'recordType.MX.slip':
    'The exchange is the name of a host, never an address and never an alias. Write MX 10 mx.bird.example. and give that name an A record.',
  'recordType.A':
    'Gives the IPv4 address of a host. Where a domain has no MX record, its own address record takes the mail.',
  'recordType.A.slip': 'A host with two addresses has two A records, one line each.',
  'recordType.AAAA': 'Gives the IPv6 address of a host: four times as long as an IPv4 address, hence the four letters.',
  'recordType.AAAA.slip': 'Who publishes an AAAA record is reached that way first: the server has to listen there too.',
  'recordType.NS':
    'Names a server that speaks for this zone. In the zone above, it says whom to ask next: that is a delegation.',
  'recordType.NS.slip':
    'If the server’s name lies within the zone it serves, the zone above has to give its address too (glue), or nobody finds it.',
  'recordType.SOA':
    'Stands once at the top of a zone. Its last number says for how many seconds "there is no such thing" may be remembered.',
  'recordType.SOA.slip':
    'The serial has to be raised with every change, or the other servers of the zone never fetch it. The mailbox has a dot in place of the @.',
  'recordType.TXT':
    'Holds text for whoever knows what to make of it: SPF, DKIM and DMARC say here who may send mail for a domain.',
  'recordType.TXT.slip':
    'One string has at most 255 octets; longer text is several strings that the reader joins without a space.',
  'recordType.CNAME': 'Says that this name is another name for the target; the question goes on with the target.',
  'recordType.CNAME.slip':
    'A name with a CNAME has no other records, so a domain that has MX, NS or SOA records cannot be an alias.',
  'recordType.PTR': 'Leads from an address, written backwards under in-addr.arpa, to the name of its host.',
  'recordType.PTR.slip':
    'It is a record of its own, in a zone of its own, which belongs to whoever owns the address: an A record does not make it.',
  'recordType.ANY':
    'Asks for all that a name has. A name server of this world says it; a resolver, which may not have all, does not.',
  'recordType.ANY.slip':
    'It does not save questions: a cache gives what it happens to have. Ask for the type that is needed.',
  'recordType.AXFR': 'Asks for a whole zone, so that another server can serve it too. Not done here.',
  'recordType.IXFR': 'Asks for what has changed in a zone since a serial number. Not done here.',
  'opcode.QUERY': 'The number 0: somebody asks for records of a name. All that this world asks is such a query.',
  'opcode.IQUERY': 'The number 1: who has this address? It was given up for PTR records, and is not done here.',
  'opcode.STATUS': 'The number 2: how is the server? Nobody ever said how it is to be answered, so nobody answers it.',
  'opcode.NOTIFY': 'The number 4: a zone has changed, come and fetch it. Not done here.',
  'opcode.UPDATE': 'The number 5: change these records. Here zones are edited as texts.',
  'rcode.NOERROR': 'The server could read the question and answers it, if only with "no such record" or "ask them".',
  'rcode.NOERROR.slip':
    'It does not mean that there is an answer: look whether the answer section has a record (else it is NODATA).',
  'rcode.FORMERR': 'The server could not read the question. An old one says it to EDNS and is asked again without.',
  'rcode.SERVFAIL':
    'The server could not find out, for reasons of its own or of those it asked. It may be different later, so mail waits and tries again.',
  'rcode.SERVFAIL.slip': 'It does not mean that the name is wrong: a letter that meets it is deferred, not returned.',
  'rcode.NXDOMAIN':
    'The name does not exist, and nothing exists below it. Mail for it cannot go anywhere and is returned.',
  'rcode.NXDOMAIN.slip':
    'A name that exists without the record asked for is another matter: that answer is NOERROR with no answers (NODATA).',
  'rcode.NOTIMP': 'The server does not do this kind of query.',
  'rcode.REFUSED': 'The server does not answer this asker, or does not speak for this name.',
  'rcode.REFUSED.slip':
    'A name server that is named in an NS record and says this is lame: the zone was never set up there, or has gone.',
  'rcode.YXDOMAIN': 'Said to an update that wants the name not to be there.',
  'rcode.YXRRSET': 'Said to an update that wants the records not to be there.',
  'rcode.NXRRSET': 'Said to an update that wants the records to be there.',
  'rcode.NOTAUTH': 'Said to an update of a zone that the server does not have.',
  'rcode.NOTZONE': 'Said to an update of a name outside of the zone.',
  'rcode.BADVERS': 'The server does not speak this version of EDNS. Its own stands in the OPT record of the response.',
  'rcode.BADVERS.slip':
    'Its number, 16, does not fit in the header: four bits stand there and eight in the OPT record.',
  'flag.QR': 'Tells a response from a query.',
  'flag.QR.slip':
    'A response that comes to the port for queries is never answered, or two servers could go on forever.',
  'flag.AA': 'The server speaks for the zone itself; it does not repeat what others said.',
  'flag.AA.slip':
    'A referral does not have it, though it comes from the zone above: that zone does not own the names below the cut.',
  'flag.TC': 'The answer was too long for one datagram and has been cut. All of it is to be had over TCP.',
  'flag.TC.slip':
    'What is left of a cut answer is not used: ask again over TCP. A firewall that lets only UDP through to port 53 breaks long answers.',
  'flag.RD': 'Asks the server to find out from others what it does not know.',
  'flag.RD.slip': 'Asked of an authoritative server it changes nothing: the response has no RA.',
  'flag.RA': 'The server is willing to find out from others.',
  'flag.RA.slip':
    'A name server for the world at large does not offer it: an open resolver is used for attacks on third parties.',
  'flag.Z': 'Always zero.',
  'flag.AD': 'All of the answer has been checked by DNSSEC; in a query: tell me if it has. Never set in this world.',
  'flag.CD': 'Asks the resolver not to check by DNSSEC. Nothing is checked in this world.',
  'section.question': 'What is asked: a name, a type and a class. The response repeats it.',
  'section.question.slip': 'There is room for several questions, and nobody answers more than one.',
  'section.answer': 'The records asked for, and the aliases that led to them.',
  'section.answer.slip': 'Empty does not mean that the name is wrong: see NOERROR and NXDOMAIN.',
  'section.authority':
    'Who speaks for the name: NS records of the servers to ask next (a referral), or the SOA of the zone that has no such thing.',
  'section.additional':
    'What the asker will want next: addresses of name servers (glue) and of exchangers. EDNS’s OPT record stands here too.',
  'section.additional.slip':
    'It helps to find servers and answers nobody: what stands here is not believed as an answer (RFC 2181 section 5.4.1).',
  'edns.OPT':
    'A record that is none: it says in a query what its sender can do, and in a response the same of the server.',
  'edns.OPT.slip': 'It is never asked for, kept or passed on. A response has one only where the query had one.',
  'edns.UDP payload size':
    'How many octets of one datagram the sender can take, in place of the old 512. Here it is 1232.',
  'edns.UDP payload size.slip':
    'A large number invites fragments, and fragments get lost: 1232 crosses any network whole.',
  'edns.extended RCODE': 'The upper eight bits of the response code, whose lower four stand in the header.',
  'edns.EDNS version': 'Which EDNS is spoken. There is only 0; to a higher one the answer is BADVERS.',
  'edns.DO':
    'The sender can make use of DNSSEC records. Copied into the response; there are no such records in this world.',
  'zoneFile.$ORIGIN': 'From here on, names without a dot at their end continue with this one.',
  'zoneFile.$ORIGIN.slip': 'The dot at the end: mx.bird.example without it is mx.bird.example.bird.example.',
  'zoneFile.$TTL':
    'For how long records may be remembered that do not say so themselves. 1h and 2d are understood too.',
  'zoneFile.$TTL.slip': 'Lower it before a change, not with it: others remember the old number until it has run out.',
  'zoneFile.$INCLUDE': 'Puts another file in this place. Here there are no other files, so it is refused.',
  'zoneFile.@': 'Stands for the origin, which is the zone itself where nothing else was said.',
  'zoneFile.*': 'Answers for every name below that is not there itself.',
  'zoneFile.*.slip':
    'A name that has any record, or another name below it, is there: the wildcard gives it nothing, not even the types that it lacks.',
  'zoneFile.( )': 'Let a record go on over several lines.',
  'zoneFile.;': 'The rest of the line is for people.',
  'zoneFile.;.slip': 'In a text it is only safe between quotation marks.',
  'zoneFile.\\': 'Takes the special meaning from the next character, or stands for the octet of this decimal number.',
} as const
