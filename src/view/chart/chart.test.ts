import { describe, expect, it } from 'vitest'
import { catalogue } from '../../hosts/catalogue'
import '../gloss/known'
import { overlap, piecesOf } from './geometry'
import { edgesOf, graphOf, passagesFrom } from './graph'
import { type Chart, goodChart, wholeChart } from './layout'
import { neighbourOf } from './overlay'
import { sectionOf } from './sections'
import { pathOfPlace, roomOfPlace, unplaced } from './table'
import { TABLED, tableOf } from './tables'

const protocols = Object.values(catalogue.protocols)
const graphs = protocols.map((protocol) => [protocol.key, graphOf(protocol)] as const)

describe.each(graphs)('the chart of %s', (key, graph) => {
  const whole = wholeChart(graph)
  const good = goodChart(graph)

  it('places every state of the machine, and no other', () => {
    expect(TABLED).toContain(key)
    expect(unplaced(graph, tableOf(graph))).toEqual([])
    expect([...new Set(whole.nodes.map(({ path }) => path))].sort()).toEqual(
      graph.states.map(({ path }) => path).sort(),
    )
    expect(whole.nodes).toHaveLength(Object.keys(tableOf(graph).at).length)
  })

  it('draws each arrow of its table, and every one is a transition of the machine', () => {
    for (const [from, to, events = []] of tableOf(graph).arrows) {
      expect(whole.arrows.map(({ id }) => id)).toContain(`${from}>${to}`)
      const sources = from.startsWith('frame:') ? graph.states.map(({ path }) => path) : [pathOfPlace(from)]
      const possible = sources
        .flatMap((source) => passagesFrom(graph, source))
        .flatMap((passage) => (passage.to === pathOfPlace(to) ? [passage.event, ...passage.guards] : []))
      expect(possible.length, `${from} to ${to}`).toBeGreaterThan(0)
      for (const event of events) expect(possible, `${from} to ${to}`).toContain(event)
    }
  })

  it('walks through a good session, each step of which the machine can take', () => {
    const walk = tableOf(graph).good
    const shown = new Set(walk)
    for (const [nth, to] of walk.slice(1).entries()) {
      const from = walk[nth] ?? ''
      // States that are not in the walk may lie between.
      const ways = passagesFrom(graph, from, (path) => !shown.has(path))
      expect(
        ways.map((way) => way.to),
        `${from} to ${to}`,
      ).toContain(to)
      const event = tableOf(graph).goodEvents?.[`${from}>${to}`]
      if (event !== undefined) expect(ways.flatMap((way) => (way.to === to ? [way.event] : []))).toContain(event)
    }
    expect(good.nodes).toHaveLength(shown.size)
    expect(good.arrows.length).toBeGreaterThan(0)
  })

  it('has no boxes that overlap', () => {
    for (const chart of [whole, good]) {
      const boxes = chart.nodes.map(({ id, box }) => ({ id, box }))
      for (const one of boxes)
        for (const other of boxes)
          if (one !== other) expect(overlap(one.box, other.box), `${one.id} ${other.id}`).toBe(false)
      for (const { id, box } of boxes) {
        expect(box.x, id).toBeGreaterThanOrEqual(0)
        expect(box.x + box.width, id).toBeLessThanOrEqual(chart.width)
        expect(box.y + box.height, id).toBeLessThanOrEqual(chart.height)
      }
    }
  })

  it('has arrows that run through no box', () => {
    for (const chart of [whole, good]) expect(runsThrough(chart)).toEqual([])
  })

  it('can be walked through by arrow keys, to every state', () => {
    const reached = new Set([whole.nodes[0]?.id ?? ''])
    for (const id of reached)
      for (const way of ['left', 'right', 'up', 'down'] as const) reached.add(neighbourOf(whole, id, way) ?? id)
    expect(reached.size).toBe(whole.nodes.length)
  })

  it('is the same each time', () => {
    expect(wholeChart(graph).arrows).toEqual(whole.arrows)
  })
})

