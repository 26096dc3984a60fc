import { createConnection } from 'node:net'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { readScenario } from '../src/adapters/node/scenarios'
import { selfSigned } from '../src/adapters/node/serve/certificate'
import { withGateway } from '../src/adapters/node/serve/liveScenario'
import { LiveWorld } from '../src/adapters/node/serve/liveWorld'
import { listenForStreams } from '../src/adapters/node/serve/streamListener'
import { octets } from '../src/base/octets'
import { instant, START } from '../src/base/time'
import { stateName } from '../src/session/step'
import { addProtocol } from '../src/view/addProtocol'
import { hueOf } from '../src/view/faces'
import { legalNow, refusedNow } from '../src/view/knowledge'
import { statesOf } from '../src/view/panels/chart'
import { inspect, layersOf, packetOf } from '../src/view/panels/inspected'
import { entriesOf, found } from '../src/view/reference/entries'
import { connectionsIn } from '../src/view/run/connections'
import { namesOf } from '../src/view/run/names'
import { viewOf } from '../src/view/run/runView'
import { transcriptOf } from '../src/view/run/transcript'
import { captionAt, sceneAt } from '../src/view/stage/scene'
import { buildWorld } from '../src/world/build'
import { intervene, startTimeline, type Timeline, worldAt } from '../src/world/timeline'
import { TOY_ADDRESS, TOY_HOST, TOY_PORT, toyCatalogue, toyView, withToyHost } from './support/toyProtocol'

/** A protocol from outside src/protocols appears in every place where the others do: no part of the program names them. */

const scenario = withToyHost(readScenario('two-towns'))
const [host, terminal] = ['alice-laptop', 't1'] as const

function greeted(): Timeline {
  const open = intervene(startTimeline(scenario, toyCatalogue), toyCatalogue, {
    type: 'connected',
    at: START,
    host,
    terminal,
    to: TOY_ADDRESS,
    port: TOY_PORT,
  })
  return intervene(open, toyCatalogue, {
    type: 'typed',
    at: instant(1000),
    host,
    terminal,
    octets: octets('HI Alice\r\n'),
  })
}

describe('a protocol that is added', () => {
  let remove: () => void
  beforeEach(() => {
    remove = addProtocol(toyView)
  })
  afterEach(() => remove())

  const run = greeted()
  const end = instant(2000)
  const call = run.trace.find((fact) => fact.type === 'connectionOpening' && fact.port === TOY_PORT)
  const connection = call?.type === 'connectionOpening' ? call.connection : ''
  const spoken = run.trace.filter((fact) => fact.type === 'sent').filter((fact) => fact.connection === connection)
  const hello = spoken.find(({ octets: said }) => said.startsWith('+HELLO'))

  it('answers lines that are typed to its server', () => {
    expect(spoken.map(({ octets: said }) => said)).toEqual(['+READY\r\n', 'HI Alice\r\n', '+HELLO Alice\r\n'])
  })

  it('travels on the map in its own form and hue, with its own words', () => {
    const names = namesOf(scenario)
    const half = instant((hello?.at ?? 0) + 1)
    const { travellers } = sceneAt(viewOf(run), names, half)
    expect(travellers.map(({ protocol, shape }) => [protocol, shape])).toContainEqual(['TOY', 'diamond'])
    expect(hueOf('TOY')).toBe('rebeccapurple')
    expect(captionAt(viewOf(run), names, half)?.gloss).toBe('How nice to see you, Alice.')
  })

  it('has a dialogue in the transcript', () => {
    const seen = connectionsIn(viewOf(run).at(end).connections).find(({ port }) => port === TOY_PORT)
    expect(seen?.protocol).toBe('TOY')
    expect(transcriptOf(viewOf(run).history, connection, end).map(({ octets: said }) => said)).toEqual([
      '+READY',
      'HI Alice',
      '+HELLO Alice',
    ])
  })

  it('has its octets and fields in the inspector', () => {
    const packet = hello && packetOf(viewOf(run), hello)
    const inspected = packet && inspect(viewOf(run), packet)
    expect(inspected?.protocol).toBe('TOY')
    const { fields } = layersOf(inspected as NonNullable<typeof inspected>, false)
    expect(fields.map(({ name, value }) => [name, value])).toEqual([
      ['word', '+HELLO'],
      ['rest', ' Alice'],
      ['line end', 'CR LF'],
    ])
  })

  it('shows the states of its machine and the legal commands', () => {
    const protocol = toyCatalogue.protocols['toy.server']
    expect(statesOf(protocol as NonNullable<typeof protocol>).map(({ path }) => path)).toEqual([
      'listening',
      'strangers',
      'friends',
      'closed',
    ])
    const at = (t: number) =>
      Object.values(worldAt(run, toyCatalogue, instant(t)).hosts[TOY_HOST]?.sessions ?? {})[0]?.session
    expect(stateName(at(2000)?.machine.value)).toBe('friends')
    expect(legalNow('TOY', at(900)).map(({ name }) => name)).toEqual(['HI'])
    expect(refusedNow('TOY', at(2000))).toMatchObject([
      { name: 'HI', reply: '-KNOWN', cause: 'You are known already.' },
    ])
  })

  it('is in the reference and can be searched there', () => {
    expect(entriesOf('TOY').map(({ slug }) => slug)).toEqual(['HI'])
    expect(found('TOY', 'who is there')).toHaveLength(1)
  })

  it('is gone from all of them once it is removed', () => {
    remove()
    expect(entriesOf('TOY')).toEqual([])
    expect(hueOf('TOY')).toBe(hueOf('TCP'))
  })
})

it('answers over a socket', async () => {
  const { scenario: served, gateway } = withGateway(scenario)
  const live = new LiveWorld(buildWorld(served, toyCatalogue), gateway, toyCatalogue, () => performance.now())
  const secureContext = await selfSigned([])
  const place = { address: TOY_ADDRESS, port: TOY_PORT }
  const listener = await listenForStreams('127.0.0.1', 0, {
    live,
    place,
    implicitTls: false,
    secureContext,
    outsideConnections: new Set(),
  })
  const address = listener.address()
  const port = typeof address === 'object' && address ? address.port : 0
  const heard = await new Promise<string>((resolve, reject) => {
    let said = ''
    const socket = createConnection(port, '127.0.0.1')
    socket.setEncoding('latin1').on('error', reject)
    socket.on('data', (part: string) => {
      said += part
      if (said === '+READY\r\n') socket.write('HI Bob\r\n')
      if (said.includes('+HELLO')) socket.end()
    })
    socket.on('close', () => resolve(said))
  })
  expect(heard).toBe('+READY\r\n+HELLO Bob\r\n')
  live.stop()
  await new Promise((resolve) => listener.close(resolve))
})
