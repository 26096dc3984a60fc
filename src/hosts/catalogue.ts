import { dnsClient, dnsResolver, dnsServer, dnsStub } from '../protocols/dns'
import { imapClient, imapServer } from '../protocols/imap'
import { pop3Client, pop3Server } from '../protocols/pop3'
import { smtpByHand, smtpClient, smtpServer } from '../protocols/smtp'
import { textClient } from '../protocols/text'
import type { Protocol } from '../session/session'
import type { Catalogue } from '../world/role'
import { withChair } from './chair/chair'
import { withDesk } from './desk'
import { nameServer } from './dns/nameServer'
import { resolver } from './dns/resolver'
import { gateway } from './gateway'
import { mailProgram } from './mailProgram/mailProgram'
import { delivery } from './mailServer/delivery'
import { mailServer } from './mailServer/mailServer'

const protocols: readonly Protocol[] = [
  smtpServer,
  smtpByHand,
  smtpClient,
  pop3Server,
  pop3Client,
  imapServer,
  imapClient,
  dnsStub,
  dnsResolver,
  dnsServer,
  dnsClient,
  textClient,
  delivery,
]

/** All behaviour by name. */
export const catalogue: Catalogue = {
  protocols: Object.fromEntries(protocols.map((protocol) => [protocol.key, protocol])),
  roles: {
    mailProgram: withDesk(mailProgram, ({ config }) => config),
    mailServer: withChair(withDesk(mailServer, ({ config }) => config)),
    // It asks itself, as its other clients do.
    resolver: withChair(withDesk(resolver, (_, { address }) => ({ resolver: address }))),
    nameServer: withDesk(nameServer, ({ resolver }) => (resolver === undefined ? {} : { resolver })),
    gateway,
  },
}
