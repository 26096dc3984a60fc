import { X } from 'lucide-react'
import { useEffect, useId, useLayoutEffect, useMemo, useRef } from 'react'
import { type Instant, START } from '../../base/time'
import { RESTS } from '../../hosts/mailProgram/habits'
import { cardText } from '../../messages/card'
import { fetchedFor, machinesOf } from '../../view/editor/people'
import { type CardPart, type CardRow, cardOf, linkAt, type Touched } from '../../view/panels/card'
import { isAtRest } from '../../view/run/holdings'
import { namesOf } from '../../view/run/names'
import { type RunView, viewOf } from '../../view/run/runView'
import { useFactCount, useRun, useRunStore } from '../run/RunContext'
import { Said } from '../shell/Said'
import { placedAt, type Rect } from './cardPlace'
import type { Deeds } from './deeds'
import './card.css'

interface TouchCardProps {
  readonly touched: Touched
  /** The thing on the screen, in pixels of the window. */
  readonly at: Rect
  readonly deeds: Deeds
  onTouch(touched: Touched): void
  onClose(): void
}

/** The card of a thing on the map: it stands beside it, and lies at the foot of a small screen. */
export default function TouchCard({ touched, at, deeds, onTouch, onClose }: TouchCardProps) {
  const { scenario } = useRunStore()
  const timeline = useRun((run) => run.timeline)
  const count = useFactCount()
  const names = useMemo(() => namesOf(scenario), [scenario])
  const view = useMemo(() => viewOf(timeline), [timeline])
  const t = timeline.trace[count - 1]?.at ?? START
  const card = useMemo(() => cardOf(view, names, t, touched), [view, names, t, touched])
  const box = useRef<HTMLDivElement>(null)
  const title = useRef<HTMLHeadingElement>(null)
  const id = useId()

  useLayoutEffect(() => {
    const element = box.current
    if (!element) return undefined
    const toggled = (): void => {
      if (!element.matches(':popover-open')) onClose()
    }
    element.addEventListener('toggle', toggled)
    return () => element.removeEventListener('toggle', toggled)
  }, [onClose])
  const shown = useRef<Touched>(undefined)
  useLayoutEffect(() => {
    const isSame = shown.current !== undefined && JSON.stringify(shown.current) === JSON.stringify(touched)
    shown.current = touched
    // The press on another thing has closed the card of this one; a second press on this one is to close it.
    if (!isSame && !box.current?.matches(':popover-open')) box.current?.showPopover()
  }, [touched])
  useLayoutEffect(() => {
    const element = box.current
    if (!element) return
    const { width, height } = element.getBoundingClientRect()
    const place = placedAt(at, { width, height }, { width: document.documentElement.clientWidth, height: innerHeight })
    element.style.setProperty('--left', `${place.left + scrollX}px`)
    element.style.setProperty('--top', `${place.top + scrollY}px`)
  }, [at, touched])
  useEffect(() => {
    title.current?.focus({ preventScroll: true })
  }, [touched])
  // The run in which it was touched is not this one any more.
  useEffect(() => {
    if (!card) onClose()
  }, [card, onClose])
  if (!card) return null

  return (
    <div ref={box} className="touch-card" popover="auto" role="dialog" aria-labelledby={id}>
      <div className="touch-head">
        <h2 id={id} ref={title} tabIndex={-1}>
          <Said text={card.title} />
        </h2>
        <button type="button" className="icon-button" aria-label={cardText('close')} onClick={onClose}>
          <X aria-hidden="true" />
        </button>
      </div>
      {card.wire !== undefined && (
        <p className="touch-wire" translate="no">
          {card.wire}
        </p>
      )}
      {card.sentences.map((sentence) => (
        <p key={sentence} className="touch-sentence">
          <Said text={sentence} />
        </p>
      ))}
      <CardDeeds touched={touched} deeds={deeds} view={view} t={t} onClose={onClose} />
      <Parts parts={card.parts} onTouch={onTouch} />
    </div>
  )
}

interface PartsProps {
  readonly parts: readonly CardPart[]
  onTouch(touched: Touched): void
}

