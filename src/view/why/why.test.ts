import { describe, expect, it } from 'vitest'
import twoTowns from '../../../lessons/scenarios/two-towns.json'
import { later, minutes, START } from '../../base/time'
import { catalogue } from '../../hosts/catalogue'
import { bundledScenario } from '../../world/bundledScenario'
import type { Fact } from '../../world/fact'
import { intervene, runOn, startTimeline, type Timeline } from '../../world/timeline'
import { namesOf } from '../run/names'
import { viewOf } from '../run/runView'
import { sentMessage } from '../testing/sentMessage'
import { type Why, whyOf } from './chain'

const scenario = bundledScenario(twoTowns)
const names = namesOf(scenario)

function whyLast(timeline: Timeline, is: (fact: Fact) => boolean): Why {
  const fact = timeline.trace.findLast(is)
  if (!fact) throw new Error('the fact is there')
  return whyOf(viewOf(timeline), fact.order, names)
}

const told = ({ event, near, between, far, begins }: Why): readonly string[] => [
  event?.words ?? '',
  ...near.map(({ words }) => words),
  ...(between > 0 ? [`(${between})`] : []),
  ...far.map(({ words }) => words),
  begins,
]

describe('why something happened in two towns', () => {
  it('a letter lies in the mailbox, because its text was sent, and at first because somebody sent it', () => {
    expect(
      told(whyLast(sentMessage(scenario, 'bob@bird.example'), ({ type }) => type === 'messageDelivered')),
    ).toMatchInlineSnapshot(`
      [
        "The letter lies in the mailbox INBOX of bob@bird.example.",
        "mx.bird tells store: “The letter, and a dot alone on a line to end it.” Received: from mx-out.paper.example (mx-out.paper.example [192.0.2.25])",
        "store answers mx.bird: “Go ahead. End with a dot alone on a line.” 354 End data with <CR><LF>.<CR><LF>",
        "mx.bird tells store: “Here comes the letter itself.” DATA",
        "store answers mx.bird: “Yes, Bob lives here.” 250 2.1.5 Ok",
        "mx.bird asks store: “Will you take a letter for Bob?” RCPT TO:<bob@bird.example>",
        "store answers mx.bird: “A letter from Alice, good. Whom is it for?” 250 2.1.0 Ok",
        "(39)",
        "mx-out greets Alice’s laptop: “Good day, I am ready.” 220 mx-out.paper.example ESMTP",
        "You sent a letter from Alice’s laptop to bob@bird.example.",
        "person",
      ]
    `)
  })

  it('a reader is refused', () => {
    const refusal = (fact: Fact): boolean => fact.type === 'sent' && fact.means.name === '550'
    expect(told(whyLast(sentMessage(scenario, 'nobody@bird.example'), refusal))).toMatchInlineSnapshot(`
      [
        "mx.bird refuses mx-out: “No one of that name lives here.” 550 5.1.1 <nobody@bird.example>: Recipient address rejected: User unknown",
        "mx-out asks mx.bird: “Will you take a letter for nobody@bird.example?” RCPT TO:<nobody@bird.example>",
        "mx.bird answers mx-out: “A letter from Alice, good. Whom is it for?” 250 2.1.0 Ok",
        "mx-out tells mx.bird: “I have a letter from Alice.” MAIL FROM:<alice@paper.example> SIZE=499",
        "mx.bird answers mx-out: “Hello. This is what I can do.” 250-mx.bird.example greets mx-out.paper.example",
        "mx-out asks mx.bird: “Hello, this is mx-out.paper.example. What can you do?” EHLO mx-out.paper.example",
        "mx.bird greets mx-out: “Good day, I am ready.” 220 mx.bird.example ESMTP",
        "(24)",
        "mx-out greets Alice’s laptop: “Good day, I am ready.” 220 mx-out.paper.example ESMTP",
        "You sent a letter from Alice’s laptop to nobody@bird.example.",
        "person",
      ]
    `)
  })

  it('the root is asked, because the resolver was, because a letter waited', () => {
    const asked = (fact: Fact): boolean => fact.type === 'queried' && fact.to === '198.51.100.1'
    expect(told(whyLast(sentMessage(scenario, 'bob@bird.example'), asked))).toMatchInlineSnapshot(`
      [
        "resolver asks root: “Who takes mail for bird.example?” MX? bird.example.",
        "mx-out asks resolver: “Who takes mail for bird.example?” MX? bird.example.",
        "The letter had waited its moment in the queue of mx-out: it was its turn.",
        "Alice’s laptop tells mx-out: “The letter, and a dot alone on a line to end it.” Message-ID: <1795253400.1@paper.example>",
        "mx-out answers Alice’s laptop: “Go ahead. End with a dot alone on a line.” 354 End data with <CR><LF>.<CR><LF>",
        "Alice’s laptop tells mx-out: “Here comes the letter itself.” DATA",
        "mx-out answers Alice’s laptop: “Yes, I take it for Bob: I hand it on, or tell you if I cannot.” 250 2.1.5 Ok",
        "(7)",
        "mx-out greets Alice’s laptop: “Good day, I am ready.” 220 mx-out.paper.example ESMTP",
        "You sent a letter from Alice’s laptop to bob@bird.example.",
        "person",
      ]
    `)
  })

  it('a machine looks for mail by itself', () => {
    const run = runOn(startTimeline(scenario, catalogue), catalogue, later(START, minutes(1)))
    const why = whyLast(run, (fact) => fact.type === 'connectionOpened')
    expect(told(why)).toMatchInlineSnapshot(`
      [
        "Bob’s laptop and store are connected, on port 110.",
        "It was time for Bob’s laptop to look for mail, as it does every so often.",
        "world",
      ]
    `)
  })

  it('a switch is turned by somebody, which has no cause', () => {
    const run = intervene(startTimeline(scenario, catalogue), catalogue, {
      type: 'hostStopped',
      at: START,
      host: 'store.bird.example',
    })
    expect(told(whyLast(run, ({ type }) => type === 'hostStopped'))).toMatchInlineSnapshot(`
      [
        "Mailbox store has lost its power: nobody is told, and it answers nothing.",
        "You took the power from mailbox store.",
        "person",
      ]
    `)
    expect(told(whyLast(run, ({ type }) => type === 'intervened'))).toMatchInlineSnapshot(`
      [
        "You took the power from mailbox store.",
        "person",
      ]
    `)
  })

  it('is told in a bounded number of steps, however long the chain is', () => {
    let run = startTimeline(scenario, catalogue)
    for (let hour = 0; hour < 5; hour++) run = runOn(run, catalogue, later(run.until, minutes(60)))
    const why = whyLast(run, (fact) => fact.type === 'sent')
    expect(why.near.length + why.far.length).toBeLessThanOrEqual(8)
    expect(why.between).toBeGreaterThan(20)
    expect(why.begins).toBe('world')
  })

  it('of a fact that has been dropped is not known', () => {
    expect(whyOf(viewOf(sentMessage(scenario, 'bob@bird.example')), 1_000_000, names).begins).toBe('dropped')
  })
})
