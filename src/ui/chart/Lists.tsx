import { type ReactNode, useEffect, useMemo, useRef, useState } from 'react'
import { toText } from '../../base/octets'
import { chartText } from '../../messages/chart'
import { panelsText } from '../../messages/panels'
import type { RefusedCommand } from '../../session/knowledge'
import { eventsBetween, type Graph, passagesFrom } from '../../view/chart/graph'
import { type Chart, titleOfState, wordOf } from '../../view/chart/layout'
import { sectionOf } from '../../view/chart/sections'
import type { Decision, Happened } from '../../view/chart/story'
import { pathOfPlace } from '../../view/chart/table'
import type { WayStep } from '../../view/chart/way'
import { reasonOf } from '../../view/hops/reason'
import { type LegalNow, rehearsalOf } from '../../view/knowledge'
import { viewOf } from '../../view/run/runView'
import { terminalOn } from '../../view/run/terminal'
import { factOf } from '../../world/trace'
import { useTerminal } from '../editor/useTerminal'
import panels from '../panels/panels.module.css'
import { useRun, useRunActions } from '../run/RunContext'
import { timeInWords, useMoment, useNames } from '../run/useMoment'
import { code, joined } from '../shell/rich'
import { ReasonNote } from '../stage/ReasonNote'
import styles from './chart.module.css'
import type { Choice } from './choice'
import { codeOf } from './codeOf'
import type { Subject } from './useSubject'

interface ListsProps {
  readonly subject: Subject
  readonly chart: Chart
  /** The title of the present state. */
  readonly title: string | undefined
  readonly legal: readonly LegalNow[]
  readonly refused: readonly (RefusedCommand & { readonly cause: string })[]
  readonly choice: Choice | undefined
  readonly way: readonly WayStep[] | undefined
  onChoose(choice: Choice | undefined): void
}

/** The picture in words: the present state, the steps to it, the legal and the refused commands. */
export function Lists({ subject, chart, title, legal, refused, choice, way, onChoose }: ListsProps) {
  const { state, session, happened, decided, protocol, shown } = subject
  const { graph } = chart
  const since = happened.findLast(({ from, to }) => from !== to)?.at
  if (state === undefined) {
    return <p className={panels.empty}>{chartText(shown ? 'nothingRuns' : 'connect')}</p>
  }
  const last = happened.at(-1)
  return (
    <>
      <p className={styles.now}>
        <span className={styles.quiet}>{chartText('now')}</span>
        <b className={styles.pill} data-now="" data-ended={session ? undefined : ''}>
          {title ?? titleOfState(graph.key, state)}
        </b>
        {since !== undefined && (
          <span className={styles.since}>{joined(chartText.parts('since', { time: timeInWords(since), code }))}</span>
        )}
      </p>
      {!session && last && <p className={styles.prose}>{chartText('ended', { how: inWords(graph, last) })}</p>}
      <Chosen subject={subject} />
      {choice?.kind === 'state' && <AboutState subject={subject} graph={graph} id={choice.id} />}
      {choice?.kind === 'arrow' && <AboutArrow protocol={protocol.name} chart={chart} id={choice.id} />}
      <CameHere graph={graph} happened={happened} />
      {last && <Because moment={subject.moment} order={last.order} />}
      {decided?.decision && <Decided graph={graph} decision={decided.decision} />}
      {session && legal.length + refused.length === 0 && (
        <p className={styles.prose}>
          {subject.protocol.role === 'server' ? panelsText('takesNothing') : chartText('decides')}
        </p>
      )}
      {legal.length > 0 && <Legal subject={subject} legal={legal} choice={choice} onChoose={onChoose} />}
      {refused.length > 0 && <Refused refused={refused} choice={choice} way={way} onChoose={onChoose} />}
    </>
  )
}

/** An input in words. */
function inWords({ key }: Graph, { kind, what }: Happened): string {
  switch (kind) {
    case 'read':
      return what
    case 'answered':
      return chartText('hostSays', { what: wordOf(key, what).text })
    case 'expired':
      return chartText('timeUp', { what: wordOf(key, what).text })
    default:
      return what === '' ? chartText('told') : wordOf(key, what).text
  }
}

const SHOWN = 4

