import type { Quota } from '../../mail/store'
import type { MailServiceName } from '../../session/service'
import { OPTIONS, type Options } from './options'

/** A mail server's part of a scenario, with those of its options that are not at their defaults (`options.ts`). */
export interface MailServerConfig extends Partial<Options> {
  /** The name in greetings and trace fields. */
  readonly hostName: string
  readonly services: readonly ServiceConfig[]
  readonly domains: readonly LocalDomain[]
  readonly accounts?: readonly Account[]
  readonly resolver: string
  /** Names and addresses that need no DNS, as from a hosts file. */
  readonly knownHosts?: Readonly<Record<string, string>>
}

export interface ServiceConfig {
  readonly port: number
  /** The service of the port, by its row in `session/service.ts`. */
  readonly service: MailServiceName
}

export interface LocalDomain {
  readonly domain: string
  /** Existing local parts. */
  readonly recipients: readonly string[]
  /** The owner of `postmaster`, which every domain has (RFC 5321 section 4.5.1). */
  readonly postmaster: string
  /** The host of the mailboxes. Default: this one. */
  readonly deliverTo?: string
}

export interface Account {
  /** The whole address, which is the login name. */
  readonly address: string
  readonly password: string
  /** The limit for all mailboxes together. Default: none. */
  readonly quota?: Quota
}

/** A configuration with the value of every option. */
export type CompleteConfig = MailServerConfig & Options

const DEFAULTS = Object.fromEntries(Object.entries(OPTIONS).map(([name, { standard }]) => [name, standard])) as Options

/** A configuration is a value and is used at every command, so its defaults are filled in once. */
const completed = new WeakMap<MailServerConfig, CompleteConfig>()

export function complete(config: MailServerConfig): CompleteConfig {
  const known = completed.get(config)
  if (known) return known
  const whole = { ...DEFAULTS, ...config }
  completed.set(config, whole)
  return whole
}

/** The account of a login name: the whole address, or its local part. */
export function accountOf(config: MailServerConfig, user: string): Account | undefined {
  const wanted = user.toLowerCase()
  return config.accounts?.find((account) => account.address === wanted || account.address.split('@')[0] === wanted)
}
