import { assign, setup } from 'xstate'
import { fromText, slice } from '../../base/octets'
import type { Action, MachineAction, Protocol, Reader } from '../../session/session'
import type { Catalogue, HostRole } from '../role'
import type { Scenario, ScenarioLink } from '../scenario'

/**
 * The smallest world that exercises the network: a client that sends lines one after the other, and a server that echoes them.
 * The line STARTTLS makes both begin TLS.
 */

type Event = { type: 'opened' } | { type: 'closed' } | { type: 'secured' } | { type: 'line'; text: string }

const base = setup({
  types: {} as { context: { lines: readonly string[] }; events: Event; input: { lines?: readonly string[] } },
  actions: {
    say: (_, _params: { text: string }) => {},
    report: (_, _params: { text: string }) => {},
    hangUp: () => {},
    startTls: () => {},
    next: assign({ lines: ({ context }) => context.lines.slice(1) }),
  },
  guards: {
    more: ({ context }) => context.lines.length > 1,
    asksForTls: (_, params: { text: string }) => params.text === 'STARTTLS',
  },
})

const serverMachine = base.createMachine({
  context: { lines: [] },
  initial: 'open',
  states: {
    open: {
      tags: ['reads:line'],
      on: {
        line: [
          {
            guard: { type: 'asksForTls', params: ({ event }) => event },
            target: 'securing',
            actions: [{ type: 'say', params: ({ event }) => event }, 'startTls'],
          },
          { actions: { type: 'say', params: ({ event }) => event } },
        ],
        closed: 'over',
      },
    },
    securing: { on: { secured: 'open', closed: 'over' } },
    over: { type: 'final' },
  },
})

const clientMachine = base.createMachine({
  context: ({ input }) => ({ lines: input.lines ?? [] }),
  initial: 'connecting',
  states: {
    connecting: { on: { opened: 'saying', closed: 'over' } },
    saying: {
      tags: ['reads:line'],
      entry: { type: 'say', params: ({ context }) => ({ text: context.lines[0] ?? '' }) },
      on: {
        line: [
          {
            guard: { type: 'asksForTls', params: ({ event }) => event },
            target: 'securing',
            actions: ['next', { type: 'report', params: ({ event }) => event }, 'startTls'],
          },
          {
            guard: 'more',
            target: 'saying',
            reenter: true,
            actions: ['next', { type: 'report', params: ({ event }) => ({ text: event.text }) }],
          },
          { target: 'over', actions: [{ type: 'report', params: ({ event }) => ({ text: event.text }) }, 'hangUp'] },
        ],
        closed: 'over',
      },
    },
    securing: { on: { secured: 'saying', closed: 'over' } },
    over: { type: 'final' },
  },
})

const line: Reader = (inbox) => {
  const end = inbox.indexOf('\r\n')
  if (end === -1) return 'needsMore'
  const text = slice(inbox, 0, end)
  return { event: { type: 'line', text } as never, length: end + 2, means: { kind: 'line', name: text.slice(0, 8) } }
}

function perform(action: MachineAction): readonly Action[] {
  const { text } = (action.params ?? {}) as { text?: string }
  if (action.type === 'say')
    return [{ type: 'send', octets: fromText(`${text}\r\n`), means: { kind: 'line', name: text?.slice(0, 8) ?? '' } }]
  if (action.type === 'report') return [{ type: 'ask', question: { type: 'heard', text } as never }]
  if (action.type === 'startTls') return [{ type: 'startTls' }]
  return action.type === 'hangUp' ? [{ type: 'close' }] : []
}

const echoServer: Protocol = {
  key: 'echo.server',
  name: 'TEXT',
  role: 'server',
  machine: serverMachine,
  readers: { line },
  perform,
}
const echoClient: Protocol = {
  key: 'echo.client',
  name: 'TEXT',
  role: 'client',
  machine: clientMachine,
  readers: { line },
  perform,
}

export interface ClientState {
  readonly heard: readonly string[]
  readonly lines: readonly string[]
  readonly to: string
  readonly port: number
  readonly ended: number
  readonly implicitTls?: true
}

interface ClientConfig {
  readonly lines: readonly string[]
  readonly to: string
  readonly port?: number
  readonly implicitTls?: true
}

const client: HostRole<ClientState, ClientConfig> = {
  start: ({ lines, to, port = 7, ...tls }) => ({ heard: [], lines, to, port, ended: 0, ...tls }),
  listeners: () => [],
  react(host, happening) {
    const { state } = host
    if (happening.type === 'booted') {
      return [
        state,
        [
          {
            type: 'connect',
            address: state.to,
            port: state.port,
            protocol: 'echo.client',
            input: { lines: state.lines },
            ...(state.implicitTls ? { implicitTls: state.implicitTls } : {}),
          },
        ],
      ]
    }
    if (happening.type === 'asked')
      return [{ ...state, heard: [...state.heard, (happening.question as unknown as { text: string }).text] }, []]
    if (happening.type === 'sessionEnded') return [{ ...state, ended: state.ended + 1 }, []]
    return [state, []]
  },
}

const server: HostRole<object, object> = {
  start: () => ({}),
  listeners: () => [
    { port: 7, protocol: 'echo.server', input: {} },
    { port: 77, protocol: 'echo.server', input: {}, implicitTls: true },
  ],
  react: (host) => [host.state, []],
}

export const echoCatalogue: Catalogue = {
  protocols: { 'echo.server': echoServer, 'echo.client': echoClient },
  roles: { client, server },
}

/** Two hosts and one link between them. */
export function echoScenario(
  lines: readonly string[],
  conditions: Partial<ScenarioLink> = {},
  port = 7,
  to = '192.0.2.2',
): Scenario {
  return {
    name: 'echo',
    title: 'Echo',
    epoch: '2026-11-21T09:30:00Z',
    seed: 1,
    hosts: [
      { name: 'a', address: '192.0.2.1', role: 'client', config: { lines, to, port } },
      { name: 'b', address: '192.0.2.2', role: 'server', config: {} },
    ],
    links: [{ between: ['a', 'b'], latency: 10, jitter: 0, bandwidth: 10_000, loss: 0, ...conditions }],
    internet: { latency: 30, jitter: 0, bandwidth: 10_000, loss: 0 },
    letter: { host: 'a', account: '', from: '', to: '', subject: '', body: '' },
    simplifies: [],
    map: { hosts: {}, regions: [] },
  }
}
