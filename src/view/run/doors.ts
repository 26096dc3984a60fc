import { editorText } from '../../messages/editor'
import { isImplicitTls, MAIL_SERVICES, type MailServiceName, SERVICES } from '../../session/service'
import type { Scenario, ScenarioHost } from '../../world/scenario'
import { typographic } from './names'

/** A server's port to which a person can connect. */
export interface Door {
  readonly host: string
  readonly port: number
  readonly words: string
  /** TLS begins with the connection (RFC 8314). */
  readonly implicitTls: boolean
}

interface Serving {
  readonly services?: readonly { readonly port: number; readonly service: MailServiceName }[]
  readonly domains?: readonly { readonly domain: string; readonly deliverTo?: string }[]
}

/** The services of a host, by port; none for a host that only calls others. */
export const servicesAt = ({ config }: ScenarioHost): NonNullable<Serving['services']> =>
  (config as Serving).services ?? []

/** The ports of a world, the mail exchanger of the letter's reader first, because it takes a letter delivered by hand. */
export function doorsOf({ hosts, letter: message, map }: Scenario): readonly Door[] {
  const domain = message.to.slice(message.to.indexOf('@') + 1)
  const servers = hosts.filter(({ role }) => role === 'mailServer')
  const takes = (config: object, passesOn: boolean): boolean =>
    (config as Serving).domains?.some((one) => one.domain === domain && (one.deliverTo !== undefined) === passesOn) ??
    false
  const exchanger =
    servers.find(({ config }) => takes(config, true)) ?? servers.find(({ config }) => takes(config, false))
  const doors = servers.flatMap((server) =>
    servicesAt(server).map(({ port, service }): Door & { readonly rank: number } => {
      const { name } = server
      const title = typographic(map.hosts[name]?.title ?? name)
      const first = service === 'relay' && name === exchanger?.name
      return {
        rank: first ? -1 : MAIL_SERVICES.indexOf(service),
        host: name,
        port,
        words: wordsOf(first ? title : place(title, service), service),
        implicitTls: SERVICES[service].tls === 'implicit',
      }
    }),
  )
  return doors.sort((a, b) => a.rank - b.rank).map(({ rank: _, ...door }) => door)
}

/** How to knock at a door again: TLS begins with the connection if the world says so of this port. */
export function doorOf(
  scenario: Scenario,
  { to, port }: { readonly to: string; readonly port: number },
): { readonly to: string; readonly port: number; readonly implicitTls: boolean } {
  const known = doorsOf(scenario).find((door) => door.host === to && door.port === port)
  return { to, port, implicitTls: known?.implicitTls ?? isImplicitTls(port) }
}

function wordsOf(place: string, service: MailServiceName): string {
  const { protocol, tls } = SERVICES[service]
  return editorText(tls === 'implicit' ? 'doorInTls' : 'doorAt', { place, protocol })
}

const place = (title: string, service: MailServiceName): string => {
  const { protocol, clients } = SERVICES[service]
  return protocol === 'SMTP' && clients === 'users' ? editorText('submission') : title
}

/** The fault of a typed host and port, in one sentence. */
export function complaintAbout(host: string, port: number): string | undefined {
  if (!/^[A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9.])?$/.test(host)) return editorText('noHost')
  if (!Number.isInteger(port) || port < 1 || port > 65_535) return editorText('noPort')
  return undefined
}
