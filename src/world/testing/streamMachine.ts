import { setup } from 'xstate'
import type { Octets } from '../../base/octets'
import { minutes } from '../../base/time'
import type { Action, MachineAction, Protocol } from '../../session/session'
import type { Catalogue, Effect, Happening, HostRole } from '../role'
import type { LinkSettings, Scenario } from '../scenario'

/**
 * Two hosts that send all their octets to each other, in pieces, and hang up; they record the octets they heard, and how each
 * session ended.
 */

type Why = 'finished' | 'refused' | 'timedOut' | 'reset' | 'patience'
type Event =
  | { type: 'opened' }
  | { type: 'octets'; octets: Octets }
  | { type: 'closed'; why: Why }
  | { type: 'hangUp' }
  | { type: 'say'; octets: Octets }

const machine = setup({
  types: {} as { context: { pieces: readonly Octets[] }; events: Event; input: { pieces?: readonly Octets[] } },
  actions: {
    say: (_, _params: { pieces: readonly Octets[] }) => {},
    hear: (_, _params: { octets: Octets }) => {},
    end: (_, _params: { why: Why }) => {},
    hangUp: () => {},
  },
  delays: { patience: minutes(10) },
}).createMachine({
  context: ({ input }) => ({ pieces: input.pieces ?? [] }),
  initial: 'opening',
  on: { closed: { target: '.over', actions: { type: 'end', params: ({ event }) => event } } },
  states: {
    opening: {
      on: { opened: { target: 'open', actions: [{ type: 'say', params: ({ context }) => context }, 'hangUp'] } },
    },
    open: {
      tags: ['reads:all'],
      after: { patience: { target: 'over', actions: { type: 'end', params: { why: 'patience' } } } },
      on: { octets: { actions: { type: 'hear', params: ({ event }) => event } } },
    },
    over: { type: 'final' },
  },
})

function perform(action: MachineAction): readonly Action[] {
  const means = { kind: 'line', name: '' } as const
  if (action.type === 'say') {
    const { pieces } = action.params as { pieces: readonly Octets[] }
    return pieces.map((octets) => ({ type: 'send', octets, means }))
  }
  if (action.type === 'hangUp') return [{ type: 'close' }]
  return action.type === 'hear' || action.type === 'end'
    ? [{ type: 'ask', question: { ...(action.params as object), type: action.type } }]
    : []
}

const protocol = (key: string, role: 'client' | 'server'): Protocol => ({
  key,
  name: 'TEXT',
  role,
  machine,
  readers: {
    all: (inbox) => ({
      event: { type: 'octets', octets: inbox } as never,
      length: inbox.length,
      means: { kind: 'line', name: '' },
    }),
  },
  perform,
})

export interface StreamState {
  readonly pieces: readonly string[]
  readonly connects: number
  readonly heard: string
  readonly ended: readonly Why[]
  readonly boots: number
  /** The policy `listens`. */
  readonly listens: boolean
}

interface StreamConfig {
  readonly pieces: readonly string[]
  /** The number of connections that it opens when it boots, one after the other. */
  readonly connects?: number
}

const connect = (state: StreamState): Effect => ({
  type: 'connect',
  address: '192.0.2.2',
  port: 7,
  protocol: 'stream.client',
  input: { pieces: state.pieces },
})

function reactTo(state: StreamState, happening: Happening): readonly [StreamState, readonly Effect[]] {
  if (happening.type === 'booted') {
    const booted = { ...state, boots: state.boots + 1 }
    return state.connects > 0 ? [{ ...booted, connects: state.connects - 1 }, [connect(state)]] : [booted, []]
  }
  if (happening.type === 'intervened' && happening.intervention.type === 'policyChanged')
    return [{ ...state, listens: happening.intervention.value === true }, []]
  if (happening.type === 'sessionEnded' && state.connects > 0)
    return [{ ...state, connects: state.connects - 1 }, [connect(state)]]
  if (happening.type !== 'asked') return [state, []]
  const said = happening.question as { type: string; octets?: string; why?: Why }
  if (said.type === 'hear') return [{ ...state, heard: state.heard + (said.octets ?? '') }, []]
  return [{ ...state, ended: [...state.ended, said.why as Why].slice(-2) }, []]
}

const role = (listens: boolean): HostRole<StreamState, StreamConfig> => ({
  start: ({ pieces, connects = 0 }) => ({ pieces, connects, heard: '', ended: [], boots: 0, listens }),
  listeners: ({ pieces, listens }) => (listens ? [{ port: 7, protocol: 'stream.server', input: { pieces } }] : []),
  /** The heard octets are on disk, the ends of sessions are not. */
  restart: (state) => ({ ...state, ended: [] }),
  react: (host, happening) => reactTo(host.state, happening),
})

export const streamCatalogue: Catalogue = {
  protocols: {
    'stream.client': protocol('stream.client', 'client'),
    'stream.server': protocol('stream.server', 'server'),
  },
  roles: { client: role(false), server: role(true) },
}

/** Host a connects to host b; `fromA` and `fromB` are their octets, piece by piece. */
export function streamScenario(
  fromA: readonly string[],
  fromB: readonly string[],
  conditions: Partial<LinkSettings> = {},
  connects = 1,
): Scenario {
  return {
    name: 'streams',
    title: 'Streams',
    epoch: '2026-11-21T09:30:00Z',
    seed: 1,
    hosts: [
      { name: 'a', address: '192.0.2.1', role: 'client', config: { pieces: fromA, connects } },
      { name: 'b', address: '192.0.2.2', role: 'server', config: { pieces: fromB } },
    ],
    links: [],
    internet: { latency: 10, jitter: 0, bandwidth: 10_000, loss: 0, ...conditions },
    letter: { host: 'a', account: '', from: '', to: '', subject: '', body: '' },
    simplifies: [],
    map: { hosts: {}, regions: [] },
  }
}
