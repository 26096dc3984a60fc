import { Activity, useEffect, useState } from 'react'
import { MachinePanel } from '../machine/MachinePanel'
import { Inspector } from '../panels/Inspector'
import { Mailboxes } from '../panels/Mailboxes'
import { StatePanel } from '../panels/StatePanel'
import { Transcript } from '../panels/Transcript'
import { createLiveRun, type LiveRun } from '../run/liveRun'
import { RunProvider, useRun } from '../run/RunContext'
import { Workbench } from '../stage/Workbench'
import { listen, type StreamState } from './stream'
import styles from './watch.module.css'

/** A world that real programs talk to, watched as it goes. */
export function WatchPage() {
  const [live, setLive] = useState<LiveRun>()
  const [state, setState] = useState<StreamState>('connecting')
  useEffect(() => {
    let run: LiveRun | undefined
    /** A page that waits while time moves sixty times a second might wait for ever. */
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

const WORDS: Readonly<Record<StreamState, string>> = {
  connecting: 'Connecting to the served world.',
  open: '',
  lost: 'The connection to the served world is lost: this is what was heard of it. It is tried again.',
  ended: 'The served world has ended: this is what was heard of it. Serve it anew to go on.',
  closed: 'No served world answers here, or as many pages watch it already as may. It is tried again.',
  tooLate:
    'More has been done in this world than it keeps to tell, so a page that comes now cannot follow. Serve it anew, and open the page before your programs begin.',
  unreadable: 'What the served world tells cannot be read: it may be another version. Load the page again.',
}

function NothingYet({ state }: { readonly state: StreamState }) {
  return (
    <div className="trouble">
      <h1>Watch real programs</h1>
      <p role="status">{WORDS[state]}</p>
      <p>
        A world is served to the programs of this machine by{' '}
        <code>npm run --silent ehlo -- serve --scenario example-test --smtp 2525 --watch 8080</code>, and this page then
        shows what they do.
      </p>
    </div>
  )
}

const PANELS = [
  { id: 'mailboxes', title: 'Mailboxes', Panel: Mailboxes },
  { id: 'inspector', title: 'Inspector', Panel: Inspector },
  { id: 'state', title: 'State', Panel: StatePanel },
  { id: 'machine', title: 'Machine', Panel: MachinePanel },
] as const

function Watching({ live, state }: { readonly live: LiveRun; readonly state: StreamState }) {
  const [tab, setTab] = useState<string>('mailboxes')
  const title = useRun((run) => run.timeline.scenario.title)
  const following = useRun((run) => run.following === true)
  const panels = PANELS.map(({ id, title: name, Panel }) => ({
    id,
    title: name,
    element: (
      <Activity mode={tab === id ? 'visible' : 'hidden'}>
        <Panel />
      </Activity>
    ),
  }))
  return (
    <div className={styles.watch}>
      <div className={styles.bar}>
        <h1 className={styles.title}>{title}</h1>
        <p className={styles.state} role="status" data-state={state === 'open' && following ? 'live' : 'behind'}>
          {state !== 'open' ? WORDS[state] : following ? 'Live' : 'You look back; the world goes on.'}
        </p>
        <button className={styles.back} type="button" disabled={following} onClick={live.follow}>
          Back to live
        </button>
      </div>
      <Workbench dialogue={<Transcript />} dialogueTitle="Transcript" panels={panels} tab={tab} onTab={setTab} />
    </div>
  )
}
