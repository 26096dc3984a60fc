import { serviceAt } from '../../session/service'
import type { Scenario } from '../../world/scenario'
import type { HostName } from '../../world/world'
import type { People } from './completions'

/**
 * The person at each machine, the readers who can be written to and the accounts that can log in. All of it is read from the
 * scenario, so it fits any world.
 */

interface AccountConfig {
  readonly address: string
  readonly user?: string
  readonly password?: string
  readonly retrieval?: { readonly protocol: string; readonly host: string }
}

/** The accounts in the configuration of a host. */
interface Owned {
  readonly accounts?: readonly AccountConfig[]
}

interface Account extends AccountConfig {
  /** The machine whose mail program uses it. */
  readonly machine: HostName
}

/** The machines at which a person can sit and type, those of people first. A gateway stands for programs outside. */
export const machinesOf = ({ hosts }: Scenario): readonly HostName[] => {
  const ofPeople = hosts.filter(({ role }) => role === 'mailProgram')
  const others = hosts.filter(({ role }) => role !== 'mailProgram' && role !== 'gateway')
  return [...ofPeople, ...others].map(({ name }) => name)
}

const accountsOf = ({ hosts }: Scenario): readonly Account[] =>
  hosts.flatMap(({ name, config }) =>
    ((config as Owned).accounts ?? []).map((account) => ({ ...account, machine: name })),
  )

/** The addresses whose mail this machine fetches. */
export const fetchedFor = (scenario: Scenario, host: HostName): readonly string[] =>
  accountsOf(scenario).flatMap(({ machine, address, retrieval }) => (machine === host && retrieval ? [address] : []))

/**
 * The owners of mailboxes in this store, those whose machine fetches by this protocol first. If no machine fetches here, the
 * letter's reader.
 */
function ownersAt(scenario: Scenario, store: string | undefined, port: number): readonly Account[] {
  const accounts = accountsOf(scenario)
  const here = accounts.filter(({ retrieval }) => retrieval?.host === store)
  const found = here.length > 0 ? here : accounts.filter(({ address }) => address === scenario.letter.to)
  const protocol = serviceAt(port)?.protocol
  const first = found.filter(({ retrieval }) => retrieval?.protocol === protocol)
  return [...first, ...found.filter((account) => !first.includes(account))]
}

const isRetrieval = (port: number): boolean => {
  const protocol = serviceAt(port)?.protocol
  return protocol === 'POP3' || protocol === 'IMAP'
}

/** The machine from which a person would connect to this port: the mailbox owner's for POP3 and IMAP, the sender's for SMTP. */
export function machineFor(scenario: Scenario, to: string, port: number): HostName {
  const owner = isRetrieval(port) ? ownersAt(scenario, to, port)[0]?.machine : undefined
  return owner ?? scenario.letter.host
}

/** The readers that the person at this machine can write to, and the accounts that can log in at this port of this server. */
export function peopleAt(
  scenario: Scenario,
  machine: HostName,
  server: HostName | undefined,
  port: number | undefined,
): People {
  const { letter: message } = scenario
  const [local = '', domain = ''] = message.to.split('@')
  const accounts = accountsOf(scenario)
  const account =
    port === undefined || !isRetrieval(port)
      ? accounts.find(
          ({ address }) => address === (port !== undefined && isMembersDoor(port) ? message.account : message.to),
        )
      : ownersAt(scenario, server, port)[0]
  const user = account?.user ?? account?.address.split('@')[0]
  return {
    from: message.account,
    to: [`${local}@${domain}`, `nobody@${domain}`],
    hello: machine,
    ...(user && account?.password ? { login: { user, password: account.password } } : {}),
  }
}

/** True for a port at which a user's own program submits messages, after it has logged in. */
export function isMembersDoor(port: number): boolean {
  const service = serviceAt(port)
  return service?.protocol === 'SMTP' && service.clients === 'users'
}
