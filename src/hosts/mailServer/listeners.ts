import type { SmtpServerInput } from '../../protocols/smtp'
import type { Listener } from '../../world/world'
import { complete, type MailServerConfig, type ServiceConfig } from './config'

/** The servers that listen on a mail server's ports, with the policies that each of them keeps. */
export const listenersOf = (config: MailServerConfig): readonly Listener[] =>
  config.services.map((service) => listenerOf(config, service))

function listenerOf(given: MailServerConfig, { port, service }: ServiceConfig): Listener {
  const config = complete(given)
  const { hostName, mechanisms, plaintextAuth, apop, loginDelay } = config
  const mailbox = { hostName, plaintextAuth, mechanisms }
  const maildrop = { ...mailbox, apop, loginDelay }
  const implicit = { tls: 'implicit' } as const
  switch (service) {
    case 'relay':
      return { port, protocol: 'smtp.server', input: smtpInput(given, 'relay', config.tls) }
    case 'submission':
      return { port, protocol: 'smtp.server', input: smtpInput(given, 'submission', config.tls) }
    case 'submissions':
      return { port, protocol: 'smtp.server', input: smtpInput(given, 'submission', 'implicit'), implicitTls: true }
    case 'imap':
      return { port, protocol: 'imap.server', input: { ...mailbox, tls: config.tls } }
    case 'imaps':
      return { port, protocol: 'imap.server', input: { ...mailbox, ...implicit }, implicitTls: true }
    case 'pop3':
      return { port, protocol: 'pop3.server', input: { ...maildrop, tls: config.tls } }
    case 'pop3s':
      return { port, protocol: 'pop3.server', input: { ...maildrop, ...implicit }, implicitTls: true }
    default:
      throw new Error(
        `"${String(service)}" is no service; a mail server offers relay, submission, submissions, imap, imaps, pop3 and pop3s`,
      )
  }
}

/** Port 25 knows no users: it offers no AUTH, and takes letters for its own domains from anybody. */
function smtpInput(
  given: MailServerConfig,
  port: 'relay' | 'submission',
  tls: SmtpServerInput['tls'],
): SmtpServerInput {
  const { hostName, maxSize, maxRecipients, mechanisms, plaintextAuth, requireAuthentication, bareLineFeed } =
    complete(given)
  const submission = port === 'submission'
  return {
    hostName,
    port,
    maxSize,
    maxRecipients,
    // Other servers come to port 25: one that cannot speak TLS has to be let in all the same (RFC 3207 section 4).
    tls: !submission && tls === 'required' ? 'offered' : tls,
    mechanisms: submission ? mechanisms : [],
    plaintextAuth,
    requireAuthentication: submission && requireAuthentication,
    bareLineFeed,
  }
}