function Parts({ parts, onTouch }: PartsProps) {
  return parts.map(({ key, title, rows }) =>
    // A host may have many links, and a newcomer asks for none of them first.
    key === 'links' ? (
      <details key={key} className="touch-part">
        <summary>{title}</summary>
        <Rows rows={rows} onTouch={onTouch} />
      </details>
    ) : (
      <section key={key} className="touch-part">
        <h3>{title}</h3>
        <Rows rows={rows} onTouch={onTouch} />
      </section>
    ),
  )
}

interface RowsProps {
  readonly rows: readonly CardRow[]
  onTouch(touched: Touched): void
}

function Rows({ rows, onTouch }: RowsProps) {
  return (
    <ul>
      {rows.map(({ text, port, leads }) => (
        <li key={`${port ?? ''} ${text}`}>
          {port !== undefined && <b className="touch-port">{port}</b>}
          {leads ? (
            <button type="button" className="as-link" onClick={() => onTouch(leads)}>
              <Said text={text} />
            </button>
          ) : (
            <Said text={text} />
          )}
        </li>
      ))}
    </ul>
  )
}

interface CardDeedsProps {
  readonly touched: Touched
  readonly deeds: Deeds
  readonly view: RunView
  readonly t: Instant
  onClose(): void
}

/** A slow link takes so many milliseconds one way. */
const SLOW = 2000
const LOSSY = 0.33

/** The buttons for the actions that this page has. */
function CardDeeds({ touched, deeds, view, t, onClose }: CardDeedsProps) {
  const { scenario, actions } = useRunStore()
  const { changes, room, sit, look } = deeds
  const leave = (deed: () => void) => () => {
    onClose()
    deed()
  }
  const buttons: { readonly key: string; readonly text: string; readonly deed: () => void }[] = []
  if (touched.kind === 'host') {
    const { host } = touched
    const isUp = !view.at(t).holdings.down.has(host)
    if (changes) {
      const type = isUp ? 'hostStopped' : 'hostStarted'
      buttons.push({
        key: 'power',
        text: cardText(isUp ? 'stop' : 'start'),
        deed: () => actions.intervene({ type, host }),
      })
    }
    const device = scenario.hosts.find(({ name, role }) => name === host && role === 'mailProgram')
    if (changes && device && isUp) {
      const resting = isAtRest(view.at(t).holdings, device)
      buttons.push({
        key: 'rest',
        text: cardText(resting ? 'wake' : 'rest'),
        deed: () => actions.intervene({ type: 'policyChanged', host, policy: RESTS, value: !resting }),
      })
      for (const account of resting ? fetchedFor(scenario, host) : [])
        buttons.push({
          key: `fetch ${account}`,
          text: cardText('fetch'),
          deed: () => actions.intervene({ type: 'collected', host, account }),
        })
    }
    if (room) buttons.push({ key: 'room', text: cardText('room'), deed: leave(() => room(host)) })
    if (sit && isUp && machinesOf(scenario).includes(host))
      buttons.push({ key: 'sit', text: cardText('sit'), deed: leave(() => sit(host)) })
  }
  if (touched.kind === 'link' && changes) {
    const { between } = touched
    const { up, latency, loss } = linkAt(view, t, between)
    const usual = scenario.links.find(({ between: [a, b] }) => between.includes(a) && between.includes(b))
    const { latency: usualLatency } = usual ?? scenario.internet
    const isSlow = latency >= SLOW
    const change = (what: { up?: boolean; latency?: number; loss?: number }) => () =>
      actions.intervene({ type: 'linkChanged', between, ...what })
    buttons.push(
      { key: 'cut', text: cardText(up ? 'cut' : 'mend'), deed: change({ up: !up }) },
      {
        key: 'slow',
        text: cardText(isSlow ? 'quick' : 'slow'),
        deed: change({ latency: isSlow ? usualLatency : SLOW }),
      },
      { key: 'loss', text: cardText(loss > 0 ? 'lossless' : 'lossy'), deed: change({ loss: loss > 0 ? 0 : LOSSY }) },
    )
  }
  if (touched.kind === 'line' && look)
    buttons.push({ key: 'look', text: cardText('look'), deed: leave(() => look(touched.fact)) })
  if (buttons.length === 0) return null
  return (
    <div className="touch-deeds">
      {/* A button whose action can be undone stays the same one, and keeps the focus. */}
      {buttons.map(({ key, text, deed }) => (
        <button key={key} type="button" className="touch-deed" onClick={deed}>
          {text}
        </button>
      ))}
    </div>
  )
}
