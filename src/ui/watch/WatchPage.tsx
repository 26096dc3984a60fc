import { useEffect, useState } from 'react'
import { panelsText } from '../../messages/panels'
import { watchText } from '../../messages/watch'
import { MachinePanel } from '../machine/MachinePanel'
import { Inspector } from '../panels/Inspector'
import { Mailboxes } from '../panels/Mailboxes'
import { StatePanel } from '../panels/StatePanel'
import { Transcript } from '../panels/Transcript'
import { createLiveRun, type LiveRun } from '../run/liveRun'
import { RunProvider, useRun } from '../run/RunContext'
import { code, joined } from '../shell/rich'
import { useTitle } from '../shell/useTitle'
import { MAP_SIDE, SideChoice, useSide } from '../stage/sides'
import { useKeptTab } from '../stage/useKeptTab'
import { Workbench, type WorkbenchPanel } from '../stage/Workbench'
import { listen, type StreamState } from './stream'
import styles from './watch.module.css'

/** A world that real programs talk to, watched live. */
export function WatchPage() {
  useTitle(watchText('title'))
  const [live, setLive] = useState<LiveRun>()
  const [state, setState] = useState<StreamState>('connecting')
  useEffect(() => {
    let run: LiveRun | undefined
    /** A suspended page might never finish loading while time moves sixty times a second. */
    const showOnceReady = async (next: LiveRun) => {
      try {
        await next.ready()
        if (run === next) setLive(next)
      } catch (error) {
        setLive(() => {
          throw error
        })
      }
    }
    const leave = listen({
      run: (watched) => {
        if (run?.isOf(watched)) {
          run.again()
          run.tick(watched.now)
          return
        }
        run?.close()
        const next = createLiveRun(watched)
        run = next
        void showOnceReady(next)
      },
      intervention: (intervention) => run?.take(intervention),
      now: (now) => run?.tick(now),
      state: (next) => {
        if (next !== 'open') run?.stop()
        setState(next)
      },
    })
    return () => {
      leave()
      run?.close()
      run = undefined
    }
  }, [])
  if (!live) return <NothingYet state={state} />
  return (
    <RunProvider run={live} atRest>
      <Watching live={live} state={state} />
    </RunProvider>
  )
}

/** The state of the connection in words; empty while it is open. */
const saidOf = (state: StreamState): string => (state === 'open' ? '' : watchText(`state.${state}`))

/** Instructions for serving a world that this page can watch. */
const COMMAND = 'npm run --silent ehlo -- serve --scenario example-test --smtp 2525 --watch 8080'

function NothingYet({ state }: { readonly state: StreamState }) {
  return (
    <div className="trouble">
      <h1>{watchText('title')}</h1>
      <p role="status">{saidOf(state)}</p>
      <p>{joined(watchText.parts('how', { command: COMMAND, code }))}</p>
    </div>
  )
}

const panels = (): readonly WorkbenchPanel[] => [
  { id: 'mailboxes', title: panelsText('mailboxes'), element: <Mailboxes /> },
  { id: 'inspector', title: panelsText('inspector'), element: <Inspector /> },
  { id: 'state', title: panelsText('state'), element: <StatePanel /> },
  { id: 'machine', title: panelsText('machine'), element: <MachinePanel /> },
]

function Watching({ live, state }: { readonly live: LiveRun; readonly state: StreamState }) {
  const [tab, setTab] = useKeptTab('watch', 'mailboxes')
  const [side, setSide] = useKeptTab('watch:side', MAP_SIDE)
  const title = useRun((run) => run.timeline.scenario.title)
  const following = useRun((run) => run.following === true)
  return (
    <div className={styles.watch}>
      <div className={`page-bar ${styles.bar}`}>
        <h1 className={styles.title}>{title}</h1>
        <SideChoice side={side} onSide={setSide} />
        <p className={styles.state} role="status" data-state={state === 'open' && following ? 'live' : 'behind'}>
          {state !== 'open' ? saidOf(state) : watchText(following ? 'live' : 'behind')}
        </p>
        <button className={styles.back} type="button" aria-disabled={following} onClick={live.follow}>
          {watchText('backToLive')}
        </button>
      </div>
      <Workbench
        place="watch"
        dialogue={<Transcript />}
        dialogueTitle={panelsText('transcript')}
        panels={panels()}
        side={useSide(side, setSide)}
        onMap={() => setSide(MAP_SIDE)}
        tab={tab}
        onTab={setTab}
      />
    </div>
  )
}
