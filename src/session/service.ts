/**
 * Every service of a mail server or a name server, one row each. Scenarios name services by their keys. The ports are those
 * that IANA lists.
 */

export interface Service {
  /** The protocol's name, as in its face. */
  readonly protocol: string
  /** The catalogue key of the server's protocol. */
  readonly server: string
  readonly port: number
  /** `implicit`: TLS begins with the connection (RFC 8314). `upgrade`: by a command. */
  readonly tls: 'implicit' | 'upgrade' | 'none'
  /** The programs that connect: those of other servers, or those of the server's own users, who log in. */
  readonly clients: 'servers' | 'users' | 'anybody'
}

export const SERVICES = {
  submission: { protocol: 'SMTP', server: 'smtp.server', port: 587, tls: 'upgrade', clients: 'users' },
  submissions: { protocol: 'SMTP', server: 'smtp.server', port: 465, tls: 'implicit', clients: 'users' },
  pop3: { protocol: 'POP3', server: 'pop3.server', port: 110, tls: 'upgrade', clients: 'users' },
  pop3s: { protocol: 'POP3', server: 'pop3.server', port: 995, tls: 'implicit', clients: 'users' },
  imap: { protocol: 'IMAP', server: 'imap.server', port: 143, tls: 'upgrade', clients: 'users' },
  imaps: { protocol: 'IMAP', server: 'imap.server', port: 993, tls: 'implicit', clients: 'users' },
  /** SMTP from server to server. */
  relay: { protocol: 'SMTP', server: 'smtp.server', port: 25, tls: 'upgrade', clients: 'servers' },
  domain: { protocol: 'DNS', server: 'dns.server', port: 53, tls: 'none', clients: 'anybody' },
} as const satisfies Readonly<Record<string, Service>>

export type ServiceName = keyof typeof SERVICES
/** The services that a mail server may offer. */
export type MailServiceName = Exclude<ServiceName, 'domain'>

const names = Object.keys(SERVICES) as readonly ServiceName[]

export const MAIL_SERVICES = names.filter((name): name is MailServiceName => name !== 'domain')

const byPort = new Map<number, ServiceName>(names.map((name) => [SERVICES[name].port, name]))

/** The service of a well-known port; undefined for any other port. */
export const serviceAt = (port: number): Service | undefined => {
  const name = byPort.get(port)
  return name && SERVICES[name]
}

/** True where TLS begins with the connection at this well-known port (RFC 8314 section 3). */
export const isImplicitTls = (port: number): boolean => serviceAt(port)?.tls === 'implicit'
