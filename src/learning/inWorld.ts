import { fromText } from '../base/octets'
import { type Instant, instant } from '../base/time'
import type { Fact, FactOf } from '../world/fact'
import type { Intervention } from '../world/intervention'
import type { Timeline } from '../world/timeline'
import type { World } from '../world/world'
import { checkTask, type Work } from './check'
import { factAt, type Moments, momentAt } from './moment'
import type { CommandQuestion, FixDialogue, FixQuestion, PredictQuestion } from './question'

/** Lines of a learner, said to the real servers: a branch of a run for each. The page and the tests bring the engine. */
export interface Lab {
  readonly moments: Moments
  /** A run by its id, played until the world falls quiet. */
  played(run: string): Timeline
  /** The run with one more intervention. */
  intervene(timeline: Timeline, intervention: Intervention): Timeline
  worldAt(timeline: Timeline, t: Instant): World
}

/** A line, and the world's answer to it. */
export interface Said {
  readonly line: string
  /** As the server has understood it; undefined if it never read it. */
  readonly heard: FactOf<'read'> | undefined
  readonly replies: readonly FactOf<'sent'>[]
}

/** A person's connection. */
interface Call {
  readonly host: string
  readonly terminal: string
}

/** Longer lines are cut: no server takes them, and nothing is learnt from the rest. */
const MOST_IN_A_LINE = 4000
const MOST_LINES = 400
/** A person's pause between two lines. */
const PAUSE = 500
/** In a script: the person cuts the connection. */
const HANG_UP = /^\(hang up\)$/i
const TO_TLS = /^(?:\S+[ ])?(?:STARTTLS|STLS)[ ]*$/i

/** The reply that counts: the last one, for data come before it. */
export const verdictOf = ({ replies }: Said): FactOf<'sent'> | undefined => replies.at(-1)

function say(lab: Lab, timeline: Timeline, call: Call, line: string, at: Instant): { said: Said; timeline: Timeline } {
  const spoken = line.slice(0, MOST_IN_A_LINE).split(/[\r\n]/, 1)[0] ?? ''
  const octets = fromText(`${spoken}\r\n`)
  const after = lab.intervene(timeline, { at, type: 'typed', ...call, octets })
  return { said: saidIn(after.trace, call, spoken), timeline: after }
}

/** The answer to the latest intervention. */
function saidIn(trace: readonly Fact[], call: Call, line: string): Said {
  const from = trace.findLastIndex((fact) => fact.type === 'intervened')
  const opening = openingOf(trace, call)
  const ofServer = trace
    .slice(from + 1)
    .filter(
      (fact): fact is FactOf<'read'> | FactOf<'sent'> =>
        (fact.type === 'read' || fact.type === 'sent') &&
        fact.connection === opening?.connection &&
        fact.host === opening.server,
    )
  return {
    line,
    heard: ofServer.find((fact) => fact.type === 'read'),
    replies: ofServer.filter((fact) => fact.type === 'sent'),
  }
}

/** The connection that a terminal has opened last. */
function openingOf(trace: readonly Fact[], { host, terminal }: Call): FactOf<'connectionOpening'> | undefined {
  const asked = trace.findLastIndex(
    ({ type, ...fact }) =>
      type === 'intervened' &&
      'intervention' in fact &&
      fact.intervention.type === 'connected' &&
      fact.intervention.host === host &&
      fact.intervention.terminal === terminal,
  )
  return trace
    .slice(asked + 1)
    .find((fact): fact is FactOf<'connectionOpening'> => fact.type === 'connectionOpening' && fact.client === host)
}

/** A whole run, for checks and measures. */
export const workOf = (lab: Lab, timeline: Timeline): Work => ({
  trace: timeline.trace,
  worldAt: (t) => lab.worldAt(timeline, t),
})

/** A line in the state that the question's run has come to. */
export function sayCommand(lab: Lab, question: CommandQuestion, line: string): Said {
  const { run, host, terminal, at } = question
  const timeline = lab.played(run)
  const then = at && momentAt(timeline.trace, at, lab.moments)
  return say(lab, timeline, { host, terminal }, line, then ?? instant(timeline.until + PAUSE)).said
}

/** A line as it is shown: the first of several, and who said it. */
export interface SpokenLine {
  readonly host: string
  readonly text: string
  readonly refused: boolean
}

/** A picture of a dialogue has so many lines at most. */
const MOST_SHOWN = 6

