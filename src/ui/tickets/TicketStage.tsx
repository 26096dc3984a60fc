import { type ReactNode, useState } from 'react'
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
import styles from './tickets.module.css'

interface AboveProps {
  readonly children: ReactNode
  /** Gets the place below, which stays in sight; without it there is none. */
  readonly near: ((place: Element | null) => void) | undefined
}

function Above({ near, children }: AboveProps) {
  return (
    <>
      {children}
      {near && <div ref={near} className={styles.near} />}
    </>
  )
}

/** The stage of a broken world with everything that can be opened, and the ticket beside it. */
export function TicketStage({ opened }: { readonly opened: OpenTicket }) {
  const { ticket, run, begins, cameIn } = opened
  const name = `ticket:${ticket.id}`
  const [tab, setTab] = useKeptTab(name, '')
  const [side, setSide] = useKeptTab(`${name}:side`, MAP_SIDE)
  const wide = useMedia('(min-width: 1200px)')
  const [nearDialogue, setNearDialogue] = useState<Element | null>(null)
  const [nearMachine, setNearMachine] = useState<Element | null>(null)
  const [nearMailboxes, setNearMailboxes] = useState<Element | null>(null)
  const [writing, setWriting] = useState<{ readonly to?: string }>()
  const write = (to?: string): void => setWriting(to === undefined ? {} : { to })
  // In a narrow window these cover the ticket, and the outcome of a deed is told beside them.
  const near = { dialogue: nearDialogue, machine: nearMachine, mailboxes: nearMailboxes }[tab] ?? null
  const panels = [...lessonPanels(), { id: 'machine', title: machineText('title'), element: <MachinePanel /> }]
  const places: Readonly<Record<string, (place: Element | null) => void>> = {
    machine: setNearMachine,
    mailboxes: setNearMailboxes,
  }
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
      <NearDialogueContext value={wide ? null : near}>
        <BeginAnewContext value={() => run.actions.replace(begins, cameIn)}>
          <Workbench
            place={name}
            lesson={<TicketColumn opened={opened} />}
            heading={opened.ticket.subject}
            lessonTitle={ticketsText('tab')}
            panels={panels.map((panel) => ({
              ...panel,
              element: <Above near={places[panel.id]}>{panel.element}</Above>,
            }))}
            dialogue={
              <>
                <div ref={setNearDialogue} />
                <DialogueEditor beginsNew />
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
