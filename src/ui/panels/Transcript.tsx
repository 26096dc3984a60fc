import { memo, useEffect, useId, useLayoutEffect, useMemo, useRef, useState } from 'react'
import { toText } from '../../base/octets'
import { type Duration, type Instant, minutes } from '../../base/time'
import { panelsText } from '../../messages/panels'
import { glossOf } from '../../view/gloss/gloss'
import { begunBy, linesOfLookup, lookupsAmong, lookupTitle, lookupWith } from '../../view/panels/lookups'
import {
  type Cursor,
  keyOfRow,
  partsOf,
  placeOf,
  rowsOf,
  type TranscriptRow,
  titleOf,
} from '../../view/panels/transcriptRows'
import { connectionsIn, type SeenConnection } from '../../view/run/connections'
import type { History } from '../../view/run/history'
import { isOutside, type Names } from '../../view/run/names'
import { viewOf } from '../../view/run/runView'
import { type TranscriptLine, transcriptOf } from '../../view/run/transcript'
import { chosenLine } from '../../view/stage/chosen'
import { factOf } from '../../world/trace'
import { scrollIntoSight } from '../dom/scroll'
import { useRun, useRunActions, useRunStore } from '../run/RunContext'
import { selectionOf } from '../run/selection'
import { timeInWords, useMoment, useNames } from '../run/useMoment'
import { LookupLines } from './LookupLines'
import { PlainWords, usePlainWords } from './PlainWords'
import { ProtocolMark } from './ProtocolMark'
import styles from './panels.module.css'
import own from './transcript.module.css'
import { Verdict } from './Verdict'

/** The values of lookups in the choice; those of connections are their names. */
const LOOKUP = 'lookup:'

