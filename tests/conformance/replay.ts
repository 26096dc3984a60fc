import { execFile } from 'node:child_process'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

/** Cases that lie beside the project, and the program that plays them at a server and judges the meaning of its replies. */
export const folder = join(import.meta.dirname, '../../../shared/conformance')
const root = join(import.meta.dirname, '../..')

/** The protocols whose cases are played. */
export const PROTOCOLS = ['smtp', 'submission', 'pop3', 'imap'] as const
export type Protocol = (typeof PROTOCOLS)[number]

export const casesArePresent = existsSync(join(folder, 'replay.mjs'))

/** Dialogues: the cases themselves, and those from public bug reports. */
const COLLECTIONS = ['cases', 'reports/cases'] as const
export type Collection = (typeof COLLECTIONS)[number]

const casesIn = (collection: Collection, protocol: Protocol): readonly string[] => {
  const place = join(folder, collection, protocol)
  return existsSync(place) ? readdirSync(place).filter((name) => name.endsWith('.json')) : []
}

/** Each collection with each protocol that it has cases of. */
export const PLAYED: readonly (readonly [Collection, Protocol])[] = COLLECTIONS.flatMap((collection) =>
  PROTOCOLS.flatMap((protocol) => (casesIn(collection, protocol).length > 0 ? [[collection, protocol] as const] : [])),
)

/** The longest time for the cases of one protocol: many of them wait for something that must not come. */
export const PLAYING_TIME = 180_000

/**
 * Plays the cases of one protocol and returns the whole output, which has the failures and says more than an exit code. All
 * servers take part, since a case may look into mailboxes.
 */
export function replay(
  collection: Collection,
  protocol: Protocol,
  ports: Readonly<Record<string, number>>,
  preload: readonly string[] = [],
): Promise<string> {
  const addresses = PROTOCOLS.flatMap((name) => [`--${name}`, `127.0.0.1:${ports[name]}`])
  const args = [...preload, join(folder, 'replay.mjs'), '--cases', join(folder, collection, protocol), ...addresses]
  const names = Object.fromEntries(Object.entries(ports).map(([name, port]) => [port, name]))
  const env = { ...process.env, EHLO_PORTS: JSON.stringify(names) }
  return new Promise((resolve) => {
    execFile(process.execPath, args, { cwd: root, env }, (_, stdout, stderr) => resolve(stdout + stderr))
  })
}

/** The output if every case passes. */
export const allPass = (collection: Collection, protocol: Protocol): string =>
  `${casesIn(collection, protocol).length} passed, 0 failed\n`

/** The rows of a table between `<<'NAME'` and `NAME` in a script, their fields separated by `|`; comments are left out. */
export function rowsOf(script: string, name: string): readonly (readonly string[])[] {
  const text = readFileSync(join(folder, script), 'utf8')
  const table = text.split(`<<'${name}'\n`)[1]?.split(`\n${name}\n`)[0] ?? ''
  return table
    .split('\n')
    .filter((row) => row !== '' && !row.startsWith('#'))
    .map((row) => row.split('|'))
}
