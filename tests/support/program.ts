import { execFile, spawnSync } from 'node:child_process'
import { describe } from 'vitest'
import { everythingIsHere } from './everything'

/** The result of a program. */
export interface Ran {
  readonly code: number
  readonly stdout: string
  readonly stderr: string
}

/** The longest time for a program, in milliseconds. */
const PATIENCE = 20_000

/** Runs a program to its end and returns its result. `input` goes to its standard input. */
export function run(
  program: string,
  args: readonly string[],
  given: { readonly input?: string; readonly env?: Readonly<Record<string, string>> } = {},
): Promise<Ran> {
  return new Promise((resolve, reject) => {
    const env = { ...process.env, ...given.env }
    const child = execFile(program, args, { env, timeout: PATIENCE }, (error, stdout, stderr) => {
      if (error && typeof error.code !== 'number') reject(error)
      else resolve({ code: error ? Number(error.code) : 0, stdout, stderr })
    })
    // A program may end before it has read everything.
    child.stdin?.on('error', () => {})
    child.stdin?.end(given.input ?? '')
  })
}

/** True if a command works on this machine. */
const works = (command: readonly string[]): boolean =>
  spawnSync(command[0] as string, command.slice(1), { stdio: 'ignore' }).status === 0

/**
 * `describe` for tests that need a program: if it is missing, they are left out with a line that says so, and in CI they fail.
 * `command` shows that the program exists; the package is Debian's.
 */
export function describeWith(name: string, command: readonly string[], debianPackage: string) {
  const here = works(command)
  if (!here) console.log(`${name} is not here: its tests are left out (Debian has it in ${debianPackage}).`)
  return here || everythingIsHere ? describe : describe.skip
}