function CameHere({ graph, happened }: { readonly graph: Graph; readonly happened: readonly Happened[] }) {
  const actions = useRunActions()
  if (happened.length === 0) return null
  const recent = happened.slice(-SHOWN)
  return (
    <>
      <h2 className={styles.title}>{chartText('cameHere')}</h2>
      <ol className={styles.how}>
        {recent.map((one, nth) => (
          <li key={one.order} data-last={nth === recent.length - 1 ? '' : undefined}>
            <button
              type="button"
              className={styles.time}
              aria-label={panelsText('goToMoment', { time: timeInWords(one.at) })}
              onClick={() => actions.seek(one.at)}
            >
              {timeInWords(one.at)}
            </button>
            {one.kind === 'read' ? <Line graph={graph} happened={one} /> : <span>{inWords(graph, one)}</span>}
            <em>{one.from === one.to ? chartText('stays') : titleOfState(graph.key, one.to)}</em>
          </li>
        ))}
      </ol>
    </>
  )
}

/** A line that was read, with its verb in the protocol's colour. Only the first of several is shown. */
function Line({ graph, happened: { what, means } }: { readonly graph: Graph; readonly happened: Happened }) {
  const [line = ''] = what.split('\r\n')
  if (means?.kind === 'query') return <span>{wordOf(graph.key, means.name).text}</span>
  const verb = /^(?:\S+ (?=[A-Z]))?(?:MAIL FROM:|RCPT TO:|\S+)/i.exec(line)?.[0] ?? ''
  return (
    <code className={styles.line} translate="no">
      <b>{verb}</b>
      {line.slice(verb.length)}
    </code>
  )
}

/** A line of this dialogue that was chosen on another side, at another moment than the present: why it was said. */
function Chosen({ subject: { moment, shown } }: { readonly subject: Subject }) {
  const actions = useRunActions()
  const order = useRun(({ pinned, selection }) => (pinned ? selection.fact : undefined))
  const { timeline, t } = moment
  const fact = order === undefined ? undefined : factOf(timeline.trace, order)
  if (fact?.type !== 'sent' || fact.connection !== shown?.connection || fact.at >= t) return null
  const [line = ''] = toText(fact.octets).split('\r\n')
  return (
    <section aria-label={chartText('chosen')}>
      <h2 className={styles.title}>{chartText('chosen')}</h2>
      <p className={styles.chosen}>
        <button
          type="button"
          className={styles.time}
          aria-label={panelsText('goToMoment', { time: timeInWords(fact.at) })}
          onClick={() => actions.seek(fact.at)}
        >
          {timeInWords(fact.at)}
        </button>
        <code className={styles.line} translate="no">
          {line}
        </code>
      </p>
      <Because moment={moment} order={fact.order} />
    </section>
  )
}

/** The reason of the host for the last thing that it said. */
function Because({ moment: { timeline }, order }: { readonly moment: Subject['moment']; readonly order: number }) {
  const names = useNames()
  const reason = useMemo(() => reasonOf(viewOf(timeline), order), [timeline, order])
  return (
    reason && (
      <div className={styles.because}>
        <p className={styles.prose}>{reason.text}</p>
        <ReasonNote reason={reason} names={names} />
      </div>
    )
  )
}

function Decided({ graph, decision }: { readonly graph: Graph; readonly decision: Decision }) {
  const { guard, holds, otherwise, tried, remembered } = decision
  const why =
    chartText.found(`guard.${graph.key}.${guard}.${holds ? 'yes' : 'no'}`, remembered) ??
    chartText.found(`guard.${guard}.${holds ? 'yes' : 'no'}`, remembered)
  const marks = {
    name: guard,
    code,
    b: (inside: readonly ReactNode[]) => <b>{joined(inside)}</b>,
    quiet: (inside: readonly ReactNode[]) => <i>{joined(inside)}</i>,
  }
  return (
    <div className={styles.decided}>
      <p className={styles.prose}>
        {why !== undefined && `${why} `}
        {joined(chartText.parts(holds ? 'guardTrue' : 'guardFalse', marks))}
        {otherwise !== undefined && (
          <> {joined(chartText.parts('otherwise', { ...marks, state: titleOfState(graph.key, otherwise) }))}</>
        )}
      </p>
      {tried.length > 1 && (
        <p className={styles.tried}>
          {chartText('tried')}{' '}
          {tried.map(({ guard: name, holds: yes }, nth) => (
            <span key={`${nth} ${name}`}>
              <code translate="no">{name}</code> {chartText(yes ? 'yes' : 'no')}
              {nth < tried.length - 1 ? ', ' : ''}
            </span>
          ))}
        </p>
      )}
    </div>
  )
}

interface LegalProps {
  readonly subject: Subject
  readonly legal: readonly LegalNow[]
  readonly choice: Choice | undefined
  onChoose(choice: Choice | undefined): void
}

const FOLDED = 4

