import { useState } from 'react'
import { machineText } from '../../messages/machine'
import { ticketsText } from '../../messages/tickets'
import { WriteMessage } from '../compose/WriteMessage'
import { DialogueEditor } from '../editor/DialogueEditor'
import { BeginAnewContext } from '../lesson/beginAnew'
import { DeskContext, NearDialogueContext } from '../lesson/desk'
import { lessonPanels } from '../lesson/lessonPanels'
import { MachinePanel } from '../machine/MachinePanel'
import { useMedia } from '../shell/useMedia'
import { MAP_SIDE, useSide } from '../stage/sides'
import { useKeptTab } from '../stage/useKeptTab'
import { Workbench } from '../stage/Workbench'
import { TicketColumn } from './TicketColumn'
import type { OpenTicket } from './ticketRun'

/** The stage of a broken world with everything that can be opened, and the ticket beside it. */
export function TicketStage({ opened }: { readonly opened: OpenTicket }) {
  const { ticket, run, begins, cameIn } = opened
  const name = `ticket:${ticket.id}`
  const [tab, setTab] = useKeptTab(name, '')
  const [side, setSide] = useKeptTab(`${name}:side`, MAP_SIDE)
  const wide = useMedia('(min-width: 1200px)')
  const [near, setNear] = useState<Element | null>(null)
  const [writing, setWriting] = useState<{ readonly to?: string }>()
  const write = (to?: string): void => setWriting(to === undefined ? {} : { to })
  const desk = {
    show: setTab,
    turn: setSide,
    write,
    back: ticketsText('toTicket'),
    // A ticket has no next step, and the course is not what comes after it.
    nextStep: { isLast: false },
  }
  return (
    <DeskContext value={desk}>
      <NearDialogueContext value={near}>
        <BeginAnewContext value={() => run.actions.replace(begins, cameIn)}>
          <Workbench
            place={name}
            lesson={<TicketColumn opened={opened} />}
            lessonTitle={ticketsText('tab')}
            panels={[...lessonPanels(), { id: 'machine', title: machineText('title'), element: <MachinePanel /> }]}
            dialogue={
              <>
                {!wide && <div ref={setNear} />}
                <DialogueEditor />
              </>
            }
            side={useSide(side, setSide)}
            onMap={() => setSide(MAP_SIDE)}
            tab={tab}
            onTab={setTab}
            onWrite={write}
          />
          <WriteMessage
            open={writing !== undefined}
            to={writing?.to}
            draft={run.key}
            onClose={() => setWriting(undefined)}
          />
        </BeginAnewContext>
      </NearDialogueContext>
    </DeskContext>
  )
}
