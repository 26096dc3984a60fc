import { HANDSHAKE_TIME, IDLE_TIME, MAX_CONNECTIONS, MAX_DATAGRAM_CLIENTS, MAX_UNSENT } from './limits'
import { MAIL_OPTIONS, SERVICES } from './services'

const mailOptions = MAIL_OPTIONS.map((option) => `  --${`${option} PORT`.padEnd(18)}${SERVICES[option].about}`).join(
  '\n',
)

/** What `ehlo serve` can do, and what it lets programs take. */
export const SERVE_USAGE = `  ehlo serve --scenario SCENARIO [--host ADDRESS] OPTIONS

Runs a world in real time behind sockets of this machine, for real programs to talk to. An option left out opens nothing;
port 0 is any free one. The first line on standard output says where: {"ready":true,"host":…,"ports":{…}}.
Ctrl+C, or SIGTERM, ends it with exit code 0; what was in its mailboxes is gone then.

  --host ADDRESS    a loopback address, 127.0.0.1 where it is left out; any other is refused
${mailOptions}
  --dns PORT          the world's resolver, by UDP and TCP
  --name-server HOST=PORT  one of its name servers, likewise; may be given again
  --watch PORT        the page, on which what programs do is seen as they do it
  --allow-plaintext-auth   servers take passwords before TLS
  --seed N            what chance is drawn from; another at each start where it is left out

Certificates are made at each start and signed by themselves: tell your program not to verify them.

Limits: ${MAX_CONNECTIONS} connections at once over all ports, one more is closed at once; ${HANDSHAKE_TIME / 1000} s for a TLS handshake; a connection
on which nobody speaks is closed by its server's own timer, or after ${IDLE_TIME / 60_000} minutes; a program that does not read is read
from no more, and cut off when ${MAX_UNSENT / 1_048_576} MiB wait for it; answers by datagram for the last ${MAX_DATAGRAM_CLIENTS} clients. How long a line,
a literal or a message may be, and how many recipients it may have, is each server's own limit, as its dialogue says.
`
