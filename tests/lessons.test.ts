import { describe, expect, it } from 'vitest'
import { lessonFolders, loadCourse, loadLesson, loadQuiz, loadSolution } from '../src/adapters/node/lessons'
import { readScenario } from '../src/adapters/node/scenarios'
import { catalogue } from '../src/hosts/catalogue'
import type { Check } from '../src/learning/check'
import type { Deed, Play } from '../src/learning/deed'
import { answerOf, gradeTask, provenKey, workBegins } from '../src/learning/grade'
import type { Lab } from '../src/learning/inWorld'
import type { Inline } from '../src/learning/lesson'
import { type FactPattern, factAt, type Moment, type Moments, momentAt, portsIn } from '../src/learning/moment'
import { interventionsOf } from '../src/learning/play'
import { unprovenIn } from '../src/learning/proveQuestion'
import { isTable, type Proof, type Quiz, type QuizItem, type TableQuestion } from '../src/learning/question'
import '../src/view/gloss/known'
import { isLine } from '../src/view/run/flight'
import { lineIn } from '../src/view/run/flights'
import { isHappening } from '../src/view/run/happenings'
import { namesOf } from '../src/view/run/names'
import { viewOf } from '../src/view/run/runView'
import { shownAt } from '../src/view/run/shownAt'
import { headlineAt } from '../src/view/stage/headline'
import { sceneAt } from '../src/view/stage/scene'
import { eventSentence, lineSentence, sentenceAt } from '../src/view/stage/sentence'
import type { Fact, FactType } from '../src/world/fact'
import { intervene, startTimeline, type Timeline, worldAt } from '../src/world/timeline'

/**
 * Every lesson and quiz is proven by a real run: the simulation is the answer key. A new lesson's folder is found without
 * further changes.
 */

/** Plays a run, with more deeds after its own. */
function played(play: Play, more: readonly Deed[] = []): Timeline {
  const scenario = readScenario(play.scenario)
  const interventions = interventionsOf({ deeds: [...play.deeds, ...more] }, scenario)
  return startTimeline(scenario, catalogue, { interventions })
}
const trace = (play: Play, more: readonly Deed[] = []): readonly Fact[] => played(play, more).trace

/** A learner's view of the stage at a moment. */
interface Stage {
  /** In words the event that the moment is, and the event that the stage tells. */
  readonly about: string
  readonly told: string
  readonly protocol: string | undefined
  readonly port: number | undefined
  readonly from: string | undefined
  readonly ends: readonly (string | undefined)[]
  /** The line in focus. */
  readonly wire: string
  /** The line in focus carries a message. */
  readonly message: boolean
  readonly headline: string
  /** The numbers of messages that hosts keep. */
  readonly holds: (host: string) => number
  readonly hosts: readonly string[]
}

function stageAt(timeline: Timeline, moment: Moment, moments: Moments): Stage {
  const [view, names] = [viewOf(timeline), namesOf(timeline.scenario)]
  const { history } = view
  const fact = factAt(timeline.trace, moment, moments)
  if (!fact) throw new Error('The run has no such moment')
  const t = shownAt(history, fact)
  const scene = sceneAt(view, names, t)
  const line = lineIn(history.flights, t)?.flight
  const [told, portOf] = [sentenceAt(view, names, t), portsIn(timeline.trace)]
  return {
    about:
      fact.type === 'connectionOpened' || isHappening(fact)
        ? eventSentence(fact, names, history)
        : isLine(fact) && line
          ? lineSentence(fact, names.short(line.from), names.short(line.to))
          : 'Nothing has been said yet.',
    told,
    protocol: scene.caption?.protocol,
    port: line?.connection === undefined ? undefined : portOf(line.connection),
    from: line?.from,
    ends: [line?.from, line?.to],
    wire: scene.caption?.wire.text ?? '',
    message: line?.message === true,
    headline: headlineAt(view, names, t).text,
    holds: (host) => scene.hosts[host]?.holds ?? 0,
    hosts: timeline.scenario.hosts.map(({ name }) => name),
  }
}

/** The words of a text that stand on the wire, and those that do not. */
const wiresIn = (inlines: readonly Inline[]): readonly string[] =>
  inlines.flatMap((each) =>
    typeof each === 'string' ? [] : each.kind === 'wire' ? [each.text] : wiresIn(each.inlines),
  )
const plainIn = (inlines: readonly Inline[]): string =>
  inlines
    .map((each) => (typeof each === 'string' ? each : each.kind === 'wire' ? each.text : plainIn(each.inlines)))
    .join('')

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

