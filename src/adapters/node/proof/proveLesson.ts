import type { Work } from '../../../learning/check'
import type { Deed, Play, TalkDeed } from '../../../learning/deed'
import { answerOf, gradeTask, workBegins } from '../../../learning/grade'
import type {
  Block,
  GappedDialogue,
  Inline,
  Lesson,
  LessonStep,
  Prediction,
  Solution,
  Task,
} from '../../../learning/lesson'
import { factAt, momentAt } from '../../../learning/moment'
import { meant } from '../../../learning/nearest'
import type { ParsedLesson } from '../../../learning/parse'
import { interventionsOf } from '../../../learning/play'
import type { Place } from '../../../learning/yaml'
import type { Fact } from '../../../world/fact'
import type { Intervention } from '../../../world/intervention'
import type { Timeline } from '../../../world/timeline'
import { readScenario } from '../scenarios'
import { played, workIn } from './played'
import { canSay, closedDoor, protocolAt, proveDoors } from './proveDeeds'
import { stageAt, wiresIn } from './stage'

/** Reports what is wrong at a place of the lesson's text. */
type Report = (place: Place, message: string, remedy: string) => void

/** The lesson's solution, and how to report what is wrong in it. */
export interface ReadSolution {
  readonly solution: Solution
  readonly placeOf: (path: readonly (string | number)[]) => Place
  readonly report: Report
}

interface LessonRun {
  readonly play: Play
  readonly timeline: Timeline
  readonly begins: readonly Intervention[]
}

/**
 * Proves a lesson by its runs: every moment is there and shows itself, the run answers each prediction as the lesson says, no task
 * is solved at the start, every way solves it, every slip draws its feedback, the last hint says what a way says.
 *
 * @param pages the pages below `/learn/` to which a link may lead; if none are known, that is not looked at
 */
export function proveLesson(
  lesson: ParsedLesson,
  read: ReadSolution,
  report: Report,
  pages: readonly string[] = [],
): void {
  const runs = new Map<string, LessonRun>()
  for (const [id, play] of Object.entries(lesson.runs)) {
    const begins = interventionsOf(play, readScenario(play.scenario))
    runs.set(id, { play, timeline: played(play), begins })
  }
  const lost = proveMoments(lesson, runs, report)
  proveOrder(lesson, runs, report)
  const strays = proveStepNames(lesson, read)
  for (const step of lesson.steps) {
    const run = runs.get(step.run) as LessonRun
    if (!lost.has(step.moment ?? '')) proveStep(lesson, step, run, report)
    // A moment that no run has is told where it is written.
    if (step.prediction && !momentsOf(step.prediction).some((id) => lost.has(id)))
      provePrediction(lesson, step, step.prediction, run, report)
    if (step.task && !(strays && read.solution[step.id] === undefined))
      proveTask(lesson, step, step.task, read, run, report)
    proveLinks(lesson, step, pages, report)
  }
  const title = lesson.places.front(['title'])
  if (!lesson.steps.some((step) => step.prediction ?? step.task))
    report(title, 'the lesson asks for nothing', 'Add a prediction and a task.')
  if (lesson.closing.length === 0) report(title, 'the lesson ends without a question', 'Add one to quiz.yaml.')
}

const momentsOf = ({ kind, moment, options }: Prediction): readonly string[] =>
  kind === 'order' ? [moment, ...options.map(({ answer }) => answer)] : [moment]

/** The moments that no run has: told once, and not those again that count from one of them. */
function proveMoments(
  { moments, places }: ParsedLesson,
  runs: ReadonlyMap<string, LessonRun>,
  report: Report,
): ReadonlySet<string> {
  const lost = new Set(
    Object.entries(moments).flatMap(([id, moment]) =>
      [...runs.values()].some(({ timeline }) => factAt(timeline.trace, moment, moments)) ? [] : [id],
    ),
  )
  for (const id of lost) {
    if (!lost.has(moments[id]?.after ?? ''))
      report(
        places.front(['moments', id]),
        `no run has the moment "${id}"`,
        'See what happens in it: npm run --silent ehlo -- lesson play PATH RUN.',
      )
  }
  return lost
}

/** True if the solution speaks of steps that are not there, or have no task. */
function proveStepNames({ steps }: Lesson, { solution, placeOf, report }: ReadSolution): boolean {
  const tasks = steps.flatMap(({ id, task }) => (task ? [id] : []))
  const strays = Object.keys(solution).filter((id) => !tasks.includes(id))
  for (const id of strays)
    report(placeOf([id]), `no step "${id}" has a task`, meant(id, tasks, 'Remove it, or write the task.'))
  return strays.length > 0
}

