import { describe, expect, it } from 'vitest'
import twoTowns from '../../../lessons/scenarios/two-towns.json'
import { octets } from '../../base/octets'
import { instant } from '../../base/time'
import { catalogue } from '../../hosts/catalogue'
import { chartText } from '../../messages/chart'
import { bundledScenario } from '../../world/bundledScenario'
import { intervene, startTimeline, type Timeline, worldAt } from '../../world/timeline'
import { graphOf } from './graph'
import { decisionOn, happenedTo } from './story'

const scenario = bundledScenario(twoTowns)
const [host, terminal] = ['alice-laptop', 'terminal-1'] as const

/** Lines typed to the exchanger, one a second. */
function typed(...lines: readonly string[]): Timeline {
  let run = intervene(startTimeline(scenario, catalogue), catalogue, {
    type: 'connected',
    at: instant(0),
    host,
    terminal,
    to: 'mx.bird.example',
    port: 25,
  })
  for (const [nth, line] of lines.entries()) {
    const at = instant(1000 + nth * 1000)
    run = intervene(run, catalogue, { type: 'typed', at, host, terminal, octets: octets(`${line}\r\n`) })
  }
  return run
}

function storyOf(run: Timeline) {
  const begun = run.trace.find((fact) => fact.type === 'sessionStarted' && fact.protocol === 'smtp.server')
  if (begun?.type !== 'sessionStarted') throw new Error('the exchanger has a session')
  // A relay delivers the scenario's own messages over other connections, so this one is the first.
  const happened = happenedTo(run.trace, begun.session, begun.order, instant(60_000))
  const last = happened.at(-1)
  const before = last && worldAt(run, catalogue, instant(last.at - 0.001)).hosts[begun.host]?.sessions[begun.session]
  const protocol = catalogue.protocols['smtp.server']
  const decided = before && protocol && decisionOn(protocol, before.session, happened)
  return { happened, steps: decided?.steps, decision: decided?.decision }
}

const HELLO = ['EHLO alice-laptop', 'MAIL FROM:<alice@paper.example>'] as const

describe('the story of a session', () => {
  it('has each line, each answer of the host, and the states to which they led', () => {
    const { happened } = storyOf(typed(...HELLO, 'RCPT TO:<nobody@bird.example>'))
    expect(happened.map(({ kind, what, to }) => [kind, what.split(' ')[0], to])).toEqual([
      ['opened', 'opened', 'ready.waiting'],
      ['read', 'EHLO', 'ready.greeted'],
      ['read', 'MAIL', 'ready.transaction.senderKnown'],
      ['read', 'RCPT', 'checkingRecipient'],
      ['answered', 'recipientRefused', 'ready.transaction.senderKnown'],
    ])
  })

  it('has lines that change nothing', () => {
    const { happened } = storyOf(typed(...HELLO, 'DATA'))
    expect(happened.at(-1)).toMatchObject({
      what: 'DATA',
      from: 'ready.transaction.senderKnown',
      to: 'ready.transaction.senderKnown',
    })
  })

  it('ends with the end of the connection', () => {
    const { happened } = storyOf(typed('EHLO alice-laptop', 'QUIT'))
    expect(happened.at(-1)).toMatchObject({ what: 'QUIT', to: 'closed' })
  })
})

describe('the condition that decided', () => {
  it('after 550 to the only RCPT: no recipient is named, so the sender alone is known', () => {
    const { steps, decision } = storyOf(typed(...HELLO, 'RCPT TO:<nobody@bird.example>'))
    expect(steps?.map(({ event, to }) => [event, to])).toEqual([
      ['recipientRefused', 'returning'],
      ['', 'ready.transaction.senderKnown'],
    ])
    expect(decision).toMatchObject({
      guard: 'hasRecipients',
      holds: false,
      otherwise: 'ready.transaction.recipientsKnown',
      tried: [
        { guard: 'isSpoilt', holds: false },
        { guard: 'hasChunks', holds: false },
        { guard: 'hasRecipients', holds: false },
        { guard: 'hasSender', holds: true },
      ],
      remembered: { recipients: 0 },
    })
  })

  it('after 550 to a second RCPT: the first reader stays named', () => {
    const run = typed(...HELLO, 'RCPT TO:<bob@bird.example>', 'RCPT TO:<nobody@bird.example>')
    const { happened, decision } = storyOf(run)
    expect(happened.at(-1)?.to).toBe('ready.transaction.recipientsKnown')
    expect(decision?.tried).toContainEqual({ guard: 'hasRecipients', holds: true })
    expect(decision?.remembered['recipients']).toBe(1)
  })

  it('after a command that is written wrongly', () => {
    const { decision } = storyOf(typed('EHLO alice-laptop', 'MAIL alice'))
    expect(decision?.tried.length).toBeGreaterThan(0)
  })
})

/** Machines whose conditions have no sentences yet: their names are shown. */
const WITHOUT = [
  'smtp.client',
  'imap.client',
  'pop3.client',
  'dns.stub',
  'dns.resolver',
  'dns.server',
  'text.client',
  'mta.delivery',
]

it('every condition of a server has a sentence for both answers', () => {
  const values = { recipients: 1, mistakes: 1, maxSize: 1, helloName: 'h' }
  for (const protocol of Object.values(catalogue.protocols)) {
    const guards = new Set(graphOf(protocol).edges.flatMap(({ guard }) => guard ?? []))
    const missing = [...guards].filter((guard) =>
      ['yes', 'no'].some(
        (answer) =>
          chartText.found(`guard.${protocol.key}.${guard}.${answer}`, values) === undefined &&
          chartText.found(`guard.${guard}.${answer}`, values) === undefined,
      ),
    )
    if (WITHOUT.includes(protocol.key)) expect(missing.length, protocol.key).toBeGreaterThan(0)
    else expect(missing, protocol.key).toEqual([])
  }
})
