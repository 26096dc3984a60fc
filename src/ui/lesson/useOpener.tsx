import { type ReactNode, useState } from 'react'
import type { Opens, Task } from '../../learning/lesson'
import { lessonText } from '../../messages/lesson'
import { WriteMessage } from '../compose/WriteMessage'
import { scrollIntoSight } from '../dom/scroll'
import { useAfterRender } from '../dom/useAfterRender'
import { offerSeat } from '../run/offer'
import { useRunStore } from '../run/RunContext'
import { useMoment } from '../run/useMoment'
import { useMedia } from '../shell/useMedia'
import { useTakenChair } from './chairSide'
import { useDesk } from './desk'
import { call, callTo, placeOf } from './dialogue/call'

/** The main button of a task: it opens a part of the page. */
export interface Opener {
  readonly label: string
  open(): void
  /** Stands in the page as long as the task does. */
  readonly element?: ReactNode
}

/** The panel that holds what a task opens. */
const PANELS: Partial<Record<Opens, string>> = {
  mailboxes: 'mailboxes',
  reader: 'mailboxes',
  machine: 'machine',
  zone: 'machine',
  settings: 'machine',
  ladder: 'ladder',
}

export function useOpener(task: Task): Opener | undefined {
  const run = useRunStore()
  const desk = useDesk()
  const chair = useTakenChair()
  const wide = useMedia('(min-width: 1200px)')
  const [writing, setWriting] = useState(false)
  const afterRender = useAfterRender()
  const { seen } = useMoment()
  const place = placeOf(task, run)
  const { opens } = task
  switch (opens) {
    case 'nothing':
      return undefined
    case 'server':
    case 'resolver':
      // In a wide window it stands beside the lesson.
      return chair.shown ? undefined : { label: lessonText('sitInChair'), open: chair.sitDown }
    case 'letter':
      return {
        label: lessonText('write'),
        open: () => setWriting(true),
        element: <WriteMessage open={writing} draft={draftOfTask(run, task)} onClose={() => setWriting(false)} />,
      }
    case 'terminal': {
      if (!place)
        return {
          label: lessonText('sitDown'),
          open: () => {
            desk.show('dialogue')
            offerSeat(task.at ?? run.scenario.letter.host)
          },
        }
      const isCalled = callTo(seen, place)?.phase === 'open'
      if (isCalled || task.dialogue) {
        // In a wide window it stands beside the lesson.
        return wide ? undefined : { label: lessonText('toDialogue'), open: () => desk.show('dialogue') }
      }
      return {
        label: lessonText('callServer', { host: place.to, port: String(place.port) }),
        open: () => {
          desk.show('dialogue')
          call(run, place)
        },
      }
    }
    case 'dns':
      return {
        label: lessonText('askDns'),
        open: () => {
          desk.show('dialogue')
          offerSeat(task.at ?? run.scenario.letter.host, 'dns')
        },
      }
    case 'chart':
      return { label: lessonText('opens', { opens }), open: () => desk.turn('chart') }
    default: {
      const host = task.to ?? task.at
      return {
        label: opens === 'machine' && host === undefined ? lessonText('lookAround') : lessonText('opens', { opens }),
        open: () => {
          if (host !== undefined && PANELS[opens] === 'machine') run.actions.enter(host)
          desk.show(PANELS[opens] ?? opens)
          const { section } = task
          if (opens === 'settings') afterRender(showSettings)
          else if (section === undefined) afterRender(() => focusPanel(PANELS[opens] ?? opens))
          else afterRender(() => showSection(section))
        },
      }
    }
  }
}

/** The name of the draft of the letter that a task asks for. */
export const draftOfTask = ({ key }: { readonly key: string }, { goals }: Task): string =>
  `${key}:${goals.map(({ check }) => check).join()}`

/** An opened panel is heard, and read on from its tab. */
function focusPanel(panel: string): void {
  document.querySelector<HTMLElement>(`[data-panel="${panel}"]`)?.focus()
}

/** Unfolds the settings of the first account in a machine room. The focus is at what was opened. */
function showSettings(): void {
  const fold = document.querySelector<HTMLElement>('[role=group] details > summary')
  if (fold?.parentElement instanceof HTMLDetailsElement) fold.parentElement.open = true
  fold?.focus({ preventScroll: true })
  scrollIntoSight(fold, 'start')
}

/** Brings a section of a machine room into sight, with the focus in its text, or else at the first thing to do there. */
function showSection(section: string): void {
  const wanted = section.toLowerCase()
  const titles = [...document.querySelectorAll<HTMLElement>('[role=group] h2, [role=group] h3')]
  const title = titles.find(({ textContent }) => textContent.toLowerCase().includes(wanted))
  const group = title?.closest('[role=group]')
  const first =
    group?.querySelector<HTMLElement>('textarea') ?? group?.querySelector<HTMLElement>('button, select, input')
  first?.focus({ preventScroll: true })
  scrollIntoSight(title, 'start')
}
