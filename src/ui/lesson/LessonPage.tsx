import { startTransition, use, useEffect, useReducer, useRef, useState } from 'react'
import { Link, useParams } from 'wouter'
import { lessonProgress } from '../../learning/progress'
import { lessonText } from '../../messages/lesson'
import { RunProvider } from '../run/RunContext'
import { useTitle } from '../shell/useTitle'
import { BrokenPage } from './BrokenPage'
import { createTitleWish } from './desk'
import { LessonStage } from './LessonStage'
import { firstShown, useBegun, useLessonRuns } from './lessonRuns'
import { type OpenLesson, onEdited, openLesson } from './lessons'
import { useProgress } from './progressStore'

export function LessonPage() {
  const { unit, lesson } = useParams<{ unit: string; lesson: string }>()
  const id = `${unit}/${lesson}`
  const [, heard] = useReducer((count: number) => count + 1, 0)
  useEffect(() => {
    const leave = onEdited(() => startTransition(heard))
    return () => leave()
  }, [])
  const opened = use(openLesson(id))
  useTitle(opened && !('broken' in opened) ? opened.lesson.title : lessonText('noneTitle'))
  if (!opened) return <NoSuchLesson />
  if ('broken' in opened) return <BrokenPage problems={opened.broken} />
  return <OneLesson key={id} opened={opened} />
}

/** The lesson with the run of its step. Another run takes the place of the whole stage, and keeps its own time. */
function OneLesson({ opened }: { readonly opened: OpenLesson }) {
  const { lesson } = opened
  const runs = useLessonRuns(opened)
  const { progress } = useProgress()
  const first = firstShown(lesson, lessonProgress(progress, lesson.id))
  const shown = useBegun(runs, first.run, first.moment)
  const [titleWish] = useState(createTitleWish)

  // An edited lesson may begin otherwise: then the old beginning is no learner's work.
  const before = useRef(shown)
  useEffect(() => {
    const { run, begins } = before.current
    before.current = shown
    if (run === shown.run && JSON.stringify(begins) !== JSON.stringify(shown.begins))
      run.actions.replace(shown.begins, run.get().t)
  }, [shown])

  return (
    <RunProvider key={shown.run.key} run={shown.run} atRest>
      <LessonStage opened={opened} runs={runs} shown={shown} titleWish={titleWish} />
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
