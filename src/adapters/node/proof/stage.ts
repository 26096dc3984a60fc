import type { Instant } from '../../../base/time'
import type { Inline } from '../../../learning/lesson'
import { factAt, type Moment, type Moments, momentAt, portsIn } from '../../../learning/moment'
import '../../../view/gloss/known'
import { isLine } from '../../../view/run/flight'
import { lineIn } from '../../../view/run/flights'
import { isHappening } from '../../../view/run/happenings'
import { namesOf } from '../../../view/run/names'
import { viewOf } from '../../../view/run/runView'
import { shownAt } from '../../../view/run/shownAt'
import { headlineAt } from '../../../view/stage/headline'
import { sceneAt } from '../../../view/stage/scene'
import { eventSentence, lineSentence, sentenceAt } from '../../../view/stage/sentence'
import type { Timeline } from '../../../world/timeline'

/** A learner's view of the stage at a moment. */
export interface Stage {
  /** In words the event that the moment is, and the event that the stage tells. Of a later moment both are the latter. */
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

/** The stage at a moment of a run, or undefined if the run has no such moment. */
export function stageAt(timeline: Timeline, moment: Moment, moments: Moments): Stage | undefined {
  const [view, names] = [viewOf(timeline), namesOf(timeline.scenario)]
  const { history } = view
  const fact = factAt(timeline.trace, moment, moments)
  const at = momentAt(timeline.trace, moment, moments)
  if (!fact || at === undefined) return undefined
  const t: Instant = 'later' in moment ? at : shownAt(history, fact)
  const scene = sceneAt(view, names, t)
  const line = lineIn(history.flights, t)?.flight
  const [told, portOf] = [sentenceAt(view, names, t), portsIn(timeline.trace)]
  const about =
    // A call begins with a line of TCP in focus, and waiting has none.
    'later' in moment || (fact.type === 'connectionOpening' && line?.connection === fact.connection)
      ? told
      : fact.type === 'connectionOpened' || isHappening(fact)
        ? eventSentence(fact, names, history)
        : isLine(fact) && line
          ? lineSentence(fact, names.short(line.from), names.short(line.to))
          : 'Nothing has been said yet.'
  return {
    // A title such as "clerk at bird" begins a sentence with a capital, a name such as mx-out does not.
    about: about.toLowerCase() === told.toLowerCase() ? told : about,
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

/** The words of a text that stand on the wire. */
export const wiresIn = (inlines: readonly Inline[]): readonly string[] =>
  inlines.flatMap((each) =>
    typeof each === 'string' ? [] : each.kind === 'wire' ? [each.text] : wiresIn(each.inlines),
  )

/** All words of a text. */
export const plainIn = (inlines: readonly Inline[]): string =>
  inlines
    .map((each) => (typeof each === 'string' ? each : each.kind === 'wire' ? each.text : plainIn(each.inlines)))
    .join('')
