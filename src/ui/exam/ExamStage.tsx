import { useEffect, useMemo, useState } from 'react'
import type { ExamRecord } from '../../learning/progress'
import { examText } from '../../messages/exam'
import { machineText } from '../../messages/machine'
import { furtherIn, type Known } from '../../view/run/touched'
import { DialogueEditor } from '../editor/DialogueEditor'
import { MachinePanel } from '../machine/MachinePanel'
import { FogContext } from '../run/fog'
import { useFactCount, useRun, useRunStore } from '../run/RunContext'
import { useKeptTab } from '../stage/useKeptTab'
import { Workbench } from '../stage/Workbench'
import { ExamColumn } from './ExamColumn'
import { type OpenExam, workOf } from './examRun'

interface ExamStageProps {
  readonly opened: OpenExam
  readonly record: ExamRecord
}

/**
 * The stage of an exam under way: the map in fog, dialogues, and machines. Earlier dialogues are not shown, so
 * there is no transcript, and time goes back to the beginning of the exam only.
 */
export function ExamStage({ opened, record }: ExamStageProps) {
  const [tab, setTab] = useKeptTab('exam', 'lesson')
  useBeginning(opened)
  return (
    <FogContext value={useTouched(opened)}>
      <Workbench
        place="exam"
        lesson={<ExamColumn opened={opened} record={record} />}
        heading={examText('title')}
        dialogue={<DialogueEditor />}
        panels={[{ id: 'machine', title: machineText('title'), element: <MachinePanel /> }]}
        tab={tab}
        onTab={setTab}
      />
    </FogContext>
  )
}

/** The persons' machines, and all that was touched from there by this moment. */
function useTouched({ world }: OpenExam): ReadonlySet<string> {
  const timeline = useRun((state) => state.timeline)
  const count = useFactCount()
  const begins = useMemo((): Known => {
    const seats = world.scenario.hosts.flatMap(({ role, name }) => (role === 'mailProgram' ? [name] : []))
    const { trace, from } = workOf(timeline, world)
    return { trace, from, count: 0, hosts: new Set(seats) }
  }, [timeline, world])
  // Playing goes on from what was known; after a step back it is read anew.
  const [last, keep] = useState(begins)
  const known = furtherIn(last.trace === begins.trace && last.count <= count ? last : begins, count)
  if (known.trace !== last.trace || known.count !== last.count) keep(known)
  return known.hosts
}

/** Time goes back to the exam's beginning, and no further. */
function useBeginning({ from }: OpenExam): void {
  const run = useRunStore()
  useEffect(() => {
    const leave = run.subscribe(() => {
      if (run.get().t < from) run.actions.seek(from)
    })
    return () => leave()
  }, [run, from])
}
