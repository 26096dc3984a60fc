import { type Instant, START } from '../../base/time'
import type { Intervention, InterventionBody } from '../../world/intervention'
import type { Timeline } from '../../world/timeline'
import { branchOf, moved, parentOf, undone } from './branches'
import { playedAhead } from './playedAhead'
import type { Playhead } from './playhead'
import type { RunActions } from './run'
import type { RunStore } from './runStore'
import { followed, keptSelection, selectionAt, terminalOf } from './selection'
import { rethrown } from './slices'

type WorldActions = Pick<RunActions, 'intervene' | 'undo' | 'restart' | 'replace'>

/** Interventions that change the world but begin no dialogue: time does not start to play after them. */
const SETTINGS: ReadonlySet<InterventionBody['type']> = new Set<InterventionBody['type']>([
  'policyChanged',
  'accountSet',
  'accountRemoved',
  'accountChanged',
  'domainSet',
  'domainRemoved',
  'zoneEdited',
  'linkChanged',
  'hostStopped',
  'hostStarted',
  'cacheFlushed',
  'waited',
])

/** The instant of an intervention made now. To the microsecond, it is not before anything that the learner has seen. */
const doneAt = (t: Instant): Instant => (Math.ceil(t * 1000) / 1000) as Instant

/** The actions that make another run of this one: each grows a branch, and undo goes back to its parent. */
export function worldActions(run: RunStore, playhead: Playhead): WorldActions {
  const state = run.get

  /** Goes back to the run from which the present one was made. */
  const goBack = (timeline: Timeline): void => {
    playhead.stop()
    const branches = undone(moved(run.branches(), { timeline: state().timeline }))
    run.setBranches(branches)
    const { t } = branchOf(branches)
    const canUndo = parentOf(branches) !== undefined
    run.change({ timeline, t: t as Instant, playing: false, canUndo, selection: {}, leaping: undefined })
  }

  return {
    intervene: (body) => {
      const intervention: Intervention = { ...body, at: doneAt(state().t) }
      const timeline = run.engine().intervene(state().timeline, intervention)
      const facts = followed(timeline.trace, intervention)
      if (facts[0]) run.watch?.begins(intervention.at, facts[0].order)
      const typed = terminalOf(facts)
      const setting = SETTINGS.has(body.type)
      // The effects of the intervention are selected. Turning a switch begins no dialogue and leaves the selection as it is.
      const pinned = setting ? state().pinned : typed !== undefined
      const kept = setting ? keptSelection(state(), timeline) : {}
      const selection = typed === undefined ? kept : { connection: typed }
      const playing = state().playing || !setting
      const canUndo = run.growInto(timeline, intervention.at, true)
      run.change({ timeline, t: intervention.at, canUndo, selection, pinned, playing, leaping: undefined })
      if (playing) playhead.start()
      else playhead.stop()
      return facts
    },
    undo: () => {
      const before = parentOf(run.branches())
      if (!before) return
      if (before.timeline) {
        goBack(before.timeline)
        return
      }
      playhead.stop()
      const { interventions } = before
      const to = before.until as Instant
      const { seed } = state().timeline
      run.slices.begin(run.engine().remake(run.scenario, { seed, interventions }, to), {
        told: ({ at }) => run.change({ playing: false, leaping: { from: START, at, to, again: true } }),
        done: goBack,
        failed: rethrown,
      })
    },
    restart: () => {
      playhead.stop()
      const { before: interventions = [] } = run.scenario
      const timeline = run.engine().start(run.scenario, { seed: state().timeline.seed, interventions })
      const canUndo = run.growInto(timeline, START, false)
      run.change({ timeline, t: START, playing: false, canUndo, selection: {}, leaping: undefined })
    },
    replace: (interventions, t) => {
      playhead.stop()
      const { seed } = state().timeline
      const timeline = playedAhead(run.engine(), run.scenario, { seed, interventions })
      const canUndo = run.growInto(timeline, t, false)
      const selection = selectionAt(timeline, t)
      run.change({ timeline, t, playing: false, canUndo, selection, pinned: false, leaping: undefined })
    },
  }
}
