import {
  type ComponentType,
  type CSSProperties,
  type LazyExoticComponent,
  lazy,
  use,
  useEffect,
  useRef,
  useState,
} from 'react'
import { useLocation, useParams } from 'wouter'
import { instant } from '../../base/time'
import { labText } from '../../messages/lab'
import { panelsText } from '../../messages/panels'
import { withTexts } from '../../messages/topic'
import { WriteMessage } from '../compose/WriteMessage'
import { DialogueEditor } from '../editor/DialogueEditor'
import { usePauses } from '../events/breakpoints'
import { MachinePanel } from '../machine/MachinePanel'
import { Inspector } from '../panels/Inspector'
import { Mailboxes } from '../panels/Mailboxes'
import { StatePanel } from '../panels/StatePanel'
import { Transcript } from '../panels/Transcript'
import { begun } from '../run/begun'
import { openRun } from '../run/createRun'
import { RunProvider, useRun, useRunActions } from '../run/RunContext'
import { useTitle } from '../shell/useTitle'
import { readerIn } from '../stage/address'
import { MAP_SIDE, SideChoice, useSide } from '../stage/sides'
import { useKeptTab } from '../stage/useKeptTab'
import { Workbench, type WorkbenchPanel } from '../stage/Workbench'
import styles from './lab.module.css'
import { pathOf, runKeyOf, scenarioNamed, worlds } from './scenarios'

/** The addresses below that of the lab at which a person sits in a machine's chair. They load when they are opened. */
const CHAIRS: Readonly<Record<string, LazyExoticComponent<ComponentType>>> = {
  server: lazy(async () => ({ default: (await withTexts(import('../chairs/ChairPage'))).ServerPage })),
  resolver: lazy(async () => ({ default: (await withTexts(import('../chairs/ChairPage'))).ResolverPage })),
}

/** The world that the address names, without a lesson and with all tools; or a machine's chair. */
export function LabPage() {
  const { scenario: name } = useParams<{ scenario?: string }>()
  const ChairPage = CHAIRS[name ?? '']
  return ChairPage ? <ChairPage /> : <World name={name} />
}

function World({ name }: { readonly name: string | undefined }) {
  const found = scenarioNamed(name)
  const scenario = found instanceof Promise ? use(found) : found
  useTitle(scenario ? labText('pageTitle', { world: scenario.title }) : labText('noWorldTitle'))
  if (!scenario) return <NoSuchWorld />
  const key = runKeyOf(scenario)
  const run = openRun(key, scenario)
  if (scenario.before) use(begun(run, scenario.before))
  return (
    <RunProvider key={key} run={run}>
      <Lab />
    </RunProvider>
  )
}

function NoSuchWorld() {
  return (
    <div className="trouble">
      <h1>{labText('noWorld')}</h1>
      <p>{labText('noWorldWhy')}</p>
      <div>
        {worlds.map((world) => (
          <a key={world.name} className="button" href={`#${pathOf(world)}`}>
            {world.title}
          </a>
        ))}
      </div>
    </div>
  )
}

const panels = (): readonly WorkbenchPanel[] => [
  { id: 'transcript', title: panelsText('transcript'), element: <Transcript /> },
  { id: 'inspector', title: panelsText('inspector'), element: <Inspector /> },
  { id: 'state', title: panelsText('state'), element: <StatePanel /> },
  { id: 'mailboxes', title: panelsText('mailboxes'), element: <Mailboxes /> },
  { id: 'machine', title: panelsText('machine'), element: <MachinePanel /> },
]

