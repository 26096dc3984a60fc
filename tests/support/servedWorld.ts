import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import type { Ready } from '../../src/adapters/node/serve/serve'

const root = join(import.meta.dirname, '../..')

/** `ehlo serve` as a process of its own. */
export interface ServedWorld {
  readonly ready: Ready
  readonly process: ChildProcess
  /** The port of an option that was given. */
  port(option: string): number
  /** Tells it to end, as Ctrl+C or a service manager does. Gives its exit code. */
  end(signal?: NodeJS.Signals): Promise<number | null>
}

/** Starts `ehlo serve` and waits for its first line. Rejects with what it said where it does not get that far. */
export async function serveWorld(...args: readonly string[]): Promise<ServedWorld> {
  const child = spawn(process.execPath, ['--import', 'tsx', 'src/adapters/node/ehlo.ts', 'serve', ...args], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let complaint = ''
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    complaint += text
  })
  const exited = once(child, 'exit') as Promise<[number | null]>
  const lines = createInterface(child.stdout)
  const line = await Promise.race([
    once(lines, 'line').then(([first]) => first as string),
    exited.then(([code]) => Promise.reject(new Error(`ehlo serve ended with ${code}: ${complaint}`))),
  ])
  const ready = JSON.parse(line) as Ready
  return {
    ready,
    process: child,
    port: (option) => {
      const port = ready.ports[option] ?? ready.nameServers?.[option]
      if (port === undefined) throw new Error(`--${option} was not given`)
      return port
    },
    end: async (signal = 'SIGTERM') => {
      child.kill(signal)
      const [code] = await exited
      return code
    },
  }
}