/** The dialogue of one connection or lookup, up to now, the newest at the bottom. */
export function Transcript() {
  const { timeline, history, seen, t } = useMoment()
  const names = useNames()
  const { scenario, readOnly } = useRunStore()
  const selection = useRun((run) => run.selection)
  const actions = useRunActions()
  const [plain, setPlain] = usePlainWords()
  // A new line leaves this list as it is: only a change of a connection makes another.
  const { all } = seen.connections
  const connections = useMemo(() => connectionsIn({ all }), [all])
  const begun = begunBy(history, t)
  const lookups = useMemo(() => lookupsAmong(history, begun), [history, begun])
  const choices = useMemo(() => {
    const view = viewOf(timeline)
    const all = [
      ...connections.map((seen) => ({
        value: seen.connection,
        began: seen.started,
        title: titleOf(seen, names, isOutside(scenario, seen.client)),
        at: factOf(timeline.trace, seen.started)?.at,
      })),
      ...lookups.map((lookup) => ({
        value: `${LOOKUP}${lookup.began}`,
        began: lookup.began,
        title: lookupTitle(view, lookup, names),
        at: lookup.from,
      })),
    ].sort((a, b) => a.began - b.began)
    const titles = new Set<string>()
    return all.map(({ value, title, at }) => {
      const isAgain = titles.has(title)
      titles.add(title)
      return (
        <option key={value} value={value}>
          {isAgain && at !== undefined ? panelsText('titleAgain', { title, time: timeInWords(at) }) : title}
        </option>
      )
    })
  }, [connections, lookups, names, scenario, timeline])
  const pinned = connections.find((seen) => seen.connection === selection.connection)
  const lookup = useMemo(() => {
    if (pinned) return undefined
    const chosen = selection.fact === undefined ? undefined : lookupWith(history, selection.fact)
    if (chosen) return chosen
    const [last, latest] = [lookups.at(-1), connections.at(-1)]
    return last && last.began > (latest?.started ?? -1) ? last : undefined
  }, [pinned, selection.fact, history, lookups, connections])
  const shown = lookup ? undefined : (pinned ?? connections.at(-1))
  const lines = useLines(history, shown?.connection, t)
  // A packet or an event is shown by the line that it carries, or from which it followed.
  const chosenFact = useMemo(
    () => (selection.fact === undefined ? undefined : (chosenLine({ timeline }, selection.fact) ?? selection.fact)),
    [timeline, selection.fact],
  )
  const chosen = lines.find((line) => line.fact === chosenFact)

  const select = (line: TranscriptLine) => {
    if (!shown) return
    const session = shown.sessions[line.speaker]
    actions.select({
      fact: line.fact,
      connection: shown.connection,
      host: line.host,
      ...(session === undefined ? {} : { session }),
    })
  }

  const choose = (value: string): void => {
    if (!value.startsWith(LOOKUP)) {
      actions.select({ connection: value })
      return
    }
    const wanted = lookups.find(({ began }) => `${LOOKUP}${began}` === value)
    const first = wanted && linesOfLookup(viewOf(timeline), wanted, wanted.from)[0]
    if (first) actions.select(selectionOf(factOf(timeline.trace, first.fact)))
  }
  const choice = (value: string) => (
    <select
      className={styles.select}
      aria-label={panelsText('connection')}
      value={value}
      onChange={(event) => choose(event.target.value)}
    >
      {choices}
    </select>
  )
  const messages = useMemo(() => (lookup ? linesOfLookup(viewOf(timeline), lookup, t) : []), [lookup, timeline, t])
  const message = lookup && messages.find(({ fact }) => fact === selection.fact)

  return (
    <section className={styles.panel} aria-label={panelsText('transcript')}>
      {lookup ? (
        <>
          <div className={`${styles.head} ${own.head}`}>
            <ProtocolMark protocol="DNS" />
            {choice(`${LOOKUP}${lookup.began}`)}
            <PlainWords on={plain} onChange={setPlain} />
            {message && (
              <button className={`as-link ${styles.textButton}`} type="button" onClick={() => actions.seek(message.at)}>
                {panelsText('goTo', { time: timeInWords(message.at) })}
              </button>
            )}
          </div>
          <LookupLines
            key={lookup.began}
            lines={messages}
            chosen={message?.fact}
            now={t}
            names={names}
            plain={plain}
            onSelect={({ fact }) => actions.select(selectionOf(factOf(timeline.trace, fact)))}
            onGo={actions.seek}
          />
        </>
      ) : shown ? (
        <>
          <div className={`${styles.head} ${own.head}`}>
            <ProtocolMark protocol={shown.protocol} />
            {choice(shown.connection)}
            <PlainWords on={plain} onChange={setPlain} />
            {chosen ? (
              <button
                className={`as-link ${styles.textButton}`}
                type="button"
                aria-label={panelsText('goToLine', { time: timeInWords(chosen.at) })}
                onClick={() => actions.seek(chosen.at)}
              >
                {panelsText('goTo', { time: timeInWords(chosen.at) })}
              </button>
            ) : (
              <span className={styles.quiet}>{stateInWords(shown)}</span>
            )}
          </div>
          {lines.length === 0 && <p className={own.silent}>{silence(shown, names)}</p>}
          <Lines
            key={shown.connection}
            lines={lines}
            chosen={chosenFact}
            now={t}
            plain={plain}
            onSelect={select}
            onGo={actions.seek}
          />
        </>
      ) : (
        <div className={styles.body}>
          <p className={styles.empty}>
            {panelsText(readOnly || timeline.interventions.length > 0 ? 'silentYetWatched' : 'silentYet')}
          </p>
        </div>
      )}
    </section>
  )
}

function useLines(history: History, connection: string | undefined, t: Instant): readonly TranscriptLine[] {
  return useMemo(() => (connection ? transcriptOf(history, connection, t) : []), [history, connection, t])
}

function stateInWords({ state, encrypted }: SeenConnection): string {
  return panelsText(state === 'open' && encrypted ? 'openEncrypted' : `connection.${state}`)
}

/** The text for a connection on which nothing was said. */
function silence({ client, server, port, state }: SeenConnection, names: Names): string {
  const [from, to] = [names.short(client), names.short(server)]
  if (state === 'opening') return panelsText('calls', { from, to, port })
  if (state === 'open') return panelsText('connectedSilent', { from, to, port })
  return panelsText('calledInVain', { from, to, port })
}

