import { ChevronRight } from 'lucide-react'
import { useMemo, useState } from 'react'
import { lessonText } from '../../messages/lesson'
import { type ComparedLine, type Pair, pairsOf, rowsOf } from '../../view/compare/pairs'
import { stretchesOf } from '../../view/compare/words'
import { viewOf } from '../../view/run/runView'
import { ProtocolMark } from '../panels/ProtocolMark'
import type { Run } from '../run/createRun'
import { RunProvider, useRun, useRunStore } from '../run/RunContext'
import { timeInWords, useNames } from '../run/useMoment'
import { joined } from '../shell/rich'
import { useMedia } from '../shell/useMedia'
import { MapRegion } from '../stage/MapRegion'
import styles from './compare.module.css'

interface CompareProps {
  readonly left: Run
  readonly right: Run
  readonly names: readonly [string, string]
  onClose(): void
}

/** Two runs at one instant, with the clock of the stage: two maps, and the lines in which they differ. */
export function Compare({ left, right, names, onClose }: CompareProps) {
  const clock = useRunStore()
  const sides = useMemo(() => [atTimeOf(left, clock), atTimeOf(right, clock)] as const, [left, right, clock])
  const small = useMedia('(max-width: 699px)')
  // In a narrow window the lesson with its title is hidden meanwhile.
  const Title = useMedia('(min-width: 1200px)') ? 'p' : 'h1'
  const [shown, show] = useState(0)
  const [a, b] = [viewOf(left.get().timeline), viewOf(right.get().timeline)]
  const rows = useMemo(() => rowsOf(pairsOf(a, b)), [a, b])
  const first = rows.find((row) => row.kind === 'pair' && row.first)
  return (
    <section className={styles.compare} aria-label={lessonText('comparison')}>
      <div className={styles.sentence}>
        <Title>
          {joined(
            lessonText.parts('runsPart', {
              parts: first?.kind === 'pair' ? 'yes' : 'no',
              at: first?.kind === 'pair' ? timeInWords(first.pair.at) : '',
              time: (inside) => <code>{joined(inside)}</code>,
            }),
          )}
        </Title>
        <button type="button" className="button quiet" onClick={onClose}>
          {lessonText('closeCompare')}
        </button>
      </div>
      {small && (
        <div className={styles.tabs} role="tablist" aria-label={lessonText('comparison')}>
          {names.map((name, at) => (
            <button key={name} type="button" role="tab" aria-selected={at === shown} onClick={() => show(at)}>
              <Letter at={at} /> <span lang="en">{name}</span>
            </button>
          ))}
        </div>
      )}
      <div className={styles.maps}>
        {sides.map((run, at) =>
          small && at !== shown ? null : (
            <figure key={run.key} aria-label={names[at]}>
              {!small && (
                <figcaption>
                  <Letter at={at} /> <strong lang="en">{names[at]}</strong>
                </figcaption>
              )}
              <RunProvider run={run} atRest>
                <MapRegion name={lessonText('mapOf', { name: names[at] ?? '' })} />
              </RunProvider>
            </figure>
          ),
        )}
      </div>
      <div className={styles.list} tabIndex={0} role="group" aria-label={lessonText('differences')}>
        <table>
          <colgroup>
            <col />
            <col className={styles.times} />
            <col />
          </colgroup>
          <thead className="unseen">
            <tr>
              <th scope="col">{names[0]}</th>
              <th scope="col">{lessonText('time')}</th>
              <th scope="col">{names[1]}</th>
            </tr>
          </thead>
          <tbody>
            {rows.map((row) =>
              row.kind === 'pair' ? (
                <Difference key={row.pair.key} pair={row.pair} first={row.first} />
              ) : (
                <Equal key={row.pairs[0]?.key} pairs={row.pairs} />
              ),
            )}
          </tbody>
        </table>
      </div>
    </section>
  )
}

const Letter = ({ at }: { readonly at: number }) => <b className={styles.letter}>{at === 0 ? 'A' : 'B'}</b>

function Difference({ pair, first }: { readonly pair: Pair; readonly first: boolean }) {
  const { actions } = useRunStore()
  const ahead = useRun(({ t }) => pair.at > t)
  return (
    <tr data-first={first || undefined} data-ahead={ahead || undefined}>
      <Cell line={pair.left} other={pair.right} />
      <th scope="row">
        {first && <span>{lessonText('firstDifference')}</span>}
        <button type="button" onClick={() => actions.seek(pair.at)}>
          {timeInWords(pair.at)}
        </button>
      </th>
      <Cell line={pair.right} other={pair.left} />
    </tr>
  )
}

function Cell({ line, other }: { readonly line: ComparedLine | undefined; readonly other: ComparedLine | undefined }) {
  const names = useNames()
  if (!line) {
    return (
      <td className={styles.nothing}>
        <em>{lessonText('nothing')}</em>
      </td>
    )
  }
  return (
    <td>
      <ProtocolMark protocol={line.protocol} />
      <code translate="no">
        {stretchesOf(line.wire, other?.wire ?? line.wire).map(({ text, differs }, at) =>
          differs ? <mark key={at}>{text}</mark> : text,
        )}
      </code>
      <small>
        {lessonText('fromTo', { from: names.short(line.from), to: names.short(line.to) })}
        {other && line.at > other.at + 1000 && <b>, {lessonText('onlyAt', { at: timeInWords(line.at) })}</b>}
      </small>
    </td>
  )
}

/** Lines that are the same in both, folded. */
function Equal({ pairs }: { readonly pairs: readonly Pair[] }) {
  const [open, setOpen] = useState(false)
  const from = timeInWords(pairs[0]?.at ?? 0)
  const to = timeInWords(pairs.at(-1)?.at ?? 0)
  return (
    <>
      <tr className={styles.equal}>
        <td colSpan={3}>
          <button type="button" aria-expanded={open} onClick={() => setOpen(!open)}>
            <ChevronRight aria-hidden="true" />
            {joined(
              lessonText.parts('sameInBoth', {
                count: pairs.length,
                from,
                to,
                strong: (inside) => <strong>{joined(inside)}</strong>,
                time: (inside) => <code>{joined(inside)}</code>,
              }),
            )}
          </button>
        </td>
      </tr>
      {open && pairs.map((pair) => <Difference key={pair.key} pair={pair} first={false} />)}
    </>
  )
}

/** A run that is shown at the instant of another, and moves with it. It cannot be changed. */
function atTimeOf(run: Run, clock: Run): Run {
  if (run === clock) return run
  return {
    ...run,
    readOnly: true,
    get: () => {
      const { t, playing, speed, steppedFrom, stepBy } = clock.get()
      return { ...run.get(), t, playing, speed, steppedFrom, stepBy }
    },
    subscribe: clock.subscribe,
  }
}