function proveOrder(lesson: ParsedLesson, runs: ReadonlyMap<string, LessonRun>, report: Report): void {
  let before: { readonly run: string; readonly at: number } | undefined
  for (const step of lesson.steps) {
    const moment = step.moment === undefined ? undefined : lesson.moments[step.moment]
    const trace = runs.get(step.run)?.timeline.trace
    const at = moment && trace && momentAt(trace, moment, lesson.moments)
    if (at === undefined) continue
    if (before && before.run === step.run && at < before.at)
      report(
        lesson.places.of(step, 'moment'),
        `step "${step.id}" goes back in time`,
        'Tell a run in the order of time, or take another run.',
      )
    before = { run: step.run, at }
  }
}

function proveStep(lesson: ParsedLesson, step: LessonStep, { timeline }: LessonRun, report: Report): void {
  const hosts = timeline.scenario.hosts.map(({ name }) => name)
  for (const host of step.focus ?? []) {
    if (!hosts.includes(host))
      report(lesson.places.of(step, 'focus'), `there is no machine "${host}"`, meant(host, hosts, ''))
  }
  if (step.moment === undefined) return
  const moment = lesson.moments[step.moment]
  const stage = moment && stageAt(timeline, moment, lesson.moments)
  if (!stage) {
    report(
      lesson.places.of(step, 'moment'),
      `the run "${step.run}" has no moment "${step.moment}"`,
      'Name another moment, or another run.',
    )
    return
  }
  if (stage.told !== stage.about) {
    report(
      lesson.places.of(step, 'moment'),
      `at "${step.moment}" the map tells "${stage.told}" and not "${stage.about}"`,
      'Take the line that is in focus then for the moment.',
    )
  }
  const quoted = wiresIn(step.prediction?.question ?? []).filter((wire) => /^[A-Z]{4} /.test(wire))
  for (const wire of quoted.filter((each) => !isShown(each, stage.wire))) {
    report(
      lesson.places.of(step, 'moment'),
      `the question quotes ${wire}, and the map shows ${stage.wire}`,
      'Let the step open at that line.',
    )
  }
}

/** A question may quote the line in focus, or a line that is still to be said. */
const isShown = (quoted: string, shown: string): boolean =>
  shown.startsWith(quoted) || !shown.startsWith(quoted.slice(0, 4))

function provePrediction(
  lesson: ParsedLesson,
  step: LessonStep,
  prediction: Prediction,
  { timeline }: LessonRun,
  report: Report,
): void {
  const say = (message: string, remedy: string): void =>
    report(lesson.places.of(prediction, 'answer'), `step "${step.id}": ${message}`, remedy)
  const answer = answerOf(prediction, lesson, workIn(timeline))
  const isSame =
    prediction.kind === 'several' ? sorted(answer ?? '') === sorted(prediction.answer) : answer === prediction.answer
  if (!isSame) {
    say(
      `the run answers "${answer ?? 'nothing'}", and the lesson says "${prediction.answer}"`,
      'The engine is right: mend the answer, the moment or the checks.',
    )
    return
  }
  const moment = lesson.moments[prediction.moment]
  const shown = moment && momentAt(timeline.trace, moment, lesson.moments)
  const asked = lesson.moments[step.moment ?? '']
  const askedAt = asked ? (momentAt(timeline.trace, asked, lesson.moments) ?? 0) : 0
  if (shown !== undefined && shown <= askedAt && !isLaterFact(lesson, step, prediction, timeline))
    say('the map shows the answer before the question', 'Let the step open at an earlier moment.')
  if (prediction.kind !== 'reply' || !moment) return
  const stage = stageAt(timeline, moment, lesson.moments)
  // A reply of several lines has a hyphen after its code.
  const said = [...(stage?.wire.split(/[ ?,;]+|(?<=^\d{3})-/) ?? []), stage?.protocol, ...(stage?.ends ?? [])]
  if (!said.includes(prediction.answer) && !stage?.wire.includes(prediction.answer))
    say(
      `the line in focus, "${stage?.wire ?? ''}", does not say the answer`,
      'Take the moment of the line that answers.',
    )
}

/** Two facts of one instant may still be before and after. */
function isLaterFact(lesson: Lesson, step: LessonStep, prediction: Prediction, { trace }: Timeline): boolean {
  const [asked, shown] = [lesson.moments[step.moment ?? ''], lesson.moments[prediction.moment]]
  const from = asked && factAt(trace, asked, lesson.moments)
  const to = shown && factAt(trace, shown, lesson.moments)
  return to !== undefined && (from === undefined || from.order < to.order)
}

const sorted = (ids: string): string => ids.split(' ').toSorted().join(' ')

