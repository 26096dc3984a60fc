import { use, useMemo, useState } from 'react'
import { Link, useParams } from 'wouter'
import { interventionsOf } from '../../learning/play'
import { lessonProgress } from '../../learning/progress'
import { lessonText } from '../../messages/lesson'
import { panelsText } from '../../messages/panels'
import { stageText } from '../../messages/stage'
import { DialogueEditor } from '../editor/DialogueEditor'
import { Inspector } from '../panels/Inspector'
import { Mailboxes } from '../panels/Mailboxes'
import { StatePanel } from '../panels/StatePanel'
import { Transcript } from '../panels/Transcript'
import { begun } from '../run/begun'
import { openRun } from '../run/createRun'
import { RunProvider } from '../run/RunContext'
import { useTitle } from '../shell/useTitle'
import { LadderPanel } from '../stage/sides'
import { Workbench, type WorkbenchPanel } from '../stage/Workbench'
import { LessonColumn } from './LessonColumn'
import { type OpenLesson, openLesson } from './lessons'
import { useProgress } from './progressStore'

/** The panels beside the map in lessons and quizzes. */
export const lessonPanels = (): readonly WorkbenchPanel[] => [
  { id: 'transcript', title: panelsText('transcript'), element: <Transcript /> },
  { id: 'ladder', title: stageText('ladder'), element: <LadderPanel /> },
  { id: 'inspector', title: panelsText('inspector'), element: <Inspector /> },
  { id: 'state', title: panelsText('state'), element: <StatePanel /> },
  { id: 'mailboxes', title: panelsText('mailboxes'), element: <Mailboxes /> },
]

export function LessonPage() {
  const { unit, lesson } = useParams<{ unit: string; lesson: string }>()
  const id = `${unit}/${lesson}`
  const opened = use(openLesson(id))
  useTitle(opened?.lesson.title ?? lessonText('noneTitle'))
  if (!opened) return <NoSuchLesson />
  return <OneLesson key={id} {...opened} />
}

function OneLesson({ lesson, quiz, scenarios }: OpenLesson) {
  const [main = ''] = Object.keys(lesson.runs)
  const play = lesson.runs[main]
  const scenario = scenarios[main]
  if (!play || !scenario) throw new Error(`Broken expectation: the lesson "${lesson.id}" has a run`)
  const begins = useMemo(() => interventionsOf(play, scenario), [play, scenario])
  const [run] = useState(() => openRun(`lesson:${lesson.id}`, scenario))
  use(begun(run, begins))
  const { progress } = useProgress()
  const step = lesson.steps.find(({ id }) => id === lessonProgress(progress, lesson.id).step)
  const column = <LessonColumn lesson={lesson} quiz={quiz} begins={begins} />
  return (
    <RunProvider run={run}>
      <Workbench
        place={`lesson:${lesson.id}`}
        lesson={column}
        simplifies={lesson.simplifies}
        panels={lessonPanels()}
        {...(step?.task && { dialogue: <DialogueEditor /> })}
      />
    </RunProvider>
  )
}

function NoSuchLesson() {
  return (
    <div className="trouble">
      <h1>{lessonText('none')}</h1>
      <p>{lessonText('noneWhy')}</p>
      <Link className="button" href="/learn">
        {lessonText('seeCourse')}
      </Link>
    </div>
  )
}