function Legal({ subject, legal, choice, onChoose }: LegalProps) {
  const [open, setOpen] = useState(false)
  const rows = open || legal.length <= FOLDED + 1 ? legal : legal.slice(0, FOLDED)
  const more = legal.slice(rows.length)
  return (
    <div data-list="legal">
      <h2 className={styles.title}>
        {chartText('legalNow')}{' '}
        <span className={styles.quiet}>{subject.shown?.typed ? chartText('chooseToSend') : ''}</span>
      </h2>
      <ul className={styles.rows}>
        {rows.map((command) => {
          const chosen = choice?.kind === 'legal' && choice.name === command.name
          return (
            <li key={command.name} data-chosen={chosen ? '' : undefined}>
              <button
                type="button"
                className={styles.row}
                aria-expanded={chosen}
                onClick={() => onChoose(chosen ? undefined : { kind: 'legal', name: command.name })}
              >
                <code className={styles.command} translate="no">
                  {command.name}
                </code>
                <code className={styles.reply} translate="no">
                  {command.reply.split('\r\n').at(-1)}
                </code>
                <span>{command.effect}</span>
              </button>
              {chosen && <Send subject={subject} command={command} onSent={() => onChoose(undefined)} />}
            </li>
          )
        })}
      </ul>
      {more.length > 0 && <More names={more.map(({ name }) => name)} onOpen={() => setOpen(true)} />}
    </div>
  )
}

function More({ names, onOpen }: { readonly names: readonly string[]; onOpen(): void }) {
  return (
    <button type="button" className={styles.more} onClick={onOpen}>
      {chartText('more', { count: names.length })} <code translate="no">{names.slice(0, 7).join(' ')}</code>
      {names.length > 7 ? ' …' : ''}
    </button>
  )
}

interface SendProps {
  readonly subject: Subject
  readonly command: LegalNow
  onSent(): void
}

/** The chosen line, to be sent by a second Enter; where a program speaks, only what the standard says of it. */
function Send({ subject: { shown, protocol, session }, command, onSent }: SendProps) {
  const { seen } = useMoment()
  const { terminal, type } = useTerminal(shown && terminalOn(seen, shown.connection)?.id)
  const field = useRef<HTMLInputElement>(null)
  const sample = session && rehearsalOf(protocol.name)?.line(session, command.name)
  const [line, setLine] = useState(sample?.replace(/\r\n$/, '') ?? '')
  const ours = terminal?.phase === 'open'
  useEffect(() => {
    field.current?.focus()
  }, [])
  return (
    <form
      className={styles.send}
      onSubmit={(event) => {
        event.preventDefault()
        if (line === '') return
        type(line)
        onSent()
      }}
    >
      {ours && (
        <>
          <input
            ref={field}
            className={styles.field}
            aria-label={chartText('line')}
            value={line}
            translate="no"
            autoComplete="off"
            spellCheck={false}
            onChange={(event) => setLine(event.target.value)}
          />
          <button type="submit" className="button">
            {chartText('send')}
          </button>
        </>
      )}
      <Section protocol={protocol.name} event={command.name} />
      {!ours && <span className={styles.quiet}>{chartText('programSpeaks')}</span>}
    </form>
  )
}

function Section({
  protocol,
  event,
  graph,
  from,
}: {
  readonly protocol: string
  readonly event: string
  readonly graph?: Graph
  readonly from?: string
}) {
  const section = sectionOf(protocol, graph ?? NO_GRAPH, from ?? '', event)
  return section === undefined ? null : <span className={styles.section}>{section}</span>
}

const NO_GRAPH: Graph = { key: '', states: [], edges: [], initial: '' }

interface RefusedProps {
  readonly refused: ListsProps['refused']
  readonly choice: Choice | undefined
  readonly way: readonly WayStep[] | undefined
  onChoose(choice: Choice | undefined): void
}

