import { SERVICES } from '../../../session/service'
import type { Scenario } from '../../../world/scenario'
import { Complaint } from '../scenarios'
import type { Place } from './liveWorld'

/** The host of a scenario for each option. */

export const OPTIONS = {
  smtp: { service: 'relay', about: 'SMTP as servers speak it to each other' },
  submission: { service: 'submission', about: 'SMTP for the domain’s own users' },
  submissions: { service: 'submissions', about: 'the same under TLS from the start' },
  imap: { service: 'imap', about: 'IMAP' },
  imaps: { service: 'imaps', about: 'the same under TLS from the start' },
  pop3: { service: 'pop3', about: 'POP3' },
  pop3s: { service: 'pop3s', about: 'the same under TLS from the start' },
} as const

/** An option that opens a port of a mail server. */
export type MailOption = keyof typeof OPTIONS
export const MAIL_OPTIONS = Object.keys(OPTIONS) as readonly MailOption[]
/** Those that begin with TLS (RFC 8314). */
export const implicitTls = (option: MailOption): boolean => SERVICES[OPTIONS[option].service].tls === 'implicit'

interface Offering {
  readonly services?: readonly { readonly port: number; readonly service: string }[]
}

/** The first host that offers a service. Throws a Complaint if there is none. */
export function mailPlace(scenario: Scenario, option: MailOption): Place {
  const { service } = OPTIONS[option]
  for (const host of scenario.hosts) {
    if (host.role !== 'mailServer') continue
    const offered = (host.config as Offering).services?.find((one) => one.service === service)
    if (offered) return { address: host.address, port: offered.port }
  }
  throw new Complaint(
    `No host of ${scenario.name} offers ${service}: leave --${option} out, or serve another scenario.`,
  )
}

/** The first resolver. Throws a Complaint if there is none. */
export function resolverPlace(scenario: Scenario): Place {
  const host = scenario.hosts.find(({ role }) => role === 'resolver')
  if (host) return { address: host.address, port: SERVICES.domain.port }
  throw new Complaint(`${scenario.name} has no resolver: leave --dns out, or serve another scenario.`)
}

/** A name server by its host's name. Throws a Complaint that lists the existing names. */
export function nameServerPlace(scenario: Scenario, name: string): Place {
  const nameServers = scenario.hosts.filter(({ role }) => role === 'nameServer')
  const host = nameServers.find((one) => one.name === name)
  if (host) return { address: host.address, port: SERVICES.domain.port }
  const known = nameServers.map((one) => one.name).join(', ') || 'none'
  throw new Complaint(`${scenario.name} has no name server "${name}"; there are: ${known}.`)
}
