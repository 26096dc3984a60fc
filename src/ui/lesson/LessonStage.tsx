import { useMemo, useState } from 'react'
import type { Instant } from '../../base/time'
import { machineText } from '../../messages/machine'
import type { Intervention } from '../../world/intervention'
import { forgetDrafts } from '../compose/useDraft'
import { WriteMessage } from '../compose/WriteMessage'
import { DialogueEditor } from '../editor/DialogueEditor'
import { MachinePanel } from '../machine/MachinePanel'
import { useRun } from '../run/RunContext'
import { VeilContext } from '../run/veil'
import { useMedia } from '../shell/useMedia'
import { MAP_SIDE, useSide } from '../stage/sides'
import { useKeptTab } from '../stage/useKeptTab'
import { Workbench } from '../stage/Workbench'
import { A_MOMENT, BeginAnewContext, BegunContext } from './beginAnew'
import { ChairContext, useChairSide } from './chairSide'
import { ComparisonContext, useComparison } from './comparison'
import { DeskContext, NearDialogueContext, type NextStep, type TitleWish } from './desk'
import { type Place, placeOf } from './dialogue/call'
import { GappedDialogue } from './dialogue/GappedDialogue'
import { beginsOf } from './earlierWork'
import { LessonColumn } from './LessonColumn'
import styles from './lesson.module.css'
import { lessonPanels } from './lessonPanels'
import type { LessonRuns } from './lessonRuns'
import type { OpenLesson } from './lessons'
import { useSealedTab } from './SealedAnswers'
import type { LessonRun } from './useLessonRun'
import { isUnfinished, type LessonState, useLessonStep } from './useLessonStep'
import { draftOfTask } from './useOpener'

export interface LessonStageProps {
  readonly opened: OpenLesson
  readonly runs: LessonRuns
  readonly shown: LessonRun
  readonly titleWish: TitleWish
}

/** The stage with the run of the present step, and the lesson beside it. */
export function LessonStage({ opened, runs, shown, titleWish }: LessonStageProps) {
  const { lesson } = opened
  const state = useLessonStep(opened, runs, shown)
  const { step } = state
  const name = `lesson:${lesson.id}`
  const [tab, setTab] = useKeptTab(name, '')
  const [side, setSide] = useKeptTab(`${name}:side`, MAP_SIDE)
  const other = useSide(side, setSide)
  const hasTask = lesson.steps.some(({ task }) => task !== undefined)
  const panels = [
    ...lessonPanels(),
    // A task may want a machine to be switched off.
    ...(hasTask ? [{ id: 'machine', title: machineText('title'), element: <MachinePanel /> }] : []),
  ]
  const sealed = useSealedTab(state, tab, setTab)
  const place = step?.task && placeOf(step.task, shown.run)
  // A step that only invites to try something has the server of the task before it.
  const door = step?.task ? place : lastPlace(state)
  const seat = step?.task ? (step.task.at ?? place?.from) : door?.from
  // A clerk at a server's desk asks and then speaks to servers, so those are offered first.
  const asksDns = step?.task?.opens === 'dns' && step.task.at === shown.run.scenario.letter.host
  const timeline = useRun((run) => run.timeline)
  const begun = useMemo(() => beginsOf(lesson, step, timeline, shown.begins), [lesson, step, timeline, shown.begins])
  const compared = useComparison(state)
  const wide = useMedia('(min-width: 1200px)')
  const [near, setNear] = useState<Element | null>(null)
  const invites = step?.blocks.some(({ kind }) => kind === 'try') === true
  const chair = useChairSide(state, { show: setTab, setNear })
  const show = (panel: string): void => {
    setTab(panel)
    // In a narrow window it covers the panels.
    if (chair.shown && !wide) chair.leave()
  }
  const types = ((step?.task !== undefined && step.task.opens !== 'nothing') || invites) && !chair.offered
  const [writing, setWriting] = useState<{ readonly to?: string }>()
  const write = (to?: string): void => setWriting(to === undefined ? {} : { to })
  return (
    <DeskContext value={{ show, turn: setSide, nextStep: nextOf(state, titleWish), ...(types && { write }) }}>
      <NearDialogueContext value={near}>
        <VeilContext value={state.veiled}>
          <BeginAnewContext value={() => beginAnew(state, begun)}>
            <BegunContext value={begun}>
              <ComparisonContext value={compared}>
                <ChairContext value={chair}>
                  <Workbench
                    place={name}
                    lesson={<LessonColumn state={state} titleWish={titleWish} />}
                    heading={lesson.title}
                    simplifies={lesson.simplifies}
                    panels={[...panels, ...sealed.panels]}
                    {...(types && {
                      dialogue: (
                        <>
                          {!wide && <div ref={setNear} className={styles.nearPlace} />}
                          {place && step?.task?.dialogue ? (
                            <GappedDialogue key={step.id} dialogue={step.task.dialogue} place={place} />
                          ) : (
                            <DialogueEditor
                              key={`${seat ?? ''} ${door?.to ?? ''}:${door?.port ?? ''} ${step?.task?.opens ?? ''}`}
                              first={door}
                              chooses
                              asksDns={asksDns}
                              sitsAt={seat}
                            />
                          )}
                        </>
                      ),
                    })}
                    side={compared.side ?? chair.side ?? other}
                    lit={step?.focus}
                    onMap={() => {
                      setSide(MAP_SIDE)
                      compared.set(false)
                      if (chair.shown) chair.leave()
                    }}
                    tab={sealed.tab}
                    onTab={sealed.onTab}
                    {...(types && { onWrite: write })}
                  />
                  <WriteMessage
                    open={writing !== undefined}
                    to={writing?.to}
                    draft={draftOfStep(shown.run.key, step)}
                    onClose={() => setWriting(undefined)}
                  />
                </ChairContext>
              </ComparisonContext>
            </BegunContext>
          </BeginAnewContext>
        </VeilContext>
      </NearDialogueContext>
    </DeskContext>
  )
}

/** The form of a step for letters besides that of its task. */
const draftOfStep = (key: string, step: LessonState['step']): string => `${key}:${step?.id ?? ''}`

/** The world as it was when the step began, and the letter that was ready to send. */
function beginAnew({ step, shown, stage }: LessonState, begun: readonly Intervention[]): void {
  const { run } = shown
  const ofTask = step?.task ? [draftOfTask(run, step.task)] : []
  void forgetDrafts([draftOfStep(run.key, step), ...ofTask])
  const first = shown.run.get().timeline.interventions[begun.length]
  if (begun === shown.begins || first === undefined) stage.beginAgain(step?.moment)
  else shown.run.actions.replace(begun, (first.at - A_MOMENT) as Instant)
}

/** The server of the last task up to the present step. */
function lastPlace({ lesson, at, shown }: LessonState): Place | undefined {
  const task = lesson.steps.slice(0, at + 1).findLast((each) => each.task !== undefined)?.task
  return task && placeOf(task, shown.run)
}

/** The next step, once this one is done and its answer has been seen. */
function nextOf(state: LessonState, titleWish: TitleWish): NextStep {
  const { ids, at, step, mine, isReached, isAnswered, answersAt } = state
  const isSeen = isReached && (answersAt === undefined || isAnswered)
  return {
    isLast: at === ids.length - 1,
    ...(isSeen &&
      !(step && isUnfinished(step, mine)) && {
        open: () => {
          titleWish.make()
          state.open(at + 1)
        },
      }),
  }
}
