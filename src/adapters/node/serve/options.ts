import { parseArgs } from 'node:util'
import { readArguments } from '../arguments'
import { Complaint } from '../scenarios'
import { loopbackAddress } from './loopback'
import { MAIL_OPTIONS, type MailOption } from './services'

/** The options of `ehlo serve`. */
export interface ServeOptions {
  readonly scenario: string
  readonly host: string
  /** Ports of mail servers by option; 0 is any free one. */
  readonly mail: Readonly<Partial<Record<MailOption, number>>>
  readonly dns?: number
  readonly nameServers: readonly { readonly name: string; readonly port: number }[]
  readonly watch?: number
  readonly allowPlaintextAuth: boolean
  readonly seed?: number
}

const text = { type: 'string' } as const

function parse(args: readonly string[]) {
  return parseArgs({
    args: [...args],
    allowPositionals: false,
    options: {
      scenario: text,
      host: text,
      smtp: text,
      submission: text,
      submissions: text,
      imap: text,
      imaps: text,
      pop3: text,
      pop3s: text,
      dns: text,
      watch: text,
      seed: text,
      'name-server': { type: 'string', multiple: true },
      'allow-plaintext-auth': { type: 'boolean' },
    },
  })
}

function portOf(option: string, given: string): number {
  const port = Number(given)
  if (/^\d{1,5}$/.test(given) && port <= 65_535) return port
  throw new Complaint(`--${option} wants a port from 0 to 65535, where 0 is any free one, not "${given}".`)
}

function nameServerOf(given: string): { name: string; port: number } {
  const at = given.lastIndexOf('=')
  if (at > 0) return { name: given.slice(0, at), port: portOf('name-server', given.slice(at + 1)) }
  throw new Complaint(`--name-server wants a host and a port, as in root=5300, not "${given}".`)
}

/** Reads the command line after `serve`. Throws a Complaint with its error. */
export function serveOptions(args: readonly string[]): ServeOptions {
  const { values } = readArguments(() => parse(args))
  if (values.scenario === undefined) throw new Complaint('Say which world to serve, as in: --scenario example-test.')
  const mail: Partial<Record<MailOption, number>> = {}
  for (const option of MAIL_OPTIONS) {
    const given = values[option]
    if (given !== undefined) mail[option] = portOf(option, given)
  }
  const nameServers = (values['name-server'] ?? []).map(nameServerOf)
  const { dns, watch, seed } = values
  if (Object.keys(mail).length + nameServers.length === 0 && dns === undefined && watch === undefined) {
    throw new Complaint('Nothing would be open: give at least one port, as in: --smtp 2525.')
  }
  if (seed !== undefined && !/^\d{1,15}$/.test(seed)) throw new Complaint(`--seed wants a whole number, not "${seed}".`)
  return {
    scenario: values.scenario,
    host: loopbackAddress(values.host ?? '127.0.0.1'),
    mail,
    nameServers,
    allowPlaintextAuth: values['allow-plaintext-auth'] ?? false,
    ...(dns === undefined ? {} : { dns: portOf('dns', dns) }),
    ...(watch === undefined ? {} : { watch: portOf('watch', watch) }),
    ...(seed === undefined ? {} : { seed: Number(seed) }),
  }
}
