import { machineText } from '../../messages/machine'
import { DialogueEditor } from '../editor/DialogueEditor'
import { MachinePanel } from '../machine/MachinePanel'
import { VeilContext } from '../run/veil'
import { MAP_SIDE, useSide } from '../stage/sides'
import { useKeptTab } from '../stage/useKeptTab'
import { Workbench } from '../stage/Workbench'
import { BeginAnewContext } from './beginAnew'
import { DeskContext, type TitleWish } from './desk'
import { LessonColumn } from './LessonColumn'
import { lessonPanels } from './lessonPanels'
import type { LessonRuns } from './lessonRuns'
import type { OpenLesson } from './lessons'
import type { LessonRun } from './useLessonRun'
import { useLessonStep } from './useLessonStep'

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
  const place = `lesson:${lesson.id}`
  const [tab, setTab] = useKeptTab(place, '')
  const [side, setSide] = useKeptTab(`${place}:side`, MAP_SIDE)
  const other = useSide(side, setSide)
  const opensRooms = lesson.steps.some(({ task }) => task && ROOMS.has(task.opens))
  const panels = [
    ...lessonPanels(),
    ...(opensRooms ? [{ id: 'machine', title: machineText('title'), element: <MachinePanel /> }] : []),
  ]
  const types = step?.task !== undefined && step.task.opens !== 'nothing'
  return (
    <DeskContext value={{ show: setTab, turn: setSide }}>
      <VeilContext value={state.veiled}>
        <BeginAnewContext value={() => state.stage.beginAgain(step?.moment)}>
          <Workbench
            place={place}
            lesson={<LessonColumn state={state} titleWish={titleWish} />}
            simplifies={lesson.simplifies}
            panels={panels}
            {...(types && { dialogue: <DialogueEditor /> })}
            side={other}
            onMap={() => setSide(MAP_SIDE)}
            tab={tab}
            onTab={setTab}
          />
        </BeginAnewContext>
      </VeilContext>
    </DeskContext>
  )
}

/** What opens in the room of a machine. */
const ROOMS: ReadonlySet<string> = new Set(['machine', 'zone', 'settings'])
