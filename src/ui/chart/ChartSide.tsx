import { type RefObject, useEffect, useMemo, useRef, useState } from 'react'
import { chartText } from '../../messages/chart'
import { panelsText } from '../../messages/panels'
import { type Graph, graphOf } from '../../view/chart/graph'
import { type Chart, goodChart, wholeChart } from '../../view/chart/layout'
import { arrowsOfWay, type Direction, neighbourOf, nodeOf, roomOf, stubOf, takenArrows } from '../../view/chart/overlay'
import { wayTo } from '../../view/chart/way'
import { legalNow, refusedNow } from '../../view/knowledge'
import { hueStyle } from '../panels/hue'
import { ProtocolMark } from '../panels/ProtocolMark'
import { useRunActions } from '../run/RunContext'
import { useNames } from '../run/useMoment'
import { useMedia } from '../shell/useMedia'
import { useKeptTab } from '../stage/useKeptTab'
import styles from './chart.module.css'
import type { Choice } from './choice'
import { codeOf } from './codeOf'
import { Lists } from './Lists'
import { Picture } from './Picture'
import { useSubject } from './useSubject'
import { Walk } from './Walk'

const DIRECTIONS: Readonly<Record<string, Direction>> = {
  ArrowLeft: 'left',
  ArrowRight: 'right',
  ArrowUp: 'up',
  ArrowDown: 'down',
}

/** Charts that have been drawn: a machine does not change, and to find the ways of its arrows takes some time. */
const drawn = { good: new WeakMap<Graph, Chart>(), whole: new WeakMap<Graph, Chart>() }

function chartOf(graph: Graph, extent: string): Chart {
  const [known, draw] = extent === 'whole' ? [drawn.whole, wholeChart] : [drawn.good, goodChart]
  const chart = known.get(graph) ?? draw(graph)
  known.set(graph, chart)
  return chart
}