interface LinesProps {
  readonly lines: readonly TranscriptLine[]
  readonly chosen: number | undefined
  readonly now: Instant
  /** Each line is explained in plain words. */
  readonly plain: boolean
  onSelect(line: TranscriptLine): void
  onGo(at: Instant): void
}

/** The rows that a key for pages moves by. */
const PAGE = 10
/** From the first day on times are longer. */
const DAY: Duration = minutes(24 * 60)

function Lines({ lines, chosen, now, plain, onSelect, onGo }: LinesProps) {
  const id = useId()
  const list = useRef<HTMLDivElement>(null)
  const follows = useRef(true)
  const playing = useRun((run) => run.playing)
  const [opened, setOpened] = useState<ReadonlySet<number>>(new Set())
  const rows = useMemo(() => rowsOf(lines, opened), [lines, opened])
  const [cursor, setCursor] = useState<Cursor>()
  const place = placeOf(rows, cursor, chosen)
  const row = rows[place]
  const at = row && keyOfRow(row)

  // When time moves on, the newest line is shown again.
  useEffect(() => {
    if (playing) follows.current = true
  }, [playing])
  // The newest line stays in sight as long as the reader has not scrolled away from it, also if the panel becomes lower.
  useLayoutEffect(() => {
    const box = list.current
    if (box && follows.current) box.scrollTop = box.scrollHeight
  }, [rows])
  useEffect(() => {
    const box = list.current
    if (!box) return
    const observer = new ResizeObserver(() => {
      if (follows.current) box.scrollTop = box.scrollHeight
    })
    observer.observe(box)
    return () => observer.disconnect()
  }, [])
  useEffect(() => {
    if (chosen === undefined) return
    scrollIntoSight(list.current?.querySelector('[aria-selected="true"]'), 'nearest')
    // On a phone the box itself may lie under the time.
    scrollIntoSight(list.current, 'nearest')
  }, [chosen])

  useEffect(() => {
    if (at === undefined) return
    scrollIntoSight(document.getElementById(`${id}-${at}`), 'nearest')
    scrollIntoSight(list.current, 'nearest')
  }, [id, at])

  const goTo = (row: TranscriptRow | undefined) => {
    if (!row) return
    // The rows of one fact are gone through one by one, while the fact stays chosen.
    const fact = row.type === 'line' ? row.line.fact : chosen
    setCursor({ key: keyOfRow(row), chosen: fact })
    if (row.type === 'line' && fact !== chosen) onSelect(row.line)
  }
  const move = (by: number) => {
    const from = place === -1 ? rows.length : place
    goTo(rows[Math.min(Math.max(from + by, 0), rows.length - 1)])
  }
  /** Shows all of a letter; a person at the keyboard is then at the first line that was hidden. */
  const open = (fact: number) => {
    const all = new Set([...opened, fact])
    setOpened(all)
    goTo(rowsOf(lines, all)[place])
  }

  return (
    <div
      ref={list}
      className={own.lines}
      data-days={now >= DAY ? '' : undefined}
      role="listbox"
      aria-label={panelsText('lines')}
      tabIndex={0}
      aria-activedescendant={at === undefined ? undefined : `${id}-${at}`}
      onScroll={({ currentTarget: box }) => {
        follows.current = box.scrollHeight - box.scrollTop - box.clientHeight < 24
      }}
      onKeyDown={(event) => {
        if (event.key === 'ArrowDown') move(1)
        else if (event.key === 'ArrowUp') move(-1)
        else if (event.key === 'PageDown') move(PAGE)
        else if (event.key === 'PageUp') move(-PAGE)
        else if (event.key === 'Home') move(-rows.length)
        else if (event.key === 'End') move(rows.length)
        else if (event.key === 'Enter' && row?.type === 'line') onGo(row.line.at)
        else if (event.key === 'Enter' && row?.type === 'more') open(row.fact)
        else return
        event.preventDefault()
      }}
    >
      {Array.from({ length: Math.ceil(rows.length / ROWS) }, (_, n) => (
        <Rows
          key={n}
          id={id}
          rows={rows.slice(n * ROWS, (n + 1) * ROWS)}
          chosen={chosen}
          now={now}
          plain={plain}
          at={at}
          opened={opened}
          onOpen={(fact) => setOpened(new Set([...opened, fact]))}
          onSelect={onSelect}
          onGo={onGo}
        />
      ))}
    </div>
  )
}

