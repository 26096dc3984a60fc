import { type ReactNode, useEffect, useMemo, useRef, useState } from 'react'
import { toText } from '../../../base/octets'
import { follow, givenFrom, helpAfter, isNext, placeAgain } from '../../../learning/dialogue'
import { type GappedDialogue as Dialogue, HELP, type Help } from '../../../learning/lesson'
import { lessonText } from '../../../messages/lesson'
import { tagged } from '../../../view/editor/completions'
import { glossOf } from '../../../view/gloss/gloss'
import { startOf } from '../../../view/knowledge'
import type { TranscriptLine } from '../../../view/run/transcript'
import { scrollIntoSight } from '../../dom/scroll'
import { DialogueEditor } from '../../editor/DialogueEditor'
import { useTerminal } from '../../editor/useTerminal'
import { hueStyle } from '../../panels/hue'
import { Verdict } from '../../panels/Verdict'
import { useRunStore } from '../../run/RunContext'
import { useMoment } from '../../run/useMoment'
import { joined } from '../../shell/rich'
import { call, callTo, type Place, say, sayAll } from './call'
import styles from './dialogue.module.css'
import { type Turn, turnsOf } from './turns'

interface GappedDialogueProps {
  readonly dialogue: Dialogue
  readonly place: Place
}

/** A conversation of which some lines are given. The page says those; the learner says the others; the world judges all. */
export function GappedDialogue({ dialogue, place }: GappedDialogueProps) {
  const run = useRunStore()
  const { seen } = useMoment()
  const terminal = callTo(seen, place)
  const use = useTerminal(terminal?.id)
  const { greeting, turns } = useMemo(() => turnsOf(use.lines), [use.lines])
  const followed = useMemo(() => follow(dialogue, turns), [dialogue, turns])
  const [chosen, choose] = useState<Help>()
  /** The help that was raised when the learner chose a grade: only what is added later counts. */
  const [raisedThen, setRaisedThen] = useState(0)
  const help = helpAfter(chosen ?? dialogue.help, followed.raised - raisedThen)
  const isRaised = help !== (chosen ?? dialogue.help)
  const next = dialogue.lines[followed.place]
  const isOpen = terminal?.phase === 'open'

  const isOver = terminal?.phase === 'ended'
  const foot = useRef<HTMLParagraphElement>(null)
  useEffect(() => {
    // The last answers are read from their end, and the focus may be on the button there.
    if (isOver) scrollIntoSight(foot.current, 'nearest')
  }, [isOver])

  const begin = (): void => {
    const id = call(run, place)
    if (help !== 'blank') sayAll(run, id, givenFrom(dialogue, 0))
  }
  const sayLine = (text: string): void => {
    if (!terminal || say(run, terminal.id, text) !== undefined || help === 'blank') return
    const again = use.data ? undefined : placeAgain(dialogue, followed.place, text)
    const isNextLine = next !== undefined && isNext(next, text)
    const after = again !== undefined ? again + 1 : isNextLine ? followed.place + 1 : undefined
    if (after !== undefined) sayAll(run, terminal.id, givenFrom(dialogue, after))
  }

  const beginning = (
    <p ref={foot} className={terminal ? styles.again : styles.begin}>
      <button type="button" className="button quiet" onClick={begin}>
        {lessonText(terminal ? 'callAgain' : 'callServer', { host: place.to, port: String(place.port) })}
      </button>
    </p>
  )

  return (
    <section className={styles.dialogue} aria-label={lessonText('dialogue')} style={hueStyle(use.protocol)}>
      <div className={styles.bar}>
        <span className={styles.who} translate="no">
          <b>{place.to}</b> <span>{place.port}</span>
        </span>
        <HelpChoice
          help={help}
          onChoose={(next) => {
            choose(next)
            setRaisedThen(followed.raised)
          }}
        />
      </div>
      {help === 'blank' ? (
        <div className={styles.free}>
          <DialogueEditor first={place} sitsAt={place.from} />
        </div>
      ) : (
        <div className={styles.paper} translate="no">
          {/* The first call stands above the lines, however many they are. */}
          {!terminal && beginning}
          {greeting.map((line) => (
            <Reply key={keyOf(line)} line={line} />
          ))}
          <ol className={styles.lines}>
            {turns.map((turn, at) => (
              <SaidTurn key={turn.key} turn={turn} number={at + 1} />
            ))}
            {isOpen && (
              <NextLine
                key={`${terminal.id}-${turns.length}`}
                number={turns.length + 1}
                offered={next && (!next.gap || help === 'whole') ? next.line : ''}
                isGap={next?.gap === true}
                legal={use.legal.map((each) => ({
                  name: each.name,
                  start: tagged(use.protocol, startOf(each), turns.length),
                }))}
                onSay={sayLine}
                raised={isRaised ? lessonText('helpRaised', { help }) : undefined}
              />
            )}
            {dialogue.lines.slice(isOpen ? followed.place + 1 : followed.place).map((line, at) => (
              <li key={at} className={styles.toCome}>
                <span className={styles.number} />
                {line.gap && help === 'gaps' ? (
                  <span className={styles.gap}>
                    <span className="unseen">{lessonText('gap')}</span>
                  </span>
                ) : (
                  <code>{line.line}</code>
                )}
              </li>
            ))}
          </ol>
          {terminal && !isOpen && beginning}
        </div>
      )}
    </section>
  )
}

