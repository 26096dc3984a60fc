import { panelsText } from '../../messages/panels'
import { stageText } from '../../messages/stage'
import { Inspector } from '../panels/Inspector'
import { Mailboxes } from '../panels/Mailboxes'
import { StatePanel } from '../panels/StatePanel'
import { Transcript } from '../panels/Transcript'
import { LadderPanel } from '../stage/sides'
import type { WorkbenchPanel } from '../stage/Workbench'

/** The panels beside the map in lessons and quizzes. */
export const lessonPanels = (): readonly WorkbenchPanel[] => [
  { id: 'transcript', title: panelsText('transcript'), element: <Transcript /> },
  { id: 'ladder', title: stageText('ladder'), element: <LadderPanel /> },
  { id: 'inspector', title: panelsText('inspector'), element: <Inspector /> },
  { id: 'state', title: panelsText('state'), element: <StatePanel /> },
  { id: 'mailboxes', title: panelsText('mailboxes'), element: <Mailboxes /> },
]
