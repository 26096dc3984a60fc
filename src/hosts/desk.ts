import { isIpv4, type Outcome } from '../protocols/dns'
import { FIRST_PORT } from '../world/ephemeralPorts'
import type { InterventionBody } from '../world/intervention'
import type { Effect, Happening, HostEnvironment, HostOf, HostRole } from '../world/role'
import type { Address, Host } from '../world/world'
import { concernsLookup, type Lookups, noLookups, reactLookup, startLookup } from './dns/lookup'
import { purposeReader, sessionWith, type TerminalPurpose } from './purpose'

/**
 * A person can sit at any host, whatever its role: the desk opens the text connections that are asked for by hand, and looks names
 * up for them. The role beside it does not notice.
 */
export interface Desk {
  /** Absent until a name has been looked up. */
  readonly lookups?: Lookups<Wanted>
  /** The names of the last terminals, so that a slip of the pen is told from a connection that is over. */
  readonly terminals: readonly string[]
}

/** The state of a host with a desk; it is undefined until a person sits down. */
export interface Seated {
  readonly desk: Desk | undefined
}

/** The names that a person at a host can use: its resolver, if it has one, and the names that need no DNS. */
export interface NameService {
  readonly resolver?: Address
  readonly knownHosts?: Readonly<Record<string, string>>
}

/** The connection to open once the address is known. */
interface WantedTerminal {
  readonly port: number
  readonly purpose: TerminalPurpose
  readonly implicitTls?: true
}

/** A question that a person asks: its answer is seen on the wire, and nothing follows from it here. */
interface PersonsQuestion {
  readonly question: true
}

type Wanted = WantedTerminal | PersonsQuestion

/** The ports of the desk's lookups are below those that a role takes, so that no answer goes to the wrong one. */
const FIRST_DESK_PORT = 32_768

/** The interventions of a person who sits at a desk. */
const AT_DESK = [
  'connected',
  'typed',
  'hungUp',
  'secured',
  'dug',
] as const satisfies readonly InterventionBody['type'][]

/** More than a person has open at once. */
const MOST_TERMINALS = 40

const purposeOf = purposeReader<TerminalPurpose>({ terminal: true })

/** A role with a desk beside it. `names` tells how names are looked up at this host. */
export function withDesk<State extends object, Config extends object>(
  role: HostRole<State, Config>,
  names: (state: State, host: { readonly address: Address }) => NameService,
): HostRole<State & Seated, Config> {
  const { restart, takes } = role
  return {
    ...(takes && { takes: new Set([...takes, ...AT_DESK]) }),
    start: (config, host) => ({ ...role.start(config, host), desk: undefined }),
    listeners: (state, host) => role.listeners(state, host),
    ...(restart && { restart: (state) => ({ ...restart(state), desk: undefined }) }),
    react(host, happening, env) {
      const seated = reactDesk(host, () => names(host.state, host), happening, env)
      if (seated) return [{ ...host.state, desk: seated[0] }, seated[1]]
      const [state, effects] = role.react(host, happening, env)
      return [state === host.state ? host.state : { ...state, desk: host.state.desk }, effects]
    },
  }
}

type Reaction = readonly [desk: Desk | undefined, effects: readonly Effect[]]

/** Handles a happening of the desk, or returns undefined for one of the role. */
function reactDesk(
  host: HostOf<Seated>,
  names: () => NameService,
  happening: Happening,
  env: HostEnvironment,
): Reaction | undefined {
  const { desk } = host.state
  if (happening.type === 'intervened') return intervened(host, names, happening.intervention, env)
  if (!desk?.lookups || !concernsLookup(host, desk.lookups, happening)) return undefined
  const looked = reactLookup(host, desk.lookups, happening)
  if (!looked) return undefined
  const { lookups, effects, ended } = looked
  return [{ ...desk, lookups }, ended ? [...effects, ...connectTo(ended.outcome, ended.purpose)] : effects]
}