function provesQuiz(quiz: Quiz): void {
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
  it.each(quiz.questions.map((question) => [question.id, question] as const))(
    '%s: the engine gives the key',
    (_, question) => {
      expect(unprovenIn(question, lab)).toEqual([])
    },
  )
  const shown = quiz.questions
    .filter(isTable)
    .flatMap((question) => question.items.flatMap((item) => (item.show ? [{ question, item, show: item.show }] : [])))
  it.each(shown.map((each) => [each.item.id, each] as const))(
    '%s: its moment shows it',
    (_, { question, item, show }) => {
      const stage = stageAt(timelineOf(show.run), show.moment, quiz.moments)
      expect(stage.told).toBe(stage.about)
      expect(unshown(question, item, stage)).toEqual([])
    },
  )
}

const folders = lessonFolders('lessons')

it('finds lessons, each with an id of its own', () => {
  const ids = folders.map((folder) => loadLesson(folder).id)
  expect(ids.length).toBeGreaterThan(0)
  expect(new Set(ids).size).toBe(ids.length)
})

describe.each(folders)('%s', (folder) => {
  const lesson = loadLesson(folder)
  const solution = loadSolution(folder)
  const mainPlay = Object.values(lesson.runs)[0] as Play
  const run = played(mainPlay)
  const start = run.trace
  const begins = interventionsOf(mainPlay, readScenario(mainPlay.scenario))

  it.each(Object.keys(lesson.moments))('the moment "%s" is in the run', (id) => {
    expect(factAt(start, lesson.moments[id] ?? { fact: 'intervened' }, lesson.moments)).toBeDefined()
  })

  it('tells the run in the order of time', () => {
    const instants = lesson.steps.flatMap(({ moment }) => {
      const found = moment === undefined ? undefined : lesson.moments[moment]
      return found ? [momentAt(start, found, lesson.moments)] : []
    })
    expect(instants).toEqual([...instants].sort((a, b) => (a ?? 0) - (b ?? 0)))
  })

  it.each(lesson.steps.flatMap((step) => (step.moment === undefined ? [] : [[step.id, step, step.moment] as const])))(
    'step "%s" shows its moment, with the line that its question quotes',
    (_, step, id) => {
      const stage = stageAt(run, lesson.moments[id] as Moment, lesson.moments)
      expect(stage.told).toBe(stage.about)
      const quoted = wiresIn(step.prediction?.question ?? []).filter((wire) => /^[A-Z]{4} /.test(wire))
      expect(quoted.filter((wire) => !stage.wire.startsWith(wire))).toEqual([])
    },
  )

  const predictions = lesson.steps.flatMap((step) => (step.prediction ? [{ step, prediction: step.prediction }] : []))
  it('asks for at least one prediction, sets a task and has a quiz', () => {
    expect(predictions.length).toBeGreaterThan(0)
    expect(lesson.steps.filter((step) => step.task).length).toBeGreaterThan(0)
    expect(lesson.quiz.questions.length).toBeGreaterThan(0)
  })
  describe.each(predictions)('prediction of step $step.id', ({ step, prediction }) => {
    it('is answered by the run as the lesson says', () => {
      expect(answerOf(prediction, lesson, { trace: start })).toBe(prediction.answer)
    })
    it('is answered by the line in focus: by its words, its protocol or one of its ends', () => {
      const stage = stageAt(run, lesson.moments[prediction.moment] as Moment, lesson.moments)
      expect(stage.told).toBe(stage.about)
      expect([...stage.wire.split(/[ ?]/), stage.protocol, ...stage.ends]).toContain(prediction.answer)
    })
    it('is asked before the run shows it', () => {
      const asked = factAt(start, lesson.moments[step.moment ?? ''] ?? { fact: 'intervened' }, lesson.moments)
      const shown = factAt(start, lesson.moments[prediction.moment] ?? { fact: 'intervened' }, lesson.moments)
      expect(asked?.order).toBeLessThan(shown?.order ?? -1)
    })
  })

  const tasks = lesson.steps.flatMap((step) => (step.task ? [{ step, task: step.task }] : []))
  describe.each(tasks)('task of step $step.id', ({ step, task }) => {
    const { ways = [], slips = {} } = solution[step.id] ?? {}
    const grade = (facts: readonly Fact[]) => gradeTask(task, lesson, { trace: facts, from: workBegins(facts, begins) })

    it('is not solved at the start, and shows no mistake', () => {
      expect(grade(start)).toMatchObject({ solved: false, mistakes: [] })
      // Facts of the lesson's own run must not count either for a learner who began the world anew.
      expect(gradeTask(task, lesson, { trace: start }).solved).toBe(false)
    })
    it('has a solution', () => expect(ways.length).toBeGreaterThan(0))
    it.each(ways.map((way, at) => [at + 1, way] as const))('is solved by way %i of the solution', (_, way) => {
      expect(grade(trace(mainPlay, way))).toMatchObject({ solved: true, mistakes: [] })
    })
    it.each(ways.map((way, at) => [at + 1, way] as const))('is solved by way %i in a world begun anew', (_, way) => {
      expect(grade(trace({ ...mainPlay, deeds: [] }, way)).solved).toBe(true)
    })
    it.each(task.mistakes.map(({ when }) => when))(
      'recognises the mistake "%s" first, and is not solved by it',
      (when) => {
        const { solved, mistakes } = grade(trace(mainPlay, slips[when ?? '']))
        expect(solved).toBe(false)
        expect(mistakes[0]?.when).toBe(when)
      },
    )
  })

  describe('its quiz', () => {
    provesQuiz(lesson.quiz)
    it('shows moments of the run that the lesson has on its stage', () => {
      for (const { items } of lesson.quiz.questions.filter(isTable)) {
        for (const { show } of items) if (show) expect(lesson.quiz.runs[show.run]).toEqual(mainPlay)
      }
    })
  })
})