const spokenIn = (facts: readonly Fact[], connection: string | undefined): readonly SpokenLine[] =>
  facts
    .flatMap((fact) => (fact.type === 'sent' && fact.connection === connection ? [fact] : []))
    .slice(-MOST_SHOWN)
    .map(({ host, octets, means }) => ({
      host,
      text: octets.trimEnd().split('\r\n', 1)[0] ?? '',
      refused: means.refused !== undefined && means.refused !== false,
    }))

/** The last lines on a person's connection before the question's line is said. */
export function linesBefore(lab: Lab, { run, host, terminal, at }: CommandQuestion): readonly SpokenLine[] {
  const { trace } = lab.played(run)
  const then = at && momentAt(trace, at, lab.moments)
  const before = then === undefined ? trace : trace.filter((fact) => fact.at < then)
  return spokenIn(before, openingOf(before, { host, terminal })?.connection)
}

/** The lines by which a run answers a prediction, up to its moment. */
export function linesShown(lab: Lab, { show, from }: PredictQuestion): readonly SpokenLine[] {
  const { trace } = lab.played(show.run)
  const answer = factAt(trace, show.moment, lab.moments)
  const asked = from && factAt(trace, from, lab.moments)
  if (!answer || !('connection' in answer) || answer.connection === undefined) return []
  const facts = trace.filter(({ order }) => order <= answer.order && order >= (asked?.order ?? 0))
  return spokenIn(facts, answer.connection)
}

/** True if both lines mean the same to the server, and it takes them the same way. */
export function meansSame(one: Said, other: Said, free: readonly string[]): boolean {
  if (!one.heard || !other.heard) return false
  const meaning = ({ heard }: Said): string => plain(heard?.means, free)
  const answer = ({ replies }: Said): string =>
    free.length > 0
      ? replies.map(({ means }) => `${means.name} ${String(means.refused)}`).join()
      : replies.map(({ means }) => plain(means, free)).join()
  return meaning(one) === meaning(other) && answer(one) === answer(other)
}

export const isRefused = (said: Said): boolean => {
  const refused = verdictOf(said)?.means.refused
  return refused === true || refused === 'later'
}

/** Names of commands, hosts and mailboxes have no case. */
const plain = (means: unknown, free: readonly string[]): string =>
  JSON.stringify(means, (key, value: unknown) => (free.includes(key) ? undefined : value)).toLowerCase()

export interface Replay {
  /** The goal holds at the end. */
  readonly reached: boolean
  /** By dialogue. */
  readonly said: readonly (readonly Said[])[]
}

/** Plays the dialogues from the beginning, each with its script, and looks at the end for the goal. */
export function replayFix(lab: Lab, question: FixQuestion, scripts: readonly (readonly string[])[]): Replay {
  let timeline = lab.played(question.run)
  const from = (timeline.trace.at(-1)?.order ?? -1) + 1
  const said = question.dialogues.map((dialogue, at) => {
    const held = holdDialogue(lab, timeline, dialogue, `fix-${at + 1}`, scripts[at] ?? [])
    timeline = held.timeline
    return held.said
  })
  return { reached: checkTask(question.goal, { ...workOf(lab, timeline), from }), said }
}

function holdDialogue(
  lab: Lab,
  before: Timeline,
  { host, to, port, implicitTls }: FixDialogue,
  terminal: string,
  script: readonly string[],
): { said: readonly Said[]; timeline: Timeline } {
  const call = { host, terminal }
  const soon = (): Instant => instant(timeline.until + PAUSE)
  let timeline = before
  timeline = lab.intervene(timeline, {
    at: soon(),
    type: 'connected',
    ...call,
    to,
    port,
    ...(implicitTls && { implicitTls }),
  })
  const said: Said[] = []
  for (const line of script.slice(0, MOST_LINES)) {
    if (HANG_UP.test(line.trim())) {
      timeline = lab.intervene(timeline, { at: soon(), type: 'hungUp', ...call })
      said.push({ line, heard: undefined, replies: [] })
      continue
    }
    const spoken = say(lab, timeline, call, line, soon())
    timeline = spoken.timeline
    said.push(spoken.said)
    if (TO_TLS.test(line) && !isRefused(spoken.said)) {
      timeline = lab.intervene(timeline, { at: soon(), type: 'secured', ...call })
    }
  }
  return { said, timeline }
}
