/** The meaning of the segments and terms of TCP, by kind and name; `.slip` is a common mistake and its repair. */
export default {
  'segment.SYN':
    'The call: the first segment of a connection. It asks a machine for a dialogue at one of its ports, and says at which number the caller begins to count its octets.',
  'segment.SYN.slip':
    'If no answer comes, it is said again, each time after a longer wait: `1 s`, `2 s`, `4 s`. Silence is no refusal: the machine may be off, or the link cut.',
  'segment.SYN ACK':
    'The answer to a call: yes, and here is the number at which this side begins to count. With the caller’s `ACK` the connection is open: three segments, the handshake.',
  'segment.ACK':
    'Confirms what has come so far. The number behind `ack` is that of the next octet that is expected. Nearly every segment carries it; a bare one carries nothing else.',
  'segment.ACK.slip':
    'It says that the octets have arrived at the other machine, not that a mail server has read them or agrees: that is what replies are for.',
  'segment.FIN':
    'Says: nothing more comes from this side. The other may go on, until it says `FIN` too. Then the connection is closed.',
  'segment.RST':
    'Ends a connection at once, or refuses a call: nothing listens at that port, or this machine knows of no such connection.',
  'segment.RST.slip':
    'To a `SYN` it is an answer: the machine is there, but its port is closed. A machine that is off says nothing at all.',
  'term.connection':
    'A dialogue between two ports of two machines, over which octets arrive whole and in order, or not at all. SMTP, POP3 and IMAP each speak over one.',
  'term.port':
    'A number that says which program of a machine is meant: 25 is the server that takes letters from other servers, 587 the one that takes them from its own users.',
  'term.port.slip': 'The caller has a port too, which its machine picks. The well-known number is that of the server.',
  'term.sequence number':
    'The number of the first octet in a segment. Each side counts its own from a number that is drawn by chance. So lost, doubled and overtaken segments are noticed.',
  'term.window':
    'How many octets the other side may send before it has to wait for an `ACK`: the room that is left to receive.',
  'term.retransmission':
    'Sending again what nobody has confirmed in time. The wait grows each time; after some tries the connection is given up.',
  'term.retransmission.slip':
    'Also a lost `ACK` leads to it: then the octets come twice, and the receiver throws the second ones away.',
  'term.segment': 'One packet of TCP: a header with ports, numbers and flags, and octets of the dialogue, or none.',
  'term.octet':
    'Eight bits. “Byte” means the same today, but once there were bytes of other lengths, so the standards say octet. A letter of ASCII takes one, an emoji four.',
} as const
