import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { setTimeout as pause } from 'node:timers/promises'
import { freePort } from '../browser'
import { type Engine, type Tab, WINDOW } from './engine'

/** WebKit in the form of WebKitGTK: its driver speaks WebDriver (W3C) over HTTP. */

/** The driver's answer, by https://www.w3.org/TR/webdriver2/: each has a `value`. */
type Call = (
  method: 'GET' | 'POST' | 'DELETE',
  path: string,
  body?: object,
  /** In milliseconds. */
  within?: number,
) => Promise<unknown>

const KEY = 'complaints of this page'
const ENTER = '\uE007'

/**
 * WebDriver reports nothing of the console, so this script, which comes before the page's own, records the page's complaints.
 * The session storage keeps them over a reload. A request that ends because its page is left is reported as an error too, between
 * `beforeunload` and `pagehide`: that is none, and the other engines call it aborted.
 */
const COLLECTOR = `<script>
(() => {
  const kept = JSON.parse(sessionStorage.getItem('${KEY}') ?? '[]')
  const keep = (text) => {
    kept.push(text)
    sessionStorage.setItem('${KEY}', JSON.stringify(kept))
  }
  for (const kind of ['warn', 'error']) {
    const own = console[kind]
    console[kind] = (...said) => {
      keep(kind + ': ' + said.map(String).join(' '))
      own.apply(console, said)
    }
  }
  let leaving = false
  addEventListener('beforeunload', () => {
    leaving = true
  })
  addEventListener('error', (event) => {
    const { message, target } = event
    if (leaving && message === undefined) return
    keep(message === undefined ? 'request failed: ' + (target.src ?? target.href) : 'exception: ' + message)
  }, true)
  addEventListener('unhandledrejection', (event) => keep('exception: ' + event.reason))
  addEventListener('securitypolicyviolation', (event) => keep('refused: ' + event.blockedURI))
})()
</script>`

export interface WebKitPrograms {
  readonly driver: string
  /** The X server for a window that is not shown; undefined if the tests have a display. */
  readonly xvfb: string | undefined
}

export async function launchWebKit({ driver, xvfb }: WebKitPrograms): Promise<Engine> {
  const server = xvfb === undefined ? undefined : spawn(xvfb, XVFB, { stdio: ['ignore', 'ignore', 'ignore', 'pipe'] })
  const display = server && `:${await firstLine(server)}`
  const shown = display === undefined ? {} : { DISPLAY: display, GDK_BACKEND: 'x11', ...NO_GPU }
  const env = { ...process.env, ...shown }
  return {
    head: COLLECTOR,
    open: async () => {
      for (let times = 1; ; times += 1) {
        const started = await startDriver(driver, env)
        try {
          return await openTab(started)
        } catch (cause) {
          await started.end()
          if (times === 3) throw cause
        }
      }
    },
    close: async () => {
      if (server) await ended(server)
    },
  }
}

/**
 * How long a browser has to start, in milliseconds. The driver chooses a free port for its browser and lets it go for the browser
 * to take. Another program that takes the port between the two leaves the driver waiting for ever: then a driver is started anew.
 */
const STARTS_WITHIN = 30_000

interface Driver {
  readonly call: Call
  /** Ends the driver and its browser. */
  end(): Promise<void>
}

/** Each window has a driver of its own, so a window that was closed cannot disturb the next. */
async function startDriver(driver: string, env: NodeJS.ProcessEnv): Promise<Driver> {
  const port = await freePort()
  const child = spawn(driver, [`--port=${port}`], { env, stdio: 'ignore', detached: true })
  const call = callerOf(`http://127.0.0.1:${port}`)
  await listens(call, child)
  return { call, end: () => ended(child, true) }
}

/**
 * A screen that is large enough for the window with the browser's own bars. The server writes the number of the display to the
 * third stream.
 */
const XVFB = ['-displayfd', '3', '-screen', '0', '1600x1200x24', '-nolisten', 'tcp']