function proveTask(
  lesson: ParsedLesson,
  step: LessonStep,
  task: Task,
  { solution, placeOf, report: reportSolution }: ReadSolution,
  { play, timeline, begins }: LessonRun,
  report: Report,
): void {
  const { places } = lesson
  const named = (message: string): string => `step "${step.id}": ${message}`
  const say = (message: string, remedy: string, part: object = task, attribute?: string): void =>
    report(places.of(part, attribute), named(message), remedy)
  const { ways = [], slips = {} } = solution[step.id] ?? {}
  proveDoors(task, timeline.scenario, (attribute, message, remedy) => say(message, remedy, task, attribute))
  const grade = (deeds: readonly Deed[]) => {
    const work: Work = workIn(played(play, deeds))
    return { ...gradeTask(task, lesson, { ...work, from: workBegins(work.trace, begins) }), trace: work.trace }
  }
  if (grade([]).solved) {
    say('it is solved before anything is done', 'Ask for something that the run does not do itself.')
    return
  }
  if (gradeTask(task, lesson, workIn(timeline)).solved) {
    say('the lesson’s own run solves it', 'A learner who begins anew would find it done: make the check more exact.')
    return
  }
  if (ways.length === 0) {
    say('it has no solution', 'Write at least one way into solution.yaml.')
    return
  }
  const protocol = protocolAt(timeline.scenario, task.to, task.port ?? 0)
  for (const mistake of task.mistakes) {
    if (mistake.reply !== undefined && protocol !== undefined && !canSay(protocol, mistake.reply)) {
      say(
        `no ${protocol} server answers "${mistake.reply}"`,
        'Write the beginning of a reply of that server, or know the mistake by a check.',
        mistake,
        'reply',
      )
      return
    }
  }
  let isSolved = true
  for (const [at, way] of ways.entries()) {
    const { solved, mistakes, reached, harm, trace } = grade(way)
    if (solved) continue
    isSolved = false
    const closed = closedDoor(way, timeline.scenario)
    if (closed) {
      const { nth, message, remedy } = closed
      reportSolution(
        placeOf([step.id, 'ways', at, nth, 'port']),
        named(`way ${at + 1} does not solve it: ${message}`),
        remedy,
      )
      continue
    }
    const missed = task.goals.filter((_, goal) => !reached[goal]).map(({ check }) => check)
    const refused = refusedLine(way, trace)
    reportSolution(
      placeOf([step.id, 'ways', at, ...(refused?.path ?? [])]),
      named(
        `way ${at + 1} does not solve it: ${harm.length > 0 ? 'it does harm' : `not reached: ${missed.join(', ')}`}` +
          (refused ? `; ${answered(refused)}` : '') +
          (mistakes[0] ? `; the page would say the mistake "${nameOf(mistakes[0])}"` : ''),
      ),
      'Mend the way, or the check.',
    )
  }
  const unmade = task.mistakes.filter((mistake) => !slips[nameOf(mistake)])
  const untold = Object.keys(slips).filter((each) => !task.mistakes.some((mistake) => nameOf(mistake) === each))
  for (const [at, mistake] of unmade.entries()) {
    const name = nameOf(mistake)
    const other = untold[at]
    // The two are one mistake: the name differs here and there.
    if (other !== undefined)
      reportSolution(
        placeOf([step.id, 'slips', other]),
        named(`the task tells the mistake "${name}", and here is "${other}"`),
        'Write the same here and in ::mistake.',
      )
    else
      say(
        `nothing makes the mistake "${name}"`,
        `Write deeds for it below slips: in solution.yaml, as "${name}".`,
        mistake,
      )
  }
  for (const name of untold.slice(unmade.length))
    reportSolution(
      placeOf([step.id, 'slips', name]),
      named(`the task does not tell the mistake "${name}"`),
      'Add ::mistake, or remove the slip.',
    )
  for (const mistake of task.mistakes) {
    const name = nameOf(mistake)
    const slip = slips[name]
    if (!slip) continue
    const { solved, mistakes, trace } = grade(slip)
    const refused = refusedLine(slip, trace)
    if (solved) say(`the mistake "${name}" solves it`, 'Make the check more exact.', mistake)
    else if (mistakes[0] && mistakes[0] !== mistake)
      say(
        `the mistake "${name}" is not what is told first, but "${nameOf(mistakes[0])}"`,
        'Put the more special one first, or make its check more exact.',
        mistake,
      )
    else if (!mistakes[0])
      reportSolution(
        placeOf([step.id, 'slips', name]),
        named(`these deeds do not make the mistake "${name}"${refused ? `: ${answered(refused)}` : ''}`),
        'Mend them, or the check of the mistake.',
      )
  }
  // The hint repeats a way, and a dialogue stands for one: a way that fails is told above.
  if (!isSolved) return
  proveHint(task, ways, say)
  const { dialogue } = task
  if (dialogue && !ways.some((way) => way.some(isCallOf(task)) && grade(inWay(dialogue, task, way)).solved))
    say(
      'its dialogue does not solve it, though every gap is filled as the lesson says',
      'Let its lines do what a way of solution.yaml says, at the same door.',
      dialogue,
    )
}

