import { civil } from '../../base/time'
import type { HostName } from '../../world/world'
import type { RunView } from '../run/runView'
import { Vector } from '../run/vector'
import { type LogLine, lineOf } from './line'
import { type LogEntry, logsOf } from './log'

/** The lines of a host's log that are shown: the newest ones up to an instant. */

/** Lines that are shown at most. */
export const MOST_SHOWN = 300
/** Lines that are searched at most: in a long run older ones are left out. */
const MOST_SEARCHED = 5000

export interface LogFilter {
  /** Only the lines of one queue entry. */
  readonly queueId?: string | undefined
  /** Only lines with this text, whatever its case. */
  readonly text: string
}

export interface ShownLine extends LogLine {
  readonly entry: LogEntry
}

export interface ShownLog {
  /** The oldest one first. */
  readonly lines: readonly ShownLine[]
  /** The queue entries of the latest lines, the newest one first. */
  readonly queueIds: readonly string[]
  /** True if older lines fit the filter, or were not searched. */
  readonly more: boolean
}

const logOf = ({ timeline }: RunView, host: HostName): Vector<LogEntry> =>
  logsOf(timeline).hosts[host] ?? Vector.empty<LogEntry>()

/** The number of lines in a host's log up to an instant. */
export const linesBy = (view: RunView, host: HostName, t: number): number =>
  logOf(view, host).countUpTo(({ at }) => at, t)

/** Lines by their entries: they are searched with every letter that is typed. */
const written = new WeakMap<LogEntry, LogLine>()

function lineIn(view: RunView, entry: LogEntry): LogLine | undefined {
  const known = written.get(entry) ?? lineOf(view, entry)
  if (known) written.set(entry, known)
  return known
}

/** The newest of the first lines that fit a filter. `count` is the number of lines so far. */
export function shownLog(view: RunView, host: HostName, count: number, { queueId, text }: LogFilter): ShownLog {
  const all = logOf(view, host)
  const wanted = text.trim().toLowerCase()
  const lines: ShownLine[] = []
  const queueIds = new Set<string>()
  const last = Math.max(0, count - MOST_SEARCHED)
  let place = count - 1
  for (; place >= last && lines.length < MOST_SHOWN; place--) {
    const entry = all.get(place)
    if (!entry) continue
    if (entry.queueId !== undefined) queueIds.add(entry.queueId)
    if (queueId !== undefined && entry.queueId !== queueId) continue
    const line = lineIn(view, entry)
    if (line && (wanted === '' || `${line.program}: ${line.text}`.toLowerCase().includes(wanted)))
      lines.push({ ...line, entry })
  }
  return { lines: lines.reverse(), queueIds: [...queueIds], more: place >= 0 }
}

/** The shown lines as a file, each with date, host and program (RFC 5424 section 6.2). */
export function asText({ timeline }: RunView, host: HostName, lines: readonly ShownLine[]): string {
  const epoch = Date.parse(timeline.scenario.epoch)
  return lines
    .map(
      ({ entry, program, text }) => `${new Date(civil(epoch, entry.at)).toISOString()} ${host} ${program}: ${text}\n`,
    )
    .join('')
}
