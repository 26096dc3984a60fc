import { type ComponentType, type LazyExoticComponent, lazy } from 'react'
import { withTexts } from '../../messages/topic'
import { isWatched } from './watched'

export type PageTitle = 'learn' | 'lab' | 'quiz' | 'reference' | 'watch'

/** A page other than the home page. Its folder's code is loaded when it is first opened. */
export interface Page {
  /** Route of the page, in wouter's form. */
  readonly path: string
  /** The sub-paths that stay on this page, in wouter's form. */
  readonly more?: string
  /** The key of its word in the top bar, a message of the shell. */
  readonly title?: PageTitle
  readonly Component: LazyExoticComponent<ComponentType>
}

type Module = Readonly<Record<string, ComponentType>>

// The glob lists the existing pages, so that every link has a target.
const modules = import.meta.glob<Module>([
  '../exam/ExamPage.tsx',
  '../tickets/TicketsPage.tsx',
  '../tickets/TicketPage.tsx',
  '../lesson/LearnPage.tsx',
  '../lesson/LessonPage.tsx',
  '../lab/LabPage.tsx',
  '../quiz/QuizPage.tsx',
  '../review/ReviewPage.tsx',
  '../reference/ReferencePage.tsx',
  '../watch/WatchPage.tsx',
])

const WANTED: readonly { file: string; name: string; path: string; more?: string; title?: PageTitle }[] = [
  { file: '../lesson/LearnPage.tsx', name: 'LearnPage', path: '/learn', title: 'learn' },
  { file: '../exam/ExamPage.tsx', name: 'ExamPage', path: '/learn/exam' },
  { file: '../exam/ExamPage.tsx', name: 'ExamPage', path: '/learn/exam/result' },
  { file: '../tickets/TicketsPage.tsx', name: 'TicketsPage', path: '/learn/tickets' },
  { file: '../tickets/TicketPage.tsx', name: 'TicketPage', path: '/learn/tickets/:ticket' },
  { file: '../lesson/LessonPage.tsx', name: 'LessonPage', path: '/learn/:unit/:lesson' },
  { file: '../lab/LabPage.tsx', name: 'LabPage', path: '/lab', title: 'lab' },
  { file: '../lab/LabPage.tsx', name: 'LabPage', path: '/lab/:scenario' },
  { file: '../quiz/QuizPage.tsx', name: 'QuizPage', path: '/quiz', title: 'quiz' },
  { file: '../quiz/QuizPage.tsx', name: 'QuizPage', path: '/quiz/:question' },
  { file: '../quiz/QuizPage.tsx', name: 'QuizPage', path: '/quiz/:question/:item' },
  { file: '../review/ReviewPage.tsx', name: 'ReviewPage', path: '/review' },
  { file: '../review/ReviewPage.tsx', name: 'ReviewPage', path: '/review/ask' },
  {
    file: '../reference/ReferencePage.tsx',
    name: 'ReferencePage',
    path: '/reference',
    // The search text is kept from one protocol to the next.
    more: '/:protocol?',
    title: 'reference',
  },
  { file: '../reference/ReferencePage.tsx', name: 'ReferencePage', path: '/reference/:protocol/:entry' },
  {
    file: '../watch/WatchPage.tsx',
    name: 'WatchPage',
    path: '/watch',
    // Linked only if there is something to watch.
    ...(isWatched() ? { title: 'watch' } : {}),
  },
]

export const pages: readonly Page[] = WANTED.flatMap(({ file, name, path, more, title }) => {
  const load = modules[file]
  if (!load) return []
  const Component = lazy(async () => {
    const module = await withTexts(load())
    const found = module[name] ?? module.default
    if (!found) throw new Error(`Broken expectation: ${file} exports ${name}`)
    return { default: found }
  })
  return [{ path, Component, ...(more === undefined ? {} : { more }), ...(title === undefined ? {} : { title }) }]
})
