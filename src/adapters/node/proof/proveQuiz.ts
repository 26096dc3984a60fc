import { catalogue } from '../../../hosts/catalogue'
import type { Check } from '../../../learning/check'
import type { Play } from '../../../learning/deed'
import type { Lab } from '../../../learning/inWorld'
import type { FactPattern, Moment } from '../../../learning/moment'
import { unprovenIn } from '../../../learning/proveQuestion'
import {
  isTable,
  type Proof,
  type Question,
  type Quiz,
  type QuizItem,
  type TableQuestion,
} from '../../../learning/question'
import type { FactType } from '../../../world/fact'
import { intervene, type Timeline, worldAt } from '../../../world/timeline'
import { readScenario } from '../scenarios'
import { played } from './played'
import { canSay, protocolAt } from './proveDeeds'
import { plainIn, type Stage, stageAt, wiresIn } from './stage'

/** Proves a quiz by its runs: the engine gives each key, and the moment that shows an answer shows it. `report` gets the id. */
export function proveQuiz(quiz: Quiz, report: (id: string, message: string) => void): void {
  const timelines = new Map<string, Timeline>()
  const timelineOf = (run: string): Timeline => {
    const known = timelines.get(run) ?? played(quiz.runs[run] as Play)
    timelines.set(run, known)
    return known
  }
  const lab: Lab = {
    moments: quiz.moments,
    played: timelineOf,
    intervene: (timeline, intervention) => intervene(timeline, catalogue, intervention),
    worldAt: (timeline, t) => worldAt(timeline, catalogue, t),
  }
  for (const question of quiz.questions) {
    for (const problem of unprovenIn(question, lab)) report(question.id, problem)
    for (const reply of unheardReplies(question, quiz)) report(question.id, reply)
    if (!isTable(question)) continue
    for (const item of question.items) {
      if (!item.show) continue
      const stage = stageAt(timelineOf(item.show.run), item.show.moment, quiz.moments)
      if (!stage) continue
      if (stage.told !== stage.about)
        report(item.id, `at its moment the map tells "${stage.told}" and not "${stage.about}"`)
      const missing = unshown(question, item, stage)
      if (missing.length > 0) report(item.id, `its moment does not show ${missing.join(', ')}`)
    }
  }
}

/** The replies of foreseen mistakes that no server of the question's protocol ever says. */
function unheardReplies(question: Question, { runs }: Quiz): readonly string[] {
  if (question.kind !== 'command' && question.kind !== 'fix') return []
  const play = runs[question.run]
  if (!play) return []
  const calls =
    question.kind === 'fix'
      ? question.dialogues
      : play.deeds.flatMap((deed) =>
          (deed.type === 'talk' || deed.type === 'connected') && deed.terminal === question.terminal ? [deed] : [],
        )
  const scenario = readScenario(play.scenario)
  const protocols = new Set(calls.flatMap(({ to, port }) => protocolAt(scenario, to, port) ?? []))
  if (protocols.size !== 1) return []
  return question.slips.flatMap(({ reply }) =>
    [...protocols].flatMap((protocol) =>
      reply === undefined || canSay(protocol, reply)
        ? []
        : [`${question.id}: no ${protocol} server answers "${reply}"`],
    ),
  )
}

/** The patterns of a proof, each with what a host does in it. */
const patternsIn = (proof: Proof): readonly FactPattern[] =>
  'happens' in proof
    ? factPatterns(proof.happens)
    : 'at' in proof
      ? factPatterns(proof.at)
      : 'holds' in proof
        ? patternsOf(proof.holds)
        : []
const factPatterns = (moment: Moment): readonly FactPattern[] => ('later' in moment ? [] : [moment])
function patternsOf(check: Check): readonly FactPattern[] {
  if ('inOrder' in check) return check.inOrder
  const parts = 'all' in check ? check.all : 'any' in check ? check.any : []
  return parts.flatMap(patternsOf)
}

/** How the stage shows each deed by which a proof says what a host is. */
const DEEDS: Partial<Record<FactType, (stage: Stage, host: string) => boolean>> = {
  messageRelayed: ({ message, from, headline }, host) =>
    message && from === host && headline.startsWith('The letter travels'),
  messageWritten: ({ message, ends }, host) => message && ends.includes(host),
  messageFetched: ({ message, ends }, host) => message && ends.includes(host),
  messageDelivered: ({ holds, ends, headline }, host) =>
    holds(host) > 0 && ends.includes(host) && headline.startsWith('The letter lies in the mailbox'),
  responded: ({ protocol, from }, host) => protocol === 'DNS' && from === host,
}

/** All that a question and its answer speak of and the stage does not show. */
function unshown(question: TableQuestion, item: QuizItem, stage: Stage): readonly string[] {
  const key = question.choices.find(({ id }) => id === item.key)
  const text = plainIn(item.text)
  const named = text.match(/\b(?:SMTP|DNS|IMAP|POP3)\b/g) ?? []
  const protocols = named.length > 0 ? named : (key?.sign?.split(' ') ?? [])
  const ports = named.length > 0 ? wiresIn(item.text).filter((wire) => /^\d+$/.test(wire)) : []
  const hosts = wiresIn(item.text).filter((wire) => stage.hosts.includes(wire))
  const patterns = (key?.means ?? [item.key]).flatMap((claim) => item.proof[claim] ?? []).flatMap(patternsIn)
  const deeds = patterns.filter(({ fact, host }) => host !== undefined && fact in DEEDS)
  const acting = new Set(patterns.flatMap(({ host = '' }) => (stage.hosts.includes(host) ? [host] : [])))
  return [
    ...(protocols.length === 0 || protocols.includes(stage.protocol ?? '') ? [] : protocols),
    ...ports.filter((port) => Number(port) !== stage.port),
    ...hosts.filter((host) => !stage.ends.includes(host)),
    ...(acting.size === 0 || stage.ends.some((end) => acting.has(end ?? '')) ? [] : acting),
    ...(deeds.length === 0 || deeds.some(({ fact, host = '' }) => DEEDS[fact]?.(stage, host))
      ? []
      : deeds.map(({ fact, host }) => `${fact} of ${host ?? ''}`)),
    // A command is shown as it is said.
    ...(question.kind === 'match' && key?.wire && !stage.wire.startsWith(key.label) ? [key.label] : []),
  ]
}
