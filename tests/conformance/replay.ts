import { execFile } from 'node:child_process'
import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'

/** Cases that lie beside the project, and the program that plays them at a server and judges what its replies mean. */
export const folder = join(import.meta.dirname, '../../../shared/conformance')
const root = join(import.meta.dirname, '../..')

/** The protocols whose cases are played. */
export const PROTOCOLS = ['smtp', 'submission', 'pop3', 'imap'] as const
export type Protocol = (typeof PROTOCOLS)[number]

export const casesArePresent = existsSync(join(folder, 'replay.mjs'))

/** How long the cases of one protocol may take: many of them wait for what must not come. */
export const PLAYING_TIME = 180_000

/**
 * Plays the cases of one protocol and gives all that was printed: failures are there, and say more than an exit code.
 * All servers take part, since a case may look into mailboxes.
 */
export function replay(
  protocol: Protocol,
  ports: Readonly<Record<string, number>>,
  preload: readonly string[] = [],
): Promise<string> {
  const addresses = PROTOCOLS.flatMap((name) => [`--${name}`, `127.0.0.1:${ports[name]}`])
  const args = [...preload, join(folder, 'replay.mjs'), '--cases', join(folder, 'cases', protocol), ...addresses]
  const names = Object.fromEntries(Object.entries(ports).map(([name, port]) => [port, name]))
  const env = { ...process.env, EHLO_PORTS: JSON.stringify(names) }
  return new Promise((resolve) => {
    execFile(process.execPath, args, { cwd: root, env }, (_, stdout, stderr) => resolve(stdout + stderr))
  })
}

/** What is printed where every case of a protocol passes. */
export function allPass(protocol: Protocol): string {
  const cases = readdirSync(join(folder, 'cases', protocol)).filter((name) => name.endsWith('.json'))
  return `${cases.length} passed, 0 failed\n`
}