/** The number of rows that are rendered together. A new line renders only the last of these groups, in a dialogue of any length. */
const ROWS = 64

interface RowsProps extends Pick<LinesProps, 'chosen' | 'now' | 'plain' | 'onSelect' | 'onGo'> {
  readonly id: string
  readonly rows: readonly TranscriptRow[]
  /** The key of the row at which the person is. */
  readonly at: string | undefined
  readonly opened: ReadonlySet<number>
  onOpen(fact: number): void
}

const Rows = memo(
  function Rows({ id, rows, chosen, now, plain, at, opened, onOpen, onSelect, onGo }: RowsProps) {
    return rows.map((row) =>
      row.type === 'tls' ? (
        <TlsBegins key="tls" id={`${id}-tls`} whole={row.whole} isHere={at === 'tls'} />
      ) : row.type === 'more' ? (
        <div
          key={keyOfRow(row)}
          id={`${id}-${keyOfRow(row)}`}
          data-here={at === keyOfRow(row) ? '' : undefined}
          role="option"
          aria-selected={false}
          tabIndex={-1}
          className={`as-link ${own.more}`}
          onClick={() => onOpen(row.fact)}
        >
          {panelsText(opened.has(row.fact) ? 'moreLines' : 'showMoreLines', { count: row.hidden })}
        </div>
      ) : (
        <Line
          key={keyOfRow(row)}
          id={`${id}-${keyOfRow(row)}`}
          isHere={at === keyOfRow(row)}
          line={row.line}
          number={row.number}
          selected={row.line.fact === chosen}
          underWay={isUnderWay(row.line, now)}
          unread={unreadBy(row.line, now)}
          plain={plain}
          onSelect={onSelect}
          onGo={onGo}
        />
      ),
    )
  },
  (before, after) =>
    before.plain === after.plain &&
    before.rows.length === after.rows.length &&
    before.rows.every((row, n) => isSameRow(row, after.rows[n]) && looksSame(row, before, after)),
)

function isSameRow(row: TranscriptRow, other: TranscriptRow | undefined): boolean {
  if (row.type === 'line') return other?.type === 'line' && row.line === other.line && row.number === other.number
  if (row.type === 'tls') return other?.type === 'tls' && row.whole === other.whole
  return other?.type === 'more' && row.fact === other.fact && row.part === other.part && row.hidden === other.hidden
}

/** True if neither the choice, nor the place of the person, nor the time, nor an opened letter changes how the row looks. */
function looksSame(row: TranscriptRow, before: RowsProps, after: RowsProps): boolean {
  const isHere = ({ at }: RowsProps): boolean => at === keyOfRow(row)
  if (before.at !== after.at && isHere(before) !== isHere(after)) return false
  if (row.type === 'tls') return true
  if (row.type === 'more') return before.opened === after.opened
  const { line } = row
  const isChosen = (props: RowsProps): boolean => line.fact === props.chosen
  return (
    isChosen(before) === isChosen(after) &&
    isUnderWay(line, before.now) === isUnderWay(line, after.now) &&
    unreadBy(line, before.now) === unreadBy(line, after.now)
  )
}

/** How a line was thrown away unread, if it was by now. */
const unreadBy = ({ unread }: TranscriptLine, now: Instant): TranscriptLine['unread'] =>
  unread && unread.at <= now ? unread : undefined

