import { setup } from 'xstate'
import { octets, slice, toText } from '../../src/base/octets'
import { catalogue } from '../../src/hosts/catalogue'
import type { Action, MachineAction, Parsed, Protocol, Reader, Session } from '../../src/session/session'
import { stateName } from '../../src/session/step'
import type { ProtocolView } from '../../src/view/addProtocol'
import type { Catalogue, HostRole } from '../../src/world/role'
import type { Scenario } from '../../src/world/scenario'

/** A protocol of one command, which no part of the program knows: `HI name` is answered `+HELLO name`, all else `-WHAT`. */

export const TOY_PORT = 4190
export const TOY_HOST = 'toy.bird.example'
export const TOY_ADDRESS = '203.0.113.99'

type ToyEvent = { type: 'opened' } | { type: 'closed' } | { type: 'HI'; name: string } | { type: 'unknown' }

interface ToyParsed extends Parsed {
  readonly protocol: 'TOY'
  readonly name: string
}

const machine = setup({
  types: {} as { events: ToyEvent; tags: 'reads:line' },
  actions: { say: (_, _params: { text: string }) => {} },
}).createMachine({
  id: 'toy.server',
  initial: 'listening',
  on: { closed: '.closed' },
  states: {
    listening: { on: { opened: { target: 'strangers', actions: { type: 'say', params: { text: '+READY' } } } } },
    strangers: {
      tags: 'reads:line',
      on: {
        HI: {
          target: 'friends',
          actions: { type: 'say', params: ({ event }) => ({ text: `+HELLO ${event.name}` }) },
        },
        unknown: { actions: { type: 'say', params: { text: '-WHAT' } } },
      },
    },
    friends: {
      tags: 'reads:line',
      on: {
        HI: { actions: { type: 'say', params: { text: '-KNOWN' } } },
        unknown: { actions: { type: 'say', params: { text: '-WHAT' } } },
      },
    },
    closed: { type: 'final' },
  },
})

const parsed = (name: string): ToyParsed => ({ protocol: 'TOY', name })

const line: Reader = (inbox) => {
  const end = inbox.indexOf('\r\n')
  if (end === -1) return 'needsMore'
  const name = /^HI (\S+)$/.exec(toText(slice(inbox, 0, end)))?.[1]
  const event: ToyEvent = name === undefined ? { type: 'unknown' } : { type: 'HI', name }
  return { event, length: end + 2, means: { kind: 'command', name: event.type, parsed: parsed(name ?? '') } }
}

function perform({ params }: MachineAction): readonly Action[] {
  const { text } = params as { text: string }
  const refused = text.startsWith('-')
  const [name = ''] = text.split(' ')
  return [
    {
      type: 'send',
      octets: octets(`${text}\r\n`),
      means: { kind: 'reply', name, parsed: parsed(text.slice(name.length + 1)), ...(refused ? { refused } : {}) },
    },
  ]
}

const toyServer: Protocol = { key: 'toy.server', name: 'TOY', role: 'server', machine, readers: { line }, perform }

const toyRole: HostRole<object, object> = {
  start: () => ({}),
  listeners: () => [{ port: TOY_PORT, protocol: 'toy.server', input: {} }],
  react: (host) => [host.state, []],
}

export const toyCatalogue: Catalogue = {
  protocols: { ...catalogue.protocols, 'toy.server': toyServer },
  roles: { ...catalogue.roles, toyRole },
}

const isStranger = (session: Session): boolean => stateName(session.machine.value) === 'strangers'

export const toyView: ProtocolView = {
  face: {
    name: 'TOY',
    look: {
      hue: 'rebeccapurple',
      stroke: 'dashes',
      carrier: 'diamond',
      mark: 'M2 2h12v12h-12z',
      tick: 'M-1 3h2v8h-2z',
    },
    partsOf(text) {
      const word = /^\S+/.exec(text)?.[0] ?? ''
      return [
        { name: 'word', length: word.length },
        { name: 'rest', length: text.length - word.length },
      ]
    },
  },
  knowledge: {
    catalogue: [
      {
        name: 'HI',
        protocol: 'TOY',
        kind: 'command',
        syntax: 'HI name',
        term: 'HI',
        rfc: 'RFC 0',
      },
    ],
    legal: (session) => (isStranger(session) ? [{ name: 'HI', syntax: 'HI name', reply: '+HELLO' }] : []),
    refused: (session) =>
      isStranger(session)
        ? []
        : [
            {
              name: 'HI',
              reply: '-KNOWN',
              means: { kind: 'reply', name: '-KNOWN', parsed: parsed(''), refused: true },
            },
          ],
  },
  entryText: ({ name }) => (name === 'HI' ? { meaning: 'Says who is there.', slip: 'Say it once.' } : undefined),
  effect: ({ name }) => (name === 'HI' ? 'says who is there' : undefined),
  gloss: ({ kind, refused, parsed: said }) => {
    if (refused) return 'You are known already.'
    const name = (said as ToyParsed).name
    return kind === 'command' ? `It is me, ${name}.` : `How nice to see you, ${name}.`
  },
}

/** The scenario with one more host, which speaks the toy protocol. */
export function withToyHost(scenario: Scenario): Scenario {
  const host = { name: TOY_HOST, address: TOY_ADDRESS, role: 'toyRole', config: {} }
  const place = { x: 700, y: 60, symbol: 'exchanger', title: 'toy server', label: 'below', region: 'bob' } as const
  return {
    ...scenario,
    hosts: [...scenario.hosts, host],
    map: { ...scenario.map, hosts: { ...scenario.map.hosts, [TOY_HOST]: place } },
  }
}