/** Without a graphics card layers are slow: animations are then drawn five times as often without them. */
const NO_GPU = { WEBKIT_DISABLE_COMPOSITING_MODE: '1' }

async function firstLine(server: ChildProcess): Promise<string> {
  const stream = server.stdio[3]
  if (!stream || !('read' in stream)) throw new Error('Broken expectation: Xvfb has a third stream')
  let said = ''
  for await (const part of stream) {
    said += String(part)
    if (said.includes('\n')) return said.trim()
  }
  throw new Error('Xvfb ended before it had a display')
}

const callerOf =
  (address: string): Call =>
  async (method, path, body, within) => {
    const answer = await fetch(address + path, {
      method,
      ...(body ? { body: JSON.stringify(body) } : {}),
      ...(within === undefined ? {} : { signal: AbortSignal.timeout(within) }),
    })
    const { value } = (await answer.json()) as { value: unknown }
    if (!answer.ok) throw new Error(`WebKit: ${method} ${path}: ${JSON.stringify(value)}`)
    return value
  }

async function listens(call: Call, driver: ChildProcess): Promise<void> {
  for (;;) {
    if (driver.exitCode !== null) throw new Error(`The driver of WebKit ended with ${driver.exitCode}`)
    try {
      await call('GET', '/status')
      return
    } catch {
      await pause(20)
    }
  }
}

/** Ends a program; with `all`, the programs that it started as well. */
async function ended(child: ChildProcess, all = false): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null || child.pid === undefined) return
  const exit = once(child, 'exit')
  if (all) process.kill(-child.pid)
  else child.kill()
  await exit
}

async function openTab({ call, end }: Driver): Promise<Tab> {
  const { sessionId } = (await call('POST', '/session', { capabilities: {} }, STARTS_WITHIN)) as {
    readonly sessionId: string
  }
  const session = `/session/${sessionId}`
  const run = <Argument, Result>(work: (argument: Argument) => Result, argument: Argument) =>
    call('POST', `${session}/execute/sync`, {
      script: `return (${work.toString()})(arguments[0])`,
      args: [argument ?? null],
    }) as Promise<Result>
  const act = async (...actions: readonly object[]): Promise<void> => {
    await call('POST', `${session}/actions`, { actions })
  }

  // The browser's bars take a part of the window, but `WINDOW` is the size of the page.
  const outer = { x: 0, y: 0, ...WINDOW }
  await call('POST', `${session}/window/rect`, outer)
  const bars = WINDOW.height - (await run(() => innerHeight, undefined))
  await call('POST', `${session}/window/rect`, { ...outer, height: WINDOW.height + bars })

  return {
    goTo: async (url) => {
      await call('POST', `${session}/url`, { url })
    },
    reload: async () => {
      await call('POST', `${session}/refresh`, {})
    },
    run,
    click: (x, y) =>
      act({
        type: 'pointer',
        id: 'mouse',
        parameters: { pointerType: 'mouse' },
        actions: [
          { type: 'pointerMove', origin: 'viewport', duration: 0, x, y },
          { type: 'pointerDown', button: 0 },
          { type: 'pointerUp', button: 0 },
        ],
      }),
    // One key at a time: the driver is slow with several at once, and has been seen to hang.
    type: async (text) => {
      for (const message of text) {
        const value = message === '\n' ? ENTER : message
        const actions = ['keyDown', 'keyUp'].map((type) => ({ type, value }))
        await act({ type: 'key', id: 'keyboard', actions })
      }
    },
    complaints: () =>
      run((key) => {
        const elsewhere = performance
          .getEntriesByType('resource')
          .map(({ name }) => name)
          .filter((name) => !name.startsWith(location.origin) && !/^(?:data|blob):/.test(name))
        return [
          ...(JSON.parse(sessionStorage.getItem(key) ?? '[]') as string[]),
          ...elsewhere.map((name) => `request elsewhere: ${name}`),
        ]
      }, KEY),
    close: async () => {
      await call('DELETE', session)
      await end()
    },
  }
}
