import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { lessonId } from '../../learning/parse'
import { LessonError, type Problem, problemLine } from '../../learning/problem'
import { readArguments, wrong } from './arguments'
import { playLesson } from './lessonPlay'
import { lessonFolders, loadCourse, loadExam, loadLesson, readCourse } from './lessons'
import type { Outlet } from './outlet'
import { proveFolder, proveQuizFile } from './proof/proveFolder'
import { proveTickets } from './proof/proveTickets'
import { Complaint } from './scenarios'
import { skeleton, titleOf } from './skeleton'

export const LESSON_USAGE = `  ehlo lesson new PART/NAME
  ehlo lesson check [PATH...]
  ehlo lesson play PATH [RUN]

  new           a lesson's folder that passes the check: lesson new 02-pushing-with-smtp/08-my-lesson
  check         proves lessons by playing them; without a path all lessons, the course, its questions, tickets and exam
  play          tells what happens in a run of a lesson, a line an event, with the lesson's moments; without a RUN in its first one
  PATH          a lesson's folder

Exit code 0 only if nothing is wrong.
`

/** Makes a lesson, or proves lessons. Returns the exit code. */
export function lesson(args: string[], outlet: Outlet): number {
  const { positionals } = readArguments(() => parseArgs({ args, allowPositionals: true, options: {} }))
  const [what, ...rest] = positionals
  try {
    if (what === 'new') return newLesson(rest, outlet)
    if (what === 'check') return checkLessons(rest, outlet)
    if (what === 'play') return play(rest, outlet)
  } catch (error) {
    if (!(error instanceof LessonError)) throw error
    for (const problem of error.problems) outlet.err(`${problemLine(problem)}\n`)
    return 1
  }
  throw wrong('Say what to do with a lesson, as in: lesson new 01-the-journey/03-my-lesson, or: lesson check.')
}

function newLesson([place, ...more]: readonly string[], outlet: Outlet): number {
  if (place === undefined || more.length > 0)
    throw wrong('Name one place for the lesson, as in: lesson new 01-the-journey/03-my-lesson.')
  const given = /^(?:lessons\/)?(\d\d-[a-z][a-z0-9-]*)\/(\d\d-[a-z][a-z0-9-]*)\/?$/.exec(place)
  if (!given)
    throw new Complaint(
      `"${place}" is no place for a lesson: it is a part and a name, each with a number, as in 01-the-journey/03-my-lesson.`,
    )
  const [, part = '', name = ''] = given
  const folder = join('lessons', part, name)
  if (existsSync(folder)) throw new Complaint(`${folder} is there already: take another name, or edit it.`)
  const unit = unitOf(part)
  if (unit === undefined) {
    const known = loadCourse('lessons/course.yaml').map(({ title }) => partOf(title))
    throw new Complaint(`The course has no part "${part}": its parts are ${known.join(', ')}.`)
  }
  const others = existsSync(join('lessons', part)) ? readdirSync(join('lessons', part)) : []
  const same = others.find((other) => bare(other) === bare(name) || other.slice(0, 2) === name.slice(0, 2))
  if (same !== undefined)
    throw new Complaint(
      `${part} has ${same} already: take another name and a number that is free, as its lessons are told apart by both.`,
    )
  mkdirSync(folder, { recursive: true })
  for (const [file, text] of Object.entries(skeleton({ unit, name }))) writeFileSync(join(folder, file), text)
  addToCourse(part, name, unit)
  outlet.out(
    `${folder} is made: lesson.md, quiz.yaml, solution.yaml, and its line in lessons/course.yaml.\n` +
      `Edit them while "npm start" runs, and prove them by: npm run --silent ehlo -- lesson check ${folder}\n`,
  )
  return 0
}

/** `Pushing with SMTP` is the part `pushing-with-smtp`, whatever its number. */
const partOf = (title: string): string =>
  title
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '')