function Refused({ refused, choice, way, onChoose }: RefusedProps) {
  const [open, setOpen] = useState(false)
  const rows = open || refused.length <= FOLDED ? refused : refused.slice(0, FOLDED - 1)
  const more = refused.slice(rows.length)
  return (
    <div data-list="refused">
      <h2 className={styles.title}>{chartText('refusedNow')}</h2>
      <ul className={styles.rows}>
        {rows.map(({ name, reply, cause }) => {
          const chosen = choice?.kind === 'refused' && choice.name === name ? choice : undefined
          return (
            <li key={name} data-refused={chosen ? '' : undefined}>
              <button
                type="button"
                className={styles.row}
                aria-expanded={chosen !== undefined}
                onClick={() => onChoose(chosen ? undefined : { kind: 'refused', name })}
              >
                <code className={styles.command} translate="no">
                  <svg viewBox="-10 -10 20 20" width="14" height="14" aria-hidden="true">
                    <path className={styles.cross} d="M-8-8H8V8H-8ZM-3.6-3.6L3.6 3.6M3.6-3.6L-3.6 3.6" />
                  </svg>
                  {name}
                </code>
                <code className={styles.reply} translate="no">
                  {codeOf(reply)}
                </code>
                <span>{cause}</span>
              </button>
              {chosen && !chosen.showsWay && (
                <button
                  type="button"
                  className={styles.link}
                  onClick={() => onChoose({ kind: 'refused', name, showsWay: true })}
                >
                  {chartText('showWay')}
                </button>
              )}
              {chosen?.showsWay && <WayTo name={name} way={way} />}
            </li>
          )
        })}
      </ul>
      {more.length > 0 && <More names={more.map(({ name }) => name)} onOpen={() => setOpen(true)} />}
    </div>
  )
}

function WayTo({ name, way }: { readonly name: string; readonly way: readonly WayStep[] | undefined }) {
  if (!way) return <p className={styles.prose}>{joined(chartText.parts('noWay', { name, code }))}</p>
  return (
    <div role="status">
      <p className={styles.prose}>{joined(chartText.parts('way', { name, count: way.length, code }))}</p>
      <ol className={styles.wayLines}>
        {way.map(({ line }, nth) => (
          <li key={`${nth} ${line}`}>
            <code translate="no">{line}</code>
          </li>
        ))}
      </ol>
    </div>
  )
}

/** Which events lead to a state, and when this session entered it. */
function AboutState({ subject, graph, id }: { readonly subject: Subject; readonly graph: Graph; readonly id: string }) {
  const actions = useRunActions()
  const names = useNames()
  const path = pathOfPlace(id)
  const leads = new Map<string, string>()
  for (const { path: from } of graph.states)
    for (const { event, to } of passagesFrom(graph, from))
      if (to === path && from !== path && event !== '') leads.set(event, from)
  const visits = subject.happened.filter(({ from, to }) => to === path && from !== path)
  const host = subject.shown?.[subject.protocol.role]
  return (
    <div className={styles.about} role="status">
      <h2 className={styles.title}>{titleOfState(graph.key, path)}</h2>
      {leads.size > 0 && (
        <p>
          {chartText('leadsHere')}{' '}
          {[...leads.keys()].slice(0, 12).map((event, nth) => {
            const { text, wire } = wordOf(graph.key, event)
            return (
              <span key={event}>
                {nth > 0 && ', '}
                {wire ? <code translate="no">{text}</code> : text}
              </span>
            )
          })}
        </p>
      )}
      <p>
        {visits.length === 0
          ? chartText('neverHere', { host: host === undefined ? '' : names.short(host) })
          : chartText('visits', { count: visits.length })}{' '}
        {visits.slice(-8).map(({ at, order }) => (
          <button
            key={order}
            type="button"
            className={styles.time}
            aria-label={panelsText('goToMoment', { time: timeInWords(at) })}
            onClick={() => actions.seek(at)}
          >
            {timeInWords(at)}
          </button>
        ))}
      </p>
    </div>
  )
}

function AboutArrow({
  protocol,
  chart,
  id,
}: {
  readonly protocol: string
  readonly chart: Chart
  readonly id: string
}) {
  const arrow = chart.arrows.find((one) => one.id === id)
  if (!arrow) return null
  const { key } = chart.graph
  const [from, to] = [arrow.from, arrow.to].map((end) => chart.nodes.find((node) => node.id === end))
  const events =
    arrow.events.length > 0 ? arrow.events : from && to ? eventsBetween(chart.graph, from.path, to.path) : []
  return (
    <div className={styles.about} role="status">
      <h2 className={styles.title}>
        {chartText('fromTo', { from: from?.title ?? chartText('anyState'), to: to?.title ?? '' })}
      </h2>
      <ul className={styles.rows}>
        {events.slice(0, 6).map((event) => {
          const { text, wire } = wordOf(key, event)
          return (
            <li key={event} className={styles.event}>
              {wire ? (
                <code className={styles.command} translate="no">
                  {text}
                </code>
              ) : (
                <span>{text}</span>
              )}
              <Section protocol={protocol} event={event} graph={chart.graph} from={from?.path ?? ''} />
            </li>
          )
        })}
      </ul>
    </div>
  )
}
