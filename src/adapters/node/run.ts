import { writeFileSync } from 'node:fs'
import { START } from '../../base/time'
import { catalogue } from '../../hosts/catalogue'
import type { MailProgramState } from '../../hosts/mailProgram/state'
import { glossOf } from '../../view/gloss/gloss'
import '../../view/gloss/known'
import { reasonText } from '../../view/reasonText'
import { connectionsIn } from '../../view/run/connections'
import { viewOf } from '../../view/run/runView'
import { transcriptOf } from '../../view/run/transcript'
import type { Fact, FactOf, FactType } from '../../world/fact'
import type { Scenario } from '../../world/scenario'
import { startTimeline, type Timeline } from '../../world/timeline'
import { type MessageFile, readMessage } from './messageFile'
import { Complaint, readScenario, unusable } from './scenarios'

export interface RunOptions {
  readonly send: string
  readonly trace?: string
  readonly transcript: boolean
  readonly seed?: number
  print(text: string): void
}

const of = <T extends FactType>(trace: readonly Fact[], type: T): FactOf<T>[] =>
  trace.filter((fact) => fact.type === type) as FactOf<T>[]

/** Runs a message's whole journey. Throws a Complaint if no recipient has fetched the message. */
export async function run(name: string, options: RunOptions): Promise<void> {
  const scenario = readScenario(name)
  const file = await readMessage(options.send)
  const timeline = journey(scenario, file, options.seed)
  if (options.trace !== undefined) {
    const lines = timeline.trace.map((fact) => JSON.stringify(fact)).join('\n')
    try {
      writeFileSync(options.trace, `${lines}\n`)
    } catch (error) {
      throw new Complaint(`The trace cannot be written to ${options.trace}: ${(error as NodeJS.ErrnoException).code}.`)
    }
  }
  if (options.transcript) options.print(transcript(timeline))
  const trouble = troubleOf(timeline.trace, file.forwardPaths)
  if (trouble !== undefined) throw new Complaint(trouble)
}

function journey(scenario: Scenario, file: MessageFile, seed: number | undefined): Timeline {
  try {
    const before = scenario.before ?? []
    const start = startTimeline(scenario, catalogue, { interventions: before })
    const sender = senderOf(start, file.from)
    const at = before.length === 0 ? START : start.until
    const { message, forwardPaths } = file
    return startTimeline(scenario, catalogue, {
      ...(seed === undefined ? {} : { seed }),
      interventions: [...before, { at, type: 'submitted', ...sender, forwardPaths, message }],
    })
  } catch (error) {
    throw unusable(scenario.name, error)
  }
}

/** The mail program of an address. */
function senderOf(timeline: Timeline, from: string): { host: string; account: string } {
  const writers: string[] = []
  for (const host of Object.values(timeline.snapshots[0]?.world.hosts ?? {})) {
    if (host.role !== 'mailProgram') continue
    for (const account of (host.state as MailProgramState).config.accounts) {
      if (!account.submission) continue
      if (account.address === from.toLowerCase()) return { host: host.name, account: account.address }
      writers.push(account.address)
    }
  }
  throw new Complaint(`Nobody in ${timeline.scenario.name} can send as ${from}: write From: ${writers.join(' or ')}.`)
}

/** One sentence about a message that was not both delivered and fetched. */
function troubleOf(trace: readonly Fact[], forwardPaths: readonly string[]): string | undefined {
  const failed = of(trace, 'submissionFailed')[0]
  if (failed) return `The letter was not taken for delivery: ${reasonText(failed.reason)}.`
  const bounced = of(trace, 'messageBounced')[0]
  if (bounced) return `The letter to ${bounced.forwardPath} came back: ${reasonText(bounced.reason)}.`
  const file = of(trace, 'messageWritten')[0]?.letter
  const delivered = of(trace, 'messageDelivered').filter((fact) => fact.letter === file)
  const deferred = of(trace, 'messageDeferred').at(-1)
  if (delivered.length < new Set(forwardPaths).size) {
    return deferred
      ? `The letter waits in the queue of ${deferred.host}: ${reasonText(deferred.reason)}.`
      : 'The letter was sent but never reached a mailbox.'
  }
  for (const { user } of delivered) {
    if (!of(trace, 'messageFetched').some((fact) => fact.letter === file && fact.account === user)) {
      return `The letter lies in the mailbox of ${user}, but nobody fetched it.`
    }
  }
  return undefined
}

/** All dialogues of a run, in the order in which their connections were opened, DNS questions between them. */
function transcript(timeline: Timeline): string {
  const { trace, until } = timeline
  const lines: string[] = []
  const seconds = (at: number): string => (at / 1000).toFixed(3).padStart(8)
  const pieces: { at: number; text: string[] }[] = []
  const { seen: whole, history } = viewOf(timeline)
  for (const seen of connectionsIn(whole.connections)) {
    const text = [`# ${seen.protocol} ${seen.client} -> ${seen.server} port ${seen.port}`]
    for (const line of transcriptOf(history, seen.connection, until)) {
      text.push(`${seconds(line.at)} ${line.speaker === 'client' ? 'C' : 'S'}: ${line.octets}`)
    }
    pieces.push({ at: seen.openedAt, text })
  }
  const asked = trace.filter((fact) => fact.type === 'queried' || fact.type === 'responded')
  let group: { at: number; text: string[] } | undefined
  let last = Number.NEGATIVE_INFINITY
  for (const fact of asked) {
    // One lookup is one group, however many servers it asks.
    if (!group || fact.at - last > 1000) {
      group = { at: fact.at, text: ['# DNS'] }
      pieces.push(group)
    }
    last = fact.at
    group.text.push(
      `${seconds(fact.at)} ${fact.type === 'queried' ? 'Q' : 'A'}: ${fact.host} -> ${fact.to} ${fact.means.name}: ${glossOf(fact.means) ?? ''}`,
    )
  }
  for (const { text } of pieces.sort((a, b) => a.at - b.at)) lines.push(...text, '')
  return lines.join('\n')
}