function Lab() {
  const [tab, setTab] = useKeptTab('lab', 'transcript')
  const [side, setSide] = useKeptTab('lab:side', MAP_SIDE)
  const [writing, setWriting] = useState<{ readonly to?: string }>()
  const write = (to?: string): void => setWriting(to === undefined ? {} : { to })
  useWritingInAddress(write)
  useMomentInAddress()
  usePauses()
  useRoom(() => {
    setTab('machine')
    setSide(MAP_SIDE)
  })
  return (
    <div className={styles.lab}>
      <LabBar side={side} onSide={setSide} onWrite={() => write()} />
      <Workbench
        place="lab"
        dialogue={<DialogueEditor />}
        panels={panels()}
        onWrite={write}
        side={useSide(side, setSide)}
        onMap={() => setSide(MAP_SIDE)}
        tab={tab}
        onTab={setTab}
      />
      <WriteMessage open={writing !== undefined} to={writing?.to} onClose={() => setWriting(undefined)} />
    </div>
  )
}

interface LabBarProps {
  readonly side: string
  onSide(id: string): void
  onWrite(): void
}

function LabBar({ side, onSide, onWrite }: LabBarProps) {
  const actions = useRunActions()
  const isBegun = useRun(
    ({ timeline: { interventions, scenario } }) => interventions.length > (scenario.before?.length ?? 0),
  )
  return (
    <div className={`page-bar ${styles.bar}`}>
      <h1 className={styles.title}>
        <WorldChoice />
      </h1>
      <SideChoice side={side} onSide={onSide} />
      <span className={styles.space} />
      <button
        className={styles.quiet}
        type="button"
        aria-disabled={!isBegun}
        onClick={() => isBegun && actions.restart()}
      >
        {labText('startAnew')}
      </button>
      <button className={styles.write} type="button" onClick={onWrite}>
        {labText('write')}
      </button>
    </div>
  )
}

/** The world's title, as a choice of worlds and of the chairs in which a person can sit. */
function WorldChoice() {
  const scenario = useRun((run) => run.timeline.scenario)
  const [, navigate] = useLocation()
  const all = worlds.some(({ name }) => name === scenario.name) ? worlds : [...worlds, scenario]
  return (
    <select
      className={styles.world}
      style={{ '--longest': Math.max(...all.map(({ title }) => title.length)) } as CSSProperties}
      aria-label={labText('world')}
      value={scenario.name}
      onChange={(event) => {
        navigate(pathOf({ name: event.target.value }))
      }}
    >
      {all.map(({ name, title }) => (
        <option key={name} value={name}>
          {title}
        </option>
      ))}
      <optgroup label={labText('byHand')}>
        <option value="server">{labText('beServer')}</option>
        <option value="resolver">{labText('beResolver')}</option>
      </optgroup>
    </select>
  )
}

/** Called when a host was chosen on the map, to show its machine room. */
function useRoom(onEnter: () => void): void {
  const room = useRun((run) => run.room)
  const [before, setBefore] = useState(room)
  if (room !== before) {
    setBefore(room)
    onEnter()
  }
}

/** `#/lab?moment=1234` leads to that moment of the run, in virtual milliseconds. */
function useMomentInAddress(): void {
  const actions = useRunActions()
  useEffect(() => {
    const go = (): void => {
      const moment = /[?&]moment=(\d+(?:\.\d+)?)/.exec(location.hash + location.search)?.[1]
      if (moment !== undefined) actions.seek(instant(Number(moment)))
    }
    go()
    window.addEventListener('hashchange', go)
    return () => window.removeEventListener('hashchange', go)
  }, [actions])
}

/** `#/lab/two-towns?write=bob@bird.example` opens the form for a letter, once. */
function useWritingInAddress(write: (to?: string) => void): void {
  const latest = useRef(write)
  useEffect(() => {
    latest.current = write
  }, [write])
  useEffect(() => {
    const go = (): void => {
      const to = readerIn(location.hash)
      if (to === undefined) return
      history.replaceState(history.state, '', location.hash.replace(/\?.*$/, ''))
      latest.current(to === '' ? undefined : to)
    }
    go()
    window.addEventListener('hashchange', go)
    return () => window.removeEventListener('hashchange', go)
  }, [])
}
