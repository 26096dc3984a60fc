import { useEffect, useRef } from 'react'
import { slice, toText } from '../../base/octets'
import type { PathField, ReceivedPath } from '../../mail/receivedPath'
import { sheetText } from '../../messages/sheet'
import type { Way } from '../../view/message/way'
import { showIn } from '../panels/showIn'
import { upAndDown } from './arrowKeys'
import styles from './pasted.module.css'

interface HeaderLinesProps {
  readonly path: ReceivedPath
  readonly way: Way
  readonly field: number | undefined
  onField(field: number | undefined): void
}

/** The fields of a header with their line numbers. Those that note a hop can be chosen; arrow keys go from one to the next. */
export function HeaderLines({ path, way, field, onField }: HeaderLinesProps) {
  const box = useRef<HTMLOListElement>(null)
  const slow = new Set(
    way.legs.flatMap((leg, n) => {
      const note = way.stations[n + 1]?.note
      return leg.slow && note !== undefined ? [path.notes[note]?.field] : []
    }),
  )
  const notes = new Set(path.notes.map((note) => note.field))
  const unknown = new Set(path.notes.filter(({ known }) => !known).map((note) => note.field))
  useEffect(() => {
    const chosen = field === undefined ? undefined : box.current?.querySelector(`[data-field="${field}"]`)
    if (box.current && chosen) showIn(box.current, chosen)
  }, [field])
  const numbered = numberedLines(path.fields)
  return (
    <ol ref={box} className={styles.lines} aria-label={sheetText('lines')} translate="no">
      {numbered.map(({ field: each, first }, n) => {
        return (
          <li
            key={n}
            data-field={n}
            data-slow={slow.has(n) ? '' : undefined}
            data-chosen={n === field ? '' : undefined}
            data-quiet={notes.has(n) ? undefined : ''}
            data-unknown={unknown.has(n) ? '' : undefined}
          >
            {notes.has(n) ? (
              <button
                type="button"
                className={styles.field}
                aria-pressed={n === field}
                onKeyDown={upAndDown}
                onClick={() => onField(n === field ? undefined : n)}
              >
                <FieldText field={each} first={first} />
              </button>
            ) : (
              <FieldText field={each} first={first} />
            )}
          </li>
        )
      })}
    </ol>
  )
}

/** Fields that are shown: the page would stand still over more, and no header has them. */
const MOST_FIELDS = 1000

interface NumberedField {
  readonly field: PathField
  /** The number of its first line, from 1. */
  readonly first: number
  /** How many lines it has. */
  readonly count: number
}

function numberedLines(fields: readonly PathField[]): readonly NumberedField[] {
  let first = 1
  return fields.slice(0, MOST_FIELDS).map((field) => {
    const numbered = { field, first, count: linesIn(field) }
    first += numbered.count
    return numbered
  })
}

/** The lines of a field as it stands in its header. */
export const linesIn = ({ octets }: PathField): number => octets.replace(/\r?\n$/, '').split('\n').length

interface FieldTextProps {
  readonly field: PathField
  /** The number of the first line. */
  readonly first: number
}

/** The lines of a field, each with its number. The name is bold, and the time of its clock is underlined. */
function FieldText({ field: { fieldName, octets, clock }, first }: FieldTextProps) {
  const name = fieldName === '' ? 0 : octets.indexOf(':') + 1
  const [from, to] = clock ?? [octets.length, octets.length]
  let at = 0
  const lines = octets
    .replace(/\r?\n$/, '')
    .split('\n')
    .map((line) => {
      const [start, end] = [at, at + line.length]
      at = end + 1
      const within = (place: number): number => Math.min(Math.max(place, start), end)
      const part = (one: number, other: number): string => toText(slice(octets, within(one), within(other)))
      return { name: part(start, name), before: part(name, from), time: part(from, to), after: part(to, end) }
    })
  return lines.map(({ name: begins, before, time, after }, n) => (
    <span key={n} className={styles.row}>
      <span className={styles.number} aria-hidden="true">
        {first + n}
      </span>
      <span className={styles.line}>
        {begins !== '' && <b>{begins}</b>}
        {before}
        {time !== '' && <u>{time}</u>}
        {after}
      </span>
    </span>
  ))
}