/** True if a deed of a way is the call in which the task's dialogue is spoken. */
const isCallOf =
  ({ to, port }: Task) =>
  (deed: Deed): deed is TalkDeed =>
    deed.type === 'talk' && (to === undefined || deed.to === to) && (port === undefined || deed.port === port)

/** A way in which the dialogue's lines are said, each gap filled as its author would fill it. */
function inWay({ lines }: GappedDialogue, task: Task, way: readonly Deed[]): readonly Deed[] {
  const call = way.find(isCallOf(task))
  return way.map((deed) => (deed === call ? { ...call, lines: lines.map(({ line }) => line) } : deed))
}

interface RefusedLine {
  readonly path: readonly (string | number)[]
  readonly line: string
  readonly reply: string
}

/** The last line of a way that a server has refused, by its place in the way. */
function refusedLine(way: readonly Deed[], trace: readonly Fact[]): RefusedLine | undefined {
  const at = trace.findLastIndex((fact) => fact.type === 'sent' && fact.means.refused === true)
  const refusal = trace[at]
  if (refusal?.type !== 'sent') return undefined
  const said = trace
    .slice(0, at)
    .findLast((fact) => fact.type === 'sent' && fact.connection === refusal.connection && fact.host !== refusal.host)
  if (said?.type !== 'sent') return undefined
  const line = said.octets.trimEnd()
  for (const [nth, deed] of way.entries()) {
    if (deed.type !== 'talk') continue
    const found = deed.lines.findIndex((each) => (typeof each === 'string' ? each === line : each.includes(line)))
    if (found >= 0) return { path: [nth, 'lines', found], line, reply: refusal.octets.trimEnd() }
  }
  return undefined
}

const answered = ({ line, reply }: RefusedLine): string => `"${line}" is answered "${reply}"`

const nameOf = ({ when, reply }: Task['mistakes'][number]): string => when ?? reply ?? ''

/** The last hint gives a line away: one of the ways says it. */
function proveHint(
  task: Task,
  ways: readonly (readonly Deed[])[],
  say: (message: string, remedy: string, part: object) => void,
): void {
  const hint = task.hints.find(({ grade }) => grade === 'line')
  const done = ways.flat().map(wordsOf).join('\n').toLowerCase()
  for (const wire of wiresIn(hint?.inlines ?? [])) {
    if (!done.includes(wire.toLowerCase()))
      say(
        `its last hint says ${wire}, and no way does that`,
        'Let one way of solution.yaml do what the hint says.',
        hint ?? task,
      )
  }
}

/** All words in which a deed is given. */
const wordsOf = (deed: Deed): string =>
  Object.values(deed)
    .flat(2)
    .map((value) => (typeof value === 'string' ? value : JSON.stringify(value)))
    .join(' ')

/** Links lead to a page of the program or to the web. */
function proveLinks({ places }: ParsedLesson, step: LessonStep, pages: readonly string[], report: Report): void {
  const inlines = [
    ...step.blocks.flatMap(inlinesIn),
    ...(step.watch ?? []),
    ...(step.prediction?.options.flatMap(({ why, label }) => [...why, ...label]) ?? []),
    ...(step.task?.blocks.flatMap(inlinesIn) ?? []),
    ...(step.task?.praise ?? []),
  ]
  for (const url of linksIn(inlines)) {
    if (
      !/^(?:https:\/\/\S+|#\/(?:learn|quiz|lab|reference)(?:[/?]\S*)?|\/(?:learn|quiz|lab|reference)(?:[/?]\S*)?)$/.test(
        url,
      )
    )
      report(
        places.find(url, step),
        `the link ${url} leads nowhere`,
        'Write https://…, or /learn, /quiz, /lab, /reference and what follows.',
      )
    const [, page] = /^#?\/learn\/([^?#]+)/.exec(url) ?? []
    if (page !== undefined && pages.length > 0 && !pages.includes(page))
      report(places.find(url, step), `there is no lesson "${page}"`, meant(page, pages, 'Name a lesson of the course.'))
  }
}

const inlinesIn = (block: Block): readonly Inline[] => {
  if ('inlines' in block) return block.inlines
  if ('blocks' in block) return block.blocks.flatMap(inlinesIn)
  if (block.kind === 'list') return block.items.flat().flatMap(inlinesIn)
  return block.kind === 'table' ? block.rows.flat(2) : []
}

const linksIn = (inlines: readonly Inline[]): readonly string[] =>
  inlines.flatMap((each) =>
    typeof each === 'string' || each.kind === 'wire'
      ? []
      : [...(each.kind === 'link' ? [each.url] : []), ...linksIn(each.inlines)],
  )