const unitOf = (part: string): string | undefined =>
  loadCourse('lessons/course.yaml').find(({ title }) => partOf(title) === part.replace(/^\d+-/, ''))?.title

/** A name without its number. */
const bare = (text: string): string => text.replace(/^\d+-/, '')

/** Adds a line at the end of the unit, so that the rest of the file stays as its author wrote it. */
function addToCourse(part: string, name: string, unit: string): void {
  const path = 'lessons/course.yaml'
  const lines = readFileSync(path, 'utf8').split('\n')
  const start = lines.findIndex((line) => /^\s*- title:/.test(line) && line.includes(unit))
  const next = lines.findIndex((line, at) => at > start && /^ {2}- title:/.test(line))
  let end = next < 0 ? lines.length : next
  while (lines[end - 1]?.trim() === '') end--
  const title = titleOf(name).replaceAll("'", "''")
  lines.splice(end, 0, `      - { title: '${title}', id: ${bare(part)}/${bare(name)} }`)
  writeFileSync(path, lines.join('\n'))
}

function play([path, run, ...more]: readonly string[], outlet: Outlet): number {
  if (path === undefined || more.length > 0)
    throw wrong(
      'Name one lesson, and perhaps one of its runs, as in: lesson play lessons/01-the-journey/02-who-does-what light.',
    )
  const folder = folderOf(path)
  const read = loadLesson(folder)
  const known = Object.keys(read.runs)
  const wanted = run ?? known[0] ?? ''
  if (!known.includes(wanted))
    throw new Complaint(`The lesson has no run "${wanted}": its runs are ${known.join(', ')}.`)
  for (const line of playLesson(read, wanted)) outlet.out(`${line}\n`)
  return 0
}

/** The folder of a lesson, named with `lessons/` or, as for a new one, without it. */
function folderOf(path: string): string {
  const bare = path.replace(/\/$/, '')
  const folder = [bare, join('lessons', bare)].find((each) => existsSync(join(each, 'lesson.md')))
  if (folder === undefined)
    throw new Complaint(`${bare} is no lesson: it has no lesson.md. A lesson is lessons/PART/NAME.`)
  return folder
}

/** All problems of what belongs to no lesson: the questions of the whole course, the repair tickets, the exam. */
function besideLessons(folders: readonly string[]): readonly Problem[] {
  const problems: Problem[] = []
  const told = (read: () => void): void => {
    try {
      read()
    } catch (error) {
      if (!(error instanceof LessonError)) throw error
      problems.push(...error.problems)
    }
  }
  told(() => problems.push(...proveQuizFile('lessons/quiz/quiz.yaml')))
  told(() => problems.push(...proveTickets('lessons/tickets.yaml', folders.map(lessonId))))
  told(() => loadExam('lessons/exam.yaml'))
  return problems
}

function checkLessons(paths: readonly string[], outlet: Outlet): number {
  const folders = paths.length > 0 ? paths.map(folderOf) : lessonFolders('lessons')
  const began = Date.now()
  let problems = 0
  const tell = (found: readonly Problem[]): void => {
    for (const problem of found) outlet.err(`${problemLine(problem)}\n`)
    problems += found.length
  }
  for (const folder of folders) {
    const found = proveFolder(folder)
    if (found.length === 0) outlet.out(`${folder}: nothing is wrong\n`)
    tell(found)
  }
  // A lesson has its place in the course, which knows its title. One that cannot be read says so itself.
  if (folders.some((folder) => folder.startsWith('lessons/'))) tell(readCourse('lessons/course.yaml').problems)
  if (paths.length === 0) tell(besideLessons(folders))
  const seconds = ((Date.now() - began) / 1000).toFixed(1)
  const count = `${folders.length} ${folders.length === 1 ? 'lesson' : 'lessons'}`
  outlet.out(`${count} in ${seconds} s: ${problems === 0 ? 'nothing is wrong' : `${problems} to mend`}.\n`)
  return problems === 0 ? 0 : 1
}
