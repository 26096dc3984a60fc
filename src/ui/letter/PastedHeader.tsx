import { useEffect, useMemo, useRef, useState } from 'react'
import { fromText } from '../../base/octets'
import { receivedPath } from '../../mail/receivedPath'
import { sheetText } from '../../messages/sheet'
import { wayOf } from '../../view/message/way'
import { code, joined } from '../shell/rich'
import { EXAMPLE } from './example'
import { HeaderLines, linesIn } from './HeaderLines'
import { MOST_PASTED, readTrusted, writeTrusted } from './pasted'
import styles from './pasted.module.css'
import side from './side.module.css'
import { WayView } from './WayView'

interface PastedHeaderProps {
  readonly text: string
  onText(text: string): void
  onBack(): void
}

/** A header that somebody pastes, and the way of its message. Nothing of it leaves the browser. */
export function PastedHeader({ text, onText, onBack }: PastedHeaderProps) {
  const path = useMemo(() => receivedPath(fromText(trimmed(text))), [text])
  const way = useMemo(() => wayOf(path), [path])
  const [field, setField] = useState<number>()
  const [trusted, setTrusted] = useState(readTrusted)
  const [typing, setTyping] = useState(text === '')
  const area = useRef<HTMLTextAreaElement>(null)
  const [wantsFocus, setWantsFocus] = useState(false)
  useEffect(() => {
    if (!typing || !wantsFocus) return
    area.current?.focus()
    setWantsFocus(false)
  }, [typing, wantsFocus])
  const isHeader = path.fields.some(({ fieldName }) => fieldName !== '')
  const change = (next: string): void => {
    onText(next)
    setField(undefined)
    setTrusted(undefined)
  }
  const type = (next: string): void => {
    change(next)
    setTyping(true)
    setWantsFocus(true)
  }
  const tryExample = (): void => {
    change(EXAMPLE)
    setTyping(false)
  }
  const line = Math.min(trusted ?? way.trusted, way.stations.length)
  const place = (next: number): void => {
    setTrusted(next)
    writeTrusted(next)
  }
  const first = text.trimStart().split('\n', 1)[0] ?? ''
  return (
    <div className={styles.pasted}>
      <div className={styles.left}>
        <div className={styles.title}>
          <h2>{sheetText('way')}</h2>
          <p>{sheetText('private')}</p>
          <button type="button" className={`as-link ${side.link}`} onClick={onBack}>
            {sheetText('back')}
          </button>
        </div>
        {typing || !isHeader ? (
          <textarea
            ref={area}
            className={styles.area}
            aria-label={sheetText('pasteHere')}
            aria-describedby="what-is-read"
            placeholder={sheetText('placeholder')}
            value={text}
            maxLength={MOST_PASTED}
            spellCheck={false}
            autoComplete="off"
            autoCapitalize="off"
            translate="no"
            onChange={(event) => change(event.target.value)}
            onPaste={(event) => {
              // A whole header in place of nothing is read at once, line by line.
              if (text === '') setTyping(false)
              event.stopPropagation()
            }}
          />
        ) : (
          <HeaderLines path={path} way={way} field={field} onField={setField} />
        )}
        <div className={styles.foot} id="what-is-read">
          {text === '' ? (
            <>
              <button type="button" className="button quiet" onClick={tryExample}>
                {sheetText('example')}
              </button>
              <details className={styles.where}>
                <summary>{sheetText('where')}</summary>
                <ul>
                  <li>{sheetText('whereGmail')}</li>
                  <li>{sheetText('whereOutlook')}</li>
                  <li>{sheetText('whereThunderbird')}</li>
                </ul>
              </details>
            </>
          ) : (
            <>
              <button type="button" className="button quiet" onClick={() => type('')}>
                {sheetText('another')}
              </button>
              {typing && isHeader ? (
                <button type="button" className={`as-link ${side.link}`} onClick={() => setTyping(false)}>
                  {sheetText('showLines')}
                </button>
              ) : (
                isHeader && (
                  <button type="button" className={`as-link ${side.link}`} onClick={() => type(text)}>
                    {sheetText('change')}
                  </button>
                )
              )}
              {isHeader && (
                <p>
                  {sheetText('told', {
                    lines: path.fields.reduce((sum, each) => sum + linesIn(each), 0),
                    notes: path.notes.length,
                  })}{' '}
                  {path.more > 0 && sheetText('more', { count: path.more })}{' '}
                  {text.length >= MOST_PASTED && sheetText('cut', { most: MOST_PASTED })}
                </p>
              )}
            </>
          )}
        </div>
      </div>
      <div className={styles.right}>
        {text.trim() === '' ? (
          <div className={side.empty}>
            <h3>{sheetText('nothing')}</h3>
            <p>{sheetText('nothingWhy')}</p>
          </div>
        ) : !isHeader ? (
          <div className={side.empty} role="status">
            <h3>{sheetText('noHeader', { line: first.length > 40 ? `${first.slice(0, 39)}…` : first.trimEnd() })}</h3>
            <p>{joined(sheetText.parts('noHeaderWhy', { code }))}</p>
          </div>
        ) : path.notes.length === 0 ? (
          <div className={side.empty} role="status">
            <h3>{sheetText('noNotes')}</h3>
            <p>{joined(sheetText.parts('noNotesWhy', { code }))}</p>
          </div>
        ) : (
          <WayView path={path} way={way} field={field} onField={setField} trusted={line} onTrusted={place} />
        )}
      </div>
    </div>
  )
}

/** A header begins at its first line that is not empty: what is copied from a window often has empty lines before it. */
const trimmed = (text: string): string => text.replace(/^(?:[ \t]*\r?\n)+/, '').slice(0, MOST_PASTED)