describe('the journey of the first lesson', () => {
  const lesson = loadLesson('lessons/01-the-journey/01-one-letter-three-steps')
  const run = played(Object.values(lesson.runs)[0] as Play)
  const step = (id: string): Stage => {
    const { moment } = lesson.steps.find((each) => each.id === id) ?? {}
    return stageAt(run, lesson.moments[moment ?? ''] as Moment, lesson.moments)
  }
  it.each([
    [
      'handed-over',
      'SMTP',
      ['alice-laptop', 'mx-out.paper.example'],
      'The letter travels from Alice’s laptop to mx-out.',
    ],
    ['whose-door', 'SMTP', ['mx-out.paper.example', 'alice-laptop'], 'The letter waits in the queue of mx-out.'],
    ['way-known', 'DNS', ['resolver', 'mx-out.paper.example'], 'mx-out asks the DNS where mail for bird.example goes.'],
    [
      'before-the-letter',
      'SMTP',
      ['mx-out.paper.example', 'mx.bird.example'],
      'mx-out is handing the letter to mx.bird.',
    ],
    ['it-stays', 'IMAP', ['store.bird.example', 'bob-phone'], 'The letter travels from store to Bob’s phone.'],
    ['it-goes', 'POP3', ['bob-laptop', 'store.bird.example'], 'Bob’s phone has fetched the letter by IMAP.'],
  ])('step "%s" is seen while it is read', (id, protocol, ends, headline) => {
    expect(step(id)).toMatchObject({ protocol, ends, headline })
  })
  it('shows that a letter that is pulled by IMAP stays in the mailbox', () => {
    expect(step('it-stays').holds('store.bird.example')).toBe(1)
  })
})

describe("the article's three questions", () => {
  provesQuiz(loadQuiz('lessons/quiz/quiz.yaml'))
})

it('takes no other text for known: whoever never saw one understands every remark', () => {
  const texts = [
    ...folders.map((folder) => loadLesson(folder)),
    loadQuiz('lessons/quiz/quiz.yaml'),
    loadCourse('lessons/course.yaml'),
  ]
  const KNOWN =
    /.{0,60}(?:\byou (?:may|might|will) have (?:read|heard|seen|in mind|learnt)|slip of the pen|\barticle\b).{0,60}/gi
  expect(JSON.stringify(texts).match(KNOWN) ?? []).toEqual([])
})

describe('the answer keys of the quiz', () => {
  const quiz = loadQuiz('lessons/quiz/quiz.yaml')
  const traces = new Map(Object.entries(quiz.runs).map(([id, play]) => [id, trace(play)]))
  it('are the only choices that satisfy the engine', () => {
    for (const question of quiz.questions.filter(isTable)) {
      for (const item of question.items) {
        for (const choice of question.choices.filter(({ id }) => id !== item.key)) {
          const wrong = { ...item, key: choice.id }
          expect(provenKey(question, wrong, quiz.moments, (run) => ({ trace: traces.get(run) ?? [] }))).not.toBe(
            wrong.key,
          )
        }
      }
    }
  })
})
