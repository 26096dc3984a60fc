import { assign, setup } from 'xstate'
import { fromText, type Octets, slice } from '../../../base/octets'
import type { Action, MachineAction, Protocol, Reader } from '../../../session/session'
import type { HostRole } from '../../../world/role'

/** An SMTP server with a test's replies: by verb, one reply after the other, the last one again and again. */

export interface ScriptConfig {
  /** Replies by verb in capitals; CONNECT is the greeting and `.` the end of mail data. Default: 250. `hang up` closes. */
  readonly replies?: Readonly<Record<string, string | readonly string[]>>
  /** EHLO keywords. */
  readonly offers?: readonly string[]
}

interface Context extends ScriptConfig {
  readonly inData: boolean
  readonly counts: Readonly<Record<string, number>>
}

const USUAL: Readonly<Record<string, string>> = {
  CONNECT: '220 scripted.test ESMTP',
  DATA: '354 go on',
  QUIT: '221 bye',
}

function replyTo(context: Context, verb: string): string {
  const script = context.replies?.[verb]
  const said = context.counts[verb] ?? 0
  const reply = typeof script === 'string' ? script : script?.[Math.min(said, script.length - 1)]
  if (reply !== undefined) return reply
  if (verb === 'EHLO') {
    const lines = ['scripted.test', ...(context.offers ?? [])]
    return lines.map((line, at) => `250${at + 1 < lines.length ? '-' : ' '}${line}`).join('\r\n')
  }
  return USUAL[verb] ?? '250 fine'
}

type Event = { type: 'opened' } | { type: 'closed' } | { type: 'line'; text: string; verb: string }

const machine = setup({
  types: {} as { context: Context; events: Event; input: ScriptConfig },
  actions: {
    reply: (_, _params: { text: string }) => {},
    count: assign(({ context, event }) => {
      const verb = event.type === 'line' ? event.verb : 'CONNECT'
      const reply = replyTo(context, verb)
      return {
        counts: { ...context.counts, [verb]: (context.counts[verb] ?? 0) + 1 },
        inData: verb === 'DATA' ? reply.startsWith('354') : verb === '.' ? false : context.inData,
      }
    }),
  },
  guards: {
    isData: ({ event }) => event.type === 'line' && event.verb === '',
    endsIt: ({ context, event }) =>
      event.type === 'line' && (event.verb === 'QUIT' || replyTo(context, event.verb) === 'hang up'),
  },
}).createMachine({
  id: 'scripted',
  context: ({ input }) => ({ ...input, inData: false, counts: {} }),
  initial: 'talking',
  states: {
    talking: {
      tags: 'reads:line',
      on: {
        opened: {
          actions: [{ type: 'reply', params: ({ context }) => ({ text: replyTo(context, 'CONNECT') }) }, 'count'],
        },
        line: [
          { guard: 'isData' },
          {
            guard: 'endsIt',
            target: 'over',
            actions: { type: 'reply', params: ({ context, event }) => ({ text: replyTo(context, event.verb) }) },
          },
          {
            actions: [
              { type: 'reply', params: ({ context, event }) => ({ text: replyTo(context, event.verb) }) },
              'count',
            ],
          },
        ],
        closed: 'over',
      },
    },
    over: { type: 'final' },
  },
})

const line: Reader = (inbox: Octets, context: Context) => {
  const end = inbox.indexOf('\r\n')
  if (end === -1) return 'needsMore'
  const text = inbox.slice(0, end)
  const verb = context.inData ? (text === '.' ? '.' : '') : (text.split(/[ :]/)[0] as string).toUpperCase()
  return { event: { type: 'line', text, verb } as Event, length: end + 2, means: { kind: 'command', name: verb } }
}

export const scripted: Protocol = {
  key: 'test.scripted',
  name: 'SMTP',
  role: 'server',
  machine,
  readers: { line },
  perform(action: MachineAction): readonly Action[] {
    const { text } = action.params as { text: string }
    if (text === 'hang up') return [{ type: 'close' }]
    const name = slice(fromText(text), 0, 3)
    return [{ type: 'send', octets: fromText(`${text}\r\n`), means: { kind: 'reply', name } }]
  },
}

export const scriptedHost: HostRole<ScriptConfig, ScriptConfig> = {
  start: (config) => config,
  listeners: (state) => [{ port: 25, protocol: scripted.key, input: state }],
  react: (host) => [host.state, []],
}
