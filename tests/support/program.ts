import { execFile, spawnSync } from 'node:child_process'
import { describe } from 'vitest'
import { everythingIsHere } from './everything'

/** What a program did. */
export interface Ran {
  readonly code: number
  readonly stdout: string
  readonly stderr: string
}

/** How long a program may take. */
const PATIENCE = 20_000

/** Runs a program to its end and gives back what it did; text handed to it goes to its standard input. */
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
    // A program may end without having read it all.
    child.stdin?.on('error', () => {})
    child.stdin?.end(given.input ?? '')
  })
}

/** True where a command works here. */
const works = (command: readonly string[]): boolean =>
  spawnSync(command[0] as string, command.slice(1), { stdio: 'ignore' }).status === 0

/**
 * `describe` for tests that need a program: where it is missing they are left out with a line that says so, and in CI
 * they fail. `command` shows that it is there; the package is Debian's.
 */
export function describeWith(name: string, command: readonly string[], debianPackage: string) {
  const here = works(command)
  if (!here) console.log(`${name} is not here: its tests are left out (Debian has it in ${debianPackage}).`)
  return here || everythingIsHere ? describe : describe.skip
}
