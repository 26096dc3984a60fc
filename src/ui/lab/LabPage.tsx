import { Activity, useEffect, useState } from 'react'
import twoTowns from '../../../lessons/scenarios/two-towns.json'
import { instant } from '../../base/time'
import type { Scenario } from '../../world/scenario'
import { DialogueEditor } from '../editor/DialogueEditor'
import { WriteLetter } from '../letter/WriteLetter'
import { Inspector } from '../panels/Inspector'
import { Mailboxes } from '../panels/Mailboxes'
import { StatePanel } from '../panels/StatePanel'
import { Transcript } from '../panels/Transcript'
import { openRun } from '../run/createRun'
import { RunProvider, useRun, useRunActions } from '../run/RunContext'
import { Workbench } from '../stage/Workbench'
import styles from './lab.module.css'

const scenario = twoTowns as unknown as Scenario

/** No lesson, everything open. */
export function LabPage() {
  return (
    <RunProvider run={openRun('lab', scenario)}>
      <Lab />
    </RunProvider>
  )
}

const PANELS = [
  { id: 'transcript', title: 'Transcript', Panel: Transcript },
  { id: 'inspector', title: 'Inspector', Panel: Inspector },
  { id: 'state', title: 'State', Panel: StatePanel },
  { id: 'mailboxes', title: 'Mailboxes', Panel: Mailboxes },
] as const

function Lab() {
  const [tab, setTab] = useState<string>('transcript')
  const [writing, setWriting] = useState(false)
  useMomentInAddress()
  // A panel that is not shown keeps its state but follows nothing, so that playing stays smooth.
  const panels = PANELS.map(({ id, title, Panel }) => ({
    id,
    title,
    element: (
      <Activity mode={tab === id ? 'visible' : 'hidden'}>
        <Panel />
      </Activity>
    ),
  }))
  return (
    <div className={styles.lab}>
      <LabBar onWrite={() => setWriting(true)} />
      <Workbench dialogue={<DialogueEditor />} panels={panels} tab={tab} onTab={setTab} />
      <WriteLetter open={writing} onClose={() => setWriting(false)} />
    </div>
  )
}

function LabBar({ onWrite }: { onWrite(): void }) {
  const actions = useRunActions()
  const title = useRun((run) => run.timeline.scenario.title)
  const begun = useRun((run) => run.timeline.interventions.length > 0)
  return (
    <div className={styles.bar}>
      <h1 className={styles.title}>{title}</h1>
      <button className={styles.quiet} type="button" disabled={!begun} onClick={actions.restart}>
        Start anew
      </button>
      <button className={styles.write} type="button" onClick={onWrite}>
        Write a letter
      </button>
    </div>
  )
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
