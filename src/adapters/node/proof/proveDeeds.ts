import type { Deed } from '../../../learning/deed'
import type { Task } from '../../../learning/lesson'
import { meant } from '../../../learning/nearest'
import { SERVICES, type ServiceName } from '../../../session/service'
import { exactReason } from '../../../view/gloss/gloss'
import type { Fact } from '../../../world/fact'
import type { RefusedChange } from '../../../world/reason'
import type { Scenario } from '../../../world/scenario'
import type { Timeline } from '../../../world/timeline'

/** Deeds and doors that the world does not have: whatever else is wrong follows from them. */

/** Reasons for which a deed is refused that only a slip of the pen explains; a machine without power may be meant. */
const SLIPS: ReadonlySet<RefusedChange['id']> = new Set<RefusedChange['id']>([
  'noSuchPolicy',
  'notWhole',
  'notAmong',
  'notAnAddress',
  'notADomain',
  'notALocalPart',
  'notOurDomain',
  'noPassword',
  'noSuchAccount',
  'noOwner',
  'notAQuota',
  'notAPort',
  'notAHost',
  'notItsWork',
  'noChair',
  'notARecord',
  'noSuchLocalDomain',
])

/** Reports a fault of a deed, by its number and the field. */
type Report = (path: readonly (string | number)[], message: string, remedy: string) => void

/** Deeds at machines that the run's world does not have, and those that its machines refuse. */
export function proveDeeds(deeds: readonly Deed[], { scenario, trace }: Timeline, report: Report): void {
  const hosts = scenario.hosts.map(({ name }) => name)
  for (const [nth, deed] of deeds.entries()) {
    if ('host' in deed && typeof deed.host === 'string' && !hosts.includes(deed.host)) {
      report(
        [nth, 'host'],
        `the world "${scenario.name}" has no machine "${deed.host}"`,
        meant(deed.host, hosts, 'Take another world.'),
      )
      continue
    }
    const refused = refusalOf(deed, trace)
    if (refused?.id === 'noSuchPolicy')
      report(
        [nth, 'option'],
        `the machine has no option "${refused.policy}"`,
        meant(refused.policy, refused.policies, 'Name a mail server.'),
      )
    else if (refused)
      report(
        [nth, fieldOf(refused)],
        `the machine does not do this: ${exactReason(refused).replace(/\.$/, '')}`,
        'Mend the deed, or take another machine.',
      )
  }
}

/** The field that is wrong. */
const fieldOf = ({ id }: RefusedChange): string =>
  id === 'notWhole' || id === 'notAmong'
    ? 'value'
    : id === 'notItsWork'
      ? 'host'
      : id === 'noSuchAccount'
        ? 'account'
        : 'type'

function refusalOf(deed: Deed, trace: readonly Fact[]): RefusedChange | undefined {
  const host = 'host' in deed ? deed.host : undefined
  for (const fact of trace) {
    if (fact.at > deed.at) return undefined
    if (fact.type !== 'changeRefused' || fact.at < deed.at || !SLIPS.has(fact.reason.id)) continue
    // Another deed of the same instant has another option.
    const { reason } = fact
    const ofOther =
      'policy' in reason && deed.type === 'policyChanged' ? reason.policy !== deed.policy : deed.type === 'talk'
    if ((host === undefined || fact.host === host) && !ofOther) return reason
  }
  return undefined
}

/** The doors of a machine: the ports at which it takes calls. */
function doorsOf(scenario: Scenario, name: string): readonly number[] {
  const host = scenario.hosts.find((each) => each.name === name)
  if (host?.role === 'mailServer')
    return (host.config as { readonly services: readonly { readonly port: number }[] }).services.map(({ port }) => port)
  return host?.role === 'nameServer' || host?.role === 'resolver' ? [SERVICES.domain.port] : []
}

/** The message and the remedy for a door that a machine does not have. */
function noDoor(scenario: Scenario, to: string, port: number): readonly [message: string, remedy: string] {
  const doors = doorsOf(scenario, to)
  const remedy = doors.length === 0 ? 'It takes no calls: name a server in "to".' : `Its doors are ${doors.join(', ')}.`
  return [`${to} has no door ${port}`, remedy]
}

/** The first call of some deeds at a door that the machine does not have, by the number of the deed. */
export function closedDoor(
  deeds: readonly Deed[],
  scenario: Scenario,
): { readonly nth: number; readonly message: string; readonly remedy: string } | undefined {
  for (const [nth, deed] of deeds.entries()) {
    if (deed.type !== 'talk' && deed.type !== 'connected') continue
    const { to, port } = deed
    if (!scenario.hosts.some(({ name }) => name === to) || doorsOf(scenario, to).includes(port)) continue
    const [message, remedy] = noDoor(scenario, to, port)
    return { nth, message, remedy }
  }
  return undefined
}

/** The person's machine and the door of a task are in the world of its run. */
export function proveDoors(
  { at, to, port, opens, section }: Task,
  scenario: Scenario,
  report: (attribute: string, message: string, remedy: string) => void,
): void {
  const hosts = scenario.hosts.map(({ name }) => name)
  for (const [attribute, name] of Object.entries({ at, to })) {
    if (name !== undefined && !hosts.includes(name))
      report(attribute, `there is no machine "${name}" in the world of this step`, meant(name, hosts, ''))
  }
  if (to === undefined || !hosts.includes(to)) return
  if (port !== undefined && !doorsOf(scenario, to).includes(port)) report('port', ...noDoor(scenario, to, port))
  const config = scenario.hosts.find(({ name }) => name === to)?.config as {
    readonly zones?: readonly { readonly apex: string }[]
  }
  const apexes = (config.zones ?? []).map(({ apex }) => apex)
  if (opens === 'zone' && section !== undefined && !apexes.includes(section))
    report(
      'section',
      `${to} has no zone "${section}"`,
      meant(section, apexes, 'It has none: name a name server in "to".'),
    )
}

/** The beginnings of replies, by protocol: no server of it says anything else. */
const REPLIES: Readonly<Record<string, RegExp>> = {
  SMTP: /^[245]\d\d(?:[ -]|$)|^3[35]4(?:[ -]|$)/,
  POP3: /^(?:\+OK|-ERR|\+(?: |$))/,
  IMAP: /^(?:\S+ )?(?:OK|NO|BAD|BYE|PREAUTH|\*|\+)/,
  DNS: /^/,
}

/** The protocol of a door, by the services of the world. */
export function protocolAt(scenario: Scenario, to: string | undefined, port: number): string | undefined {
  const host = scenario.hosts.find((each) => each.name === to)
  const services = (host?.config as { readonly services?: readonly { port: number; service: ServiceName }[] })?.services
  const service = services?.find((each) => each.port === port)?.service
  return service && SERVICES[service].protocol
}

/** True if a server of the protocol can begin a reply so. */
export const canSay = (protocol: string, reply: string): boolean => REPLIES[protocol]?.test(reply) ?? true
