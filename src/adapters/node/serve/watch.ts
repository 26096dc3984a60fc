import type { EventEmitter } from 'node:events'
import { existsSync } from 'node:fs'
import type { IncomingMessage, Server, ServerResponse } from 'node:http'
import { fileURLToPath } from 'node:url'
import type { Connect, InlineConfig, Plugin } from 'vite'
import type { Intervention } from '../../../world/intervention'
import type { Scenario } from '../../../world/scenario'
import { MAX_UNSENT, MAX_WATCHERS, TICK } from './limits'
import type { LiveWorld } from './liveWorld'
import { isLoopback } from './loopback'
import { Recording } from './recording'

const root = fileURLToPath(new URL('../../../../', import.meta.url))
/** The path of the stream of events, which README.md describes. */
export const EVENTS = '/watch/events'

/** A run that pages watch: its scenario and seed, and its interventions as they are made. */
export class Broadcast {
  private readonly watchers = new Set<ServerResponse>()
  private readonly recording = new Recording()
  private readonly ticking: NodeJS.Timeout
  private readonly live: LiveWorld
  private readonly run: { readonly scenario: Scenario; readonly seed: number; readonly epoch: number }

  constructor(live: LiveWorld, scenario: Scenario, seed: number) {
    this.live = live
    this.run = { scenario, seed, epoch: live.world.epoch }
    live.onIntervention = (intervention) => this.intervened(intervention)
    this.ticking = setInterval(() => this.tell('now', { now: live.now }), TICK)
  }

  /** Answers a page that asks for the events. */
  answer(request: IncomingMessage, response: ServerResponse): void {
    if (request.method !== 'GET') {
      response.writeHead(405, { Allow: 'GET' }).end()
      return
    }
    if (!isOwnPage(request)) {
      response.writeHead(403, { 'Content-Type': 'text/plain' }).end('Only the page of this server may watch.\n')
      return
    }
    const { whole } = this.recording
    if (this.watchers.size >= MAX_WATCHERS) {
      response.writeHead(503, { 'Content-Type': 'text/plain' }).end(`At most ${MAX_WATCHERS} pages watch at once.\n`)
      return
    }
    response.writeHead(200, { 'Content-Type': 'text/event-stream', 'Cache-Control': 'no-store' })
    response.write(event('run', { ...this.run, now: this.live.now, complete: whole !== undefined }))
    // A page that comes too late for the whole run is told so, and gets nothing else.
    if (whole === undefined) {
      response.end()
      return
    }
    for (const intervention of whole) response.write(event('intervention', intervention))
    this.watchers.add(response)
    response.on('close', () => this.watchers.delete(response))
    response.on('error', () => this.watchers.delete(response))
  }

  end(): void {
    clearInterval(this.ticking)
    for (const watcher of this.watchers) watcher.end(event('ended', {}))
  }

  private intervened(intervention: Intervention): void {
    this.recording.add(intervention)
    this.tell('intervention', intervention)
  }

  private tell(name: string, data: object): void {
    for (const watcher of this.watchers) {
      watcher.write(event(name, data))
      if (watcher.writableLength > MAX_UNSENT) watcher.destroy()
    }
  }
}

/**
 * True unless a page of another origin asks, or ours under a name that somebody else's DNS has for this machine (WHATWG Fetch, 3.2;
 * W3C Fetch Metadata, 2.3). A program that is no browser sends none of this.
 */
function isOwnPage({ headers: { host = '', origin, 'sec-fetch-site': site } }: IncomingMessage): boolean {
  if (site !== undefined && site !== 'same-origin' && site !== 'none') return false
  if (origin !== undefined && origin !== `http://${host}`) return false
  const name = host.replace(/:\d+$/, '').replace(/^\[|\]$/g, '')
  return name === 'localhost' || isLoopback(name)
}

const event = (name: string, data: object): string => `event: ${name}\ndata: ${JSON.stringify(data)}\n\n`

/** A served page, and the function that ends it. */
export interface Page {
  readonly port: number
  close(): Promise<void>
}

/** Serves the page, built or else through Vite, and the events at its side. Rejects where the port cannot be had. */
export async function servePage(host: string, port: number, broadcast: Broadcast): Promise<Page> {
  // Vite is loaded only for a world that is watched.
  const { createServer, preview } = await import('vite')
  const listen = (middlewares: Connect.Server): void => {
    // The page shows its link for watching only if it was told so (`ui/shell/watched.ts`).
    middlewares.use((_, response, next) => {
      response.setHeader('Server-Timing', 'ehlo-watch')
      next()
    })
    middlewares.use(EVENTS, (request, response) => broadcast.answer(request, response))
  }
  const events: Plugin = {
    name: 'ehlo-world:watch',
    configureServer: ({ middlewares }) => listen(middlewares),
    configurePreviewServer: ({ middlewares }) => listen(middlewares),
  }
  const common: InlineConfig = { root, logLevel: 'error', plugins: [events] }
  // Pages of other origins are not to read what passes here; Vite would let every page of this machine do so.
  const where = { host, port, strictPort: true, open: false, cors: false }
  const server = await keepingSignals(async () => {
    if (existsSync(`${root}dist/index.html`)) return preview({ ...common, preview: where })
    return (await createServer({ ...common, server: where })).listen()
  })
  return { port: portOf(server.httpServer as Server), close: () => server.close() }
}

/** Vite's servers end the whole process when it is told to end; ours ends in order, and with 0. */
async function keepingSignals<T>(start: () => Promise<T>): Promise<T> {
  const sources: readonly (readonly [EventEmitter, string])[] = [
    [process, 'SIGTERM'],
    [process.stdin, 'end'],
  ]
  const before = sources.map(([source, name]) => new Set(source.listeners(name)))
  const started = await start()
  for (const [at, [source, name]] of sources.entries()) {
    for (const listener of source.listeners(name)) {
      if (!before[at]?.has(listener)) source.removeListener(name, listener as () => void)
    }
  }
  return started
}

function portOf(server: Server): number {
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('the page is served on a port')
  return address.port
}
