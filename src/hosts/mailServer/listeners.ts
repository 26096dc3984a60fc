import type { SmtpServerInput } from '../../protocols/smtp'
import { MAIL_SERVICES, SERVICES, type Service } from '../../session/service'
import type { Listener } from '../../world/world'
import { complete, type MailServerConfig, type ServiceConfig } from './config'

/** The listeners of a mail server's ports, each with its policies. */
export const listenersOf = (config: MailServerConfig): readonly Listener[] =>
  config.services.map((service) => listenerOf(config, service))

function listenerOf(config: MailServerConfig, { port, service }: ServiceConfig): Listener {
  const row: Service | undefined = SERVICES[service]
  const inputOf = row && INPUTS[row.protocol]
  if (!inputOf) throw new Error(`"${String(service)}" is no service; a mail server offers ${MAIL_SERVICES.join(', ')}`)
  const implicit = row.tls === 'implicit'
  return {
    port,
    protocol: row.server,
    input: inputOf(config, row, implicit ? 'implicit' : complete(config).tls),
    ...(implicit ? { implicitTls: true } : {}),
  }
}

type Tls = SmtpServerInput['tls']

/** The input of each protocol's server for a new session. */
const INPUTS: Readonly<Record<string, (config: MailServerConfig, service: Service, tls: Tls) => object>> = {
  SMTP: (config, { clients }, tls) => smtpInput(config, clients === 'users' ? 'submission' : 'relay', tls),
  IMAP: (config, _, tls) => ({ ...mailboxInput(config), tls }),
  POP3: (config, _, tls) => {
    const { apop, loginDelay } = complete(config)
    return { ...mailboxInput(config), apop, loginDelay, tls }
  },
}

function mailboxInput(config: MailServerConfig) {
  const { hostName, mechanisms, plaintextAuth } = complete(config)
  return { hostName, plaintextAuth, mechanisms }
}

/** Port 25 has no users: it offers no AUTH, and accepts messages for its own domains from anybody. */
function smtpInput(given: MailServerConfig, port: 'relay' | 'submission', tls: Tls): SmtpServerInput {
  const { hostName, maxSize, maxRecipients, mechanisms, plaintextAuth, requireAuthentication, bareLineFeed } =
    complete(given)
  const submission = port === 'submission'
  return {
    hostName,
    port,
    maxSize,
    maxRecipients,
    // Other servers use port 25: one without TLS must be accepted too (RFC 3207 section 4).
    tls: !submission && tls === 'required' ? 'offered' : tls,
    mechanisms: submission ? mechanisms : [],
    plaintextAuth,
    requireAuthentication: submission && requireAuthentication,
    bareLineFeed,
  }
}