function connectTo({ records }: Outcome, wanted: Wanted): readonly Effect[] {
  if ('question' in wanted) return []
  const address = records.flatMap((record) => (record.type === 'A' ? [record.address] : []))[0]
  return address === undefined ? [] : [open(address, wanted)]
}

const open = (address: Address, wanted: WantedTerminal): Effect => ({
  type: 'connect',
  address,
  protocol: 'text.client',
  input: { startsTls: true },
  ...wanted,
})

function intervened(
  host: HostOf<Seated>,
  names: () => NameService,
  intervention: InterventionBody,
  env: HostEnvironment,
): Reaction | undefined {
  const { desk } = host.state
  switch (intervention.type) {
    case 'connected': {
      const { to, port, terminal, implicitTls } = intervention
      const wanted = { port, purpose: { kind: 'terminal', terminal }, ...(implicitTls && { implicitTls }) } as const
      const { resolver, knownHosts } = names()
      const address = isAddress(to) ? to : isOwnName(host, to) ? host.address : knownHosts?.[to]
      const terminals = [...(desk?.terminals ?? []), terminal].slice(-MOST_TERMINALS)
      const seated = { ...desk, terminals }
      if (address !== undefined) return [seated, [open(address, wanted)]]
      if (resolver === undefined) return [seated, unasked(host, to, 'A')]
      const [lookups, effects] = startLookup(host, lookupsOf(desk, resolver), to, 'A', wanted, env)
      return [{ ...seated, lookups }, effects]
    }
    case 'dug': {
      const { name, rrType, server = names().resolver, recursion } = intervention
      if (server === undefined) return [desk, unasked(host, name, rrType)]
      const asking = { ...lookupsOf(desk, server), resolvers: [server] }
      const [lookups, effects] = startLookup(host, asking, name, rrType, { question: true }, env, recursion)
      const terminals = desk?.terminals ?? []
      return [{ terminals, lookups: { ...lookups, resolvers: [names().resolver ?? server] } }, effects]
    }
    case 'typed':
    case 'hungUp':
    case 'secured':
      return [desk, atTerminal(host, intervention)]
    default:
      return undefined
  }
}

const isAddress = (name: string): boolean => isIpv4(name) || name.includes(':')

/** Every host knows itself. */
const isOwnName = ({ name }: Host, asked: string): boolean => asked === name || asked === 'localhost'

type AtTerminal = Extract<InterventionBody, { readonly type: 'typed' | 'hungUp' | 'secured' }>

function atTerminal(host: HostOf<Seated>, done: AtTerminal): readonly Effect[] {
  const { terminal } = done
  const session = sessionWith(host, purposeOf, (purpose) => purpose.terminal === terminal)
  if (session === undefined) {
    const known = host.state.desk?.terminals.includes(terminal) ?? false
    // A connection that is over needs no hanging up.
    if (known && done.type === 'hungUp') return []
    const reason = { id: known ? 'lineNotOpen' : 'noSuchTerminal', terminal } as const
    return [{ type: 'note', fact: { type: 'changeRefused', host: host.name, reason } }]
  }
  const intent =
    done.type === 'typed'
      ? { type: 'type', octets: done.octets }
      : { type: done.type === 'hungUp' ? 'hangUp' : 'secure' }
  return [{ type: 'want', session, intent }]
}

/** The lookups for the next one: their ports begin anew before they reach those of roles. */
function lookupsOf(desk: Desk | undefined, resolver: Address): Lookups<Wanted> {
  const lookups = desk?.lookups ?? { ...noLookups(resolver), nextPort: FIRST_DESK_PORT }
  return lookups.nextPort < FIRST_PORT ? lookups : { ...lookups, nextPort: FIRST_DESK_PORT }
}

/** A host without a resolver finds no address for a name. */
function unasked({ name: host }: Host, name: string, rrType: string): readonly Effect[] {
  const about = { host, name, rrType }
  return [
    { type: 'note', fact: { type: 'lookupStarted', ...about } },
    { type: 'note', fact: { type: 'lookupEnded', ...about, outcome: 'noResolver', fromCache: false } },
  ]
}
