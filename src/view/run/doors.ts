import type { ServiceName } from '../../hosts/mailServer/config'
import type { Scenario } from '../../world/scenario'
import { typographic } from './names'

/** A server's port that a person can knock at. */
export interface Door {
  readonly host: string
  readonly port: number
  readonly words: string
  /** TLS begins with the connection (RFC 8314). */
  readonly implicitTls: boolean
}

const SPEAKS: Readonly<Record<ServiceName, string>> = {
  relay: 'SMTP',
  submission: 'SMTP',
  submissions: 'SMTP in TLS',
  pop3: 'POP3',
  pop3s: 'POP3 in TLS',
  imap: 'IMAP',
  imaps: 'IMAP in TLS',
}
const ORDER = Object.keys(SPEAKS)

interface Serving {
  readonly services?: readonly { readonly port: number; readonly service: ServiceName }[]
  readonly domains?: readonly { readonly domain: string; readonly deliverTo?: string }[]
}

/** The doors of a world, the exchanger of the letter's readers first: there a letter is delivered by hand. */
export function doorsOf({ hosts, letter, map }: Scenario): readonly Door[] {
  const domain = letter.to.slice(letter.to.indexOf('@') + 1)
  const servers = hosts.filter(({ role }) => role === 'mailServer')
  const takes = (config: object, passesOn: boolean): boolean =>
    (config as Serving).domains?.some((one) => one.domain === domain && (one.deliverTo !== undefined) === passesOn) ??
    false
  const exchanger =
    servers.find(({ config }) => takes(config, true)) ?? servers.find(({ config }) => takes(config, false))
  const doors = servers.flatMap(({ name, config }) =>
    ((config as Serving).services ?? []).map(({ port, service }): Door & { readonly rank: number } => {
      const title = typographic(map.hosts[name]?.title ?? name)
      const first = service === 'relay' && name === exchanger?.name
      return {
        rank: first ? -1 : service === 'relay' ? ORDER.length : ORDER.indexOf(service),
        host: name,
        port,
        words: `${first ? title : place(title, service)}, ${SPEAKS[service]}`,
        implicitTls: service.endsWith('s'),
      }
    }),
  )
  return doors.sort((a, b) => a.rank - b.rank).map(({ rank: _, ...door }) => door)
}

const place = (title: string, service: ServiceName): string => (service.startsWith('submission') ? 'submission' : title)

/** Ports on which TLS begins with the connection (RFC 8314 section 3). */
export const isImplicitTls = (port: number): boolean => port === 465 || port === 993 || port === 995

/** What is wrong with a host and a port that were typed, in one sentence. */
export function complaintAbout(host: string, port: number): string | undefined {
  if (!/^[A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9.])?$/.test(host))
    return 'Give a host by name or by address, as mx.bird.example.'
  if (!Number.isInteger(port) || port < 1 || port > 65_535) return 'A port is a whole number from 1 to 65535.'
  return undefined
}