const isUnderWay = ({ readAt }: TranscriptLine, now: Instant): boolean => readAt === undefined || readAt > now

/** The point where the connection changes to TLS. It is not a line of the dialogue, so it cannot be chosen. */
function TlsBegins({ id, whole, isHere }: { readonly id: string; readonly whole: boolean; readonly isHere: boolean }) {
  return (
    <div
      id={id}
      data-here={isHere ? '' : undefined}
      className={own.tls}
      role="option"
      aria-selected={false}
      aria-disabled="true"
      tabIndex={-1}
    >
      <svg viewBox="0 0 16 16" width="14" height="14" aria-hidden="true">
        <path d="M5 7.5V5a3 3 0 0 1 6 0v2.5M3.5 7.5h9v6h-9z" />
      </svg>
      <span>{panelsText(whole ? 'encryptedFromFirst' : 'encryptedFromHere')}</span>
    </div>
  )
}

interface LineProps {
  readonly id: string
  readonly line: TranscriptLine
  readonly number: number | undefined
  readonly selected: boolean
  readonly isHere: boolean
  readonly underWay: boolean
  readonly unread: TranscriptLine['unread']
  readonly plain: boolean
  onSelect(line: TranscriptLine): void
  onGo(at: Instant): void
}

/** The meaning of a line in words. Of a line that is words already, such as a server's complaint, there is none. */
function explanationOf(line: TranscriptLine): string | undefined {
  const gloss = glossOf(line.means, line.piece && toText(line.octets))
  return gloss !== undefined && line.octets.includes(gloss.replace(/\.$/, '')) ? undefined : gloss
}

const Line = memo(
  function Line({ id, line, number, selected, isHere, underWay, unread, plain, onSelect, onGo }: LineProps) {
    const [lead, rest] = partsOf(line)
    // The lines of one answer are explained once, beside the first.
    const explained = plain && line.part === 0
    const gloss = explained && !unread ? explanationOf(line) : undefined
    // A typed line has no meaning before it is read, and keeps the place for its words.
    const awaited = explained && gloss === undefined && underWay && !unread && line.command
    return (
      <div
        id={id}
        className={own.line}
        role="option"
        aria-selected={selected}
        tabIndex={-1}
        data-speaker={line.speaker}
        data-data={line.data ? '' : undefined}
        data-under-way={underWay ? '' : undefined}
        data-unread={unread ? '' : undefined}
        data-here={isHere ? '' : undefined}
        data-plain={gloss !== undefined || awaited ? '' : undefined}
        onClick={() => onSelect(line)}
        onDoubleClick={() => onGo(line.at)}
      >
        <span className={own.time}>{line.part === 0 ? timeInWords(line.at) : ''}</span>
        <span className={own.number} aria-hidden="true">
          {number}
        </span>
        <span className="unseen">
          {line.part === 0 ? panelsText(`says.${line.speaker}`) : ''}{' '}
          {line.octets === '' ? panelsText('emptyLine') : ''}
        </span>
        <span className={own.text} translate="no">
          {!unread && <Verdict line={line} />}
          {lead && <b>{readable(lead)}</b>}
          {readable(rest)}
          {unread && line.last && <span className={own.underWay}>{panelsText(`unread.${unread.why}`)}</span>}
          {underWay && !unread && line.last && <span className={own.underWay}>{panelsText('onItsWay')}</span>}
        </span>
        {gloss !== undefined && <span className={own.plain}>{panelsText('quoted', { gloss })}</span>}
        {awaited && (
          <span className={own.plain} aria-hidden="true">
            {'\u00a0'}
          </span>
        )}
      </div>
    )
  },
  (before, after) =>
    before.line === after.line &&
    before.selected === after.selected &&
    before.isHere === after.isHere &&
    before.underWay === after.underWay &&
    before.unread === after.unread &&
    before.plain === after.plain,
)

/** Octets as text; an invisible character is a middle dot. */
const readable = (text: string): string => toText(text as never).replace(/[\0-\x08\x0b-\x1f\x7f]/g, '·')