/** The arrows that run through a state. */
const runsThrough = ({ arrows, nodes }: Chart): readonly string[] =>
  arrows.flatMap(({ id, from, to, points }) =>
    nodes.flatMap((node) =>
      node.id !== from && node.id !== to && piecesOf(points).some((piece) => overlap(piece, node.box, 4))
        ? [`${id} through ${node.id}`]
        : [],
    ),
  )

describe.each(['smtp.server', 'imap.server', 'pop3.server'])('the labels of %s', (key) => {
  const protocol = catalogue.protocols[key]
  if (!protocol) throw new Error(`the catalogue has ${key}`)
  const graph = graphOf(protocol)

  it.each([wholeChart(graph), goodChart(graph)])('are crossed by nothing', (chart) => {
    const labels = [
      ...chart.arrows.flatMap(({ id, label }) => (label ? [{ id, box: label.box }] : [])),
      ...chart.notes.map(({ words, box }) => ({ id: words.map(({ text }) => text).join(' '), box })),
    ]
    const crossed: string[] = []
    for (const { id, box } of labels) {
      for (const arrow of chart.arrows)
        if (piecesOf(arrow.points).some((piece) => overlap(piece, box, 1))) crossed.push(`${id} by ${arrow.id}`)
      for (const node of chart.nodes) if (overlap(node.box, box)) crossed.push(`${id} by ${node.id}`)
      for (const other of labels) if (other.box !== box && overlap(other.box, box)) crossed.push(`${id} by ${other.id}`)
    }
    expect(crossed).toEqual([])
  })

  it('stand beside every arrow that needs one', () => {
    const chart = wholeChart(graph)
    const bare = chart.table.arrows.filter(
      ([from, to, events]) => events?.length !== 0 && !chart.arrows.find(({ id }) => id === `${from}>${to}`)?.label,
    )
    expect(bare).toEqual([])
  })

  it('have a section of a standard, as every arrow has', () => {
    const chart = wholeChart(graph)
    for (const { id, from, events } of chart.arrows) {
      expect(events.length, id).toBeGreaterThan(0)
      for (const event of events)
        expect(sectionOf(protocol.name, graph, pathOfPlace(from), event), `${id} on ${event}`).toMatch(
          /^RFC \d+,? section/,
        )
    }
  })
})

it('a room of IMAP has places of its own for the states that all rooms share', () => {
  const protocol = catalogue.protocols['imap.server']
  const chart = wholeChart(
    graphOf(protocol ?? { key: '', machine: catalogue.protocols['smtp.server']?.machine ?? fail() }),
  )
  const rooms = new Set(chart.frames.map(({ room }) => room))
  for (const { id } of chart.nodes) {
    const room = roomOfPlace(id)
    if (room !== undefined) expect(rooms, id).toContain(room)
  }
  expect(chart.nodes.filter(({ path }) => path === 'asking')).toHaveLength(2)
})

const fail = (): never => {
  throw new Error('the catalogue has the servers')
}

it('an event that a state answers in any case does not reach the states around it', () => {
  const protocol = catalogue.protocols['smtp.server'] ?? fail()
  const graph = graphOf(protocol)
  const data = edgesOf(graph, 'ready.transaction.senderKnown').filter(({ event }) => event === 'DATA')
  expect(data).toEqual([{ from: 'ready.transaction.senderKnown', event: 'DATA' }])
  const rset = edgesOf(graph, 'ready.transaction.senderKnown').filter(({ event }) => event === 'RSET')
  expect(rset.map(({ from }) => from)).toEqual(['ready'])
})

it.each([
  ['smtp.server', 'EHLO MAIL RCPT DATA QUIT'],
  ['pop3.server', 'USER PASS RETR QUIT'],
  ['imap.server', 'LOGIN SELECT FETCH LOGOUT'],
])('the good session of %s has the commands of a first dialogue', (key, commands) => {
  const graph = graphs.find(([name]) => name === key)?.[1]
  const events = graph && goodChart(graph).arrows.map((arrow) => arrow.events[0] ?? '')
  expect(events?.filter((event) => /^[A-Z]+$/.test(event)).sort()).toEqual(commands.split(' ').sort())
})