const keyOf = ({ fact, part }: TranscriptLine): string => `${fact}-${part}`

function HelpChoice({ help, onChoose }: { readonly help: Help; onChoose(help: Help): void }) {
  return (
    <div className={styles.help} role="radiogroup" aria-label={lessonText('help')}>
      {HELP.map((each) => (
        <label key={each}>
          <input type="radio" name="help" className="unseen" checked={help === each} onChange={() => onChoose(each)} />
          <span>{lessonText('helpGrade', { help: each })}</span>
        </label>
      ))}
    </div>
  )
}

/** A line that was said, its reply beneath, and why it was refused. */
function SaidTurn({ turn, number }: { readonly turn: Turn; readonly number: number }) {
  return (
    <li className={styles.said} data-refused={turn.refused === undefined ? undefined : ''}>
      <span className={styles.number}>{number}</span>
      <div>
        <code>{turn.text}</code>
        {turn.replies.map((line) => (
          <Reply key={keyOf(line)} line={line} />
        ))}
      </div>
    </li>
  )
}

function Reply({ line }: { readonly line: TranscriptLine }): ReactNode {
  const gloss = line.last && line.means.refused ? glossOf(line.means) : undefined
  return (
    <p className={styles.reply}>
      <Verdict line={line} />
      <code>{toText(line.octets)}</code>
      {gloss !== undefined && <em translate="yes">{gloss}</em>}
    </p>
  )
}

interface NextLineProps {
  readonly number: number
  /** The line that stands in the field at first. */
  readonly offered: string
  readonly isGap: boolean
  readonly legal: readonly { readonly name: string; readonly start: string }[]
  /** Says that more is given than before. */
  readonly raised: string | undefined
  onSay(text: string): void
}

/** The line that is to be said now. */
function NextLine({ number, offered, isGap, legal, raised, onSay }: NextLineProps) {
  const [text, setText] = useState(offered)
  const [before, setBefore] = useState(offered)
  // Another grade of help offers another line.
  if (before !== offered) {
    setBefore(offered)
    setText(offered)
  }
  const field = useRef<HTMLInputElement>(null)
  useEffect(() => {
    const element = field.current
    // A learner who has just said a line says the next one.
    if (document.activeElement === null || document.activeElement === document.body) {
      element?.focus({ preventScroll: true })
      // The offered line is sent as it is, or gives way to what is typed.
      element?.select()
    }
    scrollIntoSight(element, 'nearest')
  }, [])
  return (
    <li className={styles.next}>
      {raised !== undefined && (
        <p className={styles.raised} role="status" translate="yes">
          {raised}
        </p>
      )}
      <span className={styles.number}>{number}</span>
      <form
        onSubmit={(event) => {
          event.preventDefault()
          onSay(text)
        }}
      >
        <input
          ref={field}
          aria-label={lessonText(isGap ? 'gapLine' : 'nextLine', { number })}
          value={text}
          autoCapitalize="off"
          autoComplete="off"
          autoCorrect="off"
          spellCheck={false}
          enterKeyHint="send"
          onChange={(event) => setText(event.target.value)}
        />
        <button type="submit" className={styles.send}>
          {lessonText('sayIt')}
        </button>
      </form>
      {legal.length > 0 && (
        <p className={styles.legal}>
          {joined(
            lessonText.parts('legalNow', {
              words: () => (
                <>
                  {legal.map(({ name, start }) => (
                    <button
                      key={name}
                      type="button"
                      onClick={() => {
                        setText(start)
                        field.current?.focus()
                      }}
                    >
                      {name}
                    </button>
                  ))}
                </>
              ),
            }),
          )}
        </p>
      )}
    </li>
  )
}
