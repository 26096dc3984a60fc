import { ANSWER_LIMIT } from '../../../protocols/imap/items/fetchAttributes'
import { MESSAGE_LIMIT as IMAP_MESSAGE } from '../../../protocols/imap/server/literals'
import { LINE_LIMIT as IMAP_LINE } from '../../../protocols/imap/server/server'
import { COMMAND_LINE_LIMIT as POP3_LINE } from '../../../protocols/pop3/grammar'
import { COMMAND_LINE_LIMIT as SMTP_LINE } from '../../../protocols/smtp/server/server'
import { HANDSHAKE_TIME, IDLE_TIME, MAX_CONNECTIONS, MAX_DATAGRAM_CLIENTS, MAX_UNSENT } from './limits'
import { MAIL_OPTIONS, OPTIONS } from './services'
import { MAX_WAITING } from './turns'

const row = (option: string, about: string): string => `  --${option.padEnd(23)} ${about}`
const MEBI = 1_048_576

/** The usage and limits of `ehlo serve`. */
export const SERVE_USAGE = `  ehlo serve --scenario SCENARIO [--host ADDRESS] OPTIONS

Runs a world in real time behind sockets of this machine, for real programs to talk to. An option left out opens nothing;
port 0 is any free one. The first line on standard output says where: {"ready":true,"host":…,"ports":{…}}.
Ctrl+C, SIGTERM, a terminal or a standard output that is closed end it with exit code 0; what was in its mailboxes is gone then.

${[
  row('host ADDRESS', 'a loopback address, 127.0.0.1 where it is left out; any other is refused'),
  ...MAIL_OPTIONS.map((option) => row(`${option} PORT`, OPTIONS[option].about)),
  row('dns PORT', "the world's resolver, by UDP and TCP"),
  row('name-server HOST=PORT', 'one of its name servers, likewise; may be given again'),
  row('watch PORT', 'the page, on which what programs do is seen as they do it'),
  row('allow-plaintext-auth', 'servers take passwords before TLS'),
  row('seed N', 'what chance is drawn from; another at each start where it is left out'),
].join('\n')}

Certificates are made at each start and signed by themselves: tell your program not to verify them.

Limits
  connections      ${MAX_CONNECTIONS} at once over all ports; one more is closed before a word
  TLS handshake    ${HANDSHAKE_TIME / 1000} seconds
  silence          5 minutes for SMTP, 10 for POP3, 30 for IMAP; ${IDLE_TIME / 60_000} minutes in any case
  command lines    ${SMTP_LINE} octets for SMTP, ${POP3_LINE} for POP3, ${IMAP_LINE} for IMAP; longer ones are refused and read away
  messages         what the server says as SIZE (${MEBI} octets in example-test); ${IMAP_MESSAGE / MEBI} MiB by IMAP's APPEND
  recipients       100 for one message in example-test; the next ones are put off with 452
  slow readers     who does not read is read from no more, and cut off when ${MAX_UNSENT / MEBI} MiB wait for it, as by many FETCHes sent ahead
  fast senders     all are worked off in turn; who has ${MAX_WAITING / 1024} KiB waiting is read from no more until half of it is done
  answers          ${ANSWER_LIMIT / MEBI} MiB to one FETCH; what would be more gets NO [LIMIT]
  datagrams        answers for the last ${MAX_DATAGRAM_CLIENTS} clients
`