/** The machine of one end of a dialogue, drawn from the machine that runs, with where it is and how it came there. */
export function ChartSide() {
  const [end, setEnd] = useKeptTab('chart:end', 'server')
  const [extent, setExtent] = useKeptTab('chart:extent', 'good')
  const speaker = end === 'client' ? 'client' : 'server'
  const subject = useSubject(speaker)
  const { shown, protocol, session, state, happened, connections } = subject
  const names = useNames()
  const actions = useRunActions()
  const phone = useMedia('(max-width: 699px)')
  const graph = graphOf(protocol)
  const chart = chartOf(graph, extent)
  const room = state === undefined ? '' : roomOf(chart, state, protocol, session)
  const present = state === undefined ? undefined : nodeOf(chart, state, room)
  const taken = useMemo(() => takenArrows(chart, happened, room), [chart, happened, room])
  const legal = useMemo(
    () => (speaker === 'server' ? legalNow(protocol.name, session) : []),
    [speaker, protocol, session],
  )
  const refused = useMemo(
    () => (speaker === 'server' ? refusedNow(protocol.name, session) : []),
    [speaker, protocol, session],
  )

  // A choice belongs to the session at a moment: what comes after makes another list.
  const [made, setMade] = useState<{
    readonly choice: Choice
    readonly session: typeof session
    readonly key: string
  }>()
  const choice = made?.session === session && made?.key === graph.key ? made.choice : undefined
  const choose = (next: Choice | undefined): void => setMade(next && { choice: next, session, key: graph.key })
  const way = useMemo(
    () =>
      choice?.kind === 'refused' && choice.showsWay && session ? wayTo(protocol, session, choice.name) : undefined,
    [choice, protocol, session],
  )
  const stub = useMemo(() => {
    const chosen = choice?.kind === 'refused' ? refused.find(({ name }) => name === choice.name) : undefined
    return chosen && present && stubOf(chart, present, `${chosen.name} ${codeOf(chosen.reply)}`)
  }, [chart, choice, refused, present])
  const wayArrows = useMemo(() => (way && present ? arrowsOfWay(chart, present, way) : []), [chart, way, present])

  const [cursor, setCursor] = useState<string>()
  const at = cursor !== undefined && chart.nodes.some(({ id }) => id === cursor) ? cursor : present?.id
  const lists = useRef<HTMLDivElement>(null)
  const toList = (name: string): void =>
    lists.current?.querySelector<HTMLElement>(`[data-list="${name}"] button`)?.focus()

  const canvas = useKeys((event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return
    const direction = DIRECTIONS[event.key]
    if (direction) setCursor(neighbourOf(chart, at ?? chart.nodes[0]?.id ?? '', direction) ?? at)
    else if (event.key === 'Home') setCursor(present?.id)
    else if (event.key === 'l' || event.key === 'L') toList('legal')
    else if (event.key === 'r' || event.key === 'R') toList('refused')
    else if ((event.key === ' ' || event.key === 'Enter') && at !== undefined) choose({ kind: 'state', id: at })
    else if (event.key === 'Escape') choose(undefined)
    else return
    event.preventDefault()
  })

  const title = at === undefined ? '' : (chart.nodes.find(({ id }) => id === at)?.title ?? '')

  return (
    <section
      className={styles.chart}
      aria-label={chartText('chart')}
      style={hueStyle(shown?.protocol ?? protocol.name)}
    >
      <div className={styles.bar}>
        {shown ? (
          <>
            <ProtocolMark protocol={shown.protocol} />
            <select
              className={styles.dialogue}
              aria-label={panelsText('dialogue')}
              value={shown.connection}
              onChange={(event) => actions.select({ connection: event.target.value })}
            >
              {connections.map(({ connection, server, port, client }) => (
                <option key={connection} value={connection}>
                  {panelsText('dialogueOf', { server: names.short(server), port, client: names.short(client) })}
                </option>
              ))}
            </select>
          </>
        ) : (
          <span className={styles.quiet}>{chartText('noDialogue')}</span>
        )}
        <Tabs
          label={chartText('extent')}
          value={extent}
          onChange={setExtent}
          tabs={[
            ['whole', chartText('whole')],
            ['good', chartText('good')],
          ]}
        />
        <span className={styles.drawn}>{chartText('drawn')}</span>
        <Tabs
          label={chartText('ends')}
          value={end}
          onChange={setEnd}
          tabs={[
            ['server', chartText('server')],
            ['client', chartText('client')],
          ]}
        />
      </div>
      <div className={styles.body}>
        <div
          ref={canvas}
          className={styles.canvas}
          role="application"
          tabIndex={0}
          aria-label={chartText('picture')}
          aria-describedby="chart-lists"
        >
          {phone && extent !== 'whole' ? (
            <Walk
              chart={chart}
              present={present?.id}
              ended={!session}
              onChoose={(id) => choose({ kind: 'state', id })}
            />
          ) : (
            <Picture
              chart={chart}
              room={room}
              present={present?.id}
              asleep={state === undefined}
              ended={session === undefined}
              taken={taken}
              stub={stub}
              way={wayArrows}
              cursor={cursor === undefined ? undefined : at}
              choice={choice}
              onChoose={choose}
            />
          )}
          <p className="unseen" aria-live="polite">
            {cursor === undefined || cursor !== at ? '' : title}
          </p>
          {extent === 'whole' || !phone ? <Legend /> : null}
        </div>
        <div className={styles.lists} id="chart-lists" ref={lists}>
          <Lists
            subject={subject}
            chart={chart}
            title={present?.title}
            legal={legal}
            refused={refused}
            choice={choice}
            way={way}
            onChoose={choose}
          />
        </div>
      </div>
    </section>
  )
}

/** Keys of the picture, while it has the focus; they do not reach the stage, which moves time by some of them. */
function useKeys(pressed: (event: KeyboardEvent) => void): RefObject<HTMLDivElement | null> {
  const canvas = useRef<HTMLDivElement>(null)
  useEffect(() => {
    const element = canvas.current
    const heard = (event: KeyboardEvent): void => {
      if (event.target === element) pressed(event)
    }
    element?.addEventListener('keydown', heard)
    return () => element?.removeEventListener('keydown', heard)
  })
  return canvas
}

interface TabsProps {
  readonly label: string
  readonly value: string
  readonly tabs: readonly (readonly [id: string, title: string])[]
  onChange(id: string): void
}

function Tabs({ label, value, tabs, onChange }: TabsProps) {
  return (
    <div className={styles.tabs} role="group" aria-label={label}>
      {tabs.map(([id, title]) => (
        <button key={id} type="button" className={styles.tab} aria-pressed={id === value} onClick={() => onChange(id)}>
          {title}
        </button>
      ))}
    </div>
  )
}

function Legend() {
  return (
    <ul className={styles.legend}>
      <li>
        <i />
        {chartText('reads')}
      </li>
      <li>
        <i data-kind="asks" />
        {chartText('asks')}
      </li>
      <li>
        <i data-kind="now" />
        {chartText('now')}
      </li>
    </ul>
  )
}
