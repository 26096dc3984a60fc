import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { serveOptions } from '../../src/adapters/node/serve/options'
import { type Ready, serve } from '../../src/adapters/node/serve/serve'
import type { World } from '../../src/world/world'

const root = join(import.meta.dirname, '../..')

/** A world that `ehlo serve` has opened. */
export interface ServedWorld {
  readonly ready: Ready
  /** The assigned port of an option, or of a name server. */
  port(option: string): number
  /** The number of connected programs, and of their connections in the world. */
  outsideConnections(): number
  connections(): number
  /** The present world. */
  world(): World
  end(): Promise<void>
}

const portIn = (ready: Ready) => (option: string) => {
  const port = ready.ports[option] ?? ready.nameServers?.[option]
  if (port === undefined) throw new Error(`--${option} was not given`)
  return port
}

/** Opens a world as `ehlo serve` does, within this process, with real sockets. */
export async function serveWorld(...args: readonly string[]): Promise<ServedWorld> {
  const { ready, live, outsideConnections, close } = await serve(serveOptions(args), (mistake) => {
    throw new Error(mistake)
  })
  const connections = (): number =>
    Object.values(live.world.connections).filter(({ client }) => client.host === live.gateway).length
  return {
    ready,
    port: portIn(ready),
    outsideConnections: () => outsideConnections.size,
    connections,
    world: () => live.world,
    end: close,
  }
}

/** `ehlo serve` as a process of its own. */
export interface SpawnedWorld extends Pick<ServedWorld, 'ready' | 'port'> {
  /** Sends it signals to end, as Ctrl+C or a service manager does. Returns its exit code. */
  end(...signals: readonly NodeJS.Signals[]): Promise<number | null>
}

/** Starts `ehlo serve` and waits for its first line. Rejects with its output if it ends before. */
export async function spawnWorld(...args: readonly string[]): Promise<SpawnedWorld> {
  const child = spawn(process.execPath, ['--import', 'tsx', 'src/adapters/node/ehlo.ts', 'serve', ...args], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let complaint = ''
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    complaint += text
  })
  const exited = once(child, 'exit') as Promise<[number | null]>
  const line = await Promise.race([
    once(createInterface(child.stdout), 'line').then(([first]) => first as string),
    exited.then(([code]) => Promise.reject(new Error(`ehlo serve ended with ${code}: ${complaint}`))),
  ])
  const ready = JSON.parse(line) as Ready
  return {
    ready,
    port: portIn(ready),
    end: async (...signals) => {
      for (const signal of signals.length === 0 ? (['SIGTERM'] as const) : signals) child.kill(signal)
      const [code] = await exited
      return code
    },
  }
}

/** Starts `ehlo serve` with a standard output that has no reader any more, and waits for its end. */
export async function endWithoutReader(
  ...args: readonly string[]
): Promise<{ readonly code: number | null; readonly complaint: string }> {
  const child = spawn(process.execPath, ['--import', 'tsx', 'src/adapters/node/ehlo.ts', 'serve', ...args], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  child.stdout.destroy()
  let complaint = ''
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    complaint += text
  })
  const [code] = (await once(child, 'close')) as [number | null]
  return { code, complaint }
}
